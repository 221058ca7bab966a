//! The name of this tab, and whether another is still there.
//!
//! Each tab that deploys holds a lock of the browser that has the tab's name. It goes with the page, however that ends, so that
//! nobody has to wait until a tab that was closed is taken for dead
//! (<https://developer.mozilla.org/docs/Web/API/Web_Locks_API>).

use std::cell::Cell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use trazo_provision::World;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::world::Browser;

thread_local! {
    static NAME: String = format!("{:016x}", Browser.random());
    static HELD: Cell<bool> = const { Cell::new(false) };
}

/// The name of this tab, which no other has.
pub(super) fn name() -> String {
    NAME.with(Clone::clone)
}

fn lock(tab: &str) -> String {
    format!("trazo.tab.{tab}")
}

/// The browser's locks; none where it has no such thing, or not for a page that did not come by a safe way.
fn locks() -> Option<Object> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"locks".into()).ok()?.dyn_into().ok()
}

fn call(locks: &Object, method: &str, words: &Array) -> Option<JsValue> {
    let method: Function = Reflect::get(locks, &method.into()).ok()?.dyn_into().ok()?;
    method.apply(locks, words).ok()
}

/// Takes the lock of this tab, which it then has for as long as the page lasts.
pub(super) async fn appear() {
    let Some(locks) = locks().filter(|_| !HELD.get()) else { return };
    let granted = Promise::new(&mut |granted, _| {
        let hold = Closure::once_into_js(move || {
            let _ = granted.call0(&JsValue::NULL);
            // Never kept: the lock lasts.
            Promise::new(&mut |_, _| {})
        });
        if call(&locks, "request", &Array::of2(&lock(&name()).into(), &hold)).is_none() {
            // Others then go by how long nothing was heard of this tab.
            let _ = hold.unchecked_ref::<Function>().call0(&JsValue::NULL);
        }
    });
    if JsFuture::from(granted).await.is_ok() {
        HELD.set(true);
    }
}

/// Whether a tab is gone for certain.
pub(super) async fn is_gone(tab: &str) -> bool {
    let Some(asked) = locks().and_then(|locks| call(&locks, "query", &Array::new())) else { return false };
    let Ok(state) = JsFuture::from(asked.unchecked_into::<Promise>()).await else { return false };
    let Ok(held) = Reflect::get(&state, &"held".into()) else { return false };
    let wanted = lock(tab);
    let of = |one: &JsValue| Reflect::get(one, &"name".into()).ok().and_then(|name| name.as_string());
    Array::from(&held).iter().all(|one| of(&one).is_none_or(|name| name != wanted))
}
