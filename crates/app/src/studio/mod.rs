//! The open design and everything that shows it: what changed is told to just those who look at it.
//!
//! [`Studio`] is a small handle that can be copied into any closure. Whoever shows a node tracks that node; nobody tracks
//! the whole design but those who show a sum of it. The design itself, what is selected and what is seen are the headless
//! [`Editor`]'s; what it says has changed is handed on here: to signals for the panels, to the [`Screen`] for the canvas.

mod changes;
mod derived;
mod edits;
mod notices;
mod progress;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use trazo_editor::geometry::Size;
use trazo_editor::{Changes, Editor, Request, Tool};
use trazo_model::{Checker, Design, Found, Kind, LinkId, NodeId, Target};
use trazo_stack::Stack;

use crate::inspector::Samples;
use changes::Triggers;
pub(crate) use notices::{Notice, NoticeKind};
pub(crate) use progress::{Deployed, Failure, Progress};

/// What undo and redo would do: text keys of the steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Steps {
    pub(crate) undo: Option<&'static str>,
    pub(crate) redo: Option<&'static str>,
}

/// A field that shall be shown and focused. The number makes asking twice for the same one a new question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AskedField {
    pub(crate) target: Target,
    pub(crate) field: String,
    pub(crate) nth: u32,
}

/// What draws the design: the canvas, while it is mounted.
pub(crate) trait Screen {
    /// Something has changed and waits in [`Studio::take_changes`].
    fn changed(&self);
    /// The editor asks for something that only the page can do.
    fn asked(&self, request: Request);
    /// Gives the focus to an element as soon as it is drawn.
    fn focus(&self, target: Target);
    /// Begins to drag a new node in from the palette, by this press of the pointer.
    fn place(&self, kind: Kind, event: &web_sys::PointerEvent);
}

/// What only the studio touches.
struct Core {
    editor: RefCell<Editor>,
    triggers: RefCell<Triggers>,
    /// What the screen has not drawn yet.
    pending: RefCell<Changes>,
    screen: RefCell<Option<Rc<dyn Screen>>>,
    /// Whether findings and stack are to be made anew in the next frame.
    stale: Cell<bool>,
    /// Whether those who show what was made are about to be told.
    settles: Cell<bool>,
    /// Whether the scale is about to be told.
    zoom_waits: Cell<bool>,
    /// Knows what an edit makes necessary to check again.
    checker: RefCell<Checker>,
}

/// The handle.
#[derive(Clone, Copy)]
pub(crate) struct Studio {
    core: StoredValue<Rc<Core>, LocalStorage>,
    /// Grows with each change of the document; for saving and for sums.
    pub(crate) revision: RwSignal<u64>,
    /// Grows when nodes or links come or go.
    pub(crate) census: RwSignal<u64>,
    /// What is selected. Set it by [`Studio::select`].
    pub(crate) selection: RwSignal<Vec<Target>>,
    /// The field that the inspector shall show.
    pub(crate) asked_field: RwSignal<Option<AskedField>>,
    /// Grows when somebody asks to see the properties of what is selected.
    pub(crate) details: RwSignal<u32>,
    /// What undo and redo would do.
    pub(crate) steps: RwSignal<Steps>,
    /// The scale of the canvas in percent.
    pub(crate) zoom: RwSignal<u32>,
    /// What the pointer does on the canvas. Set it by [`Editor::set_tool`].
    pub(crate) tool: RwSignal<Tool>,
    /// What is wrong with the design.
    pub(crate) findings: RwSignal<Arc<Vec<Found>>>,
    /// Whether the design has been checked: before, no findings say nothing.
    pub(crate) judged: RwSignal<bool>,
    /// The design lowered, for previews.
    pub(crate) stack: RwSignal<Arc<Stack>>,
    /// Grows when all that is made of a change is made, and the frame that shows the change itself is over.
    pub(crate) settled: RwSignal<u64>,
    /// Messages at the edge of the screen.
    pub(crate) notices: RwSignal<Vec<Notice>>,
    /// A text that was pasted and is none of Trazo's: it may be a file of another tool.
    pub(crate) foreign: RwSignal<Option<Arc<str>>>,
    /// What a screen reader is to say.
    pub(crate) said: RwSignal<String>,
    /// How far the deployment has come.
    pub(crate) deployed: RwSignal<Arc<Deployed>>,
    /// The sample messages of links, which are no part of the design.
    pub(crate) samples: Samples,
}

/// The studio of the editor around this view. Only views inside the editor call it.
pub(crate) fn use_studio() -> Studio {
    expect_context()
}

