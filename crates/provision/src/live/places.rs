//! Where to look: what a stack made, by the node that it was made from.

use std::sync::Arc;

use trazo_stack::{Element, Expr, Output, Resource, Stack, Value};

/// A service that is up, and what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The node that it was made from.
    pub node: Arc<str>,
    /// Its cluster's name.
    pub cluster: String,
    /// Its ARN or name.
    pub service: String,
    /// The ARNs of its target groups.
    pub target_groups: Vec<String>,
    /// Where its containers write.
    pub logs: Vec<LogPlace>,
}

/// Where a container's lines are.
#[derive(Clone, Debug, PartialEq)]
pub struct LogPlace {
    /// The container's name.
    pub container: String,
    /// The log group.
    pub group: String,
    /// What the names of its streams begin with.
    pub prefix: String,
}

/// What answers at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// An HTTP API.
    HttpApi,
    /// A REST API.
    RestApi,
    /// A load balancer.
    LoadBalancer,
}

/// An address that can be tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// The node that it belongs to.
    pub node: Arc<str>,
    /// What answers there.
    pub gate: Gate,
    /// The address (`https://….execute-api.us-east-1.amazonaws.com/prod`).
    pub url: String,
}

/// What `Ref` gives for a logical id, once it was made.
type Ids<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The services of a stack that were made, in the stack's order. `ids` gives what `Ref` gives for a logical id: CloudFormation's
/// physical id, or what the steps noted.
pub fn places(stack: &Stack, ids: &Ids<'_>) -> Vec<Place> {
    let services = stack.resources.iter().filter(|(_, resource)| resource.type_name == "AWS::ECS::Service");
    services.filter_map(|(id, resource)| place(stack, ids, id, resource)).collect()
}

fn place(stack: &Stack, ids: &Ids<'_>, id: &str, resource: &Resource) -> Option<Place> {
    let at = |name: &str| resource.properties.get(name);
    let task = at("TaskDefinition").and_then(named).and_then(|id| stack.resources.get(id));
    let groups = at("LoadBalancers").map(entries).unwrap_or_default();
    Some(Place {
        node: node(&resource.origin.element)?,
        cluster: at("Cluster").and_then(|value| text(value, ids)).unwrap_or_else(|| "default".to_owned()),
        service: ids(id)?,
        target_groups: groups.iter().filter_map(|entry| text(member(entry, "TargetGroupArn")?, ids)).collect(),
        logs: task.map(|task| logs(task, ids)).unwrap_or_default(),
    })
}

/// Stream names are `prefix/container/task`
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html>).
fn logs(task: &Resource, ids: &Ids<'_>) -> Vec<LogPlace> {
    let containers = task.properties.get("ContainerDefinitions").map(entries).unwrap_or_default();
    let place = |container: &Value| {
        let options = member(member(container, "LogConfiguration")?, "Options")?;
        let (name, prefix) = (text(member(container, "Name")?, ids)?, member(options, "awslogs-stream-prefix"));
        Some(LogPlace {
            group: text(member(options, "awslogs-group")?, ids)?,
            prefix: prefix
                .and_then(|prefix| text(prefix, ids))
                .map_or(String::new(), |start| format!("{start}/{name}/")),
            container: name,
        })
    };
    containers.into_iter().filter_map(place).collect()
}

/// The addresses among a stack's outputs, in the stack's order. `value` gives what an output became.
pub fn addresses(stack: &Stack, value: &dyn Fn(&str) -> Option<String>) -> Vec<Address> {
    let found = stack.outputs.iter().filter_map(|(name, output)| {
        let url = value(name).filter(|url| url.starts_with("http://") || url.starts_with("https://"))?;
        Some(Address { node: node(&output.origin.element)?, gate: gate(stack, output)?, url })
    });
    found.collect()
}

/// What answers at the address of an output: the one whose name is in it.
fn gate(stack: &Stack, output: &Output) -> Option<Gate> {
    let mut found = None;
    output.value.walk(&mut |value| {
        let id = match &value.expr {
            Expr::Sub(text) => text.split_once("${").map(|(_, rest)| rest.split(['.', '}']).next().unwrap_or(rest)),
            _ => named(value),
        };
        let kind = id.and_then(|id| stack.resources.get(id)).map(|resource| resource.type_name);
        found = found.or(match kind {
            Some("AWS::ApiGatewayV2::Api") => Some(Gate::HttpApi),
            Some("AWS::ApiGateway::RestApi") => Some(Gate::RestApi),
            Some("AWS::ElasticLoadBalancingV2::LoadBalancer") => Some(Gate::LoadBalancer),
            _ => None,
        });
    });
    found
}

fn node(element: &Element) -> Option<Arc<str>> {
    match element {
        Element::Node(id) => Some(id.clone()),
        Element::Design | Element::Link(_) => None,
    }
}

/// The logical id that a value names.
fn named(value: &Value) -> Option<&str> {
    match &value.expr {
        Expr::Ref(id) | Expr::Att(id, _) => Some(id),
        _ => None,
    }
}

/// Plain text, or what a reference became.
fn text(value: &Value, ids: &Ids<'_>) -> Option<String> {
    match &value.expr {
        Expr::Str(text) => Some(text.clone()),
        Expr::Ref(id) => ids(id),
        _ => None,
    }
}

fn entries(value: &Value) -> Vec<&Value> {
    match &value.expr {
        Expr::List(items) => items.iter().collect(),
        _ => Vec::new(),
    }
}

fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match &value.expr {
        Expr::Map(entries) => entries.get(name),
        _ => None,
    }
}
