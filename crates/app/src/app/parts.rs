//! The parts of the page that are fetched when they are first needed. What only such a part uses is in its file.
//!
//! There is one beside the first screen: the editor, and with it everything that reads or writes designs. All ways into
//! it are the functions of [`Work`], so that nothing of it is in reach of the first screen.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

use trazo_model::Design;

use super::desk::{Opened, Screen};
use super::{Action, Desk, Route};
use crate::store::{News, Sketch};
use crate::words::t;

/// How long after the start page was shown the editor is fetched, which will be asked for next, in milliseconds.
const SOON: u32 = 1_000;

thread_local! {
    static HERE: Cell<Option<&'static dyn Work>> = const { Cell::new(None) };
}

/// What needs designs.
pub(super) trait Work {
    /// The editor's page.
    fn editor(&self, opened: Opened) -> AnyView;
    /// Goes to a design, or makes one.
    fn go(&self, desk: Desk, route: Route);
    /// Leaves the open design, if there is one.
    fn leave(&self, desk: Desk);
    /// Another tab has stored or deleted a design.
    fn hear(&self, desk: Desk, news: &News);
    /// Opens the text of a file as a new design.
    fn open_text(&self, desk: Desk, file: &str, text: &str);
    /// Gives a stored design another name.
    fn rename(&self, desk: Desk, id: String, name: String);
    /// Makes a copy of a stored design.
    fn duplicate(&self, desk: Desk, id: String);
    /// Opens a design that was made of another tool's file as a new one.
    fn open_imported(&self, desk: Desk, file: &str, design: Design);
    /// Adds a design to the open one.
    fn add_imported(&self, desk: Desk, design: &Design);
    /// Lays a design out.
    fn tidied(&self, design: Design) -> Design;
    /// The small drawing of a design.
    fn picture(&self, design: &Design) -> Sketch;
}

/// Where the page is one file, as it is while one works on it.
#[cfg(not(feature = "parts"))]
mod cut {
    pub(super) async fn fetch() -> Option<&'static dyn super::Work> {
        Some(super::super::work::here())
    }
}

#[cfg(feature = "parts")]
mod cut {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::Work;

    /// Fetches the part; `None` where it did not come. A failure is not kept: the next call tries again.
    pub(super) async fn fetch() -> Option<&'static dyn Work> {
        work().await.ok()
    }

    #[wasm_split(editor, fallible)]
    fn work() -> Result<&'static dyn Work, SplitLoaderError> {
        Ok(super::super::work::here())
    }
}

/// What needs designs, if it is there already.
pub(super) fn work() -> Option<&'static dyn Work> {
    HERE.get()
}

async fn fetch() -> Option<&'static dyn Work> {
    let came = cut::fetch().await;
    HERE.set(came);
    came
}

/// Fetches the part; tells whether it came.
pub(crate) async fn fetch_editor() -> bool {
    work().is_some() || fetch().await.is_some()
}

/// Fetches the part when the first screen has been shown for a while.
pub(super) fn fetch_soon() {
    if work().is_none() {
        Timeout::new(SOON, || {
            spawn_local(async {
                // Who then asks for it is told of a failure.
                let _ = fetch().await;
            });
        })
        .forget();
    }
}

/// The editor's page. The desk shows it once it is there.
pub(super) fn editor(opened: Opened) -> AnyView {
    work().map_or_else(|| ().into_any(), |work| work.editor(opened))
}

impl Desk {
    /// Does something that needs designs: now, or as soon as it can be done. Where it cannot, `again` is what the person is
    /// offered instead.
    pub(super) fn with_work(self, job: impl FnOnce(&'static dyn Work) + 'static, again: Rc<dyn Fn()>) {
        match work() {
            Some(work) => job(work),
            None => self.with_work_later(Box::new(job), again),
        }
    }

    fn with_work_later(self, job: Box<dyn FnOnce(&'static dyn Work)>, again: Rc<dyn Fn()>) {
        let inner = self.inner();
        let nth = inner.next();
        spawn_local(async move {
            let came = fetch().await;
            if inner.nth.get() != nth {
                // Something else was asked for meanwhile.
                return;
            }
            if let Some(work) = came {
                return job(work);
            }
            if self.screen.with_untracked(|screen| *screen == Screen::Loading) {
                self.start();
            }
            Route::Start.write(true);
            let action = Action { label: t("ui.dialog.retry"), run: again, stays: true };
            self.toast(t("ui.open.no_editor"), Some(action));
        });
    }
}
