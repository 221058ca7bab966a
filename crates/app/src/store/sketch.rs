//! A small drawing of a design: frames, cards and lines, without a word. Kept beside each design, so that a list of designs
//! can show them without reading them.

use std::fmt::Write;

use trazo_model::{CARD, Design, Kind, Shape};

/// More nodes than can be told apart at this size are left out.
const MOST: usize = 80;

/// One shape, in world units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) kind: Kind,
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) w: i32,
    pub(crate) h: i32,
}

/// The drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sketch {
    /// Frames first, the outer before the inner.
    pub(crate) parts: Vec<Part>,
    /// From part to part.
    pub(crate) lines: Vec<(usize, usize)>,
}

impl Sketch {
    /// The drawing of a design.
    pub(crate) fn of(design: &Design) -> Self {
        let mut nodes: Vec<_> = design.nodes().take(MOST).collect();
        trazo_model::sort::sort_by_key(&mut nodes, |node| match node.kind().shape() {
            Shape::Group => design.ancestors(&node.id).count(),
            Shape::Card | Shape::Note => usize::MAX,
        });
        let parts = nodes.iter().map(|node| {
            let size = node.place.size.unwrap_or(CARD);
            Part { kind: node.kind(), x: node.place.x, y: node.place.y, w: size.w, h: size.h }
        });
        let parts = parts.collect();
        let place = |id| nodes.iter().position(|node| &node.id == id);
        let lines = design.links().filter_map(|link| Some((place(&link.from)?, place(&link.to)?))).collect();
        Self { parts, lines }
    }

    /// The drawing as a short text. It is kept in storage: what [`Sketch::read`] cannot read is no drawing, and no harm.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        for Part { kind, x, y, w, h } in &self.parts {
            // Writing to a string does not fail.
            let _ = write!(out, "{} {x} {y} {w} {h};", kind.key());
        }
        for (from, to) in &self.lines {
            let _ = write!(out, "line {from} {to};");
        }
        out
    }

    /// The drawing that a text tells.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut sketch = Self::default();
        for item in text.split_terminator(';') {
            let words: Vec<&str> = item.split(' ').collect();
            match words[..] {
                ["line", from, to] => sketch.lines.push((from.parse().ok()?, to.parse().ok()?)),
                [kind, x, y, w, h] => sketch.parts.push(Part {
                    kind: Kind::from_key(kind)?,
                    x: x.parse().ok()?,
                    y: y.parse().ok()?,
                    w: w.parse().ok()?,
                    h: h.parse().ok()?,
                }),
                _ => return None,
            }
        }
        let last = sketch.parts.len();
        sketch.lines.retain(|&(from, to)| from < last && to < last);
        Some(sketch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_can_be_drawn_and_its_drawing_kept() {
        for template in trazo_formats::templates::ALL {
            let design = template.design().unwrap();
            let sketch = Sketch::of(&design);
            assert_eq!(sketch.parts.len(), design.nodes().len(), "{}", template.key);
            assert_eq!(sketch.lines.len(), design.links().len(), "{}", template.key);
            assert_eq!(Sketch::read(&sketch.text()).as_ref(), Some(&sketch), "{}", template.key);
            assert_eq!(template.sketch, sketch.text(), "what the build makes of {}", template.key);
        }
    }

    #[test]
    fn frames_come_before_what_lies_in_them() {
        for template in trazo_formats::templates::ALL {
            let sketch = Sketch::of(&template.design().unwrap());
            let is_frame = |part: &Part| part.kind.shape() == Shape::Group;
            assert!(sketch.parts.is_sorted_by_key(|part| !is_frame(part)), "{}", template.key);
        }
    }

    #[test]
    fn a_text_that_is_no_drawing_is_none() {
        for text in ["service 0 0 1;", "cloud 0 0 1 1;", "service 0 0 a 1;", "line 0;", "<svg onload=x>"] {
            assert_eq!(Sketch::read(text), None, "{text}");
        }
        let dangling = Sketch::read("service 0 0 8 8;line 0 4;line 0 0;").unwrap();
        assert_eq!(dangling.lines, [(0, 0)]);
        assert_eq!(Sketch::read(""), Some(Sketch::default()));
    }
}
