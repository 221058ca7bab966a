//! Why a text cannot be imported: what is wrong, where, and what to do.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_formats::import::ImportError;
use trazo_formats::json::{Excerpt, Position, excerpt};

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

/// The place as one that can be seen: what ends too soon is at fault behind its last line.
pub(super) fn within(position: Position, text: &str) -> Position {
    let last = text.trim_end_matches(['\n', '\r']);
    let lines = last.matches('\n').count() + 1;
    if position.line <= lines {
        return position;
    }
    let column = last.rsplit('\n').next().unwrap_or_default().chars().count();
    Position { line: lines, column: column.max(1) }
}

/// What is said.
#[component]
pub(super) fn Trouble(error: Arc<ImportError>) -> impl IntoView {
    let job = use_job();
    let phrase = error.phrase();
    let help = help(phrase.key);
    let place = error.position().map(|position| {
        let text = job.import.given.get_untracked().map(|given| given.text).unwrap_or_default();
        let position = within(position, &text);
        let (line, column) = (position.line.to_string(), position.column.to_string());
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
