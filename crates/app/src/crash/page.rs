//! How the page after a panic looks, and its buttons.

use js_sys::{Function, Reflect};
use leptos::prelude::document;
use trazo_texts::{Lang, text};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Node};

use super::Aside;
use crate::store::{files, names};

/// Shows the page in place of everything else. `safe`: the design will be found again when it is opened.
pub(super) fn show(aside: Option<&Aside>, safe: bool, details: &str) {
    // Where even this fails, the console has the details.
    let _ = try_show(aside, safe, details);
}

fn try_show(aside: Option<&Aside>, safe: bool, details: &str) -> Result<(), JsValue> {
    let document = document();
    let root = document.document_element().ok_or(JsValue::NULL)?;
    // boot.js sees that it was no failure to start.
    root.set_attribute("data-crashed", "true")?;
    let lang = Lang::from_tag(&root.get_attribute("lang").unwrap_or_default());
    let page = Page { document, lang };
    let main = page.element("main", "crash", "")?;
    main.append_child(&*page.element("h1", "crash-title", "ui.crash.title")?)?;
    main.append_child(&*page.element("p", "crash-text", "ui.crash.body")?)?;
    let (class, state) = match (aside, safe) {
        (None, _) => ("crash-text", "ui.crash.nothing"),
        (Some(_), true) => ("crash-text", "ui.crash.saved"),
        (Some(_), false) => ("crash-text crash-warning", "ui.crash.not_saved"),
    };
    main.append_child(&*page.element("p", class, state)?)?;
    main.append_child(&page.buttons(aside)?)?;
    main.append_child(&page.details(details)?)?;
    let body = page.document.body().ok_or(JsValue::NULL)?;
    body.replace_children_with_node_1(&main);
    main.unchecked_ref::<web_sys::HtmlElement>().focus()
}

struct Page {
    document: Document,
    lang: Lang,
}

impl Page {
    fn text(&self, key: &str) -> String {
        text(self.lang, key, &[])
    }

    fn element(&self, tag: &str, class: &str, key: &str) -> Result<Element, JsValue> {
        let element = self.document.create_element(tag)?;
        element.set_class_name(class);
        if tag == "main" {
            element.set_attribute("tabindex", "-1")?;
        }
        if !key.is_empty() {
            element.set_text_content(Some(&self.text(key)));
        }
        Ok(element)
    }

    fn buttons(&self, aside: Option<&Aside>) -> Result<Node, JsValue> {
        let row = self.element("p", "crash-buttons", "")?;
        if let Some(aside) = aside {
            let save = self.element("a", "crash-button crash-main", "ui.crash.download")?;
            save.set_attribute("href", &files::address(&aside.text, "application/json")?)?;
            save.set_attribute("download", &names::file_name(&aside.name))?;
            row.append_child(&save)?;
        }
        let reload = self.element("button", "crash-button", "ui.crash.reload")?;
        on_click(&reload, &method(self.document.location().ok_or(JsValue::NULL)?.as_ref(), "reload", None)?)?;
        row.append_child(&reload)?;
        // Without a # at its end this is another address, so that the page is loaded anew.
        let start = self.element("a", "crash-button", "ui.crash.start")?;
        start.set_attribute("href", "./")?;
        row.append_child(&start)?;
        Ok(row.into())
    }

    fn details(&self, details: &str) -> Result<Node, JsValue> {
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let navigator = window.navigator();
        let agent = navigator.user_agent().unwrap_or_default();
        let all = format!("Trazo {}\n{details}\n{agent}", env!("CARGO_PKG_VERSION"));
        let folded = self.element("details", "crash-details", "")?;
        folded.append_child(&*self.element("summary", "", "ui.crash.details")?)?;
        folded.append_child(&*self.element("p", "crash-help", "ui.crash.details_help")?)?;
        let shown = self.element("pre", "", "")?;
        shown.set_attribute("tabindex", "0")?;
        shown.set_text_content(Some(&all));
        folded.append_child(&shown)?;
        // Browsers offer no clipboard to pages that came by plain http.
        if let Ok(copy) = method(navigator.clipboard().as_ref(), "writeText", Some(&all)) {
            let button = self.element("button", "crash-button", "ui.crash.copy_details")?;
            on_click(&button, &copy)?;
            folded.append_child(&button)?;
        }
        Ok(folded.into())
    }
}

/// A method of the browser's own, bound so that it runs without this module.
fn method(object: &JsValue, name: &str, argument: Option<&str>) -> Result<Function, JsValue> {
    let method: Function = Reflect::get(object, &name.into())?.dyn_into()?;
    Ok(match argument {
        Some(argument) => method.bind1(object, &argument.into()).unchecked_into(),
        None => method.bind0(object),
    })
}

fn on_click(element: &Element, run: &Function) -> Result<(), JsValue> {
    element.add_event_listener_with_callback("click", run)
}
