//! The scale, at a corner of the canvas.

use leptos::prelude::*;
use trazo_editor::{Changes, Editor};

use crate::studio::use_studio;
use crate::ui::IconButton;
use crate::words::{t, t_with};

/// Buttons to zoom by.
#[component]
pub(super) fn Controls() -> impl IntoView {
    let studio = use_studio();
    let does = move |act: fn(&mut Editor) -> Changes| {
        move || {
            studio.act(act);
        }
    };
    let percent = move || t_with("ui.canvas.zoom.value", &[("percent", &studio.zoom.get().to_string())]);
    let reset = does(|editor| editor.zoom_to(1.0));
    view! {
        <div class="zoom" role="group" aria-label=move || t("ui.canvas.zoom.label")>
            <IconButton icon="zoom-out" label=move || t("ui.canvas.zoom.out") keys="Mod+-" on_press=does(Editor::zoom_out) />
            <button
                type="button"
                class="zoom-value"
                data-tip=move || t("ui.canvas.zoom.reset")
                data-keys="Mod+0"
                on:click=move |_| reset()
            >
                {percent}
            </button>
            <IconButton icon="zoom-in" label=move || t("ui.canvas.zoom.in") keys="Mod++" on_press=does(Editor::zoom_in) />
            <IconButton icon="fit" label=move || t("ui.canvas.zoom.fit") keys="Shift+1" on_press=does(Editor::fit) />
        </div>
    }
}
