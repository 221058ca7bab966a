//! The palette: every kind, by family, to be dragged, clicked or chosen by keyboard.

use leptos::prelude::*;
use trazo_model::{Family, Kind};
use web_sys::{MouseEvent, PointerEvent};

use super::{find::Wanted, use_frame};
use crate::canvas;
use crate::glyph::{Glyph, family_class};
use crate::ui::Icon;
use crate::words::{t, t_if, t_with};

/// The palette.
#[component]
pub(super) fn Palette() -> impl IntoView {
    let query = RwSignal::new(String::new());
    let groups = move || {
        let wanted = Wanted::new(&query.get());
        let groups: Vec<AnyView> = FAMILIES.into_iter().filter_map(|family| group(family, &wanted)).collect();
        if groups.is_empty() {
            let text = t_with("ui.palette.none", &[("query", &query.get())]);
            return view! { <p class="side-note">{text}</p> }.into_any();
        }
        groups.into_any()
    };
    view! {
        <div class="side-head">
            <h2 class="wide-only">{move || t("ui.palette.title")}</h2>
            <div class="search">
                <Icon name="search" />
                <input
                    class="input"
                    type="search"
                    autocomplete="off"
                    aria-label=move || t("ui.palette.filter")
                    placeholder=move || t("ui.palette.filter")
                    prop:value=move || query.get()
                    on:input=move |event| query.set(event_target_value(&event))
                />
            </div>
        </div>
        <div class="side-body palette">
            {groups}
            <p class="side-note">{move || t("ui.palette.help")}</p>
        </div>
    }
}

const FAMILIES: [Family; 6] =
    [Family::Outside, Family::Integration, Family::Network, Family::Compute, Family::Security, Family::Plain];

fn group(family: Family, wanted: &Wanted) -> Option<AnyView> {
    let fits = |kind: &Kind| {
        let key = kind.spec().key;
        kind.spec().family == family && wanted.fits_any(&[&kind_name(*kind), &kind_help(*kind), key])
    };
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(fits).collect();
    let title = t(&format!("ui.palette.family.{}", family.key()));
    let id = format!("palette-{}", family.key());
    (!kinds.is_empty()).then(|| {
        view! {
            <h3 class="palette-family" id=id.clone()>
                {title}
            </h3>
            <ul aria-labelledby=id>{kinds.into_iter().map(|kind| view! { <li><Piece kind=kind /></li> }).collect_view()}</ul>
        }
        .into_any()
    })
}

/// The name of a kind.
pub(super) fn kind_name(kind: Kind) -> String {
    t(&format!("kind.{}.name", kind.spec().key))
}

fn kind_help(kind: Kind) -> String {
    t_if(&format!("kind.{}.help", kind.spec().key)).unwrap_or_default()
}

#[component]
fn Piece(kind: Kind) -> impl IntoView {
    let frame = use_frame();
    let studio = frame.studio;
    let layout = frame.layout;
    let dragged = StoredValue::new(false);
    let down = move |event: PointerEvent| {
        // On a sheet a finger scrolls; there a press places.
        let drags = !layout.narrow.get_untracked() || event.pointer_type() == "mouse";
        dragged.set_value(drags);
        if event.button() == 0 && drags {
            canvas::start_place(studio, kind, &event);
        }
    };
    let click = move |event: MouseEvent| {
        // By keyboard or finger. What drags places by its own way, so that a drag is no click.
        if event.detail() == 0 || !dragged.get_value() {
            canvas::place(studio, kind);
        }
    };
    view! {
        <button
            type="button"
            class=format!("piece {}", family_class(kind))
            data-palette=kind.spec().key
            aria-label=move || t_with("ui.palette.add", &[("kind", &kind_name(kind))])
            on:pointerdown=down
            on:click=click
        >
            <span class="piece-glyph">
                <Glyph kind=kind />
            </span>
            <span class="piece-words">
                <span class="piece-name">{move || kind_name(kind)}</span>
                <span class="piece-help">{move || kind_help(kind)}</span>
            </span>
        </button>
    }
}
