//! Writing a name or a note right where it stands.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::{set_timeout, untrack};
use leptos::wasm_bindgen::JsCast;
use trazo_editor::Lod;
use trazo_model::{Edit, NodeId, Props, Shape, Target};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};

use super::scene::dom::{flag, make_html};
use super::stage::{Stage, focus};
use crate::studio::Studio;
use crate::words::t;

/// What is written, and where it goes.
struct Writing {
    studio: Studio,
    id: NodeId,
    is_note: bool,
    field: HtmlElement,
    node: Element,
    was: String,
    /// Whether it was taken over or taken back: the field loses the focus once more when it goes.
    done: Cell<bool>,
}

/// Lets the name of a node, or the text of a note, be written in place.
pub(super) fn edit(stage: &Stage, id: &NodeId) {
    if stage.studio.editor(|editor| editor.lod() == Lod::Picture).unwrap_or(true) {
        // Too small to be read: the inspector has the same field.
        return stage.studio.reveal(&Target::Node(id.clone()), "name");
    }
    let now = stage.studio.design(|design| {
        design.node(id).map(|node| match &node.props {
            Props::Note(note) => (true, note.text.clone(), Shape::Note),
            _ => (false, node.name.clone(), node.kind().spec().shape),
        })
    });
    let Some((is_note, was, shape)) = now else { return };
    let Some(field) = field(shape, &was) else { return };
    let element = stage.scene.borrow().element(&Target::Node(id.clone())).cloned();
    let Some(node) = element else {
        // What was just added is there with the frame that has been asked for.
        return stage.once_drawn(id.clone(), edit);
    };
    let _ = node.append_child(&field);
    flag(&node, "data-editing", true);
    focus(&field);
    select_all(&field);
    let writing =
        Rc::new(Writing { studio: stage.studio, id: id.clone(), is_note, field, node, was, done: Cell::new(false) });
    // Those of the field before are let go of with it.
    *stage.writing.borrow_mut() = listen(&writing);
}

fn field(shape: Shape, text: &str) -> Option<HtmlElement> {
    let field = make_html(match shape {
        Shape::Note => "<textarea class=\"inplace\" rows=\"1\"></textarea>",
        Shape::Card | Shape::Group => "<input class=\"inplace\" autocomplete=\"off\" spellcheck=\"false\">",
    })?;
    let (label, hint) = if shape == Shape::Note {
        (untrack(|| t("ui.canvas.note")), untrack(|| t("ui.canvas.note_placeholder")))
    } else {
        (untrack(|| t("ui.canvas.menu.rename")), String::new())
    };
    let _ = field.set_attribute("aria-label", &label);
    let _ = field.set_attribute("placeholder", &hint);
    set_value(&field, text);
    Some(field)
}

fn listen(writing: &Rc<Writing>) -> Vec<EventListener> {
    let (keys, leave) = (Rc::clone(writing), Rc::clone(writing));
    let options = EventListenerOptions::enable_prevent_default();
    let pressed = EventListener::new_with_options(&writing.field, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        event.stop_propagation();
        let with_ctrl = event.ctrl_key() || event.meta_key();
        let submits = event.key() == "Enter" && !event.is_composing() && (!keys.is_note || with_ctrl);
        if submits || event.key() == "Escape" {
            event.prevent_default();
            // Escape leaves a name as it was; a note is taken over, since much may have been written.
            end(&keys, submits || keys.is_note, true);
        }
    });
    vec![pressed, EventListener::new(&writing.field, "blur", move |_| end(&leave, true, false))]
}

/// Takes over what was written, or not, and shows the node again.
fn end(writing: &Rc<Writing>, take: bool, refocus: bool) {
    if writing.done.replace(true) {
        return;
    }
    let text = value(&writing.field);
    let (field, node) = (writing.field.clone(), writing.node.clone());
    flag(&node, "data-editing", false);
    if refocus {
        focus(node.unchecked_ref());
    }
    // Not within its own event: browsers complain when what loses the focus is removed meanwhile.
    set_timeout(move || field.remove(), std::time::Duration::ZERO);
    if take && text != writing.was && (writing.is_note || !text.trim().is_empty()) {
        let (label, path) = if writing.is_note { ("edit.note", "text") } else { ("edit.rename", "name") };
        let text = if writing.is_note { text } else { text.trim().to_owned() };
        let (studio, edit) = (writing.studio, Edit::set(&writing.id, path, text));
        // The field may have lost the focus because it was taken away in the middle of a frame. A refusal is shown by the
        // studio.
        spawn_local(async move {
            let _ = studio.edit(label, edit);
        });
    }
}

fn value(field: &HtmlElement) -> String {
    let input = field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
    input.or_else(|| field.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value)).unwrap_or_default()
}

fn set_value(field: &HtmlElement, text: &str) {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
    }
}

fn select_all(field: &HtmlElement) {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.select();
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.select();
    }
}
