use super::desk::*;
use crate::geometry::Rect;
use crate::input::Input;
use trazo_model::Kind;

fn with_group() -> Desk {
    Desk::of(
        &[
            ("cluster", Kind::Cluster, 400, 40, ""),
            ("a", Kind::Service, 440, 120, "cluster"),
            ("b", Kind::Service, 0, 120, ""),
            ("alb", Kind::LoadBalancer, 0, 400, ""),
        ],
        &[("alb", "a"), ("alb", "b")],
    )
}

#[test]
fn a_drag_moves_on_the_grid_in_one_step() {
    let mut desk = with_group();
    let down = desk.down(50.0, 430.0);
    assert_eq!(down.selected, [node("alb")]);
    let first = desk.to(90.0, 441.0);
    assert!(!first.document, "nothing is written while it is dragged");
    assert_eq!(first.nodes_moved, [id("alb")]);
    assert_eq!(first.links_routed.len(), 2);
    desk.to(133.0, 459.0);
    let up = desk.up(133.0, 459.0);
    assert!(up.document);
    assert_eq!(desk.place("alb"), (80, 432));
    assert_eq!(desk.undo_all(), 1);
    assert_eq!(desk.place("alb"), (0, 400));
    desk.redo_all();
    assert_eq!(desk.place("alb"), (80, 432));
}

#[test]
fn it_ends_where_the_button_goes_up_even_if_no_move_was_told() {
    let mut desk = with_group();
    desk.down(50.0, 430.0);
    desk.up(90.0, 470.0);
    assert_eq!(desk.place("alb"), (40, 440));
}

#[test]
fn a_drag_of_a_card_touches_nothing_but_it_and_its_links() {
    let mut desk = with_group();
    desk.down(50.0, 430.0);
    for step in 1..20 {
        let changes = desk.to(50.0 + f64::from(step) * 8.0, 430.0);
        assert_eq!(changes.nodes_moved, [id("alb")]);
        assert!(changes.nodes_shown.is_empty() && changes.nodes_hidden.is_empty() && !changes.order);
        assert!(changes.links_routed.len() <= 2);
    }
    desk.up(210.0, 430.0);
}

#[test]
fn escape_and_a_lost_pointer_restore() {
    let mut desk = with_group();
    desk.down(50.0, 430.0);
    desk.to(200.0, 500.0);
    assert_eq!(desk.editor.node_rect(&id("alb")), Some(Rect::new(152.0, 472.0, 200.0, 72.0)));
    desk.key("Escape");
    assert_eq!(desk.editor.node_rect(&id("alb")), Some(Rect::new(0.0, 400.0, 200.0, 72.0)));
    desk.to(300.0, 500.0);
    desk.up(300.0, 500.0);
    desk.down(50.0, 430.0);
    desk.to(200.0, 500.0);
    desk.input(Input::Cancel);
    assert_eq!(desk.place("alb"), (0, 400));
    assert_eq!(desk.undo_all(), 0);
}

#[test]
fn dropped_into_a_group_it_lies_in_the_group() {
    let mut desk = with_group();
    desk.down(50.0, 150.0);
    desk.to(500.0, 280.0);
    assert_eq!(desk.editor.overlay().drop_target, Some(id("cluster")));
    desk.up(500.0, 280.0);
    assert_eq!(desk.parent("b"), "cluster");
    assert_eq!(desk.editor.overlay().drop_target, None);
    assert_eq!(desk.editor.history().undo_label(), Some("edit.into"));
    assert_eq!(desk.undo_all(), 1);
    assert_eq!((desk.parent("b"), desk.place("b")), (String::new(), (0, 120)));
}

#[test]
fn a_group_grows_around_what_is_dropped_at_its_edge() {
    let mut desk = with_group();
    desk.drag((50.0, 150.0), (840.0, 330.0));
    assert_eq!(desk.parent("b"), "cluster");
    let (cluster, b) = (desk.editor.node_rect(&id("cluster")), desk.editor.node_rect(&id("b")));
    let (cluster, b) = (cluster.expect("there"), b.expect("there"));
    assert!(cluster.contains_rect(b.inflate(16.0)), "{cluster:?} {b:?}");
    assert_eq!(desk.undo_all(), 1);
}

