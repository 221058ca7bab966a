//! What instances are made of.

use trazo_stack::{Expr, Value};

use super::{by_tags, tagged_input};
use crate::Service::Ec2;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::template::members;

/// `AWS::EC2::LaunchTemplate`.
pub(crate) fn launch_template(m: &mut Maker<'_>) {
    let name = m.name("LaunchTemplateName", 128);
    let mut input = members([("LaunchTemplateName", name)]);
    input.extend(tagged_input(m, "launch-template"));
    if let Some(Expr::Map(data)) = input.get_mut("LaunchTemplateData").map(|data| &mut data.expr)
        && let Some(image) = data.get_mut("ImageId")
    {
        *image = image_id(image);
    }
    input.insert("ClientToken".to_owned(), m.token(""));
    let (own, find) = (m.own(), by_tags(m, "DescribeLaunchTemplates", "Filters", "LaunchTemplates"));
    m.make("", Ec2, "CreateLaunchTemplate", input)
        .answer("LaunchTemplate")
        .gives("", "LaunchTemplateId")
        .gives("LaunchTemplateId", "LaunchTemplateId")
        .gives("LatestVersionNumber", "LatestVersionNumber")
        .gives("DefaultVersionNumber", "DefaultVersionNumber")
        .undo(
            Undo::new(Ec2, "DeleteLaunchTemplate", [("LaunchTemplateId", own)])
                .gone(&["InvalidLaunchTemplateId.NotFound", "InvalidLaunchTemplateName.NotFoundException"]),
        )
        .find(Repeat::Harmless, find);
}

/// CloudFormation's reference to a parameter of Systems Manager, as EC2 itself takes it
/// (<https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html>).
fn image_id(image: &Value) -> Value {
    let inner = image.as_str().and_then(|text| text.strip_prefix("{{")?.strip_suffix("}}"));
    match inner {
        Some(inner) => Value { expr: Expr::Str(inner.to_owned()), origin: image.origin.clone() },
        None => image.clone(),
    }
}
