//! Notices at the lower edge: they go by themselves, but not while somebody reads them.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::{Icon, IconButton};
use crate::studio::{Notice, NoticeKind, Studio, use_studio};
use crate::words::t;

/// All notices.
#[component]
pub(crate) fn Toasts() -> impl IntoView {
    let studio = use_studio();
    let one = move |notice: Notice| toast(studio, notice);
    view! {
        <section class="toasts" aria-label=move || t("ui.dialog.notices")>
            <div role="log" aria-live="polite" class="contents">
                <For each=move || studio.notices.get() key=|notice| notice.id children=one />
            </div>
        </section>
    }
}

/// How long a notice stays, in milliseconds: reading takes time, and a refusal more.
fn stay(notice: &Notice) -> u32 {
    let letters = u32::try_from(notice.text.chars().count()).unwrap_or(1000);
    let base = if notice.kind == NoticeKind::Warning { 7000 } else { 3500 };
    base + letters.min(300) * 40
}

fn toast(studio: Studio, notice: Notice) -> impl IntoView {
    let Notice { id, kind, text } = notice.clone();
    let timer = StoredValue::new_local(None::<Timeout>);
    let start = move || {
        let go = Timeout::new(stay(&notice), move || {
            if studio.notices.try_with_untracked(|_| ()).is_some() {
                studio.dismiss(id);
            }
        });
        let _ = timer.try_set_value(Some(go));
    };
    let hold = move || {
        let _ = timer.try_set_value(None);
    };
    start();
    let again = start.clone();
    let (class, icon) = match kind {
        NoticeKind::Info => ("toast", "ok"),
        NoticeKind::Warning => ("toast warning", "warning"),
    };
    view! {
        <div
            class=class
            on:pointerenter=move |_| hold()
            on:focusin=move |_| hold()
            on:pointerleave=move |_| start()
            on:focusout=move |_| again()
        >
            <Icon name=icon />
            <span class="toast-text">{text}</span>
            <IconButton icon="close" label=move || t("ui.dialog.dismiss") on_press=move || studio.dismiss(id) />
        </div>
    }
}
