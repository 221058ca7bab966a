//! The commands, one file each.

pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod plan;
pub(crate) mod reference;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod templates;
