//! `trazo templates [show NAME]`

use std::fmt::Write as _;

use trazo_formats::templates;
use trazo_texts::{Lang, text};

use crate::failure::Failure;
use crate::meant::meant;
use crate::output::Said;

/// Lists names, with what each is.
pub(crate) fn list(lang: Lang) -> Said {
    let width = templates::ALL.iter().map(|template| template.key.len()).max().unwrap_or_default();
    let mut out = String::new();
    for template in templates::ALL {
        let name = text(lang, &format!("template.{}.name", template.key), &[]);
        let _ = writeln!(out, "{:width$}  {name}", template.key);
    }
    Said::well(out)
}

/// Writes the manifest of one.
pub(crate) fn show(name: &str) -> Result<Said, Failure> {
    match templates::find(name) {
        Some(template) => Ok(Said::well(template.manifest())),
        None => {
            let meant = meant(name, templates::ALL.iter().map(|template| template.key));
            Err(Failure::NoTemplate { name: name.to_owned(), meant })
        }
    }
}
