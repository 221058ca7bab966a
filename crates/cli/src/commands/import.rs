//! `trazo import FILE [--from FORMAT] [--to FILE]`

use std::path::{Path, PathBuf};

use trazo_formats::import::{self, ImportError, Note, Understood};
use trazo_formats::manifest;
use trazo_model::Design;
use trazo_texts::{Lang, text};

use crate::failure::Failure;
use crate::input;
use crate::output::Said;
use crate::words;

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) file: String,
    /// The format of the file; `None`: the one that it shows.
    pub(crate) from: Option<String>,
    /// The file that the manifest is written into; `None`: standard output.
    pub(crate) to: Option<PathBuf>,
    /// How notes are said.
    pub(crate) telling: Telling,
}

/// How notes are said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    Text,
    Json,
}

/// Writes the manifest of what a file of another tool describes; what there is to tell of it goes to the other output.
pub(crate) fn run(asked: &Asked, lang: Lang) -> Result<Said, Failure> {
    let Asked { file, from, to, telling } = asked;
    let bytes = input::load(file)?;
    let understood = understand(file, from.as_deref(), &bytes)?;
    let design = if understood.placed { understood.design } else { trazo_editor::tidied(understood.design) };
    let manifest = manifest::write(&design);
    crate::complain(&match telling {
        Telling::Text => lines(file, &understood.notes, lang),
        Telling::Json => json(&understood.notes, lang),
    });
    match to {
        None => Ok(Said::well(manifest)),
        Some(path) => store(path, &manifest),
    }
}

fn understand(file: &str, from: Option<&str>, bytes: &[u8]) -> Result<Understood, Failure> {
    let holds = |word: &[u8]| bytes.windows(word.len()).any(|at| at == word);
    // A manifest is read as such by every command, so that its faults are told alike.
    if from == Some("manifest") || (from.is_none() && holds(b"\"trazo\"")) {
        match input::manifest_of(file, bytes) {
            Err(Failure::Open { error, .. }) if from.is_none() && error.is_foreign() => {}
            read => return read.map(|source| whole(source.design)),
        }
    }
    let name = if file == "-" { "" } else { file };
    import::read(name, bytes, from).map_err(|error| failure(file, bytes, error))
}

fn whole(design: Design) -> Understood {
    Understood { design, notes: Vec::new(), format: "manifest", placed: true }
}

fn failure(file: &str, bytes: &[u8], error: ImportError) -> Failure {
    let text = String::from_utf8_lossy(bytes).into_owned();
    Failure::Import { path: file.to_owned(), text, error: Box::new(error) }
}

/// The notes, one a line, as compilers write them.
fn lines(file: &str, notes: &[Note], lang: Lang) -> String {
    let said = notes.iter().map(|note| {
        let place = if note.line == 0 { file.to_owned() } else { format!("{file}:{}", note.line) };
        let level = text(lang, &format!("import.level.{}", note.level.key()), &[]);
        format!("{place}: {level}: {}\n", words::plain(&words::why(lang, &note.phrase())))
    });
    said.collect()
}

/// The notes as a list for programs.
fn json(notes: &[Note], lang: Lang) -> String {
    let list = notes.iter().map(|note| {
        serde_json::json!({
            "level": note.level.key(),
            "line": (note.line > 0).then_some(note.line),
            "code": note.key.trim_start_matches("import.note."),
            "message": words::plain(&words::why(lang, &note.phrase())),
        })
    });
    format!("{:#}\n", serde_json::Value::from(list.collect::<Vec<_>>()))
}

fn store(path: &Path, manifest: &str) -> Result<Said, Failure> {
    let shown = path.display().to_string();
    match std::fs::write(path, manifest) {
        Ok(()) => Ok(Said::well(format!("{shown}\n"))),
        Err(source) => Err(Failure::Write { path: shown, source }),
    }
}
