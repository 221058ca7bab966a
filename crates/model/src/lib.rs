//! The design document, its edits and history, and all that Trazo knows of each kind of AWS resource.
//!
//! - [`Design`] holds nodes and links; it changes only through an [`Edit`], which is checked and gives back its inverse.
//! - [`History`] is a design with undo and redo; one gesture is one step.
//! - [`resources`] has one folder for each kind: typed properties, field table, links, checks, lowering.
//! - [`check()`] finds what would fail on AWS; [`lower`] makes the [`trazo_stack::Stack`] that files are written from.
//! - [`manifest`] reads and writes the document's JSON.

// The random changes of the tests outside are used inside too.
#[cfg(test)]
extern crate self as trazo_model;

pub mod account;
pub mod check;
pub mod commands;
pub mod design;
pub mod edit;
pub mod field;
pub mod finding;
pub mod history;
pub mod ids;
pub mod link;
pub mod lowering;
pub mod manifest;
pub mod mapping;
pub mod node;
pub mod path;
pub mod phrase;
pub mod resources;
mod retention;
mod room;
pub mod sort;
pub mod spec;
#[cfg(test)]
mod testing;
pub mod trial;
pub mod validate;

pub use account::Account;
pub use check::{Checker, Found, check};
pub use design::{Design, View};
pub use edit::{Edit, EditError, Refusal, Target, Touch, can_lie_in, can_link, element_json};
pub use finding::{Check, Finding, Findings, Fix, Severity};
pub use history::History;
pub use ids::{LinkId, NodeId};
pub use link::Link;
pub use lowering::{Lowering, lower};
pub use node::{Node, Placement, Size, Tag};
pub use phrase::Phrase;
pub use resources::{Kind, LinkKind, LinkProps, Props, Typed};
pub use spec::{CARD, Family, KindSpec, LinkSpec, Shape};
