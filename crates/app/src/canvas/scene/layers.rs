//! The layers of the canvas: the grid of dots, and the world with groups, links, labels and cards in it.

use std::cell::Cell;

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use trazo_editor::viewport::Viewport;
use web_sys::{Element, HtmlElement};

use super::dom::{flag, make, make_html, number, style, translate};

/// Distance of the grid's dots in its own pixels; on the screen it is between this and half of it.
const DOTS: f64 = 32.0;
/// Distance of dots in the world at 100 %.
const GRID: f64 = 32.0;

/// Below this zoom the words of links cannot be read, and are left out.
const WORDS: f64 = 0.6;

pub(super) struct Layers {
    pub(super) grid: HtmlElement,
    pub(super) world: HtmlElement,
    pub(super) groups: Element,
    pub(super) links: Element,
    pub(super) labels: Element,
    pub(super) cards: Element,
    moving: Cell<bool>,
    seen: Cell<Viewport>,
    far: Cell<bool>,
}

impl Layers {
    pub(super) fn new() -> Option<Self> {
        let world = make_html(
            "<div class=\"world\"><div class=\"layer\"></div><svg class=\"layer-links\"></svg><div class=\"layer layer-labels\"></div><div class=\"layer\"></div></div>",
        )?;
        let groups = world.first_element_child()?;
        let links = groups.next_element_sibling()?;
        let labels = links.next_element_sibling()?;
        let cards = labels.next_element_sibling()?;
        let grid = make("<div class=\"grid\" aria-hidden=\"true\"></div>")?.dyn_into().ok()?;
        Some(Self {
            grid,
            world,
            groups,
            links,
            labels,
            cards,
            moving: Cell::new(false),
            seen: Cell::new(Viewport::default()),
            far: Cell::new(false),
        })
    }

    /// Shows the world as `view` sees it: one transform, and one for the dots.
    pub(super) fn look(&self, view: Viewport) {
        if !self.moving.replace(true) {
            self.mark_moving(true);
        }
        if (view.zoom < WORDS) != self.far.replace(view.zoom < WORDS) {
            flag(&self.world, "data-far", view.zoom < WORDS);
        }
        let zooming = self.seen.replace(view).zoom != view.zoom;
        // Whole pixels keep text sharp; while zooming they would make it tremble.
        let (x, y) = if zooming { (view.x, view.y) } else { (view.x.round(), view.y.round()) };
        let mut transform = String::with_capacity(64);
        translate(&mut transform, x, y);
        transform.push_str(" scale(");
        number(&mut transform, view.zoom, 5);
        transform.push(')');
        style(&self.world.style(), "transform", &transform);
        self.move_grid(x, y, view.zoom);
    }

    /// The dots are one picture that repeats, so that moving it by less than one repetition is enough.
    fn move_grid(&self, x: f64, y: f64, zoom: f64) {
        let mut step = GRID * zoom;
        while step < DOTS / 2.0 {
            step *= 2.0;
        }
        while step > DOTS {
            step /= 2.0;
        }
        let mut transform = String::with_capacity(64);
        translate(&mut transform, x.rem_euclid(step) - step, y.rem_euclid(step) - step);
        transform.push_str(" scale(");
        number(&mut transform, step / DOTS, 5);
        transform.push(')');
        style(&self.grid.style(), "transform", &transform);
    }

    /// The view has come to rest: the browser may draw the world anew at its scale, which makes text sharp.
    pub(super) fn settle(&self) {
        if self.moving.replace(false) {
            self.mark_moving(false);
        }
    }

    fn mark_moving(&self, on: bool) {
        flag(&self.world, "data-moving", on);
        flag(&self.grid, "data-moving", on);
    }

    pub(super) fn glide(&self, on: bool) {
        flag(&self.world, "data-gliding", on);
        flag(&self.grid, "data-gliding", on);
    }

    /// Gives the focus to the canvas if `leaving` has it.
    pub(super) fn keep_focus(&self, leaving: &Element) {
        if document().active_element().is_some_and(|active| leaving.contains(Some(&active)))
            && let Some(root) = self.world.parent_element().and_then(|root| root.dyn_into::<HtmlElement>().ok())
        {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = root.focus_with_options(&options);
        }
    }
}
