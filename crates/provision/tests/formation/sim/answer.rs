//! The operations, with the answers and refusals that AWS documents.

use serde_json::{Value as Json, json};
use trazo_calls::Call;
use trazo_provision::CallError;

use super::account::{Account, SimSet, SimStack};
use super::refusal;

/// How much is on a page: little, so that every reader has to turn pages.
const PAGE: usize = 3;

pub(crate) fn answer(account: &mut Account, call: &Call) -> Result<Json, CallError> {
    let text = |key: &str| call.input.get(key).and_then(Json::as_str).unwrap_or_default();
    match call.operation {
        "ValidateTemplate" => match serde_json::from_str::<Json>(text("TemplateBody")) {
            Ok(_) => Ok(json!({})),
            Err(_) => Err(refusal(call, 400, "ValidationError", "Template format error: JSON not well-formed.")),
        },
        "DescribeStacks" => describe_stacks(account, call, text("StackName")),
        "CreateChangeSet" => create(account, call),
        "DescribeChangeSet" => {
            let set = find(account, text("StackName"), text("ChangeSetName"))
                .ok_or_else(|| refusal(call, 404, "ChangeSetNotFound", "ChangeSet [x] does not exist"))?;
            let (changes, next) = page(&set.changes, call);
            Ok(json!({
                "ChangeSetId": set.id, "ChangeSetName": set.name, "StackId": set.stack, "Status": set.status,
                "ExecutionStatus": set.execution, "StatusReason": set.reason, "Changes": changes, "NextToken": next,
            }))
        }
        "ListChangeSets" => {
            let sets = account.sets.iter().filter(|it| it.stack == text("StackName"));
            let all: Vec<Json> = sets.map(|it| json!({ "ChangeSetId": it.id, "Status": it.status })).collect();
            Ok(json!({ "Summaries": all }))
        }
        "DeleteChangeSet" => {
            account.sets.retain(|it| it.id != text("ChangeSetName"));
            Ok(json!({}))
        }
        "ExecuteChangeSet" => execute(account, call),
        "DescribeStackEvents" => {
            let stack = stack(account, call, text("StackName"))?;
            let newest: Vec<Json> = stack.events.iter().rev().cloned().collect();
            let (events, next) = page(&newest, call);
            Ok(json!({ "StackEvents": events, "NextToken": next }))
        }
        "DescribeEvents" => Ok(json!({ "OperationEvents": [] })),
        other => second(account, call, other),
    }
}

fn second(account: &mut Account, call: &Call, operation: &str) -> Result<Json, CallError> {
    let text = |key: &str| call.input.get(key).and_then(Json::as_str).unwrap_or_default();
    let texts = |key: &str| -> Vec<String> {
        let items = call.input.get(key).and_then(Json::as_array).into_iter().flatten();
        items.filter_map(Json::as_str).map(str::to_owned).collect()
    };
    match operation {
        "ListStackResources" => {
            let sticks: Vec<String> = account.sticks.keys().cloned().collect();
            let stack = stack(account, call, text("StackName"))?;
            let one = |(id, thing): (&String, &super::account::Thing)| {
                let status = if sticks.contains(id) { "DELETE_FAILED" } else { "CREATE_COMPLETE" };
                json!({ "LogicalResourceId": id, "PhysicalResourceId": thing.physical, "ResourceType": thing.kind,
                    "ResourceStatus": status })
            };
            let all: Vec<Json> = stack.things.iter().map(one).collect();
            let (resources, next) = page(&all, call);
            Ok(json!({ "StackResourceSummaries": resources, "NextToken": next }))
        }
        "DeleteStack" => {
            let Some(at) = account.at(text("StackName")) else { return Ok(json!({})) };
            if account.stacks[at].status != "DELETE_IN_PROGRESS" && account.stacks[at].status != "DELETE_COMPLETE" {
                account.delete(at, &texts("RetainResources"));
            }
            Ok(json!({}))
        }
        "CancelUpdateStack" => {
            let found = stack(account, call, text("StackName"))?;
            if found.status != "UPDATE_IN_PROGRESS" {
                let words = "CancelUpdateStack cannot be called from current stack status";
                return Err(refusal(call, 400, "ValidationError", words));
            }
            let Some(at) = account.at(text("StackName")) else { return Ok(json!({})) };
            account.stacks[at].todo = [
                super::account::whole("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated"),
                super::account::whole("UPDATE_ROLLBACK_COMPLETE", ""),
            ]
            .into();
            Ok(json!({}))
        }
        "ContinueUpdateRollback" => {
            let Some(at) = account.at(text("StackName")) else { return Ok(json!({})) };
            account.step(at, super::account::whole("UPDATE_ROLLBACK_IN_PROGRESS", ""));
            account.stacks[at].todo = [super::account::whole("UPDATE_ROLLBACK_COMPLETE", "")].into();
            Ok(json!({}))
        }
        "DetectStackDrift" => Ok(json!({ "StackDriftDetectionId": "drift1" })),
        "DescribeStackDriftDetectionStatus" => Ok(json!({ "DetectionStatus": "DETECTION_COMPLETE" })),
        "DescribeStackResourceDrifts" => {
            let (drifts, next) = page(&account.drifts, call);
            Ok(json!({ "StackResourceDrifts": drifts, "NextToken": next }))
        }
        "GetResources" => {
            let things = account.stacks.iter().flat_map(|it| it.things.values());
            let arn = |physical: &str| json!({ "ResourceARN": format!("arn:aws:ecs:us-east-1:1:x/{physical}") });
            Ok(json!({ "ResourceTagMappingList": things.map(|it| arn(&it.physical)).collect::<Vec<_>>() }))
        }
        other => Err(refusal(call, 400, "InvalidAction", other)),
    }
}

