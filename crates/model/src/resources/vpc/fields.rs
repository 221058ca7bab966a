//! The fields of a VPC.

use serde_json::Value;

use super::endpoints::SERVICE;
use crate::field::{Control, Field, TextRule};
use crate::retention;

const GATEWAY: &str = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html";
const INTERFACE: &str = "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html";
const FLOW_LOGS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html";
const SIZES: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";

fn is_new(props: &Value) -> bool {
    props["source"] == "new"
}

fn has_private(props: &Value) -> bool {
    is_new(props) && props["privateSubnets"] == true
}

fn has_flow_logs(props: &Value) -> bool {
    is_new(props) && props["flowLogs"]["enabled"] == true
}

const PREFIX: Control = Control::Number { min: 16, max: 28, step: 1 };

const fn endpoint(key: &'static str, doc: &'static str) -> Field {
    Field::new(key, Control::Toggle).section("endpoints").when(is_new).doc(doc)
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("source", Control::Choice(&["default", "new"]))
        .doc("https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html"),
    Field::new("cidr", Control::Text { rule: TextRule::any(18), example: "10.0.0.0/16" })
        .required()
        .when(is_new)
        .doc("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"),
    Field::new("zones", Control::Number { min: 2, max: 3, step: 1 })
        .when(is_new)
        .doc("https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html"),
    Field::new("privateSubnets", Control::Toggle)
        .when(is_new)
        .doc("https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html"),
    Field::new("nat", Control::Choice(&["none", "single", "per_zone"]))
        .when(has_private)
        .doc("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html"),
    Field::new("publicPrefix", PREFIX).section("subnets").when(is_new).doc(SIZES),
    Field::new("privatePrefix", PREFIX).section("subnets").when(has_private).doc(SIZES),
    endpoint("endpoints.s3", GATEWAY),
    endpoint("endpoints.dynamodb", GATEWAY),
    endpoint("endpoints.ecr", INTERFACE),
    endpoint("endpoints.logs", INTERFACE),
    endpoint("endpoints.secretsManager", INTERFACE),
    endpoint("endpoints.ssm", INTERFACE),
    endpoint("endpoints.exec", INTERFACE),
    endpoint("endpoints.ecs", INTERFACE),
    Field::new("endpoints.others", Control::Texts { rule: SERVICE, example: "sqs" })
        .section("endpoints")
        .when(is_new)
        .doc("https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html"),
    Field::new("flowLogs.enabled", Control::Toggle).section("observability").when(is_new).doc(FLOW_LOGS),
    Field::new("flowLogs.traffic", Control::Choice(&["ALL", "ACCEPT", "REJECT"]))
        .section("observability")
        .when(has_flow_logs)
        .doc(FLOW_LOGS),
    Field::new("flowLogs.retentionDays", Control::ChoiceOf(retention::choices))
        .section("observability")
        .unit("days")
        .when(has_flow_logs)
        .doc(FLOW_LOGS),
];
