//! What a person does with a deployment that goes well: step by step, pause, two tabs, take back, a design that changed.

use std::collections::BTreeSet;

use trazo_provision::steps::{Change, Hold, Phase, Run, STALE, StepState, TroubleKind, What};

use crate::cloud::ACCOUNT;
use crate::fault::{Fault, Kind};
use crate::rig::{Rig, TOKEN, templates};
use crate::world::{drive, drive_both};

fn states(run: &Run) -> BTreeSet<&'static str> {
    run.views().iter().map(|view| view.state.key()).collect()
}

#[test]
fn everything_is_made_once_and_taken_back_wholly() {
    for (name, design) in templates() {
        let rig = Rig::new(&design);
        let run = rig.whole();
        assert_eq!(states(&run), BTreeSet::from(["done"]), "{name}");
        assert!(rig.cloud.account().values().all(|(copies, _)| *copies == 1), "{name}");
        assert_eq!(run.outputs().len(), trazo_model::lowering::lower(&design).outputs.len(), "{name}");
        assert!(rig.take_back(&run, "a"));
        assert_eq!(run.phase(), Phase::Removed, "{name}: {:?} {:?}", run.trouble(), run.removal());
        assert_eq!(rig.cloud.left(), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn one_step_at_a_time_comes_to_the_same() {
    let (_, design) = templates().remove(0);
    let want = Rig::new(&design);
    want.whole();
    let rig = Rig::new(&design);
    let run = rig.run();
    let told = |_: Change| {};
    let around = rig.around("a", &told);
    for at in 0..run.steps().len() {
        assert_eq!(run.views()[at].state, StepState::Ready);
        drive(run.next(&around), &rig.cloud.closed);
        assert_eq!(run.done(), at + 1);
        let view = run.view(at).unwrap();
        let exchange = view.exchanges.iter().find(|one| one.call.operation == run.steps()[at].call.operation).unwrap();
        assert!(exchange.answer.is_some() && exchange.answered.is_some());
    }
    assert_eq!(run.phase(), Phase::Complete);
    assert_eq!(rig.cloud.account(), want.cloud.account());
}

#[test]
fn a_pause_stops_after_the_step_that_is_under_way() {
    let (_, design) = templates().remove(0);
    let rig = Rig::new(&design);
    let run = rig.run();
    let told = |change: Change| {
        if change == Change::Step(2) {
            run.pause();
        }
    };
    drive(run.run_all(&rig.around("a", &told)), &rig.cloud.closed);
    assert_eq!((run.phase(), run.done()), (Phase::Paused, 3));
    assert!(rig.make(&run, "a"));
    assert_eq!(run.phase(), Phase::Complete);
}

#[test]
fn each_change_is_told() {
    let (_, design) = templates().remove(0);
    let rig = Rig::new(&design);
    let run = rig.whole();
    let told: BTreeSet<_> = rig
        .told
        .borrow()
        .iter()
        .filter_map(|change| match change {
            Change::Step(at) => Some(*at),
            Change::Phase => None,
        })
        .collect();
    assert_eq!(told.len(), run.steps().len());
}

#[test]
fn the_journal_is_written_before_each_call() {
    let (_, design) = templates().remove(0);
    let want = Rig::new(&design);
    want.whole();
    let asks =
        |operation: &String| ["Describe", "Get", "List"].iter().any(|word| operation.contains(&format!(" {word}")));
    for (at, operation) in want.cloud.log.borrow().iter().enumerate().filter(|(_, operation)| !asks(operation)) {
        let rig = Rig::new(&design);
        *rig.cloud.fault.borrow_mut() = Some(Fault::new(Kind::ClosedAfter, at));
        rig.make(&rig.run(), "a");
        let records = rig.records();
        let last = records.last().unwrap();
        assert_eq!((last.what, &last.operation), (What::Asks, operation));
        assert!(records.iter().enumerate().all(|(at, record)| record.number as usize == at));
    }
}

#[test]
fn the_journal_holds_ids_and_no_inputs() {
    for (name, design) in templates() {
        let rig = Rig::new(&design);
        let run = rig.whole();
        rig.take_back(&run, "a");
        for record in rig.records().iter().filter(|record| record.what != What::Began) {
            let step = run.steps().iter().find(|step| step.id == record.step);
            let mut allowed: BTreeSet<&str> = BTreeSet::new();
            if let Some(step) = step {
                allowed.extend(step.gives.iter().map(|gives| gives.attribute));
                allowed.extend(step.ready.iter().flat_map(|wait| &wait.gives).map(|gives| gives.attribute));
            }
            let keys: BTreeSet<&str> = record.given.keys().map(String::as_str).collect();
            assert!(keys.is_subset(&allowed), "{name}: {record:?}");
        }
    }
}

#[test]
fn two_tabs_on_one_deployment_make_nothing_twice() {
    for (name, design) in templates() {
        let want = Rig::new(&design);
        want.whole();
        for lead in [0, 1, 2, 3, 5, 20, 50] {
            let rig = Rig::new(&design);
            let (one, other) = (rig.run(), rig.run());
            let told = |_: Change| {};
            let (first, second) = (rig.around("a", &told), rig.around("b", &told));
            drive_both(one.run_all(&first), other.run_all(&second), lead);
            let phases = (one.phase(), other.phase());
            assert_eq!(phases, (Phase::Complete, Phase::Elsewhere), "{name} {lead}: {:?}", one.trouble());
            assert_eq!(rig.cloud.account(), want.cloud.account(), "{name}");
            assert!(matches!(other.hold(), Some(Hold::Theirs(lease)) if lease.tab == "a"));
        }
    }
}

#[test]
fn a_tab_that_was_taken_for_dead_stops_when_it_wakes() {
    let (_, design) = templates().remove(0);
    let want = Rig::new(&design);
    want.whole();
    for asleep in [3, 10, 30] {
        let rig = Rig::new(&design);
        let (one, other) = (rig.run(), rig.run());
        let told = |_: Change| {};
        let (first, second) = (rig.around("a", &told), rig.around("b", &told));
        let mut sleeper = Box::pin(one.run_all(&first));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        for _ in 0..asleep {
            assert!(std::future::Future::poll(sleeper.as_mut(), &mut context).is_pending());
        }
        rig.clock.now.set(rig.clock.now.get() + STALE);
        drive(other.run_all(&second), &rig.cloud.closed);
        drive(sleeper, &rig.cloud.closed);
        assert_eq!((other.phase(), one.phase()), (Phase::Complete, Phase::Elsewhere), "{asleep}");
        assert_eq!(rig.cloud.account(), want.cloud.account(), "{asleep}");
        // Now it looks on.
        drive(one.watch(first.world, first.journal, first.tab), &rig.cloud.closed).unwrap().unwrap();
        assert_eq!(one.phase(), Phase::Complete);
    }
}

#[test]
fn a_tab_that_looks_on_sees_how_far_the_other_is_and_when_it_stops() {
    let (_, design) = templates().remove(0);
    let rig = Rig::new(&design);
    let (one, other) = (rig.run(), rig.run());
    let told = |_: Change| {};
    let (first, second) = (rig.around("a", &told), rig.around("b", &told));
    let look = || drive(other.watch(second.world, second.journal, second.tab), &rig.cloud.closed).unwrap().unwrap();
    look();
    assert_eq!((other.phase(), other.hold()), (Phase::Fresh, None));
    let mut at_it = Box::pin(one.run_all(&first));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    for _ in 0..40 {
        assert!(std::future::Future::poll(at_it.as_mut(), &mut context).is_pending());
    }
    look();
    assert_eq!((other.phase(), other.done()), (Phase::Elsewhere, one.done()));
    assert!(matches!(other.hold(), Some(Hold::Theirs(lease)) if lease.tab == "a"));
    one.pause();
    drive(at_it, &rig.cloud.closed);
    look();
    assert_eq!((other.phase(), other.hold(), other.done()), (Phase::Paused, None, one.done()));
    // It need not wait until the first is taken for dead.
    drive(other.run_all(&second), &rig.cloud.closed);
    assert_eq!(other.phase(), Phase::Complete);
}

#[test]
fn what_the_journal_lost_is_found_by_its_tags() {
    for (name, design) in templates() {
        let rig = Rig::new(&design);
        rig.whole();
        let lost = Rig { journal: trazo_provision::steps::Memory::default(), ..rig };
        let run = lost.run();
        assert!(lost.take_back(&run, "z"));
        assert_eq!(run.phase(), Phase::Removed, "{name}: {:?} {:?}", run.trouble(), run.removal());
        assert_eq!(lost.cloud.left(), Vec::<String>::new(), "{name}");
        assert!(!run.removal().found.is_empty());
    }
}

#[test]
fn what_closes_down_slowly_is_waited_for() {
    let (_, design) = templates().remove(0);
    let rig = Rig::new(&design);
    let run = rig.whole();
    rig.cloud.lingering.set(12);
    assert!(rig.take_back(&run, "a"));
    assert_eq!(run.phase(), Phase::Removed, "{:?}", run.trouble());
    assert_eq!(rig.cloud.left(), Vec::<String>::new());
}

#[test]
fn what_cannot_be_taken_away_is_named_and_the_rest_goes() {
    let (_, design) = templates().remove(0);
    let rig = Rig::new(&design);
    let run = rig.whole();
    let made = rig.cloud.account().len();
    *rig.cloud.fault.borrow_mut() = Some(Fault::new(Kind::Denied, rig.cloud.calls.get()));
    assert!(rig.take_back(&run, "a"));
    assert_eq!(run.phase(), Phase::HalfRemoved);
    assert_eq!(run.trouble().unwrap().kind, TroubleKind::Denied);
    assert!(run.views().iter().any(|view| view.state == StepState::UndoFailed));
    assert!(rig.cloud.account().len() < made);
    rig.mend();
    assert!(rig.take_back(&run, "a"));
    assert_eq!((run.phase(), rig.cloud.left().len()), (Phase::Removed, 0));
}

#[test]
fn what_somebody_else_made_is_not_taken_over() {
    let mut tried = 0;
    for (name, design) in templates() {
        let want = Rig::new(&design);
        let whole = want.whole();
        for (at, step) in whole.steps().iter().enumerate() {
            let looked = whole.view(at).unwrap().exchanges.first().map(|one| one.call.clone());
            let Some(find) = step.find.as_ref().filter(|_| !step.undo.is_empty()) else { continue };
            if looked.is_none_or(|call| call.operation != find.call.operation) {
                continue;
            }
            tried += 1;
            let rig = Rig::new(&design);
            let call = whole.view(at).unwrap().exchanges[1].call.clone();
            rig.cloud.put(&step.id, &call);
            let run = rig.run();
            assert!(rig.make(&run, "a"));
            assert_eq!(run.trouble().map(|trouble| trouble.kind), Some(TroubleKind::Exists), "{name} {}", step.id);
            assert!(rig.take_back(&run, "a"));
            assert_eq!(rig.cloud.left(), vec![step.id.clone()], "{name}");
        }
    }
    assert!(tried > 0);
}

#[test]
fn other_credentials_than_the_deployments_do_nothing() {
    let (_, design) = templates().remove(0);
    let rig = Rig::new(&design);
    let run = rig.whole();
    let calls = rig.cloud.calls.get();
    let told = |_: Change| {};
    let around = trazo_provision::steps::Around { account: "999999999999", ..rig.around("a", &told) };
    drive(run.take_back(&around), &rig.cloud.closed);
    let trouble = run.trouble().unwrap();
    assert_eq!(trouble.kind, TroubleKind::OtherAccount);
    assert!(trouble.action.contains(ACCOUNT));
    assert_eq!(rig.cloud.calls.get(), calls);
}

#[test]
fn a_changed_design_is_told_by_its_steps() {
    let (_, mut design) = templates().remove(0);
    let rig = Rig::new(&design);
    let run = rig.whole();
    assert!(run.changed(&design).unwrap().is_same());
    let service = design.nodes_of(trazo_model::Kind::Service).next().unwrap().id.clone();
    let edit = trazo_model::edit::Edit::Set {
        target: (&service).into(),
        path: "desiredCount".to_owned(),
        value: Some(serde_json::json!(5)),
    };
    trazo_model::edit::apply(&mut design, edit).unwrap();
    let changed = run.changed(&design).unwrap();
    assert!(!changed.is_same());
    assert!(changed.added.is_empty() && changed.removed.is_empty());
    assert!(changed.changed.iter().all(|id| id.contains("Service") || id.contains("Scal")), "{changed:?}");
    // What is taken back is what was made.
    let again = Run::resume(&rig.records()).unwrap();
    assert!(rig.take_back(&again, "a"));
    assert_eq!((again.phase(), rig.cloud.left().len()), (Phase::Removed, 0));
    assert_eq!(again.head().token, TOKEN);
}

#[test]
fn what_is_undone_by_its_id_can_be_found_again() {
    for (name, design) in templates() {
        for step in Rig::new(&design).run().steps() {
            let from_answer = step.gives.iter().any(|gives| matches!(gives.from, trazo_calls::Source::Answer(_)));
            if !step.undo.is_empty() && from_answer && step.repeat != trazo_calls::Repeat::Harmless {
                assert!(step.find.is_some(), "{name}: {}: its id cannot be known where the answer is lost", step.id);
            }
        }
    }
}

#[test]
fn what_was_not_ready_yet_is_taken_back_too() {
    for (name, design) in templates() {
        let want = Rig::new(&design);
        let whole = want.whole();
        let log = want.cloud.log.borrow();
        for step in whole.steps().iter().filter(|step| step.ready.as_ref().is_some_and(|wait| !wait.gives.is_empty())) {
            let operation = format!("{} {}", step.call.service.cli(), step.call.operation);
            let made = log.iter().position(|one| *one == operation).unwrap();
            let rig = want.fresh();
            *rig.cloud.fault.borrow_mut() = Some(Fault::new(Kind::ClosedBefore, made + 1));
            assert!(!rig.make(&rig.run(), "a"));
            let run = rig.again();
            rig.mend();
            assert!(rig.take_back(&run, "b"));
            assert_eq!(run.phase(), Phase::Removed, "{name} {}: {:?}", step.id, run.trouble());
            assert_eq!(rig.cloud.left(), Vec::<String>::new(), "{name}");
        }
    }
}
