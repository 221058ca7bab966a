//! HTTP APIs of API Gateway: the API, its stage, its authorizers.

use serde_json::{Value as Json, json};
use trazo_model::Kind;
use trazo_model::resources::http_api::access_log::{AccessLogs, LogFormat};

use super::balancer::Listeners;
use super::integration;
use super::parts::{As, Level, Props, Reading, Row};
use super::template::Resource;
use super::value::Val;

const API: &str = "AWS::ApiGatewayV2::Api";
/// Requests per second, and at once, where a stage says nothing.
const ACCOUNT: (i64, i64) = (10_000, 5_000);

const ROWS: &[Row] = &[
    ("Description", "description", As::Text),
    ("DisableExecuteApiEndpoint", "disableExecuteApiEndpoint", As::Flag),
    ("CorsConfiguration.AllowOrigins", "cors.allowOrigins", As::Texts),
    ("CorsConfiguration.AllowMethods", "cors.allowMethods", As::Texts),
    ("CorsConfiguration.AllowHeaders", "cors.allowHeaders", As::Texts),
    ("CorsConfiguration.ExposeHeaders", "cors.exposeHeaders", As::Texts),
    ("CorsConfiguration.MaxAge", "cors.maxAge", As::Int),
    ("CorsConfiguration.AllowCredentials", "cors.allowCredentials", As::Flag),
];

/// An authorizer: its logical id and its name.
pub(super) type Authorizers<'a> = Vec<(&'a str, String)>;

/// What a route may take a second, and at once.
pub(super) type Limits = Vec<(String, Option<i64>, Option<i64>)>;

pub(super) fn read<'a>(reading: &mut Reading<'a>, listeners: &Listeners<'a>) {
    let template = reading.template;
    for api in template.of_type(API) {
        if api.text("ProtocolType").is_some_and(|kind| kind != "HTTP") {
            continue;
        }
        let node = reading.add(Kind::HttpApi, api, api.text("Name"));
        reading.tags(node, api, &[]);
        let mut props = Props::default();
        if let Some(cors) = api.at("CorsConfiguration") {
            props.put("cors.enabled", true, cors.line);
            for field in ["allowOrigins", "allowMethods", "allowHeaders"] {
                props.put(&format!("cors.{field}"), Vec::<String>::new(), cors.line);
            }
        }
        props.copy(&api.properties, ROWS);
        let limits = stage(reading, api, node, &mut props);
        let authorizers = authorizers(reading, api, node, &mut props);
        reading.nodes[node].props = props;
        integration::read(reading, api, node, listeners, &authorizers, &limits);
    }
}

fn stage<'a>(reading: &mut Reading<'a>, api: &'a Resource, node: usize, props: &mut Props) -> Limits {
    let template = reading.template;
    let mut stages = template.users(&api.id, "AWS::ApiGatewayV2::Stage");
    let Some(stage) = stages.next() else { return Limits::new() };
    reading.own(stage, node);
    stage.at("ApiId").map(Val::names);
    let line = stage.line;
    let name = stage.at("StageName").and_then(|name| super::task::reading_text(reading, name));
    props.put("stageName", name, line);
    props.put("autoDeploy", stage.at("AutoDeploy").and_then(Val::flag).unwrap_or(false), line);
    if let Some(variables) = stage.at("StageVariables") {
        let all: Vec<Json> = variables
            .entries()
            .filter_map(|(name, value)| Some(json!({ "name": name, "value": reading.wording(value)? })))
            .collect();
        props.put("stageVariables", all, variables.line);
    }
    for usual in ["DeploymentId", "Tags"] {
        stage.at(usual).map(Val::ignore);
    }
    for deployment in template.users(&api.id, "AWS::ApiGatewayV2::Deployment") {
        deployment.pass_over();
        reading.own(deployment, node);
    }
    logs(reading, stage, node, props);
    limits(stage, props)
}

fn limits(stage: &Resource, props: &mut Props) -> Limits {
    let common = stage.at("DefaultRouteSettings");
    let number = |settings: &Val, key: &str| settings.get(key).and_then(Val::int);
    let (mut rate, mut burst) = ACCOUNT;
    if let Some(common) = common {
        let (own_burst, own_rate) = (number(common, "ThrottlingBurstLimit"), number(common, "ThrottlingRateLimit"));
        if own_burst.is_some() || own_rate.is_some() {
            (rate, burst) = (own_rate.unwrap_or(rate), own_burst.unwrap_or(burst));
            props.put("throttling.enabled", true, common.line);
            props.put("throttling.rate", rate, common.line);
            props.put("throttling.burst", burst, common.line);
        }
        props.copy(common, &[("DetailedMetricsEnabled", "detailedMetrics", As::Flag)]);
    }
    let mut all = Limits::new();
    for (key, settings) in stage.at("RouteSettings").into_iter().flat_map(Val::entries) {
        let own_rate = number(settings, "ThrottlingRateLimit");
        let own_burst = number(settings, "ThrottlingBurstLimit");
        settings.get("DetailedMetricsEnabled").map(Val::mark);
        let (mut a, mut b) = (own_rate.filter(|own| *own != rate), own_burst.filter(|own| *own != burst));
        if a.is_none() && b.is_none() {
            (a, b) = (own_rate, own_burst);
        }
        all.push((key.clone(), a, b));
    }
    all
}

