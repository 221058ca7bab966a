//! The templates, from within the editor.

use leptos::prelude::*;
use trazo_formats::templates::{ALL, Template};

use super::{Frame, use_frame};
use crate::ui::{Dialog, Icon};
use crate::words::t;

/// The dialog.
#[component]
pub(super) fn TemplateList() -> impl IntoView {
    let frame = use_frame();
    view! {
        <Dialog open=frame.templates title=move || t("ui.templates.title") name="templates">
            <p class="quiet">{move || t("ui.templates.help")}</p>
            <ul class="template-list">{ALL.iter().map(|template| one(frame, template)).collect_view()}</ul>
        </Dialog>
    }
}

fn one(frame: Frame, template: &'static Template) -> impl IntoView {
    let choose = move |_| {
        frame.templates.set(false);
        frame.desk.use_template(template.key);
    };
    view! {
        <li>
            <button type="button" class="row template-row" data-template=template.key on:click=choose>
                <span class="row-glyph quiet">
                    <Icon name="template" />
                </span>
                <span class="row-words">
                    <strong>{move || t(&format!("template.{}.name", template.key))}</strong>
                    <span class="quiet">{move || t(&format!("template.{}.help", template.key))}</span>
                </span>
            </button>
        </li>
    }
}
