//! Light, dark, or as the system has it. `public/boot.js` sets it before the first paint.

use leptos::prelude::*;

const KEY: &str = "trazo.theme";

/// A theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
    System,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// Its name in storage and text keys.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }
}

thread_local! {
    static THEME: ArcRwSignal<Theme> = ArcRwSignal::new(first());
}

fn first() -> Theme {
    let stored = super::read(KEY);
    Theme::ALL.into_iter().find(|theme| Some(theme.key()) == stored.as_deref()).unwrap_or(Theme::System)
}

/// The theme that was chosen.
pub(crate) fn theme() -> Theme {
    THEME.with(|theme| theme.get())
}

/// Chooses a theme and remembers it.
pub(crate) fn set_theme(theme: Theme) {
    super::write(KEY, theme.key());
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", theme.key());
    }
    THEME.with(|signal| signal.set(theme));
}
