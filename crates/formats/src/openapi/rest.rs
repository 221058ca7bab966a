//! REST APIs.

use trazo_stack::{Expr, Object, Resource, Value, map};

use super::{File, belongs, copy, method_key, parameter, path_parameters};

const INTEGRATION: &[(&str, &str)] = &[
    ("IntegrationHttpMethod", "httpMethod"),
    ("Uri", "uri"),
    ("ConnectionType", "connectionType"),
    ("ConnectionId", "connectionId"),
    ("IntegrationTarget", "integrationTarget"),
    ("Credentials", "credentials"),
    ("PassthroughBehavior", "passthroughBehavior"),
    ("ContentHandling", "contentHandling"),
    ("TimeoutInMillis", "timeoutInMillis"),
    ("RequestParameters", "requestParameters"),
    ("RequestTemplates", "requestTemplates"),
];

pub(super) fn tree(file: &mut File<'_>, id: &str, api: &Resource) -> Value {
    let mut all = file.head(api);
    let mut paths = Object::new();
    for (_, method) in file.stack().of_type("AWS::ApiGateway::Method").filter(|(_, it)| belongs(it, "RestApiId", id)) {
        let path = path_of(file, method);
        let operation = Value::from(operation(file, &path, method)).from_origin(method.origin.clone());
        let at = paths.entry(path).or_insert_with(|| map([]));
        if let Expr::Map(methods) = &mut at.expr {
            methods.insert(method_key(method.text("HttpMethod")), operation);
        }
    }
    let asks_key =
        file.stack().of_type("AWS::ApiGateway::Method").any(|(_, it)| belongs(it, "RestApiId", id) && wants_key(it));
    all.insert("paths".into(), paths.into());
    components(file, id, asks_key, &mut all);
    let validators: Object = file
        .stack()
        .of_type("AWS::ApiGateway::RequestValidator")
        .filter(|(_, it)| belongs(it, "RestApiId", id))
        .map(|(_, it)| {
            let flag = |key: &str| it.get(key).cloned().unwrap_or_else(|| false.into());
            let rules = map([
                ("validateRequestBody", flag("ValidateRequestBody")),
                ("validateRequestParameters", flag("ValidateRequestParameters")),
            ]);
            (it.text("Name").to_owned(), rules.from_origin(it.origin.clone()))
        })
        .collect();
    if !validators.is_empty() {
        all.insert("x-amazon-apigateway-request-validators".into(), validators.into());
    }
    let mut answers = Object::new();
    for (_, one) in
        file.stack().of_type("AWS::ApiGateway::GatewayResponse").filter(|(_, it)| belongs(it, "RestApiId", id))
    {
        let mut out = Object::new();
        let keys = [
            ("StatusCode", "statusCode"),
            ("ResponseParameters", "responseParameters"),
            ("ResponseTemplates", "responseTemplates"),
        ];
        copy(file, &Value::from(one.properties.clone()), &keys, &mut out);
        answers.insert(one.text("ResponseType").to_owned(), Value::from(out).from_origin(one.origin.clone()));
    }
    if !answers.is_empty() {
        all.insert("x-amazon-apigateway-gateway-responses".into(), answers.into());
    }
    if let Some(types) = api.get("BinaryMediaTypes") {
        all.insert("x-amazon-apigateway-binary-media-types".into(), file.plain(types));
    }
    all.into()
}

fn wants_key(method: &Resource) -> bool {
    matches!(method.get("ApiKeyRequired").map(|it| &it.expr), Some(Expr::Bool(true)))
}

/// The path of a method, from the resources that it lies in.
fn path_of(file: &File<'_>, method: &Resource) -> String {
    let mut parts = Vec::new();
    let mut at = method.get("ResourceId").and_then(Value::names);
    while let Some(resource) = at.and_then(|id| file.stack().resources.get(id)) {
        // Above the resources is the API itself; a circle cannot be, but would end all the same.
        if resource.type_name != "AWS::ApiGateway::Resource" || parts.len() > 100 {
            break;
        }
        parts.push(resource.text("PathPart"));
        at = resource.get("ParentId").and_then(Value::names);
    }
    parts.reverse();
    format!("/{}", parts.join("/"))
}

