//! The design as one picture, for when cards are too small to be read.
//!
//! The picture covers more than the screen. While one pans or zooms it is only moved; it is drawn anew when the screen
//! leaves what it covers, when the design changes, or when the view has come to rest.

use std::collections::HashMap;

use leptos::wasm_bindgen::JsCast;
use trazo_editor::geometry::{Point, Rect, Size};
use trazo_editor::hit::Form;
use trazo_editor::viewport::Viewport;
use trazo_editor::{Editor, Picture as Drawn};
use trazo_model::{NodeId, Target};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::describe;
use super::dom::{make, number, style, translate};
use super::fit::in_lines;
use super::palette::{Colours, FAMILIES};
use crate::studio::Progress;

/// How much more than the screen is drawn on each side, in parts of it.
const MARGIN: f64 = 0.25;
/// Device pixels for each CSS pixel that are worth drawing.
const MAX_DENSITY: f64 = 2.0;
/// From this height in pixels on, a group shows its name.
const NAMED: f64 = 48.0;
/// From this zoom on, cards show their names.
const TOLD: f64 = 0.2;
/// The size of these names in pixels, about how much of it a letter needs, and how wide the stripe before them is.
const LETTERS: f64 = 10.0;
const LETTER: f64 = 0.46;
const STRIPE: f64 = 4.0;

/// The picture and what it shows.
pub(super) struct Picture {
    pub(super) element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    colours: Colours,
    /// How it was seen when it was drawn; `None` before it was.
    drawn: Option<Viewport>,
    size: Size,
    buffer: String,
    /// How far the deployment of each element has come.
    marks: HashMap<Target, Progress>,
}

impl Picture {
    pub(super) fn new() -> Option<Self> {
        let element: HtmlCanvasElement =
            make("<canvas class=\"picture\" aria-hidden=\"true\" hidden></canvas>")?.dyn_into().ok()?;
        let context = element.get_context("2d").ok()??.dyn_into().ok()?;
        let colours = Colours::read();
        Some(Self {
            element,
            context,
            colours,
            drawn: None,
            size: Size::default(),
            buffer: String::new(),
            marks: HashMap::new(),
        })
    }

    /// The theme is another.
    pub(super) fn recolour(&mut self) {
        self.colours = Colours::read();
        self.drawn = None;
    }

    /// The deployment has gone on. Tells whether that is to be seen.
    pub(super) fn mark(&mut self, marks: &HashMap<Target, Progress>) -> bool {
        let is_new = self.marks != *marks;
        if is_new {
            self.marks.clone_from(marks);
            self.drawn = None;
        }
        is_new
    }

    /// What it shows is no longer so.
    pub(super) fn forget(&mut self) {
        self.drawn = None;
    }

    /// Whether it is sharp, drawn for just what is seen.
    pub(super) fn is_settled(&self, editor: &Editor) -> bool {
        self.drawn == Some(editor.viewport())
    }

    /// Shows what is seen now: by moving the picture, or by drawing it anew where it does not reach.
    pub(super) fn show(&mut self, editor: &Editor) {
        let view = editor.viewport();
        match self.drawn {
            Some(drawn) if self.covers(drawn, view, editor.screen()) => self.move_to(drawn, view),
            _ => self.draw(editor),
        }
    }

    /// Draws it for what is seen now.
    pub(super) fn draw(&mut self, editor: &Editor) {
        let (view, screen) = (editor.viewport(), editor.screen());
        let density = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(1.0, MAX_DENSITY);
        let (mx, my) = margins(screen);
        if self.size != screen {
            self.size = screen;
            let (w, h) = (screen.w + 2.0 * mx, screen.h + 2.0 * my);
            self.element.set_width((w * density) as u32);
            self.element.set_height((h * density) as u32);
            let css = self.element.style();
            style(&css, "width", &super::dom::px(w));
            style(&css, "height", &super::dom::px(h));
        }
        self.drawn = Some(view);
        self.move_to(view, view);
        let area = widened(view.world_rect(screen), mx / view.zoom, my / view.zoom);
        let context = &self.context;
        let _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        let (w, h) = (self.element.width(), self.element.height());
        context.clear_rect(0.0, 0.0, f64::from(w), f64::from(h));
        let scale = view.zoom * density;
        let _ = context.set_transform(scale, 0.0, 0.0, scale, (view.x + mx) * density, (view.y + my) * density);
        self.paint(editor, &editor.picture(area), view.zoom);
    }

