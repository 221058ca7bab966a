//! Elements of the design, named and shown where the deployment speaks of them.

use leptos::prelude::*;
use trazo_model::Target;
use trazo_stack::{Element, Origin};

use super::job::use_job;
use crate::files::target_of;
use crate::problems::r#where::{name_of, track};
use crate::words::t_with;

/// An element's name, which leads to it on the canvas.
#[component]
pub(super) fn NodeLink(
    /// The element.
    element: Element,
    /// The field of it that is meant; `""` for none.
    #[prop(optional, into)]
    field: String,
) -> impl IntoView {
    let studio = use_job().studio;
    let target = target_of(&element);
    let about = target.clone();
    let name = Memo::new(move |_| {
        track(studio, &about);
        studio.design(|design| name_of(design, &about))
    });
    let known = target != Target::Design;
    let go = move |_| studio.reveal(&target, &field);
    move || {
        let name = name.get();
        let go = go.clone();
        (known && !name.is_empty()).then(|| {
            let label = t_with("ui.problems.go", &[("name", &name)]);
            view! {
                <button type="button" class="problem-place deploy-node" aria-label=label on:click=go>
                    <span class="clip">{name}</span>
                </button>
            }
        })
    }
}

/// The same for where a value came from.
#[component]
pub(super) fn OriginLink(
    /// Where it came from.
    origin: Origin,
) -> impl IntoView {
    view! { <NodeLink element=origin.element field=origin.field.to_string() /> }
}

/// The element that a target of the editor is.
pub(super) fn element_of(target: &Target) -> Option<Element> {
    match target {
        Target::Node(id) => Some(Element::Node(id.shared())),
        Target::Link(id) => Some(Element::Link(id.shared())),
        Target::Design => None,
    }
}
