//! Drawing a link by keyboard: from the selected card, arrows or Tab go through what it may lead to, Enter links.

use trazo_model::{NodeId, Phrase, Target};

use super::{Gesture, link};
use crate::editor::Editor;
use crate::geometry::Point;
use crate::overlay::Overlay;

/// A link is being made by keyboard.
#[derive(Clone, Debug)]
pub(crate) struct KeyLink {
    from: NodeId,
    targets: Vec<NodeId>,
    at: usize,
}

/// What a key does to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The next target.
    Next,
    /// The one before.
    Back,
    /// Link.
    Take,
}

/// Begins at the selected card. Tells whether there is one.
pub(crate) fn begin(editor: &mut Editor) -> bool {
    let Some(Target::Node(from)) = editor.selection.single().cloned() else { return false };
    if !link::is_card(editor, &from) {
        return false;
    }
    let targets = editor.linkable(&from, false);
    if targets.is_empty() {
        let phrase = nowhere(editor, &from);
        editor.changes.announce(phrase);
        return true;
    }
    editor.cancel_gesture();
    editor.set_overlay(Overlay { lit: targets.clone(), ..Overlay::default() });
    show(editor, KeyLink { from, targets, at: 0 });
    true
}

fn nowhere(editor: &Editor, from: &NodeId) -> Phrase {
    let Some(node) = editor.design().node(from) else { return Phrase::default() };
    let kinds: Vec<&str> = node.kind().spec().links.iter().map(|spec| spec.to.spec().key).collect();
    if kinds.is_empty() {
        return Phrase::new("ui.canvas.link.never").with("kind", node.kind().spec().key);
    }
    Phrase::new("ui.canvas.link.nowhere").with("name", &node.name).with("kinds", kinds.join(", "))
}

fn show(editor: &mut Editor, keylink: KeyLink) {
    if let Some(target) = keylink.targets.get(keylink.at).cloned() {
        let name = editor.design().node(&target).map(|node| node.name.clone()).unwrap_or_default();
        let phrase = Phrase::new("ui.announce.link_target")
            .with("i", (keylink.at + 1).to_string())
            .with("total", keylink.targets.len().to_string())
            .with("name", name);
        editor.changes.announce(phrase);
        editor.reveal_node(&target);
        editor.draw_draft(&keylink.from, false, Some(target), Point::default());
    }
    editor.gesture = Gesture::KeyLink(keylink);
}

/// Takes a step.
pub(crate) fn step(editor: &mut Editor, mut keylink: KeyLink, step: Step) {
    let count = keylink.targets.len();
    match step {
        Step::Next => keylink.at = (keylink.at + 1) % count.max(1),
        Step::Back => keylink.at = (keylink.at + count.saturating_sub(1)) % count.max(1),
        Step::Take => {
            editor.set_overlay(Overlay::default());
            if let Some(target) = keylink.targets.get(keylink.at).cloned() {
                // What may be linked was asked when the targets were gathered, and nothing has changed since.
                let _ = editor.link_nodes(&keylink.from, &target);
            }
            return;
        }
    }
    show(editor, keylink);
}