fn operation(file: &mut File<'_>, path: &str, method: &Resource) -> Object {
    let mut out = Object::new();
    let parameters = parameters(path, method);
    if !parameters.is_empty() {
        out.insert("parameters".into(), parameters.into());
    }
    if let Some(Expr::Map(models)) = method.get("RequestModels").map(|it| &it.expr) {
        let content: Object = models
            .iter()
            .map(|(kind, model)| {
                let name = match model.names() {
                    Some(id) => model_name(file, id),
                    None => file.text(model),
                };
                (kind.clone(), map([("schema", map([("$ref", format!("#/components/schemas/{name}").into())]))]))
            })
            .collect();
        out.insert("requestBody".into(), map([("content", content.into()), ("required", true.into())]));
    }
    out.insert("responses".into(), responses(method));
    let mut security = Vec::new();
    if wants_key(method) {
        security.push(map([("api_key", Vec::<Value>::new().into())]));
    }
    match method.text("AuthorizationType") {
        "CUSTOM" | "COGNITO_USER_POOLS" => {
            let name = method
                .get("AuthorizerId")
                .and_then(Value::names)
                .map(|id| authorizer_name(file, id))
                .unwrap_or_default();
            let scopes: Vec<Value> = method.items("AuthorizationScopes").iter().map(|it| file.plain(it)).collect();
            security.push(Object::from_iter([(name, scopes.into())]).into());
        }
        "AWS_IAM" => {
            out.insert("x-amazon-apigateway-auth".into(), map([("type", "AWS_IAM".into())]));
        }
        _ => {}
    }
    if !security.is_empty() {
        // One entry: all that is in it is asked for.
        let all: Object = security
            .into_iter()
            .filter_map(|it| if let Expr::Map(all) = it.expr { Some(all) } else { None })
            .flatten()
            .collect();
        out.insert("security".into(), vec![Value::from(all)].into());
    }
    if let Some(validator) =
        method.get("RequestValidatorId").and_then(Value::names).and_then(|id| file.stack().resources.get(id))
    {
        out.insert("x-amazon-apigateway-request-validator".into(), validator.text("Name").into());
    }
    if let Some(integration) = method.get("Integration") {
        out.insert("x-amazon-apigateway-integration".into(), self::integration(file, integration));
    }
    out
}

/// Those of the path, then those that the method names (`method.request.querystring.page`).
fn parameters(path: &str, method: &Resource) -> Vec<Value> {
    let mut all = path_parameters(path);
    let Some(Expr::Map(named)) = method.get("RequestParameters").map(|it| &it.expr) else { return all };
    for (name, required) in named {
        let Some((place, name)) = name.strip_prefix("method.request.").and_then(|rest| rest.split_once('.')) else {
            continue;
        };
        let place = match place {
            "querystring" => "query",
            "header" => "header",
            _ => continue,
        };
        let required = matches!(required.expr, Expr::Bool(true));
        let one = parameter(name, place, required);
        all.push(match &required_origin(method) {
            Some(origin) => one.from_origin(origin.clone()),
            None => one,
        });
    }
    all
}

fn required_origin(method: &Resource) -> Option<trazo_stack::Origin> {
    method.get("RequestParameters").and_then(|it| it.origin.clone())
}

fn responses(method: &Resource) -> Value {
    let mut all = Object::new();
    for response in method.items("MethodResponses") {
        let status = response.get("StatusCode").and_then(Value::as_str).unwrap_or("200").to_owned();
        let mut out = Object::new();
        out.insert("description".into(), "".into());
        if let Some(Expr::Map(named)) = response.get("ResponseParameters").map(|it| &it.expr) {
            let headers: Object = named
                .keys()
                .filter_map(|name| name.strip_prefix("method.response.header."))
                .map(|name| (name.to_owned(), map([("schema", map([("type", "string".into())]))])))
                .collect();
            out.insert("headers".into(), headers.into());
        }
        all.insert(status, out.into());
    }
    if all.is_empty() {
        all.insert("default".into(), map([("description", "".into())]));
    }
    all.into()
}

