//! The files that are made from the design, as they will be: live, and each line leads back to what it came from.

mod code;
mod copy;
mod kinds;
mod picture;
mod status;
mod tokens;

use std::sync::Arc;

use leptos::prelude::*;
use trazo_formats::export::Form;
use trazo_formats::{Kept, Rope};
use trazo_model::{LinkId, NodeId, Target};
use trazo_stack::Element;

use self::code::{Code, CodeView};
use self::kinds::{Files, Shared, Shown};
use self::picture::PictureView;
use self::status::Status;
pub(crate) use self::tokens::{Language, tokens};
use crate::studio::{Studio, use_studio};
use crate::ui::{Button, Icon};
use crate::words::t;

/// What is shown.
#[derive(Clone, Copy)]
struct Choice {
    format: RwSignal<Shown>,
    /// Which of its files.
    nth: RwSignal<usize>,
    files: Memo<Arc<Files>>,
    /// What was written last: an edit changes little of it.
    kept: StoredValue<Kept, LocalStorage>,
}

impl Choice {
    fn new(studio: Studio) -> Self {
        let format = RwSignal::new(Shown::remembered());
        let kept = StoredValue::new_local(Kept::default());
        let files = Memo::new(move |_| {
            let written = kept.with_value(|kept| format.get().written(&studio, kept));
            Arc::new(written.files.into_iter().map(Into::into).collect::<Files>())
        });
        Self { format, nth: RwSignal::new(0), files, kept }
    }

    /// Something of the file that is shown. Tracked.
    fn with<T>(self, look: fn(&Shared) -> T) -> Option<T> {
        let nth = self.nth.get();
        self.files.with(|files| files.get(nth).or(files.first()).map(look))
    }

    /// Its path. Tracked.
    fn path(self) -> String {
        self.with(|file| file.path.clone()).unwrap_or_default()
    }

    /// Its text, or that of what it is drawn from. Tracked.
    fn document(self) -> Arc<Rope> {
        self.with(|file| file.document.clone()).unwrap_or_default()
    }

    /// Whether it is a picture that is drawn from its text. Tracked.
    fn is_drawn(self) -> bool {
        self.with(|file| file.form) == Some(Form::Png)
    }
}

/// The preview of files.
#[component]
pub(crate) fn Preview() -> impl IntoView {
    let studio = use_studio();
    let choice = Choice::new(studio);
    let document = Memo::new(move |_| choice.document());
    let marked = Memo::new(move |_| {
        studio.selection.with(|selection| selection.iter().filter_map(element_of).collect::<Vec<_>>())
    });
    let cursor = RwSignal::new(None);
    let choose = move |at: usize| {
        let origin = document.with_untracked(|document| document.origin(at).cloned());
        if let Some(origin) = origin {
            studio.reveal(&target_of(&origin.element), &origin.field);
        }
    };
    let code = Code {
        document,
        which: Memo::new(move |_| (choice.format.get(), choice.nth.get())),
        language: Memo::new(move |_| Language::of(&choice.path())),
        marked,
        cursor,
        hovered: RwSignal::new(None),
        pressed: StoredValue::new((0, 0)),
        choose: choose.into(),
    };
    let empty = Memo::new(move |_| {
        studio.census.track();
        studio.design(trazo_model::Design::is_empty) || choice.files.with(|files| files.is_empty())
    });
    view! {
        <div class="files">
            <Bar choice=choice code=code />
            <div class="files-body">
                <Show when=move || !empty.get() fallback=Empty>
                    <Show
                        when=move || choice.is_drawn()
                        fallback=move || view! { <CodeView code=code label=move || t(&choice.format.get().title()) /> }
                    >
                        <PictureView document=document />
                    </Show>
                </Show>
            </div>
            <Show when=move || !empty.get()>
                <Status choice=choice code=code />
            </Show>
        </div>
    }
}

/// Which file, and what can be done with it.
#[component]
fn Bar(choice: Choice, code: Code) -> impl IntoView {
    let studio = use_studio();
    let choose = move |id: String| {
        let format = Shown::of(&id);
        choice.nth.set(0);
        choice.format.set(format);
        format.remember();
        code.cursor.set(None);
    };
    let several = Memo::new(move |_| choice.files.with(|files| files.len() > 1));
    let option = move |format: Shown| {
        let chosen = move || choice.format.get() == format;
        view! { <option value=format.id() prop:selected=chosen>{move || t(&format.title())}</option> }
    };
    view! {
        <div class="files-bar">
            <select
                class="select files-format"
                aria-label=move || t("ui.files.format")
                on:change=move |event| choose(event_target_value(&event))
            >
                {Shown::all().map(option).collect_view()}
            </select>
            <Show when=move || several.get()>
                <Which choice=choice code=code />
            </Show>
            <span class="files-gap"></span>
            <Show when=move || !choice.is_drawn()>
                <Button look="plain" icon="copy" label=move || t("ui.files.copy") on_press=move || copy_text(studio, code) />
            </Show>
            <Button
                look="plain"
                icon="download"
                label=move || t("ui.files.download")
                on_press=move || download(studio, choice, code)
            />
            <Button
                look="plain"
                icon="folder"
                label=move || t("ui.files.everything")
                on_press=move || {
                    let (name, files) = kinds::everything(&studio);
                    picture::download_all(studio, name, files);
                }
            />
        </div>
    }
}

/// Which of a format's files.
#[component]
fn Which(choice: Choice, code: Code) -> impl IntoView {
    // An edit changes what files hold, and hardly ever which there are.
    let paths =
        Memo::new(move |_| choice.files.with(|files| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>()));
    let option = move |(at, path): (usize, &String)| {
        let chosen = move || choice.nth.get() == at;
        view! { <option value=at.to_string() prop:selected=chosen>{path.clone()}</option> }
    };
    let choose = move |at: String| {
        choice.nth.set(at.parse().unwrap_or(0));
        code.cursor.set(None);
    };
    view! {
        <select
            class="select files-which"
            aria-label=move || t("ui.files.choose")
            on:change=move |event| choose(event_target_value(&event))
        >
            {move || paths.with(|paths| paths.iter().enumerate().map(option).collect_view())}
        </select>
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
    copy::copy(studio, code.document.with_untracked(|document| document.text()));
}

fn download(studio: Studio, choice: Choice, code: Code) {
    let name = kinds::download_name(&studio, &untrack(|| choice.path()));
    let text = code.document.with_untracked(|document| document.text());
    if untrack(|| choice.is_drawn()) {
        picture::download(studio, name, text);
    } else {
        copy::download(studio, &name, &text);
    }
}

fn element_of(target: &Target) -> Option<Element> {
    match target {
        Target::Node(id) => Some(Element::Node(id.shared())),
        Target::Link(id) => Some(Element::Link(id.shared())),
        Target::Design => None,
    }
}

/// The element of the design that a value was made from.
pub(crate) fn target_of(element: &Element) -> Target {
    match element {
        Element::Design => Target::Design,
        Element::Node(id) => Target::Node(NodeId::new(id)),
        Element::Link(id) => Target::Link(LinkId::new(id)),
    }
}
