//! The address of what is up, and a small console to try it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_model::{Props, Target};
use trazo_provision::live::console::{Body, Draft, Failed, METHODS, Reply, blocked, curl, send};
use trazo_provision::live::{Address, Gate};

use crate::app::with_code;
use crate::deploy::bits::{BusyButton, Callout, Copyable, Tone};
use crate::deploy::job::{Job, use_job};
use crate::deploy::world::Browser;
use crate::ui::{Button, Icon};
use crate::words::{t, t_with};

/// All addresses, and the console for the one that is chosen.
#[component]
pub(super) fn Console() -> impl IntoView {
    let job = use_job();
    let chosen = RwSignal::new(0_usize);
    let one = move |(at, address): (usize, Address)| {
        let (href, shown) = (address.url.clone(), address.url);
        let pressed = move || if chosen.get() == at { "true" } else { "false" };
        view! {
            <li>
                <a href=href target="_blank" rel="noreferrer" class="deploy-url">{shown} <Icon name="external" /></a>
                <button type="button" class="btn" aria-pressed=pressed on:click=move |_| chosen.set(at)>
                    {t("ui.deploy.live.try")}
                </button>
            </li>
        }
    };
    move || {
        let all = job.live.addresses.get();
        if all.is_empty() {
            return None;
        }
        let address = move || job.live.addresses.with(|all| all.get(chosen.get()).or(all.first()).cloned());
        Some(view! {
            <section class="deploy-console">
                <ul class="deploy-urls">{all.iter().cloned().enumerate().map(one).collect_view()}</ul>
                {move || address().map(|address| view! { <Form address=address /> })}
            </section>
        })
    }
}

#[component]
fn Form(address: Address) -> impl IntoView {
    let job = use_job();
    let draft = RwSignal::new(Draft {
        base: address.url.clone(),
        method: "GET".to_owned(),
        path: "/".to_owned(),
        ..Draft::default()
    });
    let headers = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Result<Reply, Failed>>);
    let written = move || {
        let mut written = draft.get();
        written.headers = headers.with(|text| {
            text.lines()
                .filter_map(|line| line.split_once(':'))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect()
        });
        written
    };
    let go = move || {
        let draft = untrack(written);
        busy.set(true);
        spawn_local(async move {
            let came = send(&Browser, &draft).await;
            if busy.try_set(false).is_none() {
                outcome.set(Some(came));
            }
        });
    };
    let has_body = move || draft.with(|draft| !["GET", "HEAD"].contains(&draft.method.as_str()));
    let methods = METHODS.iter().map(|method| view! { <option value=*method>{*method}</option> }).collect_view();
    let shown = move || {
        outcome.get().map(|outcome| match outcome {
            Ok(reply) => reply_view(&reply),
            Err(failed) => failed_view(job, &address, &failed),
        })
    };
    view! {
        <form class="deploy-try" on:submit=move |event| { event.prevent_default(); go(); }>
            <div class="deploy-try-line">
                <select class="select" aria-label=t("ui.deploy.live.method") on:change=move |event| draft.update(|draft| draft.method = event_target_value(&event))>
                    {methods}
                </select>
                <input
                    class="input"
                    aria-label=t("ui.deploy.live.path")
                    autocomplete="off"
                    spellcheck="false"
                    value="/"
                    on:input=move |event| draft.update(|draft| draft.path = event_target_value(&event))
                />
                <BusyButton icon="send" look="primary" label=move || t("ui.deploy.live.send") busy=busy on_press=go />
            </div>
            <details class="deploy-more">
                <summary><Icon name="chevron-right" /> <span>{t("ui.deploy.live.headers")}</span></summary>
                <textarea
                    class="textarea"
                    aria-label=t("ui.deploy.live.headers")
                    rows="3"
                    spellcheck="false"
                    placeholder="Accept: application/json"
                    on:input=move |event| headers.set(event_target_value(&event))
                ></textarea>
            </details>
            <Show when=has_body>
                <textarea
                    class="textarea"
                    aria-label=t("ui.deploy.live.body")
                    placeholder=t("ui.deploy.live.body")
                    rows="4"
                    spellcheck="false"
                    on:input=move |event| draft.update(|draft| draft.body = event_target_value(&event))
                ></textarea>
            </Show>
        </form>
        {shown}
        <details class="deploy-more">
            <summary><Icon name="chevron-right" /> <span>{t("ui.deploy.live.curl")}</span></summary>
            {move || view! { <Copyable label=move || t("ui.deploy.live.curl") text=curl(&written()) /> }}
        </details>
    }
}

fn reply_view(reply: &Reply) -> AnyView {
    let tone = match reply.status {
        200..400 => Tone::Fine,
        400..500 => Tone::Warning,
        _ => Tone::Bad,
    };
    let body = match &reply.body {
        Body::Empty => view! { <p class="quiet">{t("ui.deploy.live.empty")}</p> }.into_any(),
        Body::Json(text) | Body::Text(text) => {
            view! { <Copyable label=move || t("ui.deploy.request.answer") text=text.clone() /> }.into_any()
        }
        Body::Cut(text, all) => view! {
            <Copyable label=move || t("ui.deploy.request.answer") text=text.clone() />
            <p class="deploy-help">{t_with("ui.deploy.live.cut", &[("n", &all.to_string())])}</p>
        }
        .into_any(),
        Body::Binary(size) => {
            view! { <p>{t_with("ui.deploy.live.binary", &[("n", &size.to_string())])}</p> }.into_any()
        }
    };
    let help = reply.explain().map(|key| view! { <p class="deploy-help">{with_code(&t(key))}</p> });
    view! {
        <div class="deploy-reply" role="status" data-status=reply.status>
            <p>
                <span class=format!("deploy-chip {}", tone.class())>{reply.status}</span>
                " "
                <span class="quiet">{t_with("ui.deploy.request.took", &[("n", &reply.millis.to_string())])}</span>
            </p>
            {help}
            {body}
        </div>
    }
    .into_any()
}

fn failed_view(job: Job, address: &Address, failed: &Failed) -> AnyView {
    match failed {
        Failed::Draft(fault) => {
            let words = t_with(fault.key(), &[("name", fault.header())]);
            view! { <Callout tone=Tone::Warning><p>{with_code(&words)}</p></Callout> }.into_any()
        }
        Failed::Unsent(unsent) => {
            let secure = window().location().protocol().is_ok_and(|protocol| protocol == "https:");
            let why = blocked(*unsent, &address.url, address.gate, secure, has_cors(job, address));
            let target = Target::Node(trazo_model::NodeId::new(&address.node));
            let mend = why.field.map(|field| {
                let go = move || job.studio.reveal(&target, field);
                view! { <Button icon="edit" label=move || t("ui.deploy.live.mend") on_press=go /> }
            });
            view! {
                <Callout tone=Tone::Bad>
                    <p>{with_code(&t(why.key))}</p>
                    {mend}
                </Callout>
            }
            .into_any()
        }
    }
}

/// Whether the API lets pages read its answers.
fn has_cors(job: Job, address: &Address) -> bool {
    let id = trazo_model::NodeId::new(&address.node);
    job.studio.design(|design| match design.node(&id).map(|node| &node.props) {
        Some(Props::HttpApi(api)) => address.gate == Gate::HttpApi && api.cors.enabled,
        Some(Props::RestApi(api)) => address.gate == Gate::RestApi && api.cors.enabled,
        _ => false,
    })
}
