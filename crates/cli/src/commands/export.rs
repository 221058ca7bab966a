//! `trazo export FILE --to FORMAT [--out DIR]`

use std::io::IsTerminal;
use std::path::Path;

use trazo_editor::scene::Scene;
use trazo_formats::Kept;
use trazo_formats::export::{self, File, Form, Format, Source, Voice, Written};
use trazo_model::{Finding, LinkId, Phrase};
use trazo_texts::{Lang, text};

use crate::arguments::ALL;
use crate::failure::Failure;
use crate::input;
use crate::output::Said;
use crate::png;
use crate::words;

/// Writes a design in a format: to standard output, or into a folder, and then says where. Of several files the folder must be
/// named; with `all` each format has a folder of its own in it.
pub(crate) fn run(path: &str, to: &str, out: Option<&Path>, lang: Lang) -> Result<Said, Failure> {
    let design = input::read(path)?.design;
    let stack = trazo_model::lower(&design);
    let scene = Scene::new(&design);
    let route = |id: &LinkId| {
        let points = scene.link_points(id).unwrap_or_default();
        points.iter().map(|point| (point.x, point.y)).collect()
    };
    let kept = Kept::default();
    let source = Source { design: &design, stack: &stack, voice: &Words(lang), route: &route, kept: &kept };
    if to == ALL {
        return all(&source, out.ok_or_else(|| Failure::NoFolder { format: to.to_owned() })?, lang);
    }
    let Some(format) = export::find(to) else { return Err(Failure::NoFolder { format: to.to_owned() }) };
    let written = (format.write)(&source);
    complain(&written, format, lang);
    match (out, written.files.as_slice()) {
        (Some(folder), _) => Ok(Said::well(store(&written, folder, lang)?)),
        (None, [one]) if one.form == Form::Text => Ok(Said::well(one.document.text())),
        // Bytes would make a mess of a terminal.
        (None, [_]) if std::io::stdout().is_terminal() => Err(Failure::NotForTerminals { format: to.to_owned() }),
        (None, [one]) => Ok(Said::bytes(bytes(one, lang)?)),
        (None, []) => Ok(Said::well("")),
        (None, _) => Err(Failure::NoFolder { format: to.to_owned() }),
    }
}

/// The words of a language.
struct Words(Lang);

impl Voice for Words {
    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        text(self.0, key, args)
    }

    fn tell(&self, phrase: &Phrase) -> String {
        trazo_texts::phrase(self.0, phrase.key, phrase.count, &phrase.args)
    }

    fn message(&self, finding: &Finding) -> String {
        words::message(self.0, finding)
    }
}

fn all(source: &Source<'_>, folder: &Path, lang: Lang) -> Result<Said, Failure> {
    let (mut said, mut folders) = (String::new(), Vec::new());
    for format in export::ALL {
        let written = (format.write)(source);
        if !written.files.is_empty() {
            folders.push(format.key);
        }
        complain(&written, format, lang);
        said.push_str(&store(&written, &folder.join(format.key), lang)?);
    }
    said.push_str(&store(&export::read_me(source, &folders), folder, lang)?);
    Ok(Said::well(said))
}

/// Writes the files; gives their paths, one a line.
fn store(written: &Written, folder: &Path, lang: Lang) -> Result<String, Failure> {
    let failed = |path: &Path, source| Failure::Write { path: path.display().to_string(), source };
    let mut said = String::new();
    for file in &written.files {
        let path = folder.join(&file.path);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(|source| failed(parent, source))?;
        std::fs::write(&path, bytes(file, lang)?).map_err(|source| failed(&path, source))?;
        said.push_str(&format!("{}\n", path.display()));
    }
    Ok(said)
}

/// What a file holds.
fn bytes(file: &File, lang: Lang) -> Result<Vec<u8>, Failure> {
    let text = file.document.text();
    if file.form == Form::Text {
        return Ok(text.into_bytes());
    }
    let drawn = png::draw(&text).ok_or_else(|| Failure::NotDrawn { path: file.path.clone() })?;
    if !drawn.has_text {
        crate::complain(&format!("{}: {}\n", file.path, trazo_texts::text(lang, "cli.no_fonts", &[])));
    }
    Ok(drawn.png)
}

/// Says what the format cannot say.
fn complain(written: &Written, format: &Format, lang: Lang) {
    if written.files.is_empty() {
        crate::complain(&format!("{}: {}\n", format.key, text(lang, "export.nothing", &[])));
    }
    for note in &written.notes {
        let said = text(lang, &format!("export.note.{}", note.key), &[("subject", &note.subject)]);
        crate::complain(&format!("{}: {said}\n", format.key));
    }
}
