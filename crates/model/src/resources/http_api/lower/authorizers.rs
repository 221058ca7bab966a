//! The authorizers of an API: `AWS::ApiGatewayV2::Authorizer`
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-authorizer.html>).

use trazo_stack::{Resource, Value, list, map, reference, sub};

use super::super::HttpApi;
use super::super::access::{Authorizer, AuthorizerType, PayloadVersion};
use crate::lowering::{node_origin, pascal_case};
use crate::resources::lambda_function;
use crate::resources::routing::names::free_id;
use crate::{Kind, Lowering, Node};

/// An authorizer that was made.
pub(super) struct Made {
    /// Its name.
    pub name: String,
    /// What it looks at.
    pub kind: AuthorizerType,
    /// Its logical id.
    pub id: String,
}

/// Makes all authorizers of an API.
pub(super) fn authorizers(low: &mut Lowering<'_>, node: &Node, api: &HttpApi) -> Vec<Made> {
    let mut made = Vec::new();
    for (index, authorizer) in api.authorizers.iter().enumerate() {
        let id = free_id(low, low.id(&node.id, &format!("Authorizer{}", pascal_case(&authorizer.name))));
        let resource = match authorizer.kind {
            AuthorizerType::Jwt => jwt(low, node, index, authorizer),
            AuthorizerType::Lambda => lambda(low, node, index, authorizer, &id),
        };
        low.add(&id, resource);
        made.push(Made { name: authorizer.name.clone(), kind: authorizer.kind, id });
    }
    made
}

fn resource(low: &Lowering<'_>, node: &Node, index: usize, authorizer: &Authorizer, kind: &str) -> Resource {
    let origin = node_origin(&node.id).field(format!("authorizers.{index}"));
    let mut resource = Resource::new("AWS::ApiGatewayV2::Authorizer", origin);
    resource.set("ApiId", reference(low.id(&node.id, "Api")));
    resource.set_from("Name", &format!("authorizers.{index}.name"), authorizer.name.as_str());
    resource.set_from("AuthorizerType", &format!("authorizers.{index}.type"), kind);
    if !authorizer.identity_sources.is_empty() {
        let sources = list(authorizer.identity_sources.iter().map(String::as_str));
        resource.set_from("IdentitySource", &format!("authorizers.{index}.identitySources"), sources);
    }
    resource
}

fn jwt(low: &Lowering<'_>, node: &Node, index: usize, authorizer: &Authorizer) -> Resource {
    let mut resource = resource(low, node, index, authorizer, "JWT");
    let field = |name: &str| node_origin(&node.id).field(format!("authorizers.{index}.{name}"));
    let audience = list(authorizer.audience.iter().map(String::as_str)).from_origin(field("audience"));
    let issuer = Value::from(authorizer.issuer.as_str()).from_origin(field("issuer"));
    resource.set("JwtConfiguration", map([("Audience", audience), ("Issuer", issuer)]));
    resource
}

/// A function in the design, or one of an ARN; with the permission that lets this authorizer ask it.
fn lambda(low: &mut Lowering<'_>, node: &Node, index: usize, authorizer: &Authorizer, id: &str) -> Resource {
    let mut resource = resource(low, node, index, authorizer, "REQUEST");
    let field = |name: &str| format!("authorizers.{index}.{name}");
    let drawn = authorizer.function_id().filter(|function| {
        low.design.node(function).is_some_and(|node| node.kind() == Kind::LambdaFunction)
    });
    let (function, arn, from) = match drawn {
        Some(function) => {
            let function = lambda_function::lower::id(low, &function);
            (reference(&function), format!("${{{function}.Arn}}"), "function")
        }
        None => (authorizer.function_arn.as_str().into(), authorizer.function_arn.clone(), "functionArn"),
    };
    let path = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions";
    resource.set_from("AuthorizerUri", &field(from), sub(format!("{path}/{arn}/invocations")));
    resource.set_from("AuthorizerPayloadFormatVersion", &field("payload"), authorizer.payload.word());
    if authorizer.payload == PayloadVersion::V2 {
        resource.set_from("EnableSimpleResponses", &field("simpleResponses"), authorizer.simple_responses);
    }
    resource.set_from("AuthorizerResultTtlInSeconds", &field("cacheSeconds"), authorizer.cache_seconds);
    let api = low.id(&node.id, "Api");
    let source = super::execute_api(&format!("${{{api}}}/authorizers/${{{id}}}"));
    let origin = node_origin(&node.id).field(field(from));
    low.add(format!("{id}Permission"), lambda_function::lower::api_permission(function, source, origin));
    resource
}
