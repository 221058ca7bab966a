//! The way from the drawing into the account, and out again.

use std::collections::BTreeMap;

use trazo_provision::formation::{
    Action, DriftState, Formation, MAX_BODY, Operation, Order, Problem, Progress, State, prepare, preview,
    preview_delete,
};
use trazo_stack::{Element, Parameter, Resource, Stack};

use crate::sim::Sim;
use crate::support::{body, deploy, remove, run, shop, wish, wish_of};

fn node(id: &str) -> Element {
    Element::Node(id.into())
}

fn state(progress: &Progress, id: &str) -> State {
    progress.elements().into_iter().find(|(element, ..)| *element == node(id)).unwrap().1
}

#[test]
fn a_design_comes_up_and_each_element_tells_how_far_it_is() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(2);
    let mut seen: Vec<Vec<(Element, State)>> = Vec::new();
    let ended = run(async {
        let set = engine.change_set(&wish(&stack), &stack).await.unwrap();
        assert!(set.creates);
        assert_eq!(set.changes.len(), 4, "all pages");
        assert!(set.changes.iter().all(|it| it.action == Action::Add && it.loss.is_none()));
        let mut watch = engine.execute(&set).await.unwrap();
        watch.progress.expect(&set.changes);
        let mut tell = |progress: &Progress| {
            seen.push(progress.elements().into_iter().map(|(element, state, _)| (element, state)).collect());
        };
        engine.follow(&mut watch, &stack, &mut tell).await.unwrap();
        watch.progress
    })
    .unwrap();
    assert!(ended.succeeded());
    assert_eq!(ended.operation, Operation::Create);
    assert_eq!(seen[0], ["service1", "cluster1", "lb1"].map(|id| (node(id), State::Pending)));
    assert!(seen.iter().any(|it| it[0].1 == State::Active && it[2].1 == State::Pending), "one after the other");
    assert_eq!(seen.last().unwrap(), &["service1", "cluster1", "lb1"].map(|id| (node(id), State::Done)));
    assert_eq!(ended.address().unwrap().value, "http://shop.example");
    assert_eq!(ended.address().unwrap().element, Some(node("lb1")));
    let told: Vec<_> = ended.log.iter().filter(|it| it.whole).map(|it| it.status.as_str()).collect();
    assert_eq!(told, ["CREATE_IN_PROGRESS", "CREATE_COMPLETE"]);
    let tags = sim.account.borrow().stacks[0].tags.to_string();
    assert_eq!(
        tags,
        format!(
            "[{{\"Key\":\"trazo:design\",\"Value\":\"d1\"}},{{\"Key\":\"trazo:deployment\",\"Value\":\"{}\"}}]",
            wish(&stack).stack_name
        )
    );
}

#[test]
fn what_was_changed_is_updated_and_the_same_again_is_no_change() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    run(async {
        deploy(engine, &shop(1)).await.unwrap();
        let mut stack = shop(3);
        stack.resources.shift_remove("PublicLoadBalancer");
        let set = engine.change_set(&wish(&stack), &stack).await.unwrap();
        assert!(!set.creates);
        let told: Vec<_> = set.changes.iter().map(|it| (it.logical.as_str(), it.action, it.loss)).collect();
        let address = Some("deploy.formation.loss.address");
        assert_eq!(told, [("ShopService", Action::Change, None), ("PublicLoadBalancer", Action::Remove, address)]);
        let mut watch = engine.execute(&set).await.unwrap();
        watch.progress.expect(&set.changes);
        engine.follow(&mut watch, &stack, &mut |_| {}).await.unwrap();
        assert!(watch.progress.succeeded());
        assert_eq!(watch.progress.operation, Operation::Update);
        assert_eq!(watch.progress.items["PublicLoadBalancer"].state, State::Removed);
        assert_eq!(state(&watch.progress, "service1"), State::Done);
        assert_eq!(engine.change_set(&wish(&stack), &stack).await, Err(Problem::NoChanges));
        let account = sim.account.borrow();
        assert!(account.sets.iter().all(|it| it.status != "FAILED"), "failed change sets are thrown away");
        assert_eq!(account.made.values().copied().collect::<Vec<_>>(), [1, 1, 1, 1], "nothing was made twice");
    })
    .unwrap();
}

