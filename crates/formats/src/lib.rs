//! File formats: one module each, import and export side by side.
//!
//! Exporters make [`Document`]s: text, and for each of its lines the element and field of the design that it came from. Of one
//! or of many of them a file is put together, a [`Rope`].
//! Each is one walk that turns its source into a tree of [`trazo_stack::Value`] with origins; [`json`] prints such trees.

pub mod archive;
mod aws_cli;
mod ci;
pub mod cloudformation;
mod compose;
mod document;
pub mod dotenv;
mod drawio;
pub mod export;
pub mod glyph;
pub mod import;
pub mod json;
mod kept;
pub mod manifest;
mod mermaid;
mod openapi;
mod picture;
mod report;
mod rope;
pub mod schema;
pub mod templates;
mod terraform;
pub mod yaml;

pub use document::{Document, Line};
pub use kept::Kept;
pub use rope::Rope;
