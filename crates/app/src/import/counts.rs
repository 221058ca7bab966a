//! How many there are of each kind.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_formats::import::Understood;
use trazo_model::Kind;

use crate::glyph::{Glyph, family_class};
use crate::words::t_count;

/// The counts.
#[component]
pub(super) fn Counts(understood: Arc<Understood>) -> impl IntoView {
    let design = &understood.design;
    let counted = Kind::ALL.into_iter().filter_map(|kind| {
        let count = design.nodes().filter(|node| node.kind() == kind).count();
        (count > 0).then_some((kind, count))
    });
    let row = |(kind, count): (Kind, usize)| {
        view! {
            <li class=family_class(kind)>
                <Glyph kind=kind />
                <span>{format!("{count} {}", t_count(&format!("kind.{}.counted", kind.key()), count))}</span>
            </li>
        }
    };
    let links = design.links().len();
    let links = (links > 0).then(|| view! { <li class="quiet">{t_count("ui.import.links", links)}</li> });
    view! { <ul class="import-counts">{counted.map(row).collect_view()}{links}</ul> }
}
