//! What an empty canvas says: what to do first.

use leptos::prelude::*;
use trazo_model::{Design, Kind};

use crate::studio::use_studio;
use crate::ui::Button;
use crate::words::t;

/// Shown while the design holds nothing.
#[component]
pub(super) fn Empty() -> impl IntoView {
    let studio = use_studio();
    let is_empty = Memo::new(move |_| {
        studio.census.track();
        studio.design(Design::is_empty)
    });
    move || {
        is_empty.get().then(|| {
            view! {
                <div class="canvas-empty">
                    <div class="canvas-empty-drawing" aria-hidden="true"><i></i><i></i><i></i></div>
                    <h2>{move || t("ui.canvas.empty.title")}</h2>
                    <p>{move || t("ui.canvas.empty.help")}</p>
                    <div class="btn-row">
                        <Button
                            look="primary"
                            icon="plus"
                            label=move || t("ui.canvas.empty.add")
                            on_press=move || super::place(studio, Kind::Users)
                        />
                        <a class="btn" href="#/">{move || t("ui.canvas.empty.template")}</a>
                    </div>
                </div>
            }
        })
    }
}
