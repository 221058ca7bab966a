//! What the list of actions offers: commands, kinds to add, choices, and places to go to.

use std::sync::Arc;

use trazo_model::{Kind, NodeId, Target};
use trazo_texts::Lang;

use super::super::Frame;
use super::super::choices::{lang_text, theme_icon, theme_text};
use super::super::find::score;
use super::super::palette::kind_name;
use super::super::search::node_name;
use super::{COMMANDS, Command};
use crate::canvas;
use crate::prefs::{Theme, lang, set_lang, set_theme, theme};
use crate::words::{t, t_with};

/// What an offer does.
#[derive(Clone)]
pub(super) enum Does {
    Command(&'static Command),
    Add(Kind),
    GoTo(NodeId, Kind),
    Lang(Lang),
    Theme(Theme),
}

/// One line of the list.
#[derive(Clone)]
pub(super) struct Offer {
    pub(super) text: Arc<str>,
    pub(super) does: Does,
}

impl Offer {
    fn new(text: String, does: Does) -> Self {
        Self { text: text.into(), does }
    }

    /// Does it.
    pub(super) fn run(&self, frame: Frame) {
        match &self.does {
            Does::Command(command) => (command.run)(frame),
            Does::Add(kind) => canvas::place(frame.studio, *kind),
            Does::GoTo(id, _) => frame.studio.reveal(&Target::from(id), ""),
            Does::Lang(lang) => set_lang(*lang),
            Does::Theme(theme) => set_theme(*theme),
        }
    }

    /// Its icon, if it is not a kind's glyph.
    pub(super) fn icon(&self) -> Result<&'static str, Kind> {
        match &self.does {
            Does::Command(command) => Ok(command.icon),
            Does::Add(kind) | Does::GoTo(_, kind) => Err(*kind),
            Does::Lang(_) => Ok("language"),
            Does::Theme(theme) => Ok(theme_icon(*theme)),
        }
    }
}

/// Everything that can be done now.
pub(super) fn all(frame: Frame) -> Vec<Offer> {
    let commands = COMMANDS
        .iter()
        .filter(|command| command.id != "commands" && (command.enabled)(frame))
        .map(|command| Offer::new(t(command.text), Does::Command(command)));
    let kinds = Kind::ALL
        .into_iter()
        .map(|kind| Offer::new(t_with("ui.palette.add", &[("kind", &kind_name(kind))]), Does::Add(kind)));
    let mut all: Vec<Offer> = commands.chain(kinds).collect();
    let other = |it: &Lang| *it != lang();
    all.extend(
        Lang::ALL
            .into_iter()
            .filter(other)
            .map(|it| Offer::new(format!("{}: {}", t("ui.top.language"), t(lang_text(it))), Does::Lang(it))),
    );
    let other = |it: &Theme| *it != theme();
    all.extend(
        Theme::ALL
            .into_iter()
            .filter(other)
            .map(|it| Offer::new(format!("{}: {}", t("ui.top.theme"), t(theme_text(it))), Does::Theme(it))),
    );
    frame.studio.design(|design| {
        all.extend(design.nodes().map(|node| {
            let text = t_with("ui.command.go_to", &[("name", &node_name(node))]);
            Offer::new(text, Does::GoTo(node.id.clone(), node.kind()))
        }));
    });
    all
}

/// The offers that answer a query, the best first.
pub(super) fn matching(all: &[Offer], query: &str, most: usize) -> Vec<Offer> {
    if query.trim().is_empty() {
        // Going somewhere is asked for by name; without one it only fills the list.
        let named = |offer: &&Offer| !matches!(offer.does, Does::GoTo(..));
        return all.iter().filter(named).take(most).cloned().collect();
    }
    let mut found: Vec<(i32, &Offer)> =
        all.iter().filter_map(|offer| score(query, &offer.text).map(|score| (score, offer))).collect();
    // A stable sort: equals stay in the order of the table.
    trazo_model::sort::sort_by_key(&mut found, |(score, _)| std::cmp::Reverse(*score));
    found.into_iter().take(most).map(|(_, offer)| offer.clone()).collect()
}
