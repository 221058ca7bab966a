//! How a method's request becomes that to the backend: its path, its parameters.

use trazo_stack::{Object, Origin, Value};

use crate::lowering::link_origin;
use crate::resources::http_api::integration::RequestPart;
use crate::resources::rest_api::integration::{RestIntegration, RestMapping, RestRoute};
use crate::resources::rest_api::mapping::{declared, quoted, variables};
use crate::{Link, LinkId};

/// The path that the backend is asked for, with variables in braces.
pub(super) fn uri_path(route: &RestRoute) -> String {
    route.target().replace("+}", "}")
}

/// The mapping that gives a variable of the backend's path its value, if there is one.
fn mapped<'a>(integration: &'a RestIntegration, name: &str) -> Option<&'a RestMapping> {
    integration.request_parameters.iter().find(|mapping| mapping.location == RequestPart::Path && mapping.name == name)
}

/// Whether a mapping means anything to a method: it has the variable that the mapping reads, and the one that it sets.
fn fits(route: &RestRoute, mapping: &RestMapping) -> bool {
    let has = |path: &str, wanted: &str| variables(path).any(|name| name == wanted);
    let reads = mapping.value.strip_prefix("method.request.path.").is_none_or(|name| has(&route.path, name));
    reads && (mapping.location != RequestPart::Path || has(route.target(), &mapping.name))
}

/// The parameters of the request to the backend. Variables of its path that nobody maps are those of the same name.
pub(super) fn integration_parameters(link: &Link, integration: &RestIntegration, route: &RestRoute) -> Object {
    let mut all = Object::new();
    for name in variables(route.target()) {
        if mapped(integration, name).is_none() && variables(&route.path).any(|own| own == name) {
            let source = Value::from(format!("method.request.path.{name}"));
            all.insert(format!("integration.request.path.{name}"), source);
        }
    }
    let origin = link_origin(&link.id);
    for (index, mapping) in integration.request_parameters.iter().enumerate() {
        if fits(route, mapping) && !mapping.name.is_empty() {
            let value = Value::from(mapping.value.as_str());
            all.insert(mapping.key(), value.from_origin(origin.field(format!("requestParameters.{index}"))));
        }
    }
    all
}

/// The parameters that a method declares: the variables of its path, its own, and those that mappings read. API Gateway
/// refuses a mapping that reads anything else.
pub(super) fn method_parameters(
    link: &LinkId,
    index: usize,
    route: &RestRoute,
    integration: Option<&RestIntegration>,
) -> Object {
    let origin: Origin = link_origin(link);
    let mut all = Object::new();
    for name in variables(&route.path) {
        all.insert(format!("method.request.path.{name}"), true.into());
    }
    for (at, param) in route.params.iter().enumerate().filter(|(_, param)| !param.name.is_empty()) {
        let field = format!("routes.{index}.params.{at}");
        let key = format!("method.request.{}.{}", param.location.as_str(), param.name);
        all.insert(key, Value::from(param.required).from_origin(origin.field(field)));
    }
    for (at, mapping) in integration.iter().flat_map(|found| found.request_parameters.iter().enumerate()) {
        let Some(source) = declared(&mapping.value).filter(|_| fits(route, mapping)) else { continue };
        let source = source.replace(".multivalueheader.", ".header.").replace(".multivaluequerystring.", ".querystring.");
        let field = format!("requestParameters.{at}");
        all.entry(source).or_insert_with(|| Value::from(false).from_origin(origin.field(field)));
    }
    all
}

/// The content types whose requests get another path. API Gateway takes the first where a request names none.
const TYPES: [&str; 4] = ["application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml"];

/// Templates that give a private backend its own path. Left alone, it would get that of the client, which begins with the
/// stage (<https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html>).
pub(super) fn path_templates(integration: &RestIntegration, route: &RestRoute) -> Object {
    let mut path = String::new();
    for part in route.target().split('/').skip(1) {
        path.push('/');
        match part.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')) {
            Some(name) => path.push_str(&velocity(integration, name.trim_end_matches('+'))),
            None => path.push_str(part),
        }
    }
    let template = format!("#set($context.requestOverride.path = \"{path}\")\n$input.body");
    TYPES.iter().map(|kind| ((*kind).to_owned(), Value::from(template.as_str()))).collect()
}

/// A variable of the backend's path in the words of templates.
fn velocity(integration: &RestIntegration, name: &str) -> String {
    let Some(mapping) = mapped(integration, name) else { return format!("$input.params('{name}')") };
    let value = mapping.value.as_str();
    if let Some(text) = quoted(value) {
        return text.to_owned();
    }
    let part = value.strip_prefix("method.request.").and_then(|rest| rest.split_once('.'));
    match part {
        Some((part @ ("header" | "querystring" | "path"), name)) => format!("$input.params().{part}.get('{name}')"),
        _ => format!("${value}"),
    }
}
