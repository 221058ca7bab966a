//! Who asks: the credentials of this tab, while it holds them.
//!
//! They are here and in the client that signs with them, nowhere else: in no storage, no address, no message. They go when the
//! person says so, when they end, and when the page is left; a page that the browser keeps for going back has none either.

use std::sync::Arc;

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use leptos::prelude::*;
use trazo_provision::credentials::Pasted;

use super::clock::{SOON, VERY_SOON};
use super::{client, world};

/// Why there are no credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Without {
    /// None were given yet.
    Yet,
    /// The person has wiped them.
    Forgotten,
    /// They have ended.
    Expired,
}

/// Whose credentials they are, as AWS says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Identity {
    /// Nobody has asked.
    Unasked,
    /// AWS is being asked.
    Asking,
    Known(Caller),
    /// AWS has refused them, or no answer came.
    Failed(Arc<trazo_provision::CallError>),
}

/// The answer of `sts:GetCallerIdentity`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Caller {
    /// The account's number.
    pub(super) account: String,
    /// The ARN of the user or of the session of a role.
    pub(super) arn: String,
}

impl Caller {
    /// The name of the role or user (`voclabs`).
    pub(super) fn name(&self) -> &str {
        let rest = self.arn.rsplit(':').next().unwrap_or_default();
        let mut parts = rest.split('/');
        match (parts.next(), parts.next()) {
            (Some("assumed-role"), Some(role)) => role,
            (Some(only), None) => only,
            _ => rest.rsplit('/').next().unwrap_or_default(),
        }
    }

    /// Whether it is the role of an AWS Academy Learner Lab.
    pub(super) fn is_lab(&self) -> bool {
        self.name() == "voclabs"
    }

    /// The account's number in threes of four digits, as AWS's console shows it.
    pub(super) fn account_shown(&self) -> String {
        in_fours(&self.account)
    }
}

/// An account's number in threes of four digits.
pub(super) fn in_fours(account: &str) -> String {
    let digits: Vec<char> = account.chars().collect();
    digits.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// The handle.
#[derive(Clone, Copy)]
pub(super) struct Session {
    /// What was understood of the pasted text, while there is a choice to make.
    pub(super) offered: RwSignal<Vec<Arc<Pasted>>, LocalStorage>,
    /// What is used.
    held: RwSignal<Option<Arc<Pasted>>, LocalStorage>,
    /// Why there is nothing.
    pub(super) without: RwSignal<Without, LocalStorage>,
    /// Whose they are.
    pub(super) identity: RwSignal<Identity, LocalStorage>,
    /// The time, while there are credentials: it goes on each second.
    pub(super) now: RwSignal<u64, LocalStorage>,
    ticking: StoredValue<Option<Interval>, LocalStorage>,
}

impl Session {
    /// A session without credentials. Called once, by an owner that is never disposed.
    pub(super) fn new() -> Self {
        let session = Self {
            offered: RwSignal::new_local(Vec::new()),
            held: RwSignal::new_local(None),
            without: RwSignal::new_local(Without::Yet),
            identity: RwSignal::new_local(Identity::Unasked),
            now: RwSignal::new_local(world::now()),
            ticking: StoredValue::new_local(None),
        };
        // Also where the page may come back from the browser's memory: it comes back without them.
        EventListener::new(&window(), "pagehide", move |_| session.forget(Without::Yet)).forget();
        session
    }

    /// Uses what was pasted.
    pub(super) fn take(&self, pasted: Arc<Pasted>) {
        self.offered.set(Vec::new());
        self.identity.set(Identity::Unasked);
        client::enter(pasted.credentials.clone());
        self.held.set(Some(pasted));
        self.tick();
        let session = *self;
        self.ticking.set_value(Some(Interval::new(1000, move || session.tick())));
    }

    /// Wipes them, here and in the client.
    pub(super) fn forget(&self, why: Without) {
        client::wipe();
        self.offered.set(Vec::new());
        self.held.set(None);
        self.identity.set(Identity::Unasked);
        self.ticking.set_value(None);
        self.without.set(why);
    }

    fn tick(&self) {
        let now = world::now();
        self.now.set(now);
        self.check();
    }

    /// Lets go of credentials that have ended: by the clock, or since AWS has said so, which the client hears first.
    pub(super) fn check(&self) {
        if self.held.with_untracked(Option::is_some) && !client::is_ready() {
            self.forget(Without::Expired);
        }
    }

    /// What is used. Tracked.
    pub(super) fn held(&self) -> Option<Arc<Pasted>> {
        self.held.get()
    }

    /// How long they still last, in milliseconds; `None` where nobody knows. Tracked.
    pub(super) fn left(&self) -> Option<u64> {
        let end = self.held.with(|held| held.as_ref()?.credentials.expires)?;
        Some(end.saturating_sub(self.now.get()))
    }

    /// How urgent it is: 0 for no hurry, 1 below a quarter of an hour, 2 below five minutes. Tracked.
    pub(super) fn hurry(&self) -> u8 {
        match self.left() {
            Some(left) if left <= VERY_SOON => 2,
            Some(left) if left <= SOON => 1,
            _ => 0,
        }
    }

    /// Whose they are, where AWS has said so. Tracked.
    pub(super) fn caller(&self) -> Option<Caller> {
        match self.identity.get() {
            Identity::Known(caller) => Some(caller),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(arn: &str) -> Caller {
        Caller { account: "123456789012".to_owned(), arn: arn.to_owned() }
    }

    #[test]
    fn roles_and_users_are_called_by_their_names() {
        let lab = caller("arn:aws:sts::123456789012:assumed-role/voclabs/user3141592=Ana_Rojas");
        assert_eq!((lab.name(), lab.is_lab()), ("voclabs", true));
        let user = caller("arn:aws:iam::123456789012:user/teachers/ana");
        assert_eq!((user.name(), user.is_lab()), ("ana", false));
        assert_eq!(caller("arn:aws:iam::123456789012:root").name(), "root");
    }

    #[test]
    fn an_account_is_shown_in_fours() {
        assert_eq!(caller("").account_shown(), "1234-5678-9012");
    }
}
