//! What importers fill: nodes, links and notes, each with the line that it came from.

mod build;
mod props;

use serde_json::Value as Json;
use trazo_model::{Account, Design, Kind, Size};

use super::note::shown;
use super::{Level, Note, Understood};

/// The region of a design whose file names none: the one in which every account, and each Learner Lab, may work.
const REGION: &str = "us-east-1";
/// More nodes are not made: nobody could draw with them.
const MOST_NODES: usize = 2_000;
/// More links are not made.
const MOST_LINKS: usize = 8_000;
/// So many values may be set in all: each takes up to half a kilobyte until the design is made.
const MOST_VALUES: usize = 40_000;
/// More notes are counted, not kept.
const MOST_NOTES: usize = 2_000;
/// Longer names are cut.
const LONGEST_NAME: usize = 256;

/// A node of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle(usize);

/// A link of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkHandle(usize);

/// A value for a property.
#[derive(Debug)]
struct Setting {
    path: String,
    value: Json,
    line: usize,
}

#[derive(Debug)]
struct NodePart {
    kind: Kind,
    name: String,
    line: usize,
    /// Whether it begins as the manifest takes a node of which nothing is said, not as one that is drawn anew.
    bare: bool,
    id: Option<String>,
    inside: Option<Handle>,
    place: Option<(i32, i32, Option<Size>)>,
    settings: Vec<Setting>,
    tags: Vec<(String, String)>,
}

#[derive(Debug)]
struct LinkPart {
    from: Handle,
    to: Handle,
    line: usize,
    bare: bool,
    id: Option<String>,
    settings: Vec<Setting>,
}

/// A design that is being made from a file.
#[derive(Debug)]
pub struct Draft {
    name: String,
    region: String,
    account: Account,
    nodes: Vec<NodePart>,
    links: Vec<LinkPart>,
    notes: Vec<Note>,
    /// A design that is whole already.
    ready: Option<Box<Design>>,
    /// How many notes are not kept.
    more: usize,
    /// How many nodes, links and values are not made.
    beyond: usize,
    /// How many values may still be set.
    values: usize,
}

impl Draft {
    /// An empty one, called after a file until it is given another name.
    pub fn new(file: &str) -> Self {
        let base = file.rsplit(['/', '\\']).next().unwrap_or_default();
        Self {
            name: cut(base.split('.').next().unwrap_or_default()),
            region: REGION.to_owned(),
            account: Account::default(),
            nodes: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
            ready: None,
            more: 0,
            beyond: 0,
            values: MOST_VALUES,
        }
    }

    /// Takes a design that is whole already, for files that hold one; what was added otherwise means nothing then.
    pub fn whole(&mut self, design: Design) {
        self.ready = Some(Box::new(design));
    }

    /// Names the design.
    pub fn name(&mut self, name: &str) {
        if !name.trim().is_empty() {
            self.name = cut(name);
        }
    }

    /// The name that the design has so far.
    pub fn title(&self) -> &str {
        &self.name
    }

    /// The AWS region that it is for.
    pub fn region(&mut self, region: &str) {
        self.region = cut(region);
    }

    /// The kind of account that it is for.
    pub fn account(&mut self, account: Account) {
        self.account = account;
    }

    /// Adds a node that the file speaks of on `line` (0 for none). Its name is made unique within its kind.
    pub fn add(&mut self, kind: Kind, name: &str, line: usize) -> Handle {
        if self.nodes.len() >= MOST_NODES {
            self.beyond += 1;
            // No node has this number: whatever is said of it is passed over, and told once.
            return Handle(usize::MAX);
        }
        self.nodes.push(NodePart {
            kind,
            name: cut(name),
            line,
            bare: false,
            id: None,
            inside: None,
            place: None,
            settings: Vec::new(),
            tags: Vec::new(),
        });
        Handle(self.nodes.len() - 1)
    }

    /// Sets a property of a node by its path in the manifest (`containers.0.image`; a position just behind the end of a list adds
    /// to it). What the model refuses becomes a note on `line`. Null leaves the property as it is.
    pub fn set(&mut self, node: Handle, path: impl Into<String>, value: impl Into<Json>, line: usize) {
        let value = value.into();
        if self.has_room_for(&value)
            && let Some(part) = self.nodes.get_mut(node.0)
        {
            part.settings.push(Setting { path: path.into(), value, line });
        }
    }

    fn has_room_for(&mut self, value: &Json) -> bool {
        match self.values.checked_sub(size(value)) {
            Some(left) => {
                self.values = left;
                true
            }
            None => {
                self.beyond += 1;
                false
            }
        }
    }

    /// The same for a link.
    pub fn set_link(&mut self, link: LinkHandle, path: impl Into<String>, value: impl Into<Json>, line: usize) {
        let value = value.into();
        if self.has_room_for(&value)
            && let Some(part) = self.links.get_mut(link.0)
        {
            part.settings.push(Setting { path: path.into(), value, line });
        }
    }

    /// Lets a node begin with what the manifest takes where nothing is said, for files that say all there is to say; else it begins
    /// as one that is drawn anew.
    pub fn bare(&mut self, node: Handle) {
        if let Some(part) = self.nodes.get_mut(node.0) {
            part.bare = true;
        }
    }

