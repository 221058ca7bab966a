//! What a service that lets no page read its answers does to a deployment, and going on with one elsewhere.

use std::collections::BTreeSet;

use trazo_calls::{Service, Step};
use trazo_model::Design;
use trazo_provision::steps::{Change, Memory, Phase, Run, StepState, TroubleKind, begun};

use crate::fault::{Fault, Kind};
use crate::rig::{Rig, TOKEN, templates};
use crate::world::drive;

fn is_barred(step: &Step) -> bool {
    step.call.service == Service::ApiGatewayV2
}

/// The templates that have something of API Gateway v2.
fn with_http_apis() -> Vec<(String, Design)> {
    let mut found = templates();
    found.retain(|(_, design)| Rig::new(design).run().steps().iter().any(is_barred));
    assert!(found.len() > 3);
    found
}

#[test]
fn what_answers_no_page_is_not_asked_and_all_that_was_made_goes_away() {
    for (name, design) in with_http_apis() {
        let rig = Rig::new(&design);
        rig.cloud.barred.set(true);
        let run = rig.run();
        assert!(rig.make(&run, "a"));
        let trouble = run.trouble().unwrap();
        assert_eq!((run.phase(), trouble.kind), (Phase::Stopped, TroubleKind::NeedsRelay), "{name}");
        let failed = run.views().iter().position(|view| view.state == StepState::Failed).unwrap();
        assert!(is_barred(&run.steps()[failed]));
        assert!(rig.records().iter().all(|record| record.step != run.steps()[failed].id), "{name}: it was not asked");
        assert!(rig.take_back(&run, "a"));
        assert_eq!(run.phase(), Phase::Removed, "{name}: {:?} {:?}", run.trouble(), run.removal());
        assert_eq!(rig.cloud.left(), Vec::<String>::new(), "{name}");
    }
}

/// What has to stay as long as nothing of API Gateway v2 can be taken away: that, and what it stands on.
fn has_to_stay(run: &Run) -> BTreeSet<String> {
    let mut stays: BTreeSet<String> = run
        .steps()
        .iter()
        .filter(|step| is_barred(step) && !step.undo.is_empty())
        .map(|step| step.id.clone())
        .collect();
    for step in run.steps().iter().rev() {
        if stays.contains(&step.id) {
            stays.extend(step.needs.iter().cloned());
        }
    }
    stays
}

#[test]
fn what_cannot_be_reached_stays_with_what_it_needs_and_all_else_goes() {
    for (name, design) in with_http_apis() {
        let rig = Rig::new(&design);
        let run = rig.whole();
        let before = rig.cloud.left().len();
        rig.cloud.barred.set(true);
        assert!(rig.take_back(&run, "a"));
        assert_eq!(run.phase(), Phase::HalfRemoved, "{name}");
        assert_eq!(run.trouble().map(|trouble| trouble.kind), Some(TroubleKind::NeedsRelay), "{name}");
        let (left, stays) = (rig.cloud.left(), has_to_stay(&run));
        assert!(left.iter().all(|id| stays.contains(id)), "{name}: {left:?}");
        assert!(!left.is_empty() && left.len() < before, "{name}");
        for (step, view) in run.steps().iter().zip(run.views()).filter(|(step, _)| left.contains(&step.id)) {
            let why = view.trouble.as_ref().map(|trouble| trouble.kind);
            let kept = view.progress.as_ref().is_some_and(|progress| progress.key == "kept");
            assert!(why == Some(TroubleKind::NeedsRelay) || kept, "{name} {}: it is told why it stays", step.id);
        }
        rig.cloud.barred.set(false);
        assert!(rig.take_back(&run, "a"));
        assert_eq!((run.phase(), rig.cloud.left().len()), (Phase::Removed, 0), "{name}: {:?}", run.trouble());
        assert!(run.views().iter().all(|view| view.progress.is_none()));
    }
}

/// A deployment of which so many steps were made.
fn begun_with(want: &Rig, made: usize) -> Rig {
    let rig = want.fresh();
    let (run, told) = (rig.run(), |_: Change| {});
    for _ in 0..made {
        drive(run.next(&rig.around("a", &told)), &rig.cloud.closed);
    }
    rig
}

/// Whether anything carries the deployment's tag.
fn is_told(rig: &Rig) -> bool {
    !drive(begun(&rig.cloud, rig.design.name()), &rig.cloud.closed).unwrap().unwrap().is_empty()
}

/// Goes on in a page that has no journal, as the tags tell.
fn over(rig: Rig, name: &str) -> (Rig, Run) {
    let rig = Rig { journal: Memory::default(), ..rig };
    let found = drive(begun(&rig.cloud, rig.design.name()), &rig.cloud.closed).unwrap().unwrap();
    assert_eq!(found.iter().map(|one| one.token.as_str()).collect::<Vec<_>>(), [TOKEN], "{name}");
    let run = rig.elsewhere();
    let told = |_: Change| {};
    drive(run.take_over(&rig.around("z", &told)), &rig.cloud.closed).unwrap();
    assert_eq!(run.trouble(), None, "{name} {:?}", rig.cloud.log.borrow().last());
    (rig, run)
}

