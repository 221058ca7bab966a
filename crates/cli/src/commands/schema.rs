//! `trazo schema`

use trazo_texts::{Lang, has, text};

use crate::failure::Failure;

/// Writes the JSON Schema of the manifest.
pub(crate) fn run(lang: Lang) -> Result<u8, Failure> {
    let schema = trazo_formats::schema::schema(&|key| has(key).then(|| text(lang, key, &[])));
    println!("{schema:#}");
    Ok(0)
}
