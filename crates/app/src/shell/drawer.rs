//! The drawer below the canvas: problems, files and the deployment. Its tabs can be seen when it is folded, so that problems are.

use leptos::prelude::*;
use trazo_model::Severity;

use super::{Place, bottom::SheetHead, use_frame};
use crate::deploy::DeployPlace;
use crate::files::Preview;
use crate::problems::Problems;
use crate::ui::{IconButton, Splitter, Tab, Tabs};
use crate::words::{t, t_count};

/// The drawer.
#[component]
pub(super) fn Drawer() -> impl IntoView {
    let layout = use_frame().layout;
    let shown = Memo::new(move |_| Place::DRAWER.into_iter().find(|place| layout.shows(*place)));
    let body = move || match shown.get() {
        Some(Place::Problems) => view! { <Problems /> }.into_any(),
        Some(Place::Files) => view! { <Preview /> }.into_any(),
        Some(Place::Deploy) => view! { <DeployPlace /> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <section
            class="drawer"
            class:open=move || shown.get().is_some()
            data-panel="drawer"
            aria-label=move || t("ui.drawer.label")
            hidden=move || layout.narrow.get() && shown.get().is_none()
        >
            {move || {
                let panel = layout.drawer_size();
                (shown.get().is_some() && !layout.narrow.get()).then(|| {
                    view! { <Splitter panel=panel label=move || t("ui.drawer.resize") horizontal=true after=true /> }
                })
            }}
            <DrawerBar />
            {move || shown.get().map(|place| view! { <SheetHead place=place /> })}
            <div
                class="drawer-body"
                role="tabpanel"
                id=move || format!("panel-{}", layout.drawer_view.get().id())
                aria-labelledby=move || format!("tab-{}", layout.drawer_view.get().id())
                hidden=move || shown.get().is_none()
            >
                {body}
            </div>
        </section>
    }
}

#[component]
fn DrawerBar() -> impl IntoView {
    let layout = use_frame().layout;
    let tabs = vec![
        Tab::new("problems", "warning", move || t("ui.problems.title")).extra(|| view! { <ProblemCount /> }),
        Tab::new("files", "code", move || t("ui.files.title")),
        Tab::new("deploy", "deploy", move || t("ui.deploy.place.title")),
    ];
    let choose = move |id: &'static str| {
        if let Some(place) = Place::DRAWER.into_iter().find(|place| place.id() == id) {
            layout.show(place);
        }
    };
    let fold = move || {
        let open = layout.drawer.open.get();
        let (icon, text) =
            if open { ("chevron-down", "ui.drawer.collapse") } else { ("chevron-up", "ui.drawer.expand") };
        view! { <IconButton icon=icon label=move || t(text) on_press=move || layout.drawer.toggle() /> }
    };
    view! {
        <div class="drawer-bar wide-only">
            <Tabs
                tabs=tabs
                chosen=Signal::derive(move || layout.drawer_view.get().id())
                on_choose=choose
                label=move || t("ui.drawer.label")
            />
            <span class="drawer-gap"></span>
            {fold}
        </div>
    }
}

/// How many problems there are, by severity.
#[component]
pub(super) fn ProblemCount(
    /// Only the number of the worst kind that there is.
    #[prop(optional)]
    worst_only: bool,
) -> impl IntoView {
    let studio = use_frame().studio;
    let counts = Memo::new(move |_| {
        studio.findings.with(|findings| {
            [Severity::Error, Severity::Warning, Severity::Hint]
                .map(|severity| findings.iter().filter(|finding| finding.severity == severity).count())
        })
    });
    let badges = move || {
        let names = [
            ("badge error", "ui.problems.errors"),
            ("badge warning", "ui.problems.warnings"),
            ("badge hint", "ui.problems.hints"),
        ];
        let some = names.into_iter().zip(counts.get()).filter(|(_, count)| *count > 0);
        let some = some.take(if worst_only { 1 } else { 3 });
        some.map(|((class, text), count)| {
            view! {
                <span class=class>
                    <span aria-hidden="true">{count}</span>
                    <span class="sr-only">{t_count(text, count)}</span>
                </span>
            }
        })
        .collect_view()
    };
    view! { <span class="problem-count">{badges}</span> }
}