    fn covers(&self, drawn: Viewport, view: Viewport, screen: Size) -> bool {
        let (mx, my) = margins(screen);
        let covered = widened(drawn.world_rect(screen), mx / drawn.zoom, my / drawn.zoom);
        // Much enlarged it would be a blur.
        self.size == screen && covered.contains_rect(view.world_rect(screen)) && view.zoom < drawn.zoom * 2.0
    }

    fn move_to(&mut self, drawn: Viewport, view: Viewport) {
        let scale = view.zoom / drawn.zoom;
        let (mx, my) = margins(self.size);
        self.buffer.clear();
        translate(&mut self.buffer, view.x - (drawn.x + mx) * scale, view.y - (drawn.y + my) * scale);
        if scale != 1.0 {
            self.buffer.push_str(" scale(");
            number(&mut self.buffer, scale, 5);
            self.buffer.push(')');
        }
        style(&self.element.style(), "transform", &self.buffer);
    }

    /// Few calls for many things: all of one colour are one path.
    fn paint(&self, editor: &Editor, picture: &Drawn<'_>, zoom: f64) {
        let pixel = 1.0 / zoom;
        self.paint_groups(editor, picture, pixel);
        self.context.begin_path();
        for (_, points) in &picture.links {
            self.trace(points);
        }
        self.stroke(&self.colours.link, pixel);
        self.paint_cards(editor, picture, pixel, zoom >= TOLD);
        if zoom >= TOLD {
            self.paint_names(editor, picture, pixel);
        }
        self.paint_marks(picture, pixel);
        self.paint_selected(editor, picture, pixel);
    }

    /// A dot at the corner of what is being deployed, and links in its colour.
    fn paint_marks(&self, picture: &Drawn<'_>, pixel: f64) {
        if self.marks.is_empty() {
            return;
        }
        let [done, drifted, failed] = &self.colours.told;
        let kinds = [
            (Progress::Pending, &self.colours.link),
            (Progress::Done, done),
            (Progress::Leaving, &self.colours.accent),
            (Progress::Busy, &self.colours.accent),
            (Progress::Drifted, drifted),
            (Progress::Failed, failed),
        ];
        for (progress, colour) in kinds {
            let is_so = |target: Target| self.marks.get(&target) == Some(&progress);
            self.context.begin_path();
            let links = picture.links.iter().filter(|(id, _)| is_so(Target::Link((*id).clone())));
            links.for_each(|(_, points)| self.trace(points));
            self.stroke(colour, pixel);
            self.context.begin_path();
            for (_, _, rect) in picture.nodes.iter().filter(|(id, _, _)| is_so(Target::Node((*id).clone()))) {
                let (x, y, radius) = (rect.x + rect.w, rect.y + rect.h, 4.0 * pixel);
                self.context.move_to(x + radius, y);
                let _ = self.context.arc(x, y, radius, 0.0, std::f64::consts::TAU);
            }
            self.context.set_fill_style_str(colour);
            self.context.fill();
        }
    }

    fn paint_groups(&self, editor: &Editor, picture: &Drawn<'_>, pixel: f64) {
        let groups = || picture.nodes.iter().filter(|(_, form, _)| *form == Form::Group);
        for (rects, colour) in by_family(editor, groups()).iter().zip(&self.colours.families) {
            self.context.begin_path();
            rects.iter().for_each(|rect| self.outline(*rect));
            self.stroke(colour, pixel);
        }
        self.context.set_fill_style_str(&self.colours.ink);
        self.set_font(11.0 * pixel);
        for (id, _, rect) in groups().filter(|(_, _, rect)| rect.h > NAMED * pixel) {
            if let Some(node) = editor.design().node(id) {
                let (x, y) = (rect.x + 6.0 * pixel, rect.y + 15.0 * pixel);
                let _ = self.context.fill_text_with_max_width(&node.name, x, y, (rect.w - 12.0 * pixel).max(1.0));
            }
        }
    }

