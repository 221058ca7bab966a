//! What can be wrong with network mode and ports.

use serde_json::json;

use crate::Node;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::task_definition::{NetworkMode, Places, Port, Protocol, TaskDefinition};

const MODE_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html";
const PORT_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html";

const fn error(code: &'static str, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc }
}

/// Fargate has no such network mode.
pub(super) static MODE: Check =
    error("TSK055", "ClientException: Fargate only supports network mode ‘awsvpc’.", MODE_DOC);
/// The port of the instance is another than the container's, where both are the same.
pub(super) static OTHER_HOST_PORT: Check = error(
    "TSK056",
    "ClientException: When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
    PORT_DOC,
);
/// Instances need a port for themselves.
pub(super) static RESERVED: Check = error("TSK057", "", PORT_DOC);
/// Two containers want one port of the instance.
pub(super) static SAME_HOST_PORT: Check = error("TSK058", "", PORT_DOC);
/// A port of the instance is fixed: an instance can run the task only once.
pub(super) static FIXED: Check = Check { code: "TSK059", severity: Severity::Hint, aws: "", doc: PORT_DOC };
/// Two ports have one name.
pub(super) static SAME_NAME: Check = error("TSK060", "ClientException: port mapping name is already used", PORT_DOC);
/// Only Service Connect reads the protocol, and it knows ports by name.
pub(super) static NO_NAME: Check = Check { code: "TSK061", severity: Severity::Warning, aws: "", doc: PORT_DOC };
/// HTTP and gRPC do not run over UDP.
pub(super) static OVER_UDP: Check = error("TSK062", "", PORT_DOC);

/// Ports of an instance that are taken: SSH, Docker, the container agent.
const TAKEN: [i64; 6] = [22, 2375, 2376, 51678, 51679, 51680];

pub(super) fn check(node: &Node, task: &TaskDefinition, places: Places, out: &mut Findings) {
    let mode = task.mode();
    if places.fargate && mode != NetworkMode::Awsvpc {
        let fix = Edit::Set { target: (&node.id).into(), path: "networkMode".to_owned(), value: None };
        out.report(&MODE, &node.id).at("networkMode").with("mode", mode.word()).fix(fix);
        return;
    }
    let mut seen: Vec<&Port> = Vec::new();
    for (index, container) in task.containers.iter().enumerate() {
        for (at, port) in container.ports.iter().enumerate() {
            let list = format!("containers.{index}.ports.{at}");
            check_name(node, &list, port, &seen, out);
            if let Some(host) = port.host_port.filter(|host| *host != 0) {
                check_host(node, &list, (port, host), mode, &seen, out);
            }
            seen.push(port);
        }
    }
}

fn check_name(node: &Node, list: &str, port: &Port, seen: &[&Port], out: &mut Findings) {
    let clear = |field: &str| Edit::Set { target: (&node.id).into(), path: format!("{list}.{field}"), value: None };
    if !port.name.is_empty() && seen.iter().any(|earlier| earlier.name == port.name) {
        let finding = out.report(&SAME_NAME, &node.id);
        finding.at(format!("{list}.name")).with("name", &port.name);
        let free = (2..).map(|n: u32| format!("{}-{n}", port.name));
        if let Some(name) = free.take(100).find(|name| seen.iter().all(|earlier| earlier.name != *name)) {
            finding.fix(Edit::set(&node.id, format!("{list}.name"), name));
        }
    }
    let Some(protocol) = port.app_protocol else { return };
    if port.protocol == Protocol::Udp {
        let finding = out.report(&OVER_UDP, &node.id);
        finding.at(format!("{list}.appProtocol")).with("port", port.container_port).with("protocol", protocol.word());
        finding.fix(clear("appProtocol"));
    } else if port.name.is_empty() {
        let finding = out.report(&NO_NAME, &node.id);
        finding.at(format!("{list}.name")).with("port", port.container_port);
        finding.fix(clear("appProtocol"));
    }
}

fn check_host(
    node: &Node,
    list: &str,
    (port, host): (&Port, i64),
    mode: NetworkMode,
    seen: &[&Port],
    out: &mut Findings,
) {
    let field = format!("{list}.hostPort");
    let free = || Edit::Set { target: (&node.id).into(), path: format!("{list}.hostPort"), value: None };
    if mode != NetworkMode::Bridge {
        if host != port.container_port {
            let finding = out.report(&OTHER_HOST_PORT, &node.id);
            finding.at(&field).with("host", host).with("port", port.container_port).with("mode", mode.word());
            finding.fix(free());
        } else if mode == NetworkMode::Host && TAKEN.contains(&host) {
            out.report(&RESERVED, &node.id).at(&field).with("port", host);
        }
        return;
    }
    if TAKEN.contains(&host) {
        out.report(&RESERVED, &node.id).at(&field).with("port", host).fix(free());
    } else if seen.iter().any(|earlier| earlier.host_port == Some(host) && earlier.protocol == port.protocol) {
        out.report(&SAME_HOST_PORT, &node.id).at(&field).with("port", host).fix(Edit::set(&node.id, field, json!(0)));
    } else {
        out.report(&FIXED, &node.id).at(&field).with("port", host).fix(free());
    }
}
