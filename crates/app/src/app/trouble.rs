//! The dialog that says why a file or a design cannot be opened: what is wrong, where, and what to do.

use leptos::prelude::*;
use trazo_formats::json::{Excerpt, excerpt};
use trazo_formats::manifest::OpenError;
use trazo_model::manifest::Problem;

use super::{Desk, use_desk, with_code};
use crate::store::files;
use crate::ui::{Button, Dialog};
use crate::words::{say_why, t, t_with};

/// How many signs of a line are shown on either side of what is meant.
const ASIDE: usize = 28;

/// What is said, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// What could not be done.
    pub(crate) title: String,
    /// Why.
    pub(crate) what: String,
    /// Line, column and path.
    pub(crate) place: String,
    /// The line that is meant, and where in it.
    pub(crate) excerpt: Option<Excerpt>,
    /// What to do.
    pub(crate) help: String,
    /// Text that can be taken along: the name of the file, and the text.
    pub(crate) save: Option<(String, String)>,
}

impl Desk {
    /// Says what could not be opened.
    pub(super) fn tell_trouble(&self, trouble: Trouble) {
        self.trouble.set(Some(trouble));
        self.troubled.set(true);
    }
}

impl Trouble {
    /// Why `text` is no manifest that can be opened.
    pub(crate) fn of_manifest(title: String, error: &OpenError, text: &str) -> Self {
        let position = error.position();
        let (line, column) = (position.line.to_string(), position.column.to_string());
        let (what, path) = (say_why(&error.phrase()), error.path());
        let place = if path.is_empty() {
            t_with("errors.open.place", &[("line", &line), ("column", &column)])
        } else {
            t_with("errors.open.place_path", &[("line", &line), ("column", &column), ("path", path)])
        };
        let (help, whole) = match error {
            OpenError::Json { .. } => ("errors.open.help.json", false),
            OpenError::Manifest { error, .. } => match error.problem {
                Problem::NotManifest => ("errors.open.help.not_manifest", true),
                Problem::Newer(_) => ("errors.open.help.newer", true),
                _ => ("errors.open.help.value", false),
            },
        };
        Self {
            title,
            what,
            place: if whole { String::new() } else { place },
            excerpt: if whole { None } else { excerpt(text, position, ASIDE) },
            help: t(help),
            save: None,
        }
    }
}

/// Where the dialog is shown.
#[component]
pub(crate) fn TroublePlace() -> impl IntoView {
    let desk = use_desk();
    let title = move || desk.trouble.get().map(|trouble| trouble.title).unwrap_or_default();
    let close = move || desk.troubled.set(false);
    let foot = move || {
        let save = desk.trouble.get().and_then(|trouble| trouble.save).map(|(name, text)| {
            let save = move || {
                files::download(&name, &text);
            };
            view! { <Button label=t("ui.storage.download_raw") icon="download" on_press=save /> }
        });
        view! {
            {save}
            <Button label=t("ui.dialog.close") look="primary" on_press=close attr:autofocus="true" />
        }
    };
    view! {
        <Dialog open=desk.troubled title=title name="trouble" foot=foot>
            {move || desk.trouble.get().map(content)}
        </Dialog>
    }
}

fn content(trouble: Trouble) -> impl IntoView {
    let Trouble { what, place, excerpt, help, .. } = trouble;
    let excerpt = excerpt.map(|Excerpt { before, at, after }| {
        view! { <pre class="trouble-excerpt" tabindex="0">{before}<mark>{at}</mark>{after}</pre> }
    });
    view! {
        <div class="trouble">
            <p>{with_code(&what)}</p>
            {(!place.is_empty()).then(|| view! { <p class="trouble-place">{with_code(&place)}</p> })}
            {excerpt}
            {(!help.is_empty()).then(|| view! { <p>{with_code(&help)}</p> })}
        </div>
    }
}
