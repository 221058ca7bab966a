//! Calls as JSON at one address.
//! (<https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>)

use serde_json::{Map, Value as Json};
use trazo_calls::{Call, Service};

use super::Request;
use crate::client::is_read;

pub(super) fn write(call: &Call, prefix: &str) -> Request {
    let mut request = Request::post("application/x-amz-json-1.1", object(&call.input));
    request.headers.push(("x-amz-target", format!("{prefix}.{}", call.operation)));
    request
}

pub(super) fn read(call: &Call, body: &[u8]) -> Option<Json> {
    // Logs answers what only does something with nothing at all.
    if body.is_empty() && call.service == Service::Logs && !is_read(call) {
        return Some(Json::Object(Map::new()));
    }
    parsed(body)
}

/// An object of JSON; None for anything else.
pub(super) fn parsed(body: &[u8]) -> Option<Json> {
    serde_json::from_slice(body).ok().filter(Json::is_object)
}

/// Members as text; what is null is not there.
pub(super) fn object(members: &Map<String, Json>) -> String {
    let members: Map<String, Json> = members
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    Json::Object(members).to_string()
}
