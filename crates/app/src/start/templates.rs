//! The templates, each with a drawing of what it holds.

use leptos::prelude::*;
use trazo_formats::templates::{ALL, Template};

use super::preview;
use crate::app::Route;
use crate::store::Sketch;
use crate::words::{t, t_with};

fn sketch(template: &Template) -> Sketch {
    Sketch::read(template.sketch).unwrap_or_default()
}

/// The first template, large: it shows at a glance what this page is for.
#[component]
pub(crate) fn Hero() -> impl IntoView {
    ALL.first().map(|template| {
        let address = Route::New(Some(template.key.to_owned())).address();
        let name = move || t(&format!("template.{}.name", template.key));
        view! {
            <a class="hero-picture" href=address aria-label=move || t_with("ui.start.templates.use", &[("name", &name())])>
                {preview::drawing(&sketch(template))}
                <span class="hero-name">{name}</span>
            </a>
        }
    })
}

/// All templates.
#[component]
pub(crate) fn Templates() -> impl IntoView {
    view! {
        <section class="templates" aria-labelledby="templates-title">
            <h2 id="templates-title">{move || t("ui.start.templates.title")}</h2>
            <p class="templates-help">{move || t("ui.start.templates.help")}</p>
            <ul class="tiles">{ALL.iter().map(card).collect_view()}</ul>
        </section>
    }
}

fn card(template: &'static Template) -> impl IntoView {
    let address = Route::New(Some(template.key.to_owned())).address();
    let name = move || t(&format!("template.{}.name", template.key));
    let help = move || t(&format!("template.{}.help", template.key));
    view! {
        <li class="tile" data-template=template.key>
            <a class="tile-picture" href=address.clone() tabindex="-1" aria-hidden="true">
                {preview::drawing(&sketch(template))}
            </a>
            <div class="tile-foot">
                <div class="tile-words">
                    <a class="tile-name clip" href=address aria-label=move || t_with("ui.start.templates.use", &[("name", &name())])>
                        {name}
                    </a>
                    <p class="tile-help">{help}</p>
                </div>
            </div>
        </li>
    }
}
