//! API Gateway: HTTP APIs, and the VPC links of both sorts of API.

use trazo_stack::{Expr, Object, Value};

use super::apigateway::destination;
use crate::Service::ApiGatewayV2 as Gateway;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::tags;
use crate::wait::Wait;

const GONE: &[&str] = &["NotFoundException"];
const EXISTS: Repeat = Repeat::Refused(&["ConflictException"]);
/// How many items an answer may have, as text.
const PAGE: &str = "100";

/// The API that something is a part of.
fn api(m: &Maker<'_>) -> Value {
    m.resource.properties.get("ApiId").cloned().unwrap_or_else(|| Expr::Null.into())
}

/// A question for the things of one sort in an API.
fn listed(m: &Maker<'_>, operation: &'static str) -> Find {
    Find::new(Gateway, operation, [("ApiId", api(m)), ("MaxResults", PAGE.into())], "Items").missing(GONE)
}

/// What takes a part of an API away. Most parts need none: they go with the API.
fn removed(m: &Maker<'_>, operation: &'static str, member: &'static str) -> Undo {
    Undo::new(Gateway, operation, [("ApiId", api(m)), (member, m.own())]).gone(GONE)
}

fn with_tags(m: &mut Maker<'_>) -> Object {
    let mut input = m.rest();
    input.insert("Tags".to_owned(), tags::entries(m.tags()));
    input
}

/// `AWS::ApiGatewayV2::Api`. All that is in it goes with it.
pub(crate) fn http_api(m: &mut Maker<'_>) {
    let input = with_tags(m);
    let find = Find::new(Gateway, "GetApis", [("MaxResults", PAGE.into())], "Items").tagged(m.tagged("Tags"));
    let undo = Undo::new(Gateway, "DeleteApi", [("ApiId", m.own())]).gone(GONE);
    m.make("", Gateway, "CreateApi", input)
        .gives("", "ApiId")
        .gives("ApiId", "ApiId")
        .gives("ApiEndpoint", "ApiEndpoint")
        .undo(undo)
        .find(Repeat::Again, find);
}

/// `AWS::ApiGatewayV2::VpcLink`. It is ready when its network interfaces are, and its subnets and security groups are free again
/// only when it is wholly gone.
pub(crate) fn vpc_link(m: &mut Maker<'_>) {
    let input = with_tags(m);
    let own = m.own();
    let state = || Wait::new(Gateway, "GetVpcLink", [("VpcLinkId", own.clone())]);
    let find = Find::new(Gateway, "GetVpcLinks", [("MaxResults", PAGE.into())], "Items").tagged(m.tagged("Tags"));
    m.make("", Gateway, "CreateVpcLink", input)
        .gives("", "VpcLinkId")
        .gives("VpcLinkId", "VpcLinkId")
        // The role that API Gateway makes on the first use is not known everywhere yet.
        .patience("BadRequestException", "service linked role")
        .ready(
            state()
                .until("VpcLinkStatus", "AVAILABLE")
                .fails("VpcLinkStatus", "FAILED")
                .reason("VpcLinkStatusMessage")
                .unseen(GONE)
                .every(10, 150, 900),
        )
        .undo(
            Undo::new(Gateway, "DeleteVpcLink", [("VpcLinkId", own.clone())])
                .gone(GONE)
                .busy_if("BadRequestException", "in use")
                .busy_if("BadRequestException", "referenced")
                .wait(
                    state()
                        .fails("VpcLinkStatus", "FAILED")
                        .reason("VpcLinkStatusMessage")
                        .gone(GONE)
                        .every(10, 90, 900),
                ),
        )
        .find(Repeat::Again, find);
}

/// `AWS::ApiGatewayV2::Integration`. It is taken away by itself, since a VPC link stays as long as it is used.
pub(crate) fn integration(m: &mut Maker<'_>) {
    let mut input = m.rest();
    if let Some(Expr::Map(answers)) = input.get_mut("ResponseParameters").map(|answers| &mut answers.expr) {
        answers.values_mut().for_each(as_map);
    }
    let same = |name: &str| input.get(name).cloned().unwrap_or_else(|| Expr::Null.into());
    let (kind, uri) = (same("IntegrationType"), same("IntegrationUri"));
    // Two links may go to the same place; they differ in what they do on the way, so none but one's own must be taken.
    let alone = siblings(m) == 0;
    let find = listed(m, "GetIntegrations").matching("IntegrationType", kind).matching("IntegrationUri", uri);
    let undo = removed(m, "DeleteIntegration", "IntegrationId");
    let step = m.make("", Gateway, "CreateIntegration", input);
    step.gives("", "IntegrationId").gives("IntegrationId", "IntegrationId").undo(undo);
    if alone {
        step.find(Repeat::Again, find);
    }
}

