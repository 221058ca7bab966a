//! From the page into the account: credentials, plan, both engines, and what is up.
//!
//! What is done is in `trazo-provision`; here it is shown, and the browser's clock, chance and network are lent to it
//! ([`world`]). All of it is a part of the page of its own ([`part`]), fetched when a person opens the place for it the first
//! time. Credentials are in [`session`] and nowhere else.

mod bits;
mod client;
mod clock;
mod create;
mod credentials;
mod formation;
mod identity;
mod job;
mod journal;
mod live;
mod offers;
mod panel;
mod part;
mod place;
mod plan;
mod request;
mod room;
mod run;
mod session;
mod steps;
mod tabs;
mod transport;
mod trouble;
mod world;

pub(crate) use part::DeployPlace;

use crate::words::t_with;

/// "3 of 12".
fn count_of(done: usize, all: usize) -> String {
    t_with("ui.deploy.count", &[("done", &done.to_string()), ("all", &all.to_string())])
}
