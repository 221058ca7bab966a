//! The designs that this browser keeps.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::StoreError;
use super::db::{ENTRIES, TEXTS, Transaction, answer};

/// What is known of a design without reading it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entry {
    /// Its id in this browser, and in the address of its page.
    pub(crate) id: String,
    /// Its name; may be empty.
    pub(crate) name: String,
    /// When it was stored, in milliseconds since 1970.
    pub(crate) updated: f64,
    /// Grows by one each time that it is stored. From 1.
    pub(crate) rev: u32,
    /// How many nodes it has.
    pub(crate) nodes: u32,
    /// A small drawing of it; see [`super::Sketch`].
    pub(crate) sketch: String,
}

/// A design as it is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Record {
    pub(crate) entry: Entry,
    /// Its manifest.
    pub(crate) text: String,
}

/// All designs, the one changed last first.
pub(crate) async fn list() -> Result<Vec<Entry>, StoreError> {
    let transaction = Transaction::read().await?;
    let all: Array = answer(&transaction.store(ENTRIES)?.get_all()?).await?.unchecked_into();
    let mut entries: Vec<Entry> = all.iter().map(|value| from_js(&value)).collect();
    entries.sort_by(|a, b| b.updated.total_cmp(&a.updated).then_with(|| a.id.cmp(&b.id)));
    Ok(entries)
}

/// A design, or [`StoreError::Gone`].
pub(crate) async fn load(id: &str) -> Result<Record, StoreError> {
    let transaction = Transaction::read().await?;
    let entry = transaction.store(ENTRIES)?.get(&id.into())?;
    let text = transaction.store(TEXTS)?.get(&id.into())?;
    let (entry, text) = (answer(&entry).await?, answer(&text).await?);
    match text.as_string() {
        Some(text) if !entry.is_undefined() => Ok(Record { entry: from_js(&entry), text }),
        _ => Err(StoreError::Gone),
    }
}

/// Stores a design if what is stored is the version that the record says (`rev`; 0: none), and tells the new version.
/// Reading and writing are one transaction, so that of two tabs only one can succeed.
pub(crate) async fn save(record: &Record) -> Result<u32, StoreError> {
    let Record { entry, text } = record;
    let transaction = Transaction::write().await?;
    let (entries, texts) = (transaction.store(ENTRIES)?, transaction.store(TEXTS)?);
    let key = JsValue::from(entry.id.as_str());
    let stored = answer(&entries.get(&key)?).await?;
    match (entry.rev, stored.is_undefined()) {
        (0, true) => {}
        (_, true) => return Err(StoreError::Gone),
        (known, false) if from_js(&stored).rev == known => {}
        _ => return Err(StoreError::Changed),
    }
    let rev = entry.rev + 1;
    let next = Entry { rev, updated: js_sys::Date::now(), ..entry.clone() };
    entries.put_with_key(&to_js(&next), &key)?;
    texts.put_with_key(&text.as_str().into(), &key)?;
    transaction.complete().await?;
    Ok(rev)
}

/// Takes a design away and gives it back, for a change of mind.
pub(crate) async fn remove(id: &str) -> Result<Record, StoreError> {
    let record = load(id).await?;
    let transaction = Transaction::write().await?;
    transaction.store(ENTRIES)?.delete(&id.into())?;
    transaction.store(TEXTS)?.delete(&id.into())?;
    transaction.complete().await?;
    Ok(record)
}

fn to_js(entry: &Entry) -> JsValue {
    let object = Object::new();
    let fields: [(&str, JsValue); 6] = [
        ("id", entry.id.as_str().into()),
        ("name", entry.name.as_str().into()),
        ("updated", entry.updated.into()),
        ("rev", entry.rev.into()),
        ("nodes", entry.nodes.into()),
        ("sketch", entry.sketch.as_str().into()),
    ];
    for (key, value) in fields {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &key.into(), &value);
    }
    object.into()
}

/// What was written by another version may lack fields: they are then empty.
fn from_js(value: &JsValue) -> Entry {
    let field = |key: &str| Reflect::get(value, &key.into()).unwrap_or_default();
    let text = |key: &str| field(key).as_string().unwrap_or_default();
    let number = |key: &str| field(key).as_f64().unwrap_or_default();
    Entry {
        id: text("id"),
        name: text("name"),
        updated: number("updated"),
        rev: number("rev") as u32,
        nodes: number("nodes") as u32,
        sketch: text("sketch"),
    }
}
