//! The journal of the step-by-step engine in this browser: a database of its own, so that designs and deployments never wait for
//! each other. No credentials come in: the engine writes none.

use std::cell::RefCell;

use js_sys::{Array, Function, Promise, Reflect};
use trazo_provision::Later;
use trazo_provision::steps::{Journal, JournalError, Lease, Record};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use super::tabs;

const NAME: &str = "trazo.deployments";
/// One row for each record; the key is the deployment and the number.
const RECORDS: &str = "records";
/// One row for each deployment that a tab is at.
const LEASES: &str = "leases";
/// One row for each design: its latest deployment.
const LATEST: &str = "latest";

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

type Result<T> = std::result::Result<T, JournalError>;

/// The journal of this browser.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Browsers;

impl Journal for Browsers {
    fn read<'a>(&'a self, deployment: &'a str) -> Later<'a, Result<Vec<Record>>> {
        Box::pin(async move {
            let transaction = begin(RECORDS, IdbTransactionMode::Readonly).await?;
            let range =
                IdbKeyRange::bound(&key(deployment, 0).into(), &key(deployment, u32::MAX).into()).map_err(broken)?;
            let request = store(&transaction, RECORDS)?.get_all_with_key(&range).map_err(broken)?;
            let rows: Array = answer(&request).await?.unchecked_into();
            rows.iter().map(|row| from_text(&row)).collect()
        })
    }

    fn write<'a>(&'a self, record: &'a Record) -> Later<'a, Result<()>> {
        Box::pin(async move {
            let transaction = begin(RECORDS, IdbTransactionMode::Readwrite).await?;
            let row = to_text(record)?;
            // Refused where there is a row of this key: that is what keeps two tabs apart.
            let request = store(&transaction, RECORDS)?
                .add_with_key(&row, &key(&record.deployment, record.number).into())
                .map_err(broken)?;
            answer(&request).await?;
            complete(&transaction).await
        })
    }

    fn lease<'a>(&'a self, wanted: &'a Lease) -> Later<'a, Result<Lease>> {
        Box::pin(async move {
            tabs::appear().await;
            // Asked before the transaction, which does not wait for anything but itself.
            let seen = row_of(&wanted.deployment).await?;
            let others = |held: &Lease| held.tab != wanted.tab && held.is_fresh(wanted.beat);
            if let Some(held) = seen.clone().filter(others)
                && !tabs::is_gone(&held.tab).await
            {
                return Ok(held);
            }
            let transaction = begin(LEASES, IdbTransactionMode::Readwrite).await?;
            let leases = store(&transaction, LEASES)?;
            let row = answer(&leases.get(&wanted.deployment.as_str().into()).map_err(broken)?).await?;
            let held = from_text::<Lease>(&row).ok();
            // A third one was quicker.
            if held != seen
                && let Some(held) = held.filter(others)
            {
                return Ok(held);
            }
            put(&leases, &wanted.deployment, &to_text(wanted)?).await?;
            complete(&transaction).await?;
            Ok(wanted.clone())
        })
    }

    fn holder<'a>(&'a self, deployment: &'a str, now: u64) -> Later<'a, Result<Option<Lease>>> {
        Box::pin(async move {
            let Some(held) = row_of(deployment).await?.filter(|held| held.is_fresh(now)) else { return Ok(None) };
            Ok(if tabs::is_gone(&held.tab).await { None } else { Some(held) })
        })
    }

    fn release<'a>(&'a self, deployment: &'a str, tab: &'a str) -> Later<'a, Result<()>> {
        Box::pin(async move {
            let transaction = begin(LEASES, IdbTransactionMode::Readwrite).await?;
            let leases = store(&transaction, LEASES)?;
            let row = answer(&leases.get(&deployment.into()).map_err(broken)?).await?;
            if from_text::<Lease>(&row).is_ok_and(|held| held.tab == tab) {
                answer(&leases.delete(&deployment.into()).map_err(broken)?).await?;
            }
            complete(&transaction).await
        })
    }
}

