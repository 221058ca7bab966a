//! What a design can be written as: one row a format.

use trazo_model::{Design, Finding, LinkId, Phrase};
use trazo_stack::{Origin, Stack};

use crate::kept::Kept;
use crate::{
    Document, Rope, aws_cli, ci, cloudformation, compose, drawio, manifest, mermaid, openapi, picture, report,
    terraform,
};

/// Words for people, in the reader's language.
pub trait Voice {
    /// The text of a key with named places.
    fn say(&self, key: &str, args: &[(&str, &str)]) -> String;
    /// A phrase, with its forms for one and many.
    fn tell(&self, phrase: &Phrase) -> String;
    /// What a finding says.
    fn message(&self, finding: &Finding) -> String;
}

/// What formats are written from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The design.
    pub design: &'a Design,
    /// The same, lowered.
    pub stack: &'a Stack,
    /// For words in files that people read.
    pub voice: &'a dyn Voice,
    /// The corners of a link as it is routed on the canvas, from its beginning to its end, in world units; none where it is not
    /// routed.
    pub route: &'a dyn Fn(&LinkId) -> Vec<(f64, f64)>,
    /// What was written before.
    pub kept: &'a Kept,
}

impl Source<'_> {
    /// Several phrases, parted by dots.
    pub(crate) fn tell_all(&self, phrases: &[Phrase]) -> String {
        phrases.iter().map(|phrase| self.voice.tell(phrase)).collect::<Vec<_>>().join(" · ")
    }
}

/// What a file is made of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The document's text, as it is.
    Text,
    /// The PNG picture that the document, an SVG, is drawn as, [`png_scale`] times its size. Whoever asks draws it: the page with the
    /// browser's own hands, the command line with a library that would be too heavy for the page.
    Png,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the folder of the format, with `/`.
    pub path: String,
    /// Its text, or what it is drawn from.
    pub document: Rope,
    /// What it is.
    pub form: Form,
}

impl File {
    /// A file of text.
    pub fn text(path: impl Into<String>, document: impl Into<Rope>) -> Self {
        Self { path: path.into(), document: document.into(), form: Form::Text }
    }
}

/// How many pixels a PNG has for each unit of the SVG that it is drawn from: two, so that it is sharp on paper and on fine
/// screens, or fewer where it would be larger than browsers draw (16,384 pixels a side, 32 million in all).
pub fn png_scale(width: f64, height: f64) -> f64 {
    const MOST_PIXELS: f64 = 32.0 * 1024.0 * 1024.0;
    let (width, height) = (width.max(1.0), height.max(1.0));
    (16_384.0 / width.max(height)).min((MOST_PIXELS / (width * height)).sqrt()).min(2.0)
}

/// Something of the design that a format cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The key of the text (`export.note.<key>`), with `{subject}`.
    pub key: &'static str,
    /// What it is about, as the person named it.
    pub subject: String,
    /// Where it stands in the design.
    pub origin: Option<Origin>,
}

/// The files of a format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// At least one, unless the design holds nothing that the format is about.
    pub files: Vec<File>,
    /// What could not be said.
    pub notes: Vec<Note>,
}

impl Written {
    /// One file without notes.
    pub fn one(path: impl Into<String>, document: impl Into<Rope>) -> Self {
        let mut all = Self::default();
        all.add(path, document);
        all
    }

    /// Adds a file.
    pub fn add(&mut self, path: impl Into<String>, document: impl Into<Rope>) {
        self.files.push(File::text(path, document));
    }

    /// One PNG picture that an SVG is drawn as.
    fn drawn(path: impl Into<String>, svg: Self) -> Self {
        let path = path.into();
        let files = svg.files.into_iter().map(|file| File { path: path.clone(), form: Form::Png, ..file });
        Self { files: files.collect(), notes: svg.notes }
    }

