//! What the browser lends to the engines: its clock, its chance, its timers, its network.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Reflect, Uint8Array};
use reqwasm::http::{Headers, Method, RequestBuilder, Response};
use trazo_provision::{Answer, Later, Outgoing, Unsent, World};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect,
};

/// The browser.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Browser;

impl World for Browser {
    fn now(&self) -> u64 {
        now()
    }

    fn random(&self) -> u64 {
        let mut bytes = [0; 8];
        let crypto = web_sys::window().and_then(|window| window.crypto().ok());
        if crypto.is_none_or(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_err()) {
            // Every browser that runs this page has it. What is made of it here are names and pauses, never keys.
            return js_sys::Math::random().to_bits();
        }
        u64::from_le_bytes(bytes)
    }

    fn sleep(&self, millis: u32) -> Later<'_, ()> {
        Box::pin(TimeoutFuture::new(millis))
    }

    fn send(&self, request: Outgoing) -> Later<'_, Result<Answer, Unsent>> {
        Box::pin(exchange(request))
    }
}

/// Milliseconds since 1970 by the browser's clock.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and after 1970 for the next 285,000 years"
)]
pub(super) fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Ends the exchange when it is dropped: nobody waits for it any more.
struct Held(AbortController);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn exchange(request: Outgoing) -> Result<Answer, Unsent> {
    let controller = AbortController::new().map_err(|_| Unsent::Blocked)?;
    let held = Held(controller.clone());
    let late = Rc::new(Cell::new(false));
    let timer = Timeout::new(request.timeout, {
        let (late, controller) = (Rc::clone(&late), controller.clone());
        move || {
            late.set(true);
            controller.abort();
        }
    });
    let came = answer(&request, &controller).await;
    drop(timer);
    drop(held);
    match came {
        Err(_) if late.get() => Err(Unsent::TimedOut),
        Err(Unsent::Blocked) if !web_sys::window().is_none_or(|window| window.navigator().on_line()) => {
            Err(Unsent::Offline)
        }
        other => other,
    }
}

async fn answer(request: &Outgoing, controller: &AbortController) -> Result<Answer, Unsent> {
    let headers = Headers::new();
    for (name, value) in &request.headers {
        headers.set(name, value);
    }
    let method = Method::from_bytes(request.method.as_bytes()).map_err(|_| Unsent::Blocked)?;
    let builder = RequestBuilder::new(&request.url)
        .method(method)
        .headers(headers)
        .abort_signal(Some(&controller.signal()))
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Error)
        .referrer_policy(ReferrerPolicy::NoReferrer);
    let ready =
        if request.body.is_empty() { builder.build() } else { builder.body(Uint8Array::from(request.body.as_slice())) };
    let response = ready.map_err(|_| Unsent::Blocked)?.send().await.map_err(|_| Unsent::Blocked)?;
    let body = read(&response, request.limit).await?;
    let headers = response.headers().entries().map(|(name, value)| (name.to_lowercase(), value)).collect();
    Ok(Answer { status: response.status(), headers, body })
}

/// Reads the body piece by piece, so that what is too large is not taken in.
async fn read(response: &Response, limit: usize) -> Result<Vec<u8>, Unsent> {
    let Some(stream) = response.body() else { return Ok(Vec::new()) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut body = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(|_| Unsent::Blocked)?;
        let is_last = Reflect::get(&piece, &"done".into()).is_ok_and(|done| done.is_truthy());
        if is_last {
            return Ok(body);
        }
        let bytes: Uint8Array = Reflect::get(&piece, &"value".into())
            .ok()
            .and_then(|value| value.dyn_into().ok())
            .ok_or(Unsent::Blocked)?;
        if body.len() + bytes.length() as usize > limit {
            // The stream goes with the exchange.
            return Err(Unsent::TooLarge);
        }
        body.extend(bytes.to_vec());
    }
}
