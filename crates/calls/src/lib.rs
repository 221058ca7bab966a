//! The stack as calls of AWS's services: what makes each resource, what takes it away, and what stands between them.
//!
//! A [`Call`] is one operation of one [`Service`] with its input in the names of AWS's API, which are also those of
//! `aws … --cli-input-json`. This crate sends nothing and knows no wire: `provision` does, and `formats` writes such calls into
//! files for the AWS CLI.
//!
//! [`steps`] gives a stack as an ordered list of [`Step`]s. Inputs, waits and what takes things away are [`Template`]s: trees of
//! the stack's own values, so that each member knows where it came from. [`Bindings`] hold what is known; a template becomes a
//! [`Call`] with them, or a preview in which what is not known yet has a name that can be read.

mod again;
mod base64;
mod bindings;
mod call;
mod cidr;
mod command;
mod find;
mod json_text;
mod maker;
mod names;
mod order;
pub mod path;
mod resolve;
mod service;
mod step;
pub mod tags;
mod template;
mod types;
mod wait;
mod wording;
mod zip;

pub use again::Made;
pub use bindings::{Bindings, ZONES};
pub use call::Call;
pub use command::{Shell, kebab, variable};
pub use find::{Find, Proof, Tagged};
pub use names::Deployment;
pub use order::{NoSteps, steps};
pub use resolve::{Place, Unresolved, preview, resolve};
pub use service::{Protocol, Service};
pub use step::{Gives, Refused, Repeat, Source, Step, Undo, Unread, trouble};
pub use template::Template;
pub use wait::{Condition, Verdict, Wait};
