//! Small parts that all of the inspector is put together from.

use leptos::prelude::*;
use trazo_model::Target;
use trazo_texts::{Part, parts};

/// A text in which code is set as code.
pub(crate) fn prose(text: &str) -> AnyView {
    let part = |part: Part<'_>| match part {
        Part::Plain(words) => words.to_owned().into_any(),
        Part::Code(code) => view! { <code>{code.to_owned()}</code> }.into_any(),
    };
    parts(text).map(part).collect::<Vec<_>>().into_any()
}

/// The workbench, while it is open.
const WORKBENCH: &str = "[data-dialog=workbench][open]";

/// Runs something with the next frame, when what was changed is in the page.
pub(super) fn next_frame(act: impl FnOnce() + 'static) {
    request_animation_frame(act);
}

/// The first control of the field at a path.
pub(super) fn control_of(at: &str) -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;

    let quoted = at.replace('\\', "\\\\").replace('"', "\\\"");
    // In the workbench the same fields are shown again, above all else.
    let above = document().query_selector(WORKBENCH).ok().flatten().is_some();
    let around = if above { WORKBENCH } else { ".inspector" };
    let within = format!("{around} [data-field=\"{quoted}\"]");
    // Of several words the chosen one; a list that is empty has only its button.
    let wanted = ["input[type=radio]:checked", ":is(input, select, textarea)", "button"];
    let found = |one: &str| document().query_selector(&format!("{within} {one}")).ok().flatten();
    wanted.into_iter().find_map(found)?.dyn_into().ok()
}

/// Moves the focus to the field at a path once it is in the page.
pub(super) fn focus_soon(at: String) {
    next_frame(move || {
        if let Some(control) = control_of(&at) {
            let _ = control.focus();
        }
    });
}

/// A name for an element that no other has.
pub(crate) fn target_key(target: &Target) -> String {
    match target {
        Target::Design => String::new(),
        Target::Node(id) => format!("n:{id}"),
        Target::Link(id) => format!("l:{id}"),
    }
}
