//! Whatever breaks, and wherever: nothing is lost, nothing is made twice, and there is never a second stack.

use trazo_provision::formation::{Formation, Problem};

use crate::sim::{Fault, Sim};
use crate::support::{deploy, remove, run, shop, wish};

/// How many calls the whole way takes where nothing breaks.
fn calls_of_creation() -> usize {
    let sim = Sim::new();
    run(async { deploy(Formation::new(&sim, &sim), &shop(1)).await.unwrap() }).unwrap();
    sim.calls.get()
}

/// One stack, with each resource made once, and no change set that waits.
fn is_as_wished(sim: &Sim, count: i64, at: &str) {
    let account = sim.account.borrow();
    assert_eq!(account.stacks.len(), 1, "{at}: one stack");
    let stack = &account.stacks[0];
    assert!(["CREATE_COMPLETE", "UPDATE_COMPLETE"].contains(&stack.status.as_str()), "{at}: {}", stack.status);
    assert_eq!(stack.template["Resources"]["ShopService"]["Properties"]["DesiredCount"], count, "{at}");
    assert_eq!(account.made.len(), 4, "{at}");
    assert!(account.made.values().all(|times| *times == 1), "{at}: {:?}", account.made);
    assert!(account.sets.iter().all(|it| it.execution.starts_with("EXECUTE_")), "{at}: a change set waits");
}

/// Deploys, after a reload, as often as it takes; tells how often it took.
fn until_up(sim: &Sim, count: i64) -> usize {
    for times in 1..=4 {
        let done = run(deploy(Formation::new(sim, sim), &shop(count)));
        if let Some(Ok(progress)) = done {
            assert!(progress.succeeded(), "{}", progress.status);
            assert_eq!(progress.outputs.len(), 1);
            return times;
        }
        sim.heal();
    }
    panic!("it does not come up")
}

#[test]
fn a_tab_may_be_closed_at_every_call_of_a_creation() {
    for at in 0..calls_of_creation() {
        for fault in [Fault::GoneBefore, Fault::GoneAfter] {
            let sim = Sim::new();
            sim.fault(at, fault);
            assert_eq!(until_up(&sim, 1), 2, "the first tab was closed, the second one went on");
            is_as_wished(&sim, 1, &format!("{fault:?} at {at}"));
        }
    }
}

#[test]
fn the_network_may_be_cut_at_every_call_of_a_creation() {
    for at in 0..calls_of_creation() {
        for fault in [Fault::CutBefore, Fault::CutAfter, Fault::BrokenAfter] {
            let sim = Sim::new();
            sim.fault(at, fault);
            assert!(until_up(&sim, 1) <= 2);
            is_as_wished(&sim, 1, &format!("{fault:?} at {at}"));
        }
    }
}

#[test]
fn a_token_may_expire_at_every_call_and_another_takes_over() {
    for at in 0..calls_of_creation() {
        let sim = Sim::new();
        sim.fault(at, Fault::Expired);
        let first = run(deploy(Formation::new(&sim, &sim), &shop(1))).unwrap();
        let problem = first.unwrap_err();
        assert!(problem.is_expired(), "at {at}: {problem}");
        assert_eq!(problem.phrase().key, "deploy.formation.problem.expired");
        sim.heal();
        assert_eq!(until_up(&sim, 1), 1);
        is_as_wished(&sim, 1, &format!("expired at {at}"));
    }
}

#[test]
fn what_is_not_allowed_is_said_and_explained_and_can_be_taken_up_later() {
    for at in 0..calls_of_creation() {
        for (fault, key) in
            [(Fault::Denied, "deploy.formation.reason.unauthorized"), (Fault::Quota, "deploy.formation.reason.quota")]
        {
            let sim = Sim::new();
            sim.fault(at, fault);
            // A role that may not list stacks goes on by name.
            if let Err(problem) = run(deploy(Formation::new(&sim, &sim), &shop(1))).unwrap() {
                assert_eq!(problem.explained(), Some(key), "{fault:?} at {at}");
                sim.heal();
                assert_eq!(until_up(&sim, 1), 1);
            }
            is_as_wished(&sim, 1, &format!("{fault:?} at {at}"));
        }
    }
}