    /// Adds a note.
    pub fn note(&mut self, key: &'static str, subject: impl Into<String>, origin: Option<&Origin>) {
        self.notes.push(Note { key, subject: subject.into(), origin: origin.cloned() });
    }
}

/// A format.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line and in text keys (`export.<key>.title`, `.help`).
    pub key: &'static str,
    /// Writes a design.
    pub write: fn(&Source<'_>) -> Written,
}

/// All formats, in the order in which they are offered.
pub static ALL: &[Format] = &[
    Format {
        key: "cloudformation",
        write: |source| {
            Written::one("cloudformation.json", cloudformation::file(source.stack, source.design, source.kept))
        },
    },
    Format {
        key: "cloudformation-yaml",
        write: |source| {
            Written::one("cloudformation.yaml", cloudformation::file_in_yaml(source.stack, source.design, source.kept))
        },
    },
    Format { key: "aws-cli", write: aws_cli::write },
    Format { key: "terraform", write: terraform::write },
    Format { key: "openapi", write: openapi::write },
    Format { key: "compose", write: compose::write },
    Format { key: "ci", write: ci::write },
    Format { key: "svg", write: picture::write },
    Format { key: "png", write: |source| Written::drawn("architecture.png", picture::write(source)) },
    Format { key: "drawio", write: drawio::write },
    Format { key: "mermaid", write: mermaid::write },
    Format { key: "report", write: report::write },
    Format {
        key: "manifest",
        write: |source| Written::one("design.trazo.json", manifest::document_with(source.design, source.kept)),
    },
];

/// The format of a name.
pub fn find(key: &str) -> Option<&'static Format> {
    ALL.iter().find(|format| format.key == key)
}

/// What a file is called after something that a person named: letters that every system takes, not too many of them, and
/// unlike those that are `taken`.
pub(crate) fn stem(name: &str, otherwise: &str, taken: impl Fn(&str) -> bool) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' };
    let cut: String = name.chars().map(plain).take(MOST_LETTERS).collect();
    let base = match cut.trim_matches('-') {
        "" => otherwise,
        base => base,
    };
    let numbered = (2..).map(|nth| format!("{base}-{nth}"));
    let all = std::iter::once(base.to_owned()).chain(numbered);
    all.into_iter().find(|name| !taken(name)).unwrap_or_default()
}

/// Longer names make paths that some systems refuse, and names of hosts have no more than 63.
pub(crate) const MOST_LETTERS: usize = 56;

/// The page that goes along with all formats: what each folder is for. Of `written` are the formats that have one: a design may hold
/// nothing that a format is about.
pub fn read_me(source: &Source<'_>, written: &[&str]) -> Written {
    let name = source.design.name();
    let mut page = Document::default();
    page.push(&format!("# {name}"), None);
    page.push("", None);
    page.push(&source.voice.say("export.made", &[("name", name), ("region", source.design.region())]), None);
    page.push("", None);
    page.push(&source.voice.say("export.folder", &[]), None);
    page.push("", None);
    for format in ALL.iter().filter(|format| written.contains(&format.key)) {
        let (title, help) = (format!("export.{}.title", format.key), format!("export.{}.help", format.key));
        let line =
            format!("- `{}/`: **{}**. {}", format.key, source.voice.say(&title, &[]), source.voice.say(&help, &[]));
        page.push(&line, None);
    }
    Written::one("README.md", page)
}

/// A voice for tests that says keys and places.
#[cfg(test)]
pub(crate) struct Keys;

#[cfg(test)]
impl Voice for Keys {
    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        let places: Vec<&str> = args.iter().map(|(_, value)| *value).collect();
        format!("{key}({})", places.join(", "))
    }

    fn tell(&self, phrase: &Phrase) -> String {
        let places: Vec<&str> = phrase.args.iter().map(|(_, value)| value.as_str()).collect();
        places.join(" ")
    }

    fn message(&self, finding: &Finding) -> String {
        finding.code.to_owned()
    }
}
