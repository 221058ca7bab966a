use super::desk::*;
use crate::input::{Input, Key};
use crate::{Cursor, Request, Tool};
use trazo_model::Kind;

fn flow() -> Desk {
    Desk::of(
        &[
            ("role", Kind::Role, 900, 300, ""),
            ("cluster", Kind::Cluster, 560, 40, ""),
            ("b", Kind::Service, 600, 240, "cluster"),
            ("a", Kind::Service, 600, 120, "cluster"),
            ("alb", Kind::LoadBalancer, 304, 96, ""),
            ("users", Kind::Users, 0, 160, ""),
        ],
        &[("users", "alb"), ("alb", "a")],
    )
}

#[test]
fn tab_goes_through_the_nodes_as_one_reads_and_then_leaves() {
    let mut desk = flow();
    let mut seen = Vec::new();
    while desk.key("Tab").handled {
        seen.extend(desk.selected());
    }
    assert_eq!(seen, ["users", "alb", "cluster", "a", "b", "role"]);
    // It left forwards, so it comes back in at the beginning; Shift+Tab at the end.
    desk.key("Escape");
    assert!(desk.key("Shift+Tab").handled);
    desk.key("Shift+Tab");
    assert!(desk.requests.contains(&Request::Focus(node("a"))));
}

#[test]
fn tab_is_left_alone_where_there_is_nothing() {
    let mut desk = Desk::empty();
    assert!(!desk.key("Tab").handled);
    assert!(!desk.key("Enter").handled);
    assert!(!desk.key("Delete").handled);
    assert!(!desk.key("q").handled);
    assert!(!desk.key("Escape").handled);
}

#[test]
fn tab_brings_into_view() {
    let mut desk = flow();
    desk.run(|editor| editor.pan_by(-5000.0, 0.0));
    desk.key("Tab");
    let view = desk.editor.viewport();
    let rect = view.rect_to_screen(desk.editor.node_rect(&id("users")).expect("there"));
    assert!(rect.x >= 0.0 && rect.right() <= SCREEN.w);
}

#[test]
fn arrows_nudge_and_nudges_are_one_step() {
    let mut desk = flow();
    desk.click(50.0, 180.0);
    desk.key("ArrowRight");
    desk.key("ArrowRight");
    desk.key("Shift+ArrowDown");
    assert_eq!(desk.place("users"), (16, 240));
    desk.key("Tab");
    desk.key("ArrowUp");
    assert_eq!(desk.place("alb"), (304, 88));
    assert_eq!(desk.undo_all(), 2);
    assert_eq!(desk.place("users"), (0, 160));
}

#[test]
fn a_nudged_child_pushes_its_group_open() {
    let mut desk = flow();
    desk.click(650.0, 150.0);
    desk.key("Shift+ArrowLeft");
    assert_eq!((desk.place("a"), desk.parent("a")), ((520, 120), "cluster".into()));
    assert_eq!(desk.place("cluster"), (504, 40));
    assert_eq!(desk.undo_all(), 1);
    assert_eq!(desk.place("cluster"), (560, 40));
}

#[test]
fn arrows_move_the_view_where_nothing_is_selected() {
    let mut desk = flow();
    desk.key("ArrowRight");
    assert_eq!(desk.editor.viewport().x, -48.0);
    assert_eq!(desk.undo_all(), 0);
}

#[test]
fn delete_takes_links_along_and_leaves_children() {
    let mut desk = flow();
    desk.click(350.0, 120.0);
    desk.key("Delete");
    assert!(desk.links().is_empty());
    desk.click(700.0, 60.0);
    desk.key("Backspace");
    assert_eq!((desk.parent("a"), desk.nodes().len()), (String::new(), 4));
    assert_eq!(desk.undo_all(), 2);
    assert_eq!(desk.links(), ["users-alb", "alb-a"]);
    assert_eq!(desk.parent("a"), "cluster");
}

#[test]
fn after_a_deletion_tab_goes_on_from_there() {
    let mut desk = flow();
    desk.click(350.0, 120.0);
    desk.key("Delete");
    desk.key("Tab");
    assert_eq!(desk.selected(), ["cluster"]);
}

#[test]
fn undo_and_redo_tell_what_they_do() {
    let mut desk = flow();
    desk.key("Ctrl+z");
    assert_eq!(desk.told()[0].key, "ui.announce.nothing_to_undo");
    desk.click(50.0, 180.0);
    desk.key("Delete");
    desk.told();
    desk.key("Ctrl+z");
    let told = desk.told();
    assert_eq!((told[0].key, told[0].args[0].1.as_str()), ("ui.announce.undone", "edit.delete"));
    assert_eq!(desk.nodes().len(), 6);
    desk.key("Ctrl+Shift+Z");
    assert_eq!(desk.nodes().len(), 5);
    desk.key("Ctrl+z");
    desk.key("Ctrl+y");
    assert_eq!(desk.nodes().len(), 5);
}

#[test]
fn space_pans_while_it_is_held() {
    let mut desk = flow();
    desk.key(" ");
    assert_eq!(desk.editor.cursor(), Cursor::Grab);
    desk.drag((50.0, 180.0), (80.0, 190.0));
    assert_eq!((desk.editor.viewport().x, desk.editor.viewport().y), (30.0, 10.0));
    assert_eq!(desk.place("users"), (0, 160));
    desk.input(Input::KeyUp(Key { key: " ".into(), ..Key::default() }));
    assert_ne!(desk.editor.cursor(), Cursor::Grab);
}

#[test]
fn escape_leaves_one_thing_at_a_time() {
    let mut desk = flow();
    desk.key("Ctrl+a");
    desk.key("h");
    assert_eq!(desk.editor.tool(), Tool::Pan);
    desk.key("Escape");
    assert_eq!((desk.editor.tool(), desk.selected().len()), (Tool::Select, 8));
    desk.key("Escape");
    assert!(desk.selected().is_empty());
}

#[test]
fn the_menu_key_asks_for_the_menu_at_the_selection() {
    let mut desk = flow();
    desk.click(50.0, 180.0);
    desk.key("Shift+F10");
    let menu = desk.requests.iter().any(|r| matches!(r, Request::ContextMenu { at, .. } if at.x == 100.0));
    assert!(menu, "{:?}", desk.requests);
    desk.key("F2");
    assert!(desk.requests.contains(&Request::Rename(id("users"))));
}
