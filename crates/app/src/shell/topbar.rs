//! The thin bar at the top.

use leptos::prelude::*;
use trazo_editor::Tool;
use trazo_model::Kind;

use super::{Frame, Place, choices, name::DesignName, use_frame};
use crate::store::SaveState;
use crate::ui::{Entry, Icon, IconButton, Item, MenuButton, keys};
use crate::words::{t, t_with};

/// The bar: the design and its name, undo and redo, actions, and the choices of this browser.
#[component]
pub(super) fn TopBar() -> impl IntoView {
    let frame = use_frame();
    let layout = frame.layout;
    view! {
        <header class="topbar" data-panel="top" aria-label=move || t("ui.top.label")>
            <div class="topbar-side">
                <Home />
                <MenuButton icon="menu" label=move || t("ui.top.menu") entries=move || file_entries(frame) />
                <DesignName />
                <Saved />
            </div>
            <div class="topbar-middle">
                <Tools />
                <Steps />
                <CommandButton />
            </div>
            <div class="topbar-side topbar-end">
                <button
                    type="button"
                    class="btn topbar-export"
                    aria-label=move || t("ui.top.export")
                    on:click=move |_| layout.show(Place::Files)
                >
                    <Icon name="download" />
                    <span>{move || t("ui.top.export")}</span>
                </button>
                <button
                    type="button"
                    class="btn primary topbar-deploy"
                    aria-label=move || t("ui.deploy.place.open")
                    on:click=move |_| frame.show(Place::Deploy)
                >
                    <Icon name="deploy" />
                    <span>{move || t("ui.deploy.place.open")}</span>
                </button>
                <PanelSwitch place=Place::Problems icon="panel-bottom" text="ui.drawer.label" />
                <PanelSwitch place=Place::Inspector icon="panel-right" text="ui.inspector.title" />
                <span class="topbar-gap"></span>
                <choices::Languages />
                <choices::Themes />
                <IconButton
                    icon="keyboard"
                    label=move || t("ui.top.keys")
                    keys="?"
                    on_press=move || frame.shortcuts.set(true)
                />
            </div>
        </header>
    }
}

#[component]
fn Home() -> impl IntoView {
    let desk = use_frame().desk;
    view! {
        <button
            type="button"
            class="icon-btn home-mark"
            aria-label=move || t("ui.top.home")
            data-tip=move || t("ui.top.home")
            on:click=move |_| desk.home()
        >
            <svg viewBox="0 0 32 32" class="home-drawing" aria-hidden="true">
                <rect class="home-ground" width="32" height="32" rx="7" />
                <path class="home-line" d="M9 10.5h8.5a3 3 0 0 1 3 3v8" />
                <circle class="home-dot" cx="9" cy="10.5" r="3.5" />
                <circle class="home-ring" cx="20.5" cy="22" r="3.5" />
            </svg>
        </button>
    }
}

fn file_entries(frame: Frame) -> Vec<Entry> {
    let desk = frame.desk;
    vec![
        Item::new("plus", move || t("ui.top.file.new"), move || desk.new_design()).into(),
        Item::new("template", move || t("ui.top.file.templates"), move || frame.templates.set(true)).into(),
        Item::new("folder", move || t("ui.top.file.open"), move || desk.ask_for_file()).keys("Mod+O").into(),
        Item::new("upload", move || t("ui.open.import.ask"), move || desk.import.ask()).into(),
        Entry::Part,
        Item::new("save", move || t("ui.top.file.save"), move || desk.save_file()).keys("Mod+S").into(),
        Item::new("code", move || t("ui.top.file.export"), move || frame.layout.show(Place::Files)).into(),
        Item::new("duplicate", move || t("ui.top.file.duplicate"), move || desk.duplicate_open()).into(),
        Entry::Part,
        Item::new("trash", move || t("ui.top.file.delete"), move || desk.delete_open()).danger().into(),
    ]
}

