//! Showing a field that somebody asked for: by a problem, a line of a file, or the command line of the page.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use web_sys::{HtmlElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::parts::{control_of, next_frame};
use crate::studio::{AskedField, Studio};

/// Frames to wait until what has to be unfolded is in the page.
const PATIENCE: u32 = 6;
/// How long a field stays marked, in milliseconds.
const MARKED: u32 = 1600;

/// Shows each field that is asked for.
pub(super) fn follow(studio: Studio) {
    Effect::new(move |_| {
        if let Some(asked) = studio.asked_field.get() {
            next_frame(move || show(studio, asked, PATIENCE));
        }
    });
}

fn show(studio: Studio, asked: AskedField, patience: u32) {
    if !asked.field.is_empty() {
        match find(&asked.field) {
            Some((element, exact)) if exact || patience == 0 => mark(&element, &asked.field),
            _ if patience > 0 => return next_frame(move || show(studio, asked, patience - 1)),
            _ => {}
        }
    }
    // Taken: a panel that is shown again later must not jump. Somebody may have asked for another one meanwhile.
    let is_this = |now: &Option<AskedField>| now.as_ref() == Some(&asked);
    if studio.asked_field.try_with_untracked(is_this) == Some(true) {
        let _ = studio.asked_field.try_set(None);
    }
}

/// The field at a path, or the nearest one around it.
fn find(at: &str) -> Option<(HtmlElement, bool)> {
    use wasm_bindgen::JsCast;

    let mut here = at;
    loop {
        let found = document().query_selector(&format!(".inspector [data-field=\"{here}\"]")).ok().flatten();
        if let Some(element) = found.and_then(|found| found.dyn_into().ok()) {
            return Some((element, here == at));
        }
        here = here.rsplit_once('.')?.0;
    }
}

fn mark(element: &HtmlElement, at: &str) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    options.set_behavior(ScrollBehavior::Auto);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    let here = element.get_attribute("data-field").unwrap_or_else(|| at.to_owned());
    if let Some(control) = control_of(&here) {
        let _ = control.focus();
    }
    let _ = element.class_list().add_1("asked");
    let element = element.clone();
    Timeout::new(MARKED, move || {
        let _ = element.class_list().remove_1("asked");
    })
    .forget();
}
