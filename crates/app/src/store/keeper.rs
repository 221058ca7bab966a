//! Stores the open design after each change.
//!
//! What is stored has a version that grows by one. A keeper knows the version that its tab has seen; the store refuses to
//! write over another one. Until a person has chosen between two versions, nothing is stored, and the text of this tab is
//! written down in the [`journal`] when the tab is left.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_model::Design;
use wasm_bindgen::JsCast;

use super::{Clash, News, Reason, Record, SaveState, StoreError, journal, record, records, views};
use crate::studio::Studio;
use crate::{crash, prefs};

/// How long after the last change the design is stored, in milliseconds.
const PAUSE: u32 = 300;

/// How long after it is opened a design is stored that is not yet, in milliseconds: first it is shown.
const SHOWN: u32 = 50;

/// What the keeper of an open design is told to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The design's id.
    pub(crate) id: String,
    /// The version that is stored; 0: none yet.
    pub(crate) rev: u32,
    /// Whether the design differs from what is stored.
    pub(crate) dirty: bool,
    /// Whether it is a new one with nothing in it, to be forgotten if it is left so.
    pub(crate) empty: bool,
    /// The design's manifest; empty where it is to be written when it is stored.
    pub(crate) text: String,
}

/// What the keeper calls when something happened.
pub(crate) struct Calls {
    /// The state has changed.
    pub(crate) state: Box<dyn Fn(SaveState)>,
    /// A version was stored.
    pub(crate) stored: Box<dyn Fn(News)>,
}

/// The keeper of the open design.
pub(crate) struct Keeper {
    me: Weak<Self>,
    studio: Studio,
    id: String,
    empty: bool,
    /// The studio's revision to begin with.
    first: u64,
    rev: Cell<u32>,
    /// The studio's revision that is stored; `None` where none is.
    stored: Cell<Option<u64>>,
    busy: Cell<bool>,
    journaled: Cell<bool>,
    let_go: Cell<bool>,
    state: Cell<SaveState>,
    timer: RefCell<Option<Timeout>>,
    calls: Calls,
}

impl Keeper {
    /// Begins to keep the studio's design.
    pub(crate) fn new(studio: Studio, kept: Kept, calls: Calls) -> Rc<Self> {
        let first = studio.revision.get_untracked();
        let stored = (!kept.dirty).then_some(first);
        let name = studio.design(|design| design.name().to_owned());
        // What is not written yet holds nothing that a person has done.
        if !kept.text.is_empty() {
            crash::remember(&kept.id, &name, kept.rev, &kept.text, !kept.dirty);
        }
        crash::read_by(move || studio.design(trazo_formats::manifest::write));
        let keeper = Rc::new_cyclic(|me| Self {
            me: me.clone(),
            studio,
            id: kept.id,
            empty: kept.empty,
            first,
            rev: Cell::new(kept.rev),
            stored: Cell::new(stored),
            busy: Cell::new(false),
            journaled: Cell::new(kept.dirty),
            let_go: Cell::new(false),
            state: Cell::new(SaveState::Saved),
            timer: RefCell::new(None),
            calls,
        });
        keeper.show(SaveState::Saved);
        if kept.dirty {
            keeper.show(SaveState::Saving);
            keeper.save_once_shown();
        }
        keeper
    }

    /// Stores the design when it has been shown. A tab that is left before that puts it by itself.
    fn save_once_shown(&self) {
        let me = self.me.clone();
        Timeout::new(SHOWN, move || {
            if let Some(keeper) = me.upgrade() {
                keeper.save();
            }
        })
        .forget();
    }

    /// The design's id.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Whether there is anything that is not stored.
    pub(crate) fn is_dirty(&self) -> bool {
        let now = self.studio.revision.try_get_untracked();
        !self.let_go.get() && now.is_some_and(|now| self.stored.get() != Some(now))
    }

    /// Whether it is a new design in which nothing was ever changed.
    pub(crate) fn is_needless(&self) -> bool {
        self.empty && self.first == self.studio.revision.get_untracked()
    }

    /// The design as it is now.
    pub(crate) fn design(&self) -> Design {
        self.studio.design(Clone::clone)
    }

    /// What is told to the person.
    pub(crate) fn state(&self) -> SaveState {
        self.state.get()
    }

