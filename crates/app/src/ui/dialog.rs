//! Dialogs.

use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use web_sys::MouseEvent;

use super::{IconButton, fresh_id};
use crate::words::t;

/// A dialog over the page. The browser keeps the focus inside, closes it on Esc and gives the focus back.
///
/// What it holds exists only while it is open. The first control with `autofocus` gets the focus.
#[component]
pub(crate) fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: TextProp,
    /// Whether it is wide.
    #[prop(optional)]
    wide: bool,
    /// A name in code, as `data-dialog`.
    #[prop(optional)]
    name: &'static str,
    /// Buttons at its foot.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
    /// What it holds.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let id = fresh_id("dialog");
    let labelled = id.clone();
    Effect::new(move || {
        let wanted = open.get();
        let Some(dialog) = dialog.get() else { return };
        if wanted && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let outside = move |event: MouseEvent| {
        let at = (event.target(), event.current_target());
        // A click on the element itself is one beside the box: whatever lies in the box covers it.
        if at.0.is_some() && at.0 == at.1 {
            open.set(false);
        }
    };
    let close = move || {
        view! { <IconButton icon="close" label=move || t("ui.dialog.close") on_press=move || open.set(false) /> }
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            class:wide=wide
            data-dialog=name
            aria-labelledby=labelled
            on:close=move |_| open.set(false)
            on:click=outside
        >
            <Show when=move || open.get()>
                <header class="dialog-head">
                    <h2 id=id.clone()>
                        {
                            let title = title.clone();
                            move || title.get()
                        }
                    </h2>
                    {close()}
                </header>
                <div class="dialog-body">{children()}</div>
                {foot.clone().map(|foot| view! { <footer class="dialog-foot">{foot.run()}</footer> })}
            </Show>
        </dialog>
    }
}
