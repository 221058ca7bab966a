//! The rules of the document, and edits that do what a person means.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::json;
use trazo_model::edit::{Edit, EditError, Refusal, Touch, apply, can_link};
use trazo_model::node::Placement;
use trazo_model::{Design, Kind, Link, LinkKind, Node, NodeId, Size, Target, check, commands};

/// A VPC that holds a cluster that holds a service, and a task definition, linked.
fn drawn() -> Design {
    let mut design = Design::new("Tienda", "us-east-1");
    for node in [
        Node::new("vpc1".into(), Kind::Vpc, "red", 0, 0),
        Node::new("cluster1".into(), Kind::Cluster, "tienda", 10, 10).inside(&"vpc1".into()),
        Node::new("service1".into(), Kind::Service, "catalogo", 20, 20).inside(&"cluster1".into()),
        Node::new("task1".into(), Kind::TaskDefinition, "catalogo", 900, 0),
    ] {
        apply(&mut design, Edit::add_node(node)).unwrap();
    }
    let edit = commands::connect(&design, &"service1".into(), &"task1".into()).unwrap();
    apply(&mut design, edit).unwrap();
    design
}

fn place(parent: Option<&str>, size: Option<Size>) -> Placement {
    Placement { x: 0, y: 0, size, parent: parent.map(NodeId::from) }
}

/// What an edit is refused with; the design must be as it was.
fn refused(design: &mut Design, edit: Edit) -> EditError {
    let was = design.clone();
    let error = apply(design, edit).unwrap_err();
    assert_eq!(*design, was);
    error
}

#[test]
fn nodes_that_break_a_rule_are_refused() {
    let mut d = drawn();
    let node = |id: &str| Node::new(id.into(), Kind::Service, "x", 0, 0);
    for id in ["", "a b", "ñ", "service1", &"a".repeat(41)] {
        assert!(matches!(refused(&mut d, Edit::add_node(node(id))), EditError::BadId(_)), "{id}");
    }
    let far = Node::new("far".into(), Kind::Service, "x", 2_000_000, 0);
    assert!(matches!(refused(&mut d, Edit::add_node(far)), EditError::BadPlace(_)));
    let lost = node("lost").inside(&"nobody".into());
    assert!(matches!(refused(&mut d, Edit::add_node(lost)), EditError::BadParent(..)));
    for id in ["service1", "cluster1"] {
        assert!(matches!(refused(&mut d, Edit::RemoveNode(id.into())), EditError::InUse(_)), "{id}");
    }
    assert!(matches!(refused(&mut d, Edit::RemoveNode("nobody".into())), EditError::NoNode(_)));
}

#[test]
fn places_that_break_a_rule_are_refused() {
    let mut d = drawn();
    let group = Some(Size { w: 480, h: 320 });
    let cases = [
        ("vpc1", place(Some("vpc1"), group)),
        ("vpc1", place(Some("cluster1"), group)),
        ("cluster1", place(Some("service1"), group)),
        ("service1", place(Some("vpc1"), None)),
        ("task1", place(Some("cluster1"), None)),
    ];
    for (node, place) in cases {
        let edit = Edit::Place { node: node.into(), place };
        assert!(matches!(refused(&mut d, edit), EditError::BadParent(..)), "{node}");
    }
    for (node, size) in [("service1", group), ("cluster1", None), ("cluster1", Some(Size { w: 20, h: 20 }))] {
        let edit = Edit::Place { node: node.into(), place: place(None, size) };
        assert!(matches!(refused(&mut d, edit), EditError::BadPlace(_)), "{node} {size:?}");
    }
}

#[test]
fn links_that_break_a_rule_are_refused_with_the_reason() {
    let mut d = drawn();
    apply(&mut d, Edit::add_node(Node::new("task2".into(), Kind::TaskDefinition, "b", 0, 0))).unwrap();
    for (from, to, reason) in [
        ("service1", "service1", Refusal::Itself),
        ("service1", "cluster1", Refusal::Kinds),
        ("service1", "nobody", Refusal::Kinds),
        ("task1", "service1", Refusal::Backwards),
        ("service1", "task1", Refusal::Already),
        ("service1", "task2", Refusal::FullFrom),
    ] {
        assert_eq!(can_link(&d, &from.into(), &to.into()).err(), Some(reason), "{from} → {to}");
        if to != "nobody" {
            let link = Link::new("new".into(), LinkKind::Runs, &from.into(), &to.into());
            assert_eq!(refused(&mut d, Edit::add_link(link)), EditError::Link(reason), "{from} → {to}");
        }
    }
    // A link of another kind than the two nodes have.
    apply(&mut d, Edit::add_node(Node::new("role1".into(), Kind::Role, "r", 0, 0))).unwrap();
    let link = Link::new("new".into(), LinkKind::Runs, &"task1".into(), &"role1".into());
    assert_eq!(refused(&mut d, Edit::add_link(link)), EditError::Link(Refusal::Kinds));
}

