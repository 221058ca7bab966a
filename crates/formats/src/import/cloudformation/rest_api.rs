//! REST APIs of API Gateway: the API, its stage, and what guards its methods.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use trazo_model::Kind;

use super::http_api::asked;
use super::methods;
use super::network::made_anew;
use super::parts::{As, Props, Reading, Row, texts};
use super::template::Resource;
use super::value::{Form, Val};

const ROWS: &[Row] = &[
    ("Description", "description", As::Text),
    ("ApiKeySourceType", "keySource", As::Text),
    ("BinaryMediaTypes", "binaryMediaTypes", As::Texts),
    ("MinimumCompressionSize", "minCompression", As::Int),
    ("DisableExecuteApiEndpoint", "disableExecuteApiEndpoint", As::Flag),
    ("EndpointConfiguration.VpcEndpointIds", "vpcEndpoints", As::Texts),
];

/// Names by logical id, of what methods refer to.
#[derive(Default)]
pub(super) struct Named<'a> {
    pub authorizers: BTreeMap<&'a str, String>,
    pub models: BTreeMap<&'a str, String>,
    /// Which of body and parameters a validator looks at.
    pub validators: BTreeMap<&'a str, &'static str>,
}

pub(super) fn read(reading: &mut Reading<'_>) {
    let template = reading.template;
    for api in template.of_type("AWS::ApiGateway::RestApi") {
        let node = reading.add(Kind::RestApi, api, api.text("Name"));
        reading.tags(node, api, &[]);
        let mut props = Props::default();
        props.copy(&api.properties, ROWS);
        let kind = api.items("EndpointConfiguration.Types").first().and_then(Val::text);
        props.put("endpoint", kind.unwrap_or_else(|| "EDGE".to_owned()), api.line);
        if let Some(policy) = api.at("Policy").filter(|_| api.at("EndpointConfiguration.VpcEndpointIds").is_some()) {
            policy.ignore();
        }
        stage(reading, api, node, &mut props);
        let mut named = Named::default();
        guards(reading, api, node, &mut named, &mut props);
        keys(reading, api, node, &mut props);
        reading.nodes[node].props = props;
        methods::read(reading, api, node, &named);
    }
    account(reading);
}

fn stage<'a>(reading: &mut Reading<'a>, api: &'a Resource, node: usize, props: &mut Props) {
    let template = reading.template;
    for deployment in template.users(&api.id, "AWS::ApiGateway::Deployment") {
        if let Some(name) = deployment.at("StageName").and_then(|name| super::task::reading_text(reading, name)) {
            props.put("stageName", name, deployment.line);
        }
        deployment.pass_over();
        reading.own(deployment, node);
    }
    let Some(stage) = template.users(&api.id, "AWS::ApiGateway::Stage").next() else { return };
    reading.own(stage, node);
    for usual in ["RestApiId", "DeploymentId", "Tags"] {
        stage.at(usual).map(Val::ignore);
    }
    if let Some(name) = stage.at("StageName").and_then(|name| super::task::reading_text(reading, name)) {
        props.put("stageName", name, stage.line);
    }
    props.copy(&stage.properties, &[("TracingEnabled", "tracing", As::Flag)]);
    for settings in stage.items("MethodSettings") {
        let text = |key: &str| settings.get(key).and_then(Val::text).unwrap_or_default();
        if text("HttpMethod") != "*" || text("ResourcePath") != "/*" {
            continue;
        }
        let number = |key: &str| settings.get(key).and_then(Val::int);
        if let (Some(burst), Some(rate)) = (number("ThrottlingBurstLimit"), number("ThrottlingRateLimit")) {
            props.put("throttling", json!({ "enabled": true, "rate": rate, "burst": burst }), settings.line);
        }
        if let Some(level) = settings.get("LoggingLevel").and_then(Val::text) {
            props.put("executionLogs", level.to_lowercase(), settings.line);
        }
        if let Some(trace) = settings.get("DataTraceEnabled").filter(|trace| trace.flag() == Some(false)) {
            trace.mark();
        }
        props.copy(settings, &[("MetricsEnabled", "metrics", As::Flag)]);
    }
    if let Some(logs) = stage.at("AccessLogSetting") {
        props.put("accessLogs.enabled", true, logs.line);
        if let Some(group) = logs.get("DestinationArn").and_then(Val::names).and_then(|id| template.get(id)) {
            let days = group.at("RetentionInDays").and_then(Val::int).unwrap_or(0);
            props.put("accessLogs.retentionDays", days, group.line);
            group.pass_over();
            reading.own(group, node);
        }
        logs.ignore();
    }
    let mut variables: Vec<Json> = Vec::new();
    for (name, value) in stage.at("Variables").into_iter().flat_map(Val::entries) {
        variables.extend(reading.wording(value).map(|text| json!({ "name": name, "value": text })));
    }
    if !variables.is_empty() {
        props.put("stageVariables", variables, stage.line);
    }
    // A stage waits for the setting of the account by which it may write logs; where it does not, the account has one already.
    let sets = template.of_type("AWS::ApiGateway::Account").next();
    let waits = |set: &Resource| stage.depends_on.contains(&set.id) || set.depends_on.is_empty();
    if !sets.is_some_and(waits) {
        let logs = props.sets.iter().any(|(path, value, _)| {
            (path == "accessLogs.enabled" && *value == true) || (path == "executionLogs" && *value != "off")
        });
        if logs {
            props.put("logsRole", "account", stage.line);
        }
    }
}

