//! The parts of the page that are fetched when they are first needed. What only such a part uses is in its file.

use std::cell::Cell;
use std::task::{Context, Poll, Waker};

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::desk::Opened;

/// How long after the start page was shown the editor is fetched, which will be asked for next, in milliseconds.
const SOON: u32 = 1_000;

thread_local! {
    static HERE: Cell<bool> = const { Cell::new(false) };
}

/// Whether the editor can be shown at once.
pub(super) fn is_here() -> bool {
    HERE.get()
}

/// Fetches the editor; whether it came. It is fetched once, and after a failure anew.
pub(super) async fn fetch_editor() -> bool {
    let came = cut::fetch_editor().await;
    HERE.set(came);
    came
}

/// Fetches the editor when the first screen has been shown for a while.
pub(super) fn fetch_soon() {
    if !is_here() {
        Timeout::new(SOON, || {
            leptos::task::spawn_local(async {
                // Who then asks for the editor is told of a failure.
                let _ = fetch_editor().await;
            });
        })
        .forget();
    }
}

/// The editor's page; empty where it is not there yet.
pub(super) fn editor(opened: Opened) -> AnyView {
    // Once the part is there its page is made in this very turn, under the owner of the view around it.
    let mut page = Box::pin(cut::editor_page(opened));
    match page.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Some(page)) => page,
        Poll::Ready(None) | Poll::Pending => ().into_any(),
    }
}

/// Where the page is one file, as it is while one works on it.
#[cfg(not(feature = "parts"))]
mod cut {
    use super::*;

    pub(super) async fn fetch_editor() -> bool {
        true
    }

    pub(super) async fn editor_page(opened: Opened) -> Option<AnyView> {
        Some(super::editor_page(opened))
    }
}

#[cfg(feature = "parts")]
mod cut {
    use super::*;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    /// Fetches the editor; whether it came.
    pub(super) async fn fetch_editor() -> bool {
        fetch().await.is_ok()
    }

    /// The editor's page; `None` where it could not be fetched.
    pub(super) async fn editor_page(opened: Opened) -> Option<AnyView> {
        page(opened).await.ok()
    }

    #[wasm_split(editor, fallible, preload(fetch))]
    fn page(opened: Opened) -> Result<AnyView, SplitLoaderError> {
        Ok(super::editor_page(opened))
    }
}

fn editor_page(opened: Opened) -> AnyView {
    trazo_texts::load_rest();
    view! { <super::editor::EditorPage opened=opened /> }.into_any()
}
