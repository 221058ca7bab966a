//! Deployments and stages of a REST API.

use trazo_stack::{Expr, Object, Value};

use super::{EXISTS, GONE, api, destination, patch};
use crate::Service::ApiGateway as Gateway;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::Undo;
use crate::tags;
use crate::template::members;
use crate::wording::camel;

/// Settings of methods: as CloudFormation names them, and where the API has them.
///
/// <https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html>
const SETTINGS: &[(&str, &str)] = &[
    ("CacheDataEncrypted", "caching/dataEncrypted"),
    ("CacheTtlInSeconds", "caching/ttlInSeconds"),
    ("CachingEnabled", "caching/enabled"),
    ("DataTraceEnabled", "logging/dataTrace"),
    ("LoggingLevel", "logging/loglevel"),
    ("MetricsEnabled", "metrics/enabled"),
    ("ThrottlingBurstLimit", "throttling/burstLimit"),
    ("ThrottlingRateLimit", "throttling/rateLimit"),
];

/// `AWS::ApiGateway::Deployment`. A second one is the same once more, and goes with the API as the first does.
pub(crate) fn deployment(m: &mut Maker<'_>) {
    let input = camel(m.rest(), &[]);
    m.make("", Gateway, "CreateDeployment", input).gives("", "id").gives("DeploymentId", "id");
}

/// `AWS::ApiGateway::Stage`, then the settings that it can only be given afterwards.
pub(crate) fn stage(m: &mut Maker<'_>) {
    let settings = m.take_items("MethodSettings");
    let logs = m.take("AccessLogSetting");
    let mut input = camel(m.rest(), &["Variables"]);
    input.insert("tags".to_owned(), tags::entries(m.tags()));
    let name = input.get("stageName").cloned().unwrap_or_else(|| Expr::Null.into());
    let at = || [("restApiId", api(m)), ("stageName", name.clone())];
    let find = Find::new(Gateway, "GetStage", at(), "").missing(GONE).tagged(m.tagged("tags"));
    let undo = Undo::new(Gateway, "DeleteStage", at()).gone(GONE);
    let mut changes = members(at());
    m.make("", Gateway, "CreateStage", input).gives("", "stageName").undo(undo).find(EXISTS, find);
    let mut patches: Vec<Value> = settings.into_iter().flat_map(method_setting).collect();
    if let Some(Expr::Map(logs)) = logs.map(|logs| logs.expr) {
        patches.extend(logs.into_iter().filter_map(|(member, value)| match member.as_str() {
            "DestinationArn" => {
                Some(patch("replace", "/accessLogSettings/destinationArn", destination(m.stack, value)))
            }
            "Format" => Some(patch("replace", "/accessLogSettings/format", value)),
            _ => None,
        }));
    }
    if !patches.is_empty() {
        changes.insert("patchOperations".to_owned(), Expr::List(patches).into());
        m.make("settings", Gateway, "UpdateStage", changes)
            // The account was given its role a moment ago.
            .patience("BadRequestException", "role ARN must be set in account settings");
    }
}

fn method_setting(setting: Value) -> Vec<Value> {
    let Expr::Map(setting) = setting.expr else { return Vec::new() };
    let at = path(&setting);
    let known = SETTINGS.iter().filter_map(|(name, end)| {
        let value = setting.get(*name)?.clone();
        Some(patch("replace", &format!("{at}/{end}"), value))
    });
    known.collect()
}

/// Which methods a setting is for: `/*/*` for all. Slashes inside a path are written `~1`.
fn path(setting: &Object) -> String {
    let text = |name: &str| setting.get(name).and_then(Value::as_str).unwrap_or("*");
    let resource = text("ResourcePath");
    let resource = if resource == "/*" { "*".to_owned() } else { resource.replace('~', "~0").replace('/', "~1") };
    format!("/{resource}/{}", text("HttpMethod"))
}
