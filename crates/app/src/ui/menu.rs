//! Menus: a button that opens one, and one that is opened at a point.

use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Event, HtmlElement, KeyboardEvent};

use super::{Icon, fresh_id, keys};

/// One thing that can be chosen.
#[derive(Clone)]
pub(crate) struct Item {
    label: TextProp,
    icon: &'static str,
    keys: &'static str,
    checked: Option<bool>,
    disabled: bool,
    danger: bool,
    run: Callback<()>,
}

impl Item {
    /// An item that does `run`.
    pub(crate) fn new(icon: &'static str, label: impl Into<TextProp>, run: impl Into<Callback<()>>) -> Self {
        Self { label: label.into(), icon, keys: "", checked: None, disabled: false, danger: false, run: run.into() }
    }

    /// The same with the chord that does it, as `Mod+D`.
    #[must_use]
    pub(crate) fn keys(mut self, keys: &'static str) -> Self {
        self.keys = keys;
        self
    }

    /// The same as one of several of which one holds.
    #[must_use]
    pub(crate) fn checked(mut self, checked: bool) -> Self {
        self.checked = Some(checked);
        self
    }

    /// The same, but it cannot be chosen now.
    #[must_use]
    pub(crate) fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    /// The same, marked as one that takes something away.
    #[must_use]
    pub(crate) fn danger(mut self) -> Self {
        self.danger = true;
        self
    }
}

/// What stands in a menu.
#[derive(Clone)]
pub(crate) enum Entry {
    /// Something that can be chosen.
    Item(Item),
    /// A line between parts.
    Part,
}

impl From<Item> for Entry {
    fn from(item: Item) -> Self {
        Self::Item(item)
    }
}

/// A square button with an icon, or one with words, that opens a menu.
#[component]
pub(crate) fn MenuButton(
    /// Its icon.
    #[prop(into)]
    icon: Signal<&'static str>,
    /// Its name.
    #[prop(into)]
    label: TextProp,
    /// Whether its name is shown beside the icon.
    #[prop(optional)]
    words: bool,
    /// Makes the entries, each time that it is opened.
    #[prop(into)]
    entries: Callback<(), Vec<Entry>>,
) -> impl IntoView {
    let id = fresh_id("menu");
    let button = NodeRef::<html::Button>::new();
    let open = RwSignal::new(false);
    let anchor = move || button.get_untracked().map(|button| button.get_bounding_client_rect());
    let (name, tip, shown) = (label.clone(), label.clone(), label.clone());
    view! {
        <button
            node_ref=button
            type="button"
            class=if words { "btn plain" } else { "icon-btn" }
            aria-label=move || (!words).then(|| name.get())
            data-tip=move || (!words).then(|| tip.get())
            aria-haspopup="menu"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            popovertarget=id.clone()
        >
            {move || view! { <Icon name=icon.get() /> }}
            {words.then(|| view! { <span class="clip">{move || shown.get()}</span> <Icon name="chevron-down" /> })}
        </button>
        {panel(id, label, open, entries, anchor)}
    }
}

/// A menu that is opened at a point of the screen, in CSS pixels: set `at`, and it is `None` again once it closes.
#[component]
pub(crate) fn Menu(
    /// Where it is open.
    at: RwSignal<Option<(f64, f64)>>,
    /// Its name.
    #[prop(into)]
    label: TextProp,
    /// Makes the entries, each time that it is opened.
    #[prop(into)]
    entries: Callback<(), Vec<Entry>>,
) -> impl IntoView {
    let id = fresh_id("menu");
    let open = RwSignal::new(false);
    let anchor = move || {
        at.get_untracked().and_then(|(x, y)| DomRect::new_with_x_and_y_and_width_and_height(x, y, 0.0, 0.0).ok())
    };
    let element = id.clone();
    Effect::new(move || {
        let wanted = at.get().is_some();
        if let Some(menu) = document().get_element_by_id(&element) {
            let menu: HtmlElement = menu.unchecked_into();
            let _ = if wanted { menu.show_popover() } else { menu.hide_popover() };
        }
    });
    Effect::new(move |was: Option<bool>| {
        let now = open.get();
        if was == Some(true) && !now {
            at.set(None);
        }
        now
    });
    panel(id, label, open, entries, anchor)
}

