//! The client that the engines speak through, for as long as the tab holds credentials.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use trazo_provision::Credentials;
use trazo_provision::client::{Client, Endpoints};

use super::room::room;
use super::world::Browser;

thread_local! {
    static CLIENT: RefCell<Option<Client>> = const { RefCell::new(None) };
}

/// Gives the client credentials; earlier ones are wiped.
pub(super) fn enter(credentials: Credentials) {
    CLIENT.with_borrow_mut(|client| {
        let client = client.get_or_insert_with(|| Client::new(Rc::new(Browser), "us-east-1", Endpoints::Direct));
        client.enter(credentials);
    });
}

/// Wipes the client's credentials. What is under way ends with its last call.
pub(super) fn wipe() {
    CLIENT.with_borrow(|client| {
        if let Some(client) = client {
            client.wipe();
        }
    });
}

/// Whether there are credentials that have not ended, as far as AWS has said.
pub(super) fn is_ready() -> bool {
    CLIENT.with_borrow(|client| client.as_ref().is_some_and(Client::is_ready))
}

/// A client for a region; `None` without credentials.
pub(super) fn client(region: &str) -> Option<Client> {
    CLIENT.with_borrow(|client| {
        let client = client.as_ref().filter(|client| client.is_ready())?;
        client.go_by(untrack(|| room().transport.endpoints()));
        Some(client.in_region(region))
    })
}