fn stack<'a>(account: &'a Account, call: &Call, name: &str) -> Result<&'a SimStack, CallError> {
    account
        .at(name)
        .map(|at| &account.stacks[at])
        .ok_or_else(|| refusal(call, 400, "ValidationError", &format!("Stack [{name}] does not exist")))
}

fn find<'a>(account: &'a Account, stack: &str, name: &str) -> Option<&'a SimSet> {
    let id = account.at(stack).map(|at| account.stacks[at].id.as_str())?;
    account.sets.iter().find(|it| it.stack == id && (it.name == name || it.id == name))
}

fn page(all: &[Json], call: &Call) -> (Vec<Json>, Json) {
    // As on AWS, a token says where the page begins counted from the oldest: what is new does not move it.
    let left = call.input.get("NextToken").and_then(Json::as_str).and_then(|it| it.parse().ok()).unwrap_or(all.len());
    let from = all.len() - left;
    let until = (from + PAGE).min(all.len());
    let next = if until < all.len() { json!((all.len() - until).to_string()) } else { Json::Null };
    (all[from..until].to_vec(), next)
}

fn describe_stacks(account: &Account, call: &Call, name: &str) -> Result<Json, CallError> {
    let told = |it: &SimStack| {
        let outputs: Vec<Json> = match it.status.as_str() {
            "CREATE_COMPLETE" | "UPDATE_COMPLETE" => it.template["Outputs"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, value)| json!({ "OutputKey": key, "OutputValue": value["Value"] }))
                .collect(),
            _ => Vec::new(),
        };
        json!({
            "StackId": it.id, "StackName": it.name, "StackStatus": it.status, "StackStatusReason": it.reason,
            "CreationTime": "t0", "LastUpdatedTime": it.updated, "ChangeSetId": it.change_set, "Tags": it.tags,
            "Outputs": outputs,
        })
    };
    if name.is_empty() {
        let all: Vec<Json> = account.alive().into_iter().map(told).collect();
        let (stacks, next) = page(&all, call);
        return Ok(json!({ "Stacks": stacks, "NextToken": next }));
    }
    match account.at(name) {
        Some(at) => Ok(json!({ "Stacks": [told(&account.stacks[at])] })),
        None => Err(refusal(call, 400, "ValidationError", &format!("Stack with id {name} does not exist"))),
    }
}

