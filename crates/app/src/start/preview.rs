//! A sketch drawn: frames, cards with their glyphs, lines at right angles.

use leptos::prelude::*;
use trazo_model::{Kind, Shape};

use super::squeeze::Squeeze;
use crate::glyph;
use crate::store::{Part, Sketch};

/// Empty space around the drawing, in its own units, of which a card is 110 wide.
const MARGIN: f64 = 24.0;
/// The least that is shown, so that one card alone does not fill the picture.
const LEAST: (f64, f64) = (420.0, 210.0);

/// A part where it comes to lie in the drawing.
#[derive(Clone, Copy)]
struct Laid {
    kind: Kind,
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

/// A drawing. What it shows is named beside it.
pub(crate) fn drawing(sketch: &Sketch) -> AnyView {
    let laid = lay(&sketch.parts);
    let lines = sketch.lines.iter().filter_map(|&(from, to)| Some(way(laid.get(from)?, laid.get(to)?)));
    let lines = lines.map(|path| view! { <path class="sketch-line" d=path /> }.into_any());
    let is_frame = |part: &&Laid| part.kind.shape() == Shape::Group;
    let frames = laid.iter().filter(is_frame).map(frame);
    let cards = laid.iter().filter(|part| part.kind.shape() == Shape::Card).map(card);
    let mut all: Vec<AnyView> = frames.chain(lines).chain(cards).collect();
    if all.is_empty() {
        all.push(view! { <rect class="sketch-empty" x="-55" y="-36" width="110" height="72" rx="12" /> }.into_any());
    }
    view! { <svg class="sketch" viewBox=extent(&laid) aria-hidden="true">{all}</svg> }.into_any()
}

fn lay(parts: &[Part]) -> Vec<Laid> {
    let cards = || parts.iter().filter(|part| part.kind.shape() == Shape::Card);
    let across = Squeeze::new(cards().map(|part| (part.x, part.x.saturating_add(part.w))), 0.55, 52.0);
    let down = Squeeze::new(cards().map(|part| (part.y, part.y.saturating_add(part.h))), 1.0, 44.0);
    let one = |&Part { kind, x, y, w, h }: &Part| {
        let (left, top) = (across.at(x), down.at(y));
        let (right, bottom) = (across.at(x.saturating_add(w)), down.at(y.saturating_add(h)));
        Laid { kind, x: left, y: top, w: (right - left).max(1.0), h: (bottom - top).max(1.0) }
    };
    parts.iter().map(one).collect()
}

/// The part that is shown: everything but notes.
fn extent(laid: &[Laid]) -> String {
    let shown = || laid.iter().filter(|part| part.kind.shape() != Shape::Note);
    let least = |of: fn(&Laid) -> f64| shown().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&Laid) -> f64| shown().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (left, right) = (least(|part| part.x), most(|part| part.x + part.w));
    let (top, bottom) = (least(|part| part.y), most(|part| part.y + part.h));
    let (left, right, top, bottom) = if left.is_finite() { (left, right, top, bottom) } else { (0.0, 0.0, 0.0, 0.0) };
    let (w, h) = (right - left + 2.0 * MARGIN, bottom - top + 2.0 * MARGIN);
    let (wide, high) = (w.max(LEAST.0), h.max(LEAST.1));
    let (x, y) = (left - MARGIN - (wide - w) / 2.0, top - MARGIN - (high - h) / 2.0);
    format!("{x:.1} {y:.1} {wide:.1} {high:.1}")
}

fn frame(&Laid { kind, x, y, w, h }: &Laid) -> AnyView {
    view! {
        <g class=glyph::family_class(kind)>
            <rect class="sketch-frame" x=x y=y width=w height=h rx="12" />
            <rect class="sketch-tab" x=x + 12.0 y=y - 5.0 width=(w / 3.0).clamp(20.0, 48.0) height="10" rx="5" />
        </g>
    }
    .into_any()
}

fn card(&Laid { kind, x, y, w, h }: &Laid) -> AnyView {
    let middle = y + h / 2.0;
    view! {
        <g class=glyph::family_class(kind)>
            <rect class="sketch-card" x=x y=y width=w height=h rx="10" />
            <rect class="sketch-chip" x=x + 10.0 y=middle - 20.0 width="40" height="40" rx="9" />
            <path
                class="sketch-glyph"
                transform=format!("translate({:.1} {:.1}) scale(1.25)", x + 15.0, middle - 15.0)
                d=glyph::path(kind)
            />
            <rect class="sketch-name" x=x + 58.0 y=middle - 11.0 width=(w - 70.0).max(12.0) height="8" rx="4" />
            <rect class="sketch-words" x=x + 58.0 y=middle + 4.0 width=(w - 80.0).max(10.0) height="7" rx="3.5" />
        </g>
    }
    .into_any()
}

/// A way at right angles, from side to side where there is room between, else from below to above.
fn way(from: &Laid, to: &Laid) -> String {
    let (fx, fy) = (from.x + from.w / 2.0, from.y + from.h / 2.0);
    let (tx, ty) = (to.x + to.w / 2.0, to.y + to.h / 2.0);
    let level = |a: f64, b: f64| format!("M{a:.1} {fy:.1}H{:.1}V{ty:.1}H{b:.1}", a.midpoint(b));
    if to.x >= from.x + from.w {
        level(from.x + from.w, to.x)
    } else if to.x + to.w <= from.x {
        level(from.x, to.x + to.w)
    } else {
        let (a, b) = if ty > fy { (from.y + from.h, to.y) } else { (from.y, to.y + to.h) };
        format!("M{fx:.1} {a:.1}V{:.1}H{tx:.1}V{b:.1}", a.midpoint(b))
    }
}
