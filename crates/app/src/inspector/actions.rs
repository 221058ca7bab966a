//! What can be done with what is selected.

use leptos::prelude::*;
use trazo_model::{Edit, Node, Target, commands};

use crate::studio::Studio;

/// Deletes elements with all that hangs on them.
pub(super) fn delete(studio: Studio, targets: &[Target]) {
    let edit = studio.design(|design| commands::remove(design, targets));
    let label = if targets.len() == 1 { "edit.delete" } else { "edit.delete_many" };
    let _ = studio.edit(label, edit);
}

/// Makes copies of nodes beside them.
pub(super) fn duplicate(studio: Studio, targets: &[Target]) {
    const BESIDE: i32 = 24;
    let mut copies: Vec<Target> = Vec::new();
    studio.seal();
    for target in targets {
        let Target::Node(id) = target else { continue };
        let copy = studio.design(|design| {
            let node = design.node(id)?;
            let name = design.free_name(node.kind());
            let mut place = node.place.clone();
            (place.x, place.y) = (place.x.saturating_add(BESIDE), place.y.saturating_add(BESIDE));
            Some(Node { id: design.free_node_id(node.kind()), name, place, ..node.clone() })
        });
        if let Some(copy) = copy {
            let id = copy.id.clone();
            if studio.edit_joined("edit.duplicate", "inspector.duplicate", Edit::add_node(copy)).is_ok() {
                copies.push(Target::Node(id));
            }
        }
    }
    studio.seal();
    if !copies.is_empty() {
        studio.select(copies);
    }
}

/// The buttons at the head.
pub(super) fn buttons(studio: Studio, targets: Vec<Target>) -> AnyView {
    use crate::ui::IconButton;
    use crate::words::t;

    let has_nodes = targets.iter().any(|target| matches!(target, Target::Node(_)));
    let copied = targets.clone();
    let copy = has_nodes.then(|| {
        let act = move || duplicate(studio, &copied);
        view! { <IconButton icon="duplicate" label=|| t("ui.inspector.duplicate") on_press=act /> }
    });
    let act = move || delete(studio, &targets);
    view! {
        <div class="head-actions">
            {copy} <IconButton icon="trash" label=|| t("ui.inspector.delete") on_press=act />
        </div>
    }
    .into_any()
}
