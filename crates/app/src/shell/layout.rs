//! Which panels are open, and how large. On a narrow screen they are sheets over the canvas, one at a time.

use gloo::events::EventListener;
use leptos::prelude::*;

use crate::prefs;
use crate::ui::Panel;

/// Screens up to this width have sheets instead of panels beside the canvas.
const NARROW: &str = "(max-width: 900px)";

/// Screens up to this width give the panels somewhat less at first, so that a design can be read between them.
const SMALL: &str = "(max-width: 1400px)";

/// A view that has its place in a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Palette,
    Outline,
    Search,
    Inspector,
    Problems,
    Files,
    Deploy,
}

impl Place {
    /// Its name in code and storage.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Palette => "palette",
            Self::Outline => "outline",
            Self::Search => "search",
            Self::Inspector => "inspector",
            Self::Problems => "problems",
            Self::Files => "files",
            Self::Deploy => "deploy",
        }
    }

    /// Its icon.
    pub(crate) fn icon(self) -> &'static str {
        match self {
            Self::Inspector => "panel-right",
            Self::Problems => "warning",
            Self::Files => "code",
            other => other.id(),
        }
    }

    /// Text key of its name.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Palette => "ui.rail.palette",
            Self::Outline => "ui.rail.outline",
            Self::Search => "ui.rail.search",
            Self::Inspector => "ui.inspector.title",
            Self::Problems => "ui.problems.title",
            Self::Files => "ui.files.title",
            Self::Deploy => "ui.deploy.place.title",
        }
    }

    /// The views of the rail.
    pub(crate) const RAIL: [Self; 3] = [Self::Palette, Self::Outline, Self::Search];
    /// The views of the drawer.
    pub(crate) const DRAWER: [Self; 3] = [Self::Problems, Self::Files, Self::Deploy];
    /// All views, as the bar of a narrow screen has them.
    pub(crate) const ALL: [Self; 7] =
        [Self::Palette, Self::Outline, Self::Search, Self::Problems, Self::Files, Self::Deploy, Self::Inspector];
}

/// The panels around the canvas.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    pub(crate) rail: Panel,
    pub(crate) drawer: Panel,
    /// The height of the drawer while it shows the deployment, which needs more room.
    pub(crate) deploy: Panel,
    pub(crate) inspector: Panel,
    /// Which view the rail shows.
    pub(crate) rail_view: RwSignal<Place>,
    /// Which view the drawer shows.
    pub(crate) drawer_view: RwSignal<Place>,
    /// Whether the screen is narrow.
    pub(crate) narrow: RwSignal<bool>,
    /// The sheet that is open on a narrow screen.
    pub(crate) sheet: RwSignal<Option<Place>>,
}

impl Layout {
    /// The panels as they were left last time.
    pub(crate) fn new() -> Self {
        let stored = |key: &str, of: &[Place]| {
            let id = prefs::read(key);
            of.iter().copied().find(|place| Some(place.id()) == id.as_deref()).unwrap_or(of[0])
        };
        let is_small = window().match_media(SMALL).ok().flatten().is_some_and(|query| query.matches());
        let (rail, inspector) = if is_small { (216.0, 288.0) } else { (248.0, 320.0) };
        let layout = Self {
            rail: Panel::new("rail", rail, (200.0, 420.0), true),
            drawer: Panel::new("drawer", 260.0, (120.0, 640.0), false),
            deploy: Panel::new("deploy", 440.0, (200.0, 900.0), true),
            inspector: Panel::new("inspector", inspector, (260.0, 560.0), true),
            rail_view: RwSignal::new(stored("trazo.rail", &Place::RAIL)),
            drawer_view: RwSignal::new(stored("trazo.drawer", &Place::DRAWER)),
            narrow: RwSignal::new(false),
            sheet: RwSignal::new(None),
        };
        layout.watch_width();
        layout
    }

    fn watch_width(self) {
        let Some(query) = window().match_media(NARROW).ok().flatten() else { return };
        self.narrow.set(query.matches());
        let asked = query.clone();
        let listener = EventListener::new(&query, "change", move |_| {
            self.turn(asked.matches());
        });
        let listener = StoredValue::new_local(Some(listener));
        on_cleanup(move || drop(listener.try_update_value(Option::take)));
    }

    /// The screen has become narrow or wide. Who is at a deployment stays at it.
    fn turn(self, narrow: bool) {
        // The editor may have been left.
        let (Some(open), Some(view)) = (self.drawer.open.try_get_untracked(), self.drawer_view.try_get_untracked())
        else {
            return;
        };
        if narrow && open && view == Place::Deploy {
            self.sheet.set(Some(Place::Deploy));
        } else if !narrow && self.sheet.get_untracked() == Some(Place::Deploy) {
            self.drawer_view.set(Place::Deploy);
            self.drawer.open.set(true);
        }
        self.narrow.set(narrow);
    }

    /// The panel that a view lies in, and which of its views is shown.
    fn home(&self, place: Place) -> (Panel, Option<RwSignal<Place>>) {
        match place {
            Place::Inspector => (self.inspector, None),
            Place::Problems | Place::Files | Place::Deploy => (self.drawer, Some(self.drawer_view)),
            Place::Palette | Place::Outline | Place::Search => (self.rail, Some(self.rail_view)),
        }
    }

    /// Whether a view can be seen. Tracked.
    pub(crate) fn shows(&self, place: Place) -> bool {
        if self.narrow.get() {
            return self.sheet.get() == Some(place);
        }
        let (panel, view) = self.home(place);
        panel.open.get() && view.is_none_or(|view| view.get() == place)
    }

    /// The panel that has the drawer's height. Tracked.
    pub(crate) fn drawer_size(&self) -> Panel {
        if self.drawer_view.get() == Place::Deploy { self.deploy } else { self.drawer }
    }

    /// Opens a view.
    pub(crate) fn show(&self, place: Place) {
        let (panel, view) = self.home(place);
        if let Some(view) = view {
            view.set(place);
            prefs::write(if panel.is(self.rail) { "trazo.rail" } else { "trazo.drawer" }, place.id());
        }
        if self.narrow.get_untracked() {
            self.sheet.set(Some(place));
        } else {
            panel.show(true);
        }
    }

    /// Closes the panel of a view.
    pub(crate) fn hide(&self, place: Place) {
        if self.narrow.get_untracked() {
            self.sheet.set(None);
        } else {
            self.home(place).0.show(false);
        }
    }

    /// Opens a view, or closes its panel if it is seen.
    pub(crate) fn toggle(&self, place: Place) {
        if untrack(|| self.shows(place)) {
            self.hide(place);
        } else {
            self.show(place);
        }
    }
}
