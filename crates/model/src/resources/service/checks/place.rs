//! What can be wrong with where a service runs and what it runs.

use super::is_balanced;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::node::Placement;
use crate::resources::cluster::Cluster;
use crate::resources::service::{Launch, Service};
use crate::resources::task_definition::TaskDefinition;
use crate::{CARD, Design, Kind, Link, LinkKind, Node, NodeId, room};

const SERVICE_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html";
const SPOT_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html";

/// It lies in no cluster.
pub(super) static NO_CLUSTER: Check = Check {
    code: "SVC001",
    severity: Severity::Error,
    aws: "ClusterNotFoundException: Cluster not found.",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html",
};
/// It runs no task definition.
pub(super) static NO_TASK: Check = Check {
    code: "SVC002",
    severity: Severity::Error,
    aws: "InvalidParameterException: TaskDefinition can not be blank.",
    doc: SERVICE_DOC,
};
/// It asks for Fargate Spot, which its cluster does not offer.
pub(super) static NO_SPOT: Check = Check {
    code: "SVC003",
    severity: Severity::Error,
    aws: "InvalidParameterException: The specified capacity provider strategy cannot contain a capacity provider that \
          is not associated with the cluster.",
    doc: SPOT_DOC,
};
/// All tasks that people reach may be taken away at once.
pub(super) static ALL_SPOT: Check = Check { code: "SVC011", severity: Severity::Hint, aws: "", doc: SPOT_DOC };

pub(super) fn check(design: &Design, node: &Node, service: &Service, out: &mut Findings) {
    let cluster = design.ancestor(&node.id, Kind::Cluster);
    if cluster.is_none() {
        out.report(&NO_CLUSTER, &node.id).fix(into_cluster(design, node));
    }
    if design.targets::<TaskDefinition>(&node.id).next().is_none() {
        let finding = out.report(&NO_TASK, &node.id);
        if let Some(edit) = run_something(design, node) {
            finding.fix(edit);
        }
    }
    if service.launch != Launch::Spot {
        return;
    }
    if let Some((cluster, props)) = cluster.and_then(|cluster| design.get::<Cluster>(&cluster.id))
        && !props.spot
    {
        let fix = Edit::set(&cluster.id, "spot", true);
        out.report(&NO_SPOT, &node.id).at("launch").with("cluster", &cluster.name).fix(fix);
    } else if is_balanced(design, node) {
        out.report(&ALL_SPOT, &node.id).at("launch").fix(Edit::set(&node.id, "launch", "fargate"));
    }
}

/// How far apart two rectangles are, squared; the first is a card.
fn distance(card: &Placement, other: &Placement) -> i64 {
    let size = other.size.unwrap_or(CARD);
    let gap = |a: i32, a_size: i32, b: i32, b_size: i32| {
        let (a, b) = (i64::from(a), i64::from(b));
        (b - (a + i64::from(a_size))).max(a - (b + i64::from(b_size))).max(0)
    };
    let (x, y) = (gap(card.x, CARD.w, other.x, size.w), gap(card.y, CARD.h, other.y, size.h));
    x * x + y * y
}

/// Puts a service into the nearest cluster, or into a new one around it.
fn into_cluster(design: &Design, node: &Node) -> Edit {
    let place = |parent: &NodeId| Placement { parent: Some(parent.clone()), ..node.place.clone() };
    if let Some(nearest) = design.nodes_of(Kind::Cluster).min_by_key(|cluster| distance(&node.place, &cluster.place)) {
        return Edit::Place { node: node.id.clone(), place: place(&nearest.id) };
    }
    let id = design.free_node_id(Kind::Cluster);
    let (x, y) = (node.place.x.saturating_sub(40), node.place.y.saturating_sub(60));
    let cluster = Node::new(id.clone(), Kind::Cluster, &design.free_name(Kind::Cluster), x, y);
    Edit::Batch(vec![Edit::add_node(cluster), Edit::Place { node: node.id.clone(), place: place(&id) }])
}

/// Links a service with the nearest task definition that no service runs, or with the only one, or with a new one. Which of
/// several that others run it shall run too, nobody can know.
fn run_something(design: &Design, node: &Node) -> Option<Edit> {
    let link = |task: &NodeId| Edit::add_link(Link::new(design.free_link_id(), LinkKind::Runs, &node.id, task));
    let all: Vec<&Node> = design.nodes_of(Kind::TaskDefinition).collect();
    let idle = all.iter().filter(|task| design.sources::<Service>(&task.id).next().is_none());
    if let Some(task) = idle.min_by_key(|task| distance(&node.place, &task.place)) {
        return Some(link(&task.id));
    }
    match all.as_slice() {
        [] => {
            let id = design.free_node_id(Kind::TaskDefinition);
            let (x, y) = room::beside(design, node);
            let task = Node::new(id.clone(), Kind::TaskDefinition, &node.name, x, y);
            Some(Edit::Batch(vec![Edit::add_node(task), link(&id)]))
        }
        [only] => Some(link(&only.id)),
        _ => None,
    }
}
