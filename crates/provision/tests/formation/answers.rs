//! Answers in the very shape of AWS, with what the simulation leaves out.

use std::cell::RefCell;
use std::collections::VecDeque;

use serde_json::{Value as Json, json};
use trazo_calls::Call;
use trazo_provision::formation::{Action, Formation, Problem, Replacement};
use trazo_provision::{Answer, CallError, Caller, Later, Outgoing, Refusal, Unsent, World};
use trazo_stack::{Element, Origin, Resource, Stack, list, map};

use crate::support::{run, wish};

/// Gives prepared answers, each to the call that it is for.
struct Script {
    answers: RefCell<VecDeque<(&'static str, Json)>>,
}

impl Script {
    fn new(answers: impl IntoIterator<Item = (&'static str, Json)>) -> Self {
        Self { answers: RefCell::new(answers.into_iter().collect()) }
    }
}

impl Caller for Script {
    fn call<'a>(&'a self, call: &'a Call) -> Later<'a, Result<Json, CallError>> {
        Box::pin(async move {
            let (operation, answer) = self.answers.borrow_mut().pop_front().expect("no more calls");
            assert_eq!(call.operation, operation);
            match answer.get("refused").and_then(Json::as_str) {
                Some(code) => Err(CallError::Refused(Refusal {
                    service: call.service,
                    operation: call.operation,
                    status: 400,
                    code: code.to_owned(),
                    message: answer["message"].as_str().unwrap_or_default().to_owned(),
                    request_id: String::new(),
                })),
                None => Ok(answer),
            }
        })
    }

    fn region(&self) -> &str {
        "us-east-1"
    }
}

impl World for Script {
    fn now(&self) -> u64 {
        0
    }
    fn random(&self) -> u64 {
        0
    }
    fn sleep(&self, _millis: u32) -> Later<'_, ()> {
        Box::pin(async {})
    }
    fn send(&self, _request: Outgoing) -> Later<'_, Result<Answer, Unsent>> {
        Box::pin(async { Err(Unsent::Offline) })
    }
}

const STACK: &str = "arn:aws:cloudformation:us-east-1:123456789012:stack/trazo-tienda-1a2b3c/0f1e";
const SET: &str = "arn:aws:cloudformation:us-east-1:123456789012:changeSet/trazo-x/9d8c";

fn there(status: &str) -> Json {
    json!({ "Stacks": [{ "StackId": STACK, "StackName": "trazo-tienda-1a2b3c", "StackStatus": status,
        "CreationTime": "2026-11-22T10:00:00Z", "EnableTerminationProtection": "false",
        "Tags": [{ "Key": "trazo:design", "Value": "d1" }] }] })
}

fn design() -> Stack {
    let mut stack = Stack::default();
    let origin = Origin::whole(Element::Node("task1".into()));
    let mut task = Resource::new("AWS::ECS::TaskDefinition", origin.clone());
    let image = trazo_stack::Value::from("nginx:2").from_origin(origin.field("containers.0.image"));
    let containers = list([map([("Image", image)])]).from_origin(origin.field("containers"));
    task.set("ContainerDefinitions", containers);
    stack.resources.insert("Task".to_owned(), task.into());
    stack.resources.insert("Shop".to_owned(), Resource::new("AWS::ECS::Service", origin.clone()).into());
    stack.resources.insert("Images".to_owned(), Resource::new("AWS::ECR::Repository", origin).into());
    stack
}

