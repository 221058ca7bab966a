//! Sizes of panels, which this browser remembers.

use leptos::prelude::*;

use crate::prefs;

/// A panel that can be resized and folded away.
#[derive(Clone, Copy)]
pub(crate) struct Panel {
    name: &'static str,
    /// Width or height in CSS pixels.
    pub(crate) size: RwSignal<f64>,
    /// Whether it is unfolded.
    pub(crate) open: RwSignal<bool>,
    /// Least and greatest size in CSS pixels.
    pub(crate) range: (f64, f64),
    /// The size that it has at first.
    pub(crate) usual: f64,
}

impl Panel {
    /// The panel `name`, as it was left last time.
    pub(crate) fn new(name: &'static str, usual: f64, range: (f64, f64), open: bool) -> Self {
        let size = prefs::read(&format!("trazo.panel.{name}.size")).and_then(|size| size.parse().ok()).unwrap_or(usual);
        let open = prefs::read(&format!("trazo.panel.{name}.open")).map_or(open, |open| open == "true");
        let size = RwSignal::new(f64::clamp(size, range.0, range.1));
        Self { name, size, open: RwSignal::new(open), range, usual }
    }

    /// Whether both are the same panel.
    pub(crate) fn is(&self, other: Self) -> bool {
        self.name == other.name
    }

    /// Makes it larger or smaller.
    pub(crate) fn resize(&self, size: f64) {
        self.size.set(size.clamp(self.range.0, self.range.1).round());
    }

    /// Remembers its size. Not done while it is dragged: that would write in every frame.
    pub(crate) fn keep_size(&self) {
        prefs::write(&format!("trazo.panel.{}.size", self.name), &self.size.get_untracked().to_string());
    }

    /// Unfolds or folds it.
    pub(crate) fn show(&self, open: bool) {
        self.open.set(open);
        prefs::write(&format!("trazo.panel.{}.open", self.name), if open { "true" } else { "false" });
    }

    /// Folds it if it is unfolded, and the other way round.
    pub(crate) fn toggle(&self) {
        self.show(!self.open.get_untracked());
    }
}