    /// The same for a link, which is then not fitted to its ends.
    pub fn bare_link(&mut self, link: LinkHandle) {
        if let Some(part) = self.links.get_mut(link.0) {
            part.bare = true;
        }
    }

    /// Adds a tag to a node.
    pub fn tag(&mut self, node: Handle, key: &str, value: &str) {
        if let Some(part) = self.nodes.get_mut(node.0) {
            part.tags.push((key.to_owned(), value.to_owned()));
        }
    }

    /// Links two nodes. Which kind of link it is follows from what they are; properties that fit them are taken first, what is set
    /// goes over them. A link that cannot be is a note.
    pub fn link(&mut self, from: Handle, to: Handle, line: usize) -> LinkHandle {
        if self.links.len() >= MOST_LINKS {
            self.beyond += 1;
            return LinkHandle(usize::MAX);
        }
        self.links.push(LinkPart { from, to, line, bare: false, id: None, settings: Vec::new() });
        LinkHandle(self.links.len() - 1)
    }

    /// Puts a node into a group.
    pub fn inside(&mut self, node: Handle, group: Handle) {
        if let Some(part) = self.nodes.get_mut(node.0) {
            part.inside = Some(group);
        }
    }

    /// Where a node lies; `size` for groups and notes alone. A draft of which each node has a place is not laid out.
    pub fn place(&mut self, node: Handle, x: i32, y: i32, size: Option<Size>) {
        if let Some(part) = self.nodes.get_mut(node.0) {
            part.place = Some((x, y, size));
        }
    }

    /// The id that a node had when Trazo wrote the file; it gets it if it can be one and is free.
    pub fn id(&mut self, node: Handle, id: &str) {
        if let Some(part) = self.nodes.get_mut(node.0) {
            part.id = Some(id.to_owned());
        }
    }

    /// The same for a link.
    pub fn link_id(&mut self, link: LinkHandle, id: &str) {
        if let Some(part) = self.links.get_mut(link.0) {
            part.id = Some(id.to_owned());
        }
    }

    /// The name that a node was given.
    pub fn name_of(&self, node: Handle) -> &str {
        self.nodes.get(node.0).map_or("", |part| &part.name)
    }

    /// The kind of a node.
    pub fn kind_of(&self, node: Handle) -> Option<Kind> {
        self.nodes.get(node.0).map(|part| part.kind)
    }

    /// Adds a note (`key` is the whole `import.note.…`) on a line, 0 for none. The same is noted once.
    pub fn note(&mut self, level: Level, key: &'static str, args: &[(&'static str, &str)], line: usize) {
        if self.notes.len() >= MOST_NOTES {
            self.more += 1;
            return;
        }
        let args = args.iter().map(|(place, text)| (*place, shown(text))).collect();
        let note = Note { level, key, args, line };
        // Alike ones come from values that an alias repeats, or from two looks at one value: close to each other.
        if !self.notes.iter().rev().take(200).any(|other| *other == note) {
            self.notes.push(note);
        }
    }

    /// Counts things that were left out since there were too many of them; they are told together.
    pub fn beyond(&mut self, count: usize) {
        self.beyond += count;
    }

    /// Notes that something is in the design in another form.
    pub fn kept(&mut self, key: &'static str, args: &[(&'static str, &str)], line: usize) {
        self.note(Level::Kept, key, args, line);
    }

    /// Notes that something was guessed.
    pub fn guessed(&mut self, key: &'static str, args: &[(&'static str, &str)], line: usize) {
        self.note(Level::Guessed, key, args, line);
    }

    /// Notes that something is not in the design.
    pub fn left(&mut self, key: &'static str, args: &[(&'static str, &str)], line: usize) {
        self.note(Level::Left, key, args, line);
    }

    /// The design, by the rules of the model.
    pub(super) fn finish(mut self, format: &'static str) -> Understood {
        if let Some(design) = self.ready.take() {
            return Understood { design: *design, notes: self.notes, format, placed: true };
        }
        let placed = !self.nodes.is_empty() && self.nodes.iter().all(|part| part.place.is_some());
        let design = self.build();
        if self.beyond > 0 {
            let count = self.beyond.to_string();
            self.notes.push(Note {
                level: Level::Left,
                key: "import.note.beyond",
                args: vec![("count", count)],
                line: 0,
            });
        }
        if self.more > 0 {
            let count = self.more.to_string();
            self.notes.push(Note {
                level: Level::Left,
                key: "import.note.more",
                args: vec![("count", count)],
                line: 0,
            });
        }
        Understood { design, notes: self.notes, format, placed }
    }
}

/// How many values a value is.
fn size(value: &Json) -> usize {
    match value {
        Json::Array(items) => items.iter().map(size).sum::<usize>() + 1,
        Json::Object(entries) => entries.values().map(size).sum::<usize>() + 1,
        _ => 1,
    }
}

/// A name as the design takes it.
fn cut(name: &str) -> String {
    name.trim().chars().filter(|sign| !sign.is_control()).take(LONGEST_NAME).collect()
}
