//! `trazo reference DIR`: the pages about kinds, fields and checks, in both languages.

mod checks;
mod defaults;
mod fields;
mod kinds;
mod markdown;

use std::path::Path;

use trazo_model::{Kind, LinkKind};
use trazo_texts::{Lang, text};

use crate::failure::Failure;
use crate::output::Said;
use markdown::Page;

/// Writes the pages into `DIR/es` and `DIR/en`.
pub(crate) fn run(folder: &Path) -> Result<Said, Failure> {
    for lang in Lang::ALL {
        let folder = folder.join(lang.code());
        write(&folder, "README", index(lang))?;
        write(&folder, "checks", checks::page(lang))?;
        for kind in Kind::ALL {
            write(&folder.join("kinds"), kind.spec().key, kinds::kind(lang, kind))?;
        }
    }
    Ok(Said::well(""))
}

fn write(folder: &Path, name: &str, page: Page) -> Result<(), Failure> {
    let file = folder.join(format!("{name}.md"));
    let failed = |source| Failure::Write { path: file.display().to_string(), source };
    std::fs::create_dir_all(folder).map_err(failed)?;
    std::fs::write(&file, page.finish()).map_err(failed)
}

/// A text of the reference itself.
fn said(lang: Lang, key: &str) -> String {
    text(lang, &format!("cli.reference.{key}"), &[])
}

fn index(lang: Lang) -> Page {
    let mut page = Page::new(lang, &said(lang, "title"));
    page.paragraph(&said(lang, "intro"));
    page.heading(2, &said(lang, "kinds"));
    let kinds = Kind::ALL.into_iter().map(|kind| {
        let key = kind.spec().key;
        let name = text(lang, &format!("kind.{key}.name"), &[]);
        vec![markdown::link(&name, &format!("kinds/{key}.md")), markdown::code(key), kinds::help(lang, kind)]
    });
    page.table(&["name", "key", "what"], kinds);
    page.heading(2, &said(lang, "links"));
    let links = LinkKind::ALL.into_iter().map(|kind| {
        let spec = kind.spec();
        let name = text(lang, &format!("link.{}.name", spec.key), &[]);
        let place = format!("kinds/{}.md#{}", spec.from.spec().key, kinds::anchor(spec));
        let end = |kind: Kind| text(lang, &format!("kind.{}.name", kind.spec().key), &[]);
        vec![markdown::link(&name, &place), end(spec.from), end(spec.to), kinds::link_help(lang, spec)]
    });
    page.table(&["name", "from", "to", "what"], links);
    page.heading(2, &said(lang, "checks"));
    page.paragraph(&format!("{} {}", said(lang, "checks_intro"), markdown::link(&said(lang, "checks"), "checks.md")));
    page
}