impl Browsers {
    /// The latest deployment of a design.
    pub(super) async fn latest(self, design: &str) -> Result<Option<String>> {
        let transaction = begin(LATEST, IdbTransactionMode::Readonly).await?;
        let row = answer(&store(&transaction, LATEST)?.get(&design.into()).map_err(broken)?).await?;
        Ok(row.as_string())
    }

    /// Notes which deployment of a design is the latest, unless it is no longer the one that was `seen`: then another tab has begun
    /// one. Whether it was noted.
    pub(super) async fn set_latest(self, design: &str, seen: Option<&str>, deployment: &str) -> Result<bool> {
        let transaction = begin(LATEST, IdbTransactionMode::Readwrite).await?;
        let latest = store(&transaction, LATEST)?;
        let now = answer(&latest.get(&design.into()).map_err(broken)?).await?.as_string();
        if now.as_deref() != seen && now.as_deref() != Some(deployment) {
            return Ok(false);
        }
        put(&latest, design, &deployment.into()).await?;
        complete(&transaction).await?;
        Ok(true)
    }
}

/// The lease of a deployment as it was written.
async fn row_of(deployment: &str) -> Result<Option<Lease>> {
    let transaction = begin(LEASES, IdbTransactionMode::Readonly).await?;
    let row = answer(&store(&transaction, LEASES)?.get(&deployment.into()).map_err(broken)?).await?;
    Ok(from_text(&row).ok())
}

/// Keys sort as their numbers do.
fn key(deployment: &str, number: u32) -> String {
    format!("{deployment}/{number:010}")
}

fn to_text(value: &impl serde::Serialize) -> Result<JsValue> {
    serde_json::to_string(value).map(|text| text.into()).map_err(|_| JournalError::Broken)
}

fn from_text<T: serde::de::DeserializeOwned>(row: &JsValue) -> Result<T> {
    let text = row.as_string().ok_or(JournalError::Broken)?;
    serde_json::from_str(&text).map_err(|_| JournalError::Broken)
}

fn broken(_: JsValue) -> JournalError {
    JournalError::Broken
}

fn store(transaction: &IdbTransaction, name: &str) -> Result<IdbObjectStore> {
    transaction.object_store(name).map_err(broken)
}

async fn put(into: &IdbObjectStore, key: &str, row: &JsValue) -> Result<()> {
    answer(&into.put_with_key(row, &key.into()).map_err(broken)?).await.map(|_| ())
}

async fn answer(request: &IdbRequest) -> Result<JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    if JsFuture::from(promise).await.is_ok() {
        return request.result().map_err(broken);
    }
    let name = request.error().ok().flatten().map(|error| error.name()).unwrap_or_default();
    Err(if name == "ConstraintError" { JournalError::Taken } else { JournalError::Broken })
}

/// Waits until everything is written.
async fn complete(transaction: &IdbTransaction) -> Result<()> {
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    JsFuture::from(promise).await.map(|_| ()).map_err(broken)
}

async fn begin(name: &str, mode: IdbTransactionMode) -> Result<IdbTransaction> {
    let start = |database: &IdbDatabase| database.transaction_with_str_and_mode(name, mode);
    if let Some(open) = OPEN.with_borrow(Clone::clone) {
        if let Ok(transaction) = start(&open) {
            return Ok(transaction);
        }
        // The browser has closed it, since its data were cleared.
        OPEN.set(None);
    }
    let open = open().await?;
    let transaction = start(&open).map_err(broken)?;
    OPEN.set(Some(open));
    Ok(transaction)
}

async fn open() -> Result<IdbDatabase> {
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
    let request = factory.ok_or(JournalError::Broken)?.open(NAME).map_err(broken)?;
    let upgrade = wasm_bindgen::closure::Closure::once_into_js({
        let request = request.clone();
        move || {
            let Ok(result) = request.result() else { return };
            let database: IdbDatabase = result.unchecked_into();
            for name in [RECORDS, LEASES, LATEST] {
                // A failure here makes the opening fail, which is told.
                let _ = database.create_object_store(name);
            }
        }
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