#[test]
fn values_that_could_not_be_opened_again_are_refused() {
    let mut d = drawn();
    for (path, value) in [
        ("name", json!(1)),
        ("desiredCount", json!("2")),
        ("desiredCount", json!(1.5)),
        ("launch", json!("mars")),
        ("scaling", json!(true)),
        ("scaling.wings", json!(2)),
        ("nothing", json!(1)),
        ("desiredCount.deeper", json!(1)),
        ("tags", json!([{ "key": "a", "colour": 1, "value": 2 }])),
        ("tags.0.key", json!("a")),
        ("", json!(1)),
    ] {
        let error = refused(&mut d, Edit::set(&NodeId::from("service1"), path, value.clone()));
        assert!(matches!(error, EditError::BadValue { .. }), "{path} = {value}: {error}");
    }
    assert!(matches!(refused(&mut d, Edit::set(Target::Design, "colour", "red")), EditError::BadValue { .. }));
    assert!(matches!(refused(&mut d, Edit::set(Target::Link("nobody".into()), "use", "both")), EditError::NoLink(_)));
}

#[test]
fn a_wrong_value_is_no_wrong_form() {
    let mut d = drawn();
    let service = NodeId::from("service1");
    apply(&mut d, Edit::set(&service, "desiredCount", -5)).unwrap();
    apply(&mut d, Edit::set(&service, "name", "no válido")).unwrap();
    let found: Vec<_> = check(&d).into_iter().filter(|finding| finding.node() == Some(&service)).collect();
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["FLD005", "FLD002", "SVC076"]);
}

#[test]
fn a_batch_is_done_whole_or_not_at_all() {
    let mut d = drawn();
    let batch = Edit::Batch(vec![
        Edit::set(&NodeId::from("service1"), "name", "otro"),
        Edit::RemoveLink("link1".into()),
        Edit::Batch(vec![Edit::RemoveNode("service1".into()), Edit::RemoveNode("vpc1".into())]),
    ]);
    assert!(matches!(refused(&mut d, batch), EditError::InUse(_)));
    assert!(d.link_between(&"service1".into(), &"task1".into()).is_some());
}

#[test]
fn edits_tell_what_they_touched() {
    let mut d = drawn();
    let batch = Edit::Batch(vec![
        Edit::set(&NodeId::from("task1"), "cpu", 512),
        Edit::RemoveLink("link1".into()),
        Edit::set(Target::Design, "name", "Otra"),
    ]);
    let touched = apply(&mut d, batch).unwrap().touched;
    assert_eq!(touched, [Touch::NodeSet("task1".into()), Touch::LinkRemoved("link1".into()), Touch::DesignSet]);
}

#[test]
fn removing_a_group_leaves_what_lies_in_it() {
    let mut d = drawn();
    let edit = commands::remove(&d, &[Target::Node("cluster1".into())]);
    apply(&mut d, edit).unwrap();
    let service = d.node(&"service1".into()).unwrap();
    // A service cannot lie in a VPC itself, so it lies in nothing now, where it was.
    assert_eq!((service.place.parent.as_ref(), service.place.x), (None, 20));

    let mut d = drawn();
    let edit = commands::remove(&d, &[Target::Node("vpc1".into())]);
    apply(&mut d, edit).unwrap();
    assert_eq!(
        d.ancestors(&"service1".into()).map(|node| node.id.as_str().to_owned()).collect::<Vec<_>>(),
        ["cluster1"]
    );
}

#[test]
fn removing_all_leaves_nothing_and_can_be_undone() {
    let mut d = drawn();
    let was = d.clone();
    let all: Vec<Target> = d.nodes().map(|node| Target::from(&node.id)).collect();
    let applied = apply(&mut d, commands::remove(&was, &all)).unwrap();
    assert!(d.is_empty() && d.links().len() == 0);
    apply(&mut d, applied.inverse).unwrap();
    assert_eq!(d, was);
}

#[test]
fn items_of_lists_are_added_removed_and_moved() {
    let mut d = drawn();
    let task: Target = (&NodeId::from("task1")).into();
    let names = |d: &Design| {
        let json = trazo_model::element_json(d, &task).unwrap();
        let names = json["containers"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>().join(" ")
    };
    for name in ["b", "c"] {
        let edit = commands::push_item(&d, &task, "containers", json!({ "name": name }));
        apply(&mut d, edit).unwrap();
    }
    assert_eq!(names(&d), "app b c");
    for (edit, then) in [
        (commands::move_item(&d, &task, "containers", 2, 0), "c app b"),
        (commands::move_item(&d, &task, "containers", 0, 9), "app b c"),
        (commands::remove_item(&d, &task, "containers", 1), "app c"),
        (commands::remove_item(&d, &task, "containers", 9), "app b c"),
    ] {
        let mut copy = d.clone();
        apply(&mut copy, edit).unwrap();
        assert_eq!(names(&copy), then);
    }
}
