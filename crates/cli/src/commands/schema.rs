//! `trazo schema`

use trazo_texts::Lang;

use crate::output::Said;
use crate::words::if_any;

/// Writes the JSON Schema of the manifest.
pub(crate) fn run(lang: Lang) -> Said {
    let schema = trazo_formats::schema::schema(&|key| if_any(lang, key));
    Said::well(format!("{schema:#}\n"))
}
