//! Where in the file findings stand.

use std::collections::HashMap;

use trazo_formats::json::{Excerpt, Locator, Position, excerpt};
use trazo_model::{Finding, Target};

use crate::input::Source;

/// How many characters of a long line are shown on either side of what is meant.
const ASIDE: usize = 60;

/// Knows where each element stands.
pub(super) struct Places<'a> {
    source: &'a Source,
    locator: Locator<'a>,
    elements: HashMap<Target, usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        let locator = Locator::new(&source.text);
        // A manifest is read in just this order.
        let nodes = ["nodes", "notes"].into_iter().flat_map(|list| locator.items(list));
        let nodes = source.design.nodes().map(|node| Target::from(&node.id)).zip(nodes);
        let links = source.design.links().map(|link| Target::from(&link.id)).zip(locator.items("links"));
        let elements = nodes.chain(links).collect();
        Self { source, locator, elements }
    }

    /// Where the field of a finding stands; where it is not written, what is around it.
    pub(super) fn of(&self, finding: &Finding) -> Position {
        let field = finding.field.as_str();
        let offset = match (&finding.target, self.elements.get(&finding.target)) {
            (Target::Design, _) | (_, None) => self.locator.below(0, field),
            (target, Some(element)) => {
                let own = matches!(target, Target::Node(_)) && matches!(field.split('.').next(), Some("name" | "tags"));
                let path = if own || field.is_empty() { field.to_owned() } else { format!("props.{field}") };
                self.locator.below(*element, &path)
            }
        };
        self.locator.position(offset)
    }

    /// The line that is meant.
    pub(super) fn excerpt(&self, place: Position) -> Option<Excerpt> {
        excerpt(&self.source.text, place, ASIDE)
    }
}
