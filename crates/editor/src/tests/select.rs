use super::desk::*;
use crate::input::{Button, Input};
use crate::{Cursor, Request};
use trazo_model::{Kind, Target};

fn three() -> Desk {
    Desk::of(
        &[
            ("users", Kind::Users, 0, 96, ""),
            ("api", Kind::HttpApi, 304, 96, ""),
            ("vpc", Kind::Vpc, 600, 40, ""),
            ("alb", Kind::LoadBalancer, 640, 96, "vpc"),
        ],
        &[("users", "api"), ("api", "alb")],
    )
}

#[test]
fn a_click_selects_and_a_click_beside_selects_nothing() {
    let mut desk = three();
    let changes = desk.click(50.0, 120.0);
    assert_eq!(changes.selected, [node("users")]);
    assert!(!changes.document);
    desk.click(400.0, 120.0);
    assert_eq!(desk.selected(), ["api"]);
    desk.click(400.0, 500.0);
    assert!(desk.selected().is_empty());
}

#[test]
fn shift_click_adds_and_takes_away() {
    let mut desk = three();
    desk.click(50.0, 120.0);
    desk.shift(true);
    desk.click(400.0, 120.0);
    assert_eq!(desk.selected(), ["api", "users"]);
    desk.click(50.0, 120.0);
    assert_eq!(desk.selected(), ["api"]);
    desk.click(400.0, 700.0);
    assert_eq!(desk.selected(), ["api"]);
}

#[test]
fn a_click_on_one_of_several_selects_it_alone() {
    let mut desk = three();
    desk.key("Ctrl+a");
    assert_eq!(desk.selected().len(), 6);
    desk.click(50.0, 120.0);
    assert_eq!(desk.selected(), ["users"]);
}

#[test]
fn a_link_and_the_inside_of_a_group_can_be_clicked() {
    let mut desk = three();
    desk.click(250.0, 132.0);
    assert_eq!(desk.selected(), ["link1"]);
    desk.click(900.0, 300.0);
    assert_eq!(desk.selected(), ["vpc"]);
    desk.click(650.0, 60.0);
    assert_eq!(desk.selected(), ["vpc"]);
}

#[test]
fn a_frame_selects_what_it_touches_and_groups_that_lie_inside() {
    let mut desk = three();
    desk.drag((150.0, 300.0), (700.0, 100.0));
    assert_eq!(desk.selected(), ["alb", "api", "users"]);
    desk.drag((580.0, 500.0), (1150.0, 10.0));
    assert_eq!(desk.selected(), ["alb", "vpc"]);
    // One drawn inside a group selects in the group.
    desk.click(20.0, 700.0);
    desk.drag((900.0, 300.0), (800.0, 100.0));
    assert_eq!(desk.selected(), ["alb"]);
}

#[test]
fn a_frame_with_shift_adds_and_escape_takes_it_back() {
    let mut desk = three();
    desk.click(50.0, 120.0);
    desk.shift(true);
    desk.drag((280.0, 300.0), (510.0, 90.0));
    assert_eq!(desk.selected(), ["api", "users"]);
    desk.shift(false);
    desk.down(280.0, 500.0);
    desk.to(300.0, 520.0);
    assert!(desk.selected().is_empty());
    assert!(desk.editor.overlay().marquee.is_some());
    desk.key("Escape");
    assert_eq!(desk.selected(), ["api", "users"]);
    desk.up(300.0, 520.0);
    assert_eq!(desk.selected(), ["api", "users"]);
}

#[test]
fn double_clicks_open() {
    let mut desk = Desk::of(&[("api", Kind::HttpApi, 0, 0, ""), ("vpc", Kind::Vpc, 400, 0, "")], &[]);
    desk.double_click(50.0, 30.0);
    assert!(desk.requests.contains(&Request::OpenInspector(node("api"))));
    desk.double_click(450.0, 20.0);
    assert!(desk.requests.contains(&Request::Rename(id("vpc"))));
    // Two slow clicks are no double click.
    desk.requests.clear();
    desk.click(50.0, 30.0);
    desk.click(50.0, 30.0);
    assert!(!desk.requests.contains(&Request::OpenInspector(node("api"))));
}

#[test]
fn the_secondary_button_selects_and_asks_for_the_menu() {
    let mut desk = three();
    let changes = desk.press(50.0, 120.0, Button::Secondary);
    assert_eq!(desk.selected(), ["users"]);
    assert!(changes.requests.iter().any(|r| matches!(r, Request::ContextMenu { target: Some(Target::Node(_)), .. })));
    let changes = desk.press(50.0, 700.0, Button::Secondary);
    assert!(changes.requests.iter().any(|r| matches!(r, Request::ContextMenu { target: None, .. })));
    assert!(desk.selected().is_empty());
}

#[test]
fn the_pointer_tells_what_can_be_done() {
    let mut desk = three();
    desk.to(50.0, 120.0);
    assert_eq!(desk.editor.cursor(), Cursor::Pointer);
    assert_eq!(desk.editor.hover(), Some(&node("users")));
    desk.to(200.0, 132.0);
    assert_eq!(desk.editor.cursor(), Cursor::Crosshair);
    desk.to(900.0, 300.0);
    assert_eq!((desk.editor.cursor(), desk.editor.hover()), (Cursor::Default, None));
    desk.input(Input::PointerLeave);
    assert_eq!(desk.editor.hover(), None);
}
