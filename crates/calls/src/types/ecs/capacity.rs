//! Capacity providers.

use trazo_stack::{Expr, Value, list};

use super::named;
use crate::Service::Ecs;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::wait::{Condition, Wait};
use crate::wording::camel;

/// `AWS::ECS::CapacityProvider`.
pub(crate) fn capacity_provider(m: &mut Maker<'_>) {
    let name = m.name("Name", 255);
    let input = named(m, "name", name.clone(), &[]);
    let own = m.own();
    let find = Find::new(
        Ecs,
        "DescribeCapacityProviders",
        [("capacityProviders", list([name])), ("include", list(["TAGS"]))],
        "capacityProviders",
    );
    let find = find.matching("status", "ACTIVE").tagged(m.tagged("tags"));
    m.make("", Ecs, "CreateCapacityProvider", input)
        .answer("capacityProvider")
        .gives("", "name")
        .gives("Arn", "capacityProviderArn")
        .undo(
            Undo::new(Ecs, "DeleteCapacityProvider", [("capacityProvider", own.clone())])
                .gone_if("ClientException", "not found")
                .gone_if("InvalidParameterException", "not found")
                .gone_if("ClientException", "does not exist")
                .busy_if("ClientException", "in use")
                .busy(&["ResourceInUseException", "UpdateInProgressException"])
                .wait(
                    Wait::new(Ecs, "DescribeCapacityProviders", [("capacityProviders", list([own]))])
                        .until_all(&[Condition::NoneBut("capacityProviders", "status", "INACTIVE")])
                        .every(5, 10, 300),
                ),
        )
        .find(Repeat::Refused(&["ClientException"]), find);
}

/// `AWS::ECS::ClusterCapacityProviderAssociations`.
pub(crate) fn cluster_capacity_providers(m: &mut Maker<'_>) {
    let mut input = camel(m.rest(), &[]);
    input.entry("defaultCapacityProviderStrategy".to_owned()).or_insert_with(none);
    let cluster = input.get("cluster").cloned().unwrap_or_else(|| Expr::Null.into());
    let busy = &["ResourceInUseException", "UpdateInProgressException"];
    m.make("", Ecs, "PutClusterCapacityProviders", input)
        .gives_known("", cluster.clone())
        .patience("UpdateInProgressException", "")
        .patience("ResourceInUseException", "")
        .patience("ClientException", "not active")
        .ready(
            Wait::new(
                Ecs,
                "DescribeClusters",
                [("clusters", list([cluster.clone()])), ("include", list(["ATTACHMENTS"]))],
            )
            .until_all(&[Condition::IsNot("clusters[0].attachmentsStatus", "UPDATE_IN_PROGRESS")])
            .fails("clusters[0].attachmentsStatus", "UPDATE_FAILED")
            .every(5, 15, 300),
        )
        .undo(
            Undo::new(
                Ecs,
                "PutClusterCapacityProviders",
                [
                    ("cluster", cluster.clone()),
                    ("capacityProviders", none()),
                    ("defaultCapacityProviderStrategy", none()),
                ],
            )
            .gone(&["ClusterNotFoundException"])
            .busy(busy)
            .wait(
                Wait::new(Ecs, "DescribeClusters", [("clusters", list([cluster])), ("include", list(["ATTACHMENTS"]))])
                    .until_all(&[Condition::IsNot("clusters[0].attachmentsStatus", "UPDATE_IN_PROGRESS")])
                    .every(5, 15, 300),
            ),
        );
}

fn none() -> Value {
    Expr::List(Vec::new()).into()
}
