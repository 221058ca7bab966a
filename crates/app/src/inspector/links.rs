//! What a node is linked with and lies in, to go there.

use leptos::prelude::*;
use trazo_model::{Design, Kind, Link, LinkId, Node, NodeId, Target};

use crate::glyph::{Glyph, family_class};
use crate::studio::Studio;
use crate::ui::IconButton;
use crate::words::{t, t_with};

/// Another node, and the link to it if there is one.
#[derive(Clone, Debug, PartialEq)]
struct Neighbour {
    node: NodeId,
    name: String,
    kind: Kind,
    link: Option<LinkId>,
}

impl Neighbour {
    fn new(node: &Node, link: Option<&Link>) -> Self {
        let link = link.map(|link| link.id.clone());
        Self { node: node.id.clone(), name: node.name.clone(), kind: node.kind(), link }
    }
}

/// The neighbours of a node: where links lead, where they come from, what it lies in, what it holds.
fn neighbours(design: &Design, id: &NodeId) -> [(&'static str, Vec<Neighbour>); 4] {
    let at = |id: &NodeId, link: Option<&Link>| design.node(id).map(|node| Neighbour::new(node, link));
    let parent = design.ancestors(id).next().map(|group| Neighbour::new(group, None));
    [
        ("ui.inspector.links_out", design.links_from(id).filter_map(|link| at(&link.to, Some(link))).collect()),
        ("ui.inspector.links_in", design.links_to(id).filter_map(|link| at(&link.from, Some(link))).collect()),
        ("ui.inspector.lies_in", parent.into_iter().collect()),
        ("ui.inspector.holds", design.children(id).map(|child| Neighbour::new(child, None)).collect()),
    ]
}

/// The neighbours of a node.
pub(super) fn panel(studio: Studio, id: NodeId) -> AnyView {
    let all = Memo::new(move |_| {
        studio.revision.track();
        studio.design(|design| neighbours(design, &id))
    });
    let part = move |(title, list): (&'static str, Vec<Neighbour>)| {
        (!list.is_empty()).then(|| {
            let rows = list.into_iter().map(|neighbour| row(studio, neighbour)).collect_view();
            view! { <h3 class="links-title">{t(title)}</h3> <ul class="links">{rows}</ul> }
        })
    };
    view! { <div class="neighbours">{move || all.get().into_iter().map(part).collect::<Vec<_>>()}</div> }.into_any()
}

fn row(studio: Studio, neighbour: Neighbour) -> AnyView {
    let Neighbour { node, name, kind, link } = neighbour;
    let go = move |_| studio.reveal(&Target::Node(node.clone()), "");
    let shown = name.clone();
    let edit = link.map(|link| {
        let label = move || t_with("ui.inspector.edit_link", &[("name", &name)]);
        view! { <IconButton icon="link" label=label on_press=move || studio.reveal(&Target::Link(link.clone()), "") /> }
    });
    view! {
        <li class=format!("links-row {}", family_class(kind))>
            <button type="button" class="link-row" on:click=go>
                <Glyph kind />
                <span class="clip">{shown}</span>
                <span class="quiet clip">{t(&format!("kind.{}.name", kind.spec().key))}</span>
            </button>
            {edit}
        </li>
    }
    .into_any()
}
