//! The ground form of Trazo's compiler: a graph in the shape of CloudFormation.
//!
//! A [`Stack`] holds parameters, resources and outputs. Each [`Value`] may carry an [`Origin`]: the element of the
//! design, and its field, that it was made from; a value without one inherits that of the value around it. So a line of
//! any exported file, and an error that AWS gives for a resource, can point back at the canvas.
//!
//! This crate knows no kind of resource and no file format. `model` lowers into it, `formats` and `provision` read it.

mod alike;
mod order;
mod origin;
pub mod read;
mod resource;
mod value;

pub use order::{Cycle, creation_order, references};
pub use origin::{Element, Origin};
pub use resource::{DeletionPolicy, Output, Parameter, Resource, Stack, type_name};
pub use value::{Expr, Object, Value, att, join, list, map, reference, sub};
