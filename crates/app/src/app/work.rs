//! What is done with designs: the inside of the part that [`super::parts`] fetches.

use leptos::prelude::*;
use trazo_model::Design;

use super::desk::Opened;
use super::editor::EditorPage;
use super::parts::Work;
use super::{Desk, Route};
use crate::store::{News, Sketch};

struct Here;

/// The part, with the texts that it says.
pub(super) fn here() -> &'static dyn Work {
    trazo_texts::load_rest();
    &Here
}

impl Work for Here {
    fn editor(&self, opened: Opened) -> AnyView {
        view! { <EditorPage opened=opened /> }.into_any()
    }

    fn go(&self, desk: Desk, route: Route) {
        desk.go(route);
    }

    fn leave(&self, desk: Desk) {
        desk.leave();
    }

    fn hear(&self, desk: Desk, news: &News) {
        if desk.keeper().is_some_and(|keeper| keeper.hear(news)) {
            desk.take_theirs();
        }
    }

    fn open_text(&self, desk: Desk, file: &str, text: &str) {
        desk.open_manifest(file, text);
    }

    fn rename(&self, desk: Desk, id: String, name: String) {
        desk.rename_now(id, name);
    }

    fn duplicate(&self, desk: Desk, id: String) {
        desk.duplicate_now(id);
    }

    fn open_imported(&self, desk: Desk, file: &str, design: Design) {
        desk.open_design(file, design);
    }

    fn add_imported(&self, desk: Desk, design: &Design) {
        desk.add_design(design);
    }

    fn tidied(&self, design: Design) -> Design {
        trazo_editor::tidied(design)
    }

    fn picture(&self, design: &Design) -> Sketch {
        Sketch::of(design)
    }
}
