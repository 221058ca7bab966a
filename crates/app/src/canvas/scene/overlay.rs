//! What passes: the frame of selection, guides, the draft of a link, the ghost of a node, handles. Drawn in pixels of the
//! screen, so that lines stay one pixel wide at any zoom.

use trazo_editor::Editor;
use trazo_editor::geometry::{Point, Rect};
use trazo_editor::hit::GRIPS;
use trazo_editor::viewport::Viewport;
use trazo_model::{NodeId, Shape};
use web_sys::{Element, HtmlElement};

use super::dom::{flag, make, make_html, number, set, style, translate};
use super::link::head;
use crate::words::{t, t_with};

/// Half the side of a handle in pixels.
const HANDLE: f64 = 4.0;

/// What is smaller than this on the screen shows no handles.
const ROOM: f64 = 40.0;

/// How wide the reason of a refusal may be, with some room: as `canvas.css` has it.
const REFUSAL: f64 = 290.0;

const MARKUP: &str = "<svg class=\"overlay\" aria-hidden=\"true\"><path class=\"overlay-guide\"/><path class=\"overlay-grip\"/>\
<path class=\"overlay-draft\"/><rect class=\"overlay-ghost\" rx=\"8\"/>\
<rect class=\"overlay-marquee\"/></svg>";

/// The elements of what passes.
pub(super) struct OverlayView {
    pub(super) svg: Element,
    /// Why a link may not end here; beside the pointer.
    pub(super) refusal: HtmlElement,
    guides: Lines,
    grips: Lines,
    draft: Lines,
    ghost: Frame,
    marquee: Frame,
    buffer: String,
}

/// A path, and what it was drawn as: what stays the same is not written again, since even that would be painted.
struct Lines {
    element: Element,
    d: String,
}

/// A rectangle, and as which it was drawn.
struct Frame {
    element: Element,
    rect: Option<Rect>,
}

impl OverlayView {
    pub(super) fn new() -> Option<Self> {
        let svg = make(MARKUP)?;
        let part = |class: &str| svg.get_elements_by_class_name(class).item(0);
        Some(Self {
            refusal: make_html("<p class=\"refusal\" hidden></p>")?,
            guides: Lines::new(part("overlay-guide")?),
            grips: Lines::new(part("overlay-grip")?),
            draft: Lines::new(part("overlay-draft")?),
            ghost: Frame::new(part("overlay-ghost")?),
            marquee: Frame::new(part("overlay-marquee")?),
            svg,
            buffer: String::new(),
        })
    }

    /// Draws all of it as it is now.
    pub(super) fn draw(&mut self, editor: &Editor) {
        let (view, overlay) = (editor.viewport(), editor.overlay());
        self.marquee.show(overlay.marquee.map(|rect| view.rect_to_screen(rect)), &mut self.buffer);
        let ghost = overlay.ghost.as_ref();
        self.ghost.show(ghost.map(|ghost| view.rect_to_screen(ghost.rect)), &mut self.buffer);
        if let Some(ghost) = ghost {
            set(&self.ghost.element, "data-family", ghost.kind.spec().family.key());
        }
        self.buffer.clear();
        for guide in &overlay.guides {
            line(&mut self.buffer, &[view.to_screen(guide.from), view.to_screen(guide.to)]);
        }
        self.guides.show(&self.buffer);
        self.draw_grips(editor, view);
        self.draw_draft(editor, view);
    }

    /// Handles of what can be resized and is selected alone.
    fn draw_grips(&mut self, editor: &Editor, view: Viewport) {
        self.buffer.clear();
        let resizable =
            |id: &&NodeId| editor.design().node(id).is_some_and(|node| node.kind().spec().shape != Shape::Card);
        let alone = editor.selection().len() == 1;
        for id in editor.selection().nodes().filter(|id| alone && resizable(id)) {
            let Some(rect) = editor.node_rect(id).map(|rect| view.rect_to_screen(rect)) else { continue };
            if rect.w.min(rect.h) < ROOM {
                continue;
            }
            for grip in GRIPS {
                square(&mut self.buffer, grip.at(rect));
            }
        }
        self.grips.show(&self.buffer);
    }

    fn draw_draft(&mut self, editor: &Editor, view: Viewport) {
        let draft = editor.overlay().draft.as_ref();
        flag(&self.refusal, "hidden", draft.is_none_or(|draft| draft.refusal.is_none()));
        let mut points: Vec<Point> =
            draft.map(|draft| draft.points.iter().map(|p| view.to_screen(*p)).collect()).unwrap_or_default();
        self.buffer.clear();
        line(&mut self.buffer, &points);
        let pointer = points.last().copied();
        if draft.is_some_and(|draft| draft.backwards) {
            points.reverse();
        }
        head(&mut self.buffer, &points);
        self.draft.show(&self.buffer);
        let Some(draft) = draft else { return };
        let state = match (&draft.refusal, &draft.target) {
            (Some(_), _) => "refused",
            (None, Some(_)) => "fits",
            (None, None) => "open",
        };
        set(&self.svg, "data-draft", state);
        if let (Some(at), Some(text)) = (pointer, refusal(editor)) {
            if self.refusal.text_content().as_deref() != Some(&text) {
                self.refusal.set_text_content(Some(&text));
            }
            self.buffer.clear();
            let x = (at.x + 14.0).min(editor.screen().w - REFUSAL);
            translate(&mut self.buffer, x.round(), (at.y + 18.0).round());
            style(&self.refusal.style(), "transform", &self.buffer);
        }
    }
}

impl Lines {
    fn new(element: Element) -> Self {
        Self { element, d: String::new() }
    }

    fn show(&mut self, d: &str) {
        if self.d != d {
            set(&self.element, "d", d);
            d.clone_into(&mut self.d);
        }
    }
}

impl Frame {
    fn new(element: Element) -> Self {
        Self { element, rect: None }
    }

    /// Shows a rectangle, or nothing.
    fn show(&mut self, rect: Option<Rect>, buffer: &mut String) {
        let rect = rect.unwrap_or_default();
        if self.rect == Some(rect) {
            return;
        }
        self.rect = Some(rect);
        for (name, value) in [("x", rect.x), ("y", rect.y), ("width", rect.w), ("height", rect.h)] {
            buffer.clear();
            number(buffer, value.round(), 0);
            set(&self.element, name, buffer);
        }
    }
}

/// Why the link that is being drawn may not lead to where the pointer is.
fn refusal(editor: &Editor) -> Option<String> {
    let draft = editor.overlay().draft.as_ref()?;
    let kind = |id: &NodeId| {
        editor.design().node(id).map(|node| t(&format!("kind.{}.name", node.kind().spec().key))).unwrap_or_default()
    };
    let (reason, target) = (draft.refusal?, draft.target.as_ref()?);
    let (from, to) = if draft.backwards { (target, &draft.node) } else { (&draft.node, target) };
    Some(t_with(&format!("refusal.{}", reason.key()), &[("from", &kind(from)), ("to", &kind(to))]))
}

fn line(d: &mut String, points: &[Point]) {
    for (i, point) in points.iter().enumerate() {
        d.push(if i == 0 { 'M' } else { 'L' });
        number(d, point.x, 1);
        d.push(' ');
        number(d, point.y, 1);
    }
}

fn square(d: &mut String, at: Point) {
    let (x, y) = (at.x.round(), at.y.round());
    let corners = [(-HANDLE, -HANDLE), (HANDLE, -HANDLE), (HANDLE, HANDLE), (-HANDLE, HANDLE)];
    line(d, &corners.map(|(dx, dy)| Point::new(x + dx, y + dy)));
    d.push('Z');
}
