//! A text with numbered lines, of which only those that can be seen are there.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use trazo_formats::Rope;
use trazo_stack::Element;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, KeyboardEvent, MouseEvent, ResizeObserver};

use super::kinds::Shown;
use super::tokens::{Language, Token, tokens};

/// Height of a line in CSS pixels, as the style sheet has it.
const LINE: f64 = 20.0;
/// Lines that are drawn beyond those that are seen, and how far the text moves before they are drawn anew.
const SPARE: usize = 12;

/// What is shown and what is done with it.
#[derive(Clone, Copy)]
pub(super) struct Code {
    pub(super) document: Memo<Arc<Rope>>,
    /// Which file it is, of which format.
    pub(super) which: Memo<(Shown, usize)>,
    /// What it is written in.
    pub(super) language: Memo<Language>,
    /// The elements whose lines are marked.
    pub(super) marked: Memo<Vec<Element>>,
    /// The line of the cursor.
    pub(super) cursor: RwSignal<Option<usize>>,
    /// The line under the pointer.
    pub(super) hovered: RwSignal<Option<usize>>,
    /// Where the pointer was pressed last.
    pub(super) pressed: StoredValue<(i32, i32)>,
    /// Called with the line that was chosen.
    pub(super) choose: Callback<(usize,)>,
}

/// The text.
#[component]
pub(super) fn CodeView(
    code: Code,
    /// Its name.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let area = NodeRef::<html::Div>::new();
    // Where the text stands: how far it is scrolled, and how much of it is seen.
    let top = RwSignal::new(0.0);
    let height = RwSignal::new(600.0);
    watch_height(area, height);
    let range = Memo::new(move |_| {
        let count = code.document.with(|document| document.len());
        let first = lines(top.get()) / SPARE * SPARE;
        let last = lines(top.get() + height.get()) / SPARE * SPARE + 2 * SPARE;
        (first.saturating_sub(SPARE).min(count), last.min(count))
    });
    let count = Memo::new(move |_| code.document.with(|document| document.len()));
    let rows = Memo::new(move |_| {
        let (first, last) = range.get();
        code.rows(first, last)
    });
    let places = Memo::new(move |_| {
        let first = range.get().0;
        rows.with(|rows| rows.iter().cloned().zip(first..).collect::<HashMap<_, _>>())
    });
    follow(code, area);
    let key = move |event: KeyboardEvent| {
        let Some(area) = area.get_untracked() else { return };
        code.key(&event, &area, lines(height.get_untracked()));
    };
    view! {
        <div
            node_ref=area
            class="code"
            role="listbox"
            tabindex="0"
            aria-label=move || label.get()
            aria-activedescendant=move || code.cursor.get().map(|at| format!("line-{at}"))
            on:scroll=move |event| top.set(f64::from(event_target::<HtmlElement>(&event).scroll_top()))
            on:keydown=key
            on:pointerleave=move |_| code.hovered.set(None)
        >
            <div
                class="code-lines"
                style:height=move || px(count.get())
                style:padding-top=move || px(range.get().0)
            >
                <For each=move || rows.get() key=Row::clone children=move |row| line(code, count, places, row) />
            </div>
        </div>
    }
}

/// Brings into view what is selected elsewhere; what is chosen here stays where it is. Another file is shown from there, too, or
/// from its beginning.
fn follow(code: Code, area: NodeRef<html::Div>) {
    let first_marked =
        move || code.marked.with(|marked| code.document.with_untracked(|document| document.first_of(marked)));
    Effect::new(move || {
        let first = first_marked();
        let here = code.cursor.get_untracked().is_some_and(|at| code.is_marked(at));
        if let (Some(first), Some(area), false) = (first, area.get(), here) {
            show_line(&area, first);
        }
    });
    // Once it is as high as its own lines.
    Effect::new(move |before: Option<(Shown, usize)>| {
        let which = code.which.get();
        if before.is_some() {
            request_animation_frame(move || {
                if let Some(Some(area)) = area.try_get_untracked() {
                    untrack(first_marked).map_or_else(|| area.set_scroll_top(0), |first| show_line(&area, first));
                }
            });
        }
        which
    });
}

/// A line that is drawn, told apart by what it says: what only moves, since a line came or went before it, is not drawn anew.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    text: String,
    language: Language,
    /// What it leads to.
    element: Option<Element>,
    /// Which it is of those that say the same of the same.
    nth: usize,
}

