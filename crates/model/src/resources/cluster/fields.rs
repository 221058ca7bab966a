//! The fields of a cluster.

use crate::field::{Control, Field};

pub(super) const FIELDS: &[Field] = &[
    Field::new("spot", Control::Toggle)
        .section("capacity")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html"),
    Field::new("containerInsights", Control::Choice(&["disabled", "enabled", "enhanced"]))
        .section("observability")
        .doc("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html"),
];
