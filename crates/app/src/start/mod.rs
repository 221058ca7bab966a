//! The start page: what one sees first. Designs of this browser, templates, a new one, a file.

mod head;
mod preview;
mod recent;
mod squeeze;
mod templates;
mod tile;
mod when;

use leptos::prelude::*;

pub(crate) use preview::drawing;

use crate::app::{use_desk, with_code};
use crate::ui::{Button, Tips};
use crate::words::t;

/// The start page.
#[component]
pub(crate) fn StartPage() -> impl IntoView {
    let desk = use_desk();
    view! {
        <div class="start">
            <head::Head />
            <main class="start-main">
                <section class="hero">
                    <div class="hero-words">
                        <h1>{move || t("ui.start.title")}</h1>
                        <p class="hero-lead">{move || t("ui.start.lead")}</p>
                        <p class="hero-buttons">
                            <Button icon="plus" look="primary" label=move || t("ui.start.new") on_press=move || desk.new_design() />
                            <Button icon="folder" label=move || t("ui.start.open") on_press=move || desk.ask_for_file() />
                            <Button icon="upload" label=move || t("ui.open.import.ask") on_press=move || desk.import.ask() />
                        </p>
                        <p class="hero-help">{move || with_code(&t("ui.start.open_help"))}</p>
                    </div>
                    <templates::Hero />
                </section>
                <recent::Recent />
                <templates::Templates />
                <p class="start-private">{move || t("ui.start.private")}</p>
            </main>
        </div>
        <Tips />
    }
}
