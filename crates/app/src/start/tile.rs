//! The tile of a stored design: its drawing, its name, when it was changed, and what can be done with it.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::{preview, when};
use crate::app::{Route, shown_name, use_desk};
use crate::store::{Entry, Sketch};
use crate::ui::{self, Item, MenuButton};
use crate::words::{t, t_count, t_with};

/// The tile. `now` is the present time in milliseconds since 1970.
#[component]
pub(crate) fn DesignTile(entry: Entry, now: RwSignal<f64>) -> impl IntoView {
    let desk = use_desk();
    let renaming = RwSignal::new(false);
    let Entry { id, name, updated, nodes, sketch, .. } = entry;
    let shown = StoredValue::new(name);
    let name_now = move || shown.with_value(|name| shown_name(name));
    let address = Route::Design(id.clone()).address();
    let key = StoredValue::new(id.clone());
    let actions = move |()| -> Vec<ui::Entry> {
        let id = move || key.get_value();
        vec![
            Item::new("edit", move || t("ui.top.file.rename"), move || renaming.set(true)).into(),
            Item::new("duplicate", move || t("ui.start.recent.duplicate"), move || desk.duplicate_stored(id())).into(),
            Item::new("download", move || t("ui.top.file.save"), move || desk.save_stored(id())).into(),
            ui::Entry::Part,
            Item::new("trash", move || t("ui.start.recent.delete"), move || desk.delete_stored(id())).danger().into(),
        ]
    };
    let link = NodeRef::<html::A>::new();
    Effect::new(move |_| {
        if desk.focus.get().is_some_and(|wanted| key.with_value(|id| *id == wanted)) {
            desk.focus.set(None);
            if let Some(link) = link.get_untracked() {
                // An element that is gone by then cannot take it: then nothing has to.
                let _ = link.focus();
            }
        }
    });
    let drawn = Sketch::read(&sketch).unwrap_or_default();
    let facts = move || {
        let changed = when::ago(updated, now.get());
        format!("{changed} · {}", t_count("ui.start.recent.elements", nodes as usize))
    };
    view! {
        <li class="tile" data-design=id>
            <a class="tile-picture" href=address.clone() tabindex="-1" aria-hidden="true">
                {preview::drawing(&drawn)}
            </a>
            <div class="tile-foot">
                <div class="tile-words">
                    <Show
                        when=move || renaming.get()
                        fallback=move || {
                            let address = address.clone();
                            view! { <a node_ref=link class="tile-name clip" href=address>{name_now}</a> }
                        }
                    >
                        <NameField id=key.get_value() name=shown.get_value() renaming=renaming />
                    </Show>
                    <p class="tile-facts clip" title=move || t_with("ui.start.recent.changed", &[("when", &when::ago(updated, now.get()))])>
                        {facts}
                    </p>
                </div>
                <MenuButton icon="more" label=move || t_with("ui.start.recent.actions", &[("name", &name_now())]) entries=actions />
            </div>
        </li>
    }
}

/// The field for another name. Enter or leaving it gives the name, Esc does not.
#[component]
fn NameField(id: String, name: String, renaming: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let field = NodeRef::<html::Input>::new();
    let old = StoredValue::new(name.clone());
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // The menu that led here gives the focus back to its button first.
            request_animation_frame(move || {
                let _ = field.focus();
                field.select();
            });
        }
    });
    let done = move |keep: bool| {
        if !renaming.get_untracked() {
            return;
        }
        let name = field.get_untracked().map(|field| field.value().trim().to_owned()).unwrap_or_default();
        renaming.set(false);
        if keep && !name.is_empty() && old.with_value(|old| *old != name) {
            desk.rename_stored(id.clone(), name);
        }
    };
    let leave = done.clone();
    let keys = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => done(true),
        "Escape" => {
            event.stop_propagation();
            done(false);
        }
        _ => {}
    };
    view! {
        <input
            node_ref=field
            class="input tile-field"
            aria-label=move || t("ui.rename.label")
            maxlength="120"
            prop:value=name
            on:keydown=keys
            on:blur=move |_| leave(true)
        />
    }
}
