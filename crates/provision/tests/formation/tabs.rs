//! Two tabs with one design, and people who click twice.

use std::pin::Pin;

use trazo_provision::formation::{Formation, Problem, Progress};

use crate::sim::Sim;
use crate::support::{deploy, race, run, shop, wish};

type Way<'a> = Pin<Box<dyn Future<Output = Result<Progress, Problem>> + 'a>>;

#[test]
fn two_tabs_that_deploy_one_design_make_one_stack() {
    for seed in 0..300 {
        let sim = Sim::new();
        let engine = Formation::new(&sim, &sim);
        let stack = shop(1);
        let ways: Vec<Way<'_>> = vec![Box::pin(deploy(engine, &stack)), Box::pin(deploy(engine, &stack))];
        for done in race(ways, seed) {
            let done = done.unwrap_or_else(|problem| panic!("seed {seed}: {problem}"));
            assert!(done.succeeded(), "seed {seed}: {}", done.status);
            assert_eq!(done.outputs.len(), 1);
        }
        let account = sim.account.borrow();
        assert_eq!(account.stacks.len(), 1, "seed {seed}");
        assert!(account.made.values().all(|times| *times == 1), "seed {seed}: {:?}", account.made);
    }
}

#[test]
fn two_tabs_with_different_drawings_never_mix_them() {
    for seed in 0..300 {
        let sim = Sim::new();
        let engine = Formation::new(&sim, &sim);
        let (one, two) = (shop(1), shop(2));
        let ways: Vec<Way<'_>> = vec![Box::pin(deploy(engine, &one)), Box::pin(deploy(engine, &two))];
        let done = race(ways, seed);
        assert!(done.iter().any(Result::is_ok), "seed {seed}: {done:?}");
        for problem in done.into_iter().filter_map(Result::err) {
            let told = matches!(problem, Problem::Stale | Problem::Busy { .. });
            assert!(told, "seed {seed}: {problem}");
        }
        let account = sim.account.borrow();
        assert_eq!(account.alive().len(), 1, "seed {seed}");
        assert!(account.made.values().all(|times| *times == 1), "seed {seed}: {:?}", account.made);
    }
}

#[test]
fn clicking_again_executes_once_and_shows_what_goes_on() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(1);
    run(async {
        let set = engine.change_set(&wish(&stack), &stack).await.unwrap();
        let mut first = engine.execute(&set).await.unwrap();
        let mut second = engine.execute(&set).await.unwrap();
        engine.follow(&mut first, &stack, &mut |_| {}).await.unwrap();
        engine.follow(&mut second, &stack, &mut |_| {}).await.unwrap();
        assert!(first.progress.succeeded() && second.progress.succeeded());
        assert_eq!(first.progress.log, second.progress.log);
        // Also when all is over.
        let mut third = engine.execute(&set).await.unwrap();
        engine.follow(&mut third, &stack, &mut |_| {}).await.unwrap();
        assert_eq!(third.progress.log, first.progress.log);
        assert!(sim.account.borrow().made.values().all(|times| *times == 1));
    })
    .unwrap();
}

#[test]
fn a_change_set_that_something_overtook_is_stale() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    run(async {
        deploy(engine, &shop(1)).await.unwrap();
        let old = engine.change_set(&wish(&shop(2)), &shop(2)).await.unwrap();
        deploy(engine, &shop(3)).await.unwrap();
        assert_eq!(engine.execute(&old).await.unwrap_err(), Problem::Stale);
    })
    .unwrap();
}

#[test]
fn another_tab_finds_what_goes_on_and_follows_it() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(1);
    run(async {
        let set = engine.change_set(&wish(&stack), &stack).await.unwrap();
        engine.execute(&set).await.unwrap();
        let Err(Problem::Busy { status, .. }) = engine.change_set(&wish(&stack), &stack).await else {
            panic!("something goes on")
        };
        assert_eq!(status, "CREATE_IN_PROGRESS");
        let seen = engine.find(&wish(&stack)).await.unwrap().unwrap();
        let mut watch = engine.resume(&seen);
        engine.follow(&mut watch, &stack, &mut |_| {}).await.unwrap();
        assert!(watch.progress.succeeded());
        assert_eq!(watch.progress.items.len(), 4, "also what happened before it looked");
    })
    .unwrap();
}
