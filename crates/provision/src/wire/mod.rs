//! Calls as requests of HTTP, and answers as JSON.
//!
//! Input and answers have the names that the AWS CLI uses. The services differ in how they write them: forms with answers in XML
//! (Query and EC2's own kind of it), JSON at one address, and JSON at an address for each thing. Nearly all of it goes by rules; the
//! exceptions are small tables, for what Trazo uses.
//! (<https://smithy.io/2.0/aws/protocols/index.html>)

mod form;
mod json;
mod names;
mod refusal;
mod rest;
mod routes;
mod xml;

use serde_json::Value as Json;
use trazo_calls::{Call, Protocol};

use crate::{Answer, CallError};

/// A request before it has a host, a time and a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method of HTTP.
    pub method: &'static str,
    /// The path, in the bytes that go out.
    pub path: String,
    /// The query, in the bytes that go out, without its question mark; empty for none.
    pub query: String,
    /// Headers that are signed; names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// Headers that go along unsigned: a page may set them without asking.
    pub unsigned: Vec<(&'static str, &'static str)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
}

impl Request {
    /// A request to `/`.
    fn post(content: &str, body: String) -> Self {
        Self {
            method: "POST",
            path: "/".to_owned(),
            query: String::new(),
            headers: vec![("content-type", content.to_owned())],
            unsigned: Vec::new(),
            body: body.into_bytes(),
        }
    }
}

/// Writes a call.
///
/// # Errors
/// [`CallError::Unknown`] for an operation of a service with addresses that is not in its table, [`CallError::Unsendable`] where
/// the input lacks what the address needs.
pub fn write(call: &Call) -> Result<Request, CallError> {
    match call.service.protocol() {
        Protocol::Query => Ok(form::query(call)),
        Protocol::Ec2 => Ok(form::ec2(call)),
        Protocol::Json(prefix) => Ok(json::write(call, prefix)),
        Protocol::RestJson => rest::write(call),
    }
}

/// Reads the answer to a call.
///
/// # Errors
/// [`CallError::Refused`] where the service refused, [`CallError::Unreadable`] for what is no answer of it, such as one that was
/// cut short.
pub fn read(call: &Call, answer: &Answer) -> Result<Json, CallError> {
    if !(200..300).contains(&answer.status) {
        return Err(refusal::read(call, answer));
    }
    let read = match call.service.protocol() {
        Protocol::Query => xml::query(call.operation, &answer.body),
        Protocol::Ec2 => xml::ec2(call.operation, &answer.body),
        Protocol::Json(_) => json::read(call, &answer.body),
        Protocol::RestJson => rest::read(call, &answer.body),
    };
    read.ok_or(CallError::Unreadable)
}

/// Adds a text to an address or a form: all is encoded but letters, digits and `-._~`.
fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => crate::sign::encode(byte, out),
        }
    }
}

/// A number, a flag or a text as it is written outside JSON; None for what is none of these.
fn plain(value: &Json) -> Option<String> {
    match value {
        Json::Bool(flag) => Some(flag.to_string()),
        Json::Number(number) => Some(number.to_string()),
        Json::String(text) => Some(text.clone()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}
