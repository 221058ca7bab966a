use super::desk::*;
use crate::{Editor, PasteError, Request};
use trazo_model::{Design, Kind};

fn cluster() -> Desk {
    Desk::of(
        &[
            ("cluster", Kind::Cluster, 400, 40, ""),
            ("web", Kind::Service, 440, 120, "cluster"),
            ("task", Kind::TaskDefinition, 960, 120, ""),
            ("alb", Kind::LoadBalancer, 0, 120, ""),
        ],
        &[("alb", "web"), ("web", "task")],
    )
}

fn paste(desk: &mut Desk, text: &str) {
    desk.run(|editor| editor.paste(text).expect("can be pasted"));
}

#[test]
fn a_copy_brings_its_inner_links_and_new_ids() {
    let mut desk = cluster();
    desk.click(500.0, 150.0);
    desk.shift(true);
    desk.click(1000.0, 150.0);
    let text = desk.editor.copy().expect("something is selected");
    paste(&mut desk, &text);
    assert_eq!(desk.links().len(), 3);
    let new: Vec<String> = desk.selected();
    assert_eq!(new.len(), 2);
    assert_eq!(desk.place(&new[0]), (464, 144));
    let names: Vec<_> = desk.editor.design().nodes().map(|node| node.name.clone()).collect();
    assert!(names.contains(&"web-2".to_owned()), "{names:?}");
    // It fell into the group that it was copied over, and that grew.
    assert_eq!(desk.parent(&new[0]), "cluster");
    paste(&mut desk, &text);
    assert_eq!(desk.place(&desk.selected()[0]), (488, 168), "each copy lies further on");
    assert_eq!(desk.undo_all(), 2);
}

#[test]
fn a_group_is_copied_with_what_it_holds() {
    let mut desk = cluster();
    desk.click(700.0, 60.0);
    desk.key("Ctrl+d");
    assert_eq!(desk.nodes().len(), 6);
    let copies = desk.selected();
    let group = copies
        .iter()
        .find(|id| desk.editor.design().node(&(id.as_str()).into()).expect("there").kind() == Kind::Cluster);
    let service = copies.iter().find(|id| Some(*id) != group).expect("the service");
    assert_eq!(Some(&desk.parent(service)), group);
    assert_eq!(desk.undo_all(), 1);
}

#[test]
fn cut_and_paste_into_another_design() {
    let mut desk = cluster();
    desk.key("Ctrl+a");
    desk.key("Ctrl+x");
    assert!(desk.nodes().is_empty());
    let text = desk.requests.iter().find_map(|r| if let Request::Copy(text) = r { Some(text.clone()) } else { None });
    let mut other = Desk::empty();
    paste(&mut other, &text.expect("was copied"));
    assert_eq!((other.nodes().len(), other.links().len()), (4, 2));
    assert_eq!(desk.undo_all(), 1);
    assert_eq!(desk.nodes().len(), 4);
}

#[test]
fn what_would_be_out_of_sight_is_pasted_into_view() {
    let mut desk = cluster();
    desk.click(1000.0, 150.0);
    let text = desk.editor.copy().expect("something is selected");
    desk.run(|editor| editor.pan_by(8000.0, 0.0));
    paste(&mut desk, &text);
    let rect = desk.editor.node_rect(&desk.selected()[0].as_str().into()).expect("there");
    assert!(desk.editor.viewport().world_rect(SCREEN).contains_rect(rect));
    assert_eq!((rect.x % 8.0, rect.y % 8.0), (0.0, 0.0));
}

#[test]
fn what_is_no_part_of_a_design_is_refused_and_changes_nothing() {
    let mut desk = cluster();
    let before: Design = desk.editor.design().clone();
    for text in ["", "hola", "{}", "[1]", "{\"trazo\":1}"] {
        assert_eq!(desk.editor.paste(text), Err(PasteError::NotTrazo), "{text}");
    }
    let broken = "{\"trazo\":1,\"nodes\":[{\"id\":\"a\",\"kind\":\"teapot\"}]}";
    assert!(matches!(desk.editor.paste(broken), Err(PasteError::Manifest(_))));
    assert_eq!(desk.editor.design(), &before);
    assert!(desk.editor.history().undo_label().is_none());
}

#[test]
fn nothing_selected_is_nothing_to_copy() {
    let mut desk = cluster();
    assert_eq!(desk.editor.copy(), None);
    assert!(!desk.key("Ctrl+c").handled);
    desk.run(Editor::duplicate);
    assert_eq!(desk.nodes().len(), 4);
    assert!(desk.key("Ctrl+v").requests.contains(&Request::Paste));
}

#[test]
fn a_design_is_added_beside_what_is_there_as_one_step() {
    let part = cluster().editor.design().clone();
    let mut desk = cluster();
    let right = desk.editor.design().nodes().map(|node| node.place.x).max().expect("there are nodes");
    desk.run(|editor| editor.add_design(&part).expect("can be added"));
    assert_eq!((desk.nodes().len(), desk.links().len()), (8, 4));
    let new = desk.selected();
    assert_eq!(new.len(), 4);
    assert!(new.iter().all(|id| desk.place(id).0 > right), "beside, not on top");
    let seen = desk.editor.viewport().world_rect(desk.editor.screen());
    assert!(new.iter().all(|id| seen.contains_rect(desk.editor.node_rect(&id.as_str().into()).expect("shown"))));
    assert_eq!(desk.undo_all(), 1);
    assert_eq!(desk.nodes().len(), 4);
}

#[test]
fn an_empty_design_takes_one_in_where_it_lies() {
    let part = cluster().editor.design().clone();
    let mut desk = Desk::empty();
    desk.run(|editor| editor.add_design(&part).expect("can be added"));
    let mut places: Vec<_> = desk.nodes().iter().map(|id| desk.place(id)).collect();
    places.sort_unstable();
    assert_eq!(places, [(0, 120), (400, 40), (440, 120), (960, 120)]);
}

#[test]
fn a_design_without_places_is_laid_out() {
    let heap = Desk::of(
        &[
            ("cluster", Kind::Cluster, 0, 0, ""),
            ("web", Kind::Service, 0, 0, "cluster"),
            ("task", Kind::TaskDefinition, 0, 0, ""),
            ("alb", Kind::LoadBalancer, 0, 0, ""),
        ],
        &[("alb", "web"), ("web", "task")],
    );
    let design = crate::tidied(heap.editor.design().clone());
    let desk = Editor::new(design, crate::geometry::Size::new(800.0, 600.0));
    let rect = |id: &str| desk.node_rect(&id.into()).expect("there");
    assert!(rect("cluster").contains_rect(rect("web")));
    assert!(rect("alb").right() < rect("cluster").x && rect("cluster").right() < rect("task").x);
}
