//! The last lines that the containers wrote.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_provision::live::{Lines, LogPlace, Wanted, log_lines};

use crate::deploy::bits::{Callout, Tone};
use crate::deploy::client::client;
use crate::deploy::job::use_job;
use crate::deploy::trouble;
use crate::deploy::world;
use crate::ui::{Button, Icon};
use crate::words::{t, t_with};

/// How far back it is looked, in milliseconds.
const BACK: u64 = 60 * 60_000;

type Outcome = Result<Lines, trazo_provision::CallError>;

/// Lines of each container, fetched when they are wanted.
#[component]
pub(super) fn Logs(places: Vec<LogPlace>) -> impl IntoView {
    let one = |place: LogPlace| view! { <Of place=place /> };
    view! { {places.into_iter().map(one).collect_view()} }
}

#[component]
fn Of(place: LogPlace) -> impl IntoView {
    let job = use_job();
    let lines = RwSignal::new(None::<Arc<Outcome>>);
    let title = t_with("ui.deploy.live.logs", &[("name", &place.container)]);
    let place = StoredValue::new(place);
    let fetch = move || {
        let Some(client) = client(&untrack(|| job.region())) else { return };
        spawn_local(async move {
            let place = place.get_value();
            let since = world::now().saturating_sub(BACK);
            let wanted = Wanted { group: place.group, prefix: place.prefix, since, token: None };
            let found = log_lines(&client, &wanted).await;
            let _ = lines.try_set(Some(Arc::new(found)));
        });
    };
    let toggled = move |event: web_sys::Event| {
        let element: web_sys::Element = event_target(&event);
        if element.has_attribute("open") {
            fetch();
        }
    };
    let shown = move || match lines.get().as_deref() {
        None => view! { <p class="quiet">{t("ui.deploy.live.looking")}</p> }.into_any(),
        Some(Err(error)) => {
            let words = trouble::view(error);
            view! { <Callout tone=Tone::Bad>{words}</Callout> }.into_any()
        }
        Some(Ok(found)) if found.missing => view! { <p>{t("ui.deploy.live.no_group")}</p> }.into_any(),
        Some(Ok(found)) if found.lines.is_empty() => view! { <p>{t("ui.deploy.live.no_lines")}</p> }.into_any(),
        Some(Ok(found)) => {
            let text: Vec<&str> = found.lines.iter().map(|line| line.text.trim_end()).collect();
            view! { <pre class="deploy-lines" tabindex="0">{text.join("\n")}</pre> }.into_any()
        }
    };
    view! {
        <details class="deploy-more" on:toggle=toggled>
            <summary>
                <Icon name="chevron-right" />
                <span>{title}</span>
            </summary>
            {shown}
            <Button look="plain" icon="refresh" label=move || t("ui.deploy.live.refresh") on_press=fetch />
        </details>
    }
}
