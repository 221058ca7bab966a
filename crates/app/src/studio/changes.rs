//! Who is told of which change.

use std::collections::HashMap;
use std::time::Duration;

use leptos::prelude::*;
use trazo_editor::Changes;
use trazo_model::{LinkId, NodeId};

use super::{Core, Steps, Studio};

/// How long a new scale waits until it is told.
const ZOOM_TOLD: Duration = Duration::from_millis(80);

/// The scale of the canvas in percent.
fn percent(core: &Core) -> u32 {
    (core.editor.borrow().viewport().zoom * 100.0).round() as u32
}

/// Those who look at single nodes and links.
#[derive(Default)]
pub(super) struct Triggers {
    nodes: HashMap<NodeId, ArcTrigger>,
    links: HashMap<LinkId, ArcTrigger>,
}

impl Triggers {
    pub(super) fn node(&mut self, id: &NodeId) -> ArcTrigger {
        self.nodes.entry(id.clone()).or_default().clone()
    }

    pub(super) fn link(&mut self, id: &LinkId) -> ArcTrigger {
        self.links.entry(id.clone()).or_default().clone()
    }
}

impl Studio {
    /// Tells everybody who looks at what was changed, and only them.
    pub(super) fn tell(&self, mut changes: Changes) {
        let Some(core) = self.core() else { return };
        if changes.is_empty() {
            return;
        }
        let requests = std::mem::take(&mut changes.requests);
        if changes.document {
            self.tell_document(&core, &changes);
        }
        if !changes.selected.is_empty() || !changes.deselected.is_empty() {
            let selection = core.editor.borrow().selection().iter().cloned().collect();
            self.selection.set(selection);
        }
        if changes.viewport {
            self.tell_zoom_soon(&core);
        }
        if changes.tool {
            let tool = core.editor.borrow().tool();
            self.tool.set(tool);
        }
        core.pending.borrow_mut().merge(changes);
        let screen = core.screen.borrow().clone();
        if let Some(screen) = screen {
            screen.changed();
            requests.into_iter().for_each(|request| screen.asked(request));
        }
    }

    /// The scale is a number that somebody reads: while it changes in each frame, some of its values are enough.
    fn tell_zoom_soon(&self, core: &Core) {
        let zoom = percent(core);
        if self.zoom.get_untracked() == zoom || core.zoom_waits.replace(true) {
            return;
        }
        let studio = *self;
        let tell = move || {
            let Some(core) = studio.core() else { return };
            core.zoom_waits.set(false);
            let zoom = percent(&core);
            if studio.zoom.get_untracked() != zoom {
                studio.zoom.set(zoom);
            }
        };
        set_timeout(tell, ZOOM_TOLD);
    }

    fn tell_document(&self, core: &Core, changes: &Changes) {
        let touched: Vec<ArcTrigger> = {
            let triggers = core.triggers.borrow();
            let nodes = changes.nodes_set.iter().chain(&changes.nodes_moved).filter_map(|id| triggers.nodes.get(id));
            let links = changes.links_set.iter().filter_map(|id| triggers.links.get(id));
            nodes.chain(links).cloned().collect()
        };
        touched.iter().for_each(ArcTrigger::notify);
        let census = [&changes.nodes_added, &changes.nodes_removed].iter().any(|list| !list.is_empty())
            || [&changes.links_added, &changes.links_removed].iter().any(|list| !list.is_empty());
        if census {
            let mut triggers = core.triggers.borrow_mut();
            changes.nodes_removed.iter().for_each(|id| drop(triggers.nodes.remove(id)));
            changes.links_removed.iter().for_each(|id| drop(triggers.links.remove(id)));
            drop(triggers);
            self.census.update(|n| *n += 1);
        }
        self.revision.update(|n| *n += 1);
        self.tell_steps(core);
        self.derive_soon();
    }

    fn tell_steps(&self, core: &Core) {
        let steps = {
            let editor = core.editor.borrow();
            Steps { undo: editor.history().undo_label(), redo: editor.history().redo_label() }
        };
        if self.steps.get_untracked() != steps {
            self.steps.set(steps);
        }
    }
}