/// As DescribeChangeSet answers with `IncludePropertyValues`.
fn changes() -> Json {
    json!({ "ChangeSetName": "trazo-x", "ChangeSetId": SET, "StackId": STACK, "Status": "CREATE_COMPLETE",
        "ExecutionStatus": "AVAILABLE", "Changes": [
        { "Type": "Resource", "ResourceChange": { "PolicyAction": "ReplaceAndDelete", "Action": "Modify",
            "LogicalResourceId": "Task", "PhysicalResourceId": "arn:aws:ecs:us-east-1:1:task-definition/t:1",
            "ResourceType": "AWS::ECS::TaskDefinition", "Replacement": "True", "Scope": ["Properties"], "Details": [
            { "Target": { "Attribute": "Properties", "Name": "ContainerDefinitions", "RequiresRecreation": "Always",
                "Path": "/Properties/ContainerDefinitions/0/Image", "BeforeValue": "nginx:1", "AfterValue": "nginx:2",
                "AttributeChangeType": "Modify" }, "Evaluation": "Static", "ChangeSource": "DirectModification" },
            { "Target": { "Attribute": "Tags", "RequiresRecreation": "Never" }, "Evaluation": "Static",
                "ChangeSource": "DirectModification" }] } },
        { "Type": "Resource", "ResourceChange": { "Action": "Modify", "LogicalResourceId": "Shop",
            "PhysicalResourceId": "shop", "ResourceType": "AWS::ECS::Service", "Replacement": "Conditional",
            "Scope": ["Properties"], "Details": [
            { "Target": { "Attribute": "Properties", "Name": "TaskDefinition", "RequiresRecreation": "Never" },
                "Evaluation": "Dynamic", "ChangeSource": "DirectModification" },
            { "Target": { "Attribute": "Properties", "Name": "TaskDefinition", "RequiresRecreation": "Conditionally" },
                "Evaluation": "Static", "ChangeSource": "ResourceReference", "CausingEntity": "Task" }] } },
        { "Type": "Resource", "ResourceChange": { "PolicyAction": "Retain", "Action": "Remove",
            "LogicalResourceId": "Old", "PhysicalResourceId": "old", "ResourceType": "AWS::Logs::LogGroup",
            "Scope": [], "Details": [] } },
        { "Type": "Resource", "ResourceChange": { "PolicyAction": "Delete", "Action": "Remove",
            "LogicalResourceId": "Gone", "PhysicalResourceId": "gone", "ResourceType": "AWS::ECR::Repository" } },
        { "Type": "Resource", "ResourceChange": { "Action": "Import", "LogicalResourceId": "Images",
            "PhysicalResourceId": "images", "ResourceType": "AWS::ECR::Repository" } }] })
}

#[test]
fn a_change_set_of_aws_is_read_into_what_a_person_can_judge() {
    let stack = design();
    let script = Script::new([
        ("DescribeStacks", there("UPDATE_COMPLETE")),
        ("CreateChangeSet", json!({ "Id": SET, "StackId": STACK })),
        ("DescribeChangeSet", json!({ "Status": "CREATE_PENDING" })),
        ("DescribeChangeSet", changes()),
    ]);
    let wish = wish(&crate::support::shop(1));
    let set = run(Formation::new(&script, &script).change_set(&wish, &stack)).unwrap().unwrap();
    let told: Vec<_> =
        set.changes.iter().map(|it| (it.action, it.replacement, it.kept, it.element.is_some(), it.loss)).collect();
    let tasks = Some("deploy.formation.loss.tasks");
    assert_eq!(
        told,
        [
            (Action::Replace, Replacement::Always, false, true, None),
            (Action::Change, Replacement::Conditional, false, true, tasks),
            (Action::Remove, Replacement::Never, true, false, None),
            (Action::Remove, Replacement::Never, false, false, Some("deploy.formation.loss.images")),
            (Action::Import, Replacement::Never, false, true, None),
        ]
    );
    let image = &set.changes[0].properties[0];
    assert_eq!(image.path, "ContainerDefinitions.0.Image");
    assert_eq!((image.before.as_deref(), image.after.as_deref()), (Some("nginx:1"), Some("nginx:2")));
    assert_eq!(&*image.origin.as_ref().unwrap().field, "containers.0.image", "the field that it was typed into");
    assert_eq!(set.changes[0].properties[1].path, "Tags");
    let because = &set.changes[1].properties;
    assert_eq!(because.len(), 1, "one line for one property");
    assert_eq!((because[0].because.as_str(), because[0].replacement), ("Task", Replacement::Conditional));
}

