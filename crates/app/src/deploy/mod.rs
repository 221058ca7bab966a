//! From the page into the account: credentials, plan, both engines, and what is up.
//!
//! What is done is in `trazo-provision`; here it is shown, and the browser's clock, chance and network are lent to it
//! ([`world`]). All of it is a part of the page of its own ([`part`]), fetched when a person opens the place for it the first
//! time. Credentials are in [`session`] and nowhere else.

#![allow(dead_code, reason = "the engines that call some of this are joined step by step")]

mod bits;
mod client;
mod clock;
mod credentials;
mod identity;
mod panel;
mod part;
mod room;
mod session;
mod steps;
mod transport;
mod trouble;
mod world;

pub(crate) use part::DeployPlace;
