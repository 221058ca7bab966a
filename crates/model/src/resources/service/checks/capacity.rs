//! What can be wrong with what a service runs on.

use super::{error, is_balanced};
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::cluster::{
    Cluster, Ec2, Provider, Share, Wrong, cluster_around, fitting_type, instance_size, wrongs,
};
use crate::resources::service::{Launch, Service, mode_of};
use crate::resources::task_definition::{NetworkMode, TaskDefinition};
use crate::{Design, Node};

const STRATEGY: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html";
const PROVIDERS: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/clusters.html";
const TYPES: &str = "https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html";
const NO_ROOM: &str = "service … was unable to place a task because no container instance met all of its requirements.";

/// Shares are to be kept, but there are none.
pub(super) static NO_SHARES: Check = error("SVC040", "", STRATEGY);
/// No provider of a strategy has a weight.
pub(super) static NO_WEIGHT: Check = error("SVC041", "", STRATEGY);
/// Two providers of a strategy have a base.
pub(super) static TWO_BASES: Check = error("SVC042", "", STRATEGY);
/// Fargate and instances are in one strategy.
pub(super) static MIXED: Check = error("SVC043", "", PROVIDERS);
/// The cluster does not offer what a strategy names.
pub(super) static NOT_OFFERED: Check = error(
    "SVC044",
    "InvalidParameterException: The specified capacity provider strategy cannot contain a capacity provider that is not \
     associated with the cluster.",
    PROVIDERS,
);
/// A strategy names a provider twice.
pub(super) static TWICE: Check = error("SVC045", "", STRATEGY);
/// It runs on instances, of which its cluster has none.
pub(super) static NO_INSTANCES: Check = error(
    "SVC046",
    "service … was unable to place a task because no container instance met all of its requirements. Reason: No Container \
     Instances were found in your cluster.",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html",
);
/// No instance is large enough for a task.
pub(super) static TOO_LARGE: Check = error("SVC047", NO_ROOM, TYPES);
/// The images are for another processor than that of the instances.
pub(super) static ARCHITECTURE: Check = error(
    "SVC048",
    NO_ROOM,
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html",
);
/// The instances have too few network interfaces for the tasks.
pub(super) static INTERFACES: Check = Check {
    code: "SVC049",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-eni.html",
};
/// All tasks that people reach may come to run on spare capacity.
pub(super) static SPOT_NO_BASE: Check = Check {
    code: "SVC059",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html",
};
/// Each instance has room for one of its tasks alone, and there are too few instances.
pub(super) static ONE_EACH: Check = Check {
    code: "SVC079",
    severity: Severity::Warning,
    aws: "service … was unable to place a task because no container instance met all of its requirements. The closest \
          matching container-instance … is already using a port required by your task.",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html",
};
/// It does what the cluster says, and the cluster says nothing.
pub(super) static NO_DEFAULT: Check = error(
    "SVC084",
    "",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/set-default-capacity-provider-strategy.html",
);

pub(super) fn check(design: &Design, node: &Node, service: &Service, out: &mut Findings) {
    let around = cluster_around(design, &node.id);
    if service.launch == Launch::Strategy {
        check_strategy(node, service, out);
        check_spot(design, node, service, out);
    }
    let Some((cluster_node, cluster)) = around else { return };
    for (at, share) in service.strategy.iter().enumerate().filter(|_| service.launch == Launch::Strategy) {
        if !cluster.offers(share.provider) {
            let field = if share.provider == Provider::Ec2 { "ec2.enabled" } else { "spot" };
            out.report(&NOT_OFFERED, &node.id)
                .at(format!("strategy.{at}.provider"))
                .with("provider", share.provider.word())
                .with("cluster", &cluster_node.name)
                .fix(Edit::set(&cluster_node.id, field, true));
        }
    }
    if service.launch == Launch::ClusterDefault && cluster.default_strategy.is_empty() {
        let fix = Edit::set(&node.id, "launch", "fargate");
        out.report(&NO_DEFAULT, &node.id).at("launch").with("cluster", &cluster_node.name).fix(fix);
    }
    if !service.is_on_instances(Some(cluster)) {
        return;
    }
    if cluster.ec2.enabled {
        check_instances(design, node, service, (cluster_node, cluster), out);
    } else if service.launch == Launch::Ec2 {
        let fix = Edit::set(&cluster_node.id, "ec2.enabled", true);
        out.report(&NO_INSTANCES, &node.id).at("launch").with("cluster", &cluster_node.name).fix(fix);
    }
}