fn logs<'a>(reading: &mut Reading<'a>, stage: &'a Resource, node: usize, props: &mut Props) {
    let template = reading.template;
    let Some(settings) = stage.at("AccessLogSettings") else { return };
    props.put("accessLogs.enabled", true, settings.line);
    if let Some(group) = settings.get("DestinationArn").and_then(Val::names).and_then(|id| template.get(id)) {
        let days = group.at("RetentionInDays").and_then(Val::int).unwrap_or(0);
        props.put("accessLogs.retentionDays", days, group.line);
        group.pass_over();
        reading.own(group, node);
    }
    let Some(line) = settings.get("Format").and_then(|format| reading.wording(format)) else { return };
    let known = [(LogFormat::Json, "json"), (LogFormat::Clf, "clf")];
    let known =
        known.into_iter().find(|(format, _)| AccessLogs { format: *format, ..AccessLogs::default() }.line() == line);
    match known {
        Some((_, word)) => props.put("accessLogs.format", word, settings.line),
        None => {
            props.put("accessLogs.format", "custom", settings.line);
            props.put("accessLogs.customFormat", line, settings.line);
        }
    }
}

fn authorizers<'a>(reading: &mut Reading<'a>, api: &'a Resource, node: usize, props: &mut Props) -> Authorizers<'a> {
    let template = reading.template;
    let (mut known, mut all) = (Authorizers::new(), Vec::new());
    for authorizer in template.users(&api.id, "AWS::ApiGatewayV2::Authorizer") {
        reading.own(authorizer, node);
        authorizer.at("ApiId").map(Val::names);
        let name = authorizer.text("Name").unwrap_or_else(|| authorizer.id.clone());
        let mut one = Props::default();
        one.put("name", name.as_str(), authorizer.line);
        let by_function = authorizer.text("AuthorizerType").as_deref() == Some("REQUEST");
        one.put("type", if by_function { "lambda" } else { "jwt" }, authorizer.line);
        one.put("identitySources", Vec::<String>::new(), authorizer.line);
        one.put("simpleResponses", false, authorizer.line);
        if !by_function {
            one.put("simpleResponses", true, authorizer.line);
        }
        one.copy(
            &authorizer.properties,
            &[
                ("IdentitySource", "identitySources", As::Texts),
                ("JwtConfiguration.Audience", "audience", As::Texts),
                ("AuthorizerPayloadFormatVersion", "payload", As::Text),
                ("EnableSimpleResponses", "simpleResponses", As::Flag),
                ("AuthorizerResultTtlInSeconds", "cacheSeconds", As::Int),
            ],
        );
        if let Some(issuer) = authorizer.at("JwtConfiguration.Issuer").and_then(|issuer| reading.wording(issuer)) {
            one.put("issuer", issuer, authorizer.line);
        }
        asked(reading, authorizer, &mut one);
        known.push((&authorizer.id, name));
        all.push(one.json());
    }
    if !all.is_empty() {
        props.put("authorizers", all, api.line);
    }
    known
}

/// Whether a permission lets API Gateway call a function.
pub(super) fn is_of_api(permission: &Resource) -> bool {
    permission.text("Principal").is_some_and(|who| who == "apigateway.amazonaws.com")
}

/// The function that an authorizer asks: one of the design, or one of an ARN.
pub(super) fn asked<'a>(reading: &mut Reading<'a>, authorizer: &'a Resource, one: &mut Props) {
    let Some(uri) = authorizer.at("AuthorizerUri") else { return };
    let template = reading.template;
    for permission in template.users(&authorizer.id, "AWS::Lambda::Permission") {
        if let Some(api) = reading.owner(&authorizer.id).filter(|_| is_of_api(permission)) {
            permission.pass_over();
            reading.own(permission, api);
        }
    }
    let mut names = Vec::new();
    uri.all_names(&mut names);
    uri.ignore();
    if let Some(function) = names.into_iter().find_map(|id| reading.node_of(id, Kind::LambdaFunction)) {
        one.put("function", reading.id_of(function), uri.line);
        return;
    }
    let json = uri.json();
    let text = json.as_str().or_else(|| json["Fn::Sub"].as_str()).unwrap_or_default();
    let arn = text.split_once("/functions/").map(|(_, rest)| rest.trim_end_matches("/invocations"));
    match arn.filter(|arn| !arn.contains("${")) {
        Some(arn) => one.put("functionArn", arn, uri.line),
        None => {
            let args = vec![("path", format!("{}.AuthorizerUri", authorizer.id)), ("value", text.to_owned())];
            reading.tell(Level::Left, "import.note.value", uri.line, args);
        }
    }
}
