//! Integrations of HTTP APIs and their routes: the links from an API.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use trazo_model::Kind;

use super::balancer::Listeners;
use super::http_api::{Authorizers, Limits, is_of_api};
use super::network::made_anew;
use super::parts::{As, Level, Props, Reading};
use super::template::Resource;
use super::value::{Form, Val, places};

/// What an integration leads to.
struct Target {
    /// A load balancer or a function.
    node: usize,
    /// The path behind the load balancer's address; `None` where it passes on that of the request.
    path: Option<String>,
    /// The name in the load balancer's certificate.
    server: Option<String>,
    /// Whether it goes through a VPC link.
    private: bool,
}

/// A link that is being put together from several integrations.
struct Gathered {
    props: Props,
    routes: Vec<Json>,
    line: usize,
    said: String,
}

pub(super) fn read<'a>(
    reading: &mut Reading<'a>,
    api: &'a Resource,
    node: usize,
    listeners: &Listeners<'a>,
    authorizers: &Authorizers<'a>,
    limits: &Limits,
) {
    let template = reading.template;
    let mut order: Vec<usize> = Vec::new();
    let mut links: BTreeMap<usize, Gathered> = BTreeMap::new();
    for integration in template.users(&api.id, "AWS::ApiGatewayV2::Integration") {
        integration.at("ApiId").map(Val::names);
        let Some(target) = target(reading, integration, node, listeners) else {
            let args = vec![("id", integration.id.clone()), ("type", integration.type_name.clone())];
            reading.tell(Level::Left, "import.note.integration", integration.line, args);
            continue;
        };
        reading.own(integration, node);
        let props = props_of(reading, integration, &target);
        let said = props.json().to_string();
        let routes = routes(reading, integration, node, &target, authorizers, limits);
        match links.get_mut(&target.node) {
            None => {
                order.push(target.node);
                links.insert(target.node, Gathered { props, routes, line: integration.line, said });
            }
            Some(link) => {
                link.routes.extend(routes);
                if link.said != said {
                    let args = vec![("id", integration.id.clone()), ("type", integration.type_name.clone())];
                    reading.tell(Level::Left, "import.note.integration_other", integration.line, args);
                }
            }
        }
    }
    for route in template.users(&api.id, "AWS::ApiGatewayV2::Route").filter(|route| route.at("Target").is_none()) {
        let args = vec![("id", route.id.clone()), ("type", route.type_name.clone())];
        reading.tell(Level::Left, "import.note.integration", route.line, args);
    }
    for target in order {
        let Some(Gathered { mut props, mut routes, line, .. }) = links.remove(&target) else { continue };
        in_common(&mut props, &mut routes, line);
        props.put("routes", routes, line);
        reading.tie(node, target, props, line);
    }
}

/// Whom all routes of a link have asked is said once, by the link.
fn in_common(props: &mut Props, routes: &mut [Json], line: usize) {
    let Some(first) = routes.first().cloned() else { return };
    let same = |key: &str| routes.iter().all(|route| route.get(key) == first.get(key));
    if first.get("authorizer").is_none() || !same("authorizer") || !same("scopes") {
        return;
    }
    for key in ["authorizer", "scopes"] {
        if let Some(value) = first.get(key) {
            props.put(key, value.clone(), line);
        }
        for route in routes.iter_mut().filter_map(Json::as_object_mut) {
            route.shift_remove(key);
        }
    }
}

fn target<'a>(
    reading: &mut Reading<'a>,
    integration: &'a Resource,
    api: usize,
    listeners: &Listeners<'a>,
) -> Option<Target> {
    let uri = integration.at("IntegrationUri")?;
    let mut names = Vec::new();
    uri.all_names(&mut names);
    if let Some(function) = names.iter().find_map(|id| reading.node_of(id, Kind::LambdaFunction)) {
        uri.ignore();
        permissions(reading, names[0], function);
        return Some(Target { node: function, path: None, server: None, private: false });
    }
    if integration.text("ConnectionType").as_deref() == Some("VPC_LINK") {
        let (node, _) = names.iter().find_map(|id| listeners.get(id)).copied()?;
        uri.ignore();
        if let Some(link) = integration.names("ConnectionId") {
            vpc_link(reading, link, api);
        }
        let server = integration.text("TlsConfig.ServerNameToVerify");
        return Some(Target { node, path: None, server, private: true });
    }
    let (node, server, path) = address(reading, uri)?;
    Some(Target { node, path: Some(path), server, private: false })
}

/// The load balancer behind a URL, the name that stands for it there, and the path.
pub(super) fn address(reading: &Reading<'_>, uri: &Val) -> Option<(usize, Option<String>, String)> {
    let text = match &uri.form {
        Form::Text(text) | Form::Sub(text) => text.clone(),
        Form::Att(name, attribute) => format!("http://${{{name}.{attribute}}}"),
        _ => return None,
    };
    let (scheme, rest) = text.split_once("://")?;
    let (host, path) = match rest.split_once('/') {
        Some((host, path)) => (host, format!("/{path}")),
        None => (rest, String::new()),
    };
    let balancer = |id: &str| reading.node_of(id, Kind::LoadBalancer);
    if let Some(node) = places(host).find_map(|place| balancer(super::value::base(place))) {
        uri.mark();
        return Some((node, None, path));
    }
    // The name in a certificate says not whose it is: it is that of the only load balancer that speaks HTTPS.
    if scheme != "https" || host.contains("${") {
        return None;
    }
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let says = |sets: &Props, field: &str, said: &Json| {
        sets.sets.iter().any(|(path, value, _)| path == field && value == said)
    };
    let speaks = |sets: &Props| says(sets, "https.enabled", &true.into());
    let at_port = |sets: &Props| port.parse::<i64>().is_ok_and(|port| says(sets, "https.port", &port.into()));
    let all =
        || reading.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::LoadBalancer && speaks(&node.props));
    let (node, _) = all().find(|(_, node)| at_port(&node.props)).or_else(|| all().next())?;
    uri.mark();
    Some((node, Some(name.to_owned()), path))
}