/// How safe the design is. A screen reader hears of it when it changes for the worse, from the notices.
#[component]
fn Saved() -> impl IntoView {
    let state = use_frame().desk.save;
    let text = move || t(state.get().key());
    let icon = move || match state.get() {
        SaveState::Saved => "saved",
        SaveState::Saving => "clock",
        SaveState::Unsaved(_) | SaveState::Conflict(_) => "warning",
    };
    let bad = move || icon() == "warning";
    view! {
        <span class="saved" class:bad=bad data-testid="saved" data-tip=text tabindex="-1">
            {move || view! { <Icon name=icon() /> }}
            <span class="saved-text">{text}</span>
        </span>
    }
}

/// What the pointer does on the canvas.
#[component]
fn Tools() -> impl IntoView {
    let frame = use_frame();
    let one = move |(tool, icon, text, keys): (Tool, &'static str, &'static str, &'static str)| {
        let pressed = Signal::derive(move || frame.studio.tool.get() == tool);
        let press = move || frame.act(|editor| editor.set_tool(tool));
        view! { <IconButton icon=icon label=move || t(text) keys=keys pressed=Some(pressed) on_press=press /> }
    };
    view! {
        <div class="topbar-group" role="group" aria-label=move || t("ui.tools.label")>
            {TOOLS.into_iter().map(one).collect_view()}
        </div>
        <span class="topbar-gap"></span>
    }
}

const TOOLS: [(Tool, &str, &str, &str); 4] = [
    (Tool::Select, "select", "ui.tools.select", "V"),
    (Tool::Pan, "pan", "ui.tools.pan", "H"),
    (Tool::Link, "link", "ui.tools.link", "L"),
    (Tool::Place(Kind::Note), "note", "ui.tools.note", "N"),
];

/// Undo and redo, which say what they would do.
#[component]
fn Steps() -> impl IntoView {
    let studio = use_frame().studio;
    let steps = studio.steps;
    let label = |what: Option<&'static str>, plain: &str, with: &str| match what {
        Some(what) => t_with(with, &[("what", &t(what))]),
        None => t(plain),
    };
    view! {
        <div class="topbar-group" role="group" aria-label=move || t("ui.keys.group.edit")>
            <IconButton
                icon="undo"
                label=move || label(steps.get().undo, "ui.top.undo", "ui.top.undo_what")
                keys="Mod+Z"
                disabled=Signal::derive(move || steps.get().undo.is_none())
                on_press=move || studio.undo()
            />
            <IconButton
                icon="redo"
                label=move || label(steps.get().redo, "ui.top.redo", "ui.top.redo_what")
                keys="Mod+Shift+Z"
                disabled=Signal::derive(move || steps.get().redo.is_none())
                on_press=move || studio.redo()
            />
        </div>
    }
}

/// The way to all actions, which looks like the field that it opens.
#[component]
fn CommandButton() -> impl IntoView {
    let frame = use_frame();
    view! {
        <button
            type="button"
            class="command-button"
            aria-haspopup="dialog"
            aria-label=move || t("ui.top.command")
            aria-keyshortcuts=keys::aria("Mod+K")
            on:click=move |_| frame.commands.set(true)
        >
            <Icon name="search" />
            <span class="clip">{move || t("ui.top.command")}</span>
            <kbd>{move || keys::shown("Mod+K")}</kbd>
        </button>
    }
}

/// Opens or folds a panel.
#[component]
fn PanelSwitch(place: Place, icon: &'static str, text: &'static str) -> impl IntoView {
    let layout = use_frame().layout;
    let pressed = Signal::derive(move || match place {
        Place::Inspector => layout.shows(place),
        _ => layout.drawer.open.get(),
    });
    let press = move || match place {
        Place::Inspector => layout.toggle(place),
        _ => layout.drawer.toggle(),
    };
    view! {
        <span class="wide-only">
            <IconButton icon=icon label=move || t(text) pressed=Some(pressed) on_press=press />
        </span>
    }
}
