//! A method of a REST API: the method, the answers that it may give, its integration, and how that one's answers become those.

use trazo_stack::{Expr, Object, Value};

use super::{EXISTS, GONE, api, property};
use crate::Service::ApiGateway as Gateway;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::Undo;
use crate::wording::camel;

/// Members whose keys people choose.
const FREE: &[&str] = &[
    "RequestModels",
    "RequestParameters",
    "RequestTemplates",
    "ResponseModels",
    "ResponseParameters",
    "ResponseTemplates",
];

/// `AWS::ApiGateway::Method`.
pub(crate) fn method(m: &mut Maker<'_>) {
    let answers = m.take_items("MethodResponses");
    let integration = m.take("Integration");
    let at = place(m);
    let input = camel(m.rest(), FREE);
    let mut find = Find::new(Gateway, "GetMethod", [], "").missing(GONE);
    find.call.input.clone_from(&at);
    let mut undo = Undo::new(Gateway, "DeleteMethod", []).gone(GONE);
    undo.call.input.clone_from(&at);
    let linked = integration.as_ref().is_some_and(has_connection);
    let step = m.make("", Gateway, "PutMethod", input).find(EXISTS, find);
    // All else goes with the API, but a VPC link stays as long as a method uses it.
    if linked {
        step.undo(undo);
    }
    for answer in answers {
        let Some((status, input)) = response(&at, answer) else { continue };
        let mut find = Find::new(Gateway, "GetMethodResponse", [], "").missing(GONE);
        find.call.input = [at.clone(), Object::from_iter([("statusCode".to_owned(), status.as_str().into())])]
            .into_iter()
            .flatten()
            .collect();
        m.make(&format!("response-{status}"), Gateway, "PutMethodResponse", input).find(EXISTS, find);
    }
    let Some(Expr::Map(mut integration)) = integration.map(|integration| integration.expr) else { return };
    let back = match integration.shift_remove("IntegrationResponses").map(|back| back.expr) {
        Some(Expr::List(items)) => items,
        _ => Vec::new(),
    };
    let mut input = at.clone();
    input.extend(camel(integration, FREE));
    m.make("integration", Gateway, "PutIntegration", input);
    for answer in back {
        let Some((status, input)) = response(&at, answer) else { continue };
        m.make(&format!("integration-response-{status}"), Gateway, "PutIntegrationResponse", input);
    }
}

/// What says which method is meant, in every call.
fn place(m: &Maker<'_>) -> Object {
    let members =
        [("restApiId", api(m)), ("resourceId", property(m, "ResourceId")), ("httpMethod", property(m, "HttpMethod"))];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The status and the whole input for one answer.
fn response(at: &Object, answer: Value) -> Option<(String, Object)> {
    let Expr::Map(answer) = answer.expr else { return None };
    let status = match &answer.get("StatusCode")?.expr {
        Expr::Int(number) => number.to_string(),
        Expr::Str(text) => text.clone(),
        _ => return None,
    };
    let mut input = at.clone();
    input.extend(camel(answer, FREE));
    input.insert("statusCode".to_owned(), status.as_str().into());
    Some((status, input))
}

fn has_connection(integration: &Value) -> bool {
    matches!(&integration.expr, Expr::Map(members) if members.contains_key("ConnectionId"))
}