fn panel(
    id: String,
    label: TextProp,
    open: RwSignal<bool>,
    entries: Callback<(), Vec<Entry>>,
    anchor: impl Fn() -> Option<DomRect> + Clone + 'static,
) -> AnyView {
    let before = move |event: Event| {
        let menu: HtmlElement = event_target(&event);
        // Fired before it is shown and before it is hidden: what it shows now, it will not.
        open.set(!is_open(&menu));
    };
    let after = move |event: Event| {
        let menu: HtmlElement = event_target(&event);
        open.set(is_open(&menu));
        if is_open(&menu) {
            if let Some(rect) = anchor() {
                place(&menu, &rect);
            }
            focus(&menu, 0);
        }
    };
    view! {
        <div
            class="menu"
            id=id
            popover="auto"
            role="menu"
            aria-label=move || label.get()
            on:beforetoggle=before
            on:toggle=after
            on:keydown=walk
        >
            {move || open.get().then(|| entries.run(()).into_iter().map(entry).collect_view())}
        </div>
    }
    .into_any()
}

fn is_open(menu: &HtmlElement) -> bool {
    menu.matches(":popover-open").unwrap_or(false)
}

fn entry(entry: Entry) -> AnyView {
    match entry {
        Entry::Part => view! { <hr class="menu-part" /> }.into_any(),
        Entry::Item(item) => choice(item).into_any(),
    }
}

fn choice(item: Item) -> impl IntoView {
    let Item { label, icon, keys, checked, disabled, danger, run } = item;
    let press = move |event: web_sys::MouseEvent| {
        if disabled {
            return;
        }
        let target: HtmlElement = event_target(&event);
        // Closed first, so that the focus is back where it was when something new takes it.
        if let Ok(Some(menu)) = target.closest("[role=menu]") {
            let _ = menu.unchecked_into::<HtmlElement>().hide_popover();
        }
        run.run(());
    };
    let icon = match checked {
        Some(true) => "check",
        Some(false) => "",
        None => icon,
    };
    view! {
        <button
            type="button"
            class="menu-item"
            class:danger=danger
            role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
            aria-checked=checked.map(|checked| if checked { "true" } else { "false" })
            aria-disabled=disabled.then_some("true")
            tabindex="-1"
            on:click=press
        >
            {if icon.is_empty() { view! { <span class="menu-gap"></span> }.into_any() } else { view! { <Icon name=icon /> }.into_any() }}
            <span class="menu-text">{move || label.get()}</span>
            {(!keys.is_empty()).then(|| view! { <span class="menu-keys" aria-hidden="true">{keys::shown(keys)}</span> })}
        </button>
    }
}

fn items(menu: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(list) = menu.query_selector_all(".menu-item") else { return Vec::new() };
    (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).collect()
}

fn focus(menu: &HtmlElement, index: usize) {
    if let Some(item) = items(menu).get(index) {
        let _ = item.focus();
    }
}

/// Arrow keys, Home, End, and the first letter of an item.
fn walk(event: KeyboardEvent) {
    let Some(menu) = event.current_target().and_then(|menu| menu.dyn_into::<HtmlElement>().ok()) else { return };
    let items = items(&menu);
    let count = items.len();
    if count == 0 {
        return;
    }
    let focused = document().active_element();
    let now = items.iter().position(|item| focused.as_ref() == Some(item.as_ref()));
    let key = event.key();
    let next = match key.as_str() {
        "ArrowDown" => now.map_or(0, |now| (now + 1) % count),
        "ArrowUp" => now.map_or(count - 1, |now| (now + count - 1) % count),
        "Home" => 0,
        "End" => count - 1,
        "Tab" => {
            event.prevent_default();
            let _ = menu.hide_popover();
            return;
        }
        letter if letter.chars().count() == 1 && letter != " " => {
            let begins = |item: &HtmlElement| {
                item.text_content().unwrap_or_default().trim_start().to_lowercase().starts_with(&letter.to_lowercase())
            };
            let start = now.map_or(0, |now| now + 1);
            let Some(found) = (start..start + count).map(|i| i % count).find(|i| begins(&items[*i])) else { return };
            found
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    focus(&menu, next);
}

/// Puts a menu below what opened it, inside the window.
pub(crate) fn place(menu: &HtmlElement, anchor: &DomRect) {
    let size = menu.get_bounding_client_rect();
    let Some(root) = document().document_element() else { return };
    let (wide, high) = (f64::from(root.client_width()), f64::from(root.client_height()));
    let x = anchor.left().min(wide - size.width() - 8.0).max(8.0);
    let gap = if anchor.height() > 0.0 { 4.0 } else { 0.0 };
    let below = anchor.bottom() + gap;
    let above = anchor.top() - gap - size.height();
    let y = if below + size.height() + 8.0 <= high || above < 8.0 {
        below.min(high - size.height() - 8.0).max(8.0)
    } else {
        above
    };
    let style = menu.style();
    let _ = style.set_property("left", &format!("{x}px"));
    let _ = style.set_property("top", &format!("{y}px"));
}
