//! What would be done: a line for each resource, with what is lost where one is replaced.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_provision::formation::{Action, Change, ChangeSet, KEPT, PropertyChange, Replacement};

use super::prepared;
use crate::deploy::bits::{BusyButton, Callout, Tone};
use crate::deploy::job::use_job;
use crate::deploy::place::{NodeLink, OriginLink};
use crate::ui::Icon;
use crate::words::{t, t_count};

/// The changes, and the button that makes them.
#[component]
pub(super) fn Changes(set: Arc<ChangeSet>) -> impl IntoView {
    let job = use_job();
    let doing = job.formation.doing;
    let busy = Signal::derive(move || doing.with(Option::is_some));
    let go = if set.creates { "ui.deploy.formation.create" } else { "ui.deploy.formation.update" };
    let count = |action: Action| set.changes.iter().filter(|change| change.action == action).count();
    let sums: Vec<AnyView> = [Action::Add, Action::Change, Action::Replace, Action::Remove, Action::Import]
        .into_iter()
        .filter(|action| count(*action) > 0)
        .map(|action| {
            let text = t_count(sum_key(action), count(action));
            view! { <span class=format!("deploy-chip {}", tone(action).class())>{text}</span> }.into_any()
        })
        .collect();
    let danger = set
        .changes
        .iter()
        .any(|change| change.loss.is_some() && matches!(change.action, Action::Replace | Action::Remove));
    let n = set.changes.len();
    // What is drawn may be another thing by now.
    let is_old = Memo::new(move |_| {
        job.studio.stack.track();
        job.given.track();
        let now = prepared(job).ok();
        job.formation.wish.with(|wish| wish.as_ref().is_some_and(|wish| now.as_ref() != Some(&**wish)))
    });
    let old = move || {
        is_old.get().then(|| {
            view! {
                <div data-testid="old-changes">
                    <Callout tone=Tone::Warning><p>{t("ui.deploy.formation.old")}</p></Callout>
                </div>
            }
        })
    };
    view! {
        <section class="deploy-changes" aria-label=t("ui.deploy.formation.changes")>
            <header>
                <h4>{t_count("ui.deploy.formation.to_review", n)}</h4>
                <span class="deploy-chips">{sums}</span>
            </header>
            {old}
            {danger.then(|| view! { <Callout tone=Tone::Warning><p>{t("ui.deploy.formation.danger")}</p></Callout> })}
            <ul class="deploy-rows">{set.changes.iter().map(row).collect_view()}</ul>
            <div class="btn-row deploy-decide">
                <BusyButton
                    icon="deploy"
                    look=if danger { "danger" } else { "primary" }
                    label=move || t(go)
                    busy=busy
                    on_press=move || job.execute()
                />
                <BusyButton
                    look="plain"
                    label=move || t("ui.deploy.formation.discard")
                    busy=busy
                    on_press=move || job.discard()
                />
            </div>
        </section>
    }
}

fn sum_key(action: Action) -> &'static str {
    match action {
        Action::Add => "ui.deploy.formation.sum.add",
        Action::Change => "ui.deploy.formation.sum.change",
        Action::Replace => "ui.deploy.formation.sum.replace",
        Action::Remove => "ui.deploy.formation.sum.remove",
        Action::Import => "ui.deploy.formation.sum.import",
    }
}

fn tone(action: Action) -> Tone {
    match action {
        Action::Add | Action::Import => Tone::Fine,
        Action::Change => Tone::Quiet,
        Action::Replace => Tone::Warning,
        Action::Remove => Tone::Bad,
    }
}

fn icon(action: Action) -> &'static str {
    match action {
        Action::Add | Action::Import => "plus",
        Action::Change => "edit",
        Action::Replace => "replace",
        Action::Remove => "minus",
    }
}

fn row(change: &Change) -> AnyView {
    let action = change.action;
    let leaves = matches!(action, Action::Replace | Action::Remove);
    let loss = change.loss.filter(|_| leaves).map(|key| view! { <p class="deploy-loss">{t(key)}</p> });
    let kept = change.kept.then(|| view! { <p class="deploy-help">{t(KEPT)}</p> });
    let replacement =
        (action == Action::Replace).then(|| view! { <p class="deploy-help">{t(change.replacement.key())}</p> });
    let details = (!change.properties.is_empty()).then(|| {
        let replaces = action == Action::Replace;
        let rows = change.properties.iter().map(|one| property(one, replaces)).collect_view();
        view! {
            <details class="deploy-more">
                <summary>
                    <Icon name="chevron-right" />
                    <span>{t_count("ui.deploy.formation.properties", change.properties.len())}</span>
                </summary>
                <ul class="deploy-properties">{rows}</ul>
            </details>
        }
    });
    view! {
        <li class=format!("deploy-row {}", tone(action).class()) data-action=format!("{action:?}")>
            <span class="deploy-row-mark"><Icon name=icon(action) /></span>
            <div class="deploy-row-words">
                <p>
                    <span class="sr-only">{t(action.key())} ": "</span>
                    <strong>{change.logical.clone()}</strong>
                    " "
                    <span class="quiet">{change.type_name.clone()}</span>
                </p>
                {replacement}
                {loss}
                {kept}
                {details}
            </div>
            {change.element.clone().map(|element| view! { <NodeLink element=element /> })}
        </li>
    }
    .into_any()
}

fn property(change: &PropertyChange, replaces: bool) -> AnyView {
    let value = |value: &Option<String>, class: &'static str| {
        value.clone().map(|value| view! { <code class=class>{value}</code> })
    };
    let forces = (replaces && change.replacement != Replacement::Never).then(|| {
        view! { <span class="deploy-chip warning-tone">{t("ui.deploy.formation.forces")}</span> }
    });
    view! {
        <li>
            <span class="deploy-property">{change.path.clone()} {forces}</span>
            <span class="deploy-values">
                {value(&change.before, "before")}
                {change.after.is_some().then(|| view! { <Icon name="chevron-right" /> })}
                {value(&change.after, "after")}
            </span>
            {change.origin.clone().map(|origin| view! { <OriginLink origin=origin /> })}
        </li>
    }
    .into_any()
}
