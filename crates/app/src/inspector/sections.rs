//! Fields under headings that can be folded, which is remembered.

use leptos::prelude::*;
use trazo_model::field::Field;
use trazo_model::path::without_positions;

use super::field::field;
use super::problem::badge;
use super::slot::{Slot, join};
use super::subject::Subject;
use crate::prefs;
use crate::ui::Icon;
use crate::words::t;

/// Where the fields stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// In the panel itself.
    Panel,
    /// In a record of a list: all but the first section are folded at first, so that a record can be taken in at a glance.
    Record,
}

/// What is only for those who look for it.
const ADVANCED: &str = "advanced";
/// The section without a heading.
const MAIN: &str = "main";
/// Storage of the headings that somebody has folded or unfolded.
const STORED: &str = "trazo.sections";

/// The fields of a table below `at`.
pub(super) fn sections(subject: Subject, fields: &'static [Field], at: &str, depth: Depth) -> AnyView {
    let mut names: Vec<&'static str> = Vec::new();
    for field in fields {
        if !names.contains(&field.section) {
            names.push(field.section);
        }
    }
    let one = |name: &'static str| {
        let own: Vec<&'static Field> = fields.iter().filter(|field| field.section == name).collect();
        if name == MAIN { list(subject, own, at.to_owned()) } else { section(subject, name, own, at.to_owned(), depth) }
    };
    names.into_iter().map(one).collect::<Vec<_>>().into_any()
}

/// Fields one below the other; those that mean nothing now are left out.
fn list(subject: Subject, fields: Vec<&'static Field>, at: String) -> AnyView {
    let one = |table: &'static Field| {
        let within = at.clone();
        let path = join(&at, table.key);
        let applies = Memo::new(move |_| subject.applies(&within, table.applies));
        move || applies.get().then(|| field(Slot::new(subject, &path), table.into(), table.section))
    };
    let rows = fields.into_iter().map(|table| one(table).into_any()).collect::<Vec<_>>();
    view! { <div class="fields">{rows}</div> }.into_any()
}

fn section(subject: Subject, name: &'static str, fields: Vec<&'static Field>, at: String, depth: Depth) -> AnyView {
    let paths: Vec<String> = fields.iter().map(|field| join(&at, field.key)).collect();
    let tests: Vec<_> = fields.iter().map(|field| field.applies).collect();
    let within = at.clone();
    let any = Memo::new(move |_| tests.iter().any(|applies| subject.applies(&within, *applies)));
    let stored = format!("{}/{name}", join(subject.key(), &without_positions(&at)));
    let at_first = depth == Depth::Panel && name != ADVANCED;
    let open = RwSignal::new(at_first != is_turned(&stored));
    open_when_asked(subject, paths.clone(), open);
    let heading = move || {
        let (fields, at, paths, stored) = (fields.clone(), at.clone(), paths.clone(), stored.clone());
        let toggle = Callback::new(move |()| {
            open.update(|open| *open = !*open);
            turn(&stored, open.get_untracked() != at_first);
        });
        let marks = move || (!open.get()).then(|| badge(subject, paths.clone()));
        folding(name, depth, open, toggle, marks.into_any(), move || list(subject, fields.clone(), at.clone()))
    };
    (move || any.get().then(&heading)).into_any()
}

/// A heading that folds what is below it.
pub(super) fn folding(
    name: &'static str,
    depth: Depth,
    open: RwSignal<bool>,
    toggle: Callback<()>,
    marks: AnyView,
    body: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let key = format!("section.{name}");
    let button = view! {
        <button
            type="button"
            class="section-toggle"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            on:click=move |_| toggle.run(())
        >
            <Icon name="chevron-right" />
            <span class="clip">{move || t(&key)}</span>
            {marks}
        </button>
    };
    let head = match depth {
        Depth::Panel => view! { <h3 class="section-head">{button}</h3> }.into_any(),
        Depth::Record => view! { <h4 class="section-head">{button}</h4> }.into_any(),
    };
    view! {
        <section class="section" class:nested=depth == Depth::Record data-section=name>
            {head} {move || open.get().then(&body)}
        </section>
    }
    .into_any()
}

/// Unfolds when one of the fields is asked for.
fn open_when_asked(subject: Subject, paths: Vec<String>, open: RwSignal<bool>) {
    let asked = subject.studio.asked_field;
    Effect::new(move |_| {
        let here = asked.with(|asked| {
            asked.as_ref().is_some_and(|asked| {
                let leads = |path: &String| {
                    asked.field.strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                };
                subject.targets().contains(&asked.target) && paths.iter().any(leads)
            })
        });
        if here {
            open.set(true);
        }
    });
}

/// Whether somebody has turned a heading from what it is at first.
pub(super) fn is_turned(stored: &str) -> bool {
    prefs::read(STORED).is_some_and(|all| all.split(',').any(|one| one == stored))
}

pub(super) fn turn(stored: &str, turned: bool) {
    let all = prefs::read(STORED).unwrap_or_default();
    let mut names: Vec<&str> = all.split(',').filter(|one| !one.is_empty() && *one != stored).collect();
    if turned {
        names.push(stored);
    }
    prefs::write(STORED, &names.join(","));
}
