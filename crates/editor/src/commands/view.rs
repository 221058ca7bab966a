//! What part of the world is seen.

use trazo_model::{NodeId, Phrase, Target};

use crate::editor::Editor;
use crate::geometry::{Point, Rect, Size};
use crate::viewport::Viewport;

/// Around what is made to fit, in pixels: above and below there has to be room for what floats over the canvas …
const PADDING: f64 = 56.0;
/// … beside it that much of a narrow canvas would be taken from what one wants to read.
const BESIDE: f64 = 0.05;
const LEAST_BESIDE: f64 = 20.0;
/// The largest zoom at which the whole is shown, and a part.
const WHOLE: f64 = 1.0;
const PART: f64 = 2.0;

impl Editor {
    pub(crate) fn middle(&self) -> Point {
        Point::new(self.screen.w / 2.0, self.screen.h / 2.0)
    }

    fn padding(&self) -> Size {
        Size::new((self.screen.w * BESIDE).clamp(LEAST_BESIDE, PADDING), PADDING)
    }

    pub(crate) fn show_all(&mut self) {
        match self.scene.extent() {
            Some(all) => self.set_viewport(Viewport::fit(all, self.screen, self.padding(), WHOLE)),
            None => self.set_viewport(Viewport::default()),
        }
        self.announce_zoom();
    }

    /// Whether the view is the one that shows all, neither larger nor smaller.
    pub(crate) fn shows_just_all(&self) -> bool {
        let all = self.scene.extent();
        all.is_some_and(|all| self.viewport == Viewport::fit(all, self.screen, self.padding(), WHOLE))
    }

    pub(crate) fn show_selection(&mut self) {
        let rects = self.selection.iter().filter_map(|target| self.target_rect(target));
        if let Some(all) = Rect::around_all(rects) {
            self.set_viewport(Viewport::fit(all, self.screen, self.padding(), PART));
            self.announce_zoom();
        }
    }

    pub(crate) fn zoom_whole(&mut self) {
        self.set_viewport(self.viewport.zoomed_to(1.0, self.middle()));
        self.announce_zoom();
    }

    pub(crate) fn zoom_step(&mut self, closer: bool) {
        let at = self.middle();
        self.set_viewport(if closer { self.viewport.step_in(at) } else { self.viewport.step_out(at) });
        self.announce_zoom();
    }

    fn announce_zoom(&mut self) {
        let percent = (self.viewport.zoom * 100.0).round().to_string();
        self.changes.announce(Phrase::new("ui.announce.zoom").with("percent", percent));
    }

    /// The rectangle around an element.
    pub(crate) fn target_rect(&self, target: &Target) -> Option<Rect> {
        match target {
            Target::Node(id) => self.scene.node_rect(id),
            Target::Link(id) => self.scene.link_points(id).and_then(Rect::around),
            Target::Design => self.scene.extent(),
        }
    }

    pub(crate) fn reveal_node(&mut self, id: &NodeId) {
        if let Some(rect) = self.scene.node_rect(id) {
            self.set_viewport(self.viewport.revealing(rect, self.screen, self.padding()));
        }
    }

    pub(crate) fn reveal_target(&mut self, target: &Target) {
        if let Some(rect) = self.target_rect(target) {
            self.set_viewport(self.viewport.revealing(rect, self.screen, self.padding()));
        }
    }

    pub(crate) fn center_target(&mut self, target: &Target) {
        if let Some(rect) = self.target_rect(target) {
            self.center_rect(rect);
        }
    }

    /// The same zoom, or a smaller one if it would not fit.
    pub(crate) fn center_rect(&mut self, rect: Rect) {
        self.set_viewport(Viewport::fit(rect, self.screen, self.padding(), self.viewport.zoom));
    }
}