fn guards<'a>(reading: &mut Reading<'a>, api: &'a Resource, node: usize, named: &mut Named<'a>, props: &mut Props) {
    let template = reading.template;
    let mut all = Vec::new();
    for model in template.users(&api.id, "AWS::ApiGateway::Model") {
        reading.own(model, node);
        let name = model.text("Name").unwrap_or_else(|| model.id.clone());
        let schema = model.at("Schema").map(|schema| {
            let text =
                schema.text().unwrap_or_else(|| serde_json::to_string_pretty(&schema.json()).unwrap_or_default());
            schema.ignore();
            text
        });
        let kind = model.text("ContentType").unwrap_or_else(|| "application/json".to_owned());
        model.at("RestApiId").map(Val::names);
        all.push(json!({ "name": name, "contentType": kind, "schema": schema.unwrap_or_default() }));
        named.models.insert(&model.id, name);
    }
    props.put("models", all, api.line);
    for validator in template.users(&api.id, "AWS::ApiGateway::RequestValidator") {
        let flag = |key: &str| validator.at(key).and_then(Val::flag).unwrap_or(false);
        let word = match (flag("ValidateRequestBody"), flag("ValidateRequestParameters")) {
            (true, true) => "all",
            (true, false) => "body",
            (false, true) => "params",
            (false, false) => "none",
        };
        named.validators.insert(&validator.id, word);
        validator.pass_over();
        reading.own(validator, node);
    }
    let mut all = Vec::new();
    for authorizer in template.users(&api.id, "AWS::ApiGateway::Authorizer") {
        reading.own(authorizer, node);
        let (name, json) = one_authorizer(reading, authorizer);
        named.authorizers.insert(&authorizer.id, name);
        all.push(json);
    }
    props.put("authorizers", all, api.line);
}

fn one_authorizer<'a>(reading: &mut Reading<'a>, authorizer: &'a Resource) -> (String, Json) {
    let mut one = Props::default();
    let line = authorizer.line;
    let name = authorizer.text("Name").unwrap_or_else(|| authorizer.id.clone());
    one.put("name", name.as_str(), line);
    let word = match authorizer.text("Type").as_deref() {
        Some("TOKEN") => "token",
        Some("REQUEST") => "request",
        _ => "cognito",
    };
    one.put("type", word, line);
    authorizer.at("RestApiId").map(Val::names);
    if let Some(source) = authorizer.text("IdentitySource") {
        if word == "request" {
            one.put("sources", source.split(',').map(|part| part.trim().to_owned()).collect::<Vec<_>>(), line);
        } else {
            one.put("header", source.trim_start_matches("method.request.header."), line);
        }
    }
    let mut pools = Vec::new();
    for pool in authorizer.items("ProviderARNs") {
        pools.extend(reading.wording(pool));
    }
    if !pools.is_empty() {
        one.put("userPools", pools, line);
    }
    if word != "cognito" {
        one.copy(&authorizer.properties, &[("AuthorizerResultTtlInSeconds", "ttl", As::Int)]);
        asked(reading, authorizer, &mut one);
    }
    (name, one.json())
}

fn keys<'a>(reading: &mut Reading<'a>, api: &'a Resource, node: usize, props: &mut Props) {
    let template = reading.template;
    let mut plans: BTreeMap<&'a str, String> = BTreeMap::new();
    let mut all = Vec::new();
    for plan in template.users(&api.id, "AWS::ApiGateway::UsagePlan") {
        reading.own(plan, node);
        let name = plan.text("UsagePlanName").unwrap_or_else(|| plan.id.clone());
        let number = |path: &str| plan.at(path).and_then(Val::int);
        let mut one = Props::default();
        one.put("name", name.as_str(), plan.line);
        one.put("throttling.enabled", plan.at("Throttle").is_some(), plan.line);
        one.put("quota.enabled", plan.at("Quota").is_some(), plan.line);
        for (path, field) in [
            ("Throttle.RateLimit", "throttling.rate"),
            ("Throttle.BurstLimit", "throttling.burst"),
            ("Quota.Limit", "quota.limit"),
        ] {
            if let Some(number) = number(path) {
                one.put(field, number, plan.line);
            }
        }
        one.copy(&plan.properties, &[("Quota.Period", "quota.period", As::Text)]);
        for usual in ["ApiStages", "Tags"] {
            plan.at(usual).map(Val::ignore);
        }
        plans.insert(&plan.id, name);
        all.push(one.json());
    }
    props.put("usagePlans", all, api.line);
    let only = template.of_type("AWS::ApiGateway::RestApi").nth(1).is_none();
    let mut all = Vec::new();
    for key in template.of_type("AWS::ApiGateway::ApiKey") {
        let member = template.users(&key.id, "AWS::ApiGateway::UsagePlanKey").next();
        let plan = member.and_then(|member| member.names("UsagePlanId")).and_then(|id| plans.get(id));
        // A key without a plan is of the API that it was written with: where there are several, of that whose name it begins with.
        let own = plan.is_some() || (member.is_none() && (only || is_near(reading, node, key)));
        if !own || reading.owner(&key.id).is_some() {
            continue;
        }
        reading.own(key, node);
        if let Some(member) = member {
            member.pass_over();
            reading.own(member, node);
        }
        let mut one = Props::default();
        one.put("name", key.text("Name").unwrap_or_default(), key.line);
        one.put("enabled", key.at("Enabled").and_then(Val::flag).unwrap_or(false), key.line);
        if let Some(plan) = plan {
            one.put("plan", plan.as_str(), key.line);
        }
        for usual in ["Tags", "StageKeys"] {
            key.at(usual).map(Val::ignore);
        }
        all.push(one.json());
    }
    props.put("apiKeys", all, api.line);
}

