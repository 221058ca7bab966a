//! Every fault at every call of every template: afterwards the account is the same as without it, or empty.

use trazo_provision::steps::Phase;

use crate::fault::{Fault, Kind};
use crate::rig::{Rig, templates};

/// Makes all with a fault, goes on after it, and compares.
fn made_all_the_same(name: &str, want: &Rig, kind: Kind, at: usize) {
    let rig = want.fresh();
    *rig.cloud.fault.borrow_mut() = Some(Fault::new(kind, at));
    let mut run = rig.run();
    let mut open = rig.make(&run, "a");
    for again in 0..3 {
        if run.phase() == Phase::Complete {
            break;
        }
        rig.mend();
        if !open {
            run = rig.again();
        }
        open = rig.make(&run, if again == 0 { "b" } else { "c" });
    }
    let told = || format!("{name}: {kind:?} at call {at}: {:?} {:?}", run.phase(), run.trouble());
    assert_eq!(run.phase(), Phase::Complete, "{}", told());
    assert_eq!(rig.cloud.account(), want.cloud.account(), "{}", told());
    assert!(open, "{}", told());
}

/// Makes with a fault, takes back from where that led, and sees that nothing is left.
fn taken_back(name: &str, want: &Rig, kind: Kind, at: usize) {
    let rig = want.fresh();
    *rig.cloud.fault.borrow_mut() = Some(Fault::new(kind, at));
    let mut run = rig.run();
    if !rig.make(&run, "a") {
        run = rig.again();
    }
    rig.mend();
    assert!(rig.take_back(&run, "b"));
    let told = || format!("{name}: {kind:?} at call {at}: {:?} {:?}", run.phase(), run.trouble());
    assert_eq!(run.phase(), Phase::Removed, "{}", told());
    assert_eq!(rig.cloud.left(), Vec::<String>::new(), "{}", told());
}

/// Makes all, takes back with a fault, takes back again, and sees that nothing is left.
fn taken_back_all_the_same(name: &str, want: &Rig, kind: Kind, at: usize) {
    let rig = want.fresh();
    let mut run = rig.whole();
    *rig.cloud.fault.borrow_mut() = Some(Fault::new(kind, rig.cloud.calls.get() + at));
    let open = rig.take_back(&run, "a");
    if run.phase() != Phase::Removed {
        rig.mend();
        if !open {
            run = rig.again();
        }
        assert!(rig.take_back(&run, "b"));
    }
    let told = || format!("{name}: {kind:?} at call {at} of taking back: {:?} {:?}", run.phase(), run.trouble());
    assert_eq!(run.phase(), Phase::Removed, "{}", told());
    assert_eq!(rig.cloud.left(), Vec::<String>::new(), "{}", told());
}

/// What can go wrong with each of these calls: with a question nothing is made, so that less can.
fn all(operations: &[String]) -> Vec<(usize, Kind)> {
    const OF_QUESTIONS: &[Kind] = &[Kind::ClosedBefore, Kind::CutBefore, Kind::Expired];
    let asks =
        |operation: &String| ["Describe", "Get", "List"].iter().any(|word| operation.contains(&format!(" {word}")));
    let kinds = |operation: &String| if asks(operation) { OF_QUESTIONS } else { Kind::ALL };
    let each = operations.iter().enumerate();
    each.flat_map(|(at, operation)| kinds(operation).iter().map(move |kind| (at, *kind))).collect()
}

/// A part of [`all`] in which kinds and calls take turns; which kind meets which call changes with the template.
fn some(operations: &[String], salt: usize) -> Vec<(usize, Kind)> {
    let order = |kind: Kind| Kind::ALL.iter().position(|one| *one == kind).unwrap_or(0);
    let mut chosen = all(operations);
    chosen.retain(|(at, kind)| (at + order(*kind) + salt).is_multiple_of(3 * Kind::ALL.len()));
    chosen
}

type Choose = fn(&[String], usize) -> Vec<(usize, Kind)>;

fn each_becomes_the_same(choose: Choose) {
    for (salt, (name, design)) in templates().into_iter().enumerate() {
        let want = Rig::new(&design);
        want.whole();
        for (at, kind) in choose(&want.cloud.log.borrow(), salt) {
            made_all_the_same(&name, &want, kind, at);
        }
    }
}

fn each_becomes_empty(choose: Choose) {
    for (salt, (name, design)) in templates().into_iter().enumerate() {
        let want = Rig::new(&design);
        let run = want.whole();
        for (at, kind) in choose(&want.cloud.log.borrow(), salt + 5) {
            taken_back(&name, &want, kind, at);
        }
        let made = want.cloud.calls.get();
        assert!(want.take_back(&run, "a"));
        for (at, kind) in choose(&want.cloud.log.borrow()[made..], salt) {
            taken_back_all_the_same(&name, &want, kind, at);
        }
    }
}

#[test]
fn whatever_goes_wrong_the_account_becomes_the_same() {
    each_becomes_the_same(some);
}

#[test]
fn whatever_goes_wrong_the_account_becomes_empty() {
    each_becomes_empty(some);
}

#[test]
#[ignore = "each fault at each call takes minutes: `cargo test -p trazo-provision --test steps -- --ignored`"]
fn each_fault_at_each_call_leads_to_the_same_account() {
    each_becomes_the_same(|operations, _| all(operations));
}

#[test]
#[ignore = "each fault at each call takes minutes: `cargo test -p trazo-provision --test steps -- --ignored`"]
fn each_fault_at_each_call_leads_to_an_empty_account() {
    each_becomes_empty(|operations, _| all(operations));
}
