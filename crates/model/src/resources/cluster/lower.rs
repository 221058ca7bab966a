//! A cluster on AWS: `AWS::ECS::Cluster`
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-cluster.html>).

use trazo_stack::{Resource, Value, list, map, reference};

use super::Cluster;
use crate::lowering::node_origin;
use crate::{Lowering, Node, NodeId, Typed};

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(cluster) = Cluster::of(&node.props) else { return };
    let mut resource = Resource::new("AWS::ECS::Cluster", node_origin(&node.id));
    resource.set_from("ClusterName", "name", node.name.as_str());
    // Both providers exist in every account; a cluster only names those that its services may ask for.
    let mut providers = vec!["FARGATE"];
    if cluster.spot {
        providers.push("FARGATE_SPOT");
    }
    resource.set_from("CapacityProviders", "spot", list(providers));
    let setting = map([("Name", "containerInsights".into()), ("Value", cluster.container_insights.word().into())]);
    resource.set_from("ClusterSettings", "containerInsights", list([setting]));
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    let id = low.id(&node.id, "Cluster");
    low.add(id, resource);
}

/// What names the cluster that a service lies in; `None` where it lies in none.
pub(in crate::resources) fn cluster_of(low: &Lowering<'_>, service: &NodeId) -> Option<Value> {
    let cluster = low.design.ancestor(service, crate::Kind::Cluster)?;
    Some(reference(low.id(&cluster.id, "Cluster")))
}
