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
    trazo_model::sort::sort_by(&mut entries, |a, b| b.updated.total_cmp(&a.updated).then_with(|| a.id.cmp(&b.id)));
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

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail so")]

    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::*;

    wasm_bindgen_test_configure!(run_in_browser);

    fn sample(id: &str, rev: u32, text: &str) -> Record {
        let sketch = "service 0 0 200 72;".to_owned();
        let entry = Entry { id: id.to_owned(), name: format!("{id} «ñ»"), updated: 0.0, rev, nodes: 1, sketch };
        Record { entry, text: text.to_owned() }
    }

    #[wasm_bindgen_test]
    async fn what_is_stored_is_found_again() {
        let id = crate::store::names::fresh_id();
        assert_eq!(save(&sample(&id, 0, "one")).await, Ok(1));
        let found = load(&id).await.unwrap();
        assert!(found.entry.updated > 0.0);
        assert_eq!(
            found,
            Record {
                entry: Entry { updated: found.entry.updated, rev: 1, ..sample(&id, 0, "").entry },
                text: "one".to_owned()
            }
        );
        assert_eq!(list().await.unwrap().into_iter().find(|entry| entry.id == id), Some(found.entry));
    }

    #[wasm_bindgen_test]
    async fn a_version_that_was_not_seen_is_not_written_over() {
        let id = crate::store::names::fresh_id();
        assert_eq!(save(&sample(&id, 0, "one")).await, Ok(1));
        assert_eq!(save(&sample(&id, 1, "two")).await, Ok(2));
        for rev in [0, 1, 3] {
            assert_eq!(save(&sample(&id, rev, "late")).await, Err(StoreError::Changed));
        }
        assert_eq!(load(&id).await.unwrap().text, "two");
    }

    #[wasm_bindgen_test]
    async fn of_two_at_once_one_wins() {
        let id = crate::store::names::fresh_id();
        assert_eq!(save(&sample(&id, 0, "one")).await, Ok(1));
        let (mine, yours) = (sample(&id, 1, "mine"), sample(&id, 1, "yours"));
        let (a, b) = futures_join(save(&mine), save(&yours)).await;
        assert_eq!([a.clone(), b.clone()].iter().filter(|result| result.is_ok()).count(), 1, "{a:?} {b:?}");
    }

    #[wasm_bindgen_test]
    async fn what_is_removed_is_gone_and_can_be_brought_back() {
        let id = crate::store::names::fresh_id();
        assert_eq!(save(&sample(&id, 0, "one")).await, Ok(1));
        let removed = remove(&id).await.unwrap();
        assert_eq!(load(&id).await, Err(StoreError::Gone));
        assert_eq!(save(&sample(&id, 1, "two")).await, Err(StoreError::Gone));
        assert_eq!(save(&Record { entry: Entry { rev: 0, ..removed.entry }, ..removed }).await, Ok(1));
        assert_eq!(load(&id).await.unwrap().text, "one");
    }

    /// Both at the same time, by the browser's own means.
    async fn futures_join(
        a: impl Future<Output = Result<u32, StoreError>>,
        b: impl Future<Output = Result<u32, StoreError>>,
    ) -> (Result<u32, StoreError>, Result<u32, StoreError>) {
        let (mut a, mut b) = (Box::pin(a), Box::pin(b));
        let (mut of_a, mut of_b) = (None, None);
        std::future::poll_fn(|context| {
            if of_a.is_none()
                && let std::task::Poll::Ready(result) = a.as_mut().poll(context)
            {
                of_a = Some(result);
            }
            if of_b.is_none()
                && let std::task::Poll::Ready(result) = b.as_mut().poll(context)
            {
                of_b = Some(result);
            }
            match (of_a.take(), of_b.take()) {
                (Some(a), Some(b)) => std::task::Poll::Ready((a, b)),
                (a, b) => {
                    (of_a, of_b) = (a, b);
                    std::task::Poll::Pending
                }
            }
        })
        .await
    }
}