#[test]
fn a_failed_creation_names_its_cause_and_has_to_be_deleted_first() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let reason = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.";
    sim.account.borrow_mut().fails.insert("ShopService".to_owned(), reason.to_owned());
    let stack = shop(1);
    run(async {
        let progress = deploy(engine, &stack).await.unwrap();
        assert!(progress.ended && !progress.succeeded() && progress.rolling_back);
        assert_eq!(progress.status, "ROLLBACK_COMPLETE");
        let causes: Vec<_> = progress.causes.iter().map(|it| (it.logical.as_str(), it.explained)).collect();
        assert_eq!(
            causes,
            [("ShopService", Some("deploy.formation.reason.circuit_breaker"))],
            "not what was cancelled"
        );
        assert_eq!(progress.causes[0].element, Some(node("service1")));
        let elements = progress.elements();
        let failed = elements.iter().find(|it| it.1 == State::Failed).unwrap();
        assert_eq!((&failed.0, failed.2), (&node("service1"), reason), "the reason stays at the element");
        assert_eq!(state(&progress, "cluster1"), State::Undone);
        let Err(Problem::MustDelete { status, .. }) = engine.change_set(&wish(&stack), &stack).await else {
            panic!("it can only be deleted")
        };
        assert_eq!(status, "ROLLBACK_COMPLETE");
        sim.account.borrow_mut().fails.clear();
        remove(engine, &stack).await.unwrap();
        assert!(deploy(engine, &stack).await.unwrap().succeeded());
    })
    .unwrap();
}

#[test]
fn a_failed_update_goes_back_and_one_that_cannot_is_continued() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    run(async {
        deploy(engine, &shop(1)).await.unwrap();
        sim.account.borrow_mut().fails.insert("ShopService".to_owned(), "It did not stabilize".to_owned());
        let progress = deploy(engine, &shop(2)).await.unwrap();
        assert_eq!(progress.status, "UPDATE_ROLLBACK_COMPLETE");
        assert_eq!(progress.causes.len(), 1);
        assert!(!progress.causes[0].while_rolling_back);
        sim.account.borrow_mut().sticks.insert("ShopService".to_owned(), "Internal Failure".to_owned());
        let progress = deploy(engine, &shop(3)).await.unwrap();
        assert_eq!(progress.status, "UPDATE_ROLLBACK_FAILED");
        assert!(progress.causes[1].while_rolling_back);
        let wish = wish(&shop(3));
        assert_eq!(engine.change_set(&wish, &shop(3)).await, Err(Problem::MustContinue(wish.stack_name.clone())));
        let seen = engine.find(&wish).await.unwrap().unwrap();
        let mut watch = engine.continue_rollback(&seen, &["ShopService".to_owned()]).await.unwrap();
        engine.follow(&mut watch, &shop(3), &mut |_| {}).await.unwrap();
        assert_eq!(watch.progress.status, "UPDATE_ROLLBACK_COMPLETE");
    })
    .unwrap();
}

#[test]
fn an_update_can_be_cancelled_while_it_goes_on() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    run(async {
        deploy(engine, &shop(1)).await.unwrap();
        let stack = shop(2);
        let set = engine.change_set(&wish(&stack), &stack).await.unwrap();
        engine.execute(&set).await.unwrap();
        let seen = engine.find(&wish(&stack)).await.unwrap().unwrap();
        let mut watch = engine.cancel(&seen).await.unwrap();
        engine.follow(&mut watch, &stack, &mut |_| {}).await.unwrap();
        assert_eq!(watch.progress.status, "UPDATE_ROLLBACK_COMPLETE");
        assert_eq!(watch.progress.causes[0].explained, Some("deploy.formation.reason.user"));
        let seen = engine.find(&wish(&stack)).await.unwrap().unwrap();
        assert!(matches!(engine.cancel(&seen).await, Err(Problem::NothingToCancel { .. })));
    })
    .unwrap();
}

