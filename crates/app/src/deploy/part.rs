//! The place of the deployment in the editor, and the fetching of the part that fills it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::prefs::lang;
use crate::ui::{Button, Icon};
use crate::words::t;

/// The inside of the part.
pub(super) trait Work {
    /// All that the place shows.
    fn panel(&self) -> AnyView;
}

/// Where the page is one file, as it is while one works on it.
#[cfg(not(feature = "parts"))]
mod cut {
    pub(super) async fn fetch() -> Option<&'static dyn super::Work> {
        Some(super::super::panel::here())
    }
}

#[cfg(feature = "parts")]
mod cut {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::Work;

    /// Fetches the part; `None` where it did not come. A failure is not kept: the next call tries again.
    pub(super) async fn fetch() -> Option<&'static dyn Work> {
        work().await.ok()
    }

    #[wasm_split(deploy, fallible)]
    fn work() -> Result<&'static dyn Work, SplitLoaderError> {
        Ok(super::super::panel::here())
    }
}

/// Whether the part is there.
#[derive(Clone, Copy)]
enum State {
    Loading,
    Here(&'static dyn Work),
    Failed,
}

/// The place: empty until the part has come.
#[component]
pub(crate) fn DeployPlace() -> impl IntoView {
    let state = RwSignal::new_local(State::Loading);
    let fetch = move || {
        state.set(State::Loading);
        spawn_local(async move {
            let came = cut::fetch().await;
            // The place may have been closed meanwhile.
            let _ = state.try_set(came.map_or(State::Failed, State::Here));
        });
    };
    fetch();
    move || match state.get() {
        State::Loading => view! { <p class="deploy-wait" role="status">{t("ui.deploy.place.loading")}</p> }.into_any(),
        // Rows and labels are written once: in another language all of it is made anew. What is done outlives it.
        State::Here(work) => {
            lang();
            work.panel()
        }
        State::Failed => view! {
            <div class="empty" role="alert">
                <Icon name="warning" />
                <h3>{t("ui.deploy.place.failed")}</h3>
                <p>{t("ui.deploy.place.failed_help")}</p>
                <Button icon="refresh" label=move || t("ui.dialog.retry") on_press=fetch />
            </div>
        }
        .into_any(),
    }
}
