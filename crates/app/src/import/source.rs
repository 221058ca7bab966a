//! The text that is imported, with numbered lines of which only those that can be seen are there; those that there is something to
//! tell of are marked.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use trazo_formats::import::Level;
use web_sys::{HtmlElement, KeyboardEvent};

use super::job::{Job, Outcome};
use super::trouble::within;
use crate::files::{Language, tokens};
use crate::words::t;

/// Height of a line in CSS pixels, as the style sheet has it.
const LINE: usize = 20;
/// Lines that are drawn beyond those that are seen, and how far the text moves before they are drawn anew.
const SPARE: usize = 16;
/// Lines that are drawn at once: more than any screen is high.
const SEEN: usize = 80;
/// More lines than that are taller than a browser can scroll.
const MOST: usize = 1_000_000;
/// More of a line than can be read, in bytes: files are written in one line, too.
const WIDE: usize = 2_000;

/// The text in lines.
#[derive(Clone, Default)]
struct Lines {
    text: Arc<str>,
    /// Where each line begins and ends.
    ends: Arc<Vec<(usize, usize)>>,
}

impl PartialEq for Lines {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
    }
}

impl Lines {
    fn of(text: Arc<str>) -> Self {
        let mut ends = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n').take(MOST) {
            ends.push((start, start + line.trim_end_matches(['\n', '\r']).len()));
            start += line.len();
        }
        Self { text, ends: Arc::new(ends) }
    }

    /// A line from 0, as far as it can be shown.
    fn line(&self, at: usize) -> &str {
        let Some(&(start, end)) = self.ends.get(at) else { return "" };
        let mut end = end.min(start + WIDE);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.text.get(start..end).unwrap_or_default()
    }
}

/// The text.
#[component]
pub(super) fn Source(job: Job) -> impl IntoView {
    let area = NodeRef::<html::Div>::new();
    let lines = Memo::new(move |_| {
        job.import.given.with(|given| given.as_ref().map(|given| Lines::of(given.text.clone())).unwrap_or_default())
    });
    let marks = Memo::new(move |_| marks(job));
    let language = Memo::new(move |_| language(&lines.get().text));
    let top = RwSignal::new(0_usize);
    // The first line that is drawn; it moves in steps, so that scrolling a little draws nothing anew.
    let first = Memo::new(move |_| (top.get() / LINE / SPARE * SPARE).saturating_sub(SPARE));
    let rows = move || {
        let (lines, marks, first) = (lines.get(), marks.get(), first.get());
        let last = (first + SEEN + 2 * SPARE).min(lines.ends.len());
        (first..last).map(|at| row(job, language.get(), &lines, &marks, at)).collect_view()
    };
    Effect::new(move || {
        let (line, _) = job.line.get();
        if let (Some(area), true) = (area.get(), line > 0) {
            bring(&area, line - 1);
        }
    });
    let scrolled = move |event| {
        let area: HtmlElement = event_target(&event);
        top.set(usize::try_from(area.scroll_top()).unwrap_or(0));
    };
    let height = move || format!("{}px", lines.with(|lines| lines.ends.len()) * LINE);
    view! {
        <div
            node_ref=area
            class="code import-source"
            role="region"
            tabindex="0"
            aria-label=move || t("ui.import.source")
            on:scroll=scrolled
            on:keydown=move |event| step(&event, job, &marks.get_untracked())
        >
            <div class="code-lines" style:height=height style:padding-top=move || format!("{}px", first.get() * LINE)>
                {rows}
            </div>
        </div>
    }
}

/// The lines that there is something to tell of, from 1, with the gravest that there is to tell.
fn marks(job: Job) -> Arc<BTreeMap<usize, &'static str>> {
    let mut marks = BTreeMap::new();
    match job.outcome.get() {
        Outcome::Read(understood) => {
            for level in [Level::Kept, Level::Guessed, Level::Left] {
                let of = understood.notes.iter().filter(|note| note.level == level && note.line > 0);
                marks.extend(of.map(|note| (note.line, level.key())));
            }
        }
        Outcome::Refused(error) => {
            let text = job.import.given.get().map(|given| given.text).unwrap_or_default();
            marks.extend(error.position().map(|position| (within(position, &text).line, "error")));
        }
        Outcome::Nothing | Outcome::Busy => {}
    }
    Arc::new(marks)
}

fn language(text: &str) -> Language {
    match text.trim_start_matches('\u{feff}').trim_start().chars().next() {
        Some('{' | '[') => Language::Json,
        Some('<') => Language::Plain,
        _ => Language::Yaml,
    }
}

fn row(job: Job, language: Language, lines: &Lines, marks: &BTreeMap<usize, &'static str>, at: usize) -> AnyView {
    let pieces = tokens(language, lines.line(at))
        .into_iter()
        .map(|(token, piece)| view! { <span class=token.class()>{piece.to_owned()}</span> })
        .collect_view();
    let mark = marks.get(&(at + 1)).copied();
    let press = move |_| {
        if mark.is_some() {
            job.line.set((at + 1, 0));
        }
    };
    view! {
        <div
            class=format!("code-line {}", mark.map(|mark| format!("linked told {mark}")).unwrap_or_default())
            class:at=move || job.line.get().0 == at + 1
            data-line=at + 1
            on:click=press
        >
            <span class="code-number" aria-hidden="true">{at + 1}</span>
            <code class="code-text">{pieces}</code>
        </div>
    }
    .into_any()
}

/// N and P lead from one marked line to the next and back, as the arrows scroll.
fn step(event: &KeyboardEvent, job: Job, marks: &BTreeMap<usize, &'static str>) {
    let now = job.line.get_untracked().0;
    let next = match event.key().as_str() {
        "n" | "N" => marks.range(now + 1..).next(),
        "p" | "P" => marks.range(..now).next_back(),
        _ => return,
    };
    event.prevent_default();
    if let Some((line, _)) = next {
        job.show_line(*line);
    }
}

/// Scrolls a line into the middle, where it is out of sight.
fn bring(area: &HtmlElement, at: usize) {
    let (top, height) = (area.scroll_top(), area.client_height());
    let y = i32::try_from(at * LINE).unwrap_or(i32::MAX);
    if y < top + 20 || y + 40 > top + height {
        area.set_scroll_top((y - height / 2).max(0));
        area.set_scroll_left(0);
    }
}
