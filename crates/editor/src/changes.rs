//! What an input or a command has changed, so that whoever draws touches nothing else.

use trazo_model::{LinkId, NodeId, Phrase, Refusal, Target};

use crate::geometry::Point;

/// Everything that changed. A list may name what is not shown; what is not named is as it was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Whether the input meant something here: then the browser shall not act on it.
    pub handled: bool,
    /// Nodes to be shown from now on.
    pub nodes_shown: Vec<NodeId>,
    /// Nodes to be shown no longer.
    pub nodes_hidden: Vec<NodeId>,
    /// Links to be shown from now on.
    pub links_shown: Vec<LinkId>,
    /// Links to be shown no longer.
    pub links_hidden: Vec<LinkId>,
    /// Nodes that are at another place or of another size.
    pub nodes_moved: Vec<NodeId>,
    /// Links that take another way.
    pub links_routed: Vec<LinkId>,
    /// Nodes of which a field has another value, or that lie in another group.
    pub nodes_set: Vec<NodeId>,
    /// Links of which a field has another value.
    pub links_set: Vec<LinkId>,
    /// Nodes that are new in the document.
    pub nodes_added: Vec<NodeId>,
    /// Nodes that are no longer in the document.
    pub nodes_removed: Vec<NodeId>,
    /// Links that are new in the document.
    pub links_added: Vec<LinkId>,
    /// Links that are no longer in the document.
    pub links_removed: Vec<LinkId>,
    /// The document is another than before.
    pub document: bool,
    /// The order of painting is another.
    pub order: bool,
    /// What is selected now and was not.
    pub selected: Vec<Target>,
    /// What was selected and is not now.
    pub deselected: Vec<Target>,
    /// The viewport is another.
    pub viewport: bool,
    /// The level of detail is another.
    pub lod: bool,
    /// What is drawn as one picture has to be drawn anew.
    pub picture: bool,
    /// The tool is another.
    pub tool: bool,
    /// The pointer looks different.
    pub cursor: bool,
    /// The pointer is over something else.
    pub hover: bool,
    /// Something passing is drawn differently: frame of selection, draft of a link, guides, ghost, drop target.
    pub overlay: bool,
    /// Other nodes light up.
    pub lit: bool,
    /// What the application is asked to do.
    pub requests: Vec<Request>,
}

/// Something that only the application can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Put this text on the clipboard.
    Copy(String),
    /// Read the clipboard and call [`crate::Editor::paste`].
    Paste,
    /// Show the fields of an element.
    OpenInspector(Target),
    /// Let the name of a node be written.
    Rename(NodeId),
    /// Let the text of a note be written.
    EditNote(NodeId),
    /// Tell those who use a screen reader. An argument called `kind` holds the key of a kind, one called `tool` that of a tool,
    /// one called `what` that of an edit's text.
    Announce(Phrase),
    /// Tell why a link could not be drawn.
    Refused {
        /// The reason.
        reason: Refusal,
        /// Where the link would begin.
        from: NodeId,
        /// Where the link would end.
        to: NodeId,
    },
    /// Show the menu of what lies here, which is selected already.
    ContextMenu {
        /// Where on the screen.
        at: Point,
        /// What it is about; nothing for the canvas itself.
        target: Option<Target>,
    },
    /// Give the keyboard's focus to an element.
    Focus(Target),
}

impl Changes {
    /// Adds what happened later. What came and went in between may be named in both lists: the editor tells what is.
    pub fn merge(&mut self, later: Self) {
        fn join<T: PartialEq>(mine: &mut Vec<T>, later: Vec<T>) {
            for item in later {
                if !mine.contains(&item) {
                    mine.push(item);
                }
            }
        }
        /// Two lists that take each other back.
        fn exchange<T: PartialEq>(came: &mut Vec<T>, went: &mut Vec<T>, comes: Vec<T>, goes: Vec<T>) {
            came.retain(|item| !goes.contains(item));
            went.retain(|item| !comes.contains(item));
            join(went, goes);
            join(came, comes);
        }
        exchange(&mut self.nodes_shown, &mut self.nodes_hidden, later.nodes_shown, later.nodes_hidden);
        exchange(&mut self.links_shown, &mut self.links_hidden, later.links_shown, later.links_hidden);
        exchange(&mut self.nodes_added, &mut self.nodes_removed, later.nodes_added, later.nodes_removed);
        exchange(&mut self.links_added, &mut self.links_removed, later.links_added, later.links_removed);
        exchange(&mut self.selected, &mut self.deselected, later.selected, later.deselected);
        join(&mut self.nodes_moved, later.nodes_moved);
        join(&mut self.links_routed, later.links_routed);
        join(&mut self.nodes_set, later.nodes_set);
        join(&mut self.links_set, later.links_set);
        self.handled |= later.handled;
        self.document |= later.document;
        self.order |= later.order;
        self.viewport |= later.viewport;
        self.lod |= later.lod;
        self.picture |= later.picture;
        self.tool |= later.tool;
        self.cursor |= later.cursor;
        self.hover |= later.hover;
        self.overlay |= later.overlay;
        self.lit |= later.lit;
        self.requests.extend(later.requests);
    }

    /// Whether nothing has changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { handled: self.handled, ..Self::default() }
    }

    pub(crate) fn announce(&mut self, phrase: Phrase) {
        self.requests.push(Request::Announce(phrase));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(came: &[&str], went: &[&str]) -> Changes {
        let ids = |list: &[&str]| list.iter().map(|id| NodeId::new(id)).collect();
        Changes { nodes_shown: ids(came), nodes_hidden: ids(went), ..Changes::default() }
    }

    #[test]
    fn what_went_and_came_back_has_been_shown_anew() {
        let mut all = shown(&["a"], &["b"]);
        all.merge(shown(&["b", "c"], &["a"]));
        assert_eq!(all, shown(&["b", "c"], &["a"]));
    }

    #[test]
    fn nothing_is_empty_even_if_it_was_handled() {
        assert!(Changes { handled: true, ..Changes::default() }.is_empty());
        assert!(!Changes { viewport: true, ..Changes::default() }.is_empty());
    }
}