#[test]
fn a_deployment_begun_elsewhere_goes_on_where_it_stopped() {
    for (name, design) in templates() {
        let want = Rig::new(&design);
        let all = want.whole().steps().len();
        let rig = begun_with(&want, all / 2);
        assert!(is_told(&rig), "{name}");
        let (rig, run) = over(rig, &name);
        assert_eq!(run.phase(), Phase::Paused, "{name}");
        assert!(run.done() > all / 8, "{name}: {} of {all}", run.done());
        // From its journal, as after a reload.
        let run = rig.resumed();
        assert!(rig.make(&run, "y"));
        assert_eq!(run.phase(), Phase::Complete, "{name}: {:?}", run.trouble());
        assert_eq!(rig.cloud.account(), want.cloud.account(), "{name}");
        assert!(rig.take_back(&run, "y"));
        assert_eq!((run.phase(), rig.cloud.left().len()), (Phase::Removed, 0), "{name}: {:?}", run.trouble());
    }
}

#[test]
fn nothing_of_a_deployment_begun_elsewhere_is_made_before_it_is_known_what_is_there() {
    let (_, design) = templates().remove(0);
    let want = Rig::new(&design);
    want.whole();
    for at in 0..4 {
        let rig = want.fresh();
        rig.whole();
        let rig = Rig { journal: Memory::default(), ..rig };
        let begins = rig.cloud.calls.get();
        *rig.cloud.fault.borrow_mut() = Some(Fault::new(Kind::ClosedAfter, begins + at));
        let run = rig.elsewhere();
        assert!(!rig.make(&run, "y"));
        rig.mend();
        let run = if rig.records().is_empty() { rig.elsewhere() } else { rig.resumed() };
        assert!(rig.make(&run, "z"));
        assert_eq!(run.phase(), Phase::Complete, "{:?}", run.trouble());
        assert_eq!(rig.cloud.account(), want.cloud.account());
    }
}

#[test]
fn a_deployment_begun_elsewhere_is_taken_back_from_wherever_it_stopped() {
    for (name, design) in templates() {
        let want = Rig::new(&design);
        let all = want.run().steps().len();
        for made in (3..=all).step_by(4) {
            let rig = begun_with(&want, made);
            if !is_told(&rig) {
                continue;
            }
            let (rig, run) = over(rig, &name);
            assert!(rig.take_back(&run, "z"));
            assert_eq!(run.phase(), Phase::Removed, "{name} {made}: {:?} {:?}", run.trouble(), run.removal());
            assert_eq!(rig.cloud.left(), Vec::<String>::new(), "{name} {made}");
        }
    }
}

#[test]
fn nothing_is_taken_over_as_long_as_some_of_it_cannot_be_seen() {
    for (name, design) in with_http_apis() {
        let rig = Rig::new(&design);
        rig.whole();
        rig.cloud.barred.set(true);
        let rig = Rig { journal: Memory::default(), ..rig };
        let (run, told) = (rig.elsewhere(), |_: Change| {});
        drive(run.take_over(&rig.around("z", &told)), &rig.cloud.closed).unwrap();
        assert_eq!(run.trouble().map(|trouble| trouble.kind), Some(TroubleKind::NeedsRelay), "{name}");
        // What can be seen can be taken away, and nobody is told that nothing is left.
        let before = rig.cloud.left().len();
        assert!(rig.take_back(&run, "z"));
        assert_eq!(run.phase(), Phase::HalfRemoved, "{name}");
        assert!(rig.cloud.left().len() < before, "{name}");
        rig.cloud.barred.set(false);
        assert!(rig.take_back(&run, "z"));
        assert_eq!((run.phase(), rig.cloud.left().len()), (Phase::Removed, 0), "{name}: {:?}", run.trouble());
    }
}

#[test]
fn taking_over_stops_where_the_account_does_not_tell_and_can_be_tried_again() {
    let (_, design) = templates().remove(0);
    let rig = Rig::new(&design);
    rig.whole();
    let rig = Rig { journal: Memory::default(), ..rig };
    *rig.cloud.fault.borrow_mut() = Some(Fault::new(Kind::Denied, rig.cloud.calls.get()));
    let (run, told) = (rig.elsewhere(), |_: Change| {});
    let over = || drive(run.take_over(&rig.around("z", &told)), &rig.cloud.closed).unwrap();
    over();
    assert_eq!(run.trouble().map(|trouble| trouble.kind), Some(TroubleKind::Denied));
    assert_eq!((run.phase(), rig.records().len()), (Phase::Fresh, 0));
    rig.mend();
    over();
    assert!(rig.take_back(&run, "z"));
    assert_eq!((run.phase(), rig.cloud.left().len()), (Phase::Removed, 0));
}
