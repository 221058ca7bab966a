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
        nodes.sort_by_key(|node| match node.kind().spec().shape {
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
            let _ = write!(out, "{} {x} {y} {w} {h};", kind.spec().key);
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
