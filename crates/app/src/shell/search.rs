//! Search in the design: by name, kind, or any value.

use leptos::html;
use leptos::prelude::*;
use trazo_model::resources::note::Note;
use trazo_model::{Design, Link, Node, Target, Typed};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::find::Wanted;
use super::palette::kind_name;
use super::{Frame, Place, use_frame};
use crate::glyph::{Glyph, family_class};
use crate::ui::{Icon, IconButton};
use crate::words::{say_all, t, t_count, t_with};

/// As many results as are worth reading.
const MOST: usize = 100;

#[derive(Clone, PartialEq)]
struct Hit {
    target: Target,
    kind: Option<trazo_model::Kind>,
    name: String,
    about: String,
}

/// The search.
#[component]
pub(super) fn Search() -> impl IntoView {
    let frame = use_frame();
    let studio = frame.studio;
    let query = RwSignal::new(String::new());
    let field = NodeRef::<html::Input>::new();
    let hits = Memo::new(move |_| {
        studio.revision.track();
        let query = query.get();
        studio.design(|design| find(design, &query))
    });
    Effect::new(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            if let Some(hit) = hits.with_untracked(|hits| hits.first().cloned()) {
                go(frame, &hit);
            }
        }
        "ArrowDown" => {
            event.prevent_default();
            step(None, 1);
        }
        _ => {}
    };
    view! {
        <div class="side-head">
            <h2 class="wide-only">{move || t("ui.search.title")}</h2>
            <div class="search">
                <Icon name="search" />
                <input
                    node_ref=field
                    class="input"
                    type="search"
                    autocomplete="off"
                    data-panel-focus=""
                    aria-label=move || t("ui.search.title")
                    placeholder=move || t("ui.search.placeholder")
                    prop:value=move || query.get()
                    on:input=move |event| query.set(event_target_value(&event))
                    on:keydown=key
                />
                <Show when=move || !query.with(String::is_empty)>
                    <IconButton icon="close" label=move || t("ui.search.clear") on_press=move || query.set(String::new()) />
                </Show>
            </div>
        </div>
        <div class="side-body">
            <p class="side-note" role="status">{move || summary(&query.get(), hits.with(Vec::len))}</p>
            <ul class="results" on:keydown=walk>
                {move || hits.get().into_iter().map(|hit| row(frame, hit)).collect_view()}
            </ul>
        </div>
    }
}

/// How many were found.
fn summary(query: &str, count: usize) -> String {
    match (query.trim(), count) {
        ("", _) => t("ui.search.help"),
        (query, 0) => t_with("ui.search.none", &[("query", query)]),
        (_, count) => t_count("ui.search.results", count),
    }
}

fn go(frame: Frame, hit: &Hit) {
    frame.studio.reveal(&hit.target, "");
    if frame.layout.narrow.get_untracked() {
        frame.layout.hide(Place::Search);
    }
}

fn row(frame: Frame, hit: Hit) -> impl IntoView {
    let chosen = hit.clone();
    view! {
        <li>
            <button type="button" class="row" on:click=move |_| go(frame, &chosen)>
                {picture(&hit)}
                <span class="row-words">
                    <span class="clip">{hit.name}</span>
                    <span class="clip quiet row-about">{hit.about}</span>
                </span>
            </button>
        </li>
    }
}

fn picture(hit: &Hit) -> AnyView {
    match hit.kind {
        Some(kind) => {
            view! { <span class=format!("row-glyph {}", family_class(kind))><Glyph kind=kind /></span> }.into_any()
        }
        None => view! { <span class="row-glyph quiet"><Icon name="link" /></span> }.into_any(),
    }
}

/// Up and down in the list of results.
fn walk(event: KeyboardEvent) {
    let by = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    event.prevent_default();
    step(document().active_element(), by);
}

fn step(from: Option<web_sys::Element>, by: i32) {
    let Ok(list) = document().query_selector_all(".results .row") else { return };
    let rows: Vec<HtmlElement> = (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).collect();
    let now = rows.iter().position(|row| from.as_ref() == Some(row.as_ref()));
    let next = match now {
        Some(now) => usize::try_from(i32::try_from(now).unwrap_or(0) + by).ok(),
        None => Some(0),
    };
    if let Some(row) = next.and_then(|next| rows.get(next)) {
        let _ = row.focus();
    }
}

fn find(design: &Design, query: &str) -> Vec<Hit> {
    let wanted = Wanted::new(query);
    if wanted.is_empty() {
        return Vec::new();
    }
    let nodes = design.nodes().filter_map(|node| node_hit(design, node, &wanted));
    let links = design.links().filter_map(|link| link_hit(design, link, &wanted));
    nodes.chain(links).take(MOST).collect()
}

fn node_hit(design: &Design, node: &Node, wanted: &Wanted) -> Option<Hit> {
    let kind = node.kind();
    let name = kind_name(kind);
    let summary = say_all(&(kind.spec().summary)(design, node));
    let values = node.props.to_json().to_string();
    wanted.fits_any(&[&node.name, node.id.as_str(), &name, &summary, &values]).then(|| Hit {
        target: Target::from(&node.id),
        kind: Some(kind),
        name: node_name(node),
        about: if summary.is_empty() { name } else { format!("{name} · {summary}") },
    })
}

fn link_hit(design: &Design, link: &Link, wanted: &Wanted) -> Option<Hit> {
    let name = link_name(design, link);
    let summary = say_all(&(link.kind().spec().summary)(design, link));
    let values = link.props.to_json().to_string();
    wanted.fits_any(&[link.id.as_str(), &name, &summary, &values]).then(|| Hit {
        target: Target::from(&link.id),
        kind: None,
        name,
        about: summary,
    })
}

/// What a node is called: its name, of a note the beginning of its text, else its kind.
pub(super) fn node_name(node: &Node) -> String {
    let note = Note::of(&node.props).and_then(|note| note.text.lines().find(|line| !line.trim().is_empty()));
    match (node.name.as_str(), note) {
        ("", Some(line)) => line.trim().to_owned(),
        ("", None) => kind_name(node.kind()),
        (name, _) => name.to_owned(),
    }
}

/// A link by the names of its ends.
pub(super) fn link_name(design: &Design, link: &Link) -> String {
    let name = |id| design.node(id).map(|node| node.name.as_str()).unwrap_or_default();
    format!("{} → {}", name(&link.from), name(&link.to))
}
