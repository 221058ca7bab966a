//! ECS.

use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::wait::Wait;
use crate::wording::{camel, renamed};
use crate::{Service, tags};
use trazo_stack::list;

/// `AWS::ECS::Cluster`.
pub(crate) fn cluster(m: &mut Maker<'_>) {
    let name = m.name("ClusterName", 255);
    let mut input = camel(m.rest(), &[]);
    renamed(&mut input, "clusterSettings", "settings");
    input.insert("clusterName".to_owned(), name.clone());
    input.insert("tags".to_owned(), tags::pairs(m.tags(), "key", "value"));
    let own = m.own();
    let poll = Wait::new(Service::Ecs, "DescribeClusters", [("clusters", list([own.clone()]))])
        .until("clusters[0].status", "ACTIVE")
        .fails("clusters[0].status", "FAILED");
    m.make("", Service::Ecs, "CreateCluster", input)
        .answer("cluster")
        .gives("", "clusterName")
        .gives("Arn", "clusterArn")
        .ready(poll)
        .patience("InvalidParameterException", "service linked role")
        .undo(
            Undo::new(Service::Ecs, "DeleteCluster", [("cluster", own)])
                .gone(&["ClusterNotFoundException"])
                .busy(&[
                    "ClusterContainsServicesException",
                    "ClusterContainsTasksException",
                    "UpdateInProgressException",
                ])
                .busy(&["ClusterContainsContainerInstancesException", "ResourceInUseException"]),
        )
        .find(
            Repeat::Harmless,
            Find::new(Service::Ecs, "DescribeClusters", [("clusters", list([name]))], "clusters")
                .matching("status", "ACTIVE"),
        );
}
