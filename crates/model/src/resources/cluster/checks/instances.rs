//! What can be wrong with the instances of a cluster.

use super::error;
use crate::account::{LAB_MOST_INSTANCES, is_lab_instance_type};
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::cluster::{Cluster, Provider, fitting_type};
use crate::resources::service::Service;
use crate::resources::task_definition::TaskDefinition;
use crate::resources::vpc::{Nat, new_vpc_of};
use crate::{Design, Node, Typed};

const GROUP: &str = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html";
const REGISTER: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_container_instance.html";
const LAB: &str = "https://aws.amazon.com/training/awsacademy/";

/// The fewest instances are more than the most.
pub(super) static MIN_MAX: Check = error("CLU010", "ValidationError: Max bound, … must be greater than or equal to min bound, …", GROUP);
/// There are to be more or fewer at first than there may be.
pub(super) static DESIRED: Check = error("CLU011", "", GROUP);
/// They lie where no way leads to ECS.
pub(super) static NO_NAT: Check = error("CLU012", "", REGISTER);
/// They are to lie in private subnets where there are none.
pub(super) static NO_PRIVATE: Check = error("CLU013", "", REGISTER);
/// They run and cost, and nothing runs on them.
pub(super) static IDLE: Check = Check {
    code: "CLU014",
    severity: Severity::Warning,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html",
};
/// A Learner Lab ends instances of this type.
pub(super) static LAB_TYPE: Check = error("CLU020", "", LAB);
/// A Learner Lab ends instances beyond its limit.
pub(super) static LAB_COUNT: Check = error("CLU021", "", LAB);
/// The stack cannot be deleted while its instances are protected.
pub(super) static PROTECTED: Check = Check {
    code: "CLU022",
    severity: Severity::Hint,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html",
};
/// There may be none at all.
pub(super) static NONE: Check = error("CLU023", "", GROUP);

pub(super) fn check(design: &Design, node: &Node, cluster: &Cluster, out: &mut Findings) {
    check_count(node, cluster, out);
    check_network(design, node, cluster, out);
    let services = || design.children(&node.id).filter_map(|child| Service::of(&child.props));
    let used = services().any(|service| service.providers(Some(cluster)).contains(&Provider::Ec2));
    if !used && services().next().is_some() && cluster.ec2.min > 0 {
        out.report(&IDLE, &node.id).at("ec2.enabled").fix(Edit::set(&node.id, "ec2.enabled", false));
    }
    if cluster.ec2.termination_protection {
        let field = "ec2.terminationProtection";
        out.report(&PROTECTED, &node.id).at(field).fix(Edit::set(&node.id, field, false));
    }
    if design.is_learner_lab() {
        check_lab(design, node, cluster, out);
    }
}

fn check_count(node: &Node, cluster: &Cluster, out: &mut Findings) {
    let ec2 = &cluster.ec2;
    if ec2.min > ec2.max {
        let fix = Edit::Batch(vec![Edit::set(&node.id, "ec2.min", ec2.max), Edit::set(&node.id, "ec2.max", ec2.min)]);
        out.report(&MIN_MAX, &node.id).at("ec2.max").with("min", ec2.min).with("max", ec2.max).fix(fix);
    } else if let Some(desired) = ec2.desired.filter(|desired| !(ec2.min..=ec2.max).contains(desired)) {
        let fix = Edit::set(&node.id, "ec2.desired", desired.clamp(ec2.min, ec2.max));
        out.report(&DESIRED, &node.id)
            .at("ec2.desired")
            .with("desired", desired)
            .with("min", ec2.min)
            .with("max", ec2.max)
            .fix(fix);
    }
    if ec2.max <= 0 && ec2.min <= ec2.max {
        out.report(&NONE, &node.id).at("ec2.max").fix(Edit::set(&node.id, "ec2.max", 3));
    }
}

fn check_network(design: &Design, node: &Node, cluster: &Cluster, out: &mut Findings) {
    if !cluster.ec2.private_subnets {
        return;
    }
    let field = "ec2.privateSubnets";
    match new_vpc_of(design, &node.id) {
        Some((vpc, props)) if props.private_subnets => {
            if props.nat == Nat::None && !props.endpoints.has("ecs") {
                let fix = Edit::set(&vpc.id, "nat", "single");
                out.report(&NO_NAT, &node.id).at(field).with("vpc", &vpc.name).fix(fix);
            }
        }
        _ => {
            out.report(&NO_PRIVATE, &node.id).at(field).fix(Edit::set(&node.id, field, false));
        }
    }
}

fn check_lab(design: &Design, node: &Node, cluster: &Cluster, out: &mut Findings) {
    let ec2 = &cluster.ec2;
    if !is_lab_instance_type(&ec2.instance_type) {
        let tasks = design.children(&node.id).filter_map(|child| design.targets::<TaskDefinition>(&child.id).next());
        let need = tasks.fold((0, 0), |(cpu, memory), (_, _, task)| (task.cpu.max(cpu), task.memory.max(memory)));
        let finding = out.report(&LAB_TYPE, &node.id).at("ec2.instanceType").with("type", &ec2.instance_type);
        if let Some(fits) = fitting_type(ec2.architecture(), need.0, need.1).filter(|fits| is_lab_instance_type(fits)) {
            finding.fix(Edit::set(&node.id, "ec2.instanceType", fits));
        }
    }
    if ec2.max > LAB_MOST_INSTANCES {
        let mut edits = vec![Edit::set(&node.id, "ec2.max", LAB_MOST_INSTANCES)];
        edits.extend((ec2.min > LAB_MOST_INSTANCES).then(|| Edit::set(&node.id, "ec2.min", LAB_MOST_INSTANCES)));
        out.report(&LAB_COUNT, &node.id)
            .at("ec2.max")
            .with("max", ec2.max)
            .with("most", LAB_MOST_INSTANCES)
            .fix(Edit::Batch(edits));
    }
}
