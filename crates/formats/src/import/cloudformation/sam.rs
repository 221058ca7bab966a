//! Templates of SAM: its resources as the plain ones that they stand for
//! (<https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html>).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::evaluate::Scope;
use super::parts::{Level, Told};
use super::source::Source;
use super::template::Resource;
use super::value::{Entries, Form, Val};

const PREFIX: &str = "AWS::Serverless::";

/// Turns resources of SAM into plain ones.
pub(super) fn expand<'a>(
    root: Source<'a>,
    scope: &Scope<'a>,
    resources: Vec<Resource>,
    told: &mut Vec<Told>,
) -> Vec<Resource> {
    if !resources.iter().any(|resource| resource.type_name.starts_with(PREFIX)) {
        return resources;
    }
    let globals = |kind: &str| root.get("Globals")?.get(kind).and_then(|value| scope.value(value));
    let mut maker = Maker { made: Vec::new(), told, apis: BTreeMap::new(), paths: BTreeSet::new() };
    let (own, others): (Vec<_>, Vec<_>) =
        resources.into_iter().partition(|resource| resource.type_name.starts_with(PREFIX));
    maker.made.extend(others);
    let mut functions = Vec::new();
    for mut resource in own {
        let kind = resource.type_name.trim_start_matches(PREFIX).to_owned();
        if let Some(globals) = globals(&kind) {
            inherit(&mut resource.properties, &globals);
        }
        match kind.as_str() {
            "HttpApi" => maker.http_api(resource),
            "Api" => maker.rest_api(resource),
            "Function" => functions.push(resource),
            "SimpleTable" => maker.made.push(table(resource)),
            _ => maker.made.push(resource),
        }
    }
    for function in functions {
        maker.function(function);
    }
    maker.made
}

/// A table of DynamoDB, as SAM makes it
/// (<https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html>).
fn table(mut resource: Resource) -> Resource {
    let line = resource.line;
    resource.type_name = "AWS::DynamoDB::Table".to_owned();
    let Form::Map(entries) = &mut resource.properties.form else { return resource };
    let key = entries.shift_remove("PrimaryKey");
    let said = |name: &str| key.as_ref().and_then(|key| key.get(name)?.text());
    let name = said("Name").unwrap_or_else(|| "id".to_owned());
    let kind = match said("Type").as_deref() {
        Some("Number") => "N",
        Some("Binary") => "B",
        _ => "S",
    };
    let attribute = json!([{ "AttributeName": name, "AttributeType": kind }]);
    let schema = json!([{ "AttributeName": name, "KeyType": "HASH" }]);
    entries.insert("AttributeDefinitions".to_owned(), val(&attribute, line));
    entries.insert("KeySchema".to_owned(), val(&schema, line));
    if !entries.contains_key("ProvisionedThroughput") {
        entries.insert("BillingMode".to_owned(), val(&json!("PAY_PER_REQUEST"), line));
    }
    if let Some(Val { form: Form::Map(tags), .. }) = entries.get("Tags") {
        let pair = |(key, value): (&String, &Val)| json!({ "Key": key, "Value": value.json() });
        let tags: Json = tags.iter().map(pair).collect();
        entries.insert("Tags".to_owned(), val(&tags, line));
    }
    resource
}

/// What stands in `Globals` holds where a resource says nothing; maps are brought together.
fn inherit(own: &mut Val, globals: &Val) {
    let (Form::Map(own), Form::Map(globals)) = (&mut own.form, &globals.form) else { return };
    for (key, value) in globals {
        match own.get_mut(key) {
            Some(held) => inherit(held, value),
            None => _ = own.insert(key.clone(), value.clone()),
        }
    }
}

/// A value of a line; single maps that call a function are functions.
fn val(json: &Json, line: usize) -> Val {
    let form = match json {
        Json::Null => Form::Null,
        Json::Bool(flag) => Form::Bool(*flag),
        Json::Number(number) => number.as_i64().map_or(Form::Num(number.as_f64().unwrap_or_default()), Form::Int),
        Json::String(text) => Form::Text(text.clone()),
        Json::Array(items) => Form::List(items.iter().map(|item| val(item, line)).collect()),
        Json::Object(entries) => match (entries.get("Ref"), entries.get("Fn::Sub"), entries.get("Fn::GetAtt")) {
            (Some(Json::String(name)), ..) => Form::Ref(name.clone()),
            (_, Some(Json::String(text)), _) => super::evaluate::text_form(text.clone()),
            (.., Some(Json::Array(parts))) => {
                let part = |at: usize| parts.get(at).and_then(Json::as_str).unwrap_or_default().to_owned();
                Form::Att(part(0), part(1))
            }
            _ => Form::Map(entries.iter().map(|(key, entry)| (key.clone(), val(entry, line))).collect()),
        },
    };
    Val::new(form, line)
}

