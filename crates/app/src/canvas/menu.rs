//! The menu of what is selected, at the pointer.

use leptos::prelude::*;
use trazo_editor::{Changes, Editor, Input, Key};
use trazo_model::{NodeId, Target};

use super::clipboard;
use crate::studio::{Studio, use_studio};
use crate::ui::{Entry, Item, Menu};
use crate::words::{say_why, t};

/// The menu, opened by setting `at`.
#[component]
pub(super) fn ElementMenu(
    /// Where it is open, in pixels of the window.
    at: RwSignal<Option<(f64, f64)>>,
) -> impl IntoView {
    let studio = use_studio();
    view! { <Menu at=at label=move || t("ui.canvas.menu.label") entries=move || entries(studio) /> }
}

fn entries(studio: Studio) -> Vec<Entry> {
    let selected = studio.selection.get_untracked();
    let node = match selected.as_slice() {
        [Target::Node(id)] => Some(id.clone()),
        _ => None,
    };
    let mut list = Vec::new();
    if let Some(id) = node {
        list.extend(of_one(studio, &id));
        list.push(Entry::Part);
    }
    let none = selected.is_empty();
    let has_nodes = selected.iter().any(|target| matches!(target, Target::Node(_)));
    let item = |icon, key: &'static str, keys, act: fn(Studio)| {
        Item::new(icon, move || t(key), move || act(studio)).keys(keys)
    };
    list.push(item("cut", "ui.canvas.menu.cut", "Mod+X", clipboard::cut).disabled(!has_nodes).into());
    list.push(item("copy", "ui.canvas.menu.copy", "Mod+C", clipboard::copy).disabled(!has_nodes).into());
    list.push(item("paste", "ui.canvas.menu.paste", "Mod+V", clipboard::read_and_paste).into());
    list.push(
        item("duplicate", "ui.canvas.menu.duplicate", "Mod+D", |s| run(s, Editor::duplicate))
            .disabled(!has_nodes)
            .into(),
    );
    list.push(item("target", "ui.canvas.menu.select_all", "Mod+A", |s| run(s, Editor::select_all)).into());
    list.push(Entry::Part);
    list.push(
        item("trash", "ui.canvas.menu.delete", "Delete", |s| run(s, Editor::delete)).danger().disabled(none).into(),
    );
    list
}

fn run(studio: Studio, act: fn(&mut Editor) -> Changes) {
    studio.act(act);
}

/// What can be done with just one node.
fn of_one(studio: Studio, id: &NodeId) -> Vec<Entry> {
    let press = move |key: &'static str| {
        move || {
            let key = Key { key: key.to_owned(), ..Key::default() };
            studio.act(|editor| editor.input(Input::KeyDown(key)));
        }
    };
    let mut list = vec![Item::new("edit", || t("ui.canvas.menu.rename"), press("F2")).keys("F2").into()];
    let (links, inside) = studio.design(|design| {
        let node = design.node(id);
        let links = node.is_some_and(|node| !node.kind().spec().links.is_empty());
        (links, node.is_some_and(|node| node.place.parent.is_some()))
    });
    if links {
        list.push(Item::new("link", || t("ui.canvas.menu.link"), press("l")).keys("L").into());
    }
    if inside {
        let out = move || {
            if let Err(error) = studio.attempt(|editor| editor.move_into(None)) {
                studio.warn(untrack(|| say_why(&error.phrase())));
            }
        };
        list.push(Item::new("group", || t("ui.canvas.menu.move_out"), out).into());
    }
    list
}
