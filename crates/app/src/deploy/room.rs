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
        // An owner without a parent: what it owns stays for as long as the page.
        let owner = Owner::new_root(None);
        let room = owner.with(Room::new);
        (owner, room)
    };
}

/// The room of this page.
pub(super) fn room() -> Room {
    ROOM.with(|(_, room)| *room)
}

/// Does something in the room's own owner: signals that are made so stay.
pub(super) fn within<R>(make: impl FnOnce() -> R) -> R {
    ROOM.with(|(owner, _)| owner.with(make))
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
