//! The dialog, which is empty until the part has come that fills it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::part::{self, Reader};
use crate::app::use_desk;
use crate::ui::{Button, Dialog, Icon};
use crate::words::t;

/// Whether the part is there.
#[derive(Clone, Copy)]
enum State {
    Loading,
    Here(&'static dyn Reader),
    Failed,
}

/// Where the dialog is shown.
#[component]
pub(crate) fn ImportPlace() -> impl IntoView {
    let import = use_desk().import;
    view! {
        <Dialog open=import.open title=move || t("ui.open.import.title") name="import" wide=true>
            <Inside />
        </Dialog>
    }
}

#[component]
fn Inside() -> impl IntoView {
    let state = RwSignal::new_local(State::Loading);
    let fetch = move || {
        state.set(State::Loading);
        spawn_local(async move {
            let came = part::fetch().await;
            // The dialog may have been closed meanwhile.
            let _ = state.try_set(came.map_or(State::Failed, State::Here));
        });
    };
    fetch();
    move || match state.get() {
        State::Loading => view! { <p class="import-wait" role="status">{t("ui.open.import.loading")}</p> }.into_any(),
        State::Here(reader) => reader.panel(),
        State::Failed => view! {
            <div class="empty" role="alert">
                <Icon name="warning" />
                <h3>{t("ui.open.import.failed")}</h3>
                <p>{t("ui.open.import.failed_help")}</p>
                <Button icon="refresh" label=move || t("ui.dialog.retry") on_press=fetch />
            </div>
        }
        .into_any(),
    }
}
