//! Reading what is given: again whenever another text is given or another format is asked for, and without holding the page up.

use std::sync::Arc;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use trazo_formats::import::{self, ImportError, Level, Understood};
use trazo_model::Design;

use super::{Given, Import};
use crate::app::{Desk, tidied, use_desk};

/// From this many bytes on it is said that the file is being read before it is.
const LARGE: usize = 1_000_000;
/// Long enough for the browser to draw what is said, in milliseconds.
const BREATH: u32 = 60;

/// What came of reading.
#[derive(Clone)]
pub(super) enum Outcome {
    /// Nothing has been given.
    Nothing,
    /// It is being read.
    Busy,
    /// It was understood; the design has its places.
    Read(Arc<Understood>),
    /// It was not.
    Refused(Arc<ImportError>),
}

/// The handle.
#[derive(Clone, Copy)]
pub(super) struct Job {
    pub(super) desk: Desk,
    pub(super) import: Import,
    /// The format that somebody asked for, by its key.
    pub(super) wish: RwSignal<Option<&'static str>>,
    pub(super) outcome: RwSignal<Outcome, LocalStorage>,
    /// The line that shall be shown, from 1; the number makes asking twice for the same one a new question.
    pub(super) line: RwSignal<(usize, u32)>,
    /// Tells one reading from another.
    nth: StoredValue<u32>,
}

/// The job of the dialog around this view.
pub(super) fn use_job() -> Job {
    expect_context()
}

impl Job {
    /// A job that reads whatever the dialog is given.
    pub(super) fn new() -> Self {
        let desk = use_desk();
        let job = Self {
            desk,
            import: desk.import,
            wish: RwSignal::new(None),
            outcome: RwSignal::new_local(Outcome::Nothing),
            line: RwSignal::new((0, 0)),
            nth: StoredValue::new(0),
        };
        // What was asked for one file says nothing of the next.
        let last = StoredValue::new(None::<Given>);
        Effect::new(move || {
            let given = job.import.given.get();
            if last.with_value(|last| *last != given) {
                last.set_value(given.clone());
                job.wish.set(None);
            }
            job.begin(given, job.wish.get());
        });
        job
    }

    fn begin(self, given: Option<Given>, wish: Option<&'static str>) {
        self.nth.update_value(|nth| *nth += 1);
        self.line.set((0, 0));
        let Some(given) = given else { return self.outcome.set(Outcome::Nothing) };
        if given.text.len() < LARGE {
            return self.outcome.set(read(&given, wish));
        }
        self.outcome.set(Outcome::Busy);
        let nth = self.nth.get_value();
        Timeout::new(BREATH, move || {
            // The dialog may have been closed, or something else been given.
            if self.nth.try_get_value() == Some(nth) {
                self.outcome.set(read(&given, wish));
            }
        })
        .forget();
    }

    /// What was understood. Tracked.
    pub(super) fn understood(self) -> Option<Arc<Understood>> {
        match self.outcome.get() {
            Outcome::Read(understood) => Some(understood),
            _ => None,
        }
    }

    /// Whether something was understood that can be opened. Tracked.
    pub(super) fn is_of_use(self) -> bool {
        self.understood().is_some_and(|understood| !understood.design.is_empty())
    }

    /// Shows a line of the source.
    pub(super) fn show_line(self, line: usize) {
        self.line.update(|(now, nth)| (*now, *nth) = (line, *nth + 1));
    }

    /// Opens what was understood as a new design, to which the next file can be added.
    pub(super) fn open(self) {
        let Some((name, design)) = self.take() else { return };
        self.go_on();
        self.desk.open_imported(&name, design);
    }

    /// Adds what was understood to the design that is open, and goes on with the next file.
    pub(super) fn add(self) {
        let Some((_, design)) = self.take() else { return };
        self.go_on();
        self.desk.add_imported(&design);
    }

    fn go_on(self) {
        if !self.import.go_on() {
            self.import.open.set(false);
        }
    }

    /// What was understood, and the name of its file.
    fn take(self) -> Option<(Arc<str>, Design)> {
        let understood = untrack(|| self.understood()).filter(|it| !it.design.is_empty())?;
        let name = self.import.given.get_untracked().map(|given| given.name).unwrap_or_default();
        Some((name, understood.design.clone()))
    }
}

fn read(given: &Given, wish: Option<&'static str>) -> Outcome {
    match import::read(&given.name, given.text.as_bytes(), wish) {
        Ok(mut understood) => {
            if !understood.placed {
                understood.design = tidied(understood.design);
                understood.placed = true;
            }
            Outcome::Read(Arc::new(understood))
        }
        Err(error) => Outcome::Refused(Arc::new(error)),
    }
}

/// The three kinds of notes, in the order in which they are shown.
pub(super) const LEVELS: [Level; 3] = [Level::Left, Level::Guessed, Level::Kept];
