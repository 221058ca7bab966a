//! CloudWatch Logs.

use trazo_stack::{Object, Value, join, reference};

use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::template::members;
use crate::{Service, tags};

const GONE: &[&str] = &["ResourceNotFoundException"];

/// `AWS::Logs::LogGroup`: the group, then how long its events are kept.
pub(crate) fn log_group(m: &mut Maker<'_>) {
    let name = m.name("LogGroupName", 255);
    let days = m.take("RetentionInDays");
    let mut input = members([("logGroupName", name.clone()), ("tags", tags::entries(m.tags()))]);
    if let Some(key) = m.take("KmsKeyId") {
        input.insert("kmsKeyId".to_owned(), key);
    }
    let own = m.own();
    let tagged = m.tagged("tags");
    let of_group = || [("logGroupName", own.clone())];
    m.make("", Service::Logs, "CreateLogGroup", input)
        .gives_known("", name.clone())
        .gives_known("Arn", join(":", vec![group_arn(name.clone()), "*".into()]))
        .undo(Undo::new(Service::Logs, "DeleteLogGroup", of_group()).gone(GONE).busy(&["OperationAbortedException"]))
        .find(
            Repeat::Refused(&["ResourceAlreadyExistsException"]),
            Find::new(Service::Logs, "DescribeLogGroups", [("logGroupNamePrefix", name.clone())], "logGroups")
                .matching("logGroupName", name.clone())
                // This call wants the ARN of the group itself, without its streams.
                .proof("ListTagsForResource", [("resourceArn", group_arn(name))], tagged),
        );
    if let Some(days) = days {
        let input: Object = members([("logGroupName", own), ("retentionInDays", days)]);
        m.make("retention", Service::Logs, "PutRetentionPolicy", input);
    }
}

/// The ARN of a group; `Fn::GetAtt` gives it with `:*`, which stands for all its streams.
fn group_arn(name: Value) -> Value {
    let at = |id: &str| reference(format!("AWS::{id}"));
    let place = join(":", vec!["arn".into(), at("Partition"), "logs".into(), at("Region"), at("AccountId")]);
    join(":", vec![place, "log-group".into(), name])
}
