//! A cluster on AWS: `AWS::ECS::Cluster`, its namespace of Service Connect, and what it offers
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-cluster.html>).

use trazo_stack::{Resource, Value, att, list, map, reference};

use super::{Cluster, ExecLog, Provider, instances, strategy};
use crate::lowering::node_origin;
use crate::resources::service::links::takes_part;
use crate::{Design, Kind, Lowering, Node, NodeId, Typed};

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(cluster) = Cluster::of(&node.props) else { return };
    let mut resource = Resource::new("AWS::ECS::Cluster", node_origin(&node.id));
    resource.set_from("ClusterName", "name", node.name.as_str());
    if !cluster.ec2.enabled {
        offer(low, node, cluster, &mut resource);
    }
    let setting = map([("Name", "containerInsights".into()), ("Value", cluster.container_insights.word().into())]);
    resource.set_from("ClusterSettings", "containerInsights", list([setting]));
    exec_log(low, node, cluster, &mut resource);
    if let Some(owner) = namespace_owner(low.design, node, cluster) {
        if owner.id == node.id {
            namespace(low, node, cluster);
        }
        let arn = att(low.id(&owner.id, "Namespace"), "Arn").from_origin(resource.origin.field("namespace"));
        resource.set("ServiceConnectDefaults", map([("Namespace", arn)]));
    }
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    let id = low.id(&node.id, "Cluster");
    low.add(&id, resource);
    if cluster.ec2.enabled {
        instances::lower(low, node, &cluster.ec2);
        // Instances name the cluster that they register with, so what they make up cannot be named by the cluster itself
        // (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-clustercapacityproviderassociations.html>).
        let mut offered = Resource::new("AWS::ECS::ClusterCapacityProviderAssociations", node_origin(&node.id));
        offered.set("Cluster", reference(id));
        offer(low, node, cluster, &mut offered);
        if cluster.default_strategy.is_empty() {
            offered.set("DefaultCapacityProviderStrategy", Vec::new());
        }
        low.add(low.id(&node.id, "CapacityProviders"), offered);
    }
}

/// The providers that services may ask for, and those of services that ask for none. Both of Fargate exist in every account;
/// a cluster only names them.
fn offer(low: &Lowering<'_>, node: &Node, cluster: &Cluster, resource: &mut Resource) {
    let mut providers: Vec<Value> = vec![Provider::Fargate.word().into()];
    if cluster.spot {
        providers.push(Provider::FargateSpot.word().into());
    }
    if cluster.ec2.enabled {
        let own = reference(low.id(&node.id, "CapacityProvider"));
        providers.push(own.from_origin(resource.origin.field("ec2.enabled")));
    }
    resource.set_from("CapacityProviders", "spot", providers);
    if !cluster.default_strategy.is_empty() {
        let shares = strategy(low, Some(&node.id), &cluster.default_strategy, &resource.origin, "defaultStrategy");
        resource.set_from("DefaultCapacityProviderStrategy", "defaultStrategy", shares);
    }
}

fn exec_log(low: &mut Lowering<'_>, node: &Node, cluster: &Cluster, resource: &mut Resource) {
    let logging = match cluster.exec_log {
        None => return,
        Some(ExecLog::TaskLog) => map([("Logging", "DEFAULT".into())]),
        Some(ExecLog::NoLog) => map([("Logging", "NONE".into())]),
        Some(ExecLog::OwnLog) => {
            let id = low.id(&node.id, "ExecLogGroup");
            let mut group = Resource::new("AWS::Logs::LogGroup", resource.origin.field("execLog"));
            group.set("LogGroupName", format!("/ecs/{}/exec", node.name)).set("RetentionInDays", 30_i64);
            if let Some(tags) = low.tags(node) {
                group.set("Tags", tags);
            }
            low.add(&id, group);
            map([
                ("Logging", "OVERRIDE".into()),
                ("LogConfiguration", map([("CloudWatchLogGroupName", reference(id))])),
            ])
        }
    };
    let configuration = map([("ExecuteCommandConfiguration", logging)]);
    resource.set_from("Configuration", "execLog", configuration);
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-servicediscovery-httpnamespace.html>
fn namespace(low: &mut Lowering<'_>, node: &Node, cluster: &Cluster) {
    let mut resource = Resource::new("AWS::ServiceDiscovery::HttpNamespace", node_origin(&node.id).field("namespace"));
    resource.set_from("Name", "namespace", cluster.namespace_name(node));
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
    low.add(low.id(&node.id, "Namespace"), resource);
}

/// The cluster that a cluster's namespace is made with: the first that has one of this name. `None` where none is needed.
fn namespace_owner<'a>(design: &'a Design, node: &Node, cluster: &Cluster) -> Option<&'a Node> {
    let needs = |node: &Node, cluster: &Cluster| {
        !cluster.namespace.is_empty() || design.children(&node.id).any(|service| takes_part(design, &service.id))
    };
    if !needs(node, cluster) {
        return None;
    }
    let name = cluster.namespace_name(node);
    design.nodes_of(Kind::Cluster).find(|other| {
        Cluster::of(&other.props).is_some_and(|own| own.namespace_name(other) == name && needs(other, own))
    })
}

/// The logical id of the log group that records a service's sessions of ECS Exec; `None` where none of its own is made.
pub(in crate::resources) fn exec_log_of(low: &Lowering<'_>, service: &NodeId) -> Option<String> {
    let (node, cluster) = super::cluster_around(low.design, service)?;
    (cluster.exec_log == Some(ExecLog::OwnLog)).then(|| low.id(&node.id, "ExecLogGroup"))
}

/// What names the namespace that a service finds others in; `None` where it lies in no cluster that has one.
pub(in crate::resources) fn namespace_of(low: &Lowering<'_>, service: &NodeId) -> Option<Value> {
    let (node, cluster) = super::cluster_around(low.design, service)?;
    let owner = namespace_owner(low.design, node, cluster)?;
    Some(att(low.id(&owner.id, "Namespace"), "Arn"))
}

/// What names the cluster that a service lies in; `None` where it lies in none.
pub(in crate::resources) fn cluster_of(low: &Lowering<'_>, service: &NodeId) -> Option<Value> {
    let cluster = low.design.ancestor(service, crate::Kind::Cluster)?;
    Some(reference(low.id(&cluster.id, "Cluster")))
}

/// The logical id of what has to be there before a service can ask its cluster for capacity.
pub(in crate::resources) fn services_wait_for(low: &Lowering<'_>, service: &NodeId) -> Option<String> {
    let (node, cluster) = super::cluster_around(low.design, service)?;
    cluster.ec2.enabled.then(|| low.id(&node.id, "CapacityProviders"))
}
