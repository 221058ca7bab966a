//! What the steps show before there is anything to show.

use leptos::prelude::*;

use crate::ui::Icon;
use crate::words::t;

/// What a step will do, and what is needed for it.
#[component]
pub(super) fn Teaching(
    /// Its icon.
    icon: &'static str,
    /// Whose it is: its texts are `ui.deploy.<of>.empty.…`.
    of: &'static str,
) -> impl IntoView {
    view! {
        <div class="deploy-teaching">
            <Icon name=icon />
            <div>
                <h4>{move || t(&format!("ui.deploy.{of}.empty.title"))}</h4>
                <p>{move || t(&format!("ui.deploy.{of}.empty.help"))}</p>
            </div>
        </div>
    }
}
