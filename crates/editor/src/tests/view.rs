use super::desk::*;
use crate::geometry::{Point, Size};
use crate::input::{Button, Input};
use crate::{Editor, Form, Lod};
use trazo_model::{Design, Kind, View};

fn many() -> Desk {
    let nodes: Vec<(String, i32, i32)> = (0..100).map(|i| (format!("n{i}"), (i % 10) * 280, (i / 10) * 160)).collect();
    let nodes: Vec<_> = nodes.iter().map(|(id, x, y)| (id.as_str(), Kind::Role, *x, *y, "")).collect();
    Desk::of(&nodes, &[])
}

#[test]
fn the_wheel_pans_and_zooms_about_the_pointer() {
    let mut desk = many();
    desk.wheel(10.0, 30.0, false);
    assert_eq!((desk.editor.viewport().x, desk.editor.viewport().y), (-10.0, -30.0));
    let before = desk.editor.viewport().to_world(Point::new(600.0, 400.0));
    desk.wheel(0.0, -10.0, true);
    assert!(desk.editor.viewport().zoom > 1.0);
    assert!(desk.editor.viewport().to_world(Point::new(600.0, 400.0)).distance(before) < 1e-9);
    let view = desk.editor.design().view;
    assert_eq!((view.zoom, desk.editor.history().revision()), (111, 0), "what is seen is kept, and is no change");
}

#[test]
fn only_what_is_near_the_screen_is_shown() {
    let mut desk = many();
    let shown = desk.editor.shown_nodes().len();
    assert!((25..60).contains(&shown), "{shown}");
    let changes = desk.wheel(0.0, 40.0, false);
    assert!(changes.nodes_shown.is_empty() && changes.nodes_hidden.is_empty());
    let changes = desk.wheel(0.0, 400.0, false);
    assert!(!changes.nodes_shown.is_empty() && !changes.nodes_hidden.is_empty());
}

#[test]
fn far_out_there_is_a_picture() {
    let mut desk = many();
    let changes = desk.run(|editor| editor.zoom_to(0.3));
    assert!(changes.lod && changes.picture);
    assert_eq!(desk.editor.lod(), Lod::Picture);
    let picture = desk.editor.picture(desk.editor.covered());
    assert_eq!(picture.nodes.len(), 100);
    assert_eq!(picture.nodes[0].1, Form::Card);
    assert!(!desk.wheel(0.0, 5.0, false).picture, "panning moves the picture as it is");
    desk.key("Ctrl+a");
    assert!(desk.key("ArrowRight").picture, "what moved is drawn");
    desk.key("Ctrl+0");
    assert_eq!(desk.editor.lod(), Lod::Cards);
}

#[test]
fn shows_all_and_what_is_selected() {
    let mut desk = many();
    desk.key("Shift+1");
    let view = desk.editor.viewport();
    assert!(view.zoom < 1.0);
    let all = desk.editor.scene().extent().expect("something");
    assert!(view.world_rect(SCREEN).contains_rect(all));
    desk.run(|editor| editor.select(&[node("n55")]));
    desk.key("Shift+2");
    assert_eq!(desk.editor.viewport().zoom, 2.0);
    desk.run(|editor| editor.center_on(&node("n0")));
    let rect = desk.editor.node_rect(&id("n0")).expect("there");
    assert!(desk.editor.viewport().to_screen(rect.center()).distance(Point::new(600.0, 400.0)) < 1e-6);
    desk.key("+");
    assert_eq!(desk.editor.viewport().zoom, 3.0);
    desk.key("-");
    desk.key("Ctrl+0");
    assert_eq!(desk.editor.viewport().zoom, 1.0);
}

#[test]
fn the_middle_button_and_the_hand_pan() {
    let mut desk = many();
    desk.key("h");
    desk.drag((100.0, 100.0), (130.0, 90.0));
    assert_eq!((desk.editor.viewport().x, desk.editor.viewport().y), (30.0, -10.0));
    desk.key("v");
    desk.press(100.0, 100.0, Button::Middle);
    assert!(desk.selected().is_empty());
}

#[test]
fn two_fingers_move_and_zoom_and_take_back_what_one_began() {
    let mut desk = many();
    desk.finger(1, 100.0, 30.0, Input::PointerDown);
    desk.finger(1, 140.0, 60.0, Input::PointerMove);
    assert_eq!(desk.editor.node_rect(&id("n0")).expect("there").x, 40.0, "one finger drags a card");
    desk.finger(2, 400.0, 300.0, Input::PointerDown);
    assert_eq!(desk.editor.node_rect(&id("n0")).expect("there").x, 0.0);
    desk.finger(2, 660.0, 540.0, Input::PointerMove);
    assert!((desk.editor.viewport().zoom - 2.0).abs() < 0.01);
    desk.finger(2, 660.0, 540.0, Input::PointerUp);
    desk.finger(1, 200.0, 80.0, Input::PointerMove);
    desk.finger(1, 200.0, 80.0, Input::PointerUp);
    assert_eq!(desk.undo_all(), 0);
    // One finger on the canvas pans.
    let before = desk.editor.viewport();
    let empty = before.to_screen(Point::new(240.0, 110.0));
    desk.finger(1, empty.x, empty.y, Input::PointerDown);
    desk.finger(1, empty.x + 30.0, empty.y, Input::PointerMove);
    desk.finger(1, empty.x + 30.0, empty.y, Input::PointerUp);
    assert!((desk.editor.viewport().x - before.x - 30.0).abs() < 1e-9);
}

#[test]
fn what_was_last_seen_is_seen_again() {
    let mut design = Design::new("", "");
    design.view = View { x: 100, y: -40, zoom: 50 };
    let editor = Editor::new(design, SCREEN);
    assert_eq!(editor.viewport().world_rect(SCREEN).origin(), Point::new(100.0, -40.0));
    assert_eq!(editor.viewport().zoom, 0.5);
}

#[test]
fn a_larger_canvas_shows_more() {
    let mut desk = many();
    let changes = desk.input(Input::Resize(Size::new(2400.0, 1400.0)));
    assert!(!changes.nodes_shown.is_empty());
}

#[test]
fn the_view_is_moved_only_where_something_is_hidden() {
    let mut desk = many();
    assert!(!desk.editor.sees_all());
    let changes = desk.editor.fit_if_hidden();
    assert!(changes.viewport && desk.editor.sees_all() && desk.editor.is_fitted());
    let before = desk.editor.viewport();
    assert!(!desk.editor.fit_if_hidden().viewport);
    assert_eq!(desk.editor.viewport(), before);
    desk.editor.zoom_out();
    assert!(desk.editor.sees_all() && !desk.editor.is_fitted());
}

#[test]
fn a_narrow_canvas_gives_its_width_to_what_is_shown() {
    let mut desk = many();
    for (width, beside) in [(640.0, 32.0), (300.0, 20.0), (1600.0, 56.0)] {
        desk.input(Input::Resize(Size::new(width, 4000.0)));
        desk.run(Editor::fit);
        let all = desk.editor.scene().extent().expect("something");
        let seen = desk.editor.viewport().rect_to_screen(all);
        assert!((seen.x - beside).abs() < 1e-6 && (width - seen.right() - beside).abs() < 1e-6, "{width}: {seen:?}");
    }
}