/// Whether the logical id of a key begins as that of the API.
fn is_near(reading: &Reading<'_>, node: usize, key: &Resource) -> bool {
    let api = reading.nodes[node].key.trim_end_matches("RestApi");
    key.id.starts_with(api)
}

/// The setting of the account by which API Gateway may write logs.
fn account(reading: &mut Reading<'_>) {
    let template = reading.template;
    let Some(account) = template.of_type("AWS::ApiGateway::Account").next() else { return };
    let Some(first) = reading.nodes.iter().position(|node| node.kind == Kind::RestApi) else { return };
    reading.own(account, first);
    let Some(role) = account.at("CloudWatchRoleArn") else { return };
    match role.names() {
        Some(id) => {
            let known = template.get(id).is_some();
            if known {
                made_anew(reading, Some(id), first);
            }
        }
        None => {
            let arn = role.text();
            role.ignore();
            reading.lab |= super::roles::lab(role);
            if let (Some(arn), false) = (arn, matches!(role.form, Form::Sub(_))) {
                for node in 0..reading.nodes.len() {
                    if reading.nodes[node].kind == Kind::RestApi && logs(reading, node) && !has_role(reading, node) {
                        reading.props(node).put("logsRole", "existing", role.line);
                        reading.props(node).put("logsRoleArn", arn.as_str(), role.line);
                    }
                }
            }
        }
    }
}

fn logs(reading: &Reading<'_>, node: usize) -> bool {
    reading.nodes[node].props.sets.iter().any(|(path, value, _)| {
        (path == "accessLogs.enabled" && *value == true) || (path == "executionLogs" && *value != "off")
    })
}

fn has_role(reading: &Reading<'_>, node: usize) -> bool {
    reading.nodes[node].props.sets.iter().any(|(path, ..)| path == "logsRole")
}

/// The origin that scripts may come from, where no method but what API Gateway itself answers says it.
pub(super) fn cors_of_answers(reading: &mut Reading<'_>, node: usize, response: &Resource) {
    let known = reading.nodes[node].props.sets.iter().any(|(path, ..)| path == "cors.enabled");
    let headers = response.at("ResponseParameters");
    let origin = headers.and_then(|all| all.get("gatewayresponse.header.Access-Control-Allow-Origin")?.text());
    if let Some(origin) = origin.filter(|_| !known) {
        let props = reading.props(node);
        props.put("cors.enabled", true, response.line);
        props.put("cors.origin", origin.trim_matches('\''), response.line);
    }
}

/// The headers of CORS that methods without a backend answer.
pub(super) fn cors(reading: &mut Reading<'_>, node: usize, method: &Resource) {
    let responses = method.items("Integration.IntegrationResponses");
    let headers = responses.iter().find_map(|response| response.get("ResponseParameters"));
    let line = method.line;
    let mut props = Props::default();
    props.put("cors.enabled", true, line);
    for (key, value) in headers.into_iter().flat_map(Val::entries) {
        let Some(text) = value.text() else { continue };
        let text = text.trim_matches('\'').to_owned();
        match key.rsplit('.').next() {
            Some("Access-Control-Allow-Origin") => props.put("cors.origin", text, line),
            Some("Access-Control-Allow-Headers") => {
                let all = text.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
                props.put("cors.headers", all.collect::<Vec<_>>(), line);
            }
            Some("Access-Control-Max-Age") => {
                if let Ok(seconds) = text.parse::<i64>() {
                    props.put("cors.maxAge", seconds, line);
                }
            }
            Some("Access-Control-Allow-Credentials") => props.put("cors.credentials", text == "true", line),
            _ => {}
        }
    }
    reading.props(node).sets.extend(props.sets);
}

/// Texts of a list, where all are texts.
pub(super) fn words(value: Option<&Val>) -> Vec<String> {
    value.and_then(texts).unwrap_or_default()
}
