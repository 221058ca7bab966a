//! The first step: pasting credentials, choosing among several, and hearing from AWS whose they are.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use trazo_provision::credentials::{Fault, PasteError, Pasted, paste};

use super::bits::{Callout, Glance, Tone};
use super::clock::span;
use super::job::use_job;
use super::room::{Step, room};
use super::session::{Identity, Without};
use super::transport::TransportChoice;
use crate::app::with_code;
use crate::ui::{Button, Icon, fresh_id};
use crate::words::{t, t_count, t_with};

/// How the step stands. Tracked.
pub(super) fn glance() -> Glance {
    let session = room().session;
    let Some(held) = session.held() else {
        return match session.without.get() {
            Without::Expired => Glance::new(Tone::Bad, t("ui.deploy.credentials.glance_expired")),
            _ => Glance::new(Tone::Now, t("ui.deploy.credentials.glance_none")),
        };
    };
    match session.identity.get() {
        Identity::Known(caller) => {
            let account = caller.account_shown();
            Glance::new(
                if session.hurry() > 0 { Tone::Warning } else { Tone::Fine },
                t_with("ui.deploy.credentials.glance_known", &[("name", caller.name()), ("account", &account)]),
            )
        }
        Identity::Asking => Glance::new(Tone::Now, t("ui.deploy.credentials.glance_asking")),
        Identity::Failed(error) if error.refusal().is_none() => {
            Glance::new(Tone::Warning, t("ui.deploy.credentials.glance_unasked"))
        }
        Identity::Failed(_) => Glance::new(Tone::Bad, t("ui.deploy.credentials.glance_failed")),
        Identity::Unasked => Glance::new(Tone::Now, held.credentials.short_id()),
    }
}

/// The step.
#[component]
pub(super) fn CredentialsStep() -> impl IntoView {
    let session = room().session;
    let held = Memo::new(move |_| session.held().is_some());
    let offered = Memo::new(move |_| session.offered.with(Vec::len) > 0);
    view! {
        {move || match (held.get(), offered.get()) {
            (true, _) => view! { <Understood /> }.into_any(),
            (false, true) => view! { <Choose /> }.into_any(),
            (false, false) => view! { <PasteBox /> }.into_any(),
        }}
        <TransportChoice />
    }
}

/// Where credentials are pasted. As soon as they are understood the field is emptied and goes.
#[component]
fn PasteBox() -> impl IntoView {
    let session = room().session;
    let field = NodeRef::<html::Textarea>::new();
    let wrong = RwSignal::new_local(None::<PasteError>);
    let id = fresh_id("deploy-paste");
    let (of, told) = (id.clone(), format!("{id}-told"));
    let told_by = told.clone();
    let read = move || {
        let Some(field) = field.get_untracked() else { return };
        match paste(&field.value()) {
            Ok(found) => {
                field.set_value("");
                take(found);
            }
            Err(error) => wrong.set(Some(error)),
        }
    };
    on_cleanup(move || {
        if let Some(Some(field)) = field.try_get_untracked() {
            field.set_value("");
        }
    });
    let expired = move || session.without.get() == Without::Expired;
    view! {
        <div class="deploy-paste">
            <Show when=expired>
                <Callout tone=Tone::Bad>{move || t("ui.deploy.credentials.expired")}</Callout>
            </Show>
            <label for=of>{move || t("ui.deploy.credentials.paste")}</label>
            <textarea
                node_ref=field
                id=id
                class="textarea"
                rows="5"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                translate="no"
                data-lpignore="true"
                data-1p-ignore="true"
                data-panel-focus=""
                aria-describedby=told_by
                aria-invalid=move || wrong.with(|wrong| wrong.as_ref().is_some_and(|wrong| wrong.fault != Fault::Empty)).then_some("true")
                placeholder=move || t("ui.deploy.credentials.placeholder")
                on:input=move |_| read()
            ></textarea>
            <div id=told class="deploy-told" aria-live="polite">
                {move || wrong.get().filter(|wrong| wrong.fault != Fault::Empty).map(|wrong| {
                    view! {
                        <p class="deploy-fault">
                            <Icon name="warning" />
                            <span>{with_code(&fault(&wrong))}</span>
                        </p>
                    }
                })}
                <p class="deploy-help">
                    <Icon name="lock" />
                    <span>{move || t("ui.deploy.credentials.promise")}</span>
                </p>
            </div>
            <Where />
        </div>
    }
}

/// Where each kind of account shows its credentials.
#[component]
fn Where() -> impl IntoView {
    let row = |key: &'static str| {
        view! {
            <dt>{move || t(&format!("ui.deploy.credentials.where.{key}"))}</dt>
            <dd>{move || with_code(&t(&format!("ui.deploy.credentials.where.{key}_how"))).into_any()}</dd>
        }
    };
    view! {
        <details class="deploy-more">
            <summary>
                <Icon name="chevron-right" />
                <span>{move || t("ui.deploy.credentials.where.title")}</span>
            </summary>
            <dl class="deploy-where">{row("lab")} {row("sso")} {row("cli")}</dl>
        </details>
    }
}

fn fault(error: &PasteError) -> String {
    let said = match error.fault {
        Fault::SecretLength(n) => t_count(error.fault.key(), n),
        fault => t(fault.key()),
    };
    match &error.profile {
        Some(profile) => t_with("deploy.paste.in-profile", &[("profile", profile), ("error", &said)]),
        None => said,
    }
}

