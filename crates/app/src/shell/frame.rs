//! What the parts of the shell, its commands and shortcuts act on.

use leptos::prelude::*;
use trazo_editor::{Changes, Editor};

use super::{Layout, Place, focus};
use crate::app::{Desk, use_desk};
use crate::studio::{Studio, use_studio};

/// What commands act on.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) studio: Studio,
    pub(crate) layout: Layout,
    /// What can be done with whole designs.
    pub(crate) desk: Desk,
    /// Whether the list of actions is open.
    pub(crate) commands: RwSignal<bool>,
    /// Whether the sheet of shortcuts is open.
    pub(crate) shortcuts: RwSignal<bool>,
    /// Whether the templates are shown.
    pub(crate) templates: RwSignal<bool>,
}

impl Frame {
    pub(super) fn new() -> Self {
        Self {
            studio: use_studio(),
            layout: Layout::new(),
            desk: use_desk(),
            commands: RwSignal::new(false),
            shortcuts: RwSignal::new(false),
            templates: RwSignal::new(false),
        }
    }
}

/// The frame around this view. Only views inside the shell call it.
pub(crate) fn use_frame() -> Frame {
    expect_context()
}

impl Frame {
    /// Lets the editor do something.
    pub(super) fn act(self, act: impl FnOnce(&mut Editor) -> Changes) {
        self.studio.act(act);
    }

    /// Opens a view and gives it the focus.
    pub(super) fn show(self, place: Place) {
        self.layout.show(place);
        let panel = match place {
            Place::Palette | Place::Outline | Place::Search => "rail",
            Place::Inspector => "inspector",
            Place::Problems | Place::Files | Place::Deploy => "drawer",
        };
        // After the view is there.
        request_animation_frame(move || focus::panel(panel));
    }
}
