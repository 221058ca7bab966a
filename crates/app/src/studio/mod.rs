//! The open design and everything that shows it: what changed is told to just those who look at it.
//!
//! [`Studio`] is a small handle that can be copied into any closure. Whoever shows a node tracks that node; nobody tracks
//! the whole design but those who show a sum of it.

mod changes;
mod derived;
mod notices;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use trazo_model::{Design, Edit, EditError, Finding, History, LinkId, NodeId, Target, Touch};
use trazo_stack::Stack;

pub(crate) use notices::{Notice, NoticeKind};

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

/// What only the studio touches.
struct Core {
    history: History,
    nodes: HashMap<NodeId, ArcTrigger>,
    links: HashMap<LinkId, ArcTrigger>,
    /// Whether findings and stack are to be made anew in the next frame.
    stale: bool,
}

/// The handle.
#[derive(Clone, Copy)]
pub(crate) struct Studio {
    core: StoredValue<Rc<RefCell<Core>>, LocalStorage>,
    /// Grows with each change of the document; for saving and for sums.
    pub(crate) revision: RwSignal<u64>,
    /// Grows when nodes or links come or go.
    pub(crate) census: RwSignal<u64>,
    /// What is selected. Set it by [`Studio::select`].
    pub(crate) selection: RwSignal<Vec<Target>>,
    /// The field that the inspector shall show.
    pub(crate) asked_field: RwSignal<Option<AskedField>>,
    /// What undo and redo would do.
    pub(crate) steps: RwSignal<Steps>,
    /// What is wrong with the design.
    pub(crate) findings: RwSignal<Arc<Vec<Finding>>>,
    /// The design lowered, for previews.
    pub(crate) stack: RwSignal<Arc<Stack>>,
    /// Messages at the edge of the screen.
    pub(crate) notices: RwSignal<Vec<Notice>>,
    /// What a screen reader is to say.
    pub(crate) said: RwSignal<String>,
}

/// The studio of the editor around this view. Only views inside the editor call it.
pub(crate) fn use_studio() -> Studio {
    expect_context()
}

impl Studio {
    /// A studio that shows `design`.
    pub(crate) fn new(design: Design) -> Self {
        let core = Core { history: History::new(design), nodes: HashMap::new(), links: HashMap::new(), stale: false };
        let studio = Self {
            core: StoredValue::new_local(Rc::new(RefCell::new(core))),
            revision: RwSignal::new(0),
            census: RwSignal::new(0),
            selection: RwSignal::new(Vec::new()),
            asked_field: RwSignal::new(None),
            steps: RwSignal::new(Steps::default()),
            findings: RwSignal::new(Arc::default()),
            stack: RwSignal::new(Arc::default()),
            notices: RwSignal::new(Vec::new()),
            said: RwSignal::new(String::new()),
        };
        studio.derive_now();
        studio
    }

    fn core(&self) -> Rc<RefCell<Core>> {
        self.core.with_value(Rc::clone)
    }

    /// Reads the design as it is now. Tracks nothing.
    pub(crate) fn design<R>(&self, read: impl FnOnce(&Design) -> R) -> R {
        read(self.core().borrow().history.design())
    }

    /// Tracks a node: the closure around is run again when its content changes.
    pub(crate) fn track_node(&self, id: &NodeId) {
        let trigger = self.core().borrow_mut().nodes.entry(id.clone()).or_default().clone();
        trigger.track();
    }

    /// Tracks a link.
    pub(crate) fn track_link(&self, id: &LinkId) {
        let trigger = self.core().borrow_mut().links.entry(id.clone()).or_default().clone();
        trigger.track();
    }

    /// Tracks a node, a link, or the design's own fields.
    pub(crate) fn track(&self, target: &Target) {
        match target {
            Target::Node(id) => self.track_node(id),
            Target::Link(id) => self.track_link(id),
            Target::Design => self.revision.track(),
        }
    }

    /// Applies an edit as one step. A refusal is shown to the person and given back.
    pub(crate) fn edit(&self, label: &'static str, edit: Edit) -> Result<(), EditError> {
        self.after(|history| history.apply(label, edit))
    }

    /// Applies an edit that joins the last step of the same `key`: typing in one field is one step until [`Studio::seal`].
    pub(crate) fn edit_joined(&self, label: &'static str, key: &str, edit: Edit) -> Result<(), EditError> {
        self.after(|history| history.apply_joined(label, key, edit))
    }

    /// Ends the joining of edits; call it when a field loses focus.
    pub(crate) fn seal(&self) {
        self.core().borrow_mut().history.seal();
    }

    /// Takes back the last step.
    pub(crate) fn undo(&self) {
        let _ = self.after(|history| Ok(history.undo()));
    }

    /// Does again what was taken back.
    pub(crate) fn redo(&self) {
        let _ = self.after(|history| Ok(history.redo()));
    }

    fn after(&self, act: impl FnOnce(&mut History) -> Result<Vec<Touch>, EditError>) -> Result<(), EditError> {
        let result = act(&mut self.core().borrow_mut().history);
        match result {
            Ok(touched) => {
                self.tell(&touched);
                Ok(())
            }
            Err(error) => {
                self.refuse(&error);
                Err(error)
            }
        }
    }

    /// Selects elements.
    pub(crate) fn select(&self, targets: Vec<Target>) {
        if self.selection.with_untracked(|now| now != &targets) {
            self.seal();
            self.selection.set(targets);
        }
    }

    /// Selects an element, brings it into view, and focuses one of its fields (`""`: none).
    pub(crate) fn reveal(&self, target: &Target, field: &str) {
        self.select(match target {
            Target::Design => Vec::new(),
            other => vec![other.clone()],
        });
        self.asked_field.update(|asked| {
            let nth = asked.as_ref().map_or(0, |asked| asked.nth + 1);
            *asked = Some(AskedField { target: target.clone(), field: field.to_owned(), nth });
        });
    }
}
