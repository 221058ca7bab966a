//! What the keys do while the canvas has the focus.

use trazo_model::{Kind, Target};

use crate::changes::Request;
use crate::editor::Editor;
use crate::input::{Key, Mods};
use crate::selection::Selection;
use crate::tools::keylink::{self, Step};
use crate::tools::select::request_to_open;
use crate::tools::{Gesture, Tool};

/// One step of an arrow key, and one with Shift, in world units.
const NUDGE: f64 = 8.0;
const NUDGE_FAR: f64 = 80.0;

impl Editor {
    pub(crate) fn key_down(&mut self, key: &Key) {
        let before = self.changes.handled;
        self.changes.handled = true;
        if !self.key(key) {
            self.changes.handled = before;
        }
        self.refresh_cursor();
    }

    pub(crate) fn key_up(&mut self, key: &Key) {
        if key.key == " " && self.pointers.space {
            self.pointers.space = false;
            self.changes.handled = true;
            self.refresh_cursor();
        }
    }

    /// Whether the key meant something.
    fn key(&mut self, key: &Key) -> bool {
        let Key { key, mods, repeat } = key;
        let lower = key.to_lowercase();
        if key == "Escape" {
            return self.escape();
        }
        if let Gesture::KeyLink(_) = self.gesture {
            return self.linking_key(key, *mods);
        }
        if mods.ctrl {
            return self.ctrl_key(&lower, *mods);
        }
        if mods.alt {
            return false;
        }
        match key.as_str() {
            " " => self.pointers.space = true,
            "Delete" | "Backspace" => return self.delete_selected(),
            "Enter" => return self.open_primary(),
            "F2" => return self.rename_primary(),
            "F10" if mods.shift => return self.menu_at_primary(),
            "ContextMenu" => return self.menu_at_primary(),
            "Tab" => return self.step_focus(mods.shift),
            "." => return self.step_links(false),
            "," => return self.step_links(true),
            "+" | "=" => self.zoom_step(true),
            "-" | "_" => self.zoom_step(false),
            // With Shift, layouts put other signs on the digits.
            "!" | "1" if mods.shift => self.show_all(),
            "@" | "\"" | "2" if mods.shift => self.show_selection(),
            _ if key.starts_with("Arrow") => return self.arrow(key, *mods),
            _ if !repeat && !mods.shift => return self.tool_key(&lower),
            _ => return false,
        }
        true
    }

    fn tool_key(&mut self, key: &str) -> bool {
        match key {
            "v" => self.change_tool(Tool::Select),
            "h" => self.change_tool(Tool::Pan),
            "n" => self.change_tool(Tool::Place(Kind::Note)),
            "l" => {
                if !keylink::begin(self) {
                    self.change_tool(Tool::Link);
                }
            }
            _ => return false,
        }
        true
    }

    fn change_tool(&mut self, tool: Tool) {
        self.cancel_gesture();
        self.take_tool(tool);
        let phrase = trazo_model::Phrase::new("ui.announce.tool").with("tool", tool.key());
        self.changes.announce(phrase);
    }

    fn ctrl_key(&mut self, key: &str, mods: Mods) -> bool {
        match key {
            "a" => self.select_everything(),
            "c" => return self.copy_selected(),
            "x" => return self.cut_selected(),
            "v" => self.request(Request::Paste),
            "d" => return self.duplicate_selected(),
            "g" => return self.group_selected(),
            "z" if mods.shift => self.redo_step(),
            "z" => self.undo_step(),
            "y" => self.redo_step(),
            "0" => self.zoom_whole(),
            "+" | "=" => self.zoom_step(true),
            "-" | "_" => self.zoom_step(false),
            _ => return false,
        }
        true
    }

    fn arrow(&mut self, key: &str, mods: Mods) -> bool {
        let (x, y) = match key {
            "ArrowLeft" => (-1.0, 0.0),
            "ArrowRight" => (1.0, 0.0),
            "ArrowUp" => (0.0, -1.0),
            _ => (0.0, 1.0),
        };
        let by = if mods.shift { NUDGE_FAR } else { NUDGE };
        self.nudge_selected(x * by, y * by)
    }

    fn linking_key(&mut self, key: &str, mods: Mods) -> bool {
        let step = match key {
            "Tab" if mods.shift => Step::Back,
            "ArrowLeft" | "ArrowUp" => Step::Back,
            "ArrowRight" | "ArrowDown" | "Tab" => Step::Next,
            "Enter" | " " => Step::Take,
            _ => return false,
        };
        if let Gesture::KeyLink(keylink) = std::mem::take(&mut self.gesture) {
            keylink::step(self, keylink, step);
        }
        true
    }

    /// Out of what is under way, out of the tool, out of the selection: one at a time.
    fn escape(&mut self) -> bool {
        if !matches!(self.gesture, Gesture::Idle) {
            self.cancel_gesture();
            let phrase = trazo_model::Phrase::new("ui.announce.cancelled");
            self.changes.announce(phrase);
        } else if self.tool != Tool::Select {
            self.change_tool(Tool::Select);
        } else if !self.selection.is_empty() {
            self.selection = Selection::new();
            self.announce_selection();
        } else {
            return false;
        }
        true
    }

    fn open_primary(&mut self) -> bool {
        let Some(target) = self.selection.primary().cloned() else { return false };
        let request = match &target {
            Target::Node(id) => request_to_open(self, id),
            _ => Request::OpenInspector(target),
        };
        self.request(request);
        true
    }

    fn rename_primary(&mut self) -> bool {
        let Some(id) = self.selection.primary_node().cloned() else { return false };
        let request = match request_to_open(self, &id) {
            note @ Request::EditNote(_) => note,
            _ => Request::Rename(id),
        };
        self.request(request);
        true
    }

    fn menu_at_primary(&mut self) -> bool {
        let target = self.selection.primary().cloned();
        let at = match &target {
            Some(Target::Node(id)) => self.scene.node_rect(id).map(|rect| rect.center()),
            Some(Target::Link(id)) => self.link_label(id).map(|label| label.at),
            _ => None,
        };
        let center = crate::geometry::Rect::new(0.0, 0.0, self.screen.w, self.screen.h).center();
        let at = at.map_or(center, |world| self.viewport.to_screen(world));
        self.request(Request::ContextMenu { at, target });
        true
    }
}
