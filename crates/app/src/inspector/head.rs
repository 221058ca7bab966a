//! The head of the panel: what is selected, and what can be done with it.

use leptos::prelude::*;
use trazo_model::field::{Control, Field};
use trazo_model::path::without_positions;
use trazo_model::{Finding, KindSpec, LinkId, LinkSpec, NodeId, Target, path};

use super::actions;
use super::field::doc_link;
use super::problem::told;
use super::slot::join;
use super::subject::Subject;
use crate::glyph::{Glyph, family_class};
use crate::studio::Studio;
use crate::ui::Icon;
use crate::words::{t, t_count};

/// The head of one node.
pub(super) fn node(subject: Subject, spec: &'static KindSpec) -> AnyView {
    let name = move || subject.all.with(|all| all.first().and_then(|all| all["name"].as_str().map(str::to_owned)));
    let kind = move || t(&format!("kind.{}.name", spec.key));
    view! {
        <header class=format!("head {}", family_class(spec.kind))>
            <span class="head-glyph"><Glyph kind=spec.kind /></span>
            <div class="head-words">
                <h2 class="clip">{move || name().unwrap_or_default()}</h2>
                <p class="head-kind">{kind} {(!spec.doc.is_empty()).then(|| doc_link(spec.doc, kind))}</p>
            </div>
            {actions::buttons(subject.studio, true)}
        </header>
    }
    .into_any()
}

/// The head of several nodes of one kind.
pub(super) fn nodes(studio: Studio, n: usize, spec: &'static KindSpec) -> AnyView {
    view! {
        <header class=format!("head {}", family_class(spec.kind))>
            <span class="head-glyph"><Glyph kind=spec.kind /></span>
            <div class="head-words">
                <h2>{move || t_count("ui.inspector.many.title", n)}</h2>
                <p class="head-kind">{move || t_count(&format!("kind.{}.counted", spec.key), n)}</p>
            </div>
            {actions::buttons(studio, true)}
        </header>
        <p class="panel-help">{move || t("ui.inspector.many.same_kind")}</p>
    }
    .into_any()
}

/// The head of a link: its two ends, which lead to the nodes.
pub(super) fn link(studio: Studio, id: &LinkId, spec: &'static LinkSpec) -> AnyView {
    let ends = studio.design(|design| design.link(id).map(|link| (link.from.clone(), link.to.clone())));
    let ends = ends.map(|(from, to)| {
        view! {
            <div class="link-ends">
                {end(studio, from, spec.from.spec(), "ui.inspector.link.from")}
                <Icon name="arrow-down" />
                {end(studio, to, spec.to.spec(), "ui.inspector.link.to")}
            </div>
        }
    });
    let kind = move || link_name(spec);
    view! {
        <header class="head">
            <span class="head-glyph"><Icon name="link" /></span>
            <div class="head-words">
                <h2>{kind}</h2>
                <p class="head-kind">{move || t("ui.inspector.link.title")} {(!spec.doc.is_empty()).then(|| doc_link(spec.doc, kind))}</p>
            </div>
            {actions::buttons(studio, false)}
        </header>
        {ends}
    }
    .into_any()
}

/// The head of several links of one kind.
pub(super) fn links(studio: Studio, n: usize, spec: &'static LinkSpec) -> AnyView {
    view! {
        <header class="head">
            <span class="head-glyph"><Icon name="link" /></span>
            <div class="head-words">
                <h2>{move || t_count("ui.inspector.link.many", n)}</h2>
                <p class="head-kind">{move || link_name(spec)}</p>
            </div>
            {actions::buttons(studio, false)}
        </header>
        <p class="panel-help">{move || t("ui.inspector.many.same_kind")}</p>
    }
    .into_any()
}

/// What a kind of link is called.
fn link_name(spec: &LinkSpec) -> String {
    crate::words::t_if(&format!("link.{}.name", spec.key)).unwrap_or_else(|| t("ui.inspector.link.title"))
}

/// A node that a link leads from or to.
fn end(studio: Studio, id: NodeId, spec: &'static KindSpec, side: &'static str) -> AnyView {
    let here = id.clone();
    let name = move || {
        studio.track_node(&here);
        studio.design(|design| design.node(&here).map(|node| node.name.clone())).unwrap_or_default()
    };
    let go = move |_| studio.reveal(&Target::Node(id.clone()), "");
    view! {
        <button type="button" class=format!("link-row {}", family_class(spec.kind)) on:click=go>
            <span class="sr-only">{move || t(side)} " "</span>
            <Glyph kind=spec.kind />
            <span class="clip">{name}</span>
            <span class="quiet clip">{move || t(&format!("kind.{}.name", spec.key))}</span>
        </button>
    }
    .into_any()
}

/// Problems of the element as a whole, and of fields that are not shown.
pub(super) fn unplaced(subject: Subject, fields: &'static [Field], tags: bool) -> AnyView {
    let found = Memo::new(move |_| {
        let element = subject.all.with(|all| all.first().cloned()).unwrap_or_default();
        let is_placed = |finding: &Finding| {
            let bare = without_positions(&finding.field);
            let of_head = bare == "name" || (tags && bare.starts_with("tags"));
            of_head || is_shown(fields, &element, "", &finding.field)
        };
        subject.findings.with(|all| all.iter().filter(|one| !is_placed(one)).cloned().collect::<Vec<_>>())
    });
    let studio = subject.studio;
    let list = move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            let all = found.into_iter().map(|finding| told(studio, finding, None)).collect_view();
            view! { <section class="head-findings" aria-label=t("ui.inspector.problems")>{all}</section> }
        })
    };
    list.into_any()
}

/// Whether a path leads to a field that is shown for `element`.
fn is_shown(fields: &[Field], within: &serde_json::Value, prefix: &str, at: &str) -> bool {
    fields.iter().filter(|field| (field.applies)(within)).any(|field| {
        let here = join(prefix, field.key);
        let Some(rest) = at.strip_prefix(here.as_str()) else { return false };
        if rest.is_empty() {
            return true;
        }
        let Some((index, below)) = rest.strip_prefix('.').map(|rest| rest.split_once('.').unwrap_or((rest, ""))) else {
            return false;
        };
        match field.control {
            Control::Records { fields, .. } => {
                let item = path::get(within, field.key).and_then(|list| path::get(list, index));
                item.is_some_and(|item| below.is_empty() || is_shown(fields, item, "", below))
            }
            Control::Texts { .. } => below.is_empty(),
            Control::Env | Control::Tags => true,
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use trazo_model::Kind;

    #[test]
    fn knows_which_paths_have_a_place_in_the_panel() {
        let fields = Kind::TaskDefinition.spec().fields;
        let task = json!({ "containers": [{ "environment": [{ "name": "A", "value": "" }], "command": ["x"] }] });
        let shown = |at| is_shown(fields, &task, "", at);
        assert!(shown("cpu"));
        assert!(shown("containers.0.image"));
        assert!(shown("containers.0.environment.0.value"));
        assert!(shown("containers.0.command.0"));
        assert!(!shown(""));
        assert!(!shown("containers.1.image"));
        assert!(!shown("cpu.0"));
        // Means nothing while there is no command that checks.
        assert!(!shown("containers.0.healthCheck.interval"));
    }
}
