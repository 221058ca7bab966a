//! What was written before: an edit changes few parts of a file, and the preview has to write it anew within a frame.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use trazo_model::{Checker, Link, Node};
use trazo_stack::Resource;

use crate::{Document, aws_cli, terraform};

/// The parts of files that were written last, each beside what it was written from. Whoever shows files that follow the edits
/// keeps one; whoever writes a file once takes a new one.
#[derive(Default)]
pub struct Kept {
    pub(crate) json: RefCell<Parts<Arc<Resource>, Arc<Document>>>,
    pub(crate) yaml: RefCell<Parts<Arc<Resource>, Arc<Document>>>,
    pub(crate) terraform: RefCell<terraform::Parts>,
    pub(crate) tasks: RefCell<aws_cli::Tasks>,
    /// What draw.io files hold of properties.
    pub(crate) said: RefCell<Said>,
    /// What it takes to find what is wrong.
    pub(crate) checker: RefCell<Checker>,
    /// The lengths of resources without spaces, in bytes.
    pub(crate) sizes: RefCell<Parts<Arc<Resource>, usize>>,
    /// Of the design as a manifest, in a template's metadata, and there in YAML.
    pub(crate) manifest: RefCell<Elements>,
    pub(crate) metadata: RefCell<Elements>,
    pub(crate) metadata_in_yaml: RefCell<Elements>,
}

/// What was written of the elements of a design.
#[derive(Default)]
pub(crate) struct Elements {
    pub(crate) nodes: Parts<Node, Arc<Document>>,
    pub(crate) links: Parts<Link, Arc<Document>>,
    pub(crate) notes: Parts<Node, Arc<Document>>,
}

/// A text of each node and link.
#[derive(Default)]
pub(crate) struct Said {
    nodes: Parts<Node, Arc<str>>,
    links: Parts<Link, Arc<str>>,
}

impl Said {
    /// The texts of nodes, in their order.
    pub(crate) fn nodes<'a>(
        &mut self,
        all: impl Iterator<Item = &'a Node>,
        make: impl Fn(&Node) -> String,
    ) -> Vec<Arc<str>> {
        let mut said = Vec::new();
        let named = all.map(|node| (node.id.as_str(), node));
        self.nodes.each(named, &mut |_, node| make(node).into(), &mut |_, text| said.push(text.clone()));
        said
    }

    /// The texts of links, in their order.
    pub(crate) fn links<'a>(
        &mut self,
        all: impl Iterator<Item = &'a Link>,
        make: impl Fn(&Link) -> String,
    ) -> Vec<Arc<str>> {
        let mut said = Vec::new();
        let named = all.map(|link| (link.id.as_str(), link));
        self.links.each(named, &mut |_, link| make(link).into(), &mut |_, text| said.push(text.clone()));
        said
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").finish_non_exhaustive()
    }
}

/// Parts of one file, by the names of what they are written from, in the order in which they stood.
pub(crate) struct Parts<T, P> {
    all: Vec<Part<T, P>>,
}

struct Part<T, P> {
    name: String,
    from: T,
    made: P,
}

impl<T, P> Default for Parts<T, P> {
    fn default() -> Self {
        Self { all: Vec::new() }
    }
}

/// What a part is written from.
pub(crate) trait Source: Clone {
    /// Whether what is written from one is what is written from the other.
    fn is_written_like(&self, other: &Self) -> bool;
}

impl Source for Arc<Resource> {
    fn is_written_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(self, other) || (**self).is_written_like(other)
    }
}

impl Source for Node {
    fn is_written_like(&self, other: &Self) -> bool {
        self == other
    }
}

impl Source for Link {
    fn is_written_like(&self, other: &Self) -> bool {
        self == other
    }
}

impl<T: Source, P> Parts<T, P> {
    /// Takes the part of each item in turn: as it was kept where the item is what it was, and made otherwise. What is not
    /// among the items any more is forgotten.
    pub(crate) fn each<'a>(
        &mut self,
        items: impl Iterator<Item = (&'a str, &'a T)>,
        make: &mut dyn FnMut(&str, &T) -> P,
        take: &mut dyn FnMut(&str, &P),
    ) where
        T: 'a,
    {
        let mut before = Before::new(std::mem::take(&mut self.all));
        for (at, (name, from)) in items.enumerate() {
            let part = match before.take(at, name) {
                Some(part) if part.from.is_written_like(from) => part,
                _ => Part { name: name.to_owned(), from: from.clone(), made: make(name, from) },
            };
            take(&part.name, &part.made);
            self.all.push(part);
        }
    }
}

/// The parts that were there.
struct Before<T, P> {
    all: Vec<Option<Part<T, P>>>,
    /// Where each stands; made where an item has moved, which few edits bring about.
    places: Option<HashMap<String, usize>>,
}

impl<T, P> Before<T, P> {
    fn new(all: Vec<Part<T, P>>) -> Self {
        Self { all: all.into_iter().map(Some).collect(), places: None }
    }

    /// The part of a name, most likely at the place where its item stands now.
    fn take(&mut self, at: usize, name: &str) -> Option<Part<T, P>> {
        if let Some(there) = self.all.get_mut(at)
            && there.as_ref().is_some_and(|part| part.name == name)
        {
            return there.take();
        }
        let all = &self.all;
        let place = |(at, part): (usize, &Option<Part<T, P>>)| Some((part.as_ref()?.name.clone(), at));
        let places = self.places.get_or_insert_with(|| all.iter().enumerate().filter_map(place).collect());
        let at = *places.get(name)?;
        self.all.get_mut(at)?.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Source for i32 {
        fn is_written_like(&self, other: &Self) -> bool {
            self == other
        }
    }

    #[test]
    fn only_what_has_changed_is_made_anew() {
        let mut parts = Parts::<i32, String>::default();
        let mut write = |items: &[(&str, i32)]| {
            let (mut made, mut text) = (Vec::new(), String::new());
            parts.each(
                items.iter().map(|(name, item)| (*name, item)),
                &mut |name, item| {
                    made.push(name.to_owned());
                    item.to_string()
                },
                &mut |name, part| text.push_str(&format!("{name}{part} ")),
            );
            (made.join(" "), text)
        };
        assert_eq!(write(&[("a", 1), ("b", 2), ("c", 3)]), ("a b c".into(), "a1 b2 c3 ".into()));
        assert_eq!(write(&[("c", 3), ("a", 1), ("b", 7)]), ("b".into(), "c3 a1 b7 ".into()));
        assert_eq!(write(&[("c", 3)]), (String::new(), "c3 ".into()));
        assert_eq!(write(&[("c", 3), ("a", 1)]), ("a".into(), "c3 a1 ".into()));
    }
}
