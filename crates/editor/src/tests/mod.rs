//! The editor as a person uses it: by simulated pointer and keys, with a look at everything after each input.

mod clipboard;
mod commands;
mod desk;
mod drag;
mod keyboard;
mod link;
mod place;
mod random;
mod select;
mod view;
