//! The methods of a REST API, as links to what they lead to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use trazo_model::Kind;

use super::integration::{address, permissions, vpc_link};
use super::parts::{Level, Props, Reading};
use super::rest_api::{Named, cors, cors_of_answers, words};
use super::template::{Resource, Template};
use super::value::Val;

/// What a method says that answers preflight requests.
const OF_PREFLIGHT: [&str; 8] = [
    "RestApiId",
    "ResourceId",
    "HttpMethod",
    "AuthorizationType",
    "Integration",
    "MethodResponses",
    "ApiKeyRequired",
    "OperationName",
];

/// A link that is being put together from methods.
#[derive(Default)]
struct Gathered {
    routes: Vec<Json>,
    mappings: Vec<Json>,
    timeout: Option<i64>,
    server: Option<String>,
    private: bool,
    /// Methods of the requests to the backend, beside those of the routes.
    verbs: Vec<(String, String)>,
    line: usize,
}

pub(super) fn read<'a>(reading: &mut Reading<'a>, api: &'a Resource, node: usize, named: &Named<'a>) {
    let template = reading.template;
    let mut order: Vec<usize> = Vec::new();
    let mut links: BTreeMap<usize, Gathered> = BTreeMap::new();
    let mut preflights = Vec::new();
    let mut stands_on: BTreeSet<&'a str> = BTreeSet::new();
    for method in template.users(&api.id, "AWS::ApiGateway::Method") {
        let verb = method.text("HttpMethod").unwrap_or_else(|| "ANY".to_owned());
        let kind = method.text("Integration.Type").unwrap_or_default();
        if kind == "MOCK" && verb == "OPTIONS" {
            preflights.push(method);
            continue;
        }
        let Some((target, path)) = target(reading, method, node) else {
            let args = vec![("id", method.id.clone()), ("type", method.type_name.clone())];
            reading.tell(Level::Left, "import.note.integration", method.line, args);
            continue;
        };
        reading.own(method, node);
        stands_on.extend(resources_of(template, method).iter().map(|resource| resource.id.as_str()));
        let link = links.entry(target).or_insert_with(|| {
            order.push(target);
            Gathered { line: method.line, ..Gathered::default() }
        });
        one_method(reading, method, &verb, path.as_ref(), named, link);
    }
    // Paths that lead nowhere but to what is kept as it is are kept with it.
    for resource in template.users(&api.id, "AWS::ApiGateway::Resource") {
        if stands_on.contains(resource.id.as_str()) {
            resource.pass_over();
            reading.own(resource, node);
        }
    }
    for method in preflights {
        let last = method.names("ResourceId");
        if last.is_none_or(|id| stands_on.contains(id) || id == api.id) {
            cors(reading, node, method);
            method.properties.ignore_keys(&OF_PREFLIGHT);
            reading.own(method, node);
        }
    }
    for response in template.users(&api.id, "AWS::ApiGateway::GatewayResponse") {
        let kind = response.text("ResponseType").unwrap_or_default();
        if kind.starts_with("DEFAULT_") {
            cors_of_answers(reading, node, response);
            response.pass_over();
            reading.own(response, node);
        }
    }
    for target in order {
        if let Some(link) = links.remove(&target) {
            tie(reading, node, target, link);
        }
    }
}

fn tie(reading: &mut Reading<'_>, node: usize, target: usize, link: Gathered) {
    let mut props = Props::default();
    let line = link.line;
    if let Some(timeout) = link.timeout {
        props.put("timeoutMs", timeout, line);
    }
    if reading.nodes[target].kind == Kind::LoadBalancer {
        let connection = if link.private { "private" } else { "public" };
        props.put("connection", connection, line);
        props.put("serverName", link.server.unwrap_or_default(), line);
        let own = link.verbs.iter().all(|(route, backend)| route == backend);
        let verb = if own { "ANY" } else { link.verbs.first().map_or("ANY", |(_, backend)| backend.as_str()) };
        props.put("method", verb, line);
        props.put("requestParameters", link.mappings, line);
    }
    props.put("routes", link.routes, line);
    reading.tie(node, target, props, line);
}

/// The load balancer's name and path, where a method leads to one.
type Behind = (Option<String>, String, bool);

fn target(reading: &mut Reading<'_>, method: &Resource, api: usize) -> Option<(usize, Option<Behind>)> {
    let integration = method.at("Integration")?;
    let uri = integration.get("Uri")?;
    let mut names = Vec::new();
    uri.all_names(&mut names);
    let found = names.iter().find_map(|id| Some((*id, reading.node_of(id, Kind::LambdaFunction)?)));
    if let Some((id, function)) = found {
        uri.ignore();
        permissions(reading, id, function);
        for usual in ["Type", "IntegrationHttpMethod", "PassthroughBehavior", "Credentials"] {
            integration.get(usual).map(Val::ignore);
        }
        return Some((function, None));
    }
    let private = integration.get("ConnectionType").and_then(Val::text).as_deref() == Some("VPC_LINK");
    let named = integration.get("IntegrationTarget").and_then(Val::names);
    let named = named.and_then(|id| reading.node_of(id, Kind::LoadBalancer));
    let address = address(reading, uri);
    let (_, server, path) = address.clone().or_else(|| {
        // The name of a certificate at a private integration.
        let text = uri.text()?;
        let (_, rest) = text.split_once("://")?;
        let (host, path) =
            rest.split_once('/').map_or((rest, String::new()), |(host, path)| (host, format!("/{path}")));
        Some((0, Some(host.split(':').next().unwrap_or(host).to_owned()), path))
    })?;
    let node = named.or(address.map(|(node, ..)| node))?;
    if private && let Some(link) = integration.get("ConnectionId").and_then(Val::names) {
        vpc_link(reading, link, api);
    }
    for usual in ["Type", "ConnectionType", "RequestTemplates", "PassthroughBehavior"] {
        integration.get(usual).map(Val::ignore);
    }
    Some((node, Some((server, path, private))))
}

