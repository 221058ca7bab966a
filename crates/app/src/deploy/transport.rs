//! The way to AWS: straight from the page, through the relay on the person's own machine, or to an emulator.

use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_provision::{Endpoints, Outgoing, Secret, World};

use super::bits::{Callout, Tone};
use super::room::room;
use super::world::Browser;
use crate::app::with_code;
use crate::ui::{Icon, fresh_id};
use crate::words::t;

/// The way that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The page speaks to AWS itself.
    Direct,
    /// `trazo serve` on this machine passes requests on.
    Relay,
    /// Something else answers in AWS's place.
    Custom,
}

impl Way {
    const ALL: [Self; 3] = [Self::Direct, Self::Relay, Self::Custom];

    /// Its name in the keys of texts.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Relay => "relay",
            Self::Custom => "custom",
        }
    }
}

/// Whether there is a relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Relay {
    /// Nobody has looked yet.
    Unknown,
    /// This page does not come from one.
    None,
    /// The page comes from one; it wants to hear this token.
    Here(String),
}

/// The handle.
#[derive(Clone, Copy)]
pub(super) struct Transport {
    pub(super) way: RwSignal<Way, LocalStorage>,
    pub(super) relay: RwSignal<Relay, LocalStorage>,
    /// The address for [`Way::Custom`].
    pub(super) custom: RwSignal<String, LocalStorage>,
}

impl Transport {
    pub(super) fn new() -> Self {
        Self {
            way: RwSignal::new_local(Way::Direct),
            relay: RwSignal::new_local(Relay::Unknown),
            custom: RwSignal::new_local(String::new()),
        }
    }

    /// The way to AWS. Tracked.
    pub(super) fn endpoints(self) -> Endpoints {
        match (self.way.get(), self.relay.get()) {
            (Way::Relay, Relay::Here(token)) => {
                let base = base().unwrap_or_default().trim_end_matches('/').to_owned();
                Endpoints::Relay { base, token: Secret::new(token) }
            }
            (Way::Custom, _) => Endpoints::Custom { base: self.custom.get().trim().to_owned() },
            _ => Endpoints::Direct,
        }
    }

    /// Finds out whether this page comes from a relay. A relay is on the person's own machine, so that nobody else is asked.
    pub(super) fn look(self) {
        if self.relay.get_untracked() != Relay::Unknown {
            return;
        }
        let host = window().location().hostname().unwrap_or_default();
        if !["127.0.0.1", "localhost", "[::1]"].contains(&host.as_str()) {
            return self.relay.set(Relay::None);
        }
        spawn_local(async move {
            let token = hello().await;
            if token.is_some() && self.way.get_untracked() == Way::Direct {
                self.way.set(Way::Relay);
            }
            self.relay.set(token.map_or(Relay::None, Relay::Here));
        });
    }
}

/// The token of the relay that the page comes from.
async fn hello() -> Option<String> {
    let url = base()? + "relay/hello";
    let request = Outgoing { method: "GET", url, headers: Vec::new(), body: Vec::new(), timeout: 5000, limit: 4096 };
    let answer = Browser.send(request).await.ok().filter(|answer| answer.status == 200)?;
    let read: serde_json::Value = serde_json::from_slice(&answer.body).ok()?;
    read.get("token")?.as_str().map(str::to_owned)
}

/// The folder that the page lies in, with a slash at its end.
pub(super) fn base() -> Option<String> {
    let location = window().location();
    let (origin, path) = (location.origin().ok()?, location.pathname().ok()?);
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(format!("{origin}{folder}/"))
}

/// The choice of the way, folded: most people never need it.
#[component]
pub(super) fn TransportChoice() -> impl IntoView {
    let transport = room().transport;
    let way = transport.way;
    let group = fresh_id("deploy-way");
    let option = move |one: Way| {
        let key = format!("ui.deploy.way.{}", one.key());
        let (title, help) = (key.clone(), format!("{key}_help"));
        view! {
            <label class="deploy-way">
                <input
                    type="radio"
                    name=group.clone()
                    value=one.key()
                    prop:checked=move || way.get() == one
                    on:change=move |_| way.set(one)
                />
                <span>
                    <span class="deploy-way-name">{move || with_code(&t(&title)).into_any()}</span>
                    <span class="deploy-help">{move || with_code(&t(&help)).into_any()}</span>
                </span>
            </label>
        }
    };
    view! {
        <details class="deploy-more">
            <summary>
                <Icon name="chevron-right" />
                <span>{move || t("ui.deploy.way.title")}</span>
                <span class="quiet">{move || with_code(&t(&format!("ui.deploy.way.{}", way.get().key()))).into_any()}</span>
            </summary>
            <div class="deploy-ways" role="radiogroup" aria-label=move || t("ui.deploy.way.title")>
                {Way::ALL.into_iter().map(option).collect_view()}
            </div>
            <Show when=move || way.get() == Way::Custom>
                <Custom />
            </Show>
            <Show when=move || way.get() == Way::Relay && transport.relay.get() == Relay::None>
                <Callout tone=Tone::Warning>{move || with_code(&t("ui.deploy.way.relay_missing")).into_any()}</Callout>
            </Show>
        </details>
    }
}

#[component]
fn Custom() -> impl IntoView {
    let custom = room().transport.custom;
    let id = fresh_id("deploy-endpoint");
    let of = id.clone();
    view! {
        <div class="deploy-field">
            <label for=of>{move || t("ui.deploy.way.endpoint")}</label>
            <input
                id=id
                class="input"
                type="url"
                autocomplete="off"
                spellcheck="false"
                placeholder="http://127.0.0.1:4566"
                prop:value=move || custom.get()
                on:input=move |event| custom.set(event_target_value(&event))
            />
            <p class="deploy-help">{move || t("ui.deploy.way.endpoint_help")}</p>
        </div>
    }
}
