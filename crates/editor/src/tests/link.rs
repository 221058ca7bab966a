use super::desk::*;
use crate::{Cursor, Request, Tool};
use trazo_model::{Kind, LinkId, Refusal, Target};

fn cards() -> Desk {
    Desk::of(
        &[
            ("users", Kind::Users, 0, 96, ""),
            ("api", Kind::HttpApi, 304, 96, ""),
            ("alb", Kind::LoadBalancer, 640, 96, ""),
            ("role", Kind::Role, 640, 400, ""),
        ],
        &[],
    )
}

#[test]
fn a_link_is_drawn_from_port_to_card() {
    let mut desk = cards();
    desk.down(200.0, 132.0);
    desk.to(250.0, 140.0);
    assert_eq!(desk.editor.overlay().lit, [id("api"), id("alb")]);
    assert!(desk.editor.overlay().draft.as_ref().is_some_and(|draft| draft.target.is_none()));
    desk.to(400.0, 120.0);
    let draft = desk.editor.overlay().draft.clone().expect("is drawn");
    assert_eq!((draft.target, draft.refusal), (Some(id("api")), None));
    assert_eq!(draft.points.last().map(|p| (p.x, p.y)), Some((304.0, 132.0)), "it takes hold of the port");
    desk.up(400.0, 120.0);
    assert_eq!(desk.links(), ["users-api"]);
    assert_eq!(desk.selected(), ["link1"]);
    assert_eq!(desk.undo_all(), 1);
    assert!(desk.links().is_empty());
}

#[test]
fn from_the_left_port_it_is_drawn_backwards() {
    let mut desk = cards();
    desk.drag((304.0, 132.0), (100.0, 120.0));
    assert_eq!(desk.links(), ["users-api"]);
}

#[test]
fn a_refused_drop_says_why() {
    let mut desk = cards();
    desk.down(200.0, 132.0);
    desk.to(700.0, 430.0);
    assert_eq!(desk.editor.cursor(), Cursor::NotAllowed);
    desk.up(700.0, 430.0);
    let refused = Request::Refused { reason: Refusal::Kinds, from: id("users"), to: id("role") };
    assert!(desk.requests.contains(&refused), "{:?}", desk.requests);
    desk.drag((504.0, 132.0), (100.0, 120.0));
    let refused = Request::Refused { reason: Refusal::Backwards, from: id("api"), to: id("users") };
    assert!(desk.requests.contains(&refused), "{:?}", desk.requests);
    assert!(desk.links().is_empty());
    assert_eq!(desk.undo_all(), 0);
}

#[test]
fn dropped_on_the_canvas_or_cancelled_there_is_no_link() {
    let mut desk = cards();
    desk.drag((200.0, 132.0), (400.0, 600.0));
    desk.down(200.0, 132.0);
    desk.to(400.0, 120.0);
    desk.key("Escape");
    desk.up(400.0, 120.0);
    assert!(desk.links().is_empty());
}

#[test]
fn clicks_will_do_in_place_of_a_drag() {
    let mut desk = cards();
    desk.click(200.0, 132.0);
    assert!(desk.editor.overlay().draft.is_some());
    desk.to(400.0, 120.0);
    desk.click(400.0, 120.0);
    assert_eq!(desk.links(), ["users-api"]);
    assert!(desk.editor.overlay().draft.is_none());
    desk.click(504.0, 132.0);
    desk.click(504.0, 600.0);
    assert_eq!(desk.links(), ["users-api"]);
}

#[test]
fn the_tool_draws_from_anywhere_on_a_card() {
    let mut desk = cards();
    desk.key("l");
    assert_eq!(desk.editor.tool(), Tool::Link);
    desk.drag((50.0, 120.0), (400.0, 120.0));
    desk.click(400.0, 110.0);
    desk.click(700.0, 110.0);
    assert_eq!(desk.links(), ["users-api", "api-alb"]);
    desk.key("v");
    assert_eq!(desk.editor.tool(), Tool::Select);
}

#[test]
fn a_link_can_be_made_by_keyboard_alone() {
    let mut desk = cards();
    desk.key("Tab");
    assert_eq!(desk.selected(), ["users"]);
    desk.told();
    desk.key("l");
    let told = desk.told();
    assert_eq!(told[0].key, "ui.announce.link_target");
    assert_eq!(told[0].args, [("i", "1".into()), ("total", "2".into()), ("name", "api".into())]);
    desk.key("ArrowRight");
    assert_eq!(desk.editor.overlay().draft.as_ref().and_then(|draft| draft.target.clone()), Some(id("alb")));
    desk.key("Shift+Tab");
    desk.key("Enter");
    assert_eq!(desk.links(), ["users-api"]);
    assert_eq!(desk.selected(), ["link1"]);
    // Tab goes on from where the link began.
    desk.key("Tab");
    assert_eq!(desk.selected(), ["api"]);
}

#[test]
fn links_can_be_reached_by_keyboard() {
    let mut desk = cards();
    desk.drag((200.0, 132.0), (400.0, 120.0));
    desk.drag((504.0, 132.0), (700.0, 120.0));
    desk.key("Escape");
    desk.click(400.0, 120.0);
    desk.key(".");
    assert_eq!(desk.selected(), ["link1"]);
    desk.key(".");
    assert_eq!(desk.selected(), ["link2"]);
    desk.key(",");
    desk.key("Enter");
    assert!(desk.requests.contains(&Request::OpenInspector(Target::Link(LinkId::new("link1")))));
    desk.key("Delete");
    assert_eq!(desk.links(), ["api-alb"]);
}

#[test]
fn who_can_be_linked_to_nothing_is_told_so() {
    let mut desk = cards();
    desk.click(700.0, 430.0);
    desk.told();
    desk.key("l");
    let told = desk.told();
    assert_eq!(told[0].key, "ui.canvas.link.never");
    assert_eq!(desk.editor.tool(), Tool::Select);
}