fn integration(file: &mut File<'_>, integration: &Value) -> Value {
    let mut out = Object::new();
    let kind = integration.get("Type").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
    out.insert("type".into(), kind.into());
    copy(file, integration, INTEGRATION, &mut out);
    let mut answers = Object::new();
    for response in integration.get("IntegrationResponses").map(Value::items).unwrap_or_default() {
        let pattern = response.get("SelectionPattern").and_then(Value::as_str).unwrap_or("default").to_owned();
        let mut answer = Object::new();
        let keys = [
            ("StatusCode", "statusCode"),
            ("ResponseParameters", "responseParameters"),
            ("ResponseTemplates", "responseTemplates"),
        ];
        copy(file, response, &keys, &mut answer);
        answers.insert(pattern, answer.into());
    }
    if !answers.is_empty() {
        out.insert("responses".into(), answers.into());
    }
    Value { expr: Expr::Map(out), origin: integration.origin.clone() }
}

fn model_name(file: &File<'_>, id: &str) -> String {
    name_of(file, id)
}

fn authorizer_name(file: &File<'_>, id: &str) -> String {
    name_of(file, id)
}

fn name_of(file: &File<'_>, id: &str) -> String {
    let name = file.stack().resources.get(id).map(|it| it.text("Name")).unwrap_or_default();
    if name.is_empty() { id.to_owned() } else { name.to_owned() }
}

fn components(file: &mut File<'_>, api: &str, asks_key: bool, all: &mut Object) {
    let mut components = Object::new();
    let mut schemas = Object::new();
    for (id, model) in file.stack().of_type("AWS::ApiGateway::Model").filter(|(_, it)| belongs(it, "RestApiId", api)) {
        let Some(schema) = model.get("Schema") else { continue };
        let mut schema = file.plain(schema);
        // A word of JSON Schema that OpenAPI 3.0 does not know.
        if let Expr::Map(entries) = &mut schema.expr {
            entries.shift_remove("$schema");
        }
        schemas.insert(name_of(file, id), schema.from_origin(model.origin.clone()));
    }
    if !schemas.is_empty() {
        components.insert("schemas".into(), schemas.into());
    }
    let mut schemes = Object::new();
    if asks_key {
        schemes.insert(
            "api_key".into(),
            map([("type", "apiKey".into()), ("name", "x-api-key".into()), ("in", "header".into())]),
        );
    }
    for (id, one) in file.stack().of_type("AWS::ApiGateway::Authorizer").filter(|(_, it)| belongs(it, "RestApiId", api))
    {
        schemes.insert(name_of(file, id), authorizer(file, one));
    }
    if !schemes.is_empty() {
        components.insert("securitySchemes".into(), schemes.into());
    }
    if !components.is_empty() {
        all.insert("components".into(), components.into());
    }
}

fn authorizer(file: &mut File<'_>, one: &Resource) -> Value {
    let source = one.text("IdentitySource");
    let header = source.strip_prefix("method.request.header.").unwrap_or("Authorization");
    let header = header.split(',').next().unwrap_or(header);
    let kind = one.text("Type").to_ascii_lowercase();
    let mut settings = Object::new();
    settings.insert("type".into(), kind.as_str().into());
    let keys = [
        ("AuthorizerUri", "authorizerUri"),
        ("AuthorizerCredentials", "authorizerCredentials"),
        ("AuthorizerResultTtlInSeconds", "authorizerResultTtlInSeconds"),
        ("IdentityValidationExpression", "identityValidationExpression"),
        ("ProviderARNs", "providerARNs"),
    ];
    copy(file, &Value::from(one.properties.clone()), &keys, &mut settings);
    if kind == "request" {
        settings.insert("identitySource".into(), source.into());
    }
    let way = if kind == "cognito_user_pools" { "cognito_user_pools" } else { "custom" };
    map([
        ("type", "apiKey".into()),
        ("name", header.into()),
        ("in", "header".into()),
        ("x-amazon-apigateway-authtype", way.into()),
        ("x-amazon-apigateway-authorizer", settings.into()),
    ])
    .from_origin(one.origin.clone())
}
