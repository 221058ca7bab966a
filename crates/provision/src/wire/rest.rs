//! Calls as JSON at an address for each thing.
//! (<https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html>)

use serde_json::{Map, Value as Json};
use trazo_calls::{Call, Service};

use super::{Request, encode, json, names, plain, routes};
use crate::CallError;

pub(super) fn write(call: &Call) -> Result<Request, CallError> {
    let unknown = || CallError::Unknown(call.service.cli(), call.operation);
    let (method, template) = routes::route(call.service, call.operation).ok_or_else(unknown)?;
    let mut rest = call.input.clone();
    let path = filled(template, &mut rest).ok_or(CallError::Unsendable(call.service.cli(), call.operation))?;
    rest.retain(|_, value| !value.is_null());
    let mut query = String::new();
    if matches!(method, "GET" | "DELETE") {
        for (name, value) in std::mem::take(&mut rest) {
            add_query(&query_name(call.service, &name), &value, &mut query);
        }
    } else if let Some(version) = rest.shift_remove("Qualifier").filter(|_| call.service == Service::Lambda) {
        add_query("Qualifier", &version, &mut query);
    }
    let body = if matches!(method, "GET" | "DELETE") { String::new() } else { body(call, &rest) };
    let headers = if body.is_empty() { Vec::new() } else { vec![("content-type", "application/json".to_owned())] };
    // Without it, API Gateway answers in another form, with links.
    let unsigned = if call.service == Service::ApiGateway { vec![("accept", "application/json")] } else { Vec::new() };
    Ok(Request { method, path, query, headers, unsigned, body: body.into_bytes() })
}

/// The address with what stands in braces, which is taken out of the input. None where it is missing, or is such that the address
/// would be another one.
fn filled(template: &str, input: &mut Map<String, Json>) -> Option<String> {
    let mut path = String::new();
    let mut parts = template.split(['{', '}']);
    path.push_str(parts.next()?);
    while let Some(name) = parts.next() {
        let value = input.shift_remove(name).as_ref().and_then(plain)?;
        if matches!(value.as_str(), "" | "." | "..") {
            return None;
        }
        encode(&value, &mut path);
        path.push_str(parts.next()?);
    }
    Some(path)
}

fn query_name(service: Service, member: &str) -> String {
    match (service, member) {
        (Service::ApiGateway, "nameQuery") => "name".to_owned(),
        (Service::ApiGatewayV2, _) | (Service::Lambda, "TagKeys") => names::uncapitalised(member),
        _ => member.to_owned(),
    }
}

/// Adds a parameter; a list is one of each.
fn add_query(name: &str, value: &Json, query: &mut String) {
    if let Json::Array(items) = value {
        for item in items {
            add_query(name, item, query);
        }
    } else if let Some(text) = plain(value) {
        if !query.is_empty() {
            query.push('&');
        }
        encode(name, query);
        query.push('=');
        encode(&text, query);
    }
}

fn body(call: &Call, rest: &Map<String, Json>) -> String {
    match call.service {
        Service::ApiGatewayV2 => names::gateway(&Json::Object(rest.clone()), true).to_string(),
        // The method of the integration; that of the method stands in the address.
        Service::ApiGateway if call.operation == "PutIntegration" => {
            let named = |name: &str| if name == "integrationHttpMethod" { "httpMethod" } else { name }.to_owned();
            json::object(&rest.iter().map(|(name, value)| (named(name), value.clone())).collect())
        }
        _ => json::object(rest),
    }
}

pub(super) fn read(call: &Call, body: &[u8]) -> Option<Json> {
    if body.is_empty() && answers_nothing(call.operation) {
        return Some(Json::Object(Map::new()));
    }
    let answer = json::parsed(body)?;
    Some(match call.service {
        Service::ApiGateway => listed(answer, call.operation),
        Service::ApiGatewayV2 => names::gateway(&answer, false),
        _ => answer,
    })
}

/// Whether an operation is answered with a status alone.
fn answers_nothing(operation: &str) -> bool {
    operation.starts_with("Delete") || matches!(operation, "TagResource" | "UntagResource" | "RemovePermission")
}

/// API Gateway calls the list of an answer `item`; where its answer has links, the list stands beside them, and is none where it
/// has but one entry.
fn listed(mut answer: Json, operation: &str) -> Json {
    let Some(members) = answer.as_object_mut() else { return answer };
    let embedded =
        members.get_mut("_embedded").and_then(Json::as_object_mut).and_then(|embedded| embedded.shift_remove("item"));
    if let Some(list) = members.shift_remove("item").or(embedded) {
        // Of stages, the API itself has the list under that name.
        let name = if operation == "GetStages" { "item" } else { "items" };
        members.insert(name.to_owned(), if list.is_array() { list } else { Json::Array(vec![list]) });
    }
    answer
}
