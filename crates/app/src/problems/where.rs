//! Where a finding lies, in words.

use trazo_model::{Design, Finding, Target};

use crate::inspector::field_label;
use crate::studio::Studio;
use crate::words::t_with;

/// The place of a finding: `API → load balancer`, `catalogue › Health check path`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    /// The node, or both ends of the link.
    pub(super) name: String,
    /// The field; empty for the whole element.
    pub(super) field: String,
}

/// Tracks all that the name of a place is made of.
pub(crate) fn track(studio: Studio, target: &Target) {
    studio.track(target);
    let Target::Link(id) = target else { return };
    let ends = studio.design(|design| design.link(id).map(|link| [link.from.clone(), link.to.clone()]));
    for end in ends.iter().flatten() {
        studio.track_node(end);
    }
}

/// What a person calls an element: a link by both its ends.
pub(crate) fn name_of(design: &Design, target: &Target) -> String {
    let named = |id| design.node(id).map(|node| node.name.clone()).unwrap_or_default();
    match target {
        Target::Design => design.name().to_owned(),
        Target::Node(id) => named(id),
        Target::Link(id) => {
            design.link(id).map(|link| format!("{} → {}", named(&link.from), named(&link.to))).unwrap_or_default()
        }
    }
}

/// Looks it up. Tracks the language.
pub(super) fn spot(design: &Design, finding: &Finding) -> Spot {
    let name = name_of(design, &finding.target);
    let key = match &finding.target {
        Target::Design => "design",
        Target::Node(id) => design.node(id).map_or("", |node| node.kind().spec().key),
        Target::Link(id) => design.link(id).map_or("", |link| link.kind().spec().key),
    };
    let field = if finding.field.is_empty() { String::new() } else { field_label(key, &finding.field) };
    Spot { name, field }
}

impl Spot {
    /// What the button that leads there is called.
    pub(super) fn go(&self) -> String {
        if self.field.is_empty() {
            t_with("ui.problems.go", &[("name", &self.name)])
        } else {
            t_with("ui.problems.go_field", &[("label", &self.field), ("name", &self.name)])
        }
    }
}
