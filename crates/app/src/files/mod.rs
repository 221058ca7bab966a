//! The files that are made from the design, as they will be: live, and each line leads back to what it came from.

mod code;
mod copy;
mod kinds;
mod status;
mod tokens;

use leptos::prelude::*;
use trazo_model::{LinkId, NodeId, Target};
use trazo_stack::Element;

use self::code::{Code, CodeView};
use self::kinds::File;
use self::status::Status;
use crate::studio::{Studio, use_studio};
use crate::ui::{Button, Icon, Tab, Tabs};
use crate::words::t;

/// The preview of files.
#[component]
pub(crate) fn Preview() -> impl IntoView {
    let studio = use_studio();
    let file = RwSignal::new(File::remembered());
    let document = Memo::new(move |_| file.get().document(&studio));
    let marked = Memo::new(move |_| {
        studio.selection.with(|selection| selection.iter().filter_map(element_of).collect::<Vec<_>>())
    });
    let cursor = RwSignal::new(None);
    let choose = move |at: usize| {
        let origin = document.with_untracked(|document| document.lines.get(at).and_then(|line| line.origin.clone()));
        if let Some(origin) = origin {
            studio.reveal(&target_of(&origin.element), &origin.field);
        }
    };
    let code = Code {
        document,
        marked,
        cursor,
        hovered: RwSignal::new(None),
        pressed: StoredValue::new((0, 0)),
        choose: choose.into(),
    };
    let empty = Memo::new(move |_| {
        studio.census.track();
        studio.design(trazo_model::Design::is_empty)
    });
    view! {
        <div class="files">
            <Bar file=file code=code />
            <div
                class="files-body"
                role="tabpanel"
                id=move || format!("panel-{}", file.get().id())
                aria-labelledby=move || format!("tab-{}", file.get().id())
            >
                <Show when=move || !empty.get() fallback=Empty>
                    <CodeView code=code label=move || t(file.get().title()) />
                </Show>
            </div>
            <Show when=move || !empty.get()>
                <Status file=file code=code />
            </Show>
        </div>
    }
}

/// Which file, and what can be done with it.
#[component]
fn Bar(file: RwSignal<File>, code: Code) -> impl IntoView {
    let studio = use_studio();
    let choose = move |id: &'static str| {
        file.set(File::of(id));
        File::of(id).remember();
        code.cursor.set(None);
    };
    view! {
        <div class="files-bar">
            <Tabs
                tabs=File::ALL.into_iter().map(|file| Tab::new(file.id(), "", move || t(file.title()))).collect()
                chosen=Signal::derive(move || file.get().id())
                on_choose=choose
                label=move || t("ui.files.choose")
            />
            <span class="files-gap"></span>
            <Button look="plain" icon="copy" label=move || t("ui.files.copy") on_press=move || copy_text(studio, code) />
            <Button
                look="plain"
                icon="download"
                label=move || t("ui.files.download")
                on_press=move || download(studio, file.get_untracked(), code)
            />
        </div>
    }
}

#[component]
fn Empty() -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name="code" />
            <h3>{move || t("ui.files.empty.title")}</h3>
            <p>{move || t("ui.files.empty.help")}</p>
        </div>
    }
}

fn copy_text(studio: Studio, code: Code) {
    copy::copy(studio, code.document.with_untracked(|document| document.text.clone()));
}

fn download(studio: Studio, file: File, code: Code) {
    let name = file.name(&studio);
    code.document.with_untracked(|document| copy::download(studio, &name, &document.text));
}

fn element_of(target: &Target) -> Option<Element> {
    match target {
        Target::Node(id) => Some(Element::Node(id.shared())),
        Target::Link(id) => Some(Element::Link(id.shared())),
        Target::Design => None,
    }
}

fn target_of(element: &Element) -> Target {
    match element {
        Element::Design => Target::Design,
        Element::Node(id) => Target::Node(NodeId::new(id)),
        Element::Link(id) => Target::Link(LinkId::new(id)),
    }
}
