//! The page: Trazo's designer in the browser.
//!
//! Only this crate knows Leptos and the DOM. What is true of designs, geometry and files is in the crates below; here it is
//! shown, and what a person does is handed down.

#![allow(unreachable_pub, reason = "the `component` macro writes types that are `pub`")]

mod app;
mod canvas;
mod crash;
mod deploy;
mod files;
mod glyph;
mod import;
mod inspector;
mod prefs;
mod problems;
mod shell;
mod start;
mod store;
mod studio;
mod ui;
mod words;

use leptos::mount::mount_to_body;

fn main() {
    crash::install();
    mount_to_body(app::App);
}
