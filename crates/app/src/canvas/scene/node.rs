//! One node on the canvas: a card, a group or a note.

use std::borrow::Cow;

use leptos::wasm_bindgen::JsCast;
use trazo_editor::geometry::Rect;
use trazo_model::{Design, Kind, LinkKind, Node, Shape};
use web_sys::{CssStyleDeclaration, Element, HtmlElement};

use super::describe;
use super::dom::{copy, flag, make, px, set, style};
use super::fit::{Fit, Room};
use super::glyphs;
use super::tally::Tally;

/// The element from which those of a kind are copied: cloning is several times faster than building.
pub(super) fn template(kind: Kind) -> Option<Element> {
    let spec = kind.spec();
    let (key, family) = (spec.key, spec.family.key());
    let shell = |class: &str, inner: &str| {
        format!(
            "<div class=\"node {class} fam-{family}\" role=\"group\" tabindex=\"-1\" data-kind=\"{key}\">{inner}</div>"
        )
    };
    let glyph = "<i class=\"node-glyph\"></i>";
    let text = "<span class=\"node-name\"></span><span class=\"node-line\"></span>";
    let mark = "<span class=\"mark\" hidden></span>";
    let template = make(&match spec.shape {
        Shape::Card => {
            let ports = format!("{}{}", port(takes_links(kind), "in"), port(!spec.links.is_empty(), "out"));
            shell("card", &format!("{glyph}<span class=\"card-text\">{text}</span>{mark}{ports}"))
        }
        Shape::Group => shell("group", &format!("<div class=\"group-tab\">{glyph}{text}{mark}</div>")),
        Shape::Note => shell("note", &format!("<span class=\"node-name\"></span>{mark}")),
    })?;
    if let Some(glyph) = template.get_elements_by_class_name("node-glyph").item(0) {
        let glyph: HtmlElement = glyph.unchecked_into();
        style(&glyph.style(), "background-image", &format!("var({})", glyphs::variable(kind)));
    }
    Some(template)
}

fn port(is_there: bool, side: &str) -> String {
    if is_there {
        format!("<span class=\"port\" data-port=\"{side}\" aria-hidden=\"true\"></span>")
    } else {
        String::new()
    }
}

fn takes_links(kind: Kind) -> bool {
    LinkKind::ALL.iter().any(|link| link.spec().to == kind)
}

/// A node's element and what it says now.
pub(super) struct NodeView {
    pub(super) element: HtmlElement,
    pub(super) kind: Kind,
    style: CssStyleDeclaration,
    name: Element,
    line: Option<Element>,
    mark: Element,
    said: Said,
    size: (f64, f64),
}

/// What an element says, to write only what has changed.
#[derive(Default, PartialEq)]
struct Said {
    id: String,
    name: String,
    line: String,
    label: String,
    role: String,
    tally: Tally,
}

impl NodeView {
    /// A view from a kind's template.
    pub(super) fn new(kind: Kind, template: &Element) -> Option<Self> {
        let element: HtmlElement = copy(template)?.dyn_into().ok()?;
        let part = |class: &str| element.get_elements_by_class_name(class).item(0);
        Some(Self {
            kind,
            style: element.style(),
            name: part("node-name")?,
            line: part("node-line"),
            mark: part("mark")?,
            element,
            said: Said::default(),
            size: (0.0, 0.0),
        })
    }

    /// Writes what the node says, as far as it is not said already.
    pub(super) fn say(&mut self, design: &Design, node: &Node, tally: Tally, fit: &Fit) {
        let line = describe::node_line(design, node);
        let label = describe::node_label(design, node, &line, tally);
        if self.said.id != node.id.as_str() {
            set(&self.element, "data-node", node.id.as_str());
            node.id.as_str().clone_into(&mut self.said.id);
        }
        let name = describe::shown_name(node);
        if self.said.name != name {
            self.name.set_text_content(Some(&self.fitting(name, Room::Name, fit)));
            name.clone_into(&mut self.said.name);
        }
        if self.said.line != line {
            if let Some(element) = &self.line {
                element.set_text_content(Some(&self.fitting(&line, Room::Line, fit)));
            }
            self.said.line = line;
        }
        if self.said.label != label {
            set(&self.element, "aria-label", &label);
            self.said.label = label;
        }
        let role = describe::kind_name(node);
        if self.said.role != role {
            set(&self.element, "aria-roledescription", &role);
            self.said.role = role;
        }
        if self.said.tally != tally {
            mark(&self.mark, tally);
            deploy(&self.element, tally);
            self.said.tally = tally;
        }
    }

    /// What there is room for on a card; groups and notes cut their text by CSS, there are few of them.
    fn fitting<'a>(&self, text: &'a str, room: Room, fit: &Fit) -> Cow<'a, str> {
        if self.kind.spec().shape == Shape::Card { fit.fit(text, room) } else { Cow::Borrowed(text) }
    }

    /// Moves it; writes the size of those that have one of their own.
    ///
    /// By `left` and `top`: with a transform each card would be drawn as a chunk of its own, and arranging a hundred chunks
    /// into layers costs the browser more in each frame than laying out the one card that moves.
    pub(super) fn place(&mut self, rect: Rect) {
        style(&self.style, "left", &px(rect.x));
        style(&self.style, "top", &px(rect.y));
        if self.size != (rect.w, rect.h) && self.kind.spec().shape != Shape::Card {
            style(&self.style, "width", &px(rect.w));
            style(&self.style, "height", &px(rect.h));
            self.size = (rect.w, rect.h);
        }
    }

    /// Inner groups lie over outer ones.
    pub(super) fn raise(&self, depth: usize) {
        style(&self.style, "z-index", &depth.to_string());
    }

    pub(super) fn set_selected(&self, on: bool) {
        flag(&self.element, "data-selected", on);
        if on {
            set(&self.element, "aria-current", "true");
        } else {
            let _ = self.element.remove_attribute("aria-current");
        }
    }

    /// Forgets the states of the node that it showed, so that it can show another.
    pub(super) fn rest(&self) {
        self.set_selected(false);
        for state in ["data-lit", "data-drop", "data-editing"] {
            flag(&self.element, state, false);
        }
        if let Some(field) = self.element.get_elements_by_class_name("inplace").item(0) {
            field.remove();
        }
    }
}

/// Shows how far the deployment has come: the style sheet draws it.
pub(super) fn deploy(element: &Element, tally: Tally) {
    match tally.progress() {
        Some(progress) => set(element, "data-deploy", progress.key()),
        None => flag(element, "data-deploy", false),
    }
}

/// Shows the worst severity and how often it occurs.
pub(super) fn mark(element: &Element, tally: Tally) {
    flag(element, "hidden", tally.worst().is_none());
    if let Some((severity, n)) = tally.worst() {
        set(element, "data-severity", severity.key());
        element.set_text_content(Some(&n.to_string()));
        let all: Vec<String> = describe::problems(tally).collect();
        set(element, "title", &all.join(", "));
    }
}