#[test]
fn deleting_leaves_nothing_and_what_cannot_be_deleted_may_stay() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(1);
    run(async {
        deploy(engine, &stack).await.unwrap();
        let seen = engine.find(&wish(&stack)).await.unwrap().unwrap();
        let made = engine.physical(&seen.id).await.unwrap();
        assert!(
            made.keys().eq(stack.resources.keys().collect::<std::collections::BTreeSet<_>>()),
            "of every page: {made:?}"
        );
        sim.account.borrow_mut().sticks.insert("ShopLogs".to_owned(), "It is not empty".to_owned());
        let seen = engine.find(&wish(&stack)).await.unwrap().unwrap();
        let mut watch = engine.delete(&seen, &[]).await.unwrap();
        engine.follow(&mut watch, &stack, &mut |_| {}).await.unwrap();
        assert_eq!(watch.progress.status, "DELETE_FAILED");
        let stuck = engine.undeletable(&seen.id).await.unwrap();
        assert_eq!(stuck, ["ShopLogs"], "asked of AWS, since nobody may have watched");
        assert_eq!(watch.progress.causes[0].explained, Some("deploy.formation.reason.not_empty"));
        let left = engine.leftovers("d1", &seen.id).await.unwrap();
        assert_eq!(left.alive.len(), 1, "told once, though found by stack and by tag");
        assert_eq!(left.alive[0].resource.as_ref().unwrap().0, "ShopLogs");
        let seen = engine.find(&wish(&stack)).await.unwrap().unwrap();
        let mut watch = engine.delete(&seen, &stuck).await.unwrap();
        engine.follow(&mut watch, &stack, &mut |_| {}).await.unwrap();
        assert!(watch.progress.succeeded());
        assert_eq!(watch.progress.items["ShopLogs"].state, State::Kept);
        let left = engine.leftovers("d1", &seen.id).await.unwrap();
        assert!(left.alive.is_empty() && !left.is_clean());
        assert_eq!(left.kept[0].resource.as_ref().unwrap().0, "ShopLogs", "what was kept is not forgotten");
        assert_eq!(engine.find(&wish(&stack)).await.unwrap(), None);
    })
    .unwrap();
}

#[test]
fn changes_that_are_not_wanted_leave_no_trace() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(1);
    run(async {
        let set = engine.change_set(&wish(&stack), &stack).await.unwrap();
        assert_eq!(sim.account.borrow().stacks[0].status, "REVIEW_IN_PROGRESS");
        engine.discard(&set).await.unwrap();
        trazo_provision::World::sleep(&sim, 1_000).await;
        assert!(sim.account.borrow().alive().is_empty());
        // The next wish finds its way out of a stack that only waits.
        let set = engine.change_set(&wish(&stack), &stack).await.unwrap();
        let again = engine.change_set(&wish(&stack), &stack).await.unwrap();
        assert_eq!(set, again, "the same wish gives the same change set");
        let other = engine.change_set(&wish(&shop(2)), &shop(2)).await.unwrap();
        assert_ne!(set.id, other.id);
        engine.discard(&set).await.unwrap();
        assert_eq!(sim.account.borrow().alive().len(), 1, "the other change set is still wanted");
    })
    .unwrap();
}

#[test]
fn a_stack_that_goes_without_a_word_is_gone() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(1);
    run(async {
        engine.change_set(&wish(&stack), &stack).await.unwrap();
        let seen = engine.find(&wish(&stack)).await.unwrap().unwrap();
        let mut watch = engine.delete(&seen, &[]).await.unwrap();
        sim.account.borrow_mut().stacks.clear();
        engine.follow(&mut watch, &stack, &mut |_| {}).await.unwrap();
        assert!(watch.progress.succeeded());
    })
    .unwrap();
}

#[test]
fn a_renamed_design_finds_its_stack_and_a_foreign_one_is_left_alone() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(1);
    run(async {
        deploy(engine, &stack).await.unwrap();
        for (design, name) in [("d2", "Otra"), ("d3", "Tercera"), ("d4", "Cuarta")] {
            let set = engine.change_set(&wish_of(design, name, &stack), &stack).await.unwrap();
            engine.execute(&set).await.unwrap();
        }
        let renamed = wish_of("d1", "Un nombre nuevo", &stack);
        assert_eq!(engine.change_set(&renamed, &stack).await, Err(Problem::NoChanges));
        assert_eq!(sim.account.borrow().stacks.len(), 4, "no second stack");
        sim.account.borrow_mut().stacks[0].tags = serde_json::json!([]);
        let wish = wish(&stack);
        assert_eq!(engine.find(&wish).await, Err(Problem::Foreign(wish.stack_name.clone())));
    })
    .unwrap();
}

