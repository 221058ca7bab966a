//! Calls as forms: the Query protocol, and EC2's own kind of it.
//! (<https://smithy.io/2.0/aws/protocols/aws-query-protocol.html>, <https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html>)

use serde_json::Value as Json;
use trazo_calls::Call;

use super::{Request, encode, names, plain};

/// Members that are maps: their keys are the user's, not the API's.
const MAPS: &[&str] = &["AuthenticationRequestExtraParams", "ResourceIdentifier"];

pub(super) fn query(call: &Call) -> Request {
    let mut form = Form::begin(call);
    for (name, value) in &call.input {
        form.member(name, name, value);
    }
    form.finish()
}

pub(super) fn ec2(call: &Call) -> Request {
    let mut form = Form::begin(call);
    for (name, value) in &call.input {
        form.ec2_member("", name, value);
    }
    form.finish()
}

struct Form {
    operation: &'static str,
    body: String,
}

impl Form {
    fn begin(call: &Call) -> Self {
        let body = format!("Action={}&Version={}", call.operation, call.service.version());
        Self { operation: call.operation, body }
    }

    fn finish(self) -> Request {
        Request::post("application/x-www-form-urlencoded; charset=utf-8", self.body)
    }

    fn entry(&mut self, path: &str, value: &str) {
        self.body.push('&');
        encode(path, &mut self.body);
        self.body.push('=');
        encode(value, &mut self.body);
    }

    /// A member whose value stands at `path`.
    fn member(&mut self, path: &str, name: &str, value: &Json) {
        match value {
            Json::Object(entries) if MAPS.contains(&name) => {
                for (index, (key, value)) in entries.iter().enumerate() {
                    let path = format!("{path}.entry.{}", index + 1);
                    self.entry(&format!("{path}.key"), key);
                    self.member(&format!("{path}.value"), "", value);
                }
            }
            Json::Object(members) => {
                for (name, value) in members {
                    self.member(&format!("{path}.{name}"), name, value);
                }
            }
            // An empty list is told as such: it may be meant to empty one.
            Json::Array(items) if items.is_empty() => self.entry(path, ""),
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.member(&format!("{path}.member.{}", index + 1), "", item);
                }
            }
            _ => {
                if let Some(text) = plain(value) {
                    self.entry(path, &text);
                }
            }
        }
    }

    fn ec2_member(&mut self, above: &str, name: &str, value: &Json) {
        let name = names::ec2_request(self.operation, name, value.is_array());
        let path = if above.is_empty() { name.into_owned() } else { format!("{above}.{name}") };
        self.ec2_value(&path, value);
    }

    fn ec2_value(&mut self, path: &str, value: &Json) {
        match value {
            Json::Object(members) => {
                for (name, value) in members {
                    self.ec2_member(path, name, value);
                }
            }
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.ec2_value(&format!("{path}.{}", index + 1), item);
                }
            }
            _ => {
                if let Some(text) = plain(value) {
                    self.entry(path, &text);
                }
            }
        }
    }
}
