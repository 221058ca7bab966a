//! What is told, in the words of the file: addresses where a template has logical ids, arguments where it has properties.

use std::collections::BTreeMap;

use super::Block;
use crate::import::cloudformation::parts::Told;
use crate::terraform::reverse;

/// Addresses and types by logical id.
pub(super) struct Words<'a> {
    known: BTreeMap<&'a str, (&'a str, &'a str)>,
}

impl<'a> Words<'a> {
    /// The words of a file.
    pub(super) fn new(blocks: &'a [Block<'a>]) -> Self {
        Self { known: blocks.iter().map(|block| (block.id.as_str(), (block.address, block.kind))).collect() }
    }

    /// Puts what is told into them.
    pub(super) fn put(&self, told: &mut Told) {
        let id = told.args.iter().find(|(place, _)| *place == "id").map(|(_, id)| id.clone());
        let whose = id.and_then(|id| self.known.get(id.as_str())).copied();
        for (place, text) in &mut told.args {
            match (*place, whose) {
                ("id", Some((address, _))) => address.clone_into(text),
                ("type", Some((_, kind))) => kind.clone_into(text),
                ("path", _) => *text = self.path(text),
                ("value" | "name", _) => *text = self.places(text),
                _ => {}
            }
        }
    }

    fn path(&self, path: &str) -> String {
        let (id, rest) = path.split_once('.').unwrap_or((path, ""));
        let Some((address, kind)) = self.known.get(id).filter(|_| !rest.is_empty()) else { return path.to_owned() };
        format!("{address}.{}", reverse::argument(kind, rest))
    }

    /// A text with places, as Terraform would write them.
    pub(super) fn places(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            out.push_str(before);
            out.push_str("${");
            rest = after;
            // No name holds a brace: so far it is looked for, however many places are never closed.
            let Some((place, behind)) =
                after.split_once(['{', '}']).filter(|(place, _)| after[place.len()..].starts_with('}'))
            else {
                continue;
            };
            let (id, attribute) = place.split_once('.').map_or((place, None), |(id, rest)| (id, Some(rest)));
            if let Some((address, kind)) = self.known.get(id) {
                out.push_str(address);
                out.push('.');
                out.push_str(&reverse::attribute_of(kind, attribute));
                out.push('}');
                rest = behind;
            }
        }
        out.push_str(rest);
        out
    }
}
