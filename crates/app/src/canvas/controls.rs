//! The scale, at a corner of the canvas.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use trazo_editor::{Changes, Editor};
use web_sys::HtmlElement;

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
    // Whoever clicks here goes on with the canvas, so its keys shall work; whoever came by keyboard stays.
    let back_to_canvas = move |event: web_sys::MouseEvent| {
        let stage =
            document().query_selector(".stage").ok().flatten().and_then(|stage| stage.dyn_into::<HtmlElement>().ok());
        if event.detail() > 0
            && let Some(stage) = stage
        {
            super::stage::focus(&stage);
        }
    };
    view! {
        <div class="zoom" role="group" aria-label=move || t("ui.canvas.zoom.label") on:click=back_to_canvas>
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
