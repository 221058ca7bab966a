//! The canvas: shows the design and takes what a person does with pointer, fingers and keys.
//!
//! What is true of both is in `trazo-editor`. Here events become its input ([`listen`]), what it says has changed is
//! drawn once a frame ([`stage`], [`scene`]), and what it asks of the page is done ([`requests`]).

mod clipboard;
mod controls;
mod empty;
mod inplace;
mod listen;
mod menu;
mod placing;
mod requests;
mod scene;
mod stage;

use std::rc::Rc;

use gloo::events::EventListener;
use leptos::html;
use leptos::prelude::*;
use trazo_model::Kind;

pub(crate) use clipboard::{copy, read_and_paste};
use controls::Controls;
use empty::Empty;
use listen::Listeners;
use menu::ElementMenu;
use stage::Stage;

use crate::prefs;
use crate::studio::{Studio, use_studio};
use crate::words::t;

/// The canvas of the open design.
#[component]
pub(crate) fn Canvas() -> impl IntoView {
    let studio = use_studio();
    let root = NodeRef::<html::Div>::new();
    let menu = RwSignal::new(None);
    let mounted = StoredValue::new_local(None::<(Rc<Stage>, Listeners)>);
    Effect::new(move || {
        let Some(root) = root.get() else { return };
        let Some(stage) = Stage::new(studio, root.into(), menu) else { return };
        studio.show_on(stage.clone());
        stage.measure();
        stage.see_all_at_first();
        stage.draw_all();
        let listeners = Listeners::new(&stage);
        mounted.set_value(Some((stage, listeners)));
        follow(studio, mounted);
    });
    view! {
        <section class="canvas" data-panel="canvas" aria-label=move || t("ui.canvas.label")>
            <p class="sr-only" id="canvas-help">{move || t("ui.canvas.help")}</p>
            <div
                node_ref=root
                class="stage"
                role="application"
                tabindex="0"
                aria-label=move || t("ui.canvas.label")
                aria-describedby="canvas-help"
            ></div>
            <Empty />
            <Controls />
            <ElementMenu at=menu />
        </section>
    }
}

/// Draws anew what depends on more than the design: findings, language, theme.
fn follow(studio: Studio, mounted: StoredValue<Option<(Rc<Stage>, Listeners)>, LocalStorage>) {
    let on_stage = move |act: &dyn Fn(&Stage)| {
        let stage = mounted.try_with_value(|mounted| mounted.as_ref().map(|(stage, _)| stage.clone()));
        if let Some(stage) = stage.flatten() {
            act(&stage);
        }
    };
    Effect::new(move || {
        let (findings, deployed) = (studio.findings.get(), studio.deployed.get());
        on_stage(&|stage| stage.mark(&findings, &deployed));
    });
    Effect::new(move || {
        prefs::lang();
        on_stage(&Stage::say_all);
    });
    Effect::new(move || {
        prefs::theme();
        on_stage(&Stage::recolour);
    });
    // The browser's own theme counts where the person has chosen none.
    let Some(dark) = window().match_media("(prefers-color-scheme: dark)").ok().flatten() else { return };
    let listener = EventListener::new(&dark, "change", move |_| on_stage(&Stage::recolour));
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || drop(listener.try_update_value(Option::take)));
}

/// Begins to drag a new node from the palette: call it when the pointer goes down there. A press that does not move puts
/// the node where there is room.
pub(crate) fn start_place(studio: Studio, kind: Kind, event: &web_sys::PointerEvent) {
    if let Some(screen) = studio.screen() {
        screen.place(kind, event);
    }
}

/// Puts a new node where there is room in what is seen, selects it and gives it the focus.
pub(crate) fn place(studio: Studio, kind: Kind) {
    placing::put(studio, kind);
}
