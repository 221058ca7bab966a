//! Undo and redo. One gesture of a person is one step.

use crate::edit::{Edit, EditError, Touch, apply};
use crate::{Design, View};

/// One step that can be taken back.
#[derive(Debug)]
struct Step {
    /// Text key of what was done (`edit.move`).
    label: &'static str,
    /// Edits that take it back (or do it again), in the order in which to apply them.
    edits: Vec<Edit>,
    /// What further edits join this step (typing in one field).
    merge: Option<String>,
}

/// A design and all that was done to it.
#[derive(Debug, Default)]
pub struct History {
    design: Design,
    undo: Vec<Step>,
    redo: Vec<Step>,
    gesture: Option<Step>,
    revision: u64,
}

impl History {
    /// A design to which nothing was done yet.
    pub fn new(design: Design) -> Self {
        Self { design, ..Self::default() }
    }

    /// The design as it is now.
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// Remembers what is seen of the canvas; no step, no revision.
    pub fn set_view(&mut self, view: View) {
        self.design.view = view;
    }

    /// A number that grows with each change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Applies an edit as a step of its own, or as a part of the gesture that is under way.
    ///
    /// # Errors
    /// An [`EditError`]; the design is then as it was.
    pub fn apply(&mut self, label: &'static str, edit: Edit) -> Result<Vec<Touch>, EditError> {
        self.record(label, None, edit)
    }

    /// Applies an edit that joins the last step if that had the same `key` (typing in one field) and [`History::seal`] was
    /// not called since.
    ///
    /// # Errors
    /// An [`EditError`]; the design is then as it was.
    pub fn apply_joined(&mut self, label: &'static str, key: &str, edit: Edit) -> Result<Vec<Touch>, EditError> {
        self.record(label, Some(key), edit)
    }

    fn record(&mut self, label: &'static str, key: Option<&str>, edit: Edit) -> Result<Vec<Touch>, EditError> {
        let applied = apply(&mut self.design, edit)?;
        self.revision += 1;
        self.redo.clear();
        if let Some(gesture) = &mut self.gesture {
            gesture.edits.insert(0, applied.inverse);
            return Ok(applied.touched);
        }
        match self.undo.last_mut() {
            Some(last) if key.is_some() && last.merge.as_deref() == key => last.edits.insert(0, applied.inverse),
            _ => self.undo.push(Step { label, edits: vec![applied.inverse], merge: key.map(str::to_owned) }),
        }
        Ok(applied.touched)
    }

    /// Ends the joining of edits: the next one is a step of its own.
    pub fn seal(&mut self) {
        if let Some(last) = self.undo.last_mut() {
            last.merge = None;
        }
    }

    /// Begins a gesture: all edits until [`History::commit`] are one step. A gesture that is under way goes on.
    pub fn begin(&mut self, label: &'static str) {
        self.seal();
        self.gesture.get_or_insert(Step { label, edits: Vec::new(), merge: None });
    }

    /// Ends a gesture. One that changed nothing leaves no step. Tells whether there is one.
    pub fn commit(&mut self) -> bool {
        match self.gesture.take() {
            Some(step) if !step.edits.is_empty() => {
                self.undo.push(step);
                true
            }
            _ => false,
        }
    }

    /// Ends a gesture and takes back what it did.
    pub fn rollback(&mut self) -> Vec<Touch> {
        let Some(step) = self.gesture.take() else { return Vec::new() };
        self.run(step.edits).1
    }

    /// Text key of what undo would take back.
    pub fn undo_label(&self) -> Option<&'static str> {
        self.undo.last().map(|step| step.label)
    }

    /// Text key of what redo would do again.
    pub fn redo_label(&self) -> Option<&'static str> {
        self.redo.last().map(|step| step.label)
    }

    /// Takes back the last step. A gesture that is under way is ended first.
    pub fn undo(&mut self) -> Vec<Touch> {
        self.commit();
        let Some(step) = self.undo.pop() else { return Vec::new() };
        let (inverse, touched) = self.run(step.edits);
        self.redo.push(Step { label: step.label, edits: inverse, merge: None });
        touched
    }

    /// Does again what was taken back last.
    pub fn redo(&mut self) -> Vec<Touch> {
        let Some(step) = self.redo.pop() else { return Vec::new() };
        let (inverse, touched) = self.run(step.edits);
        self.undo.push(Step { label: step.label, edits: inverse, merge: None });
        touched
    }

    /// Applies edits in order; gives back their inverses in the order in which to apply them.
    fn run(&mut self, edits: Vec<Edit>) -> (Vec<Edit>, Vec<Touch>) {
        let mut inverses = Vec::with_capacity(edits.len());
        let mut touched = Vec::new();
        for edit in edits {
            // Steps hold inverses of edits that were applied to just this state, so they hold.
            if let Ok(applied) = apply(&mut self.design, edit) {
                inverses.push(applied.inverse);
                touched.extend(applied.touched);
            }
        }
        inverses.reverse();
        self.revision += 1;
        (inverses, touched)
    }
}
