//! Which files there are.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_formats::export::{self, File, Form, Format, Source, Voice, Written};
use trazo_formats::{Kept, Rope, archive};
use trazo_model::{Finding, LinkId, Phrase};
use trazo_stack::Stack;

use crate::prefs;
use crate::store::names;
use crate::studio::Studio;
use crate::words::{say, t_with};

const KEY: &str = "trazo.file";

/// A format that the design is shown in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown(&'static Format);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

/// One of its files.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shared {
    pub(super) path: String,
    pub(super) document: Arc<Rope>,
    pub(super) form: Form,
}

impl From<File> for Shared {
    fn from(file: File) -> Self {
        Self { path: file.path, document: Arc::new(file.document), form: file.form }
    }
}

/// Its files.
pub(super) type Files = Vec<Shared>;

impl Shown {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        export::ALL.iter().map(Self)
    }

    /// Its name in code.
    pub(super) fn id(self) -> &'static str {
        self.0.key
    }

    /// The format of a name in code; CloudFormation where there is none of that name.
    pub(super) fn of(id: &str) -> Self {
        Self(export::find(id).unwrap_or(&export::ALL[0]))
    }

    /// The one that was shown last.
    pub(super) fn remembered() -> Self {
        Self::of(&prefs::read(KEY).unwrap_or_default())
    }

    /// Remembers it as the one that is shown.
    pub(super) fn remember(self) {
        prefs::write(KEY, self.id());
    }

    /// Text key of its title.
    pub(super) fn title(self) -> String {
        format!("export.{}.title", self.id())
    }

    /// Text key of what it is for.
    pub(super) fn help(self) -> String {
        format!("export.{}.help", self.id())
    }

    /// What it comes to. Tracked.
    pub(super) fn written(self, studio: &Studio, kept: &Kept) -> Written {
        studio.settled.track();
        studio.stack.with_untracked(|stack| with_source(studio, stack, kept, self.0.write)).unwrap_or_default()
    }

    /// Whether the template that AWS deploys is made of it.
    pub(super) fn is_template(self) -> bool {
        self.id().starts_with("cloudformation")
    }
}

/// What a file is called when it is downloaded: what is a design of its own carries its name.
pub(super) fn download_name(studio: &Studio, path: &str) -> String {
    let name = studio.design(|design| design.name().to_owned());
    let own = |end: &str| names::file_name(&name).replace(".trazo.json", end);
    match path {
        "design.trazo.json" => own(".trazo.json"),
        "cloudformation.json" => own(".template.json"),
        "cloudformation.yaml" => own(".template.yaml"),
        "architecture.png" => own(".png"),
        "architecture.svg" => own(".svg"),
        _ => path.rsplit('/').next().unwrap_or(path).to_owned(),
    }
}

/// The files of all formats, each format in a folder of its own, and what an archive of them is called.
pub(super) fn everything(studio: &Studio) -> (String, Vec<File>) {
    let name = studio.design(|design| names::file_name(design.name()).replace(".trazo.json", ".zip"));
    let files = studio
        .stack
        .with_untracked(|stack| with_source(studio, stack, &Kept::default(), archive::files))
        .unwrap_or_default();
    (name, files)
}

/// Calls `write` with what formats are written from; `None` once the editor was left.
fn with_source<T>(studio: &Studio, stack: &Stack, kept: &Kept, write: impl FnOnce(&Source<'_>) -> T) -> Option<T> {
    studio.editor(|editor| {
        let route = |id: &LinkId| {
            let points = editor.link_points(id).unwrap_or_default();
            points.iter().map(|point| (point.x, point.y)).collect()
        };
        write(&Source { design: editor.design(), stack, voice: &Words, route: &route, kept })
    })
}

/// The words of the page's language.
struct Words;

impl Voice for Words {
    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        t_with(key, args)
    }

    fn tell(&self, phrase: &Phrase) -> String {
        say(phrase)
    }

    fn message(&self, finding: &Finding) -> String {
        crate::problems::message(finding)
    }
}