/// The resources that a method stands on, from its own up.
fn resources_of<'a>(template: &'a Template, method: &Resource) -> Vec<&'a Resource> {
    let mut all = Vec::new();
    let mut at = method.names("ResourceId").and_then(|id| template.get_of(id, "AWS::ApiGateway::Resource"));
    while let Some(resource) = at {
        all.push(resource);
        if all.len() > 64 {
            break;
        }
        let parent = resource.names("ParentId");
        at = parent.and_then(|id| template.get_of(id, "AWS::ApiGateway::Resource"));
    }
    all
}

/// The path of a method's resource, from the root down.
fn path_of(reading: &Reading<'_>, method: &Resource) -> String {
    let all = resources_of(reading.template, method);
    let parts: Vec<String> = all.iter().rev().map(|resource| resource.text("PathPart").unwrap_or_default()).collect();
    format!("/{}", parts.join("/"))
}

fn one_method(
    reading: &mut Reading<'_>,
    method: &Resource,
    verb: &str,
    behind: Option<&Behind>,
    named: &Named<'_>,
    link: &mut Gathered,
) {
    let path = path_of(reading, method);
    let mut route = Props::default();
    let line = method.line;
    route.put("method", verb, line);
    route.put("path", path.as_str(), line);
    for usual in ["RestApiId", "ResourceId", "MethodResponses", "OperationName", "Integration.IntegrationResponses"] {
        method.at(usual).map(Val::ignore);
    }
    guard(method, named, &mut route);
    let mapped = parameters(reading, method, link);
    declared(method, &mapped, &mut route);
    if let Some(timeout) = method.at("Integration.TimeoutInMillis").and_then(Val::int) {
        link.timeout = link.timeout.or(Some(timeout));
    }
    if let Some((server, backend, private)) = behind {
        link.private |= private;
        link.server = link.server.take().or_else(|| server.clone());
        let backend_verb = method.text("Integration.IntegrationHttpMethod").unwrap_or_else(|| verb.to_owned());
        link.verbs.push((verb.to_owned(), backend_verb));
        let usual = path.replace("+}", "}");
        let backend = if backend.is_empty() { "/" } else { backend };
        if *backend != usual {
            route.put("backendPath", greedy(backend, &path), line);
        }
    }
    link.routes.push(route.json());
}

/// The path behind, with the greedy variables of the route's own path.
fn greedy(backend: &str, path: &str) -> String {
    let part = |part: &str| {
        let name = part.strip_prefix('{').and_then(|inner| inner.strip_suffix('}'));
        let greedy = name.map(|name| format!("{{{name}+}}")).filter(|greedy| path.contains(greedy.as_str()));
        greedy.unwrap_or_else(|| part.to_owned())
    };
    backend.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn guard(method: &Resource, named: &Named<'_>, route: &mut Props) {
    let line = method.line;
    let kind = method.text("AuthorizationType").unwrap_or_default();
    let asked = method.names("AuthorizerId").and_then(|id| named.authorizers.get(id)).cloned();
    let name = match kind.as_str() {
        "AWS_IAM" => "AWS_IAM".to_owned(),
        _ => asked.unwrap_or_else(|| "open".to_owned()),
    };
    route.put("authorizer", name, line);
    route.put("apiKey", method.at("ApiKeyRequired").and_then(Val::flag).unwrap_or(false), line);
    let scopes = words(method.at("AuthorizationScopes"));
    if !scopes.is_empty() {
        route.put("scopes", scopes, line);
    }
    for (_, model) in method.at("RequestModels").into_iter().flat_map(Val::entries) {
        if let Some(name) = model.names().and_then(|id| named.models.get(id)) {
            route.put("model", name.as_str(), line);
        }
    }
    if let Some(word) = method.names("RequestValidatorId").and_then(|id| named.validators.get(id)) {
        route.put("validation", *word, line);
    }
}

/// The mappings of a link that a method has; what of a request they read.
fn parameters(reading: &mut Reading<'_>, method: &Resource, link: &mut Gathered) -> Vec<String> {
    let mut read = Vec::new();
    for (key, value) in method.at("Integration.RequestParameters").into_iter().flat_map(Val::entries) {
        let Some(text) = reading.wording(value) else { continue };
        let key = key.trim_start_matches("integration.request.");
        let (location, name) = key.split_once('.').unwrap_or(("header", key));
        read.push(text.clone());
        // Variables of one name go over by themselves.
        if location == "path" && text == format!("method.request.path.{name}") {
            continue;
        }
        let mapping = json!({ "location": location, "name": name, "value": text });
        if !link.mappings.contains(&mapping) {
            link.mappings.push(mapping);
        }
    }
    read
}

/// What a method says of its parameters, beside what follows from its path and its mappings.
fn declared(method: &Resource, mapped: &[String], route: &mut Props) {
    let mut all = Vec::new();
    for (key, value) in method.at("RequestParameters").into_iter().flat_map(Val::entries) {
        let required = value.flag().unwrap_or(false);
        let Some((location, name)) = key.trim_start_matches("method.request.").split_once('.') else { continue };
        let is_read = mapped.iter().any(|text| text.replace(".multivalue", ".") == *key);
        if location == "path" || (!required && is_read) {
            continue;
        }
        all.push(json!({ "location": location, "name": name, "required": required }));
    }
    if !all.is_empty() {
        route.put("params", all, method.line);
    }
}
