//! The sheet of keyboard shortcuts.

use leptos::prelude::*;

use super::find::Wanted;
use super::use_frame;
use crate::ui::{Dialog, Icon, keys};
use crate::words::t;

/// What a shortcut does (`ui.keys.does.<…>`), and its chords.
type Shortcut = (&'static str, &'static [&'static str]);

/// All shortcuts, by group (`ui.keys.group.<…>`).
const GROUPS: &[(&str, &[Shortcut])] = &[
    ("tools", &[("select", &["V"]), ("pan", &["H"]), ("pan_hold", &["Space"]), ("link", &["L"]), ("note", &["N"])]),
    (
        "selection",
        &[
            ("next", &["Tab"]),
            ("previous", &["Shift+Tab"]),
            ("enter", &["Enter"]),
            ("extend", &["Shift+Click"]),
            ("marquee", &["Drag"]),
            ("select_all", &["Mod+A"]),
            ("escape", &["Escape"]),
        ],
    ),
    (
        "view",
        &[
            ("zoom_in", &["Plus"]),
            ("zoom_out", &["-"]),
            ("zoom_wheel", &["Mod+Wheel"]),
            ("zoom_reset", &["Mod+0"]),
            ("zoom_fit", &["Shift+1"]),
            ("zoom_selection", &["Shift+2"]),
        ],
    ),
    (
        "edit",
        &[
            ("undo", &["Mod+Z"]),
            ("redo", &["Mod+Shift+Z", "Mod+Y"]),
            ("copy", &["Mod+C"]),
            ("cut", &["Mod+X"]),
            ("paste", &["Mod+V"]),
            ("duplicate", &["Mod+D"]),
            ("delete", &["Delete", "Backspace"]),
            ("rename", &["F2"]),
            ("nudge", &["Arrows"]),
            ("nudge_far", &["Shift+Arrows"]),
            ("group", &["Mod+G"]),
            ("menu", &["Shift+F10"]),
        ],
    ),
    (
        "page",
        &[
            ("command", &["Mod+K"]),
            ("search", &["Mod+F"]),
            ("save", &["Mod+S"]),
            ("open", &["Mod+O"]),
            ("panels", &["F6"]),
            ("panels_back", &["Shift+F6"]),
            ("sheet", &["?"]),
        ],
    ),
];

/// The sheet.
#[component]
pub(super) fn Shortcuts() -> impl IntoView {
    let open = use_frame().shortcuts;
    view! {
        <Dialog open=open title=move || t("ui.keys.title") wide=true name="shortcuts">
            <Sheet />
        </Dialog>
    }
}

#[component]
fn Sheet() -> impl IntoView {
    let query = RwSignal::new(String::new());
    let groups = move || {
        let wanted = Wanted::new(&query.get());
        GROUPS.iter().filter_map(|(group, list)| section(group, list, &wanted)).collect_view()
    };
    view! {
        <div class="search">
            <Icon name="search" />
            <input
                class="input"
                type="search"
                autofocus=true
                autocomplete="off"
                aria-label=move || t("ui.keys.filter")
                placeholder=move || t("ui.keys.filter")
                on:input=move |event| query.set(event_target_value(&event))
            />
        </div>
        <div class="shortcuts">{groups}</div>
    }
}

fn section(group: &str, list: &[Shortcut], wanted: &Wanted) -> Option<AnyView> {
    let rows: Vec<AnyView> = list
        .iter()
        .filter_map(|(does, chords)| {
            let text = t(&format!("ui.keys.does.{does}"));
            let shown: Vec<String> = chords.iter().map(|chord| keys::shown(chord)).collect();
            let texts: Vec<&str> = std::iter::once(text.as_str()).chain(shown.iter().map(String::as_str)).collect();
            wanted.fits_any(&texts).then(|| row(text.clone(), chords))
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <h3>{t(&format!("ui.keys.group.{group}"))}</h3>
                <dl>{rows}</dl>
            </section>
        }
        .into_any()
    })
}

fn row(text: String, chords: &[&'static str]) -> AnyView {
    let chord = |(index, chord): (usize, &&'static str)| {
        let or = (index > 0).then(|| view! { <span class="quiet">{t("ui.keys.or")}</span> });
        let caps = keys::caps(chord).into_iter().map(|cap| view! { <kbd>{cap}</kbd> }).collect_view();
        view! { {or} <span class="chord">{caps}</span> }
    };
    view! {
        <div class="shortcut">
            <dt>{text}</dt>
            <dd>{chords.iter().enumerate().map(chord).collect_view()}</dd>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_and_shortcut_has_a_text() {
        let groups = GROUPS.iter().map(|(group, _)| format!("ui.keys.group.{group}"));
        let does = GROUPS.iter().flat_map(|(_, list)| list.iter()).map(|(does, _)| format!("ui.keys.does.{does}"));
        let keys: Vec<String> = groups.chain(does).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        assert_eq!(trazo_texts::missing(&keys), Vec::<String>::new());
    }
}
