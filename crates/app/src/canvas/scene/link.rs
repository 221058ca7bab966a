//! One link on the canvas: its line, its arrow head, its label.

use leptos::wasm_bindgen::JsCast;
use trazo_editor::geometry::Point;
use trazo_editor::path::LabelPlace;
use trazo_model::{Design, Link};
use web_sys::{CssStyleDeclaration, Element, HtmlElement};

use super::describe;
use super::dom::{copy, flag, make, number, px, set, style};
use super::fit::{Fit, Room};
use super::node::{deploy, mark};
use super::tally::Tally;

/// How long an arrow head is, and half as wide, in world units.
const HEAD: (f64, f64) = (7.0, 4.5);

/// The room for words changes by so many units.
const STEP: f64 = 12.0;

/// The elements from which links and their labels are copied.
pub(super) struct Templates {
    line: Element,
    label: Element,
}

impl Templates {
    pub(super) fn new() -> Option<Self> {
        // Parsed inside `svg`, so that the parser knows the element for what it is. One path holds line and head: what has
        // fewer elements is moved faster. What the pointer is at is the editor's to know, so nothing wider lies below.
        let line = make("<svg><path class=\"link\" role=\"group\" tabindex=\"-1\"/></svg>")?;
        let label = make(
            "<span class=\"link-label\" aria-hidden=\"true\"><span class=\"link-tab\"><span class=\"link-words\"></span><span class=\"mark\" hidden></span></span></span>",
        )?;
        Some(Self { line: line.first_element_child()?, label })
    }
}

/// Whether so little is left of a text that it says nothing.
fn is_stump(text: &str) -> bool {
    text.strip_suffix('…').is_some_and(|left| left.chars().count() < 3)
}

/// A link's elements and what they say now.
pub(super) struct LinkView {
    pub(super) element: Element,
    pub(super) label: HtmlElement,
    label_style: CssStyleDeclaration,
    words: Element,
    mark: Element,
    said: (String, String, Tally),
    /// How wide its words may be.
    room: f64,
}

impl LinkView {
    pub(super) fn new(templates: &Templates) -> Option<Self> {
        let element = copy(&templates.line)?;
        let label: HtmlElement = copy(&templates.label)?.dyn_into().ok()?;
        let words = label.first_element_child()?.first_element_child()?;
        let mark = words.next_element_sibling()?;
        flag(&label, "hidden", true);
        Some(Self {
            label_style: label.style(),
            element,
            label,
            words,
            mark,
            said: (String::new(), String::new(), Tally::default()),
            room: 0.0,
        })
    }

    /// Writes what the link says, as far as it is not said already.
    pub(super) fn say(&mut self, design: &Design, link: &Link, tally: Tally, fit: &Fit) {
        let words = describe::link_line(design, link);
        let label = describe::link_label(design, link, &words, tally);
        if self.said.1 != label {
            set(&self.element, "aria-label", &label);
            self.said.1 = label;
        }
        if self.said.0 != words || self.said.2 != tally {
            mark(&self.mark, tally);
            deploy(&self.element, tally);
            let severity = tally.worst().map_or("", |(severity, _)| severity.key());
            set(&self.element, "data-severity", severity);
            (self.said.0, self.said.2) = (words, tally);
            self.write_words(fit);
        }
    }

    /// Writes as much of its words as there is room for; what is left of them may be too little to be read.
    fn write_words(&self, fit: &Fit) {
        let shown = fit.fit(&self.said.0, Room::Words(self.room));
        let shown = if is_stump(&shown) { "" } else { &*shown };
        self.words.set_text_content(Some(shown));
        flag(&self.label, "hidden", shown.is_empty() && self.said.2.worst().is_none());
    }

    pub(super) fn name(&self, id: &str) {
        set(&self.element, "data-link", id);
        set(&self.label, "data-label-of", id);
    }

    /// Draws its way anew; `d` is its line, to which the head is added.
    pub(super) fn draw(&mut self, mut d: String, points: &[Point], label: Option<LabelPlace>, fit: &Fit) {
        head(&mut d, points);
        set(&self.element, "d", &d);
        let Some(LabelPlace { at, room }) = label else { return };
        // The label is a point around which its words are centred: see `NodeView::place`.
        style(&self.label_style, "left", &px(at.x.round()));
        style(&self.label_style, "top", &px(at.y.round()));
        // In steps, so that a drag does not measure in each frame.
        let room = (room / STEP).floor() * STEP;
        let is_other = room != self.room;
        self.room = room;
        if is_other && !self.said.0.is_empty() {
            self.write_words(fit);
        }
    }

    pub(super) fn set_selected(&self, on: bool) {
        flag(&self.element, "data-selected", on);
        flag(&self.label, "data-selected", on);
        if on {
            set(&self.element, "aria-current", "true");
        } else {
            let _ = self.element.remove_attribute("aria-current");
        }
    }

    /// Whether a selected node is at one of its ends.
    pub(super) fn set_near(&self, on: bool) {
        flag(&self.element, "data-near", on);
    }

    /// Whether the pointer is at it.
    pub(super) fn set_hovered(&self, on: bool) {
        flag(&self.element, "data-hover", on);
    }

    pub(super) fn remove(&self) {
        self.element.remove();
        self.label.remove();
    }
}

/// Adds the head of an arrow at the end of a way: two strokes that meet at its tip.
pub(super) fn head(d: &mut String, points: &[Point]) {
    let [.., before, tip] = points else { return };
    let length = before.distance(*tip);
    if length < 0.01 {
        return;
    }
    let (ux, uy) = ((tip.x - before.x) / length, (tip.y - before.y) / length);
    let back = tip.moved(-ux * HEAD.0, -uy * HEAD.0);
    let corners = [back.moved(-uy * HEAD.1, ux * HEAD.1), *tip, back.moved(uy * HEAD.1, -ux * HEAD.1)];
    for (letter, corner) in ['M', 'L', 'L'].into_iter().zip(corners) {
        d.push(letter);
        number(d, corner.x, 1);
        d.push(' ');
        number(d, corner.y, 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_points_where_the_link_ends() {
        let mut d = String::new();
        head(&mut d, &[Point::new(0.0, 0.0), Point::new(40.0, 0.0)]);
        assert_eq!(d, "M33 4.5L40 0L33 -4.5");
    }

    #[test]
    fn a_link_without_length_has_no_head() {
        let mut d = String::new();
        head(&mut d, &[Point::new(1.0, 1.0), Point::new(1.0, 1.0)]);
        assert_eq!(d, "");
    }
}