fn create(account: &mut Account, call: &Call) -> Result<Json, CallError> {
    let text = |key: &str| call.input.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
    let (name, stack_name, token) = (text("ChangeSetName"), text("StackName"), text("ClientToken"));
    let creates = text("ChangeSetType") == "CREATE";
    let template: Json = serde_json::from_str(&text("TemplateBody")).unwrap_or_default();
    if let Some(set) = find(account, &stack_name, &name) {
        return if set.token == token {
            Ok(json!({ "Id": set.id, "StackId": set.stack }))
        } else {
            Err(refusal(call, 400, "AlreadyExistsException", "ChangeSet cannot be created"))
        };
    }
    let tags = call.input.get("Tags").cloned().unwrap_or_default();
    let found = account.at(&stack_name);
    let stack = match found {
        None if creates => {
            let id = format!("arn:aws:cloudformation:us-east-1:1:stack/{stack_name}/{}", account.number());
            account.stacks.push(SimStack {
                id: id.clone(),
                name: stack_name,
                status: String::new(),
                reason: String::new(),
                updated: String::new(),
                change_set: String::new(),
                tags: json!([]),
                template: json!({}),
                things: indexmap::IndexMap::new(),
                events: Vec::new(),
                todo: std::collections::VecDeque::new(),
                names: std::collections::BTreeMap::new(),
            });
            let at = account.stacks.len() - 1;
            account.step(at, super::account::whole("REVIEW_IN_PROGRESS", "User Initiated"));
            id
        }
        None => return Err(refusal(call, 400, "ValidationError", &format!("Stack [{stack_name}] does not exist"))),
        Some(at) => {
            let stack = &account.stacks[at];
            let (id, status) = (stack.id.clone(), stack.status.clone());
            if status.ends_with("_IN_PROGRESS") && status != "REVIEW_IN_PROGRESS" {
                let words = format!("Stack:{id} is in {status} state and can not be updated.");
                return Err(refusal(call, 400, "ValidationError", &words));
            }
            if creates != (status == "REVIEW_IN_PROGRESS") {
                let words = format!("Stack [{stack_name}] already exists and cannot be created again");
                return Err(refusal(call, 400, "ValidationError", &words));
            }
            id
        }
    };
    let before = account.at(&stack).map(|at| account.stacks[at].template.clone()).unwrap_or_default();
    let id = format!("arn:aws:cloudformation:us-east-1:1:changeSet/{name}/{}", account.number());
    let (status, execution) = ("CREATE_IN_PROGRESS".to_owned(), "UNAVAILABLE".to_owned());
    let changes = changes(&before["Resources"], &template["Resources"]);
    let reason = String::new();
    let set = SimSet { id, name, stack, creates, status, execution, reason, template, tags, changes, token };
    let told = json!({ "Id": set.id, "StackId": set.stack });
    account.sets.push(set);
    Ok(told)
}

fn changes(before: &Json, after: &Json) -> Vec<Json> {
    let change = |id: &str, kind: &Json, action: &str| {
        json!({ "Type": "Resource", "ResourceChange": {
            "Action": action, "LogicalResourceId": id, "ResourceType": kind, "Replacement": "False" } })
    };
    let mut all = Vec::new();
    for (id, resource) in after.as_object().into_iter().flatten() {
        match before.get(id) {
            None => all.push(change(id, &resource["Type"], "Add")),
            Some(old) if old != resource => all.push(change(id, &resource["Type"], "Modify")),
            Some(_) => {}
        }
    }
    for (id, resource) in before.as_object().into_iter().flatten() {
        if after.get(id).is_none() {
            all.push(change(id, &resource["Type"], "Remove"));
        }
    }
    all
}

fn execute(account: &mut Account, call: &Call) -> Result<Json, CallError> {
    let text = |key: &str| call.input.get(key).and_then(Json::as_str).unwrap_or_default();
    let Some(set) = find(account, text("StackName"), text("ChangeSetName")).cloned() else {
        return Err(refusal(call, 404, "ChangeSetNotFound", "ChangeSet [x] does not exist"));
    };
    if set.execution != "AVAILABLE" {
        let words = format!("ChangeSet [{}] cannot be executed in its current status of [{}]", set.id, set.execution);
        return Err(refusal(call, 400, "InvalidChangeSetStatus", &words));
    }
    account.sets.retain(|it| it.stack != set.stack || it.id == set.id);
    for it in &mut account.sets {
        if it.id == set.id {
            it.execution = "EXECUTE_IN_PROGRESS".to_owned();
        }
    }
    account.execute(&set);
    Ok(json!({}))
}
