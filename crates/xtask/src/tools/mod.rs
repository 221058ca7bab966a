//! The tools that build and test Trazo: found where they are, installed where they are not.

mod apt;
mod browser;
mod cargo;
mod haproxy;
mod node;
mod python;
mod terraform;

pub(crate) use browser::ensure as ensure_browser;
#[cfg(test)]
pub(crate) use cargo::WASM_BINDGEN_VERSION;
pub(crate) use cargo::{
    Splitter, Trunk, WASM_TARGET, ensure as ensure_cargo_tools, splitter as ensure_splitter, test_runner,
};
pub(crate) use haproxy::ensure as ensure_haproxy;
pub(crate) use node::{Node, ensure as ensure_node, npm};
pub(crate) use python::ensure as ensure_python;
pub(crate) use terraform::{Terraform, ensure as ensure_terraform};
