//! What the editor asks of the page.

use leptos::prelude::{Set, Update, document, request_animation_frame, untrack};
use leptos::wasm_bindgen::JsCast;
use trazo_editor::Request;
use trazo_model::{Kind, NodeId, Phrase, Refusal};

use super::stage::{Stage, focus};
use super::{clipboard, inplace};
use crate::studio::Screen;
use crate::words::{t, t_with};

/// Does what is asked.
pub(super) fn answer(stage: &Stage, request: Request) {
    match request {
        Request::Copy(text) => clipboard::write(stage.studio, text),
        Request::Paste => clipboard::read_and_paste(stage.studio),
        Request::OpenInspector(target) => open_inspector(stage, &target),
        Request::Rename(id) | Request::EditNote(id) => inplace::edit(stage, &id),
        Request::Announce(phrase) => {
            let text = untrack(|| announced(&phrase));
            // Why a key does nothing has to be seen too; what it does is seen anyway.
            if phrase.key.starts_with("ui.canvas.") { stage.studio.inform(text) } else { stage.studio.say(text) }
        }
        Request::Refused { reason, from, to } => {
            let text = untrack(|| refused(stage, reason, &from, &to));
            stage.studio.warn(text);
        }
        Request::ContextMenu { at, .. } => stage.menu.set(Some(stage.outside(at))),
        Request::Focus(target) => stage.focus(target),
    }
}

/// Lets the inspector show an element, and gives the focus to its first field.
fn open_inspector(stage: &Stage, target: &trazo_model::Target) {
    /// Some links have no fields, but lead to their ends.
    const FIRST: [&str; 2] =
        [".inspector [data-field] :is(input, select, textarea, button)", ".inspector :is(.link-row, button)"];
    stage.studio.reveal(target, "");
    stage.studio.details.update(|n| *n += 1);
    // The panel shows the element only after those who track the selection have run.
    request_animation_frame(|| {
        let found = FIRST.iter().find_map(|control| document().query_selector(control).ok().flatten());
        if let Some(element) = found {
            focus(element.unchecked_ref());
        }
    });
}

/// The words of an announcement. Some of its arguments are keys of texts.
fn announced(phrase: &Phrase) -> String {
    let word = |(name, value): &(&'static str, String)| {
        let value = match *name {
            // A note need not have a name.
            "name" if value.is_empty() => t("ui.canvas.note"),
            "kind" => t(&format!("kind.{value}.name")),
            "kinds" => value.split(", ").map(|key| t(&format!("kind.{key}.name"))).collect::<Vec<_>>().join(", "),
            "tool" => t(&format!("ui.canvas.tool.{value}")),
            "what" => t(value),
            _ => value.clone(),
        };
        (*name, value)
    };
    let args = phrase.args.iter().map(word).collect();
    crate::words::say(&Phrase { args, ..phrase.clone() })
}

/// Why a link could not be drawn.
fn refused(stage: &Stage, reason: Refusal, from: &NodeId, to: &NodeId) -> String {
    let kind = |id| stage.studio.design(|design| design.node(id).map(trazo_model::Node::kind));
    let name = |kind: Option<Kind>| kind.map(|kind| t(&format!("kind.{}.name", kind.spec().key))).unwrap_or_default();
    t_with(&format!("refusal.{}", reason.key()), &[("from", &name(kind(from))), ("to", &name(kind(to)))])
}
