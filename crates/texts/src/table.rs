//! The three columns that the build made, and the look-up in them.

use crate::Lang;
use std::sync::OnceLock;

/// What the build writes between two rows.
const SEPARATOR: char = '\u{1f}';

type Column = Vec<&'static str>;

struct Table {
    /// Sorted by byte.
    keys: Column,
    es: Column,
    en: Column,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table {
        keys: rows(include_str!(concat!(env!("OUT_DIR"), "/keys"))),
        es: rows(include_str!(concat!(env!("OUT_DIR"), "/es"))),
        en: rows(include_str!(concat!(env!("OUT_DIR"), "/en"))),
    })
}

fn rows(column: &'static str) -> Column {
    column.split(SEPARATOR).collect()
}

/// All keys, in order.
pub(crate) fn keys() -> &'static [&'static str] {
    &table().keys
}

/// The text that this language itself has for a key.
pub(crate) fn own(lang: Lang, key: &str) -> Option<&'static str> {
    let table = table();
    let row = table.keys.binary_search(&key).ok()?;
    let column = match lang {
        Lang::Es => &table.es,
        Lang::En => &table.en,
    };
    column.get(row).copied().filter(|text| !text.is_empty())
}

/// The text for a key in this language, or else in the other.
pub(crate) fn find(lang: Lang, key: &str) -> Option<&'static str> {
    let other = match lang {
        Lang::Es => Lang::En,
        Lang::En => Lang::Es,
    };
    own(lang, key).or_else(|| own(other, key))
}
