//! Text that is cut to the room that it has.
//!
//! CSS could do it, but clips each text, and a hundred clipped texts cost more in each frame than all else that is drawn.

use std::borrow::Cow;

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// A place for text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Room {
    /// The name on a card.
    Name,
    /// The line below it.
    Line,
    /// The words of a link, with how wide they may be.
    Words(f64),
}

impl Room {
    /// The font, and how wide the text may be in pixels: as `card.css` and `link.css` have it, with a little to spare.
    fn measures(self) -> (&'static str, f64) {
        match self {
            Self::Name => ("600 13px system-ui, sans-serif", 124.0),
            Self::Line => ("400 12px system-ui, sans-serif", 124.0),
            Self::Words(width) => ("400 11px system-ui, sans-serif", width),
        }
    }
}

/// Measures text.
pub(super) struct Fit {
    context: CanvasRenderingContext2d,
}

impl Fit {
    pub(super) fn new() -> Option<Self> {
        let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        Some(Self { context: canvas.get_context("2d").ok()??.dyn_into().ok()? })
    }

    /// As much of `text` as there is room for.
    pub(super) fn fit<'a>(&self, text: &'a str, room: Room) -> Cow<'a, str> {
        let (font, width) = room.measures();
        // Hardly a letter is wider than its font is high: short texts need no measuring.
        if text.len() as f64 * 13.0 <= width {
            return Cow::Borrowed(text);
        }
        self.context.set_font(font);
        cut(text, &|part| self.context.measure_text(part).is_ok_and(|measured| measured.width() <= width))
    }
}

/// The longest beginning of `text` that fits with an ellipsis, or all of it.
fn cut<'a>(text: &'a str, fits: &dyn Fn(&str) -> bool) -> Cow<'a, str> {
    if fits(text) {
        return Cow::Borrowed(text);
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let cut_at = |n: usize| format!("{}…", ends.get(n).map_or(text, |end| &text[..*end]).trim_end());
    let (mut low, mut high) = (0, ends.len());
    while low + 1 < high {
        let middle = low.midpoint(high);
        if fits(&cut_at(middle)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Cow::Owned(cut_at(low))
}

/// A name in one line of so many letters, or in two where there is room for them, broken where it can be read.
pub(super) fn in_lines(name: &str, letters: usize, two: bool) -> [Cow<'_, str>; 2] {
    let short = |text: &'_ str| cut(text, &|part| part.chars().count() <= letters).into_owned();
    let Some((end, _)) = name.char_indices().nth(letters) else { return [Cow::Borrowed(name), Cow::Borrowed("")] };
    if !two {
        return [Cow::Owned(short(name)), Cow::Borrowed("")];
    }
    let at = name[..end].rfind([' ', '-', '_', '.', '/', '\n']).map_or(end, |at| at + 1);
    [Cow::Borrowed(name[..at].trim_end()), Cow::Owned(short(name[at..].trim_start()))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_to(text: &str, letters: usize) -> String {
        cut(text, &|part| part.chars().count() <= letters).into_owned()
    }

    #[test]
    fn what_fits_is_left_alone() {
        assert_eq!(cut_to("tienda", 6), "tienda");
    }

    #[test]
    fn a_long_name_is_broken_where_it_can_be_read() {
        assert_eq!(in_lines("catalogo", 10, true), ["catalogo", ""]);
        assert_eq!(in_lines("tienda-ejecucion", 10, true), ["tienda-", "ejecucion"]);
        assert_eq!(in_lines("tienda-ejecucion", 10, false), ["tienda-ej…", ""]);
        assert_eq!(in_lines("añoañoañoaño", 5, true), ["añoañ", "oaño…"]);
        assert_eq!(in_lines("", 0, true), ["", ""]);
        assert_eq!(in_lines("ab", 0, true), ["", "…"]);
    }

    #[test]
    fn what_does_not_fit_ends_with_an_ellipsis() {
        assert_eq!(cut_to("catálogo-público", 9), "catálogo…");
        assert_eq!(cut_to("2 tareas · 1 GB", 10), "2 tareas…");
        assert_eq!(cut_to("abc", 0), "…");
    }
}
