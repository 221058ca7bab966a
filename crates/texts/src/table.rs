//! The columns that the build made, and the look-up in them.

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

/// The columns of one set.
macro_rules! columns {
    ($set:literal) => {
        Table {
            keys: rows(include_str!(concat!(env!("OUT_DIR"), "/", $set, ".keys"))),
            es: rows(include_str!(concat!(env!("OUT_DIR"), "/", $set, ".es"))),
            en: rows(include_str!(concat!(env!("OUT_DIR"), "/", $set, ".en"))),
        }
    };
}

static FIRST: OnceLock<Table> = OnceLock::new();
static REST: OnceLock<Table> = OnceLock::new();
static DEPLOY: OnceLock<Table> = OnceLock::new();
static IMPORT: OnceLock<Table> = OnceLock::new();

fn first() -> &'static Table {
    FIRST.get_or_init(|| columns!("first"))
}

/// Makes the texts beyond those of the first screen known. Nothing else names them, so that they are in the part of the
/// page that calls this.
pub(crate) fn load_rest() {
    REST.get_or_init(|| columns!("rest"));
}

/// The same for the texts of the deployment.
pub(crate) fn load_deploy() {
    DEPLOY.get_or_init(|| columns!("deploy"));
}

/// The same for the texts of imports.
pub(crate) fn load_import() {
    IMPORT.get_or_init(|| columns!("import"));
}

fn import() -> Option<&'static Table> {
    if cfg!(not(feature = "parts")) {
        load_import();
    }
    IMPORT.get()
}

fn deploy() -> Option<&'static Table> {
    if cfg!(not(feature = "parts")) {
        load_deploy();
    }
    DEPLOY.get()
}

fn rest() -> Option<&'static Table> {
    if cfg!(not(feature = "parts")) {
        load_rest();
    }
    REST.get()
}

fn rows(column: &'static str) -> Column {
    column.split(SEPARATOR).collect()
}

/// All keys that are known, in order.
pub(crate) fn keys() -> Vec<&'static str> {
    let mut all = first().keys.clone();
    all.extend([rest(), deploy(), import()].into_iter().flatten().flat_map(|table| &table.keys));
    all.sort_unstable();
    all
}

/// The text that this language itself has for a key.
pub(crate) fn own(lang: Lang, key: &str) -> Option<&'static str> {
    let in_table = |table: &'static Table| {
        let row = table.keys.binary_search(&key).ok()?;
        let column = match lang {
            Lang::Es => &table.es,
            Lang::En => &table.en,
        };
        column.get(row).copied().filter(|text| !text.is_empty())
    };
    in_table(first()).or_else(|| in_table(rest()?)).or_else(|| in_table(deploy()?)).or_else(|| in_table(import()?))
}

/// The text for a key in this language, or else in the other.
pub(crate) fn find(lang: Lang, key: &str) -> Option<&'static str> {
    let other = match lang {
        Lang::Es => Lang::En,
        Lang::En => Lang::Es,
    };
    own(lang, key).or_else(|| own(other, key))
}