fn check_strategy(node: &Node, service: &Service, out: &mut Findings) {
    if service.strategy.is_empty() {
        let fix = Edit::set(&node.id, "strategy", serde_json::json!([Share::default()]));
        out.report(&NO_SHARES, &node.id).at("strategy").fix(fix);
    }
    for wrong in wrongs(&service.strategy) {
        let (check, at) = match wrong {
            Wrong::NoWeight => {
                let fix = Edit::set(&node.id, "strategy.0.weight", 1);
                out.report(&NO_WEIGHT, &node.id).at("strategy.0.weight").fix(fix);
                continue;
            }
            Wrong::TwoBases(at) => {
                let field = format!("strategy.{at}.base");
                out.report(&TWO_BASES, &node.id).at(field.clone()).fix(Edit::set(&node.id, field, 0));
                continue;
            }
            Wrong::Twice(at) => (&TWICE, at),
            Wrong::Mixed(at) => (&MIXED, at),
        };
        let provider = service.strategy.get(at).map_or("", |share| share.provider.word());
        let left: Vec<&Share> =
            service.strategy.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, share)| share).collect();
        out.report(check, &node.id)
            .at(format!("strategy.{at}.provider"))
            .with("provider", provider)
            .fix(Edit::set(&node.id, "strategy", serde_json::json!(left)));
    }
}

/// Only a base makes sure that some tasks run on capacity that nobody takes back.
fn check_spot(design: &Design, node: &Node, service: &Service, out: &mut Findings) {
    let spot = service.strategy.iter().any(|share| share.provider == Provider::FargateSpot && share.weight > 0);
    let kept = |share: &Share| share.provider != Provider::FargateSpot && share.base > 0;
    let alone = service.strategy.iter().filter(|share| share.weight > 0 || share.base > 0);
    if !spot || !is_balanced(design, node) || service.strategy.iter().any(kept) {
        return;
    }
    let finding = out.report(&SPOT_NO_BASE, &node.id).at("strategy");
    let on_demand = service.strategy.iter().position(|share| share.provider == Provider::Fargate);
    // A second base would be refused.
    if alone.filter(|share| share.base > 0).count() > 0 {
        return;
    }
    match on_demand {
        Some(at) => finding.fix(Edit::set(&node.id, format!("strategy.{at}.base"), 1)),
        None => {
            let mut all = vec![Share { weight: 0, base: 1, ..Share::default() }];
            all.extend(service.strategy.iter().cloned());
            finding.fix(Edit::set(&node.id, "strategy", serde_json::json!(all)))
        }
    };
}

fn check_instances(
    design: &Design,
    node: &Node,
    service: &Service,
    (cluster_node, cluster): (&Node, &Cluster),
    out: &mut Findings,
) {
    let Some((_, task_node, task)) = design.targets::<TaskDefinition>(&node.id).next() else { return };
    let ec2: &Ec2 = &cluster.ec2;
    if task.architecture != ec2.architecture() {
        let fix = Edit::set(&task_node.id, "architecture", ec2.architecture().word());
        out.report(&ARCHITECTURE, &node.id)
            .at("launch")
            .with("task", &task_node.name)
            .with("wanted", task.architecture.word())
            .with("type", &ec2.instance_type)
            .with("has", ec2.architecture().word())
            .fix(fix);
    }
    let Some(size) = instance_size(&ec2.instance_type) else { return };
    if task.cpu > size.vcpu * 1024 || task.memory >= size.memory {
        let finding = out.report(&TOO_LARGE, &node.id).at("launch");
        finding.with("task", &task_node.name).with("type", &ec2.instance_type);
        let larger = fitting_type(ec2.architecture(), task.cpu, task.memory);
        if let Some(larger) = larger {
            finding.with("larger", &larger).fix(Edit::set(&cluster_node.id, "ec2.instanceType", larger));
        }
    }
    if service.daemon {
        return;
    }
    let tasks = if service.scaling.enabled { service.scaling.max } else { service.desired_count };
    let room = ec2.max.saturating_mul(size.interfaces - 1);
    if mode_of(design, &node.id) == NetworkMode::Awsvpc && tasks > room {
        out.report(&INTERFACES, &node.id)
            .at("launch")
            .with("tasks", tasks)
            .with("room", room)
            .with("type", &ec2.instance_type)
            .with("each", size.interfaces - 1);
    }
    if takes_a_port(task) && tasks > ec2.max {
        let fix = Edit::set(&cluster_node.id, "ec2.max", tasks);
        out.report(&ONE_EACH, &node.id).at("launch").with("tasks", tasks).with("most", ec2.max).fix(fix);
    }
}

/// Whether each task takes a port of its instance, so that no second one finds room there.
fn takes_a_port(task: &TaskDefinition) -> bool {
    let mut ports = task.containers.iter().flat_map(|container| &container.ports);
    match task.mode() {
        NetworkMode::Awsvpc => false,
        NetworkMode::Host => ports.next().is_some(),
        NetworkMode::Bridge => ports.any(|port| port.host_port.is_some_and(|port| port > 0)),
    }
}
