//! What a link from a load balancer to a service carries: a rule of its listeners and a target group.

use serde::{Deserialize, Serialize};

use super::Listener;

/// A header that a request must have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HeaderCondition {
    /// The header; empty for no condition.
    pub name: String,
    /// What it may hold, with `*` and `?`.
    pub values: Vec<String>,
}

/// How the load balancer finds out whether a task is well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HealthCheck {
    /// What it asks for.
    pub path: String,
    /// Seconds between two checks, 5 to 300.
    pub interval: i64,
    /// Seconds that it waits for the answer, 2 to 120, fewer than the interval.
    pub timeout: i64,
    /// Good answers in a row that make a task well, 2 to 10.
    pub healthy_threshold: i64,
    /// Bad answers in a row that make a task ill, 2 to 10.
    pub unhealthy_threshold: i64,
    /// The statuses of a good answer: `200`, `200,204` or `200-299`, within 200 to 499.
    pub matcher: String,
    /// The port that is asked; `None` for the one that requests go to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<i64>,
    /// The protocol in which it asks; `None` for that of the requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
}

impl Default for HealthCheck {
    fn default() -> Self {
        Self {
            path: "/".to_owned(),
            interval: 30,
            timeout: 5,
            healthy_threshold: 5,
            unhealthy_threshold: 2,
            matcher: "200".to_owned(),
            port: None,
            protocol: None,
        }
    }
}

/// Whether a client comes back to the same task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Stickiness {
    /// Whether it does.
    pub enabled: bool,
    /// For how many seconds, 1 to 604800.
    pub duration: i64,
    /// The application's own cookie that it follows; empty for one of the load balancer.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cookie: String,
}

impl Default for Stickiness {
    fn default() -> Self {
        Self { enabled: false, duration: 86_400, cookie: String::new() }
    }
}

/// The protocol between the load balancer and the tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Protocol {
    /// HTTP.
    #[default]
    Http,
    /// HTTPS.
    Https,
}

impl Protocol {
    /// As AWS writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "HTTP",
            Self::Https => "HTTPS",
        }
    }
}

/// The version of the protocol between the load balancer and the tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ProtocolVersion {
    /// HTTP/1.1.
    #[default]
    Http1,
    /// HTTP/2.
    Http2,
    /// gRPC, which is spoken over HTTP/2.
    Grpc,
}

impl ProtocolVersion {
    /// As AWS writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http1 => "HTTP1",
            Self::Http2 => "HTTP2",
            Self::Grpc => "GRPC",
        }
    }
}

/// The one listener that a rule is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum On {
    /// The HTTP one.
    Http,
    /// The HTTPS one.
    Https,
}

/// A parameter of the query that a request must have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct QueryCondition {
    /// Its name, with `*` and `?`; empty for any.
    pub key: String,
    /// Its value, with `*` and `?`.
    pub value: String,
}

/// How requests are shared among the tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// One after the other.
    #[default]
    RoundRobin,
    /// To the one with the fewest open requests.
    LeastOutstandingRequests,
    /// By weighted chance.
    WeightedRandom,
}

impl Algorithm {
    /// As AWS writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RoundRobin => "round_robin",
            Self::LeastOutstandingRequests => "least_outstanding_requests",
            Self::WeightedRandom => "weighted_random",
        }
    }
}

/// A rule of the listeners, and the target group that it leads to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Forward {
    /// Whether it takes all that no other rule takes; conditions and priority then mean nothing.
    pub default: bool,
    /// Rules are tried from the lowest number up, 1 to 50000.
    pub priority: i64,
    /// Patterns of which the path must match one; none for any path.
    pub paths: Vec<String>,
    /// Patterns of which the host must match one; none for any host.
    pub hosts: Vec<String>,
    /// Methods of which the request must have one; none for any method.
    pub methods: Vec<String>,
    /// A header that the request must have.
    pub header: HeaderCondition,
    /// Parameters of the query of which the request must have one; none for any query.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<QueryCondition>,
    /// Blocks of addresses of which one must hold the caller's; none for any caller.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// The listener that it is on; `None` for all that pass requests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listener: Option<On>,
    /// The container that answers; empty for the first essential one that has a port.
    pub container: String,
    /// Its port; `None` for the container's first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_port: Option<i64>,
    /// The protocol to the tasks.
    pub protocol: Protocol,
    /// The version of that protocol; `None` is HTTP/1.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol_version: Option<ProtocolVersion>,
    /// How it finds out whether a task is well.
    pub health_check: HealthCheck,
    /// Whether a client comes back to the same task.
    pub stickiness: Stickiness,
    /// Seconds that requests under way may take when a task leaves, 0 to 3600.
    pub deregistration_delay: i64,
    /// Seconds in which a new task's share grows, 30 to 900; 0 for its full share at once.
    pub slow_start: i64,
    /// How requests are shared among the tasks.
    pub algorithm: Algorithm,
    /// Whether tasks that answer badly get fewer requests. With [`Algorithm::WeightedRandom`] alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub anomaly_mitigation: bool,
    /// Whether requests stay in the zone in which they come in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub zonal: bool,
}

impl Default for Forward {
    fn default() -> Self {
        Self {
            default: false,
            priority: 1,
            paths: Vec::new(),
            hosts: Vec::new(),
            methods: Vec::new(),
            header: HeaderCondition::default(),
            query: Vec::new(),
            sources: Vec::new(),
            listener: None,
            container: String::new(),
            container_port: None,
            protocol: Protocol::default(),
            protocol_version: None,
            health_check: HealthCheck::default(),
            stickiness: Stickiness::default(),
            deregistration_delay: 300,
            slow_start: 0,
            algorithm: Algorithm::default(),
            anomaly_mitigation: false,
            zonal: false,
        }
    }
}

impl Forward {
    /// Whether any request must meet something.
    pub fn has_conditions(&self) -> bool {
        let lists = [&self.paths, &self.hosts, &self.methods, &self.sources];
        lists.iter().any(|list| !list.is_empty()) || !self.header.name.is_empty() || !self.query.is_empty()
    }

    /// How many values its conditions have together; AWS allows five.
    pub fn condition_values(&self) -> usize {
        let header = if self.header.name.is_empty() { 0 } else { self.header.values.len() };
        self.paths.len() + self.hosts.len() + self.methods.len() + header + self.query.len() + self.sources.len()
    }

    /// How many wildcards its conditions have together.
    pub fn wildcards(&self) -> usize {
        let count = |text: &String| text.bytes().filter(|b| b"*?".contains(b)).count();
        let headers: &[String] = if self.header.name.is_empty() { &[] } else { &self.header.values };
        let query = self.query.iter().flat_map(|pair| [&pair.key, &pair.value]);
        self.paths.iter().chain(&self.hosts).chain(headers).chain(query).map(count).sum()
    }

    /// Whether it is on a listener.
    pub fn serves(&self, listener: Listener) -> bool {
        match self.listener {
            None => true,
            Some(On::Http) => !listener.https,
            Some(On::Https) => listener.https,
        }
    }

    /// Whether there may be a listener that both are on.
    pub fn meets(&self, other: &Self) -> bool {
        self.listener.is_none() || other.listener.is_none() || self.listener == other.listener
    }

    /// The version of the protocol between the load balancer and the tasks.
    pub fn version(&self) -> ProtocolVersion {
        self.protocol_version.unwrap_or_default()
    }
}
