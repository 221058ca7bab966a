//! The designs that this browser keeps.

use leptos::prelude::*;

use super::tile::DesignTile;
use crate::app::{Recents, use_desk};
use crate::ui::{Button, Icon};
use crate::words::{t, t_count};

/// How many are shown at first.
const FIRST: usize = 8;

/// The list.
#[component]
pub(crate) fn Recent() -> impl IntoView {
    let desk = use_desk();
    let now = RwSignal::new(js_sys::Date::now());
    let clock = gloo::timers::callback::Interval::new(30_000, move || {
        let _ = now.try_set(js_sys::Date::now());
    });
    let clock = StoredValue::new_local(clock);
    on_cleanup(move || clock.dispose());
    let all = RwSignal::new(false);
    let entries = move || match desk.recents.get() {
        Recents::Known(mut entries) => {
            if !all.get() {
                entries.truncate(FIRST);
            }
            entries
        }
        Recents::Loading | Recents::Failed => Vec::new(),
    };
    let instead = move || {
        desk.recents.with(|recents| match recents {
            Recents::Loading => {
                Some(view! { <p class="recent-wait quiet">{t("ui.start.recent.loading")}</p> }.into_any())
            }
            Recents::Failed => Some(lesson("warning", "ui.storage.read_failed", "ui.storage.read_failed_help")),
            Recents::Known(entries) if entries.is_empty() => {
                Some(lesson("template", "ui.start.recent.empty.title", "ui.start.recent.empty.help"))
            }
            Recents::Known(_) => None,
        })
    };
    let more = move || {
        let count = desk.recents.with(|recents| if let Recents::Known(all) = recents { all.len() } else { 0 });
        (count > FIRST && !all.get()).then(|| {
            view! { <Button label=move || t_count("ui.start.recent.all", count) on_press=move || all.set(true) /> }
        })
    };
    view! {
        <section class="recent" aria-labelledby="recent-title">
            <h2 id="recent-title">{move || t("ui.start.recent.title")}</h2>
            {instead}
            <ul class="tiles">
                <For
                    each=entries
                    key=|entry| (entry.id.clone(), entry.rev, entry.name.clone())
                    children=move |entry| view! { <DesignTile entry=entry now=now /> }
                />
            </ul>
            {more}
        </section>
    }
}

fn lesson(icon: &'static str, title: &'static str, help: &'static str) -> AnyView {
    view! {
        <div class="lesson">
            <Icon name=icon />
            <div>
                <p class="lesson-title">{t(title)}</p>
                <p>{t(help)}</p>
            </div>
        </div>
    }
    .into_any()
}
