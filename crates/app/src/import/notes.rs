//! What is to be told of an import, grouped by how sure it is; each line of it leads to its line in the source.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_formats::import::{Level, Note, Understood};

use super::job::{LEVELS, use_job};
use crate::app::with_code;
use crate::ui::{Button, Icon};
use crate::words::{say_why, t, t_count, t_with};

/// As many of a group as are shown before one asks for all.
const FIRST: usize = 60;

/// The notes.
#[component]
pub(super) fn Notes(understood: Arc<Understood>) -> impl IntoView {
    let group = |level: Level| {
        let nths: Vec<usize> =
            understood.notes.iter().enumerate().filter(|(_, note)| note.level == level).map(|(at, _)| at).collect();
        (!nths.is_empty()).then(|| view! { <Group understood=understood.clone() level=level nths=nths /> })
    };
    let none = understood.notes.is_empty().then(|| {
        view! { <p class="import-all"><Icon name="ok" />{t("ui.import.all")}</p> }
    });
    view! {
        <div class="import-notes">{none}{LEVELS.into_iter().map(group).collect_view()}</div>
    }
}

#[component]
fn Group(understood: Arc<Understood>, level: Level, nths: Vec<usize>) -> impl IntoView {
    let name = level.key();
    let (all, count) = (RwSignal::new(false), nths.len());
    let icon = match level {
        Level::Left => "warning",
        Level::Guessed => "help",
        Level::Kept => "lock",
    };
    let rows = move || {
        let most = if all.get() { usize::MAX } else { FIRST };
        nths.iter().take(most).filter_map(|at| understood.notes.get(*at)).map(row).collect_view()
    };
    let more = move || {
        (count > FIRST && !all.get()).then(|| {
            let label = move || t_count("ui.import.more", count);
            view! { <Button look="plain" label=label on_press=move || all.set(true) /> }
        })
    };
    view! {
        <section class=format!("import-group {name}") data-notes=name>
            <h3>
                <Icon name=icon />
                <span>{t_count(&format!("ui.import.level.{name}"), count)}</span>
            </h3>
            <p class="quiet">{t(&format!("ui.import.level.{name}_help"))}</p>
            <ul>{rows}</ul>
            {more}
        </section>
    }
}

fn row(note: &Note) -> impl IntoView + use<> {
    let job = use_job();
    let line = note.line;
    let words = say_why(&note.phrase());
    let at = move || job.line.get().0 == line && line > 0;
    let content = view! { <span class="import-words">{with_code(&words)}</span> };
    let row = if line == 0 {
        view! { <p class="import-note">{content}</p> }.into_any()
    } else {
        view! {
            <button
                type="button"
                class="import-note"
                class:at=at
                aria-pressed=move || if at() { "true" } else { "false" }
                on:click=move |_| job.show_line(line)
            >
                <span class="import-line">{t_with("ui.import.line", &[("line", &line.to_string())])}</span>
                {content}
            </button>
        }
        .into_any()
    };
    view! { <li>{row}</li> }
}
