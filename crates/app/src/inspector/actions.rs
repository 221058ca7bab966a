//! What can be done with what is selected.

use leptos::prelude::*;
use trazo_editor::Editor;

use crate::studio::Studio;
use crate::ui::IconButton;
use crate::words::t;

/// The buttons at the head; `nodes`: whether nodes are among what is selected, since links cannot be copied alone.
pub(super) fn buttons(studio: Studio, nodes: bool) -> AnyView {
    let duplicate = move || {
        studio.act(Editor::duplicate);
    };
    let delete = move || {
        studio.act(Editor::delete);
    };
    let copy = nodes.then(|| {
        view! { <IconButton icon="duplicate" label=|| t("ui.inspector.duplicate") keys="Mod+D" on_press=duplicate /> }
    });
    view! {
        <div class="head-actions">
            {copy} <IconButton icon="trash" label=|| t("ui.inspector.delete") keys="Delete" on_press=delete />
        </div>
    }
    .into_any()
}
