//! The fields of a VPC.

use serde_json::Value;

use crate::field::{Control, Field, TextRule};

fn is_new(props: &Value) -> bool {
    props["source"] == "new"
}

fn has_private(props: &Value) -> bool {
    is_new(props) && props["privateSubnets"] == true
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
];
