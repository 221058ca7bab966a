//! Files that other tools made: what is understood of them is shown before anything is opened.
//!
//! The dialog is where it is asked for; what it holds and all that reads such files are a part of the page of their own
//! ([`part`]), fetched when somebody imports something.

mod ask;
mod counts;
mod job;
mod notes;
mod panel;
mod part;
mod place;
mod review;
mod source;
mod trouble;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

pub(crate) use place::ImportPlace;

use crate::app::Desk;
use crate::words::t;

/// What the dialog is about.
#[derive(Clone, Copy)]
pub(crate) struct Import {
    /// Whether the dialog is open.
    pub(crate) open: RwSignal<bool>,
    /// What is looked at; `None` while somebody is asked for it.
    pub(crate) given: RwSignal<Option<Given>>,
    /// All that came together with it and waits to be imported, in the order in which it came.
    files: RwSignal<Vec<Given>>,
    /// How many files came that are no text.
    unread: RwSignal<usize>,
}

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// The file's name; "the clipboard" for what was pasted.
    pub(crate) name: Arc<str>,
    pub(crate) text: Arc<str>,
}

impl Import {
    /// A dialog that is closed.
    pub(crate) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            given: RwSignal::new(None),
            files: RwSignal::new(Vec::new()),
            unread: RwSignal::new(0),
        }
    }

    /// Opens the dialog, and asks for a file or a text.
    pub(crate) fn ask(self) {
        self.files.set(Vec::new());
        self.given.set(None);
        self.open.set(true);
    }

    /// Opens the dialog with the text of a file, or shows that in it.
    pub(crate) fn show(self, name: &str, text: &str) {
        self.show_one_of(vec![Given { name: name.into(), text: text.into() }], 0, 0);
    }

    fn show_one_of(self, files: Vec<Given>, at: usize, unread: usize) {
        self.unread.set(unread);
        self.given.set(files.get(at).cloned());
        self.files.set(files);
        self.open.set(true);
    }

    /// Goes on with another file once this one was taken; whether there is one.
    fn go_on(self) -> bool {
        let done = self.given.get_untracked();
        self.files.update(|files| files.retain(|file| Some(file) != done.as_ref()));
        let next = self.files.with_untracked(|files| files.first().cloned());
        let goes_on = next.is_some();
        if goes_on {
            self.given.set(next);
        }
        goes_on
    }
}

impl Desk {
    /// Of so many files that were given at once these are texts: the dialog opens with the first that is understood, and has the
    /// others to choose from.
    pub(crate) fn import_several(&self, files: Vec<Given>, of: usize) {
        let import = self.import;
        spawn_local(async move {
            let reader = part::fetch().await;
            let knows = |file: &Given| reader.is_some_and(|reader| reader.recognises(&file.name, &file.text));
            let at = files.iter().position(knows).unwrap_or(0);
            let unread = of - files.len();
            import.show_one_of(files, at, unread);
        });
    }

    /// A text was pasted that is not Trazo's own: if it can be imported, the dialog opens with it; if not, `none` is called.
    pub(crate) fn import_pasted(&self, text: Arc<str>, none: Rc<dyn Fn()>) {
        if !could_be_a_file(&text) {
            return none();
        }
        let desk = *self;
        spawn_local(async move {
            let name = untrack(|| t("ui.open.clipboard"));
            match part::fetch().await {
                Some(reader) if reader.recognises(&name, &text) => desk.import.show(&name, &text),
                _ => none(),
            }
        });
    }
}

/// Whether a text may be worth fetching what reads files: a word or a sentence is not.
fn could_be_a_file(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim();
    text.starts_with(['{', '[', '<']) || (text.contains('\n') && text.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::could_be_a_file;

    #[test]
    fn words_are_no_file() {
        for text in ["", "hola", "Nota: revisar esto", "una línea\notra línea", "https://example.com/"] {
            assert!(!could_be_a_file(text), "{text}");
        }
        for text in ["services:\n  web:\n    image: nginx", "{\"openapi\": \"3.0.1\"}", " <mxfile/>", "[1]"] {
            assert!(could_be_a_file(text), "{text}");
        }
    }
}
