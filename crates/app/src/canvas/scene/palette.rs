//! The colours of the style sheet, for what is drawn on the 2D canvas.

use trazo_model::Family;

use crate::ui::colour;

/// Colours as CSS has them now; read once for each change of theme.
#[derive(Clone, Debug, Default)]
pub(super) struct Colours {
    pub(super) card: String,
    pub(super) line: String,
    pub(super) link: String,
    pub(super) ink: String,
    pub(super) accent: String,
    /// What was deployed, differs, and was refused.
    pub(super) told: [String; 3],
    pub(super) families: [String; 6],
}

/// The families, in the order in which [`Colours::families`] has them.
pub(super) const FAMILIES: [Family; 6] =
    [Family::Outside, Family::Integration, Family::Network, Family::Compute, Family::Security, Family::Plain];

impl Colours {
    /// Reads them.
    pub(super) fn read() -> Self {
        Self {
            card: colour("--surface"),
            line: colour("--edge"),
            link: colour("--ink-3"),
            ink: colour("--ink-2"),
            accent: colour("--accent"),
            told: ["--ok", "--warning", "--error"].map(colour),
            families: FAMILIES.map(|family| colour(&format!("--fam-{}", family.key()))),
        }
    }
}