#[test]
fn what_cannot_be_asked_for_is_refused_before_the_first_request() {
    let mut stack = shop(1);
    let given = BTreeMap::new();
    let mut order = Order { design: "d1", name: "Tienda", stack: &stack, body: "", given: &given };
    let large = format!("{{\"Resources\":{{\"A\":{{\"x\":\"{}\"}},\"B\":{{}}}}}}", "x".repeat(MAX_BODY));
    order.body = &large;
    let Err(Problem::TooLarge { bytes, most }) = prepare(&order) else { panic!("too large") };
    assert_eq!((bytes, most[0].0.as_str()), (large.len(), "A"));
    let nothing = Stack::default();
    assert_eq!(prepare(&Order { stack: &nothing, ..order }), Err(Problem::Empty));
    let exact = "x".repeat(MAX_BODY);
    assert!(prepare(&Order { body: &exact, ..order }).is_ok(), "the limit itself is allowed");
    let origin = stack.resources[0].origin.clone();
    let vpc =
        Parameter { type_name: "AWS::EC2::VPC::Id", description: String::new(), default: None, origin: origin.clone() };
    stack.parameters.insert("Vpc".to_owned(), vpc);
    stack.resources.insert("Role".to_owned(), Resource::new("AWS::IAM::Role", origin).into());
    let text = body(&stack);
    let order = Order { design: "d1", name: "Tienda", stack: &stack, body: &text, given: &given };
    let prepared = prepare(&order).unwrap();
    assert_eq!(prepared.capability, Some("CAPABILITY_IAM"));
    assert_eq!(preview(&prepared, None), Err(Problem::Missing(vec!["Vpc".to_owned()])));
    let given = BTreeMap::from([("Vpc".to_owned(), "vpc-1".to_owned())]);
    let planned = preview(&prepare(&Order { given: &given, ..order }).unwrap(), None).unwrap();
    assert_eq!(planned[2].call.input["Parameters"][0]["ParameterValue"], "vpc-1");
    assert_eq!(planned[2].call.input["Capabilities"][0], "CAPABILITY_IAM");
    std::sync::Arc::make_mut(&mut stack.resources["Role"]).set("RoleName", "mine");
    let order = Order { design: "d1", name: "Tienda", stack: &stack, body: &text, given: &given };
    assert_eq!(prepare(&order).unwrap().capability, Some("CAPABILITY_NAMED_IAM"));
}

#[test]
fn what_is_sent_was_shown() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(1);
    run(async {
        let shown = preview(&wish(&stack), None).unwrap();
        let changing: Vec<_> = shown.iter().filter(|it| it.changes).map(|it| it.call.operation).collect();
        deploy(engine, &stack).await.unwrap();
        let sent: Vec<_> = sim.log.borrow().iter().filter(|it| *it != "ValidateTemplate").cloned().collect();
        assert_eq!(sent, changing);
        let name = &shown[2].call.input["ChangeSetName"];
        assert_eq!(sim.account.borrow().sets[0].name, name.as_str().unwrap(), "under the very name that was shown");
        let seen = engine.find(&wish(&stack)).await.unwrap().unwrap();
        sim.log.borrow_mut().clear();
        remove(engine, &stack).await.unwrap();
        let shown = preview_delete(&seen);
        let changing: Vec<_> = shown.iter().filter(|it| it.changes).map(|it| it.call.operation).collect();
        assert_eq!(*sim.log.borrow(), changing);
        assert_eq!(shown[3].call.input["TagFilters"][0]["Values"][0], "d1");
    })
    .unwrap();
}

#[test]
fn drift_is_told_at_the_field_that_it_is_about() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(2);
    run(async {
        deploy(engine, &stack).await.unwrap();
        sim.account.borrow_mut().drifts = vec![
            serde_json::json!({ "LogicalResourceId": "MainCluster", "StackResourceDriftStatus": "DELETED",
                "ResourceType": "AWS::ECS::Cluster" }),
            serde_json::json!({ "LogicalResourceId": "ShopLogs", "StackResourceDriftStatus": "IN_SYNC" }),
            serde_json::json!({ "LogicalResourceId": "Other", "StackResourceDriftStatus": "UNKNOWN" }),
            serde_json::json!({ "LogicalResourceId": "ShopService", "StackResourceDriftStatus": "MODIFIED",
                "PropertyDifferences": [{ "PropertyPath": "/DesiredCount", "ExpectedValue": "2", "ActualValue": "5",
                    "DifferenceType": "NOT_EQUAL" }] }),
        ];
        let seen = engine.find(&wish(&stack)).await.unwrap().unwrap();
        let drift = engine.drift(&seen, &stack).await.unwrap();
        let states: Vec<_> = drift.resources.iter().map(|it| (it.logical.as_str(), it.state)).collect();
        assert_eq!(
            states,
            [
                ("MainCluster", DriftState::Deleted),
                ("ShopLogs", DriftState::InSync),
                ("Other", DriftState::NotChecked),
                ("ShopService", DriftState::Modified),
                ("PublicLoadBalancer", DriftState::NotChecked),
            ]
        );
        let told = &drift.resources[3].differences[0];
        assert_eq!((told.path.as_str(), told.expected.as_str(), told.actual.as_str()), ("DesiredCount", "2", "5"));
        assert_eq!(&*told.origin.as_ref().unwrap().field, "desiredCount");
        assert_eq!(drift.changed().count(), 2);
    })
    .unwrap();
}
