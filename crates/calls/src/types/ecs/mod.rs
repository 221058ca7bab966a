//! ECS.

mod capacity;
mod service;

pub(crate) use capacity::{capacity_provider, cluster_capacity_providers};
pub(crate) use service::{service, task_definition};

use trazo_stack::{Object, Value, list};

use crate::Service::Ecs;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::tags;
use crate::wait::Wait;
use crate::wording::{camel, renamed};

/// `AWS::ECS::Cluster`.
pub(crate) fn cluster(m: &mut Maker<'_>) {
    let name = m.name("ClusterName", 255);
    let mut input = named(m, "clusterName", name.clone(), &[]);
    renamed(&mut input, "clusterSettings", "settings");
    let own = m.own();
    let find =
        Find::new(Ecs, "DescribeClusters", [("clusters", list([name])), ("include", list(["TAGS"]))], "clusters");
    let find = find.matching("status", "ACTIVE").tagged(m.tagged("tags"));
    m.make("", Ecs, "CreateCluster", input)
        .answer("cluster")
        .gives("", "clusterName")
        .gives("Arn", "clusterArn")
        .patience("InvalidParameterException", "service linked role")
        .ready(
            Wait::new(Ecs, "DescribeClusters", [("clusters", list([own.clone()]))])
                .until("clusters[0].status", "ACTIVE")
                .fails("clusters[0].status", "FAILED"),
        )
        .undo(
            Undo::new(Ecs, "DeleteCluster", [("cluster", own)])
                .gone(&["ClusterNotFoundException"])
                .busy(&["ClusterContainsServicesException", "ClusterContainsTasksException"])
                .busy(&["ClusterContainsContainerInstancesException", "ClusterContainsCapacityProviderException"])
                .busy(&["UpdateInProgressException", "ResourceInUseException"]),
        )
        .find(Repeat::Harmless, find);
}

/// What is left of the properties in the API's names, with a name and tags.
fn named(m: &mut Maker<'_>, member: &str, name: Value, free: &[&str]) -> Object {
    let mut input = Object::new();
    input.insert(member.to_owned(), name);
    input.extend(camel(m.rest(), free));
    input.insert("tags".to_owned(), tags::pairs(m.tags(), "key", "value"));
    input
}
