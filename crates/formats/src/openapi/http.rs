//! HTTP APIs.

use trazo_stack::{Expr, Object, Resource, Value, list, map};

use super::{File, belongs, copy, method_key, path_parameters};

const INTEGRATION: &[(&str, &str)] = &[
    ("IntegrationMethod", "httpMethod"),
    ("IntegrationUri", "uri"),
    ("ConnectionType", "connectionType"),
    ("ConnectionId", "connectionId"),
    ("CredentialsArn", "credentials"),
    ("PayloadFormatVersion", "payloadFormatVersion"),
    ("TimeoutInMillis", "timeoutInMillis"),
    ("RequestParameters", "requestParameters"),
];

const CORS: &[(&str, &str)] = &[
    ("AllowOrigins", "allowOrigins"),
    ("AllowMethods", "allowMethods"),
    ("AllowHeaders", "allowHeaders"),
    ("ExposeHeaders", "exposeHeaders"),
    ("MaxAge", "maxAge"),
    ("AllowCredentials", "allowCredentials"),
];

pub(super) fn tree(file: &mut File<'_>, id: &str, api: &Resource) -> Value {
    let mut all = file.head(api);
    if let Some(cors) = api.get("CorsConfiguration") {
        let mut out = Object::new();
        copy(file, cors, CORS, &mut out);
        all.insert("x-amazon-apigateway-cors".into(), out.into());
    }
    let mut paths = Object::new();
    for (_, route) in file.stack().of_type("AWS::ApiGatewayV2::Route").filter(|(_, route)| belongs(route, "ApiId", id))
    {
        let key = route.text("RouteKey");
        let (method, path) = key.split_once(' ').unwrap_or(("ANY", "/$default"));
        let mut operation = operation(file, route);
        if key == "$default" {
            operation.insert("isDefaultRoute".into(), true.into());
        } else if !path_parameters(path).is_empty() {
            operation.insert("parameters".into(), path_parameters(path).into());
        }
        let operation = Value::from(operation).from_origin(route.origin.clone());
        let at = paths.entry(path.to_owned()).or_insert_with(|| map([]));
        if let Expr::Map(methods) = &mut at.expr {
            methods.insert(method_key(method), operation);
        }
    }
    all.insert("paths".into(), paths.into());
    let schemes = authorizers(file, id);
    if !schemes.is_empty() {
        all.insert("components".into(), map([("securitySchemes", schemes.into())]));
    }
    all.into()
}

fn operation(file: &mut File<'_>, route: &Resource) -> Object {
    let mut out = Object::new();
    out.insert("responses".into(), map([("default", map([("description", "".into())]))]));
    match route.text("AuthorizationType") {
        "JWT" | "CUSTOM" => {
            let name = route.get("AuthorizerId").and_then(Value::names).unwrap_or_default();
            let scopes: Vec<String> = route.items("AuthorizationScopes").iter().map(|scope| file.text(scope)).collect();
            let name = authorizer_name(file, name);
            out.insert("security".into(), vec![Value::from(Object::from_iter([(name, list(scopes))]))].into());
        }
        "AWS_IAM" => {
            out.insert("x-amazon-apigateway-auth".into(), map([("type", "AWS_IAM".into())]));
        }
        _ => {}
    }
    // `integrations/<id>`
    let target = route.get("Target").and_then(|target| match &target.expr {
        Expr::Join(_, items) => items.last().and_then(Value::names),
        _ => None,
    });
    if let Some(integration) = target.and_then(|id| file.stack().resources.get(id)) {
        out.insert("x-amazon-apigateway-integration".into(), self::integration(file, integration));
    }
    out
}

fn integration(file: &mut File<'_>, integration: &Resource) -> Value {
    let mut out = Object::new();
    out.insert("type".into(), integration.text("IntegrationType").to_ascii_lowercase().into());
    let properties = Value::from(integration.properties.clone());
    copy(file, &properties, INTEGRATION, &mut out);
    // A function is always called by POST, and the file has to say so.
    if integration.text("IntegrationType") == "AWS_PROXY" {
        out.insert("httpMethod".into(), "POST".into());
    }
    if let Some(Expr::Map(responses)) = integration.get("ResponseParameters").map(|it| &it.expr) {
        let responses: Object = responses.iter().map(|(status, it)| (status.clone(), mappings(file, it))).collect();
        out.insert("responseParameters".into(), responses.into());
    }
    if let Some(name) = integration.get("TlsConfig.ServerNameToVerify") {
        out.insert("tlsConfig".into(), map([("serverNameToVerify", file.plain(name))]));
    }
    Value::from(out).from_origin(integration.origin.clone())
}

/// CloudFormation lists pairs of destination and source, OpenAPI has an object.
fn mappings(file: &mut File<'_>, response: &Value) -> Value {
    let pairs = response.get("ResponseParameters").map(Value::items).unwrap_or_default();
    let pairs =
        pairs.iter().filter_map(|pair| Some((file.text(pair.get("Destination")?), file.plain(pair.get("Source")?))));
    Value::from(pairs.collect::<Object>())
}

fn authorizer_name(file: &File<'_>, id: &str) -> String {
    let name = file.stack().resources.get(id).map(|it| it.text("Name")).unwrap_or_default();
    if name.is_empty() { id.to_owned() } else { name.to_owned() }
}

fn authorizers(file: &mut File<'_>, api: &str) -> Object {
    let mut all = Object::new();
    for (id, one) in file.stack().of_type("AWS::ApiGatewayV2::Authorizer").filter(|(_, one)| belongs(one, "ApiId", api))
    {
        let mut settings = Object::new();
        let sources: Vec<String> = one.items("IdentitySource").iter().map(|it| file.text(it)).collect();
        let is_jwt = one.text("AuthorizerType") == "JWT";
        settings.insert("type".into(), if is_jwt { "jwt".into() } else { "request".into() });
        settings.insert("identitySource".into(), sources.join(",").into());
        let properties = Value::from(one.properties.clone());
        if let Some(jwt) = one.get("JwtConfiguration") {
            let mut config = Object::new();
            copy(file, jwt, &[("Issuer", "issuer"), ("Audience", "audience")], &mut config);
            settings.insert("jwtConfiguration".into(), config.into());
        }
        let keys = [
            ("AuthorizerUri", "authorizerUri"),
            ("AuthorizerPayloadFormatVersion", "authorizerPayloadFormatVersion"),
            ("AuthorizerResultTtlInSeconds", "authorizerResultTtlInSeconds"),
            ("EnableSimpleResponses", "enableSimpleResponses"),
        ];
        copy(file, &properties, &keys, &mut settings);
        let scheme = if is_jwt {
            map([("type", "oauth2".into()), ("flows", map([])), ("x-amazon-apigateway-authorizer", settings.into())])
        } else {
            map([
                ("type", "apiKey".into()),
                ("name", "Authorization".into()),
                ("in", "header".into()),
                ("x-amazon-apigateway-authorizer", settings.into()),
            ])
        };
        all.insert(authorizer_name(file, id), scheme.from_origin(one.origin.clone()));
    }
    all
}