    /// Cards, with a square in the colour of their family, or with a stripe where there is room for a name beside it.
    fn paint_cards(&self, editor: &Editor, picture: &Drawn<'_>, pixel: f64, named: bool) {
        let cards = || picture.nodes.iter().filter(|(_, form, _)| *form != Form::Group);
        self.context.begin_path();
        cards().for_each(|(_, _, rect)| self.outline(*rect));
        self.context.set_fill_style_str(&self.colours.card);
        self.context.fill();
        self.stroke(&self.colours.line, pixel);
        for (rects, colour) in by_family(editor, cards()).iter().zip(&self.colours.families) {
            self.context.begin_path();
            for rect in rects {
                let side = rect.h * 0.5;
                self.outline(if named {
                    Rect::new(rect.x, rect.y, STRIPE * pixel, rect.h)
                } else {
                    Rect::new(rect.x + rect.h * 0.2, rect.y + rect.h * 0.25, side, side)
                });
            }
            self.context.set_fill_style_str(colour);
            self.context.fill();
        }
    }

    /// What cards are called, as large as it can just be read. Nothing is measured: what is somewhat too wide is made narrower.
    fn paint_names(&self, editor: &Editor, picture: &Drawn<'_>, pixel: f64) {
        self.context.set_fill_style_str(&self.colours.ink);
        self.set_font(LETTERS * pixel);
        let line = LETTERS * 1.15 * pixel;
        for (id, _, rect) in picture.nodes.iter().filter(|(_, form, _)| *form != Form::Group) {
            let Some(node) = editor.design().node(id) else { continue };
            let width = rect.w - (STRIPE + 6.0) * pixel;
            let letters = (width / (LETTERS * LETTER * pixel)).max(0.0) as usize;
            let lines = in_lines(describe::shown_name(node), letters, rect.h >= 2.0 * line);
            let x = rect.x + (STRIPE + 3.0) * pixel;
            let above = if lines[1].is_empty() { 0.0 } else { line * 0.5 };
            let y = rect.y + rect.h * 0.5 + LETTERS * 0.36 * pixel - above;
            for (nth, text) in lines.iter().filter(|text| !text.is_empty()).enumerate() {
                let _ = self.context.fill_text_with_max_width(text, x, y + line * nth as f64, width.max(1.0));
            }
        }
    }

    fn paint_selected(&self, editor: &Editor, picture: &Drawn<'_>, pixel: f64) {
        let selection = editor.selection();
        if selection.is_empty() {
            return;
        }
        self.context.begin_path();
        picture.nodes.iter().filter(|(id, _, _)| selection.has_node(id)).for_each(|(_, _, rect)| self.outline(*rect));
        let links = picture.links.iter().filter(|(id, _)| selection.contains(&Target::Link((*id).clone())));
        links.for_each(|(_, points)| self.trace(points));
        self.stroke(&self.colours.accent, 2.0 * pixel);
    }

    fn outline(&self, rect: Rect) {
        self.context.rect(rect.x, rect.y, rect.w, rect.h);
    }

    fn trace(&self, points: &[Point]) {
        for (i, point) in points.iter().enumerate() {
            if i == 0 {
                self.context.move_to(point.x, point.y);
            } else {
                self.context.line_to(point.x, point.y);
            }
        }
    }

    fn stroke(&self, colour: &str, width: f64) {
        self.context.set_stroke_style_str(colour);
        self.context.set_line_width(width);
        self.context.stroke();
    }

    fn set_font(&self, size: f64) {
        let mut font = String::with_capacity(32);
        font.push_str("600 ");
        number(&mut font, size, 1);
        font.push_str("px system-ui, sans-serif");
        self.context.set_font(&font);
    }
}

fn margins(screen: Size) -> (f64, f64) {
    ((screen.w * MARGIN).round(), (screen.h * MARGIN).round())
}

/// The rectangles of each family.
fn by_family<'a>(
    editor: &Editor,
    nodes: impl Iterator<Item = &'a (&'a NodeId, Form, Rect)>,
) -> [Vec<Rect>; FAMILIES.len()] {
    let mut all: [Vec<Rect>; FAMILIES.len()] = Default::default();
    for (id, _, rect) in nodes {
        let family = editor.design().node(id).map(|node| node.kind().spec().family);
        if let Some(i) = FAMILIES.iter().position(|f| Some(*f) == family) {
            all[i].push(*rect);
        }
    }
    all
}

fn widened(rect: Rect, x: f64, y: f64) -> Rect {
    Rect::new(rect.x - x, rect.y - y, rect.w + 2.0 * x, rect.h + 2.0 * y)
}
