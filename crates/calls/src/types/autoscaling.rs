//! EC2 Auto Scaling.

use trazo_stack::{Expr, Value, join, list, map};

use crate::Service::AutoScaling;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::template::members;
use crate::wait::{Condition, Wait};

/// Sizes, which CloudFormation takes as text.
const NUMBERS: &[&str] =
    &["Cooldown", "DesiredCapacity", "HealthCheckGracePeriod", "MaxInstanceLifetime", "MaxSize", "MinSize"];

/// `AWS::AutoScaling::AutoScalingGroup`. Its instances are not waited for: they join the cluster when they are up. It is taken
/// away with them, and is gone when they are.
pub(crate) fn group(m: &mut Maker<'_>) {
    let name = m.name("AutoScalingGroupName", 255);
    let mut input = members([("AutoScalingGroupName", name.clone())]);
    let subnets = m.take("VPCZoneIdentifier");
    input.extend(m.rest());
    for number in NUMBERS {
        if let Some(value) = input.get_mut(*number)
            && let Some(found) = value.as_str().and_then(|text| text.parse().ok())
        {
            value.expr = Expr::Int(found);
        }
    }
    if let Some(cooldown) = input.shift_remove("Cooldown") {
        input.insert("DefaultCooldown".to_owned(), cooldown);
    }
    if let Some(subnets) = subnets {
        input.insert("VPCZoneIdentifier".to_owned(), commas(subnets));
    }
    input.insert("Tags".to_owned(), tags(m, &name));
    let own = m.own();
    let named = |name: Value| [("AutoScalingGroupNames", list([name]))];
    let find = Find::new(AutoScaling, "DescribeAutoScalingGroups", named(name.clone()), "AutoScalingGroups")
        .matching("AutoScalingGroupName", name.clone())
        .tagged(m.tagged("Tags"));
    let delete = [("AutoScalingGroupName", own.clone()), ("ForceDelete", true.into())];
    m.make("", AutoScaling, "CreateAutoScalingGroup", input)
        .gives_known("", name)
        // The instances' profile was made a moment ago; the role of the service itself is made on the first use.
        .patience("ValidationError", "Invalid IAM Instance Profile")
        .patience("ServiceLinkedRoleFailure", "")
        .undo(
            Undo::new(AutoScaling, "DeleteAutoScalingGroup", delete)
                .gone_if("ValidationError", "not found")
                .busy(&["ScalingActivityInProgress", "ResourceInUse", "ResourceContention"])
                .wait(
                    Wait::new(AutoScaling, "DescribeAutoScalingGroups", named(own))
                        .until_all(&[Condition::Length("AutoScalingGroups", 0)])
                        .every(10, 90, 1200),
                ),
        )
        .find(Repeat::Refused(&["AlreadyExists"]), find);
}

/// A list as the API takes it: one text.
fn commas(subnets: Value) -> Value {
    let origin = subnets.origin.clone();
    let joined = match subnets.expr {
        Expr::List(items) => join(",", items),
        Expr::Str(text) => text.into(),
        other => join(",", vec![other.into()]),
    };
    Value { expr: joined.expr, origin }
}

/// The group's tags. Its instances get them too, save those of which the design says otherwise.
fn tags(m: &Maker<'_>, name: &Value) -> Value {
    let own = match m.resource.properties.get("Tags").map(|tags| &tags.expr) {
        Some(Expr::List(items)) => items.as_slice(),
        _ => &[],
    };
    let propagated = |key: &str| {
        let tag = own.iter().find_map(|tag| match &tag.expr {
            Expr::Map(members) if members.get("Key").and_then(Value::as_str) == Some(key) => Some(members),
            _ => None,
        });
        tag.and_then(|members| members.get("PropagateAtLaunch")).cloned().unwrap_or_else(|| true.into())
    };
    list(m.tags().into_iter().map(|(key, value)| {
        map([
            ("ResourceId", name.clone()),
            ("ResourceType", "auto-scaling-group".into()),
            ("PropagateAtLaunch", propagated(&key)),
            ("Key", key.into()),
            ("Value", value),
        ])
    }))
}
