//! Small parts that all steps of the deployment are built of.

use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::studio::use_studio;
use crate::ui::{Button, Icon, IconButton, keys};
use crate::words::{t, t_with};

/// How a step stands, for colour and mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tone {
    /// Not begun, nothing to say.
    #[default]
    Quiet,
    /// It is the person's turn, or AWS is at it.
    Now,
    Fine,
    Warning,
    Bad,
}

impl Tone {
    /// The class that colours it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Quiet => "quiet-tone",
            Self::Now => "now-tone",
            Self::Fine => "fine-tone",
            Self::Warning => "warning-tone",
            Self::Bad => "bad-tone",
        }
    }

    /// The icon that goes with it.
    pub(super) fn icon(self) -> &'static str {
        match self {
            Self::Quiet | Self::Now => "info",
            Self::Fine => "ok",
            Self::Warning => "warning",
            Self::Bad => "error",
        }
    }
}

/// How a step stands, at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Glance {
    pub(super) tone: Tone,
    pub(super) text: String,
}

impl Glance {
    /// A state in words.
    pub(super) fn new(tone: Tone, text: String) -> Self {
        Self { tone, text }
    }
}

/// One step of the way: a heading that folds what is below it.
#[component]
pub(super) fn Stage(
    /// Its place in the row.
    number: u8,
    /// Its name in code.
    id: &'static str,
    /// Its name.
    #[prop(into)]
    title: TextProp,
    /// How it stands.
    glance: Memo<Glance>,
    /// Whether it is unfolded.
    open: RwSignal<bool, LocalStorage>,
    /// What it holds, while it is unfolded.
    children: ChildrenFn,
) -> impl IntoView {
    let body = format!("deploy-{id}");
    let controls = body.clone();
    let section = NodeRef::<html::Section>::new();
    let press = move |_| {
        open.update(|open| *open = !*open);
        if open.get_untracked() {
            // After what it holds is there.
            request_animation_frame(move || bring(section));
        }
    };
    let mark = move || match glance.get().tone {
        Tone::Fine => view! { <Icon name="check" /> }.into_any(),
        Tone::Bad => view! { <Icon name="close" /> }.into_any(),
        _ => number.into_any(),
    };
    view! {
        <section node_ref=section class=move || format!("deploy-step {}", glance.with(|glance| glance.tone.class())) data-step=id>
            <h3 class="deploy-step-head">
                <button
                    type="button"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls=controls
                    on:click=press
                >
                    <span class="deploy-step-mark" aria-hidden="true">{mark}</span>
                    <span class="deploy-step-title">{move || title.get()}</span>
                    <span class="deploy-step-glance clip">{move || glance.with(|glance| glance.text.clone())}</span>
                    {move || view! { <Icon name=if open.get() { "chevron-up" } else { "chevron-down" } /> }}
                </button>
            </h3>
            <div class="deploy-step-body" id=body hidden=move || !open.get()>
                <Show when=move || open.get()>{children()}</Show>
            </div>
        </section>
    }
}

/// Brings into sight what was unfolded at the lower edge.
fn bring(section: NodeRef<html::Section>) {
    if let Some(Some(section)) = section.try_get_untracked() {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        section.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Words that stand out: what to know before going on.
#[component]
pub(super) fn Callout(
    /// How serious it is.
    tone: Tone,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let role = if tone == Tone::Bad { Some("alert") } else { None };
    view! {
        <div class=format!("deploy-callout {}", tone.class()) role=role>
            <Icon name=tone.icon() />
            <div class="deploy-callout-words">{children()}</div>
        </div>
    }
}

/// Text that is copied as it stands: a policy, a body, a command.
#[component]
pub(super) fn Copyable(
    /// Its name, for the button and for screen readers.
    #[prop(into)]
    label: TextProp,
    /// The text.
    text: String,
) -> impl IntoView {
    let studio = use_studio();
    let copied = text.clone();
    let named = label.clone();
    let press = move || {
        let text = copied.clone();
        let promise = window().navigator().clipboard().write_text(&text);
        spawn_local(async move {
            let done = JsFuture::from(promise).await;
            if !studio.is_open() {
                return;
            }
            match done {
                Ok(_) => studio.inform(t("ui.files.copied")),
                Err(_) => studio.warn(t_with("ui.paste.copy_denied", &[("keys", &keys::shown("Mod+C"))])),
            }
        });
    };
    view! {
        <figure class="deploy-code">
            <figcaption>
                <span class="clip">{move || label.get()}</span>
                <IconButton icon="copy" label=move || t_with("ui.deploy.copy", &[("what", &named.get())]) on_press=press />
            </figcaption>
            <pre tabindex="0"><code>{text}</code></pre>
        </figure>
    }
}

/// A button that shows that something is under way, and is dead meanwhile.
#[component]
pub(super) fn BusyButton(
    /// What it says.
    #[prop(into)]
    label: TextProp,
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
    /// Whether it is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Its icon.
    #[prop(optional)]
    icon: &'static str,
    /// Its look.
    #[prop(optional)]
    look: &'static str,
) -> impl IntoView {
    view! {
        <span class="deploy-busy" class:busy=move || busy.get()>
            <Button label=label on_press=on_press icon=icon look=look disabled=busy />
        </span>
    }
}
