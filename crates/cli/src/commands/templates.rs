//! `trazo templates [show NAME]`

use trazo_formats::templates;
use trazo_texts::{Lang, text};

use crate::failure::Failure;

/// Lists names, with what each is.
pub(crate) fn list(lang: Lang) -> Result<u8, Failure> {
    let width = templates::ALL.iter().map(|template| template.key.len()).max().unwrap_or_default();
    for template in templates::ALL {
        println!("{:width$}  {}", template.key, text(lang, &format!("template.{}.name", template.key), &[]));
    }
    Ok(0)
}

/// Writes the manifest of one.
pub(crate) fn show(name: &str) -> Result<u8, Failure> {
    let template = templates::find(name).ok_or_else(|| Failure::NoTemplate(name.to_owned()))?;
    print!("{}", template.manifest());
    Ok(0)
}
