//! The list of problems, by how bad they are.

use std::collections::HashMap;

use leptos::prelude::*;
use trazo_model::edit::apply;
use trazo_model::{Design, Edit, Finding, Found, Severity};

use super::row::row;
use crate::inspector::target_key;
use crate::prefs;
use crate::studio::{Studio, use_studio};
use crate::ui::{Button, Icon};
use crate::words::{t, t_count};

const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Hint];

/// More are shown when asked for: nobody reads them all at once.
const AT_ONCE: usize = 100;

/// A problem in the list. Its row is made anew when it says something else.
#[derive(Clone, PartialEq)]
struct Entry {
    key: String,
    finding: Found,
}

/// What is wrong with the design: for the panel below the canvas.
#[component]
pub(crate) fn Problems() -> impl IntoView {
    let studio = use_studio();
    let filter = RwSignal::new(None::<Severity>);
    let most = RwSignal::new(AT_ONCE);
    let entries = Memo::new(move |_| entries(studio, filter.get()));
    let is_clean = move || studio.judged.get() && studio.findings.with(|all| all.is_empty());
    let refused = move || studio.deployed.with(|deployed| !deployed.failures.is_empty());
    let more = move || {
        let hidden = entries.with(Vec::len).saturating_sub(most.get());
        let show = move || most.update(|most| *most += AT_ONCE);
        let label = move || t_count("ui.problems.show_more", hidden);
        (hidden > 0).then(|| view! { <Button label look="plain" on_press=show /> })
    };
    view! {
        <div class="problems">
            <super::refused::Refused />
            {move || (!is_clean()).then(|| head(studio, filter))}
            {move || (is_clean() && !refused()).then(|| empty(studio))}
            <ul class="problem-list" aria-label=move || t("ui.problems.title")>
                <For
                    each=move || entries.get().into_iter().take(most.get())
                    key=|entry| entry.key.clone()
                    children=move |entry| row(studio, entry.finding)
                />
            </ul>
            {more}
        </div>
    }
}

fn entries(studio: Studio, filter: Option<Severity>) -> Vec<Entry> {
    let lang = prefs::lang().code();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let findings = studio.findings.get();
    let wanted = findings.iter().filter(|finding| filter.is_none_or(|only| finding.severity == only));
    let entry = |finding: &Found| {
        let base = format!("{lang} {}", told_as(finding));
        // Two that say the same of the same place are told apart by their number.
        let nth = seen.entry(base.clone()).and_modify(|n| *n += 1).or_insert(0);
        Entry { key: format!("{base} {nth}"), finding: finding.clone() }
    };
    wanted.map(entry).collect()
}

/// All that a row shows of a finding.
fn told_as(finding: &Finding) -> String {
    let target = target_key(&finding.target);
    let mut key = format!("{} {target} {} {}", finding.code, finding.field, finding.fix.is_some());
    for (name, value) in &finding.args {
        key.push_str(name);
        key.push_str(value);
    }
    key
}

fn head(studio: Studio, filter: RwSignal<Option<Severity>>) -> AnyView {
    let option = move |only: Option<Severity>| {
        let count = Memo::new(move |_| {
            studio.findings.with(|all| all.iter().filter(|one| only.is_none_or(|only| one.severity == only)).count())
        });
        let text = move || match only {
            None => t("ui.problems.all"),
            Some(severity) => t_count(&format!("ui.problems.{}s", severity.key()), count.get()),
        };
        let key = only.map_or("all", Severity::key);
        view! {
            <button
                type="button"
                class=format!("filter {key}")
                aria-pressed=move || if filter.get() == only { "true" } else { "false" }
                disabled=move || only.is_some() && count.get() == 0
                data-filter=key
                on:click=move |_| filter.set(only)
            >
                {only.map(|severity| view! { <Icon name=severity.key() /> })} <span>{text}</span>
            </button>
        }
    };
    let filters: Vec<AnyView> =
        std::iter::once(None).chain(ALL.map(Some)).map(|only| option(only).into_any()).collect();
    view! {
        <div class="problems-head">
            <div class="filters" role="group" aria-label=move || t("ui.problems.filter")>{filters}</div>
            {fix_all(studio)}
        </div>
    }
    .into_any()
}

/// The button that mends all that can be mended, as one step.
fn fix_all(studio: Studio) -> AnyView {
    let n = Memo::new(move |_| studio.findings.with(|all| all.iter().filter(|one| one.fix.is_some()).count()));
    let act = move || {
        studio.seal();
        let edits = studio.design(|design| mended(design.clone()));
        if !edits.is_empty() {
            let _ = studio.edit("edit.fix_many", Edit::Batch(edits));
        }
    };
    (move || {
        (n.get() > 1)
            .then(|| view! { <Button icon="fix" label=move || t_count("ui.problems.fix_all", n.get()) on_press=act /> })
    })
    .into_any()
}

/// The edits that mend all that can be mended. What is found after the first may be mended by the next, or be a matter of what
/// others have mended: looked at again a few times, since two fixes might call for each other for ever.
fn mended(mut trial: Design) -> Vec<Edit> {
    const ROUNDS: usize = 4;
    let mut edits = Vec::new();
    for _ in 0..ROUNDS {
        let before = edits.len();
        for fix in trazo_model::check(&trial).into_iter().filter_map(|finding| finding.fix) {
            if apply(&mut trial, fix.edit.clone()).is_ok() {
                edits.push(fix.edit);
            }
        }
        if edits.len() == before {
            break;
        }
    }
    edits
}

/// Nothing is wrong: what that means, or how to begin.
fn empty(studio: Studio) -> AnyView {
    let blank = move || {
        studio.census.track();
        studio.design(Design::is_empty)
    };
    let texts = move || {
        let (title, help) = if blank() { ("blank_title", "blank_help") } else { ("title", "help") };
        let icon = if blank() { "info" } else { "ok" };
        view! {
            <Icon name=icon />
            <div>
                <h3>{t(&format!("ui.problems.empty.{title}"))}</h3>
                <p>{t(&format!("ui.problems.empty.{help}"))}</p>
            </div>
        }
    };
    view! { <div class="problems-empty" class:fine=move || !blank()>{texts}</div> }.into_any()
}
