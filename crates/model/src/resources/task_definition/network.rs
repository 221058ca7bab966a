//! How the containers of a task reach the network, and what its tasks run on.

use serde::{Deserialize, Serialize};

use crate::resources::service::{Service, runs_on_instances};
use crate::{Design, NodeId};

/// A port that a container listens on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Port {
    /// 1 to 65535.
    pub container_port: i64,
    /// The port of the instance: empty, or the same, where the task has a network interface of its own or shares the
    /// instance's; in `bridge` mode empty or 0 for one that is free.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_port: Option<i64>,
    /// The protocol.
    pub protocol: Protocol,
    /// Its name for Service Connect; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What Service Connect takes its traffic for; `None` is TCP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_protocol: Option<AppProtocol>,
}

impl Default for Port {
    fn default() -> Self {
        Self { container_port: 8080, host_port: None, protocol: Protocol::Tcp, name: String::new(), app_protocol: None }
    }
}

/// A transport protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// TCP.
    #[default]
    Tcp,
    /// UDP.
    Udp,
}

impl Protocol {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }
}

/// What the proxy of Service Connect understands
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AppProtocol {
    /// HTTP/1.
    Http,
    /// HTTP/2.
    Http2,
    /// gRPC.
    Grpc,
}

impl AppProtocol {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Http2 => "http2",
            Self::Grpc => "grpc",
        }
    }
}

/// How containers reach the network. Fargate has `awsvpc` alone
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NetworkMode {
    /// Each task has a network interface, and so an address and security groups, of its own.
    #[default]
    Awsvpc,
    /// Docker's network within an instance, with ports of the instance that lead into it.
    Bridge,
    /// The instance's own network.
    Host,
}

impl NetworkMode {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Awsvpc => "awsvpc",
            Self::Bridge => "bridge",
            Self::Host => "host",
        }
    }
}

/// What the services that run a task definition place its tasks on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// Fargate.
    pub fargate: bool,
    /// EC2 instances of the cluster.
    pub instances: bool,
}

/// What the tasks of a task definition run on, as its services say. One that no service runs is for Fargate, unless its
/// network mode is one that Fargate lacks.
pub fn places(design: &Design, task: &NodeId, mode: NetworkMode) -> Places {
    let mut found = Places { fargate: false, instances: false };
    for (_, node, _) in design.sources::<Service>(task) {
        let on_instances = runs_on_instances(design, &node.id);
        found.instances |= on_instances;
        found.fargate |= !on_instances;
    }
    if !found.fargate && !found.instances {
        found = Places { fargate: mode == NetworkMode::Awsvpc, instances: mode != NetworkMode::Awsvpc };
    }
    found
}
