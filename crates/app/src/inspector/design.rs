//! Nothing is selected: the design itself, and what to do next.

use leptos::prelude::*;
use trazo_model::field::{Control, TextRule};
use trazo_model::{Account, Kind, Severity};

use super::field::{Traits, field};
use super::parts::prose;
use super::regions;
use super::slot::Slot;
use super::subject::Subject;
use crate::glyph::{Glyph, family_class};
use crate::studio::Studio;
use crate::ui::Icon;
use crate::words::{t, t_count};

/// A design's name becomes that of the stack, which may be changed there.
const NAME: Control = Control::Text { rule: TextRule::some(128), example: "" };
const REGION: Control = Control::ChoiceOf(regions::choices);
const ACCOUNT: Control = Control::Choice(Account::KEYS);

/// The panel of the design.
pub(super) fn panel(studio: Studio) -> AnyView {
    let subject = Subject::design(studio);
    view! {
        <header class="head">
            <span class="head-glyph"><Icon name="file" /></span>
            <div class="head-words">
                <h2 class="clip">{move || t("ui.inspector.design.title")}</h2>
                <p class="head-kind">{move || t("ui.inspector.design.help")}</p>
            </div>
        </header>
        <div class="fields">
            {field(Slot::new(subject, "name"), Traits::required(NAME), "")}
            {field(Slot::new(subject, "region"), Traits::required(REGION), "")}
            {field(Slot::new(subject, "account"), Traits::required(ACCOUNT), "")}
        </div>
        {counts(studio)}
        {next(studio)}
    }
    .into_any()
}

/// How many there are of each kind; a click selects them.
fn counts(studio: Studio) -> AnyView {
    let all = Memo::new(move |_| {
        studio.census.track();
        studio.design(|design| {
            let of = |kind: Kind| (kind, design.nodes().filter(|node| node.kind() == kind).count());
            let nodes: Vec<(Kind, usize)> = Kind::ALL.into_iter().map(of).filter(|(_, n)| *n > 0).collect();
            (nodes, design.links().len())
        })
    });
    let row = move |(kind, n): (Kind, usize)| {
        let pick = move |_| {
            studio.select(studio.design(|design| {
                design.nodes().filter(|node| node.kind() == kind).map(|node| (&node.id).into()).collect()
            }));
        };
        view! {
            <li class=format!("links-row {}", family_class(kind))>
                <button type="button" class="link-row" on:click=pick>
                    <Glyph kind />
                    <span class="clip">{t_count(&format!("kind.{}.counted", kind.key()), n)}</span>
                    <span class="quiet">{n}</span>
                </button>
            </li>
        }
    };
    let list = move || {
        let (nodes, links) = all.get();
        (!nodes.is_empty()).then(|| {
            view! {
                <h3 class="links-title">{t("ui.inspector.design.counts")}</h3>
                <ul class="links">{nodes.into_iter().map(row).collect_view()}</ul>
                {(links > 0).then(|| view! { <p class="panel-help">{t_count("ui.inspector.design.links", links)}</p> })}
            }
        })
    };
    list.into_any()
}

/// What to do next: draw, mend, or take the files.
fn next(studio: Studio) -> AnyView {
    let state = Memo::new(move |_| {
        studio.census.track();
        let errors = studio.findings.with(|all| all.iter().filter(|one| one.severity == Severity::Error).count());
        (studio.design(trazo_model::Design::is_empty), errors)
    });
    let text = move || match state.get() {
        (true, _) => t("ui.inspector.next.draw"),
        (false, 0) => t("ui.inspector.next.export"),
        (false, errors) => t_count("ui.inspector.next.mend", errors),
    };
    view! {
        <section class="next-step">
            <h3>{move || t("ui.inspector.next.title")}</h3>
            <p>{move || prose(&text())}</p>
            <p>{move || prose(&t("ui.inspector.empty.help"))}</p>
        </section>
    }
    .into_any()
}
