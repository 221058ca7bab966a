//! What other modules give to the shell.

use leptos::prelude::*;
use trazo_model::{Edit, Kind, Node};
use web_sys::PointerEvent;

use crate::inspector::Inspector;
use crate::problems::Problems;
use crate::studio::Studio;

pub(super) fn canvas() -> AnyView {
    ().into_any()
}

pub(super) fn inspector() -> AnyView {
    view! { <Inspector /> }.into_any()
}

pub(super) fn problems() -> AnyView {
    view! { <Problems /> }.into_any()
}

/// Begins to drag a piece from the palette.
pub(super) fn start_place(studio: Studio, kind: Kind, _event: &PointerEvent) {
    place(studio, kind);
}

/// Puts a piece at a free place of what is seen.
pub(super) fn place(studio: Studio, kind: Kind) {
    let node = studio.design(|design| {
        let n = i32::try_from(design.nodes().len()).unwrap_or_default();
        Node::new(design.free_node_id(kind), kind, &design.free_name(kind), 40 + n * 240, 80)
    });
    let _ = studio.edit("edit.add", Edit::add_node(node));
}
