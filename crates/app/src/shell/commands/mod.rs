//! What can be done from anywhere: one table for shortcuts, the list of actions, and its tests.

mod list;
mod offers;

use leptos::prelude::{GetUntracked, Set, WithUntracked};
use trazo_editor::Editor;
use trazo_model::Target;

use super::{Frame, Place, focus};
use crate::canvas;
pub(super) use list::CommandList;

/// Something that can be done.
pub(super) struct Command {
    /// Its name in code, as `data-command`.
    pub(super) id: &'static str,
    /// Text key of what it does.
    pub(super) text: &'static str,
    /// Its icon.
    pub(super) icon: &'static str,
    /// Its chords, on the whole page.
    pub(super) keys: &'static [&'static str],
    /// The chord that is shown beside it; where `keys` lack it, the canvas answers it.
    pub(super) shown: &'static str,
    /// Whether it can be done now.
    pub(super) enabled: fn(Frame) -> bool,
    /// Does it.
    pub(super) run: fn(Frame),
}

const fn command(id: &'static str, text: &'static str, icon: &'static str, run: fn(Frame)) -> Command {
    Command { id, text, icon, keys: &[], shown: "", enabled: |_| true, run }
}

impl Command {
    const fn keys(mut self, keys: &'static [&'static str]) -> Self {
        self.keys = keys;
        self.shown = keys[0];
        self
    }

    const fn shown(mut self, chord: &'static str) -> Self {
        self.shown = chord;
        self
    }

    const fn when(mut self, enabled: fn(Frame) -> bool) -> Self {
        self.enabled = enabled;
        self
    }
}

fn has_selection(frame: Frame) -> bool {
    frame.studio.selection.with_untracked(|selection| !selection.is_empty())
}

fn is_empty(frame: Frame) -> bool {
    frame.studio.design(trazo_model::Design::is_empty)
}

/// All commands, in the order in which they are offered.
pub(super) const COMMANDS: &[Command] = &[
    command("undo", "ui.keys.does.undo", "undo", |frame| frame.studio.undo())
        .keys(&["Mod+Z"])
        .when(|frame| frame.studio.steps.get_untracked().undo.is_some()),
    command("redo", "ui.keys.does.redo", "redo", |frame| frame.studio.redo())
        .keys(&["Mod+Shift+Z", "Mod+Y"])
        .when(|frame| frame.studio.steps.get_untracked().redo.is_some()),
    command("save", "ui.keys.does.save", "save", |frame| frame.desk.save_file()).keys(&["Mod+S"]),
    command("open", "ui.keys.does.open", "folder", |frame| frame.desk.ask_for_file()).keys(&["Mod+O"]),
    command("import", "ui.open.import.ask", "upload", |frame| frame.desk.import.ask()),
    command("new", "ui.top.file.new", "plus", |frame| frame.desk.new_design()),
    command("templates", "ui.top.file.templates", "template", |frame| frame.templates.set(true)),
    command("duplicate", "ui.top.file.duplicate", "duplicate", |frame| frame.desk.duplicate_open()),
    command("home", "ui.top.home", "home", |frame| frame.desk.home()),
    command("fit", "ui.keys.does.zoom_fit", "fit", |frame| frame.act(Editor::fit)).shown("Shift+1"),
    command("fit-selection", "ui.keys.does.zoom_selection", "target", |frame| frame.act(Editor::fit_selection))
        .shown("Shift+2")
        .when(has_selection),
    command("zoom-reset", "ui.keys.does.zoom_reset", "search", |frame| frame.act(|it| it.zoom_to(1.0))).shown("Mod+0"),
    command("tidy", "ui.canvas.tidy", "tidy", |frame| frame.act(Editor::tidy)).when(|frame| !is_empty(frame)),
    command("select-all", "ui.keys.does.select_all", "group", |frame| frame.act(Editor::select_all))
        .shown("Mod+A")
        .when(|frame| !is_empty(frame)),
    command("copy", "ui.keys.does.copy", "copy", |frame| canvas::copy(frame.studio)).shown("Mod+C").when(has_selection),
    command("paste", "ui.keys.does.paste", "paste", |frame| canvas::read_and_paste(frame.studio)).shown("Mod+V"),
    command("duplicate-selection", "ui.keys.does.duplicate", "duplicate", |frame| frame.act(Editor::duplicate))
        .shown("Mod+D")
        .when(has_selection),
    command("delete", "ui.keys.does.delete", "trash", |frame| frame.act(Editor::delete))
        .shown("Delete")
        .when(has_selection),
    command("palette", "ui.rail.palette", "palette", |frame| frame.show(Place::Palette)),
    command("outline", "ui.rail.outline", "outline", |frame| frame.show(Place::Outline)),
    command("search", "ui.keys.does.search", "search", |frame| frame.show(Place::Search)).keys(&["Mod+F"]),
    command("inspector", "ui.inspector.title", "panel-right", |frame| frame.show(Place::Inspector)),
    command("problems", "ui.problems.title", "warning", |frame| frame.show(Place::Problems)),
    command("export", "ui.top.file.export", "code", |frame| frame.show(Place::Files)),
    command("deploy", "ui.deploy.place.open", "deploy", |frame| frame.show(Place::Deploy)),
    command("design", "ui.inspector.design.title", "edit", |frame| {
        frame.studio.reveal(&Target::Design, "");
        frame.show(Place::Inspector);
    }),
    command("commands", "ui.keys.does.command", "command", |frame| frame.commands.set(true)).keys(&["Mod+K"]),
    command("shortcuts", "ui.keys.does.sheet", "keyboard", |frame| frame.shortcuts.set(true)).keys(&["?"]),
    command("panels", "ui.keys.does.panels", "panel-left", |_| focus::next_panel(false)).keys(&["F6"]),
    command("panels-back", "ui.keys.does.panels_back", "panel-left", |_| focus::next_panel(true)).keys(&["Shift+F6"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_chords_are_there_once_and_have_texts() {
        let mut ids: Vec<&str> = COMMANDS.iter().map(|command| command.id).collect();
        let mut chords: Vec<&str> = COMMANDS.iter().flat_map(|command| command.keys).copied().collect();
        for list in [&mut ids, &mut chords] {
            let count = list.len();
            list.sort_unstable();
            list.dedup();
            assert_eq!(list.len(), count);
        }
        let texts: Vec<&str> = COMMANDS.iter().map(|command| command.text).collect();
        assert_eq!(trazo_texts::missing(&texts), Vec::<String>::new());
    }
}
