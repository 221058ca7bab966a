use super::desk::*;
use crate::{Align, Axis, Editor};
use trazo_model::{Edit, Kind, Refusal, Target};

fn row() -> Desk {
    Desk::of(
        &[
            ("a", Kind::Service, 0, 0, ""),
            ("b", Kind::Service, 240, 40, ""),
            ("c", Kind::Service, 800, 96, ""),
            ("cluster", Kind::Cluster, 0, 300, ""),
        ],
        &[],
    )
}

fn select(desk: &mut Desk, ids: &[&str]) {
    let targets: Vec<Target> = ids.iter().map(|text| node(text)).collect();
    desk.run(|editor| editor.select(&targets));
}

#[test]
fn lines_up() {
    let mut desk = row();
    select(&mut desk, &["a", "b", "c"]);
    desk.run(|editor| editor.align(Align::Top));
    assert_eq!((desk.place("a"), desk.place("b"), desk.place("c")), ((0, 0), (240, 0), (800, 0)));
    desk.run(|editor| editor.align(Align::Right));
    assert_eq!((desk.place("a").0, desk.place("b").0), (800, 800));
    assert_eq!(desk.undo_all(), 2);
    select(&mut desk, &["a"]);
    assert!(!desk.run(|editor| editor.align(Align::Left)).document);
}

#[test]
fn spaces_out() {
    let mut desk = row();
    select(&mut desk, &["a", "b", "c"]);
    desk.run(|editor| editor.distribute(Axis::Horizontal));
    assert_eq!((desk.place("a").0, desk.place("b").0, desk.place("c").0), (0, 400, 800));
    select(&mut desk, &["a", "b"]);
    assert!(!desk.run(|editor| editor.distribute(Axis::Vertical)).document);
}

#[test]
fn groups_what_one_kind_of_group_may_hold() {
    let mut desk = row();
    select(&mut desk, &["a", "b"]);
    desk.key("Ctrl+g");
    let group = desk.selected()[0].clone();
    assert_eq!((desk.parent("a"), desk.parent("b")), (group.clone(), group.clone()));
    let rect = |text: &str| desk.editor.node_rect(&id(text)).expect("there");
    assert!(rect(&group).contains_rect(rect("a").inflate(16.0)));
    assert_eq!(desk.undo_all(), 1);
    desk.run(|editor| editor.add_node(Kind::Users, None).1);
    assert!(!desk.key("Ctrl+g").handled, "users lie in no group");
}

#[test]
fn moves_into_a_group_and_out() {
    let mut desk = row();
    select(&mut desk, &["a", "b"]);
    desk.run(|editor| editor.move_into(Some(&id("cluster"))).expect("may lie there"));
    assert_eq!((desk.parent("a"), desk.parent("b")), ("cluster".into(), "cluster".into()));
    let rect = |desk: &Desk, text: &str| desk.editor.node_rect(&id(text)).expect("there");
    assert!(!rect(&desk, "a").overlaps(rect(&desk, "b")));
    assert!(rect(&desk, "cluster").contains_rect(rect(&desk, "a").union(rect(&desk, "b"))));
    desk.run(|editor| editor.move_into(None).expect("may lie outside"));
    assert_eq!(desk.parent("a"), "");
    assert!(!rect(&desk, "cluster").overlaps(rect(&desk, "a")));
    assert_eq!(desk.undo_all(), 2);
}

#[test]
fn a_group_that_may_not_hold_the_kind_is_refused() {
    let mut desk = row();
    desk.run(|editor| editor.add_node(Kind::Users, None).1);
    assert!(desk.editor.move_into(Some(&id("cluster"))).is_err());
    assert_eq!(desk.parent(&desk.selected()[0]), "");
}

#[test]
fn connects_with_a_reason_where_it_does_not() {
    let mut desk = row();
    assert_eq!(desk.editor.connect(&id("a"), &id("a")), Err(Refusal::Itself));
    desk.run(|editor| editor.add_node(Kind::Users, None).1);
    let users = desk.selected()[0].clone();
    assert_eq!(desk.editor.connect(&id("a"), &id(&users)), Err(Refusal::Kinds));
    desk.run(|editor| editor.add_node(Kind::TaskDefinition, None).1);
    let task = desk.selected()[0].clone();
    desk.run(|editor| editor.connect(&id("a"), &id(&task)).expect("may be linked"));
    assert_eq!(desk.links(), [format!("a-{task}")]);
}

#[test]
fn tidies_up_in_one_step_without_overlaps() {
    let mut desk = Desk::of(
        &[
            ("alb", Kind::LoadBalancer, 16, 16, ""),
            ("a", Kind::Service, 40, 40, "cluster"),
            ("b", Kind::Service, 48, 48, "cluster"),
            ("users", Kind::Users, 56, 16, ""),
            ("note", Kind::Note, 64, 16, ""),
        ]
        .map(|(id, kind, x, y, _)| (id, kind, x, y, "")),
        &[("users", "alb"), ("alb", "a"), ("alb", "b")],
    );
    desk.run(Editor::tidy);
    let order = desk.editor.design().nodes().map(|node| node.id.clone()).collect::<Vec<_>>();
    let rects: Vec<_> = order.iter().map(|id| desk.editor.node_rect(id).expect("there")).collect();
    for (i, a) in rects.iter().enumerate() {
        assert!(rects[i + 1..].iter().all(|b| !a.overlaps(*b)), "{rects:?}");
    }
    assert!(desk.place("users").0 < desk.place("alb").0 && desk.place("alb").0 < desk.place("a").0);
    assert!(!desk.run(Editor::tidy).document, "tidy stays tidy");
    assert_eq!(desk.undo_all(), 1);
    assert_eq!(desk.place("note"), (64, 16));
}

#[test]
fn edits_of_fields_are_told_and_joined() {
    let mut desk = row();
    for name in ["w", "we", "web"] {
        desk.run(|editor| {
            editor.apply_joined("edit.rename", "name", Edit::set(&id("a"), "name", name)).expect("a name")
        });
    }
    let changes = desk.run(|editor| {
        editor.seal();
        editor.apply("edit.rename", Edit::set(&id("a"), "name", "shop")).expect("a name")
    });
    assert_eq!(changes.nodes_set, [id("a")]);
    assert!(changes.document && changes.nodes_moved.is_empty() && changes.links_routed.is_empty());
    assert_eq!(desk.undo_all(), 2);
}

#[test]
fn an_edit_from_elsewhere_takes_back_what_is_under_way() {
    let mut desk = row();
    desk.down(50.0, 30.0);
    desk.to(150.0, 60.0);
    desk.run(|editor| editor.apply("edit.rename", Edit::set(&id("a"), "name", "shop")).expect("a name"));
    assert_eq!(desk.editor.node_rect(&id("a")).expect("there").x, 0.0);
    desk.to(250.0, 60.0);
    desk.up(250.0, 60.0);
    assert_eq!(desk.place("a"), (0, 0));
}

#[test]
fn undo_shows_what_it_changed() {
    let mut desk = row();
    desk.click(50.0, 30.0);
    desk.key("ArrowDown");
    desk.run(|editor| editor.pan_by(-9000.0, 0.0));
    desk.key("Ctrl+z");
    let rect = desk.editor.node_rect(&id("a")).expect("there");
    assert!(desk.editor.viewport().world_rect(SCREEN).contains_rect(rect));
}
