//! Changing the design: everything goes through the editor, and what it says has changed is told on.

use leptos::prelude::*;
use trazo_editor::{Changes, Editor};
use trazo_model::{Edit, EditError};

use super::Studio;

impl Studio {
    /// Lets the editor do something and tells everybody who looks at what it changed. Says whether that meant something.
    pub(crate) fn act(&self, act: impl FnOnce(&mut Editor) -> Changes) -> bool {
        let Some(core) = self.core() else { return false };
        // Whoever reads the editor must not change it meanwhile; what does so all the same is left undone.
        let Ok(mut editor) = core.editor.try_borrow_mut() else { return false };
        let changes = act(&mut editor);
        drop(editor);
        let handled = changes.handled;
        self.tell(changes);
        handled
    }

    /// Lets the editor try something. A refusal is given back.
    pub(crate) fn attempt<E>(&self, act: impl FnOnce(&mut Editor) -> Result<Changes, E>) -> Result<(), E> {
        let Some(core) = self.core() else { return Ok(()) };
        let Ok(mut editor) = core.editor.try_borrow_mut() else { return Ok(()) };
        let result = act(&mut editor);
        drop(editor);
        result.map(|changes| self.tell(changes))
    }

    /// Applies an edit as one step. A refusal is shown to the person and given back.
    pub(crate) fn edit(&self, label: &'static str, edit: Edit) -> Result<(), EditError> {
        self.attempt(|editor| editor.apply(label, edit)).inspect_err(|error| self.refuse(error))
    }

    /// Applies an edit that joins the last step of the same `key`: typing in one field is one step until [`Studio::seal`].
    pub(crate) fn edit_joined(&self, label: &'static str, key: &str, edit: Edit) -> Result<(), EditError> {
        self.attempt(|editor| editor.apply_joined(label, key, edit)).inspect_err(|error| self.refuse(error))
    }

    /// Ends the joining of edits; call it when a field loses focus.
    pub(crate) fn seal(&self) {
        if let Some(Ok(mut editor)) = self.core().as_ref().map(|core| core.editor.try_borrow_mut()) {
            editor.seal();
        }
    }

    /// Takes back the last step.
    pub(crate) fn undo(&self) {
        self.act(Editor::undo);
    }

    /// Does again what was taken back.
    pub(crate) fn redo(&self) {
        self.act(Editor::redo);
    }

    /// Shows why an edit was refused.
    fn refuse(&self, error: &EditError) {
        self.warn(untrack(|| crate::words::say_why(&error.phrase())));
    }
}
