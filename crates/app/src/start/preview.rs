//! A sketch drawn: frames, cards with their glyphs, lines at right angles.

use leptos::prelude::*;
use trazo_model::Shape;

use crate::glyph;
use crate::store::{Part, Sketch};

/// Empty space around the drawing, in world units.
const MARGIN: i32 = 28;
/// A drawing is never shown larger than this part of the world.
const LEAST: (i32, i32) = (560, 280);

/// A drawing. What it shows is named beside it. `whole`: all of it is to be seen, not only its beginning.
pub(super) fn drawing(sketch: &Sketch, whole: bool) -> impl IntoView + use<> {
    let lines = sketch.lines.iter().filter_map(|&(from, to)| Some(way(sketch.parts.get(from)?, sketch.parts.get(to)?)));
    let lines = lines.map(|path| view! { <path class="sketch-line" d=path /> }.into_any());
    let is_frame = |part: &&Part| part.kind.spec().shape == Shape::Group;
    let frames = sketch.parts.iter().filter(is_frame).map(shape);
    let cards = sketch.parts.iter().filter(|part| !is_frame(part)).map(shape);
    let all: Vec<AnyView> = frames.chain(lines).chain(cards).collect();
    let fit = if whole { "xMidYMid meet" } else { "xMinYMid slice" };
    view! { <svg class="sketch" viewBox=frame(sketch) preserveAspectRatio=fit aria-hidden="true">{all}</svg> }
}

/// The part of the world that is shown.
fn frame(sketch: &Sketch) -> String {
    let left = sketch.parts.iter().map(|part| part.x).min().unwrap_or(0);
    let top = sketch.parts.iter().map(|part| part.y).min().unwrap_or(0);
    let right = sketch.parts.iter().map(|part| part.x.saturating_add(part.w)).max().unwrap_or(0);
    let bottom = sketch.parts.iter().map(|part| part.y.saturating_add(part.h)).max().unwrap_or(0);
    let (w, h) = (right.saturating_sub(left) + 2 * MARGIN, bottom.saturating_sub(top) + 2 * MARGIN);
    let (wide, high) = (w.max(LEAST.0), h.max(LEAST.1));
    format!("{} {} {wide} {high}", left - MARGIN - (wide - w) / 2, top - MARGIN - (high - h) / 2)
}

fn shape(part: &Part) -> AnyView {
    let &Part { kind, x, y, w, h } = part;
    let family = glyph::family_class(kind);
    match kind.spec().shape {
        Shape::Group => view! {
            <g class=family>
                <rect class="sketch-frame" x=x y=y width=w height=h rx="14" />
                <rect class="sketch-tab" x=x + 16 y=y - 8 width=(w / 3).clamp(48, 96) height="16" rx="8" />
            </g>
        }
        .into_any(),
        Shape::Note => view! { <rect class="sketch-note" x=x y=y width=w height=h rx="6" /> }.into_any(),
        Shape::Card => view! {
            <g class=family>
                <rect class="sketch-card" x=x y=y width=w height=h rx="12" />
                <rect class="sketch-chip" x=x + 12 y=y + h / 2 - 22 width="44" height="44" rx="10" />
                <path class="sketch-glyph" transform=format!("translate({} {}) scale(1.333)", x + 18, y + h / 2 - 16) d=glyph::path(kind) />
                <rect class="sketch-name" x=x + 68 y=y + h / 2 - 13 width=w / 2 - 20 height="9" rx="4.5" />
                <rect class="sketch-words" x=x + 68 y=y + h / 2 + 5 width=w / 2 + 4 height="7" rx="3.5" />
            </g>
        }
        .into_any(),
    }
}

/// A way at right angles, from side to side where there is room between, else from below to above.
fn way(from: &Part, to: &Part) -> String {
    let (fx, fy) = (from.x + from.w / 2, from.y + from.h / 2);
    let (tx, ty) = (to.x + to.w / 2, to.y + to.h / 2);
    if to.x >= from.x + from.w {
        let (a, b) = (from.x + from.w, to.x);
        format!("M{a} {fy}H{}V{ty}H{b}", i32::midpoint(a, b))
    } else if to.x + to.w <= from.x {
        let (a, b) = (from.x, to.x + to.w);
        format!("M{a} {fy}H{}V{ty}H{b}", i32::midpoint(a, b))
    } else {
        let (a, b) = if ty > fy { (from.y + from.h, to.y) } else { (from.y, to.y + to.h) };
        format!("M{fx} {a}V{}H{tx}V{b}", i32::midpoint(a, b))
    }
}
