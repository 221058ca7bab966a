//! What the deployment keeps while the page is open: it outlives the place in which it is shown, and the editor of a design.

use leptos::prelude::*;

use super::session::Session;
use super::transport::Transport;

/// A step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Credentials,
    Plan,
    Create,
    Running,
}

/// The handle.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Who asks.
    pub(super) session: Session,
    /// The way to AWS.
    pub(super) transport: Transport,
    /// Which steps are unfolded, in their order.
    open: [RwSignal<bool, LocalStorage>; 4],
}

thread_local! {
    static ROOM: (Owner, Room) = {
        // What it owns stays for as long as the page.
        apart(Room::new)
    };
}

/// The room of this page.
pub(super) fn room() -> Room {
    ROOM.with(|(_, room)| *room)
}

/// Makes something with signals that no view takes along when it goes; they stay as long as the owner.
pub(super) fn apart<R>(make: impl FnOnce() -> R) -> (Owner, R) {
    let before = Owner::current();
    // A root makes itself the current owner.
    let owner = Owner::new_root(None);
    let made = owner.with(make);
    if let Some(before) = before {
        before.set();
    }
    (owner, made)
}

impl Room {
    fn new() -> Self {
        Self {
            session: Session::new(),
            transport: Transport::new(),
            open: [true, false, false, false].map(RwSignal::new_local),
        }
    }

    /// Whether a step is unfolded.
    pub(super) fn open(&self, step: Step) -> RwSignal<bool, LocalStorage> {
        self.open[step as usize]
    }

    /// Unfolds a step and folds the others.
    pub(super) fn go(&self, step: Step) {
        for (index, open) in self.open.iter().enumerate() {
            let wanted = index == step as usize;
            if open.get_untracked() != wanted {
                open.set(wanted);
            }
        }
    }
}