/// One that is no risk is used at once; of several, or of a key without an end, a person decides.
fn take(found: Vec<Pasted>) {
    let session = room().session;
    let mut found: Vec<Arc<Pasted>> = found.into_iter().map(Arc::new).collect();
    if found.len() == 1 && !found[0].credentials.is_long_term() {
        if let Some(only) = found.pop() {
            accept(only);
        }
    } else {
        session.offered.set(found);
    }
}

/// Goes on with a key, unless it has ended already.
fn accept(pasted: Arc<Pasted>) {
    let room = room();
    room.session.take(pasted);
    if room.session.held().is_some() {
        super::identity::ask();
    } else {
        room.go(Step::Credentials);
    }
}

/// Several were pasted, or one that needs a warning.
#[component]
fn Choose() -> impl IntoView {
    let session = room().session;
    let row = move |pasted: Arc<Pasted>| {
        let name = pasted.profile.clone().unwrap_or_else(|| t("ui.deploy.credentials.no_profile"));
        let is_long_term = pasted.credentials.is_long_term();
        let (look, key) = if is_long_term { ("", "use_anyway") } else { ("primary", "use") };
        let about = about(&pasted);
        view! {
            <li class="deploy-profile">
                <div>
                    <strong>{name}</strong>
                    <p class="deploy-help">{about}</p>
                </div>
                <Button look=look label=move || t(&format!("ui.deploy.credentials.{key}")) on_press=move || accept(Arc::clone(&pasted)) />
            </li>
        }
    };
    let long_term = move || session.offered.with(|offered| offered.iter().any(|one| one.credentials.is_long_term()));
    let title = move || match session.offered.with(Vec::len) {
        1 => t("ui.deploy.credentials.sure"),
        n => t_count("ui.deploy.credentials.several", n),
    };
    view! {
        <div class="deploy-choose">
            <h4>{title}</h4>
            <Show when=long_term>
                <Callout tone=Tone::Warning>
                    <p>{move || with_code(&t("ui.deploy.credentials.long_term")).into_any()}</p>
                </Callout>
            </Show>
            <ul>{move || session.offered.get().into_iter().map(row).collect_view()}</ul>
            <Button
                look="plain"
                label=move || t("ui.deploy.credentials.discard")
                on_press=move || session.forget(Without::Forgotten)
            />
        </div>
    }
}

/// What was understood, in a line.
fn about(pasted: &Pasted) -> String {
    let credentials = &pasted.credentials;
    let token = if credentials.session_token.is_some() { "ui.deploy.known.token" } else { "ui.deploy.known.no_token" };
    let mut parts = vec![credentials.short_id(), t(token)];
    parts.extend(pasted.region.clone());
    parts.join(" · ")
}

/// What is used now, and whose AWS says it is.
#[component]
fn Understood() -> impl IntoView {
    let session = room().session;
    let job = use_job();
    let held = move || session.held();
    let row = |key: &'static str, value: Signal<Option<String>>| {
        move || {
            value.get().map(|value| {
                view! {
                    <div>
                        <dt>{t(&format!("ui.deploy.known.{key}"))}</dt>
                        <dd>{value}</dd>
                    </div>
                }
            })
        }
    };
    let key = Signal::derive(move || held().map(|held| held.credentials.short_id()));
    let token = Signal::derive(move || {
        let yes = held()?.credentials.session_token.is_some();
        Some(t(if yes { "ui.deploy.known.token" } else { "ui.deploy.known.no_token" }))
    });
    let profile = Signal::derive(move || held()?.profile.clone());
    let ends = Signal::derive(move || {
        held()?;
        Some(session.left().map_or_else(|| t("ui.deploy.known.no_end"), span))
    });
    let account = Signal::derive(move || session.caller().map(|caller| caller.account_shown()));
    let role = Signal::derive(move || session.caller().map(|caller| caller.name().to_owned()));
    let arn = Signal::derive(move || session.caller().map(|caller| caller.arn));
    view! {
        <dl class="deploy-known" data-testid="deploy-known">
            {row("account", account)} {row("role", role)} {row("key", key)} {row("session", token)}
            {row("profile", profile)} {row("ends", ends)} {row("arn", arn)}
        </dl>
        {move || super::identity::told(session.identity.get())}
        <Hurry />
        <div class="btn-row">
            {move || session.caller().map(|_| {
                // Who was interrupted goes on where that was.
                let (step, key) = if job.run.is_begun() {
                    (Step::Create, "ui.deploy.credentials.back")
                } else {
                    (Step::Plan, "ui.deploy.credentials.next")
                };
                view! { <Button look="primary" label=move || t(key) on_press=move || room().go(step) /> }
            })}
            <Button
                icon="refresh"
                label=move || t("ui.deploy.credentials.others")
                on_press=move || session.forget(Without::Yet)
            />
        </div>
    }
}

/// That credentials end soon, and what to do.
#[component]
fn Hurry() -> impl IntoView {
    let session = room().session;
    let hurry = Memo::new(move |_| session.hurry());
    move || match hurry.get() {
        0 => None,
        1 => Some(view! { <Callout tone=Tone::Warning>{t("ui.deploy.credentials.soon")}</Callout> }),
        _ => Some(view! { <Callout tone=Tone::Bad>{t("ui.deploy.credentials.very_soon")}</Callout> }),
    }
}
