//! What Trazo says to people, in Spanish and English: one set of texts for the page and the command line.
//!
//! The texts are in `locales/<language>/**/*.toml`; `locales/README.md` tells how to write them. The build makes them
//! into columns (keys, Spanish, English) that lie in the binary as they are and are cut into rows at the first
//! look-up. Keys are data: most are put together from the name of a kind, of a field or of a check.
//!
//! ```
//! use trazo_texts::{Lang, count, text};
//!
//! let es = Lang::from_tag("es-PE");
//! assert_eq!(text(es, "ui.top.undo", &[]), "Deshacer");
//! assert_eq!(count(es, "ui.problems.errors", 3, &[]), "3 errores");
//! ```
//!
//! # Why not a library
//!
//! Measured on wasm32 (`opt-level = "z"`, fat LTO, one codegen unit, `panic = "abort"`, stripped; brotli 11): a
//! library with one look-up by a key known only at run time, one named argument, and the same invented texts in two
//! languages. "Floor" carries the texts and looks nothing up.
//!
//! | way | 400 keys | above floor | 1,600 keys | above floor |
//! |---|---:|---:|---:|---:|
//! | floor: texts alone | 10,906 B | – | 24,081 B | – |
//! | **columns, as here** | **12,998 B** | **2,092 B** | **26,256 B** | **2,175 B** |
//! | sorted table of `&str` | 15,742 B | 4,836 B | 39,474 B | 15,393 B |
//! | `rust-i18n` 4.2.4 | 33,022 B | 22,116 B | 56,748 B | 32,667 B |
//! | `fluent-bundle` 0.16 | 62,781 B | 51,875 B | | |
//! | `fluent-templates` 0.15.1 | 72,056 B | 61,150 B | | |
//!
//! `leptos_i18n` was not measured: it serves Leptos alone, and the command line shares the texts. None of the others
//! checks keys that are made at run time, or that both languages take the same arguments, so the tests here would be
//! needed with any of them; and of 300 kB for the whole page, 20 to 60 are too many for a look-up. Two languages with
//! two plural forms each need no plural engine.

mod fill;
mod lang;
mod table;

pub use fill::{Part, parts};
pub use lang::Lang;

/// The text of a key, with each `{name}` in it replaced by the argument of that name.
///
/// Never fails: a key without a text in this language gives that of the other language, a key without any gives
/// itself, and an argument that was not handed over stays as `{name}`.
#[must_use]
pub fn text(lang: Lang, key: &str, args: &[(&str, &str)]) -> String {
    table::find(lang, key).map_or_else(|| key.to_owned(), |text| fill::fill(text, args))
}

/// The text for a number of things: `key.one` for exactly one, `key.other` for all other numbers; `{n}` in it is the
/// number. Any type of whole number will do.
#[must_use]
pub fn count(lang: Lang, key: &str, n: impl std::fmt::Display, args: &[(&str, &str)]) -> String {
    counted(lang, key, &n.to_string(), args)
}

/// Apart, so that it is compiled once and not for each type of number.
fn counted(lang: Lang, key: &str, digits: &str, args: &[(&str, &str)]) -> String {
    let form = format!("{key}.{}", if digits == "1" { "one" } else { "other" });
    let mut all = vec![("n", digits)];
    all.extend_from_slice(args);
    text(lang, &form, &all)
}

/// The text of a phrase that was put together elsewhere: counted where it has a number, with arguments of its own.
#[must_use]
pub fn phrase(lang: Lang, key: &str, n: Option<i64>, args: &[(&str, String)]) -> String {
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    match n {
        Some(n) => count(lang, key, n, &args),
        None => text(lang, key, &args),
    }
}

/// Whether a key has a text in either language.
#[must_use]
pub fn has(key: &str) -> bool {
    Lang::ALL.iter().any(|lang| table::find(*lang, key).is_some())
}

/// All keys that are known, in order.
pub fn keys() -> impl Iterator<Item = &'static str> {
    table::keys().into_iter()
}

/// Makes the texts beyond those of the first screen known. Needed only where the feature `parts` is on: then what calls
/// this carries them.
pub fn load_rest() {
    table::load_rest();
}

/// The same for the texts that only the deployment says.
pub fn load_deploy() {
    table::load_deploy();
}

/// The same for the texts that only the dialog for imports says.
pub fn load_import() {
    table::load_import();
}

/// Those of the keys that lack a text in one language or in both, for the tests of whoever makes keys. A key that is
/// used with [`count`] is given without its `.one` and `.other`.
#[must_use]
pub fn missing<K: AsRef<str>>(wanted: &[K]) -> Vec<String> {
    let complete = |key: &str| Lang::ALL.iter().all(|lang| table::own(*lang, key).is_some());
    let plural = |key: &str| ["one", "other"].iter().all(|form| complete(&format!("{key}.{form}")));
    wanted.iter().map(AsRef::as_ref).filter(|key| !complete(key) && !plural(key)).map(str::to_owned).collect()
}