#[test]
fn dragged_out_of_a_group_it_lies_in_none() {
    let mut desk = with_group();
    desk.drag((500.0, 150.0), (150.0, 300.0));
    assert_eq!(desk.parent("a"), "");
    assert!(desk.told().iter().any(|phrase| phrase.key == "ui.announce.out_of_group"));
}

#[test]
fn a_group_that_may_not_hold_a_kind_is_no_target() {
    let mut desk = with_group();
    desk.down(50.0, 430.0);
    desk.to(500.0, 280.0);
    assert_eq!(desk.editor.overlay().drop_target, None);
    desk.up(500.0, 280.0);
    assert_eq!(desk.parent("alb"), "");
}

#[test]
fn a_group_takes_its_children_along() {
    let mut desk = with_group();
    desk.drag((500.0, 60.0), (516.0, 76.0));
    assert_eq!((desk.place("cluster"), desk.place("a")), ((416, 56), (456, 136)));
    // The inside of a group drags it once it is selected.
    desk.drag((700.0, 320.0), (716.0, 336.0));
    assert_eq!((desk.place("cluster"), desk.place("a")), ((432, 72), (472, 152)));
    assert_eq!(desk.undo_all(), 2);
}

#[test]
fn several_move_together_and_keep_their_groups() {
    let mut desk = with_group();
    desk.click(500.0, 150.0);
    desk.shift(true);
    desk.click(50.0, 430.0);
    desk.shift(false);
    desk.drag((500.0, 150.0), (524.0, 150.0));
    assert_eq!((desk.place("a"), desk.place("alb")), ((464, 120), (24, 400)));
    assert_eq!((desk.parent("a"), desk.parent("alb")), ("cluster".into(), String::new()));
    assert_eq!(desk.undo_all(), 1);
}

#[test]
fn shift_keeps_to_one_axis() {
    let mut desk = with_group();
    desk.down(50.0, 430.0);
    desk.shift(true);
    desk.to(150.0, 450.0);
    desk.up(150.0, 450.0);
    assert_eq!(desk.place("alb"), (104, 400));
}

#[test]
fn guides_show_what_is_aligned_and_control_does_without() {
    let mut desk = with_group();
    desk.down(50.0, 430.0);
    desk.to(55.0, 500.0);
    assert!(!desk.editor.overlay().guides.is_empty(), "aligned with the card above");
    assert_eq!(desk.editor.node_rect(&id("alb")).expect("there").x, 0.0);
    desk.mods.ctrl = true;
    desk.to(55.0, 500.0);
    assert!(desk.editor.overlay().guides.is_empty());
    desk.up(55.0, 500.0);
    assert_eq!(desk.place("alb"), (8, 472));
}

#[test]
fn a_group_is_resized_by_its_handles_down_to_what_it_holds() {
    let mut desk = with_group();
    desk.click(500.0, 60.0);
    desk.drag((880.0, 360.0), (903.0, 401.0));
    let size = |desk: &Desk| desk.editor.design().node(&id("cluster")).and_then(|node| node.place.size).expect("there");
    assert_eq!((size(&desk).w, size(&desk).h), (504, 360));
    desk.drag((904.0, 400.0), (420.0, 60.0));
    assert_eq!((size(&desk).w, size(&desk).h), (280, 200));
    desk.down(400.0, 140.0);
    desk.to(600.0, 140.0);
    assert_eq!(desk.editor.node_rect(&id("cluster")).expect("there").x, 400.0, "held by its least width");
    desk.key("Escape");
    desk.up(600.0, 140.0);
    assert_eq!(desk.undo_all(), 2);
    assert_eq!((size(&desk).w, size(&desk).h), (480, 320));
}

#[test]
fn held_at_the_edge_it_moves_the_view() {
    let mut desk = with_group();
    desk.down(50.0, 430.0);
    desk.to(1190.0, 430.0);
    assert!(desk.editor.wants_ticks());
    let before = desk.editor.node_rect(&id("alb")).expect("there").x;
    let changes = desk.input(Input::Tick { ms: 40.0 });
    assert!(changes.viewport);
    assert!(desk.editor.node_rect(&id("alb")).expect("there").x > before);
    desk.up(1190.0, 430.0);
    assert!(!desk.editor.wants_ticks());
}
