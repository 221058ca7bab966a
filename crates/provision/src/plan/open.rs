//! What anybody on the internet can reach.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use trazo_stack::{Element, Expr, Resource, Stack, Value};

use trazo_stack::read;

/// Ports of an element that are open, and to whom.
pub(super) struct Open {
    pub(super) element: Element,
    /// Addresses that reach it: `0.0.0.0/0` is everybody.
    pub(super) from: String,
    /// Ports, or ranges of them.
    pub(super) ports: String,
}

/// Ranges of addresses that are not on the internet.
const PRIVATE: &[&str] = &["10.", "192.168.", "169.254.", "127.", "fc", "fd"];

/// What security groups open to addresses of the internet.
pub(super) fn ports(stack: &Stack) -> Vec<Open> {
    let mut found: IndexMap<(Element, String), BTreeSet<String>> = IndexMap::new();
    for (_, group) in read::of_type(stack, "AWS::EC2::SecurityGroup") {
        let element = &group.origin.element;
        if is_inside(stack, element) {
            continue;
        }
        for rule in read::items(group.properties.get("SecurityGroupIngress")) {
            let text = |key: &str| read::inside(rule, key).and_then(Value::as_str);
            let Some(from) = text("CidrIp").or_else(|| text("CidrIpv6")).filter(|from| !is_private(from)) else {
                continue;
            };
            let port = |key: &str| read::inside(rule, key).and_then(read::as_number);
            let ports = match (port("FromPort"), port("ToPort")) {
                (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
                (Some(port), _) => port.to_string(),
                _ => "0–65535".to_owned(),
            };
            found.entry((element.clone(), from.to_owned())).or_default().insert(ports);
        }
    }
    let open = |((element, from), ports): ((Element, String), BTreeSet<String>)| {
        let mut ports: Vec<String> = ports.into_iter().collect();
        ports.sort_by_key(|ports| ports.split('–').next().and_then(|first| first.parse::<u32>().ok()));
        Open { element, from, ports: ports.join(", ") }
    };
    found.into_iter().map(open).collect()
}

/// Whether an element is a load balancer that has no public address.
fn is_inside(stack: &Stack, element: &Element) -> bool {
    let mut all = read::of_type(stack, "AWS::ElasticLoadBalancingV2::LoadBalancer");
    all.any(|(_, one)| one.origin.element == *element && read::text(one, "Scheme") == Some("internal"))
}

fn is_private(cidr: &str) -> bool {
    let middle = cidr.strip_prefix("172.").and_then(|rest| rest.split('.').next()?.parse::<u8>().ok());
    PRIVATE.iter().any(|start| cidr.starts_with(start)) || middle.is_some_and(|part| (16..32).contains(&part))
}

/// Routes of an API that need no permission: how many, of how many.
pub(super) fn routes(stack: &Stack) -> Vec<(Element, u64, u64)> {
    let mut out = Vec::new();
    for (id, api) in &stack.resources {
        let (type_name, key) = match api.type_name {
            "AWS::ApiGatewayV2::Api" => ("AWS::ApiGatewayV2::Route", "ApiId"),
            "AWS::ApiGateway::RestApi" if !is_private_api(api) => ("AWS::ApiGateway::Method", "RestApiId"),
            _ => continue,
        };
        let its = |route: &&Resource| route.properties.get(key).and_then(read::target) == Some(id);
        // Browsers ask before they send, and ask without permission.
        let asks = |route: &&Resource| read::text(route, "HttpMethod") == Some("OPTIONS");
        let routes = || read::of_type(stack, type_name).map(|(_, route)| route).filter(its).filter(|one| !asks(one));
        let is_open = |route: &&Resource| {
            matches!(read::text(route, "AuthorizationType"), None | Some("NONE"))
                && !matches!(route.properties.get("ApiKeyRequired"), Some(Value { expr: Expr::Bool(true), .. }))
        };
        let open = routes().filter(is_open).count() as u64;
        if open > 0 {
            out.push((api.origin.element.clone(), open, routes().count() as u64));
        }
    }
    out
}

fn is_private_api(api: &Resource) -> bool {
    read::items(read::at(api, "EndpointConfiguration.Types")).iter().any(|one| one.as_str() == Some("PRIVATE"))
}