/// How many other integrations of the same API go to the same place.
fn siblings(m: &Maker<'_>) -> usize {
    let same = |other: &Object, name: &str| {
        let bare = |properties: &Object| properties.get(name).map(|value| value.expr.clone());
        bare(other) == bare(&m.resource.properties)
    };
    let others = m.stack.resources.iter().filter(|(id, other)| other.type_name == m.resource.type_name && *id != m.id);
    let names = ["ApiId", "IntegrationType", "IntegrationUri"];
    others.filter(|(_, other)| names.iter().all(|name| same(&other.properties, name))).count()
}

/// The changes of an answer, which CloudFormation has as a list of destinations and sources, as a map.
fn as_map(changes: &mut Value) {
    let Expr::Map(outer) = &mut changes.expr else { return };
    let Some(Expr::List(pairs)) = outer.shift_remove("ResponseParameters").map(|inner| inner.expr) else { return };
    let mut out = Object::new();
    for pair in pairs {
        let Expr::Map(mut pair) = pair.expr else { continue };
        let Some(source) = pair.shift_remove("Source") else { continue };
        if let Some(name) = pair.get("Destination").and_then(Value::as_str) {
            out.insert(name.to_owned(), source);
        }
    }
    changes.expr = Expr::Map(out);
}

/// `AWS::ApiGatewayV2::Route`. It is taken away by itself, since an integration stays as long as a route names it.
pub(crate) fn route(m: &mut Maker<'_>) {
    let input = m.rest();
    let key = input.get("RouteKey").cloned().unwrap_or_else(|| Expr::Null.into());
    let find = listed(m, "GetRoutes").matching("RouteKey", key);
    let undo = removed(m, "DeleteRoute", "RouteId");
    m.make("", Gateway, "CreateRoute", input)
        .gives("", "RouteId")
        .gives("RouteId", "RouteId")
        .undo(undo)
        .find(EXISTS, find);
}

/// `AWS::ApiGatewayV2::Authorizer`.
pub(crate) fn authorizer(m: &mut Maker<'_>) {
    let input = m.rest();
    let name = input.get("Name").cloned().unwrap_or_else(|| Expr::Null.into());
    let find = listed(m, "GetAuthorizers").matching("Name", name);
    m.make("", Gateway, "CreateAuthorizer", input)
        .gives("", "AuthorizerId")
        .gives("AuthorizerId", "AuthorizerId")
        .find(Repeat::Again, find);
}

/// `AWS::ApiGatewayV2::Stage`. It is taken away before the routes that it serves.
pub(crate) fn stage(m: &mut Maker<'_>) {
    let mut input = with_tags(m);
    if let Some(Expr::Map(logs)) = input.get_mut("AccessLogSettings").map(|logs| &mut logs.expr)
        && let Some(arn) = logs.get_mut("DestinationArn")
    {
        *arn = destination(m.stack, arn.clone());
    }
    let name = input.get("StageName").cloned().unwrap_or_else(|| Expr::Null.into());
    let find = Find::new(Gateway, "GetStage", [("ApiId", api(m)), ("StageName", name)], "")
        .missing(GONE)
        .tagged(m.tagged("Tags"));
    let undo = removed(m, "DeleteStage", "StageName");
    m.make("", Gateway, "CreateStage", input).gives("", "StageName").undo(undo).find(EXISTS, find);
}

/// `AWS::ApiGatewayV2::Deployment`. A second one is the same once more, and goes with the API as the first does.
pub(crate) fn deployment(m: &mut Maker<'_>) {
    let input = m.rest();
    let poll = Wait::new(Gateway, "GetDeployment", [("ApiId", api(m)), ("DeploymentId", m.own())]);
    m.make("", Gateway, "CreateDeployment", input)
        .gives("", "DeploymentId")
        .gives("DeploymentId", "DeploymentId")
        .ready(
            poll.until("DeploymentStatus", "DEPLOYED")
                .fails("DeploymentStatus", "FAILED")
                .reason("DeploymentStatusMessage")
                .every(3, 3, 120),
        );
}
