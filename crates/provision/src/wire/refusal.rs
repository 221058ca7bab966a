//! Answers that refuse, in the forms of all protocols, as one.

use roxmltree::{Document, Node};
use serde_json::Value as Json;
use trazo_calls::Call;

use super::xml;
use crate::{Answer, CallError, Refusal};

/// What an answer says that is no success.
pub(super) fn read(call: &Call, answer: &Answer) -> CallError {
    let said = in_json(answer).or_else(|| in_xml(&answer.body)).or_else(|| in_status(answer));
    let Some(said) = said else { return CallError::Unreadable };
    let in_header = ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id", "x-amz-apigw-id"];
    let request_id =
        said.request_id.or_else(|| in_header.iter().find_map(|name| answer.header(name).map(str::to_owned)));
    CallError::Refused(Refusal {
        service: call.service,
        operation: call.operation,
        status: answer.status,
        code: bare(&said.code).to_owned(),
        message: said.message,
        request_id: request_id.unwrap_or_default(),
    })
}

struct Said {
    code: String,
    message: String,
    request_id: Option<String>,
}

/// A code without its namespace before, and without the address behind: `com.amazonaws.ecs#ClientException:http://…`.
fn bare(code: &str) -> &str {
    let code = code.rsplit_once('#').map_or(code, |(_, code)| code);
    code.split_once(':').map_or(code, |(code, _)| code).trim()
}

fn in_json(answer: &Answer) -> Option<Said> {
    let body: Json = serde_json::from_slice(&answer.body).ok()?;
    let body = body.as_object()?;
    let of = |names: &[&str]| names.iter().find_map(|name| body.get(*name)?.as_str().map(str::to_owned));
    let code = answer.header("x-amzn-errortype").map(str::to_owned).or_else(|| of(&["__type", "code", "Code"]));
    let message = of(&["message", "Message", "errorMessage"]).unwrap_or_default();
    Some(Said { code: code.unwrap_or_else(|| answer.status.to_string()), message, request_id: None })
}

/// `<ErrorResponse><Error>…` of Query, `<Response><Errors><Error>…` of EC2.
fn in_xml(body: &[u8]) -> Option<Said> {
    let document = Document::parse(std::str::from_utf8(body).ok()?).ok()?;
    let root = document.root_element();
    let of = |node: Node<'_, '_>, names: &[&str]| {
        let found = node.descendants().find(|node| node.is_element() && names.contains(&node.tag_name().name()));
        found.map(|node| xml::text(node).trim().to_owned())
    };
    let error = root.descendants().find(|node| node.is_element() && node.tag_name().name() == "Error")?;
    Some(Said {
        code: of(error, &["Code"])?,
        message: of(error, &["Message"]).unwrap_or_default(),
        request_id: of(root, &["RequestId", "RequestID"]),
    })
}

/// Where the body says nothing that can be read: the header and the status do.
fn in_status(answer: &Answer) -> Option<Said> {
    let header = answer.header("x-amzn-errortype");
    let tells = header.is_some() || answer.body.is_empty() || matches!(answer.status, 429 | 500..);
    let code = header.map_or_else(|| answer.status.to_string(), str::to_owned);
    (tells && answer.status >= 400).then_some(Said { code, message: String::new(), request_id: None })
}
