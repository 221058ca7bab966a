//! Deleting, and what is found afterwards; and what was changed outside of Trazo.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_provision::formation::{Drift, DriftOf, DriftState, Leftovers, Remains, Stand};

use crate::deploy::bits::{BusyButton, Callout, Tone};
use crate::deploy::job::use_job;
use crate::deploy::place::{NodeLink, OriginLink};
use crate::ui::{Button, Dialog, Icon};
use crate::words::{t, t_count, t_with};

/// The button that deletes the stack: the person types its name.
#[component]
pub(super) fn Delete() -> impl IntoView {
    let job = use_job();
    let open = RwSignal::new(false);
    let busy = Signal::derive(move || job.formation.doing.with(Option::is_some));
    view! {
        <BusyButton icon="trash" label=move || t("ui.deploy.formation.delete") busy=busy on_press=move || open.set(true) />
        <Dialog open=open title=move || t("ui.deploy.formation.delete_title") name="delete-stack">
            <Confirm open=open />
        </Dialog>
    }
}

#[component]
fn Confirm(open: RwSignal<bool>) -> impl IntoView {
    let job = use_job();
    let typed = RwSignal::new(String::new());
    let known = job.formation.known;
    let name = Memo::new(move |_| known.with(|known| known.stack().map(|seen| seen.name.clone()).unwrap_or_default()));
    let failed_before = move || {
        known.with(|known| {
            known.stack().is_some_and(|seen| seen.status == "DELETE_FAILED" && seen.stand() != Stand::Gone)
        })
    };
    let retain = RwSignal::new(false);
    let wrong = Signal::derive(move || typed.get().trim() != name.get());
    let go = move || {
        open.set(false);
        job.delete(retain.get_untracked());
    };
    view! {
        <p>{move || t_with("ui.deploy.formation.delete_help", &[("name", &name.get())])}</p>
        <div class="deploy-field">
            <label for="deploy-delete-name">{move || t_with("ui.deploy.formation.delete_type", &[("name", &name.get())])}</label>
            <input
                id="deploy-delete-name"
                class="input"
                autocomplete="off"
                spellcheck="false"
                autofocus=true
                on:input=move |event| typed.set(event_target_value(&event))
            />
        </div>
        <Show when=failed_before>
            <label class="deploy-way">
                <input type="checkbox" on:change=move |event| retain.set(event_target_checked(&event)) />
                <span>{move || t("ui.deploy.formation.retain")}</span>
            </label>
        </Show>
        <div class="btn-row">
            <Button look="danger" icon="trash" label=move || t("ui.deploy.formation.delete_now") disabled=wrong on_press=go />
            <Button look="plain" label=move || t("ui.dialog.cancel") on_press=move || open.set(false) />
        </div>
    }
}

/// Whether anything was left behind.
#[component]
pub(super) fn LeftoversView(left: Arc<Leftovers>) -> impl IntoView {
    let list = |items: &[Remains]| {
        items
            .iter()
            .map(|item| {
                let about = item.resource.clone().map(|(id, of)| format!("{id} ({of})"));
                view! { <li><code>{item.name.clone()}</code> " " <span class="quiet">{about}</span></li> }
            })
            .collect_view()
    };
    let inactive = (!left.inactive.is_empty()).then(|| {
        view! { <p class="deploy-help">{t_count("ui.deploy.formation.inactive", left.inactive.len())}</p> }
    });
    let clean = left.is_clean();
    let (tone, key) =
        if clean { (Tone::Fine, "ui.deploy.formation.clean") } else { (Tone::Warning, "ui.deploy.formation.left") };
    let alive = list(&left.alive);
    let kept = (!left.kept.is_empty()).then(|| {
        view! {
            <p>{t("ui.deploy.formation.kept")}</p>
            <ul class="deploy-remains">{list(&left.kept)}</ul>
        }
    });
    let untold = left.untold.then(|| view! { <p class="deploy-help">{t("ui.deploy.formation.untold")}</p> });
    view! {
        <div data-testid="leftovers" data-clean=if clean { "true" } else { "false" }>
            <Callout tone=tone>
                <p>{t(key)}</p>
                <ul class="deploy-remains">{alive}</ul>
                {kept}
                {inactive}
                {untold}
            </Callout>
        </div>
    }
}

/// What was changed outside of Trazo.
#[component]
pub(super) fn DriftView(drift: Arc<Drift>) -> impl IntoView {
    let changed: Vec<AnyView> = drift.changed().map(drifted).collect();
    let (tone, words) = match changed.len() {
        0 => (Tone::Fine, t("ui.deploy.formation.no_drift")),
        n => (Tone::Warning, t_count("ui.deploy.formation.drifted", n)),
    };
    let unchecked = drift.resources.iter().filter(|one| one.state == DriftState::NotChecked).count();
    let unchecked = (unchecked > 0)
        .then(|| view! { <p class="deploy-help">{t_count("ui.deploy.formation.unchecked", unchecked)}</p> });
    let reason = (!drift.reason.is_empty())
        .then(|| view! { <blockquote class="refused-words" lang="en">{drift.reason.clone()}</blockquote> });
    view! {
        <section class="deploy-drift" data-testid="drift">
            <Callout tone=tone>
                <p>{words}</p>
                {unchecked}
                {reason}
            </Callout>
            {(!changed.is_empty()).then(|| view! { <ul class="deploy-rows">{changed}</ul> })}
        </section>
    }
}

fn drifted(one: &DriftOf) -> AnyView {
    let differences = one.differences.iter().map(|difference| {
        view! {
            <li>
                <span class="deploy-property">{difference.path.clone()}</span>
                <span class="deploy-values">
                    <code class="before">{difference.expected.clone()}</code>
                    <Icon name="chevron-right" />
                    <code class="after">{difference.actual.clone()}</code>
                </span>
                {difference.origin.clone().map(|origin| view! { <OriginLink origin=origin /> })}
            </li>
        }
    });
    view! {
        <li class="deploy-row warning-tone" data-drift=one.logical.clone()>
            <span class="deploy-row-mark"><Icon name="warning" /></span>
            <div class="deploy-row-words">
                <p>
                    <strong>{one.logical.clone()}</strong>
                    " "
                    <span class="quiet">{t(one.state.key())}</span>
                </p>
                <ul class="deploy-properties">{differences.collect_view()}</ul>
            </div>
            {one.element.clone().map(|element| view! { <NodeLink element=element /> })}
        </li>
    }
    .into_any()
}