#[test]
fn a_watch_goes_on_after_new_credentials_without_losing_an_event() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(1);
    run(async {
        let set = engine.change_set(&wish(&stack), &stack).await.unwrap();
        let mut watch = engine.execute(&set).await.unwrap();
        for later in [1, 2, 4] {
            sim.fault(sim.calls.get() + later, Fault::Expired);
            let broken = engine.follow(&mut watch, &stack, &mut |_| {}).await;
            assert!(broken.is_err_and(|problem| problem.is_expired()));
            trazo_provision::World::sleep(&sim, 1_000).await;
        }
        sim.heal();
        engine.follow(&mut watch, &stack, &mut |_| {}).await.unwrap();
        let told: Vec<_> = watch.progress.log.iter().map(|it| it.id.clone()).collect();
        let account = sim.account.borrow();
        let happened: Vec<_> =
            account.stacks[0].events.iter().skip(1).map(|it| it["EventId"].as_str().unwrap().to_owned()).collect();
        assert_eq!(told, happened, "each event once, in order");
        assert!(watch.progress.succeeded());
    })
    .unwrap();
}

#[test]
fn bursts_of_throttling_are_waited_out_while_watching() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(1);
    run(async {
        let set = engine.change_set(&wish(&stack), &stack).await.unwrap();
        let mut watch = engine.execute(&set).await.unwrap();
        let now = sim.calls.get();
        for later in [1, 2, 3, 4, 7, 8, 9] {
            sim.fault(now + later, if later % 2 == 0 { Fault::Throttled } else { Fault::CutBefore });
        }
        engine.follow(&mut watch, &stack, &mut |_| {}).await.unwrap();
        assert!(watch.progress.succeeded());
    })
    .unwrap();
    is_as_wished(&sim, 1, "throttled");
}

#[test]
fn an_update_survives_every_fault_at_every_call() {
    let counted = {
        let sim = Sim::new();
        until_up(&sim, 1);
        sim.heal();
        until_up(&sim, 2);
        sim.calls.get()
    };
    for at in 0..counted {
        for fault in [
            Fault::GoneBefore,
            Fault::GoneAfter,
            Fault::CutBefore,
            Fault::CutAfter,
            Fault::BrokenAfter,
            Fault::Expired,
            Fault::Throttled,
        ] {
            let sim = Sim::new();
            until_up(&sim, 1);
            sim.heal();
            sim.fault(at, fault);
            assert!(until_up(&sim, 2) <= 2, "{fault:?} at {at}");
            is_as_wished(&sim, 2, &format!("{fault:?} at {at}"));
        }
    }
}

#[test]
fn taking_away_survives_every_fault_at_every_call() {
    for fault in [Fault::GoneBefore, Fault::GoneAfter, Fault::CutAfter, Fault::BrokenAfter, Fault::Expired] {
        for at in 0..12 {
            let sim = Sim::new();
            let engine = Formation::new(&sim, &sim);
            until_up(&sim, 1);
            let id = sim.account.borrow().stacks[0].id.clone();
            sim.heal();
            sim.fault(at, fault);
            let _ = run(remove(engine, &shop(1)));
            sim.heal();
            run(remove(engine, &shop(1))).unwrap().unwrap();
            assert!(sim.account.borrow().alive().is_empty(), "{fault:?} at {at}");
            let left = run(engine.leftovers("d1", &id)).unwrap().unwrap();
            assert!(left.is_clean(), "{fault:?} at {at}: {left:?}");
        }
    }
}

#[test]
fn a_refusal_is_told_and_leaves_no_stack() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(1);
    let mut bad = wish(&stack);
    bad.body = "{".to_owned();
    let problem = run(engine.validate(&bad)).unwrap().unwrap_err();
    assert_eq!(problem, Problem::Invalid("Template format error: JSON not well-formed.".to_owned()));
    assert!(sim.account.borrow().stacks.is_empty());
}
