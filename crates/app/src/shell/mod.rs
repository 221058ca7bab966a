//! Everything of the editor around the canvas: bars, panels, commands.

mod bottom;
mod choices;
mod commands;
mod drawer;
mod find;
mod focus;
mod frame;
mod keyboard;
mod layout;
mod name;
mod outline;
mod palette;
mod rail;
mod search;
mod shortcuts;
mod templates;
mod topbar;

use leptos::prelude::*;
use trazo_editor::Editor;

use frame::{Frame, use_frame};
use layout::{Layout, Place};

use crate::canvas::Canvas;
use crate::ui::{LiveRegion, Splitter, Tips, Toasts};
use crate::words::t;

/// The editor: the canvas and all that stands around it.
#[component]
pub(crate) fn Shell() -> impl IntoView {
    let frame = Frame::new();
    provide_context(frame);
    keyboard::listen(frame);
    let layout = frame.layout;
    // A problem or a line of a file leads to a field: then its panel is wanted.
    Effect::new(move || {
        if frame.studio.asked_field.get().is_some_and(|asked| !asked.field.is_empty()) {
            layout.show(Place::Inspector);
        }
    });
    Effect::new(move |first: Option<()>| {
        frame.studio.details.track();
        if first.is_some() {
            layout.show(Place::Inspector);
        }
    });
    frame_deployment(frame);
    view! {
        <div
            class="shell"
            class:narrow=move || layout.narrow.get()
            style=("--rail", move || format!("{}px", layout.rail.size.get()))
            style=("--drawer", move || format!("{}px", layout.drawer_size().size.get()))
            style=("--inspector", move || format!("{}px", layout.inspector.size.get()))
        >
            <topbar::TopBar />
            <div class="shell-body">
                <rail::Rail />
                <div class="shell-middle">
                    <main class="canvas-place">
                        <Canvas />
                    </main>
                    <drawer::Drawer />
                </div>
                <Inspector />
            </div>
            <Show when=move || layout.narrow.get()>
                <bottom::BottomBar />
            </Show>
        </div>
        <commands::CommandList />
        <shortcuts::Shortcuts />
        <templates::TemplateList />
        <Toasts />
        <LiveRegion />
        <Tips />
    }
}

/// On a narrow screen the canvas has half of the height beside the deployment: once AWS is at it, all that it makes is shown there.
fn frame_deployment(frame: Frame) {
    let made = Memo::new(move |_| frame.studio.deployed.with(|deployed| !deployed.progress.is_empty()));
    Effect::new(move || {
        if made.get() && untrack(|| frame.layout.narrow.get() && frame.layout.shows(Place::Deploy)) {
            frame.act(Editor::fit_if_hidden);
        }
    });
}

#[component]
fn Inspector() -> impl IntoView {
    let layout = use_frame().layout;
    let shown = Memo::new(move |_| layout.shows(Place::Inspector));
    view! {
        <aside
            class="inspector-place"
            data-panel="inspector"
            aria-label=move || t("ui.inspector.title")
            hidden=move || !shown.get()
        >
            <Show when=move || !layout.narrow.get()>
                <Splitter panel=layout.inspector label=move || t("ui.inspector.resize") after=true />
            </Show>
            <div class="side inspector-side">
                <bottom::SheetHead place=Place::Inspector />
                <Show when=move || shown.get()>
                    <crate::inspector::Inspector />
                </Show>
            </div>
        </aside>
    }
}
