//! A field with a list of offers that follows what is typed: arrows choose, Enter takes, Escape closes.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use trazo_model::mapping::complete::{Offer, chosen, complete as fitting};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::super::parts::next_frame;
use super::text::{Combo, TextBox};
use crate::ui::{fresh_id, place};
use crate::words::t_with;

/// Makes the offers, each time that they are asked for.
pub(in crate::inspector) type Offers = Arc<dyn Fn() -> Vec<Offer> + Send + Sync>;

/// The list that is open.
#[derive(Clone)]
struct List {
    offers: Vec<Offer>,
    replaces: Range<usize>,
    active: Option<usize>,
}

/// A handle that can be copied into any closure.
#[derive(Clone, Copy)]
struct Completing {
    id: StoredValue<String>,
    field: StoredValue<String>,
    offers: StoredValue<Offers>,
    list: RwSignal<Option<List>>,
}

/// A text field with its list.
pub(in crate::inspector) fn complete(mut field: TextBox, offers: Offers) -> AnyView {
    let slot = field.slot;
    let id = fresh_id("offers");
    let this = Completing {
        id: StoredValue::new(id.clone()),
        field: StoredValue::new(slot.id()),
        offers: StoredValue::new(offers),
        list: RwSignal::new(None),
    };
    let list = this.list;
    let option = id.clone();
    let active = Signal::derive(move || {
        list.with(|list| list.as_ref().and_then(|list| list.active)).map(|at| format!("{option}-{at}"))
    });
    let open = Signal::derive(move || list.with(Option::is_some));
    field.combo = Some(Combo { list: id.clone(), open, active });
    field.keys = Some(Arc::new(move |event| this.key(event)));
    Effect::new(move || {
        open.get();
        active.get();
        next_frame(move || this.settle());
    });
    let rows = move || list.with(|list| list.as_ref().map(|list| this.rows(list)));
    view! {
        <div class="complete" on:input=move |_| this.refresh(false) on:click=move |_| this.clicked() on:focusout=move |_| this.close()>
            {field.show()}
            <ul
                id=id
                class="menu offers"
                popover="manual"
                role="listbox"
                aria-label=move || t_with("ui.inspector.suggestions", &[("label", &slot.label())])
                on:mousedown=|event| event.prevent_default()
            >
                {rows}
            </ul>
        </div>
    }
    .into_any()
}

impl Completing {
    fn element<T: JsCast>(self, id: StoredValue<String>) -> Option<T> {
        document().get_element_by_id(&id.try_get_value()?)?.dyn_into().ok()
    }

    fn input(self) -> Option<HtmlInputElement> {
        self.element(self.field)
    }

    fn close(self) {
        if self.list.try_with_untracked(Option::is_some) == Some(true) {
            self.list.set(None);
        }
    }

    /// A click into a field that is empty asks what there is.
    fn clicked(self) {
        if self.input().is_some_and(|input| input.value().is_empty()) {
            self.refresh(true);
        }
    }

    /// Makes the list anew. Where nothing was begun, it opens only if it was `asked` for.
    fn refresh(self, asked: bool) {
        let Some(input) = self.input() else { return };
        let Some(all) = self.offers.try_with_value(Arc::clone).map(|offers| offers()) else { return };
        let value = input.value();
        let units = input.selection_start().ok().flatten().unwrap_or(u32::MAX);
        let mut found = fitting(&value, byte_of(&value, units), &all);
        if asked && found.offers.is_empty() {
            // What stands there is whole: it may become anything.
            found.offers = (0..all.len()).collect();
        }
        if found.offers.is_empty() || !(asked || found.begun || value.is_empty()) {
            return self.close();
        }
        let offers = found.offers.iter().filter_map(|at| all.get(*at).cloned()).collect();
        // An expression that was begun is meant to become one of these; text is text.
        let expression = value.get(found.replaces.clone()).is_some_and(|typed| typed.starts_with('$'));
        let active = expression.then_some(0);
        self.list.set(Some(List { offers, replaces: found.replaces, active }));
    }