fn plain(id: &str, type_name: &str, properties: Val) -> Resource {
    Resource {
        id: id.to_owned(),
        type_name: type_name.to_owned(),
        line: properties.line,
        properties,
        attributes: Vec::new(),
        depends_on: Vec::new(),
    }
}

fn entries(value: Val) -> Entries {
    match value.form {
        Form::Map(entries) => entries,
        _ => Entries::new(),
    }
}

struct Maker<'t> {
    made: Vec<Resource>,
    told: &'t mut Vec<Told>,
    /// Integrations of functions by API and function.
    apis: BTreeMap<(String, String), String>,
    /// What was made for paths of REST APIs.
    paths: BTreeSet<String>,
}

impl Maker<'_> {
    fn add(&mut self, id: &str, type_name: &str, properties: &Json, line: usize) {
        self.made.push(plain(id, type_name, val(properties, line)));
    }

    fn http_api(&mut self, resource: Resource) {
        let (id, line) = (resource.id.clone(), resource.line);
        let mut own = entries(resource.properties);
        let mut stage: Entries = entries(val(&json!({ "ApiId": { "Ref": id }, "AutoDeploy": true }), line));
        let name = own.shift_remove("StageName").unwrap_or_else(|| val(&json!("$default"), line));
        stage.insert("StageName".to_owned(), name);
        for key in ["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"] {
            if let Some(value) = own.shift_remove(key) {
                stage.insert(key.to_owned(), value);
            }
        }
        if own.get("CorsConfiguration").is_some_and(|cors| cors.flag() == Some(true)) {
            let all = json!({ "AllowOrigins": ["*"], "AllowMethods": ["*"], "AllowHeaders": ["*"] });
            own.insert("CorsConfiguration".to_owned(), val(&all, line));
        }
        if let Some(auth) = own.get("Auth") {
            self.authorizers(&id, auth);
        }
        own.insert("ProtocolType".to_owned(), val(&json!("HTTP"), line));
        let made = plain(&id, "AWS::ApiGatewayV2::Api", Val::new(Form::Map(own), line));
        self.made.push(Resource { attributes: resource.attributes, ..made });
        self.made.push(plain(&format!("{id}/Stage"), "AWS::ApiGatewayV2::Stage", Val::new(Form::Map(stage), line)));
    }

    /// Authorizers of tokens; what else `Auth` says stays unread.
    fn authorizers(&mut self, api: &str, auth: &Val) {
        let mut made = Vec::new();
        for (name, authorizer) in auth.get("Authorizers").into_iter().flat_map(Val::entries) {
            let Some(jwt) = authorizer.get("JwtConfiguration") else { continue };
            let part = |key: &str| jwt.get(key).or_else(|| jwt.get(&key.to_lowercase())).map(Val::json);
            let source =
                authorizer.get("IdentitySource").map_or_else(|| json!("$request.header.Authorization"), Val::json);
            authorizer.ignore_keys(&["IdentitySource"]);
            jwt.ignore_keys(&["Issuer", "issuer", "Audience", "audience"]);
            let all = json!({
                "ApiId": { "Ref": api }, "Name": name, "AuthorizerType": "JWT", "IdentitySource": [source],
                "JwtConfiguration": { "Issuer": part("Issuer"), "Audience": part("Audience") },
            });
            made.push((format!("{api}/{name}"), all, authorizer.line));
        }
        for (id, all, line) in made {
            self.add(&id, "AWS::ApiGatewayV2::Authorizer", &all, line);
        }
    }

    fn rest_api(&mut self, resource: Resource) {
        let (id, line) = (resource.id.clone(), resource.line);
        let mut own = entries(resource.properties);
        let mut stage: Entries = entries(val(&json!({ "RestApiId": { "Ref": id } }), line));
        for key in ["StageName", "Variables", "AccessLogSetting", "MethodSettings", "TracingEnabled"] {
            if let Some(value) = own.shift_remove(key) {
                stage.insert(key.to_owned(), value);
            }
        }
        let made = plain(&id, "AWS::ApiGateway::RestApi", Val::new(Form::Map(own), line));
        self.made.push(Resource { attributes: resource.attributes, ..made });
        self.made.push(plain(&format!("{id}/Stage"), "AWS::ApiGateway::Stage", Val::new(Form::Map(stage), line)));
    }

    fn function(&mut self, resource: Resource) {
        let (id, line) = (resource.id.clone(), resource.line);
        let mut own = entries(resource.properties);
        let events = own.shift_remove("Events");
        code(&mut own, line);
        if let Some(tracing) = own.shift_remove("Tracing").and_then(|tracing| tracing.text()) {
            own.insert("TracingConfig".to_owned(), val(&json!({ "Mode": tracing }), line));
        }
        if let Some(policies) = own.shift_remove("Policies") {
            if own.contains_key("Role") {
                self.left("import.note.section", policies.line, vec![("name", format!("{id}.Policies"))]);
            } else {
                let role = format!("{id}Role");
                let made = self.role(&id, &policies);
                self.made.push(plain(&role, "AWS::IAM::Role", made));
                own.insert("Role".to_owned(), Val::new(Form::Att(role, "Arn".to_owned()), line));
            }
        }
        let made = plain(&id, "AWS::Lambda::Function", Val::new(Form::Map(own), line));
        self.made.push(Resource { attributes: resource.attributes, ..made });
        for (name, event) in events.iter().flat_map(Val::entries) {
            self.event(&id, name, event);
        }
    }

    fn left(&mut self, key: &'static str, line: usize, args: Vec<(&'static str, String)>) {
        self.told.push(Told { level: Level::Left, key, args, line });
    }

    /// The role of a function: names and ARNs of managed policies, and statements of its own.
    fn role(&mut self, function: &str, policies: &Val) -> Val {
        let (mut managed, mut inline) = (Vec::new(), Vec::new());
        for policy in policies.items() {
            if let Some(name) = policy.text() {
                let arn = if name.starts_with("arn:") { name } else { format!("arn:aws:iam::aws:policy/{name}") };
                managed.push(val(&json!(arn), policy.line));
            } else if policy.get("Statement").is_some() {
                let mut one: Entries = entries(val(&json!({ "PolicyName": "Events" }), policy.line));
                one.insert("PolicyDocument".to_owned(), policy.clone());
                inline.push(Val::new(Form::Map(one), policy.line));
            } else {
                let name = policy.entries().next().map(|(name, _)| name.clone()).unwrap_or_default();
                self.left("import.note.section", policy.line, vec![("name", format!("{function}.Policies.{name}"))]);
            }
        }
        let mut role = Entries::new();
        role.insert("ManagedPolicyArns".to_owned(), Val::new(Form::List(managed), policies.line));
        role.insert("Policies".to_owned(), Val::new(Form::List(inline), policies.line));
        Val::new(Form::Map(role), policies.line)
    }

    fn event(&mut self, function: &str, name: &str, event: &Val) {
        let kind = event.get("Type").and_then(Val::text).unwrap_or_default();
        let text = |key: &str| event.at(&format!("Properties.{key}")).and_then(Val::text);
        let named = |key: &str| event.at(&format!("Properties.{key}")).and_then(Val::names).map(str::to_owned);
        let method = text("Method").unwrap_or_else(|| "ANY".to_owned()).to_uppercase();
        let method =
            if method == "*" || method == "X-AMAZON-APIGATEWAY-ANY-METHOD" { "ANY".to_owned() } else { method };
        match kind.as_str() {
            "HttpApi" => {
                let api = named("ApiId").unwrap_or_else(|| "ServerlessHttpApi".to_owned());
                let path = text("Path").unwrap_or_else(|| "$default".to_owned());
                let asked = event.at("Properties.Auth.Authorizer").and_then(Val::text);
                self.http_route(function, &api, &method, &path, asked.as_deref(), event);
            }
            "Api" => {
                let api = named("RestApiId").unwrap_or_else(|| "ServerlessRestApi".to_owned());
                let path = text("Path").unwrap_or_else(|| "/".to_owned());
                self.rest_method(function, &api, &method, &path, event.line);
            }
            _ => {
                let id = format!("{function}.Events.{name}");
                self.left("import.note.resource", event.line, vec![("id", id), ("type", kind)]);
            }
        }
    }

    fn http_route(&mut self, function: &str, api: &str, method: &str, path: &str, asked: Option<&str>, event: &Val) {
        let line = event.line;
        if api == "ServerlessHttpApi" && !self.made.iter().any(|resource| resource.id == api) {
            self.http_api(plain(api, "", val(&json!({}), line)));
        }
        let key = (api.to_owned(), function.to_owned());
        let integration = format!("{api}/{function}");
        if !self.apis.contains_key(&key) {
            let payload = event.at("Properties.PayloadFormatVersion").map_or_else(|| json!("2.0"), Val::json);
            let all = json!({
                "ApiId": { "Ref": api }, "IntegrationType": "AWS_PROXY",
                "IntegrationUri": { "Fn::GetAtt": [function, "Arn"] }, "PayloadFormatVersion": payload,
            });
            self.add(&integration, "AWS::ApiGatewayV2::Integration", &all, line);
            self.apis.insert(key, integration.clone());
        }
        let route = if path == "$default" { path.to_owned() } else { format!("{method} {path}") };
        let mut all = json!({
            "ApiId": { "Ref": api }, "RouteKey": route, "Target": { "Fn::Sub": format!("integrations/${{{integration}}}") },
        });
        if let Some(asked) = asked.filter(|asked| *asked != "NONE") {
            all["AuthorizationType"] = "JWT".into();
            all["AuthorizerId"] = json!({ "Ref": format!("{api}/{asked}") });
        }
        self.add(&format!("{integration}/{route}"), "AWS::ApiGatewayV2::Route", &all, line);
    }

    fn rest_method(&mut self, function: &str, api: &str, method: &str, path: &str, line: usize) {
        if api == "ServerlessRestApi" && !self.made.iter().any(|resource| resource.id == api) {
            self.rest_api(plain(api, "", val(&json!({ "StageName": "Prod" }), line)));
        }
        let mut parent = json!({ "Fn::GetAtt": [api, "RootResourceId"] });
        let mut at = String::new();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            at = format!("{at}/{part}");
            let id = format!("{api}{at}");
            if self.paths.insert(id.clone()) {
                let all = json!({ "RestApiId": { "Ref": api }, "ParentId": parent, "PathPart": part });
                self.add(&id, "AWS::ApiGateway::Resource", &all, line);
            }
            parent = json!({ "Ref": id });
        }
        let uri = format!("arn:${{AWS::Partition}}:apigateway:functions/${{{function}.Arn}}/invocations");
        let all = json!({
            "RestApiId": { "Ref": api }, "ResourceId": parent, "HttpMethod": method, "AuthorizationType": "NONE",
            "Integration": { "Type": "AWS_PROXY", "IntegrationHttpMethod": "POST", "Uri": { "Fn::Sub": uri } },
        });
        self.add(&format!("{api}{at} {method}"), "AWS::ApiGateway::Method", &all, line);
    }
}

/// Where the code is, in the words of Lambda.
fn code(own: &mut Entries, line: usize) {
    if let Some(inline) = own.shift_remove("InlineCode") {
        let mut code = Entries::new();
        code.insert("ZipFile".to_owned(), inline);
        own.insert("Code".to_owned(), Val::new(Form::Map(code), line));
        return;
    }
    if let Some(image) = own.shift_remove("ImageUri") {
        let mut code = Entries::new();
        code.insert("ImageUri".to_owned(), image);
        own.insert("Code".to_owned(), Val::new(Form::Map(code), line));
        return;
    }
    let Some(uri) = own.shift_remove("CodeUri") else { return };
    let found = uri.text().map(|text| {
        let (bucket, key) = text.strip_prefix("s3://").and_then(|rest| rest.split_once('/')).unwrap_or(("", &text));
        json!({ "S3Bucket": bucket, "S3Key": key })
    });
    let part = |key: &str| uri.get(key).map(Val::json).unwrap_or_default();
    let code = found.unwrap_or_else(|| json!({ "S3Bucket": part("Bucket"), "S3Key": part("Key") }));
    own.insert("Code".to_owned(), val(&code, line));
}
