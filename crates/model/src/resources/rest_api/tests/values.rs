use super::super::mapping::{ValueProblem, better_value, value_problem};
use super::super::paths::{better_path, path_problem, sibling};
use super::super::schema::{SchemaProblem, schema_problem};
use crate::resources::routing::route::PathProblem;

#[test]
fn values_of_mappings() {
    use ValueProblem::{HttpApi, Name, Unquoted};
    for (value, problem, better) in [
        ("'texto fijo'", None, None),
        ("method.request.header.accept", None, None),
        ("method.request.multivalueheader.accept", None, None),
        ("method.request.querystring.q", None, None),
        ("method.request.multivaluequerystring.q", None, None),
        ("method.request.path.id", None, None),
        ("method.request.body", None, None),
        ("method.request.body.cliente.id", None, None),
        ("context.requestId", None, None),
        ("context.identity.sourceIp", None, None),
        ("stageVariables.entorno", None, None),
        ("method.request.header", Some(Name), None),
        ("method.request.header.", Some(Name), None),
        ("method.request.header.a b", Some(Name), None),
        ("method.request.body.", Some(Name), None),
        ("context.", Some(Name), None),
        ("texto fijo", Some(Unquoted), Some("'texto fijo'")),
        ("'a medias", Some(Unquoted), Some("'a medias'")),
        ("method.request.cookie.a", Some(Unquoted), Some("'method.request.cookie.a'")),
        ("$request.header.accept", Some(HttpApi), Some("method.request.header.accept")),
        ("${request.path.id}", Some(HttpApi), Some("method.request.path.id")),
        ("$context.requestId", Some(HttpApi), Some("context.requestId")),
        ("$stageVariables.entorno", Some(HttpApi), Some("stageVariables.entorno")),
        ("/v1/${request.path.id}", Some(HttpApi), None),
        ("$request.path", Some(HttpApi), None),
    ] {
        assert_eq!(value_problem(value), problem, "{value}");
        assert_eq!(better_value(value).as_deref(), better, "{value}");
    }
}

#[test]
fn paths_of_resources() {
    use PathProblem::{GreedyNotLast, NoSlash, Segment, Twice};
    for (path, problem, better) in [
        ("/", None, None),
        ("/productos", None, None),
        ("/productos/{id}", None, None),
        ("/productos:buscar", None, None),
        ("/{proxy+}", None, None),
        ("$default", Some(NoSlash), Some("/{proxy+}")),
        ("productos", Some(NoSlash), Some("/productos")),
        ("/productos/", Some(Segment), Some("/productos")),
        ("/productos//fotos", Some(Segment), Some("/productos/fotos")),
        ("/productos/{id}.json", Some(Segment), None),
        ("/año", Some(Segment), None),
        ("/a~b", Some(Segment), None),
        ("/{proxy+}/fin", Some(GreedyNotLast), Some("/{proxy+}")),
        ("/{id}/{id}", Some(Twice), None),
    ] {
        assert_eq!(path_problem(path), problem, "{path}");
        assert_eq!(better_path(path).as_deref(), better, "{path}");
    }
}

#[test]
fn a_resource_has_one_variable_below_it() {
    for (one, other, found) in [
        ("/productos/{id}", "/productos/{sku}", Some(("{id}", "{sku}"))),
        ("/productos/{id}", "/productos/{sku}/fotos", Some(("{id}", "{sku}"))),
        ("/{id}", "/{proxy+}", Some(("{id}", "{proxy+}"))),
        ("/productos/{id}", "/productos/{id}/fotos", None),
        ("/productos/{id}", "/pedidos/{numero}", None),
        ("/productos/{id}", "/productos/nuevos", None),
        ("/productos", "/productos", None),
        ("productos/{id}", "/{a}", None),
    ] {
        assert_eq!(sibling(one, other), found, "{one} {other}");
    }
}

#[test]
fn schemas_of_models() {
    use SchemaProblem::{Enum, NotJson, NotObject, Reference, Required, Type, Word};
    for (schema, problem) in [
        (r#"{"type": "object"}"#, None),
        (r#"{"$schema": "http://json-schema.org/draft-04/schema#", "type": ["string", "null"]}"#, None),
        (r#"{"properties": {"type": {"type": "string"}, "const": {"minimum": 0}}, "required": ["type"]}"#, None),
        (r##"{"items": {"$ref": "#/definitions/A"}, "definitions": {"A": {"enum": [1, 2]}}}"##, None),
        (r#"{"additionalProperties": false, "oneOf": [{"type": "integer"}]}"#, None),
        ("{", Some(NotJson(1, 1))),
        ("{\n  \"type\": object\n}", Some(NotJson(2, 11))),
        ("[]", Some(NotObject("{}".into()))),
        (r#"{"properties": {"precio": "number"}}"#, Some(NotObject("properties.precio".into()))),
        (r#"{"type": "float"}"#, Some(Type("float".into()))),
        (r#"{"properties": {"a": {"type": "date"}}}"#, Some(Type("date".into()))),
        (r#"{"required": []}"#, Some(Required("required".into()))),
        (r#"{"properties": {"a": {"required": true}}}"#, Some(Required("properties.a.required".into()))),
        (r#"{"enum": ["A", "A"]}"#, Some(Enum("enum".into()))),
        (r#"{"oneOf": []}"#, Some(Enum("oneOf".into()))),
        (r#"{"$ref": "Producto"}"#, Some(Reference("Producto".into()))),
        (r#"{"$ref": "https://apigateway.amazonaws.com/restapis/abc/models/A"}"#, None),
        (r#"{"properties": {"a": {"example": 1}}}"#, Some(Word("example".into()))),
        (r#"{"const": 1}"#, Some(Word("const".into()))),
    ] {
        assert_eq!(schema_problem(schema), problem, "{schema}");
    }
}
