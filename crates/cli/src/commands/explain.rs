//! `trazo explain KIND[.FIELD]`

use trazo_model::Kind;
use trazo_model::field::{Control, Field};
use trazo_texts::{Lang, has, text};

use crate::failure::Failure;

/// Tells what a kind or a field is.
pub(crate) fn run(what: &str, lang: Lang) -> Result<u8, Failure> {
    let nothing = || Failure::NothingToExplain(what.to_owned());
    let (kind, field) = what.split_once('.').unwrap_or((what, ""));
    let spec = Kind::from_key(kind).ok_or_else(nothing)?.spec();
    if field.is_empty() {
        println!("{} ({})", said(lang, &format!("kind.{kind}.name")), spec.key);
        for line in [said(lang, &format!("kind.{kind}.help")), spec.doc.to_owned()] {
            if !line.is_empty() {
                println!("{line}");
            }
        }
        println!();
        list(lang, &format!("field.{kind}"), "", spec.fields);
        return Ok(0);
    }
    let (base, found) = find(&format!("field.{kind}"), spec.fields, field).ok_or_else(nothing)?;
    let key = format!("{base}.{}", found.key);
    println!("{} ({what})", said(lang, &format!("{key}.label")));
    let doc = if found.doc.is_empty() { spec.doc } else { found.doc };
    for line in [said(lang, &format!("{key}.help")), values(&found.control), doc.to_owned()] {
        if !line.is_empty() {
            println!("{line}");
        }
    }
    if let Control::Records { fields, .. } = &found.control {
        println!();
        list(lang, &key, "", fields);
    }
    Ok(0)
}

fn said(lang: Lang, key: &str) -> String {
    if has(key) { text(lang, key, &[]) } else { String::new() }
}

fn list(lang: Lang, base: &str, indent: &str, fields: &[Field]) {
    let width = fields.iter().map(|field| field.key.len()).max().unwrap_or_default();
    for field in fields {
        println!("{indent}{:width$}  {}", field.key, said(lang, &format!("{base}.{}.label", field.key)));
    }
}

/// A field by its path, and the key that its texts stand under.
fn find<'a>(base: &str, fields: &'a [Field], path: &str) -> Option<(String, &'a Field)> {
    if let Some(field) = fields.iter().find(|field| field.key == path) {
        return Some((base.to_owned(), field));
    }
    fields.iter().find_map(|field| {
        let rest = path.strip_prefix(field.key)?.strip_prefix('.')?;
        let Control::Records { fields, .. } = &field.control else { return None };
        find(&format!("{base}.{}", field.key), fields, rest)
    })
}

fn values(control: &Control) -> String {
    match control {
        Control::Number { min, max, .. } => format!("{min} – {max}"),
        Control::Choice(words) => words.join(" | "),
        Control::Toggle => "true | false".to_owned(),
        _ => String::new(),
    }
}
