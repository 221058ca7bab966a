//! API keys and usage plans of REST APIs.

use trazo_stack::{Expr, Value, join};

use super::{EXISTS, GONE, PAGE, patch, property};
use crate::Service::ApiGateway as Gateway;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::tags;
use crate::template::members;
use crate::wording::{camel, renamed};

/// `AWS::ApiGateway::ApiKey`. Its value, which the answer tells, is nothing that is kept.
pub(crate) fn api_key(m: &mut Maker<'_>) {
    let name = m.name("Name", 1024);
    let mut input = camel(m.rest(), &[]);
    input.insert("name".to_owned(), name.clone());
    input.insert("tags".to_owned(), tags::entries(m.tags()));
    let find = Find::new(Gateway, "GetApiKeys", [("nameQuery", name), ("limit", PAGE.into())], "items");
    let find = find.tagged(m.tagged("tags"));
    let undo = Undo::new(Gateway, "DeleteApiKey", [("apiKey", m.own())]).gone(GONE);
    m.make("", Gateway, "CreateApiKey", input)
        .gives("", "id")
        .gives("APIKeyId", "id")
        .undo(undo)
        .find(Repeat::Again, find);
}

/// `AWS::ApiGateway::UsagePlan`. Its stages are taken out of it first: with one it cannot be taken away.
pub(crate) fn usage_plan(m: &mut Maker<'_>) {
    let name = m.name("UsagePlanName", 1024);
    let stages = stages(&property(m, "ApiStages"));
    let mut input = members([("name", name)]);
    input.extend(camel(m.rest(), &[]));
    renamed(&mut input, "usagePlanName", "name");
    input.insert("tags".to_owned(), tags::entries(m.tags()));
    let own = m.own();
    let find = Find::new(Gateway, "GetUsagePlans", [("limit", PAGE.into())], "items").tagged(m.tagged("tags"));
    let step =
        m.make("", Gateway, "CreateUsagePlan", input).gives("", "id").gives("Id", "id").find(Repeat::Again, find);
    if !stages.is_empty() {
        let input = [("usagePlanId", own.clone()), ("patchOperations", Expr::List(stages).into())];
        // A stage that was taken out before is refused; whether all went well the next call tells.
        step.undo(Undo::new(Gateway, "UpdateUsagePlan", input).gone(GONE).gone(&["BadRequestException"]));
    }
    step.undo(Undo::new(Gateway, "DeleteUsagePlan", [("usagePlanId", own)]).gone(GONE));
}

/// The changes that take all stages out of a plan.
fn stages(list: &Value) -> Vec<Value> {
    let Expr::List(stages) = &list.expr else { return Vec::new() };
    let removed = stages.iter().filter_map(|stage| {
        let Expr::Map(members) = &stage.expr else { return None };
        let stage = join(":", vec![members.get("ApiId")?.clone(), members.get("Stage")?.clone()]);
        Some(patch("remove", "/apiStages", stage))
    });
    removed.collect()
}

/// `AWS::ApiGateway::UsagePlanKey`.
pub(crate) fn usage_plan_key(m: &mut Maker<'_>) {
    let (plan, key) = (property(m, "UsagePlanId"), property(m, "KeyId"));
    let input = camel(m.rest(), &[]);
    let find = [("usagePlanId", plan.clone()), ("limit", PAGE.into())];
    let find = Find::new(Gateway, "GetUsagePlanKeys", find, "items").missing(GONE).matching("id", key.clone());
    m.make("", Gateway, "CreateUsagePlanKey", input)
        .gives("", "id")
        .undo(Undo::new(Gateway, "DeleteUsagePlanKey", [("usagePlanId", plan), ("keyId", key)]).gone(GONE))
        .find(EXISTS, find);
}