/// A VPC link is made with the link that needs it.
pub(super) fn vpc_link<'a>(reading: &mut Reading<'a>, id: &str, api: usize) {
    let template = reading.template;
    let Some(link) = template.get(id) else { return };
    if reading.owner(&link.id).is_some() {
        return;
    }
    link.pass_over();
    reading.own(link, api);
    for group in link.items("SecurityGroupIds") {
        made_anew(reading, group.names(), api);
    }
}

/// Leave to call a function is given with the link that calls it.
pub(super) fn permissions(reading: &mut Reading<'_>, function: &str, node: usize) {
    let template = reading.template;
    for permission in template.users(function, "AWS::Lambda::Permission") {
        if is_of_api(permission) {
            permission.pass_over();
            reading.own(permission, node);
        }
    }
}

fn props_of(reading: &mut Reading<'_>, integration: &Resource, target: &Target) -> Props {
    let mut props = Props::default();
    let line = integration.line;
    let of_function = reading.nodes[target.node].kind == Kind::LambdaFunction;
    props.put("timeoutMs", 30_000, line);
    props.copy(&integration.properties, &[("TimeoutInMillis", "timeoutMs", As::Int)]);
    for usual in ["IntegrationType", "PayloadFormatVersion", "ConnectionType", "Description"] {
        integration.at(usual).map(Val::mark);
    }
    if of_function {
        props.put("payload", "1.0", line);
        props.copy(&integration.properties, &[("PayloadFormatVersion", "payload", As::Text)]);
        integration.at("IntegrationMethod").map(Val::mark);
        return props;
    }
    props.put("connection", if target.private { "private" } else { "public" }, line);
    props.copy(&integration.properties, &[("IntegrationMethod", "method", As::Text)]);
    props.put("serverName", target.server.clone().unwrap_or_default(), line);
    let mut requests = Vec::new();
    for (key, value) in integration.at("RequestParameters").into_iter().flat_map(Val::entries) {
        if let Some(text) = reading.wording(value) {
            requests.push(mapping(key, &text));
        }
    }
    props.put("requestParameters", requests, line);
    let mut responses = Vec::new();
    for (status, value) in integration.at("ResponseParameters").into_iter().flat_map(Val::entries) {
        for entry in value.get("ResponseParameters").map(Val::items).unwrap_or_default() {
            let text = |key: &str| entry.get(key).and_then(Val::text).unwrap_or_default();
            let mut one = mapping(&text("Destination"), &text("Source"));
            one["status"] = status.parse::<i64>().unwrap_or(200).into();
            responses.push(one);
        }
    }
    props.put("responseParameters", responses, line);
    props
}

/// `append:header.x-id` and its value. What is taken away has a value that means nothing.
fn mapping(key: &str, value: &str) -> Json {
    let (action, rest) = key.split_once(':').unwrap_or(("append", key));
    let (location, name) = rest.split_once('.').unwrap_or((rest, ""));
    let value = if action == "remove" { "" } else { value };
    json!({ "action": action, "location": location, "name": name, "value": value })
}

fn routes<'a>(
    reading: &mut Reading<'a>,
    integration: &'a Resource,
    node: usize,
    target: &Target,
    authorizers: &Authorizers<'a>,
    limits: &Limits,
) -> Vec<Json> {
    let template = reading.template;
    let mut all = Vec::new();
    for route in template.users(&integration.id, "AWS::ApiGatewayV2::Route") {
        reading.own(route, node);
        for usual in ["ApiId", "Target", "OperationName"] {
            route.at(usual).map(Val::ignore);
        }
        let Some(key) = route.at("RouteKey").and_then(|key| super::task::reading_text(reading, key)) else { continue };
        let (method, path) = key.split_once(' ').unwrap_or(("ANY", &key));
        let mut one = Props::default();
        one.put("method", method, route.line);
        one.put("path", path.trim(), route.line);
        access(route, authorizers, &mut one);
        for (_, rate, burst) in limits.iter().filter(|(limited, ..)| *limited == key) {
            for (field, number) in [("rate", rate), ("burst", burst)] {
                if let Some(number) = number {
                    one.put(field, *number, route.line);
                }
            }
        }
        let usual = if path == "$default" || path == "/" { String::new() } else { path.replace("+}", "}") };
        if target.path.as_ref().is_some_and(|behind| !matches!(behind.as_str(), "" | "/") && *behind != usual) {
            let args = vec![("route", key.clone()), ("path", target.path.clone().unwrap_or_default())];
            reading.tell(Level::Left, "import.note.backend_path", integration.line, args);
        }
        all.push(one.json());
    }
    all
}

fn access(route: &Resource, authorizers: &Authorizers<'_>, one: &mut Props) {
    let kind = route.text("AuthorizationType").unwrap_or_default();
    let asked = route.names("AuthorizerId");
    let asked = asked.and_then(|id| authorizers.iter().find(|(own, _)| *own == id)).map(|(_, name)| name.as_str());
    let name = match kind.as_str() {
        "AWS_IAM" => Some("AWS_IAM"),
        "" | "NONE" => None,
        _ => asked,
    };
    if let Some(name) = name {
        one.put("authorizer", name, route.line);
    }
    one.copy(&route.properties, &[("AuthorizationScopes", "scopes", As::Texts)]);
}
