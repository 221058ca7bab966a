//! Why a text cannot be imported: what is wrong, where, and what to do.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_formats::import::ImportError;
use trazo_formats::json::{Excerpt, excerpt};

use super::job::use_job;
use crate::app::with_code;
use crate::ui::{Button, Icon};
use crate::words::{say_why, t, t_if, t_with};

/// How many signs of a line are shown on either side of what is meant.
const ASIDE: usize = 28;

/// What to do about it: the text of `a.b` is `a.help.b`.
fn help(key: &str) -> Option<String> {
    let (group, name) = key.rsplit_once('.')?;
    t_if(&format!("{group}.help.{name}"))
}

/// What is said.
#[component]
pub(super) fn Trouble(error: Arc<ImportError>) -> impl IntoView {
    let job = use_job();
    let phrase = error.phrase();
    let help = help(phrase.key);
    let place = error.position().map(|position| {
        let (line, column) = (position.line.to_string(), position.column.to_string());
        let text = job.import.given.get_untracked().map(|given| given.text).unwrap_or_default();
        let excerpt = excerpt(&text, position, ASIDE).map(|Excerpt { before, at, after }| {
            view! { <pre class="trouble-excerpt" tabindex="0">{before}<mark>{at}</mark>{after}</pre> }
        });
        // At once, so that one sees what is meant.
        request_animation_frame(move || job.show_line(position.line));
        view! {
            <p class="trouble-place">{t_with("errors.open.place", &[("line", &line), ("column", &column)])}</p>
            {excerpt}
            <p>
                <Button
                    look="plain"
                    icon="target"
                    label=move || t("ui.import.show_line")
                    on_press=move || job.show_line(position.line)
                />
            </p>
        }
    });
    view! {
        <div class="trouble import-trouble" role="alert">
            <p class="import-refused"><Icon name="error" /><strong>{with_code(&say_why(&phrase))}</strong></p>
            {place}
            {help.map(|help| view! { <p>{with_code(&help)}</p> })}
        </div>
    }
}
