//! An edit tells each question that is answered differently after it.
#![allow(clippy::unwrap_used, unreachable_pub, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use super::change::cell;
use super::key::Key;
use super::{Design, record};
use crate::edit::apply;
use crate::{Kind, LinkId, NodeId};

#[path = "../../tests/common/mod.rs"]
mod common;

use common::{act, edit, perform};

/// What can be asked about: ids and names of before and after an edit.
#[derive(Default)]
struct Subjects {
    nodes: Vec<NodeId>,
    links: Vec<LinkId>,
    names: Vec<String>,
    cells: Vec<(i32, i32)>,
}

impl Subjects {
    fn of(designs: [&Design; 2]) -> Self {
        let mut all = Self::default();
        for design in designs {
            for node in design.nodes() {
                all.nodes.push(node.id.clone());
                all.names.push(node.name.clone());
                all.cells.push(cell(node.place.x, node.place.y));
            }
            all.links.extend(design.links().map(|link| link.id.clone()));
        }
        all
    }
}

/// The answers to all questions, written out.
fn answers(design: &Design, about: &Subjects) -> BTreeMap<u64, (String, String)> {
    let mut all = BTreeMap::new();
    let mut ask = |key: Key<'_>, answer: String| drop(all.insert(key.number(), (format!("{key:?}"), answer)));
    ask(Key::Own, format!("{:?}", design.own));
    ask(Key::Nodes, format!("{:?}", design.nodes));
    ask(Key::Links, format!("{:?}", design.links));
    ask(Key::Census, format!("{:?} {:?}", design.nodes.keys(), design.links.keys()));
    for id in &about.nodes {
        ask(Key::Node(id), format!("{:?}", design.node(id)));
        ask(Key::At(id), ids(design.links_of(id).map(|link| link.id.as_str())));
        ask(Key::From(id), ids(design.links_from(id).map(|link| link.id.as_str())));
        ask(Key::To(id), ids(design.links_to(id).map(|link| link.id.as_str())));
        ask(Key::In(id), ids(design.children(id).map(|node| node.id.as_str())));
    }
    for id in &about.links {
        ask(Key::Link(id), format!("{:?}", design.link(id)));
    }
    for kind in Kind::ALL {
        ask(Key::Kind(kind), ids(design.nodes_of(kind).map(|node| node.id.as_str())));
        ask(Key::FreeNode(kind), design.free_node_id(kind).to_string());
        ask(Key::FreeName(kind), design.free_name(kind));
    }
    for name in &about.names {
        ask(Key::Name(name), ids(design.named(name).map(|node| node.id.as_str())));
    }
    for (x, y) in &about.cells {
        let here = design.listed(Key::Cell(*x, *y), |_| true);
        ask(Key::Cell(*x, *y), ids(here.map(|node| node.id.as_str())));
    }
    ask(Key::FreeLink, design.free_link_id().to_string());
    all
}

fn ids<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.collect::<Vec<_>>().join(" ")
}

/// The lists and numbers say what going through everything says.
fn assert_lists_hold(design: &Design) {
    let all: Vec<_> = design.nodes().collect();
    for kind in Kind::ALL {
        assert!(design.nodes_of(kind).eq(all.iter().copied().filter(|node| node.kind() == kind)));
        let free = design.free_name(kind);
        assert!(all.iter().all(|node| node.name != free));
        assert!(design.node(&design.free_node_id(kind)).is_none());
    }
    for node in &all {
        assert!(design.named(&node.name).eq(all.iter().copied().filter(|other| other.name == node.name)));
        assert!(
            design
                .children(&node.id)
                .eq(all.iter().copied().filter(|other| other.place.parent.as_ref() == Some(&node.id)))
        );
        assert!(design.links_from(&node.id).eq(design.links().filter(|link| link.from == node.id)));
        assert!(design.links_to(&node.id).eq(design.links().filter(|link| link.to == node.id)));
        let at = design.links().filter(|link| link.from == node.id || link.to == node.id);
        assert!(design.links_of(&node.id).eq(at));
    }
    assert!(design.link(&design.free_link_id()).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_tells_each_question_that_is_answered_differently(before in vec(act(), 0..30), acts in vec(act(), 0..30)) {
        let mut design = Design::new("Tienda", "us-east-1");
        perform(&mut design, &before);
        for act in acts {
            let (was, then) = (design.clone(), design.now());
            let Some(applied) = edit(&design, &act).and_then(|edit| apply(&mut design, edit).ok()) else { continue };
            let about = Subjects::of([&was, &design]);
            let (old, new) = (answers(&was, &about), answers(&design, &about));
            let told = design.changed_since(then).unwrap();
            for (number, (question, answer)) in &new {
                prop_assert!(old[number].1 == *answer || told.contains(number), "{} after {:?}", question, applied.touched);
            }
            assert_lists_hold(&design);
        }
    }
}

#[test]
fn the_first_free_numbers_are_filled_again() {
    let mut design = Design::new("Tienda", "us-east-1");
    let add = |design: &mut Design| {
        let (id, name) = (design.free_node_id(Kind::LoadBalancer), design.free_name(Kind::LoadBalancer));
        let node = crate::Node::new(id, Kind::LoadBalancer, &name, 0, 0);
        apply(design, crate::Edit::add_node(node)).unwrap();
    };
    (0..3).for_each(|_| add(&mut design));
    assert_eq!(design.free_node_id(Kind::LoadBalancer).as_str(), "alb4");
    apply(&mut design, crate::Edit::RemoveNode("alb2".into())).unwrap();
    assert_eq!(
        (design.free_node_id(Kind::LoadBalancer).as_str(), &*design.free_name(Kind::LoadBalancer)),
        ("alb2", "load-balancer-2")
    );
    add(&mut design);
    assert_eq!(design.free_name(Kind::LoadBalancer), "load-balancer-4");
}

#[test]
fn what_is_read_is_noted_only_while_somebody_wants_to_know() {
    let design = Design::new("Tienda", "us-east-1");
    design.name();
    let read = record(&mut || assert!(design.node(&"x".into()).is_none()));
    assert_eq!(read, [Key::Node(&"x".into()).number()]);
    assert_eq!(record(&mut || {}), Vec::<u64>::new());
}

#[test]
fn who_was_away_for_long_is_told_so() {
    let mut design = Design::new("Tienda", "us-east-1");
    let then = design.now();
    assert_eq!(design.changed_since(then), Some([].as_slice()));
    design.own_mut();
    assert_eq!(design.changed_since(then), Some([Key::Own.number()].as_slice()));
    assert_eq!(design.clone().changed_since(then), None, "a copy is another design");
    for _ in 0..1 << 15 {
        design.own_mut();
    }
    assert_eq!(design.changed_since(then), None);
}
