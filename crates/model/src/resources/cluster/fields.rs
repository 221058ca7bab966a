//! The fields of a cluster.

use serde_json::Value;

use super::capacity::STRATEGY;
use super::ec2::{USUAL_TYPES, is_type};
use crate::field::{Control, Field, Place, TextRule};
use crate::path;

const ASG_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html";
const SCALING_DOC: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html";
const TYPE_DOC: &str = "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html";

const TYPE: TextRule = TextRule::new(1, 30, "instance_type", is_type);
/// Name or ARN of an instance profile
/// (<https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html>).
const PROFILE: TextRule = TextRule::new(0, 2048, "instance_profile", |text| {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@:/-".contains(&b))
});
/// Visible characters of ASCII
/// (<https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateHttpNamespace.html>).
const NAMESPACE: TextRule =
    TextRule::new(0, 1024, "namespace", |text| text.bytes().all(|b| b.is_ascii_graphic()) && !text.starts_with("arn:"));

const INSTANCES: Control = Control::Number { min: 0, max: 1000, step: 1 };

fn types(_: &Place<'_>) -> Vec<String> {
    USUAL_TYPES.into_iter().map(str::to_owned).collect()
}

fn has_instances(props: &Value) -> bool {
    path::get(props, "ec2.enabled").and_then(Value::as_bool).unwrap_or(false)
}

const fn ec2(key: &'static str, control: Control) -> Field {
    Field::new(key, control).section("instances").doc(ASG_DOC).when(has_instances)
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("spot", Control::Toggle)
        .section("capacity")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html"),
    Field::new("defaultStrategy", STRATEGY)
        .section("capacity")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/set-default-capacity-provider-strategy.html"),
    Field::new("ec2.enabled", Control::Toggle).section("instances").doc(ASG_DOC),
    ec2("ec2.instanceType", Control::Suggest { rule: TYPE, from: types }).required().doc(TYPE_DOC),
    ec2("ec2.image", Control::Choice(&["al2023", "bottlerocket"]))
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-optimized_AMI.html"),
    ec2("ec2.min", INSTANCES).unit("instances"),
    ec2("ec2.max", INSTANCES).unit("instances"),
    ec2("ec2.desired", INSTANCES).unit("instances"),
    ec2("ec2.targetCapacity", Control::Number { min: 1, max: 100, step: 5 }).unit("percent").doc(SCALING_DOC),
    ec2("ec2.disk", Control::Number { min: 30, max: 16_384, step: 10 }).unit("gib"),
    ec2("ec2.privateSubnets", Control::Toggle),
    ec2("ec2.draining", Control::Toggle)
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-draining.html"),
    ec2("ec2.terminationProtection", Control::Toggle).doc(SCALING_DOC),
    ec2("ec2.instanceProfile", Control::Text { rule: PROFILE, example: "LabInstanceProfile" })
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html"),
    Field::new("containerInsights", Control::Choice(&["disabled", "enabled", "enhanced"]))
        .section("observability")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html"),
    Field::new("execLog", Control::Choice(&["task_log", "own_log", "no_log"]))
        .section("observability")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html"),
    Field::new("namespace", Control::Text { rule: NAMESPACE, example: "tienda" })
        .section("advanced")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html"),
];