impl Studio {
    /// A studio that shows `design`.
    pub(crate) fn new(design: Design) -> Self {
        let core = Core {
            // The canvas tells its size as soon as it has one.
            editor: RefCell::new(Editor::new(design, Size::new(1.0, 1.0))),
            triggers: RefCell::default(),
            pending: RefCell::default(),
            screen: RefCell::default(),
            stale: Cell::new(false),
            settles: Cell::new(false),
            zoom_waits: Cell::new(false),
            checker: RefCell::default(),
        };
        let studio = Self {
            core: StoredValue::new_local(Rc::new(core)),
            revision: RwSignal::new(0),
            census: RwSignal::new(0),
            selection: RwSignal::new(Vec::new()),
            asked_field: RwSignal::new(None),
            details: RwSignal::new(0),
            steps: RwSignal::new(Steps::default()),
            zoom: RwSignal::new(100),
            tool: RwSignal::new(Tool::default()),
            findings: RwSignal::new(Arc::default()),
            judged: RwSignal::new(false),
            stack: RwSignal::new(Arc::default()),
            settled: RwSignal::new(0),
            notices: RwSignal::new(Vec::new()),
            foreign: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            deployed: RwSignal::new(Arc::default()),
            samples: StoredValue::new(BTreeMap::new()),
        };
        studio.derive_first();
        studio
    }

    /// `None` once the editor was left: callbacks of the browser may come later than that.
    fn core(&self) -> Option<Rc<Core>> {
        self.core.try_with_value(Rc::clone)
    }

    /// Whether the editor that this handle belongs to is still open. Callbacks that come later ask before they read signals.
    pub(crate) fn is_open(&self) -> bool {
        self.core().is_some()
    }

    /// Reads the editor as it is now; `None` once it was left. Tracks nothing. `read` must not change the studio.
    pub(crate) fn editor<R>(&self, read: impl FnOnce(&Editor) -> R) -> Option<R> {
        self.core().map(|core| read(&core.editor.borrow()))
    }

    /// Reads the design as it is now. Tracks nothing. `read` must not change the studio.
    pub(crate) fn design<R>(&self, read: impl FnOnce(&Design) -> R) -> R {
        match self.core() {
            Some(core) => read(core.editor.borrow().design()),
            None => read(&Design::default()),
        }
    }

    /// Tracks a node: the closure around is run again when its content changes.
    pub(crate) fn track_node(&self, id: &NodeId) {
        if let Some(core) = self.core() {
            let trigger = core.triggers.borrow_mut().node(id);
            trigger.track();
        }
    }

    /// Tracks a link.
    pub(crate) fn track_link(&self, id: &LinkId) {
        if let Some(core) = self.core() {
            let trigger = core.triggers.borrow_mut().link(id);
            trigger.track();
        }
    }

    /// Tracks a node, a link, or the design's own fields.
    pub(crate) fn track(&self, target: &Target) {
        match target {
            Target::Node(id) => self.track_node(id),
            Target::Link(id) => self.track_link(id),
            Target::Design => self.revision.track(),
        }
    }

    /// Selects elements.
    pub(crate) fn select(&self, targets: Vec<Target>) {
        if self.selection.with_untracked(|now| now != &targets) {
            self.seal();
            self.act(|editor| editor.select(&targets));
        }
    }

    /// Selects an element, brings it into view, and focuses one of its fields (`""`: none).
    pub(crate) fn reveal(&self, target: &Target, field: &str) {
        self.select(match target {
            Target::Design => Vec::new(),
            other => vec![other.clone()],
        });
        self.act(|editor| editor.reveal(target));
        self.asked_field.update(|asked| {
            let nth = asked.as_ref().map_or(0, |asked| asked.nth + 1);
            *asked = Some(AskedField { target: target.clone(), field: field.to_owned(), nth });
        });
    }

    /// Makes `screen` the one that draws the design.
    pub(crate) fn show_on(&self, screen: Rc<dyn Screen>) {
        if let Some(core) = self.core() {
            *core.screen.borrow_mut() = Some(screen);
        }
    }

    /// What draws the design, if anything does yet.
    pub(crate) fn screen(&self) -> Option<Rc<dyn Screen>> {
        self.core().and_then(|core| core.screen.borrow().clone())
    }

    /// What changed since it was asked last.
    pub(crate) fn take_changes(&self) -> Changes {
        self.core().map(|core| core.pending.take()).unwrap_or_default()
    }
}
