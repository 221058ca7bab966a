//! From the design into the account, and out again.
//!
//! This crate knows no browser: time, chance, waiting and the network are a [`World`] that the page, the tests and the command
//! line each bring. A [`Caller`] turns one [`trazo_calls::Call`] into its answer: it signs, sends, retries and reads. The engines
//! and all that shows the state of what is up stand on these two.

pub mod caller;
pub mod client;
pub mod credentials;
pub mod error;
pub mod formation;
pub mod live;
pub mod network;
pub mod plan;
pub mod policy;
pub mod sign;
pub mod steps;
#[cfg(test)]
mod testing;
pub mod wire;
pub mod world;

pub use caller::Caller;
pub use client::{Cancel, Client, Endpoints};
pub use credentials::{Credentials, Secret};
pub use error::{CallError, Refusal};
/// What a stack costs a month.
pub use trazo_prices as prices;
pub use world::{Answer, Later, Outgoing, Unsent, World};
