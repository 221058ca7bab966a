//! Undo and redo: one gesture is one step.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use trazo_model::edit::Edit;
use trazo_model::node::Placement;
use trazo_model::{Design, History, Kind, Node, NodeId, View};

fn history() -> (History, NodeId) {
    let mut history = History::new(Design::new("Tienda", "us-east-1"));
    let id = NodeId::new("service1");
    history.apply("edit.add", Edit::add_node(Node::new(id.clone(), Kind::Service, "catalogo", 0, 0))).unwrap();
    (history, id)
}

fn move_to(id: &NodeId, x: i32) -> Edit {
    Edit::Place { node: id.clone(), place: Placement { x, y: 0, size: None, parent: None } }
}

fn x(history: &History, id: &NodeId) -> i32 {
    history.design().node(id).unwrap().place.x
}

#[test]
fn each_edit_is_a_step_both_ways() {
    let (mut history, id) = history();
    history.apply("edit.move", move_to(&id, 10)).unwrap();
    history.apply("edit.move", move_to(&id, 20)).unwrap();
    assert_eq!((history.undo_label(), history.redo_label()), (Some("edit.move"), None));
    history.undo();
    assert_eq!(x(&history, &id), 10);
    history.undo();
    history.undo();
    assert!(history.design().is_empty());
    assert_eq!((history.undo_label(), history.redo_label()), (None, Some("edit.add")));
    assert!(history.undo().is_empty());
    history.redo();
    history.redo();
    history.redo();
    assert_eq!(x(&history, &id), 20);
    assert!(history.redo().is_empty());
}

#[test]
fn a_gesture_is_one_step() {
    let (mut history, id) = history();
    history.begin("edit.move");
    for x in 1..50 {
        history.apply("edit.move", move_to(&id, x)).unwrap();
    }
    assert!(history.commit());
    history.undo();
    assert_eq!(x(&history, &id), 0);
    history.redo();
    assert_eq!(x(&history, &id), 49);
}

#[test]
fn a_gesture_that_changed_nothing_leaves_no_step() {
    let (mut history, _) = history();
    history.begin("edit.move");
    assert!(!history.commit());
    assert_eq!(history.undo_label(), Some("edit.add"));
}

#[test]
fn a_gesture_can_be_given_up() {
    let (mut history, id) = history();
    history.begin("edit.move");
    history.apply("edit.move", move_to(&id, 10)).unwrap();
    history.apply("edit.move", move_to(&id, 20)).unwrap();
    assert!(!history.rollback().is_empty());
    assert_eq!(x(&history, &id), 0);
    assert_eq!(history.undo_label(), Some("edit.add"));
    assert!(history.rollback().is_empty());
}

#[test]
fn typing_in_one_field_is_one_step_until_it_is_left() {
    let (mut history, id) = history();
    let type_name = |history: &mut History, name: &str| {
        history.apply_joined("edit.rename", "service1.name", Edit::set(&id, "name", name)).unwrap();
    };
    for name in ["p", "pe", "pedidos"] {
        type_name(&mut history, name);
    }
    history.seal();
    type_name(&mut history, "pagos");
    let name = |history: &History| history.design().node(&id).unwrap().name.clone();
    history.undo();
    assert_eq!(name(&history), "pedidos");
    history.undo();
    assert_eq!(name(&history), "catalogo");
    // What is typed after an undo does not join what was undone.
    type_name(&mut history, "envios");
    history.undo();
    assert_eq!(name(&history), "catalogo");
}

#[test]
fn a_new_edit_ends_what_could_be_done_again() {
    let (mut history, id) = history();
    history.apply("edit.move", move_to(&id, 10)).unwrap();
    history.undo();
    history.apply("edit.move", move_to(&id, 30)).unwrap();
    assert!(history.redo().is_empty());
    assert_eq!(x(&history, &id), 30);
}

#[test]
fn what_is_refused_leaves_design_and_steps_alone() {
    let (mut history, id) = history();
    history.apply("edit.move", move_to(&id, 10)).unwrap();
    history.undo();
    let (was, revision) = (history.design().clone(), history.revision());
    assert!(history.apply("edit.set", Edit::set(&id, "desiredCount", "three")).is_err());
    assert!(history.apply("edit.delete", Edit::RemoveNode("nobody".into())).is_err());
    assert_eq!((history.design(), history.revision()), (&was, revision));
    assert_eq!(history.redo_label(), Some("edit.move"));
}

#[test]
fn revisions_grow_with_each_change_and_looking_around_is_none() {
    let (mut history, id) = history();
    let mut last = history.revision();
    let mut grown = |history: &History| {
        let grown = history.revision() > last;
        last = history.revision();
        grown
    };
    history.apply("edit.move", move_to(&id, 10)).unwrap();
    assert!(grown(&history));
    history.undo();
    assert!(grown(&history));
    history.set_view(View { x: 5, y: 5, zoom: 50 });
    assert!(!grown(&history));
    assert_eq!(history.design().view.zoom, 50);
    // Undoing does not move the eye.
    history.redo();
    assert_eq!(history.design().view.zoom, 50);
}
