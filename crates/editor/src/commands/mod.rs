//! What menus, buttons and keys ask for. Each command is one step of the history, and says what changed.

mod arrange;
mod clipboard;
mod focus;
mod nodes;
mod room;
mod view;

use trazo_model::edit::EditError;
use trazo_model::{Design, Kind, NodeId, Refusal, Target};

pub use arrange::{Align, Axis, tidied};
pub use clipboard::PasteError;

use crate::changes::Changes;
use crate::editor::Editor;
use crate::geometry::Point;
use crate::selection::Selection;

impl Editor {
    /// Takes back the last step.
    pub fn undo(&mut self) -> Changes {
        self.undo_step();
        self.finish()
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self) -> Changes {
        self.redo_step();
        self.finish()
    }

    /// Deletes what is selected, with the links of deleted nodes.
    pub fn delete(&mut self) -> Changes {
        self.delete_selected();
        self.finish()
    }

    /// Copies what is selected beside itself.
    pub fn duplicate(&mut self) -> Changes {
        self.duplicate_selected();
        self.finish()
    }

    /// Selects all nodes and links.
    pub fn select_all(&mut self) -> Changes {
        self.select_everything();
        self.finish()
    }

    /// Selects just these; the last one is the primary one.
    pub fn select(&mut self, targets: &[Target]) -> Changes {
        self.cancel_gesture();
        self.selection = Selection::of(targets).living(self.history.design());
        self.finish()
    }

    /// Selects one more, or one less.
    pub fn toggle(&mut self, target: &Target) -> Changes {
        self.cancel_gesture();
        let selection = std::mem::take(&mut self.selection);
        let toggled =
            if selection.contains(target) { selection.without(target) } else { selection.with(target.clone()) };
        self.selection = toggled.living(self.history.design());
        self.finish()
    }

    /// Selects nothing.
    pub fn clear_selection(&mut self) -> Changes {
        self.select(&[])
    }

    /// Moves the selected nodes by so many world units. Moves in a row are one step.
    pub fn nudge(&mut self, dx: f64, dy: f64) -> Changes {
        self.nudge_selected(dx, dy);
        self.finish()
    }

    /// Links two nodes.
    ///
    /// # Errors
    /// The reason why they cannot be linked.
    pub fn connect(&mut self, from: &NodeId, to: &NodeId) -> Result<Changes, Refusal> {
        self.link_nodes(from, to)?;
        Ok(self.finish())
    }

    /// Adds a node: with its middle at `at` (world), in the innermost group there that may hold it; or where there is room
    /// near what is selected, in the selected group if that may hold it. It is selected then.
    pub fn add_node(&mut self, kind: Kind, at: Option<Point>) -> (Option<NodeId>, Changes) {
        let added = self.add_somewhere(kind, at);
        (added, self.finish())
    }

    /// Puts the selected nodes into a group, or outside all groups.
    ///
    /// # Errors
    /// The rule of the document that it would break: a kind that may not lie there.
    pub fn move_into(&mut self, group: Option<&NodeId>) -> Result<Changes, EditError> {
        self.move_selected_into(group)?;
        Ok(self.finish())
    }

    /// Makes a group around the selected nodes, if there is a kind of group that may hold them all.
    pub fn group(&mut self) -> Changes {
        self.group_selected();
        self.finish()
    }

    /// Lines the selected nodes up.
    pub fn align(&mut self, align: Align) -> Changes {
        self.align_selected(align);
        self.finish()
    }

    /// Makes the gaps between the selected nodes alike; it takes three.
    pub fn distribute(&mut self, axis: Axis) -> Changes {
        self.distribute_selected(axis);
        self.finish()
    }

    /// Lays out the whole design anew, from left to right.
    pub fn tidy(&mut self) -> Changes {
        self.tidy_all();
        self.finish()
    }

    /// What is selected as manifest JSON, with the links between; `None` if no node is selected.
    #[must_use]
    pub fn copy(&self) -> Option<String> {
        self.fragment()
    }

    /// The same, and deletes it.
    pub fn cut(&mut self) -> (Option<String>, Changes) {
        let text = self.fragment();
        if text.is_some() {
            self.delete_as("edit.cut");
        }
        (text, self.finish())
    }

    /// Adds what was copied, with new ids, and selects it.
    ///
    /// # Errors
    /// Why the text cannot be taken.
    pub fn paste(&mut self, text: &str) -> Result<Changes, PasteError> {
        self.paste_text(text, "edit.paste")?;
        Ok(self.finish())
    }

    /// Adds a whole design to the right of all that is there, with new ids, selects what was added and shows it.
    ///
    /// # Errors
    /// Why it cannot be added; nothing is added then.
    pub fn add_design(&mut self, part: &Design) -> Result<Changes, EditError> {
        self.add_beside(part)?;
        self.show_selection();
        Ok(self.finish())
    }

    /// Shows the whole design, at most at 100 %.
    pub fn fit(&mut self) -> Changes {
        self.show_all();
        self.finish()
    }

    /// Whether nothing of the design lies off the screen.
    #[must_use]
    pub fn sees_all(&self) -> bool {
        let seen = self.viewport.world_rect(self.screen);
        self.scene.extent().is_none_or(|all| seen.contains_rect(all))
    }

    /// Whether the view is as [`Editor::fit`] leaves it.
    #[must_use]
    pub fn is_fitted(&self) -> bool {
        self.shows_just_all()
    }

    /// Shows the whole design where not all of it is seen.
    pub fn fit_if_hidden(&mut self) -> Changes {
        if !self.sees_all() {
            self.show_all();
        }
        self.finish()
    }

    /// Shows all that is selected, at most at 200 %.
    pub fn fit_selection(&mut self) -> Changes {
        self.show_selection();
        self.finish()
    }

    /// Zooms about the middle of the screen; 1 is 100 %.
    pub fn zoom_to(&mut self, zoom: f64) -> Changes {
        self.set_viewport(self.viewport.zoomed_to(zoom, self.middle()));
        self.finish()
    }

    /// The next larger zoom.
    pub fn zoom_in(&mut self) -> Changes {
        self.zoom_step(true);
        self.finish()
    }

    /// The next smaller zoom.
    pub fn zoom_out(&mut self) -> Changes {
        self.zoom_step(false);
        self.finish()
    }

    /// Moves the view no further than it takes to show an element.
    pub fn reveal(&mut self, target: &Target) -> Changes {
        self.reveal_target(target);
        self.finish()
    }

    /// Moves the view so that an element is in the middle.
    pub fn center_on(&mut self, target: &Target) -> Changes {
        self.center_target(target);
        self.finish()
    }

    /// Moves the view by so many pixels.
    pub fn pan_by(&mut self, dx: f64, dy: f64) -> Changes {
        self.set_viewport(self.viewport.panned(dx, dy));
        self.finish()
    }
}