    /// To be called after each change: stores the design when changes pause.
    pub(crate) fn changed(&self) {
        if !self.is_dirty() || self.in_conflict() {
            return;
        }
        if self.state.get() == SaveState::Saved {
            self.show(SaveState::Saving);
        }
        if self.studio.revision.get_untracked() > self.first {
            ask_to_persist();
        }
        let me = self.me.clone();
        let timer = Timeout::new(PAUSE, move || {
            if let Some(keeper) = me.upgrade() {
                keeper.save();
            }
        });
        // The old timer is dropped, and with it cancelled.
        self.timer.replace(Some(timer));
    }

    /// Stores the design now if it differs from what is stored.
    pub(crate) fn save(&self) {
        self.timer.take();
        let Some(me) = self.me.upgrade() else { return };
        if self.busy.get() || self.in_conflict() || !self.is_dirty() {
            return;
        }
        self.busy.set(true);
        let revision = self.studio.revision.get_untracked();
        let record = self.record();
        crash::remember(&self.id, &record.entry.name, self.rev.get(), &record.text, false);
        spawn_local(async move {
            let result = records::save(&record).await;
            me.busy.set(false);
            me.saved(revision, result);
        });
    }

    /// Tries again after a failure.
    pub(crate) fn retry(&self) {
        self.show(SaveState::Saving);
        self.save();
    }

    fn saved(&self, revision: u64, result: Result<u32, StoreError>) {
        match result {
            Ok(rev) => {
                self.rev.set(rev);
                self.stored.set(Some(revision));
                crash::note_stored(&self.id, rev);
                if self.journaled.replace(false) {
                    journal::forget(&self.id);
                }
                (self.calls.stored)(News::Stored(self.id.clone(), rev));
                self.show(SaveState::Saved);
                self.changed();
            }
            Err(error) => self.show(SaveState::after(&error)),
        }
    }

    /// What another tab did. Tells whether this tab is to take over what is stored now.
    pub(crate) fn hear(&self, news: &News) -> bool {
        match news {
            // A save that is under way finds out by itself.
            News::Stored(id, rev) if *id == self.id && *rev > self.rev.get() && !self.busy.get() => {
                if self.is_dirty() {
                    self.show(SaveState::Conflict(Clash::Changed));
                }
                !self.is_dirty()
            }
            News::Removed(id) if *id == self.id => {
                self.show(SaveState::Conflict(Clash::Gone));
                false
            }
            News::Stored(..) | News::Removed(_) => false,
        }
    }

    /// Writes what is not stored down for the next time; tells whether it is in safety.
    pub(crate) fn write_down(&self) -> bool {
        if !self.is_dirty() {
            return true;
        }
        self.journaled.set(true);
        journal::write(&self.id, self.rev.get(), &self.record().text)
    }

    /// Notes what is seen of the canvas, for the next time.
    pub(crate) fn note_view(&self) {
        if !self.let_go.get() {
            views::write(&self.id, self.studio.design(|design| design.view));
        }
    }

    /// The design as a record that follows the stored version.
    pub(crate) fn record(&self) -> Record {
        self.studio.design(|design| record(&self.id, self.rev.get(), design))
    }

    /// Ends the keeping: the design is deleted, or somebody else takes care of it.
    pub(crate) fn let_go(&self) {
        self.timer.take();
        self.let_go.set(true);
        journal::forget(&self.id);
        views::forget(&self.id);
    }

    fn in_conflict(&self) -> bool {
        matches!(self.state.get(), SaveState::Conflict(_) | SaveState::Unsaved(Reason::Newer))
    }

    fn show(&self, state: SaveState) {
        self.state.set(state);
        (self.calls.state)(state);
    }
}

/// Asks the browser once to keep this page's data even when the disk is nearly full. Only a person who has begun to draw is
/// bothered with it, where the browser asks at all.
fn ask_to_persist() {
    const KEY: &str = "trazo.persist";
    if prefs::read(KEY).is_some() {
        return;
    }
    prefs::write(KEY, "asked");
    // Missing outside of safe contexts; an answer of "no" changes nothing.
    let storage = js_sys::Reflect::get(&window().navigator(), &"storage".into()).unwrap_or_default();
    if let Some(storage) = storage.dyn_ref::<web_sys::StorageManager>() {
        let _ = storage.persist();
    }
}
