//! Small parts that all panels are built of: buttons, menus, dialogs, tabs, splitters, notices.

mod button;
mod colour;
mod dialog;
mod icon;
mod icons;
pub(crate) mod keys;
mod live;
mod menu;
mod panel;
mod splitter;
mod tabs;
mod tip;
mod toasts;

pub(crate) use button::{Button, IconButton};
pub(crate) use colour::colour;
pub(crate) use dialog::Dialog;
pub(crate) use icon::Icon;
pub(crate) use live::LiveRegion;
pub(crate) use menu::{Entry, Item, Menu, MenuButton, place};
pub(crate) use panel::Panel;
pub(crate) use splitter::Splitter;
pub(crate) use tabs::{Tab, Tabs};
pub(crate) use tip::Tips;
pub(crate) use toasts::Toasts;

use std::cell::Cell;

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// An id that no other element of the page has.
pub(crate) fn fresh_id(prefix: &str) -> String {
    let n = NEXT.replace(NEXT.get() + 1);
    format!("{prefix}-{n}")
}
