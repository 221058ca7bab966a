//! What is wrong with a field, shown at the field.

use leptos::prelude::*;
use trazo_model::{Found, Severity};

use super::parts::{focus_soon, prose};
use super::slot::Slot;
use super::subject::Subject;
use crate::problems;
use crate::studio::Studio;
use crate::ui::{Button, Icon};
use crate::words::{t, t_count};

/// The problems of just this field.
pub(super) fn problems(slot: Slot) -> AnyView {
    let id = format!("{}-problem", slot.id());
    let list = move || {
        let found = slot.findings.get();
        let at = slot.path().to_string();
        let studio = slot.subject.studio;
        let one = |finding: Found| told(studio, finding, Some(at.clone()));
        let id = id.clone();
        (!found.is_empty())
            .then(|| view! { <div class="field-findings" id=id>{found.into_iter().map(one).collect_view()}</div> })
    };
    list.into_any()
}

/// One problem: what, why, and the button that mends it. The focus then goes to the field at `at`.
pub(super) fn told(studio: Studio, finding: Found, at: Option<String>) -> AnyView {
    let severity = finding.severity.key();
    let more = problems::more(&finding);
    let message = problems::message(&finding);
    let has_fix = finding.fix.is_some();
    let label = problems::fix_label(&finding);
    let mend = move || {
        problems::mend(studio, &finding);
        if let Some(at) = &at {
            focus_soon(at.clone());
        }
    };
    let why =
        move || view! { <details class="why"><summary>{t("ui.problems.why")}</summary>{more.clone().show()}</details> };
    view! {
        <div class=format!("field-finding {severity}")>
            <Icon name=severity />
            <div class="field-finding-text">
                <p><span class="sr-only">{t(&format!("ui.problems.severity.{severity}"))} ": "</span>{prose(&message)}</p>
                {why()}
                {has_fix.then(|| view! { <Button icon="fix" label=label on_press=mend /> })}
            </div>
        </div>
    }
    .into_any()
}

/// How many problems lie at or below some paths, and how bad the worst is.
pub(super) fn badge(subject: Subject, at: Vec<String>) -> AnyView {
    let worst = Memo::new(move |_| {
        subject.findings.with(|all| {
            let below = |finding: &&Found| {
                at.iter().any(|at| {
                    finding.field.strip_prefix(at.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                })
            };
            let found: Vec<Severity> = all.iter().filter(below).map(|finding| finding.severity).collect();
            found.iter().min().map(|worst| (*worst, found.iter().filter(|one| *one == worst).count()))
        })
    });
    let show = move |(severity, n): (Severity, usize)| {
        let key = severity.key();
        view! {
            <span class=format!("badge {key}")>
                <Icon name=key /> <span aria-hidden="true">{n}</span>
                <span class="sr-only">{t_count(&format!("ui.problems.{key}s"), n)}</span>
            </span>
        }
    };
    (move || worst.get().map(show)).into_any()
}
