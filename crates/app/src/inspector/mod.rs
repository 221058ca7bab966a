//! The right side: the properties of what is selected, made wholly from the tables of fields.
//!
//! Nothing here knows a kind. A [`subject::Subject`] is what is edited (one element, or several of one kind); a
//! [`slot::Slot`] is one field of it, and says when just that field has changed.

mod actions;
mod ask;
mod controls;
mod design;
mod field;
mod head;
mod links;
mod many;
mod parts;
mod problem;
mod regions;
mod sections;
mod slot;
mod subject;
mod words;
mod workbench;

use leptos::prelude::*;
use trazo_model::field::{Control, TextRule};
use trazo_model::{Kind, KindSpec, LinkId, LinkKind, NodeId, Target};

use crate::studio::{Studio, use_studio};
use field::{Traits, field};
use sections::{Depth, sections};
use slot::Slot;
use subject::Subject;

pub(crate) use parts::{prose, target_key};
pub(crate) use words::label as field_label;
pub(crate) use workbench::Samples;

/// What the panel shows.
#[derive(Clone, Debug, PartialEq)]
enum Chosen {
    Design,
    Node(NodeId, Kind),
    Link(LinkId, LinkKind),
    Nodes(Vec<Target>, Kind),
    Links(Vec<Target>, LinkKind),
    Mixed(Vec<Target>),
}

impl Chosen {
    fn of(studio: Studio) -> Self {
        let selection = studio.selection.get();
        studio.design(|design| {
            let kind = |target: &Target| match target {
                Target::Node(id) => design.node(id).map(trazo_model::Node::kind),
                _ => None,
            };
            let link = |target: &Target| match target {
                Target::Link(id) => design.link(id).map(trazo_model::Link::kind),
                _ => None,
            };
            let Some(first) = selection.first() else { return Self::Design };
            let alone = selection.len() == 1;
            match (first, kind(first), link(first)) {
                (Target::Node(id), Some(kind), _) if alone => Self::Node(id.clone(), kind),
                (Target::Link(id), _, Some(kind)) if alone => Self::Link(id.clone(), kind),
                (_, Some(one), _) if selection.iter().all(|other| kind(other) == Some(one)) => {
                    Self::Nodes(selection, one)
                }
                (_, _, Some(one)) if selection.iter().all(|other| link(other) == Some(one)) => {
                    Self::Links(selection, one)
                }
                _ if alone => Self::Design,
                _ => Self::Mixed(selection),
            }
        })
    }
}

/// The properties of what is selected.
#[component]
pub(crate) fn Inspector() -> impl IntoView {
    let studio = use_studio();
    let chosen = Memo::new(move |_| Chosen::of(studio));
    ask::follow(studio);
    let shown = move || match chosen.get() {
        Chosen::Design => design::panel(studio),
        Chosen::Node(id, kind) => node(studio, id, kind),
        Chosen::Link(id, kind) => link(studio, id, kind),
        Chosen::Nodes(targets, kind) => nodes(studio, targets, kind),
        Chosen::Links(targets, kind) => several_links(studio, targets, kind),
        Chosen::Mixed(targets) => many::panel(studio, targets),
    };
    view! { <div class="inspector">{shown}</div> }
}

fn node(studio: Studio, id: NodeId, kind: Kind) -> AnyView {
    let spec = kind.spec();
    let subject = Subject::nodes(studio, vec![Target::Node(id.clone())], spec);
    view! {
        {head::node(subject, spec)}
        {head::unplaced(subject, spec.fields, has_tags(spec))}
        {name(subject, spec.name_rule)}
        {sections(subject, spec.fields, "", Depth::Panel)}
        {tags(subject, spec)}
        {links::panel(studio, id)}
    }
    .into_any()
}

fn link(studio: Studio, id: LinkId, kind: LinkKind) -> AnyView {
    let spec = kind.spec();
    let subject = Subject::links(studio, vec![Target::Link(id.clone())], spec);
    let (before, mappings) = workbench::parted(spec);
    view! {
        {head::link(studio, &id, spec)}
        {head::unplaced(subject, spec.fields, false)}
        {sections(subject, before, "", Depth::Panel)}
        {workbench::opener(studio, &id, spec)}
        {sections(subject, mappings, "", Depth::Panel)}
    }
    .into_any()
}

fn nodes(studio: Studio, targets: Vec<Target>, kind: Kind) -> AnyView {
    let spec = kind.spec();
    let subject = Subject::nodes(studio, targets, spec);
    view! {
        {head::nodes(studio, subject.count(), spec)}
        {sections(subject, spec.fields, "", Depth::Panel)}
        {tags(subject, spec)}
    }
    .into_any()
}

fn several_links(studio: Studio, targets: Vec<Target>, kind: LinkKind) -> AnyView {
    let spec = kind.spec();
    let subject = Subject::links(studio, targets, spec);
    view! {
        {head::links(studio, subject.count(), spec)}
        {sections(subject, spec.fields, "", Depth::Panel)}
    }
    .into_any()
}

fn name(subject: Subject, rule: TextRule) -> AnyView {
    let mut traits = Traits::required(Control::Text { rule, example: "" });
    traits.required = rule.min > 0;
    view! { <div class="fields">{field(Slot::new(subject, "name"), traits, "")}</div> }.into_any()
}

/// Only what AWS makes can have tags there.
fn has_tags(spec: &KindSpec) -> bool {
    !spec.doc.is_empty()
}

/// The tags of a node, below all that is its own.
fn tags(subject: Subject, spec: &'static KindSpec) -> AnyView {
    if !has_tags(spec) {
        return ().into_any();
    }
    sections(subject, TAGS, "", Depth::Panel)
}

static TAGS: &[trazo_model::field::Field] = &[trazo_model::field::Field::new("tags", Control::Tags).section("tags")];
