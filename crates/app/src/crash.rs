//! The page after a panic: what happened, and the design to take along.
//!
//! It is made with the plain DOM. Nothing of the application may be used any more: cells may be borrowed, signals half
//! written, and tasks never run again. So its buttons are functions of the browser itself, and what it needs of the design
//! is put aside here at each save.

mod page;

use std::cell::{Cell, RefCell};
use std::panic::PanicHookInfo;

use crate::store::journal;

/// The open design as it was last put aside.
#[derive(Clone, Debug, Default)]
struct Aside {
    id: String,
    name: String,
    text: String,
    /// The stored version that the text follows, or is.
    rev: u32,
    /// Whether the text itself is stored.
    stored: bool,
}

/// Gives the open design's manifest as it is now.
type Read = Box<dyn Fn() -> String>;

thread_local! {
    static ASIDE: RefCell<Option<Aside>> = const { RefCell::new(None) };
    static READ: RefCell<Option<Read>> = const { RefCell::new(None) };
    static CRASHED: Cell<bool> = const { Cell::new(false) };
}

/// Shows the page when something panics.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(hook));
    listen_for_trial();
}

/// Puts the text of the open design aside. `stored`: it is what is stored as version `rev`; else it follows that one.
pub(crate) fn remember(id: &str, name: &str, rev: u32, text: &str, stored: bool) {
    ASIDE.set(Some(Aside { id: id.to_owned(), name: name.to_owned(), text: text.to_owned(), rev, stored }));
}

/// Notes that what was put aside is stored now, as version `rev`.
pub(crate) fn note_stored(id: &str, rev: u32) {
    ASIDE.with_borrow_mut(|aside| {
        if let Some(aside) = aside.as_mut().filter(|aside| aside.id == id) {
            aside.rev = rev;
            aside.stored = true;
        }
    });
}

/// How to read what was changed since.
pub(crate) fn read_by(read: impl Fn() -> String + 'static) {
    let read: Read = Box::new(read);
    // Else the optimiser sees that it is always the same one, calls it by name, and so brings all that it needs into the
    // first part of the page.
    READ.set(Some(std::hint::black_box(read)));
}

/// No design is open any more.
pub(crate) fn forget() {
    ASIDE.set(None);
    READ.set(None);
}

/// Whether the page has crashed: late callbacks are then to do nothing.
pub(crate) fn crashed() -> bool {
    CRASHED.get()
}

fn hook(info: &PanicHookInfo<'_>) {
    let details = info.to_string();
    web_sys::console::error_1(&details.as_str().into());
    // What the first panic left behind may panic again.
    if CRASHED.replace(true) {
        return;
    }
    let mut aside = ASIDE.with(|aside| aside.try_borrow().ok().and_then(|aside| aside.clone()));
    page::show(aside.as_ref(), aside.as_ref().is_some_and(keep), &details);
    // The last moments before the panic. Reading them may panic in its turn, which ends everything: but the page stands.
    let fresh = READ.with(|read| read.try_borrow().ok().and_then(|read| read.as_ref().map(|read| read())));
    if let (Some(fresh), Some(aside)) = (fresh, &mut aside)
        && fresh != aside.text
    {
        aside.text = fresh;
        aside.stored = false;
        page::show(Some(aside), keep(aside), &details);
    }
}

/// Writes down what is not stored; tells whether the design is in safety.
fn keep(aside: &Aside) -> bool {
    aside.stored || journal::write(&aside.id, aside.rev, &aside.text)
}

/// Lets this page be seen and tested: no input is known to panic, else it would be mended. Only a page that was opened with
/// `?panic` in its address listens.
fn listen_for_trial() {
    let Some(window) = web_sys::window() else { return };
    if window.location().search().is_ok_and(|search| search == "?panic") {
        let listener = gloo::events::EventListener::once(&window, "trazo:test-panic", |_| {
            #[expect(clippy::panic, reason = "it is what was asked for")]
            {
                panic!("a trial");
            }
        });
        listener.forget();
    }
}
