//! CloudWatch.

use trazo_stack::{join, list, reference};

use crate::Service::CloudWatch;
use crate::maker::Maker;
use crate::step::Undo;
use crate::tags;
use crate::template::members;

/// `AWS::CloudWatch::Alarm`. Its name makes a second call the same as the first.
pub(crate) fn alarm(m: &mut Maker<'_>) {
    let name = m.name("AlarmName", 255);
    let mut input = members([("AlarmName", name.clone())]);
    input.extend(m.rest());
    input.insert("Tags".to_owned(), tags::pairs(m.tags(), "Key", "Value"));
    let at = |id: &str| reference(format!("AWS::{id}"));
    let place = join(":", vec!["arn".into(), at("Partition"), "cloudwatch".into(), at("Region"), at("AccountId")]);
    m.make("", CloudWatch, "PutMetricAlarm", input)
        .gives_known("", name.clone())
        .gives_known("Arn", join(":", vec![place, "alarm".into(), name.clone()]))
        .undo(Undo::new(CloudWatch, "DeleteAlarms", [("AlarmNames", list([name]))]).gone(&["ResourceNotFound"]));
}
