//! One message with a button, at the lower edge: what was done, and how to take it back.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::{Desk, use_desk};
use crate::ui::IconButton;
use crate::words::t;

/// How long a message stays that offers nothing, and one that offers something, in milliseconds.
const SHORT: u32 = 6_000;
const LONG: u32 = 20_000;

/// What a message offers.
#[derive(Clone)]
pub(crate) struct Action {
    /// The text of the button.
    pub(crate) label: String,
    /// What it does.
    pub(crate) run: Rc<dyn Fn()>,
    /// Whether the message stays until it is answered.
    pub(crate) stays: bool,
}

/// A message.
#[derive(Clone)]
pub(crate) struct Toast {
    nth: u32,
    text: String,
    action: Option<Action>,
}

impl Desk {
    /// Shows a message; it takes the place of the one before.
    pub(crate) fn toast(&self, text: String, action: Option<Action>) {
        let nth = self.toast.with_untracked(|toast| toast.as_ref().map_or(0, |toast| toast.nth + 1));
        let time = match &action {
            Some(Action { stays: true, .. }) => None,
            Some(_) => Some(LONG),
            None => Some(SHORT),
        };
        self.toast.set(Some(Toast { nth, text, action }));
        if let Some(time) = time {
            let signal = self.toast;
            let end = move || {
                let is_it = signal.with_untracked(|toast| toast.as_ref().is_some_and(|toast| toast.nth == nth));
                if is_it {
                    signal.set(None);
                }
            };
            Timeout::new(time, end).forget();
        }
    }
}

impl Desk {
    /// What was merely told is over when one goes elsewhere; what was offered stays.
    pub(super) fn forget_told(&self) {
        if self.toast.with_untracked(|toast| toast.as_ref().is_some_and(|toast| toast.action.is_none())) {
            self.toast.set(None);
        }
    }
}

/// Where the message is shown.
#[component]
pub(crate) fn ToastPlace() -> impl IntoView {
    let desk = use_desk();
    let close = move || desk.toast.set(None);
    let shown = move || {
        desk.toast.get().map(|Toast { text, action, .. }| {
            let button = action.map(|Action { label, run, .. }| {
                let act = move |_| {
                    desk.toast.set(None);
                    run();
                };
                view! { <button class="notice-act" type="button" on:click=act>{label}</button> }
            });
            view! {
                <div class="notice">
                    <span>{text}</span>
                    {button}
                    <IconButton icon="close" label=move || t("ui.dialog.dismiss") on_press=close />
                </div>
            }
        })
    };
    view! { <div class="notice-place" role="status">{shown}</div> }
}
