//! IndexedDB as futures: as thin as it can be.
//!
//! `idb` (and `rexie`, which is built on it) would do the same for 16 kB more of wasm, 3 kB with brotli. This page needs four
//! requests of the whole interface, and handing the functions of a promise to a request as its handlers needs no closure of
//! ours at all.

use std::cell::RefCell;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use super::StoreError;

const NAME: &str = "trazo";

/// What is listed: everything of a design but its text.
pub(super) const ENTRIES: &str = "entries";
/// The texts of the manifests.
pub(super) const TEXTS: &str = "texts";

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// A transaction over both stores. It ends by itself when no request is under way.
pub(super) struct Transaction(IdbTransaction);

impl Transaction {
    /// Begins to read.
    pub(super) async fn read() -> Result<Self, StoreError> {
        Self::begin(IdbTransactionMode::Readonly).await
    }

    /// Begins to write; other writers, in other tabs too, wait until it has ended.
    pub(super) async fn write() -> Result<Self, StoreError> {
        Self::begin(IdbTransactionMode::Readwrite).await
    }

    async fn begin(mode: IdbTransactionMode) -> Result<Self, StoreError> {
        if let Some(open) = OPEN.with_borrow(Clone::clone) {
            if let Ok(transaction) = start(&open, mode) {
                return Ok(transaction);
            }
            // The browser has closed it: for a newer version in another tab, or since its data were cleared.
            OPEN.set(None);
        }
        let open = open().await?;
        let transaction = start(&open, mode)?;
        OPEN.set(Some(open));
        Ok(transaction)
    }

    /// One of the two stores.
    pub(super) fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        Ok(self.0.object_store(name)?)
    }

    /// Waits until everything is written.
    pub(super) async fn complete(self) -> Result<(), StoreError> {
        let promise = Promise::new(&mut |resolve, reject| {
            self.0.set_oncomplete(Some(&resolve));
            self.0.set_onabort(Some(&reject));
        });
        match JsFuture::from(promise).await {
            Ok(_) => Ok(()),
            Err(_) => Err(StoreError::from_exception(self.0.error().as_ref())),
        }
    }
}

/// The answer to a request.
pub(super) async fn answer(request: &IdbRequest) -> Result<JsValue, StoreError> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => Ok(request.result()?),
        Err(_) => Err(StoreError::from_exception(request.error()?.as_ref())),
    }
}

fn start(database: &IdbDatabase, mode: IdbTransactionMode) -> Result<Transaction, StoreError> {
    let names = js_sys::Array::of2(&ENTRIES.into(), &TEXTS.into());
    Ok(Transaction(database.transaction_with_str_sequence_and_mode(&names, mode)?))
}

async fn open() -> Result<IdbDatabase, StoreError> {
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
    let request = factory.ok_or(StoreError::Refused)?.open(NAME)?;
    let upgrade = wasm_bindgen::closure::Closure::once_into_js({
        let request = request.clone();
        move || make_stores(&request)
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let database: IdbDatabase = answer(&request).await?.unchecked_into();
    // So that a newer Trazo in another tab need not wait for this one to be closed.
    if let Ok(close) = Reflect::get(&database, &"close".into()) {
        let close: Function = close.unchecked_into();
        database.set_onversionchange(Some(&close.bind0(&database)));
    }
    Ok(database)
}

fn make_stores(request: &IdbRequest) {
    let Ok(result) = request.result() else { return };
    let database: IdbDatabase = result.unchecked_into();
    for name in [ENTRIES, TEXTS] {
        // A failure here makes the opening fail, which is told.
        let _ = database.create_object_store(name);
    }
}
