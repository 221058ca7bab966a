//! Several elements of different kinds: how many of each, and what can be done with all of them.

use leptos::prelude::*;
use trazo_model::{Kind, Target};

use super::actions;
use crate::glyph::{Glyph, family_class};
use crate::studio::Studio;
use crate::ui::Icon;
use crate::words::{t, t_count};

/// The panel of a mixed selection.
pub(super) fn panel(studio: Studio, targets: Vec<Target>) -> AnyView {
    let n = targets.len();
    let (kinds, links) = sorted(studio, &targets);
    let has_nodes = !kinds.is_empty();
    let row = move |(kind, nodes): (Kind, Vec<Target>)| {
        let n = nodes.len();
        let pick = move |_| studio.select(nodes.clone());
        view! {
            <li class=format!("links-row {}", family_class(kind))>
                <button type="button" class="link-row" on:click=pick>
                    <Glyph kind />
                    <span class="clip">{move || t_count(&format!("kind.{}.counted", kind.key()), n)}</span>
                    <span class="quiet">{n}</span>
                </button>
            </li>
        }
    };
    let link_row = (!links.is_empty()).then(|| {
        let n = links.len();
        let pick = move |_| studio.select(links.clone());
        view! {
            <li class="links-row">
                <button type="button" class="link-row" on:click=pick>
                    <Icon name="link" /> <span class="clip">{move || t_count("ui.inspector.link.many", n)}</span>
                </button>
            </li>
        }
    });
    view! {
        <header class="head">
            <span class="head-glyph"><Icon name="group" /></span>
            <div class="head-words"><h2>{move || t_count("ui.inspector.many.title", n)}</h2></div>
            {actions::buttons(studio, has_nodes)}
        </header>
        <p class="panel-help">{move || t("ui.inspector.many.other_kinds")}</p>
        <ul class="links">{kinds.into_iter().map(row).collect_view()} {link_row}</ul>
    }
    .into_any()
}

/// The nodes of each kind in the order of the palette, and the links.
fn sorted(studio: Studio, targets: &[Target]) -> (Vec<(Kind, Vec<Target>)>, Vec<Target>) {
    studio.design(|design| {
        let of = |kind: Kind| {
            let is = |target: &&Target| matches!(target, Target::Node(id) if design.node(id).is_some_and(|node| node.kind() == kind));
            let nodes: Vec<Target> = targets.iter().filter(is).cloned().collect();
            (!nodes.is_empty()).then_some((kind, nodes))
        };
        let links = targets.iter().filter(|target| matches!(target, Target::Link(_))).cloned().collect();
        (Kind::ALL.into_iter().filter_map(of).collect(), links)
    })
}
