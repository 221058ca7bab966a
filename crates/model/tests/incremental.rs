//! Checking what an edit touches gives what checking everything gives.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::sync::Arc;

use common::{Act, act, edit, perform};
use proptest::collection::vec;
use proptest::prelude::*;
use trazo_model::edit::{Edit, apply};
use trazo_model::{Checker, Design, History, Kind, Link, LinkKind, Node, NodeId, Severity, check, manifest};

fn same(checker: &mut Checker, design: &Design) -> Result<(), TestCaseError> {
    let kept = checker.check(design);
    let whole = check(design);
    prop_assert_eq!(kept.iter().map(|finding| &**finding).collect::<Vec<_>>(), whole.iter().collect::<Vec<_>>());
    Ok(())
}

fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    vec(act(), 0..most)
}

/// What is done between two looks at the findings.
#[derive(Clone, Debug)]
enum Turn {
    Acts(Vec<Act>),
    Undo(usize),
    Redo(usize),
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        6 => acts(4).prop_map(Turn::Acts),
        1 => (1..8_usize).prop_map(Turn::Undo),
        1 => (1..4_usize).prop_map(Turn::Redo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_what_a_whole_check_finds(before in acts(40), turns in vec(turn(), 0..40)) {
        let mut design = Design::new("Tienda", "us-east-1");
        perform(&mut design, &before);
        let mut history = History::new(design);
        let mut checker = Checker::default();
        same(&mut checker, history.design())?;
        for turn in turns {
            match turn {
                Turn::Acts(acts) => for act in acts {
                    let Some(edit) = edit(history.design(), &act) else { continue };
                    let _ = history.apply("edit.set", edit);
                },
                Turn::Undo(times) => for _ in 0..times {
                    history.undo();
                },
                Turn::Redo(times) => for _ in 0..times {
                    history.redo();
                },
            }
            same(&mut checker, history.design())?;
        }
    }

    #[test]
    fn a_checker_may_be_handed_another_design(acts in acts(40), other in acts(40)) {
        let mut design = Design::new("Tienda", "us-east-1");
        perform(&mut design, &acts);
        let mut checker = Checker::default();
        same(&mut checker, &design)?;
        let mut copy = design.clone();
        perform(&mut copy, &other);
        same(&mut checker, &copy)?;
        perform(&mut design, &other);
        same(&mut checker, &design)?;
    }

    #[test]
    fn how_a_design_came_about_makes_no_difference(acts in acts(80)) {
        let mut design = Design::new("Tienda", "us-east-1");
        let inverses = perform(&mut design, &acts);
        let redo: Vec<Edit> = inverses.into_iter().map(|inverse| apply(&mut design, inverse).unwrap().inverse).collect();
        for edit in redo.into_iter().rev() {
            apply(&mut design, edit).unwrap();
        }
        // Notes come last in a file, wherever they were drawn; they have no say in what is wrong with the rest.
        let read = manifest::from_json(manifest::to_json(&design)).unwrap();
        let told = |design: &Design| {
            let all = check(design).into_iter().filter(|finding| {
                finding.node().and_then(|id| design.node(id)).is_none_or(|node| node.kind() != Kind::Note)
            });
            all.collect::<Vec<_>>()
        };
        prop_assert_eq!(told(&design), told(&read));
    }
}

fn set(node: &str, field: &str, value: impl Into<serde_json::Value>) -> Edit {
    Edit::set(&NodeId::from(node), field, value)
}

/// Two services in no cluster, and a load balancer that leads to the first.
fn lonely() -> History {
    let mut design = Design::new("Tienda", "us-east-1");
    let nodes = [("alb1", Kind::LoadBalancer), ("svc1", Kind::Service), ("svc2", Kind::Service)];
    for (at, (id, kind)) in (0..).zip(nodes) {
        apply(&mut design, Edit::add_node(Node::new(id.into(), kind, id, 0, at * 200))).unwrap();
    }
    let link = Link::new("link1".into(), LinkKind::Forward, &"alb1".into(), &"svc1".into());
    apply(&mut design, Edit::add_link(link)).unwrap();
    History::new(design)
}

#[test]
fn what_an_edit_does_not_touch_is_kept_as_it_is() {
    let mut history = lonely();
    let mut checker = Checker::default();
    let before = checker.check(history.design());
    assert!(before.iter().any(|finding| finding.severity == Severity::Error));
    assert!(Arc::ptr_eq(&before, &checker.check(history.design())), "nothing was done");
    history.apply("edit.set", set("svc2", "desiredCount", 9000)).unwrap();
    let after = checker.check(history.design());
    assert_eq!(after.len(), before.len() + 1);
    for finding in before.iter().filter(|finding| finding.node() != Some(&"svc2".into())) {
        assert!(after.iter().any(|other| Arc::ptr_eq(other, finding)), "{finding:?} was made anew");
    }
}

#[test]
fn a_change_is_told_to_those_far_away_who_asked_for_it() {
    let mut history = lonely();
    let mut checker = Checker::default();
    let twins = |checker: &mut Checker, history: &History| {
        checker.check(history.design()).iter().filter(|finding| finding.code == "FLD006").count()
    };
    assert_eq!(twins(&mut checker, &history), 0);
    history.apply("edit.rename", set("svc2", "name", "svc1")).unwrap();
    assert_eq!(twins(&mut checker, &history), 1);
    history.apply("edit.rename", set("svc1", "name", "tienda")).unwrap();
    assert_eq!(twins(&mut checker, &history), 0);
}
