use super::desk::*;
use crate::geometry::{Point, Rect};
use crate::input::Input;
use crate::{Request, Tool};
use trazo_model::Kind;

#[test]
fn a_piece_dragged_from_the_palette_is_placed_where_it_is_dropped() {
    let mut desk = Desk::empty();
    desk.run(|editor| editor.drag_from_palette(Kind::HttpApi));
    desk.to(-50.0, 100.0);
    assert_eq!(desk.editor.overlay().ghost, None);
    desk.to(303.0, 139.0);
    let ghost = desk.editor.overlay().ghost.clone().expect("is shown");
    assert_eq!(ghost.rect, Rect::new(200.0, 104.0, 200.0, 72.0));
    desk.up(303.0, 139.0);
    assert_eq!(desk.editor.tool(), Tool::Select);
    assert_eq!(desk.nodes(), desk.selected());
    let name = desk.selected()[0].clone();
    assert_eq!(desk.place(&name), (200, 104));
    assert_eq!(desk.undo_all(), 1);
    assert!(desk.nodes().is_empty());
}

#[test]
fn dropped_outside_or_cancelled_it_is_not_placed() {
    let mut desk = Desk::empty();
    desk.run(|editor| editor.drag_from_palette(Kind::HttpApi));
    desk.to(300.0, 100.0);
    desk.to(-20.0, 100.0);
    desk.up(-20.0, 100.0);
    assert_eq!((desk.editor.tool(), desk.nodes().len()), (Tool::Select, 0));
    desk.run(|editor| editor.drag_from_palette(Kind::HttpApi));
    desk.to(300.0, 100.0);
    desk.key("Escape");
    desk.up(300.0, 100.0);
    assert_eq!((desk.editor.tool(), desk.nodes().len()), (Tool::Select, 0));
}

#[test]
fn a_tool_in_hand_places_with_a_click_into_the_group_under_it() {
    let mut desk = Desk::of(&[("vpc", Kind::Vpc, 0, 0, ""), ("cluster", Kind::Cluster, 40, 80, "vpc")], &[]);
    desk.run(|editor| editor.set_tool(Tool::Place(Kind::Service)));
    desk.to(200.0, 200.0);
    assert_eq!(desk.editor.overlay().drop_target, Some(id("cluster")));
    desk.click(200.0, 200.0);
    let service = desk.selected()[0].clone();
    assert_eq!(desk.parent(&service), "cluster");
    desk.run(|editor| editor.set_tool(Tool::Place(Kind::LoadBalancer)));
    desk.click(200.0, 300.0);
    // A cluster holds no load balancer; the VPC around it does, and both grow with what they hold.
    let alb = desk.selected()[0].clone();
    assert_eq!(desk.parent(&alb), "vpc");
    let rect = |desk: &Desk, text: &str| desk.editor.node_rect(&id(text)).expect("there");
    assert!(rect(&desk, "vpc").contains_rect(rect(&desk, &alb)));
    assert_eq!(desk.undo_all(), 2);
}

#[test]
fn a_note_is_placed_and_written() {
    let mut desk = Desk::empty();
    desk.key("n");
    assert_eq!(desk.editor.tool(), Tool::Place(Kind::Note));
    desk.click(300.0, 300.0);
    let note = desk.selected()[0].clone();
    assert!(desk.requests.contains(&Request::EditNote(id(&note))));
    assert_eq!(desk.place(&note), (200, 240));
    assert_eq!(desk.editor.tool(), Tool::Select);
}

#[test]
fn the_ghost_goes_when_the_pointer_leaves() {
    let mut desk = Desk::empty();
    desk.key("n");
    desk.to(300.0, 300.0);
    assert!(desk.editor.overlay().ghost.is_some());
    desk.input(Input::PointerLeave);
    assert!(desk.editor.overlay().ghost.is_none());
}

#[test]
fn without_a_place_there_is_room_beside_what_is_selected() {
    let mut desk = Desk::empty();
    let add = |desk: &mut Desk, kind: Kind, at: Option<Point>| {
        let mut added = None;
        desk.run(|editor| {
            let (node, changes) = editor.add_node(kind, at);
            added = node;
            changes
        });
        added.expect("is added")
    };
    let api = add(&mut desk, Kind::HttpApi, None);
    let alb = add(&mut desk, Kind::LoadBalancer, None);
    let (a, b) = (desk.editor.node_rect(&api).expect("there"), desk.editor.node_rect(&alb).expect("there"));
    assert_eq!((a.x % 8.0, a.y % 8.0), (0.0, 0.0));
    assert_eq!((b.x, b.y), (a.right() + 88.0, a.y));
    // The cluster is selected after it was added, so what may lie in it does.
    let cluster = add(&mut desk, Kind::Cluster, None);
    let services = [add(&mut desk, Kind::Service, None), add(&mut desk, Kind::Service, None)];
    for service in &services {
        assert_eq!(desk.parent(service.as_str()), cluster.as_str());
    }
    let task = add(&mut desk, Kind::TaskDefinition, None);
    let rect = |id| desk.editor.node_rect(id).expect("there");
    assert_eq!(desk.parent(task.as_str()), "");
    assert!(rect(&task).x >= rect(&cluster).right());
    let rects = [&api, &alb, &services[0], &services[1], &task].map(rect);
    for (i, a) in rects.iter().enumerate() {
        assert!(rects[i + 1..].iter().all(|b| !a.overlaps(*b)), "{rects:?}");
    }
    assert_eq!(desk.undo_all(), 6);
}
