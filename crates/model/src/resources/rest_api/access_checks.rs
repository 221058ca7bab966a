//! What can be wrong with the keys, usage plans and authorizers of a REST API.

use std::fmt::Display;

use super::checks::{any_route, check_of};
use super::{AuthorizerType, KeySource, RestApi, UsagePlan};
use crate::commands::remove_item;
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Edit, Node, Target};

const PLANS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html";
const LAMBDA: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html";
const SOURCE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html";

use Severity::{Error, Hint, Warning};

/// Methods need a key, and no key opens them.
pub(super) static NO_KEYS: Check = check_of("RST014", Error, "Forbidden", PLANS);
/// A plan that nobody is in.
pub(super) static PLAN_WITHOUT_KEYS: Check = check_of("RST015", Hint, "", PLANS);
/// A plan allows more than the stage does.
pub(super) static OVER_STAGE: Check = check_of("RST016", Warning, "", PLANS);
/// A quota that one burst uses up.
pub(super) static SMALL_QUOTA: Check = check_of("RST017", Warning, "", PLANS);
/// A key that opens nothing.
pub(super) static KEY_WITHOUT_PLAN: Check = check_of("RST018", Warning, "", PLANS);
/// Two of one name.
pub(super) static SAME_NAME: Check = check_of("RST025", Error, "", "");
/// No method asks an authorizer.
pub(super) static UNUSED_AUTHORIZER: Check = check_of("RST026", Hint, "", LAMBDA);
/// Keys come from an authorizer, and there is none that could give one.
pub(super) static NO_AUTHORIZER_FOR_KEYS: Check = check_of("RST039", Error, "", SOURCE);
/// Answers are remembered, and nothing says by what.
pub(super) static NO_SOURCE: Check = check_of("RST041", Error, "", LAMBDA);

pub(super) fn check(design: &Design, node: &Node, api: &RestApi, out: &mut Findings) {
    check_keys(design, node, api, out);
    for (index, plan) in api.usage_plans.iter().enumerate() {
        check_plan(node, api, index, plan, out);
    }
    check_authorizers(design, node, api, out);
    for (list, names) in [
        ("models", api.models.iter().map(|model| &model.name).collect::<Vec<_>>()),
        ("authorizers", api.authorizers.iter().map(|authorizer| &authorizer.name).collect()),
        ("usagePlans", api.usage_plans.iter().map(|plan| &plan.name).collect()),
        ("apiKeys", api.api_keys.iter().map(|key| &key.name).collect()),
    ] {
        for (index, name) in names.iter().enumerate() {
            if !name.is_empty() && names[..index].contains(name) {
                out.report(&SAME_NAME, &node.id).at(format!("{list}.{index}.name")).with("name", name).fix(remove_item(
                    design,
                    &Target::from(&node.id),
                    list,
                    index,
                ));
            }
        }
    }
}

fn check_keys(design: &Design, node: &Node, api: &RestApi, out: &mut Findings) {
    let has_plan = |name: &str| !name.is_empty() && api.usage_plans.iter().any(|plan| plan.name == name);
    let opens = api.api_keys.iter().any(|key| key.enabled && has_plan(&key.plan));
    if !opens && any_route(design, node, |route| route.api_key) {
        let finding = out.report(&NO_KEYS, &node.id).at("apiKeys");
        if let Some(edit) = first_key(design, node, api) {
            finding.fix(edit);
        }
    }
    let only = if let [plan] = api.usage_plans.as_slice() { Some(&plan.name) } else { None };
    for (index, key) in api.api_keys.iter().enumerate().filter(|(_, key)| key.plan.is_empty()) {
        let field = format!("apiKeys.{index}.plan");
        let finding = out.report(&KEY_WITHOUT_PLAN, &node.id).at(field.clone()).with("key", &key.name);
        if let Some(plan) = only.filter(|name| !name.is_empty()) {
            finding.fix(Edit::set(&node.id, field, plan.as_str()));
        }
    }
    for (index, plan) in api.usage_plans.iter().enumerate() {
        if !plan.name.is_empty() && !api.api_keys.iter().any(|key| key.plan == plan.name) {
            let field = format!("usagePlans.{index}.name");
            out.report(&PLAN_WITHOUT_KEYS, &node.id).at(field).with("plan", &plan.name);
        }
    }
}

/// A key in the first usage plan; where there is no plan, a plan too. Nothing where there are keys to choose from.
fn first_key(design: &Design, node: &Node, api: &RestApi) -> Option<Edit> {
    if !api.api_keys.is_empty() {
        return None;
    }
    let target = Target::from(&node.id);
    let name = "cliente";
    let plan = match api.usage_plans.first() {
        Some(plan) if plan.name.is_empty() => return None,
        Some(plan) => plan.name.clone(),
        None => "basico".to_owned(),
    };
    let key = serde_json::json!({ "name": name, "plan": plan });
    let mut edits = Vec::new();
    if api.usage_plans.is_empty() {
        let plan = serde_json::to_value(UsagePlan { name: plan, ..UsagePlan::default() }).unwrap_or_default();
        edits.push(crate::commands::push_item(design, &target, "usagePlans", plan));
    }
    edits.push(crate::commands::push_item(design, &target, "apiKeys", key));
    Some(Edit::Batch(edits))
}

fn check_plan(node: &Node, api: &RestApi, index: usize, plan: &UsagePlan, out: &mut Findings) {
    let at = |field: &str| format!("usagePlans.{index}.{field}");
    let mut report = |check: &'static Check, field: String, value: &dyn Display, most: i64| {
        let finding = out.report(check, &node.id).at(field.clone());
        finding.with("plan", &plan.name).with("value", value).with("most", most).fix(Edit::set(&node.id, field, most));
    };
    let limits = &plan.throttling;
    if limits.enabled && api.throttling.enabled {
        for (field, value, most) in [
            ("throttling.rate", limits.rate, api.throttling.rate),
            ("throttling.burst", limits.burst, api.throttling.burst),
        ] {
            if value > most {
                report(&OVER_STAGE, at(field), &value, most);
            }
        }
    }
    if limits.enabled && plan.quota.enabled && plan.quota.limit < limits.burst {
        report(&SMALL_QUOTA, at("throttling.burst"), &limits.burst, plan.quota.limit.max(1));
    }
}

fn check_authorizers(design: &Design, node: &Node, api: &RestApi, out: &mut Findings) {
    for (index, authorizer) in api.authorizers.iter().enumerate() {
        let name = &authorizer.name;
        if !name.is_empty() && !any_route(design, node, |route| route.authorizer == *name) {
            let field = format!("authorizers.{index}.name");
            out.report(&UNUSED_AUTHORIZER, &node.id).at(field).with("authorizer", name);
        }
        let request = authorizer.kind == AuthorizerType::Request;
        if request && authorizer.ttl > 0 && authorizer.sources.is_empty() {
            let field = format!("authorizers.{index}.sources");
            let source = serde_json::json!(["method.request.header.Authorization"]);
            let finding = out.report(&NO_SOURCE, &node.id).at(field.clone()).with("authorizer", name);
            finding.fix(Edit::set(&node.id, field, source));
        }
    }
    let lambda = api.authorizers.iter().any(|authorizer| authorizer.kind != AuthorizerType::Cognito);
    if api.key_source == KeySource::Authorizer && !lambda {
        let header = Edit::set(&node.id, "keySource", "HEADER");
        out.report(&NO_AUTHORIZER_FOR_KEYS, &node.id).at("keySource").fix(header);
    }
}