fn line(code: Code, count: Memo<usize>, places: Memo<HashMap<Row, usize>>, row: Row) -> impl IntoView + use<> {
    let Row { text, language, element, .. } = row.clone();
    // A row that is gone keeps its place until it is taken out.
    let at = Memo::new(move |before| places.with(|all| all.get(&row).copied()).or(before.copied()).unwrap_or_default());
    let piece = |(token, piece): (Token, &str)| view! { <span class=token.class()>{piece.to_owned()}</span> };
    let pieces = tokens(language, &text).into_iter().map(piece).collect_view();
    let linked = element.is_some();
    let is_its = move |marked: &Vec<Element>| element.as_ref().is_some_and(|element| marked.contains(element));
    let marked = Memo::new(move |_| code.marked.with(&is_its));
    let press = move |event: MouseEvent| {
        // Whoever has dragged marks text to copy it, and does not want to go anywhere.
        let (x, y) = code.pressed.get_value();
        if (event.client_x() - x).abs() + (event.client_y() - y).abs() < 6 {
            let at = at.get_untracked();
            code.cursor.set(Some(at));
            code.choose.run((at,));
        }
    };
    view! {
        <div
            class="code-line"
            class:linked=linked
            class:marked=move || marked.get()
            class:at=move || code.cursor.get() == Some(at.get())
            role="option"
            id=move || format!("line-{}", at.get())
            aria-selected=move || if marked.get() { "true" } else { "false" }
            aria-setsize=move || count.get()
            aria-posinset=move || at.get() + 1
            on:pointerdown=move |event| code.pressed.set_value((event.client_x(), event.client_y()))
            on:click=press
            on:pointerenter=move |_| code.hovered.set(Some(at.get_untracked()))
        >
            <span class="code-number" aria-hidden="true">{move || at.get() + 1}</span>
            <code class="code-text">{pieces}</code>
        </div>
    }
}

impl Code {
    /// The lines from `first` to before `last` as they are to be drawn. Tracked.
    fn rows(&self, first: usize, last: usize) -> Vec<Row> {
        let language = self.language.get();
        self.document.with(|document| {
            let mut seen: HashMap<(Cow<'_, str>, Option<&Element>), usize> = HashMap::new();
            let row = |at| {
                let (text, element) = (document.line_text(at), document.origin(at).map(|origin| &origin.element));
                let nth = seen.entry((text.clone(), element)).or_default();
                *nth += 1;
                Row { text: text.into_owned(), language, element: element.cloned(), nth: *nth }
            };
            (first..last.min(document.len())).map(row).collect()
        })
    }

    /// Whether a line came from something that is marked.
    fn is_marked(&self, at: usize) -> bool {
        let element = self.document.with_untracked(|document| document.origin(at).map(|it| it.element.clone()));
        element.is_some_and(|element| self.marked.with_untracked(|marked| marked.contains(&element)))
    }

    fn key(&self, event: &KeyboardEvent, area: &HtmlElement, page: usize) {
        let last = self.document.with_untracked(|document| document.len()).saturating_sub(1);
        let now = self.cursor.get_untracked();
        let at = now.unwrap_or(0);
        let next = match event.key().as_str() {
            "ArrowDown" => now.map_or(0, |at| at + 1),
            "ArrowUp" => at.saturating_sub(1),
            "PageDown" => at + page,
            "PageUp" => at.saturating_sub(page),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                event.prevent_default();
                if let Some(at) = now {
                    self.choose.run((at,));
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        self.cursor.set(Some(next.min(last)));
        show_line(area, next.min(last));
    }
}

fn lines(pixels: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in the text: never negative, never large"
    )]
    let lines = (pixels.max(0.0) / LINE) as usize;
    lines
}

fn px(lines: usize) -> String {
    format!("{}px", lines * 20)
}

/// Scrolls no farther than is needed to see a line, with some lines around it.
fn show_line(area: &HtmlElement, at: usize) {
    let (top, height) = (area.scroll_top(), area.client_height());
    let y = i32::try_from(at * 20).unwrap_or(i32::MAX);
    if y < top + 20 {
        area.set_scroll_top((y - 40).max(0));
    } else if y + 40 > top + height {
        area.set_scroll_top(if y < top + height * 2 { y + 60 - height } else { y - 60 });
    }
}

fn watch_height(area: NodeRef<html::Div>, height: RwSignal<f64>) {
    let kept = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn Fn()>)>);
    Effect::new(move || {
        let Some(area) = area.get() else { return };
        let of = area.clone();
        let seen = Closure::<dyn Fn()>::new(move || {
            let _ = height.try_set(f64::from(of.client_height()));
        });
        let Ok(observer) = ResizeObserver::new(seen.as_ref().unchecked_ref()) else { return };
        observer.observe(&area);
        kept.set_value(Some((observer, seen)));
    });
    on_cleanup(move || {
        if let Some(Some((observer, _))) = kept.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
}
