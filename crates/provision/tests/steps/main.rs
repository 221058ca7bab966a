//! The step-by-step engine over an account in memory: nothing is lost, nothing is left, whatever goes wrong at whichever call.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

mod cloud;
mod fault;
mod faults;
mod reach;
mod rig;
mod ways;
mod words;
mod world;
