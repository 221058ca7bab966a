//! Pictures that the browser draws of an SVG: shown, downloaded, and put into the archive of all files.

use std::sync::Arc;

use js_sys::{Function, Promise, Uint8Array};
use leptos::prelude::*;
use trazo_formats::export::{File, Form, png_scale};
use trazo_formats::{Rope, archive};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

use super::copy;
use crate::store::files;
use crate::studio::Studio;
use crate::words::{t, t_with};

const SVG: &str = "image/svg+xml";

/// The picture as it will be.
#[component]
pub(super) fn PictureView(document: Memo<Arc<Rope>>) -> impl IntoView {
    move || {
        let address = document.with(|document| files::address(&document.text(), SVG)).unwrap_or_default();
        let old = address.clone();
        on_cleanup(move || drop(Url::revoke_object_url(&old)));
        view! {
            <div class="files-picture">
                <img src=address alt=t("ui.files.picture") />
            </div>
        }
    }
}

/// Offers the PNG of an SVG as a file.
pub(super) fn download(studio: Studio, name: String, svg: String) {
    spawn_local(async move {
        let drawn = png(&svg).await;
        // The editor may have been left meanwhile.
        if studio.notices.is_disposed() {
            return;
        }
        match drawn {
            Ok(bytes) => copy::download_bytes(studio, &name, &bytes),
            Err(_) => not_drawn(studio, &name),
        }
    });
}

/// Offers the archive of files; what cannot be drawn is left out, and that is said.
pub(super) fn download_all(studio: Studio, name: String, files: Vec<File>) {
    spawn_local(async move {
        let (mut all, mut lost) = (Vec::with_capacity(files.len()), Vec::new());
        for File { path, document, form } in files {
            let bytes = match form {
                Form::Text => Ok(document.text().into_bytes()),
                Form::Png => png(&document.text()).await,
            };
            match bytes {
                Ok(bytes) => all.push((path, bytes)),
                Err(_) => lost.push(path),
            }
        }
        if studio.notices.is_disposed() {
            return;
        }
        copy::download_bytes(studio, &name, &archive::of(&all));
        lost.iter().for_each(|path| not_drawn(studio, path));
    });
}

fn not_drawn(studio: Studio, path: &str) {
    studio.warn(t_with("ui.files.not_drawn", &[("file", path)]));
}

/// The PNG of an SVG.
async fn png(svg: &str) -> Result<Vec<u8>, JsValue> {
    let address = files::address(svg, SVG)?;
    let drawn = draw(&address).await;
    drop(Url::revoke_object_url(&address));
    let buffer = JsFuture::from(drawn?.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

async fn draw(address: &str) -> Result<Blob, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(address);
    JsFuture::from(image.decode()).await?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = png_scale(width, height);
    let (width, height) = ((width * scale).round(), (height * scale).round());
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 16,384")]
    {
        canvas.set_width(width as u32);
        canvas.set_height(height as u32);
    }
    let pen: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    pen.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let made = Promise::new(&mut |done, failed| {
        let call = Closure::once_into_js(move |blob: JsValue| drop(done.call1(&JsValue::NULL, &blob)));
        if let Err(error) = canvas.to_blob(call.unchecked_ref::<Function>()) {
            drop(failed.call1(&JsValue::NULL, &error));
        }
    });
    // Null where the picture is too large for the browser.
    JsFuture::from(made).await?.dyn_into()
}
