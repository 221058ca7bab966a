//! What AWS has refused while the design was deployed: above what Trazo itself has found.

use leptos::prelude::*;

use super::r#where::{name_of, track};
use crate::studio::{Failure, use_studio};
use crate::ui::Icon;
use crate::words::{t, t_with};

/// The list; nothing where nothing was refused.
#[component]
pub(super) fn Refused() -> impl IntoView {
    let studio = use_studio();
    let row = move |failure: Failure| {
        let Failure { target, what, reason } = failure;
        let about = target.clone();
        let name = Memo::new(move |_| {
            track(studio, &about);
            studio.design(|design| name_of(design, &about))
        });
        let go = move |_| studio.reveal(&target, "");
        view! {
            <li class="problem error" data-refused=what>
                <Icon name="error" />
                <div class="problem-words">
                    <p class="problem-message">{t_with("ui.deploy.place.refused", &[("what", &what)])}</p>
                    <blockquote class="refused-words" lang="en">{reason}</blockquote>
                </div>
                <button
                    type="button"
                    class="problem-place"
                    aria-label=move || t_with("ui.problems.go", &[("name", &name.get())])
                    on:click=go
                >
                    <span class="clip">{name}</span>
                </button>
                <div class="problem-fix"></div>
            </li>
        }
    };
    move || {
        let failures = studio.deployed.with(|deployed| deployed.failures.clone());
        (!failures.is_empty()).then(|| {
            view! {
                <ul class="problem-list refused" aria-label=t("ui.deploy.place.refused_list")>
                    {failures.into_iter().map(row).collect_view()}
                </ul>
            }
        })
    }
}