#[test]
fn what_cloudformation_finds_before_it_begins_is_told_at_the_resource() {
    let stack = design();
    let reason = "The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To \
        troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.";
    let script = Script::new([
        ("DescribeStacks", there("UPDATE_COMPLETE")),
        ("CreateChangeSet", json!({ "Id": SET, "StackId": STACK })),
        (
            "DescribeChangeSet",
            json!({ "ChangeSetId": SET, "StackId": STACK, "Status": "FAILED",
            "ExecutionStatus": "UNAVAILABLE", "StatusReason": reason }),
        ),
        (
            "DescribeEvents",
            json!({ "OperationEvents": [
            { "EventType": "STACK_EVENT", "LogicalResourceId": "Shop" },
            { "EventType": "VALIDATION_ERROR", "LogicalResourceId": "Images", "ResourceType": "AWS::ECR::Repository",
                "ValidationName": "NAME_CONFLICT_VALIDATION", "ValidationStatus": "FAILED",
                "ValidationStatusReason": "Resource of type 'AWS::ECR::Repository' with identifier 'x' already exists." }
        ] }),
        ),
        ("DeleteChangeSet", json!({})),
    ]);
    let wish = wish(&crate::support::shop(1));
    let problem = run(Formation::new(&script, &script).change_set(&wish, &stack)).unwrap().unwrap_err();
    let Problem::ChangeSetFailed { causes, .. } = problem else { panic!("{problem}") };
    assert_eq!(causes.len(), 1);
    assert_eq!(causes[0].element, Some(Element::Node("task1".into())));
    assert_eq!(causes[0].explained, Some("deploy.formation.reason.exists"));
}

#[test]
fn an_update_uses_the_values_that_the_stack_has() {
    let mut stack = crate::support::shop(1);
    let parameter = |default: Option<&str>| trazo_stack::Parameter {
        type_name: "String",
        description: String::new(),
        default: default.map(str::to_owned),
        origin: Origin::whole(Element::Design),
    };
    for (name, default) in [("Given", None), ("Had", None), ("HadDefault", Some("a")), ("NewDefault", Some("b"))] {
        stack.parameters.insert(name.to_owned(), parameter(default));
    }
    let body = crate::support::body(&stack);
    let given = std::collections::BTreeMap::from([("Given".to_owned(), "new".to_owned())]);
    let order =
        trazo_provision::formation::Order { design: "d1", name: "x", stack: &stack, body: &body, given: &given };
    let wish = trazo_provision::formation::prepare(&order).unwrap();
    let mut found = there("CREATE_COMPLETE");
    let had = |key: &str| json!({ "ParameterKey": key, "ParameterValue": "v" });
    found["Stacks"][0]["Parameters"] = json!([had("Given"), had("Had"), had("HadDefault"), had("Dropped")]);
    let script = Script::new([("DescribeStacks", found)]);
    let seen = run(Formation::new(&script, &script).find(&wish)).unwrap().unwrap().unwrap();
    let planned = trazo_provision::formation::preview(&wish, Some(&seen)).unwrap();
    let create = &planned[2].call.input;
    assert_eq!(create["ChangeSetType"], "UPDATE");
    assert_eq!(
        create["Parameters"],
        json!([
            { "ParameterKey": "Given", "ParameterValue": "new" },
            { "ParameterKey": "Had", "UsePreviousValue": true },
            { "ParameterKey": "HadDefault", "UsePreviousValue": true },
        ])
    );
    assert_eq!(create["StackName"], "trazo-tienda-1a2b3c", "the stack that is there, under its own name");
}

#[test]
fn while_an_update_tidies_up_the_successor_is_not_told_to_be_deleted() {
    let stack = design();
    let event = |id: &str, logical: &str, physical: &str, status: &str| {
        json!({ "StackId": STACK, "EventId": id, "StackName": "trazo-tienda-1a2b3c", "LogicalResourceId": logical,
            "PhysicalResourceId": physical, "ResourceType": "AWS::ECS::TaskDefinition",
            "Timestamp": "2026-11-22T10:00:00.123Z", "ResourceStatus": status })
    };
    let events = [
        event("7", "trazo-tienda-1a2b3c", STACK, "UPDATE_COMPLETE"),
        event("6", "Task", "t:1", "DELETE_COMPLETE"),
        event("5", "Task", "t:1", "DELETE_IN_PROGRESS"),
        event("4", "trazo-tienda-1a2b3c", STACK, "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"),
        event("3", "Task", "t:2", "UPDATE_COMPLETE"),
        event("2", "Task", "t:1", "UPDATE_IN_PROGRESS"),
        event("1", "trazo-tienda-1a2b3c", STACK, "UPDATE_IN_PROGRESS"),
        event("0", "Task", "t:1", "CREATE_FAILED"),
    ];
    let script = Script::new([
        ("DescribeStacks", there("UPDATE_COMPLETE")),
        ("DescribeStackEvents", json!({ "StackEvents": events })),
        ("DescribeStacks", there("UPDATE_COMPLETE")),
    ]);
    let engine = Formation::new(&script, &script);
    run(async {
        let seen = engine.look(STACK).await.unwrap().unwrap();
        let mut watch = engine.resume(&seen);
        engine.follow(&mut watch, &stack, &mut |_| {}).await.unwrap();
        let item = &watch.progress.items["Task"];
        assert_eq!(item.state, trazo_provision::formation::State::Done);
        assert_eq!(watch.progress.log.len(), 7, "what was before the operation is not part of it");
        assert!(watch.progress.causes.is_empty());
    })
    .unwrap();
}

