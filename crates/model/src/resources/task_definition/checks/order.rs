//! What can be wrong with the order in which containers start.

use serde_json::json;

use crate::Node;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::task_definition::{Condition, Container, TaskDefinition};

const DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html";

/// A container waits for one that there is not, or for itself.
pub(super) static NO_SUCH: Check = Check { code: "TSK009", severity: Severity::Error, aws: "", doc: DOC };
/// Containers wait for each other.
pub(super) static CIRCLE: Check = Check { code: "TSK010", severity: Severity::Error, aws: "", doc: DOC };
/// A container waits for the health of one that has no health check.
pub(super) static NO_HEALTH: Check = Check {
    code: "TSK011",
    severity: Severity::Error,
    aws: "ClientException: A dependency container with HEALTHY condition must have health check configured",
    doc: DOC,
};
/// A container waits for the end of one with which the task ends.
pub(super) static NEVER_ENDS: Check = Check {
    code: "TSK012",
    severity: Severity::Error,
    aws: "ClientException: A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    doc: DOC,
};

pub(super) fn check(node: &Node, task: &TaskDefinition, out: &mut Findings) {
    for (index, container) in task.containers.iter().enumerate() {
        for (at, wish) in container.depends_on.iter().enumerate() {
            let field = |name: &str| format!("containers.{index}.dependsOn.{at}.{name}");
            // That no container is named is told by the field table.
            if wish.container.is_empty() {
                continue;
            }
            let found = task.container(&wish.container).filter(|(other, _)| *other != index);
            let Some((other_index, other)) = found else {
                let finding = out.report(&NO_SUCH, &node.id);
                finding.at(field("container")).with("container", &container.name).with("other", &wish.container);
                finding.fix(without(node, index, container, at));
                continue;
            };
            let check = match wish.condition {
                Condition::Healthy if !other.health_check.is_set() => &NO_HEALTH,
                Condition::Complete | Condition::Success if other.essential => &NEVER_ENDS,
                _ => continue,
            };
            let finding = out.report(check, &node.id);
            finding.at(field("condition")).with("container", &container.name).with("other", &other.name);
            let others_essential = task.containers.iter().enumerate().any(|(i, c)| i != other_index && c.essential);
            if wish.condition == Condition::Healthy {
                finding.fix(Edit::set(&node.id, field("condition"), Condition::Start.word()));
            } else if others_essential {
                finding.fix(Edit::set(&node.id, format!("containers.{other_index}.essential"), false));
            }
        }
    }
    check_circles(node, task, out);
}

fn without(node: &Node, index: usize, container: &Container, at: usize) -> Edit {
    let mut rest = container.depends_on.clone();
    rest.remove(at);
    Edit::set(&node.id, format!("containers.{index}.dependsOn"), json!(rest))
}

/// Each circle is told once, at the first of its containers, whose own wait is the one that can go.
fn check_circles(node: &Node, task: &TaskDefinition, out: &mut Findings) {
    let reached: Vec<Vec<usize>> = (0..task.containers.len()).map(|start| reachable(task, start)).collect();
    for (index, container) in task.containers.iter().enumerate() {
        let in_circle = reached[index].contains(&index);
        let told = (0..index).any(|earlier| reached[index].contains(&earlier) && reached[earlier].contains(&index));
        if !in_circle || told {
            continue;
        }
        let closes = |(_, wish): &(usize, &super::super::Dependency)| {
            let other = task.container(&wish.container).map(|(other, _)| other);
            other.is_some_and(|other| other != index && reached[other].contains(&index))
        };
        let Some((at, wish)) = container.depends_on.iter().enumerate().find(closes) else { continue };
        out.report(&CIRCLE, &node.id)
            .at(format!("containers.{index}.dependsOn.{at}.container"))
            .with("container", &container.name)
            .with("other", &wish.container)
            .fix(without(node, index, container, at));
    }
}

/// The containers that one waits for, directly or through others.
fn reachable(task: &TaskDefinition, start: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = vec![start];
    while let Some(index) = open.pop() {
        for wish in &task.containers[index].depends_on {
            if let Some((other, _)) = task.container(&wish.container)
                && other != index
                && !found.contains(&other)
            {
                found.push(other);
                open.push(other);
            }
        }
    }
    found
}
