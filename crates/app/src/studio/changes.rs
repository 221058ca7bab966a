//! Who is told of which change.

use leptos::prelude::*;
use trazo_model::{EditError, Target, Touch};

use super::{Steps, Studio};

impl Studio {
    /// Tells everybody who looks at what was touched, and only them.
    pub(super) fn tell(&self, touched: &[Touch]) {
        if touched.is_empty() {
            return;
        }
        let mut census = false;
        for touch in touched {
            match touch {
                Touch::NodeSet(id) | Touch::NodePlaced(id) => {
                    let trigger = self.core().borrow().nodes.get(id).cloned();
                    if let Some(trigger) = trigger {
                        trigger.notify();
                    }
                }
                Touch::LinkSet(id) => {
                    let trigger = self.core().borrow().links.get(id).cloned();
                    if let Some(trigger) = trigger {
                        trigger.notify();
                    }
                }
                Touch::NodeAdded(_) | Touch::NodeRemoved(_) | Touch::LinkAdded(_) | Touch::LinkRemoved(_) => {
                    census = true;
                }
                Touch::DesignSet => {}
            }
        }
        if census {
            self.forget_the_gone();
            self.census.update(|n| *n += 1);
        }
        self.revision.update(|n| *n += 1);
        self.tell_steps();
        self.derive_soon();
    }

    fn tell_steps(&self) {
        let core = self.core();
        let core = core.borrow();
        let steps = Steps { undo: core.history.undo_label(), redo: core.history.redo_label() };
        drop(core);
        if self.steps.get_untracked() != steps {
            self.steps.set(steps);
        }
    }

    fn forget_the_gone(&self) {
        let core = self.core();
        let mut core = core.borrow_mut();
        let super::Core { history, nodes, links, .. } = &mut *core;
        nodes.retain(|id, _| history.design().node(id).is_some());
        links.retain(|id, _| history.design().link(id).is_some());
        drop(core);
        let alive: Vec<Target> = self.design(|design| {
            self.selection.with_untracked(|selection| {
                let lives = |target: &&Target| match target {
                    Target::Node(id) => design.node(id).is_some(),
                    Target::Link(id) => design.link(id).is_some(),
                    Target::Design => true,
                };
                selection.iter().filter(lives).cloned().collect()
            })
        });
        self.select(alive);
    }

    /// Shows why an edit was refused.
    pub(super) fn refuse(&self, error: &EditError) {
        let key = match error {
            EditError::Link(refusal) => format!("refusal.{}", refusal.key()),
            other => format!("errors.edit.{}", other.key()),
        };
        self.warn(crate::words::t(&key));
    }
}
