//! Tabs.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::Icon;

/// One tab.
#[derive(Clone)]
pub(crate) struct Tab {
    /// Its name in code: its element is `tab-<id>`, that of its panel `panel-<id>`.
    pub(crate) id: &'static str,
    /// Its icon; `""` for none.
    pub(crate) icon: &'static str,
    /// What it says.
    pub(crate) label: TextProp,
    /// What stands after its name, as numbers.
    pub(crate) extra: Option<ViewFn>,
}

impl Tab {
    /// A tab with a name alone.
    pub(crate) fn new(id: &'static str, icon: &'static str, label: impl Into<TextProp>) -> Self {
        Self { id, icon, label: label.into(), extra: None }
    }

    /// The same tab with something after its name.
    #[must_use]
    pub(crate) fn extra(mut self, extra: impl Into<ViewFn>) -> Self {
        self.extra = Some(extra.into());
        self
    }
}

/// A row of tabs. The panel is the caller's: `<div role="tabpanel" id="panel-x" aria-labelledby="tab-x">`.
#[component]
pub(crate) fn Tabs(
    /// The tabs.
    tabs: Vec<Tab>,
    /// The one that is chosen.
    chosen: Signal<&'static str>,
    /// Called with the one that was chosen.
    #[prop(into)]
    on_choose: Callback<(&'static str,)>,
    /// Its name.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let ids: Vec<&'static str> = tabs.iter().map(|tab| tab.id).collect();
    let key = move |event: KeyboardEvent| {
        let now = ids.iter().position(|id| *id == chosen.get_untracked()).unwrap_or(0);
        let last = ids.len().saturating_sub(1);
        let next = match event.key().as_str() {
            "ArrowRight" => (now + 1) % ids.len().max(1),
            "ArrowLeft" => now.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        on_choose.run((ids[next],));
        if let Some(tab) = document().get_element_by_id(&format!("tab-{}", ids[next])) {
            let _ = tab.unchecked_into::<HtmlElement>().focus();
        }
    };
    let rows = tabs.into_iter().map(|tab| {
        let Tab { id, icon, label, extra } = tab;
        view! {
            <button
                type="button"
                role="tab"
                class="tab"
                id=format!("tab-{id}")
                aria-controls=format!("panel-{id}")
                aria-selected=move || if chosen.get() == id { "true" } else { "false" }
                tabindex=move || if chosen.get() == id { "0" } else { "-1" }
                on:click=move |_| on_choose.run((id,))
            >
                {(!icon.is_empty()).then(|| view! { <Icon name=icon /> })}
                <span>{move || label.get()}</span>
                {extra.map(|extra| extra.run())}
            </button>
        }
    });
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() on:keydown=key>
            {rows.collect_view()}
        </div>
    }
}