    /// Shows or hides the list, beside the field, with the active offer in view.
    fn settle(self) {
        let Some(list) = self.element::<HtmlElement>(self.id) else { return };
        let shown = list.matches(":popover-open").unwrap_or(false);
        let Some(wanted) = self.list.try_with_untracked(Option::is_some) else { return };
        if wanted && !shown {
            let _ = list.show_popover();
        } else if !wanted && shown {
            let _ = list.hide_popover();
        }
        if let (true, Some(input)) = (wanted, self.input()) {
            place(&list, &input.get_bounding_client_rect());
            if let Ok(Some(active)) = list.query_selector("[aria-selected=true]") {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                active.scroll_into_view_with_scroll_into_view_options(&options);
            }
        }
    }

    /// Whether the list has used a key.
    fn key(self, event: &KeyboardEvent) -> bool {
        let key = event.key();
        let state = self.list.with_untracked(|list| list.as_ref().map(|list| (list.active, list.offers.len())));
        match (key.as_str(), state) {
            ("ArrowDown", Some((active, n))) => self.go(active.map_or(0, |at| (at + 1) % n)),
            ("ArrowUp", Some((active, n))) => self.go(active.map_or(n - 1, |at| (at + n - 1) % n)),
            ("Enter", Some((Some(active), _))) => self.choose(active),
            ("Escape", Some(_)) => {
                event.stop_propagation();
                self.close();
            }
            ("ArrowDown", None) => self.refresh(true),
            (" ", None) if event.ctrl_key() => self.refresh(true),
            _ => return false,
        }
        event.prevent_default();
        true
    }

    fn go(self, to: usize) {
        self.list.update(|list| {
            if let Some(list) = list {
                list.active = Some(to);
            }
        });
    }

    /// Puts an offer into the field as if it had been typed.
    fn choose(self, at: usize) {
        let Some(input) = self.input() else { return };
        let picked = self.list.with_untracked(|list| {
            list.as_ref().and_then(|list| Some((list.offers.get(at)?.text.clone(), list.replaces.clone())))
        });
        let Some((offer, replaces)) = picked else { return };
        let (value, caret) = chosen(&input.value(), &replaces, &offer);
        let caret = units_of(&value, caret);
        input.set_value(&value);
        let _ = input.set_selection_range(caret, caret);
        if let Ok(event) = Event::new("input") {
            event.init_event_with_bubbles("input", true);
            let _ = input.dispatch_event(&event);
        }
        let _ = input.set_selection_range(caret, caret);
        // What ends in a full stop waits for a name.
        if !offer.ends_with('.') {
            self.close();
        }
    }

    fn rows(self, list: &List) -> AnyView {
        let id = self.id.try_get_value().unwrap_or_default();
        let row = |(at, offer): (usize, &Offer)| {
            let active = list.active == Some(at);
            view! {
                <li
                    id=format!("{id}-{at}")
                    class="offer"
                    role="option"
                    aria-selected=if active { "true" } else { "false" }
                    on:click=move |_| self.choose(at)
                >
                    <code>{offer.text.clone()}</code>
                    {offer.gives.clone().map(|gives| view! { <span class="offer-gives clip">{gives}</span> })}
                </li>
            }
        };
        list.offers.iter().enumerate().map(row).collect_view().into_any()
    }
}

/// Browsers count in UTF-16.
fn byte_of(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, letter) in text.char_indices() {
        if left < letter.len_utf16() {
            return at;
        }
        left -= letter.len_utf16();
    }
    text.len()
}

fn units_of(text: &str, byte: usize) -> u32 {
    let before = text.get(..byte).unwrap_or(text);
    u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_a_text_are_counted_as_browsers_do() {
        let text = "ñ🙂a";
        for (units, byte) in [(0, 0), (1, 2), (3, 6), (4, 7), (9, 7)] {
            assert_eq!(byte_of(text, units), byte);
        }
        assert_eq!((units_of(text, 6), units_of(text, 99)), (3, 4));
    }
}
