//! The stack as calls of AWS's services: what makes each resource, what takes it away, and what stands between them.
//!
//! A [`Call`] is one operation of one [`Service`] with its input in the names of AWS's API, which are also those of
//! `aws … --cli-input-json`. This crate sends nothing and knows no wire: `provision` does, and `formats` writes such calls into
//! files for the AWS CLI.

mod call;
mod service;

pub use call::Call;
pub use service::{Protocol, Service};
