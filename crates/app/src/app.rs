//! The whole page: the start page or the editor, and what both have in common.

mod bar;
mod desk;
mod drop;
mod editor;
mod notice;
mod opening;
mod parts;
mod route;
mod taking;
mod trouble;
mod work;

use leptos::prelude::*;
use trazo_texts::Part;

use desk::Screen;
pub(crate) use desk::{Desk, Recents, shown_name, use_desk};
pub(crate) use notice::Action;
pub(crate) use parts::fetch_editor;
pub(crate) use route::Route;
pub(crate) use taking::{picture, tidied};

use crate::start::StartPage;

/// The page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let desk = Desk::new();
    provide_context(desk);
    desk.begin();
    ready_when_shown(desk);
    let screen = move || {
        let screen = desk.screen.get();
        name_screen(&screen);
        match screen {
            Screen::Loading => ().into_any(),
            Screen::Start => {
                parts::fetch_soon();
                view! { <StartPage /> }.into_any()
            }
            Screen::Editor(opened) => parts::editor(opened),
        }
    };
    view! {
        {screen}
        <drop::DropPlace />
        <notice::ToastPlace />
        <crate::import::ImportPlace />
        <trouble::TroublePlace />
    }
}

/// Tells the style sheet what is shown, before it is: a selector that looks for it in the page would be asked again
/// whenever anything in the page comes or goes.
fn name_screen(screen: &Screen) {
    let name = match screen {
        Screen::Loading => "none",
        Screen::Start => "start",
        Screen::Editor(_) => "editor",
    };
    if let Some(root) = document().document_element() {
        // As below: it cannot be refused.
        let _ = root.set_attribute("data-screen", name);
    }
}

/// Marks the document when the first screen takes input, and keeps its title.
fn ready_when_shown(desk: Desk) {
    Effect::new(move |_| {
        let title = match desk.screen.get() {
            Screen::Loading => return,
            Screen::Start => crate::words::t("ui.start.page_title"),
            Screen::Editor(_) => match desk.name.get() {
                name if name.is_empty() => format!("{} · Trazo", crate::words::t("ui.top.unnamed")),
                name => format!("{name} · Trazo"),
            },
        };
        document().set_title(&title);
        if let Some(root) = document().document_element() {
            // An attribute with this name is always legal, so that it cannot be refused.
            let _ = root.set_attribute("data-ready", "true");
        }
    });
}

/// A text in which what stands in backticks is code.
pub(crate) fn with_code(text: &str) -> impl IntoView + use<> {
    let part = |part: Part<'_>| match part {
        Part::Plain(text) => text.to_owned().into_any(),
        Part::Code(text) => view! { <code>{text.to_owned()}</code> }.into_any(),
    };
    trazo_texts::parts(text).map(part).collect_view()
}