#[test]
fn an_operation_that_tells_again_that_it_goes_on_has_not_begun_anew() {
    let stack = design();
    let event = |id: &str, logical: &str, physical: &str, status: &str, detail: &str| {
        json!({ "StackId": STACK, "EventId": id, "LogicalResourceId": logical, "PhysicalResourceId": physical,
            "ResourceStatus": status, "DetailedStatus": detail })
    };
    let events = [
        event("5", "s", STACK, "CREATE_COMPLETE", ""),
        event("4", "s", STACK, "CREATE_IN_PROGRESS", "CONFIGURATION_COMPLETE"),
        event("3", "Shop", "shop", "CREATE_COMPLETE", ""),
        event("2", "Shop", "shop", "CREATE_IN_PROGRESS", "CONFIGURATION_COMPLETE"),
        event("1", "s", STACK, "CREATE_IN_PROGRESS", ""),
        event("0", "s", STACK, "REVIEW_IN_PROGRESS", ""),
    ];
    let script = Script::new([
        ("DescribeStackEvents", json!({ "StackEvents": events })),
        ("DescribeStacks", there("CREATE_COMPLETE")),
    ]);
    let engine = Formation::new(&script, &script);
    let mut watch = trazo_provision::formation::Watch::of(STACK, "s");
    run(engine.follow(&mut watch, &stack, &mut |_| {})).unwrap().unwrap();
    assert_eq!(watch.progress.log.len(), 5);
    assert!(watch.progress.items.contains_key("Shop"));
}

#[test]
fn without_leave_to_ask_for_tags_the_stack_itself_is_believed() {
    let denied = json!({ "refused": "AccessDeniedException", "message": "User: x is not authorized" });
    let skipped = json!({ "StackId": STACK, "EventId": "1", "LogicalResourceId": "Images", "PhysicalResourceId": "i",
        "ResourceStatus": "DELETE_SKIPPED", "ResourceType": "AWS::ECR::Repository" });
    let gone = json!({ "refused": "ValidationError", "message": "Stack with id x does not exist" });
    let script = Script::new([
        ("DescribeStackEvents", json!({ "StackEvents": [skipped] })),
        ("ListStackResources", gone),
        ("GetResources", denied),
    ]);
    let left = run(Formation::new(&script, &script).leftovers("d1", STACK)).unwrap().unwrap();
    assert!(left.untold && left.alive.is_empty());
    assert_eq!(left.kept[0].name, "i");
}

#[test]
fn a_role_that_may_not_list_stacks_still_finds_its_own() {
    let denied = json!({ "refused": "AccessDenied", "message": "User: x is not authorized" });
    let script = Script::new([("DescribeStacks", denied), ("DescribeStacks", there("CREATE_COMPLETE"))]);
    let found = run(Formation::new(&script, &script).find(&wish(&crate::support::shop(1)))).unwrap().unwrap();
    assert_eq!(found.map(|it| it.id).as_deref(), Some(STACK));
    let missing = json!({ "refused": "ValidationError", "message": "Stack with id x does not exist" });
    let script = Script::new([("DescribeStacks", missing)]);
    assert_eq!(run(Formation::new(&script, &script).look("x")).unwrap(), Ok(None));
    let other = json!({ "refused": "ValidationError", "message": "1 validation error detected" });
    let script = Script::new([("DescribeStacks", other)]);
    assert!(
        run(Formation::new(&script, &script).look("x")).unwrap().is_err(),
        "not every refusal means that it is gone"
    );
}
