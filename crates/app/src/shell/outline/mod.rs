//! The outline: a tree of all groups and nodes, and the links.

mod marks;
mod rows;

use std::collections::HashSet;

use leptos::prelude::*;
use trazo_model::Target;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use self::marks::{Marks, marks};
use self::rows::{Row, RowId, rows};
use super::{Frame, use_frame};
use crate::glyph::{Glyph, family_class};
use crate::ui::Icon;
use crate::words::{t, t_count};

/// The outline.
#[component]
pub(super) fn Outline() -> impl IntoView {
    let frame = use_frame();
    let studio = frame.studio;
    // The links are folded at first: they are many, and the canvas shows them better.
    let folded = RwSignal::new(HashSet::from([RowId::Links]));
    let rows = Memo::new(move |_| {
        studio.revision.track();
        let folded = folded.get();
        studio.design(|design| rows(design, &folded))
    });
    let marks = Memo::new(move |_| studio.findings.with(|findings| marks(findings)));
    // One row takes part in the order of Tab: the one that was focused last, else the selected one, else the first.
    let focused = RwSignal::new(None::<RowId>);
    let stop = Memo::new(move |_| {
        rows.with(|rows| {
            let there = |id: &RowId| rows.iter().any(|row| &row.id == id);
            let selected = studio.selection.with(|selection| selection.first().cloned().and_then(RowId::of));
            focused.get().filter(there).or(selected.filter(there)).or_else(|| rows.first().map(|row| row.id.clone()))
        })
    });
    let tree = Tree { frame, folded, marks, focused, stop };
    let empty = move || rows.with(Vec::is_empty).then(|| view! { <p class="side-note">{t("ui.outline.empty")}</p> });
    view! {
        <div class="side-head wide-only">
            <h2>{move || t("ui.outline.title")}</h2>
        </div>
        <div class="side-body">
            {empty}
            <div
                class="tree"
                role="tree"
                aria-label=move || t("ui.outline.help")
                on:keydown=move |event| tree.key(&event, &rows.get_untracked())
            >
                <For each=move || rows.get() key=|row| (row.id.clone(), row.depth, row.open) children=move |row| tree.row(row) />
            </div>
        </div>
    }
}

#[derive(Clone, Copy)]
struct Tree {
    frame: Frame,
    folded: RwSignal<HashSet<RowId>>,
    marks: Memo<Marks>,
    focused: RwSignal<Option<RowId>>,
    stop: Memo<Option<RowId>>,
}

impl Tree {
    fn row(self, row: Row) -> impl IntoView {
        let Row { id, depth, kind, open } = row;
        let target = id.target();
        let studio = self.frame.studio;
        let (of_name, of_stop, of_focus, of_fold) = (id.clone(), id.clone(), id.clone(), id.clone());
        let picked = target.clone();
        let selected = move || {
            let is = |target: &Target| studio.selection.with(|selection| selection.contains(target));
            if picked.as_ref().is_some_and(is) { "true" } else { "false" }
        };
        let marked = target.clone();
        let mark = move || marked.as_ref().and_then(|target| self.marks.with(|marks| marks.get(target).copied()));
        let chosen = target;
        view! {
            <div
                class="tree-row"
                role="treeitem"
                data-row=id.key()
                {..leptos::attr::custom::custom_attribute("aria-level", depth.to_string())}
                aria-expanded=open.map(|open| if open { "true" } else { "false" })
                aria-selected=selected
                tabindex=move || if self.stop.with(|stop| stop.as_ref() == Some(&of_stop)) { "0" } else { "-1" }
                style=("--depth", depth.to_string())
                on:focus=move |_| self.focused.set(Some(of_focus.clone()))
                on:click=move |_| self.choose(&id, chosen.as_ref())
            >
                <span class="tree-fold" aria-hidden="true" on:click=move |event| {
                    event.stop_propagation();
                    self.fold(&of_fold);
                }>
                    {open.map(|open| view! { <Icon name=if open { "chevron-down" } else { "chevron-right" } /> })}
                </span>
                {match kind {
                    Some(kind) => view! { <span class=format!("row-glyph {}", family_class(kind))><Glyph kind=kind /></span> }.into_any(),
                    None => view! { <span class="row-glyph quiet"><Icon name="link" /></span> }.into_any(),
                }}
                <span class="clip tree-name">{move || of_name.name(&studio)}</span>
                {move || mark().map(|(severity, count)| view! {
                    <span class=format!("mark-{}", severity.key())>
                        <Icon name=severity.key() />
                        <span class="sr-only">{t_count("ui.outline.problems", count)}</span>
                    </span>
                })}
            </div>
        }
    }

    fn choose(self, id: &RowId, target: Option<&Target>) {
        match target {
            Some(target) => self.frame.studio.reveal(target, ""),
            None => self.fold(id),
        }
    }

    fn fold(self, id: &RowId) {
        self.folded.update(|folded| {
            if !folded.remove(id) {
                folded.insert(id.clone());
            }
        });
    }

    /// The keys of a tree: up and down, into and out of groups, to the ends; Enter and Space choose.
    fn key(self, event: &KeyboardEvent, rows: &[Row]) {
        let Some(now) = self.stop.get_untracked().and_then(|id| rows.iter().position(|row| row.id == id)) else {
            return;
        };
        let row = &rows[now];
        let parent = || rows[..now].iter().rposition(|other| other.depth < row.depth);
        let next = match event.key().as_str() {
            "ArrowDown" => Some(now + 1),
            "ArrowUp" => now.checked_sub(1),
            "Home" => Some(0),
            "End" => Some(rows.len() - 1),
            "ArrowRight" if row.open == Some(true) => Some(now + 1),
            "ArrowLeft" if row.open != Some(true) => parent(),
            "ArrowRight" | "ArrowLeft" => {
                if row.open.is_some() {
                    self.fold(&row.id);
                    self.focus_soon(row.id.clone());
                }
                None
            }
            "Enter" | " " => {
                self.choose(&row.id, row.id.target().as_ref());
                None
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(row) = next.and_then(|next| rows.get(next)) {
            focus(&row.id);
        }
    }

    /// A row that folds is made anew; it keeps the focus.
    fn focus_soon(self, id: RowId) {
        self.focused.set(Some(id.clone()));
        request_animation_frame(move || focus(&id));
    }
}

fn focus(id: &RowId) {
    if let Ok(Some(row)) = document().query_selector(&format!("[data-row='{}']", id.key())) {
        let _ = row.unchecked_into::<HtmlElement>().focus();
    }
}
