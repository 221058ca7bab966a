//! One problem in the list.

use leptos::prelude::*;
use trazo_model::Found;
use wasm_bindgen::JsCast;

use super::tell::{fix_label, mend, message, more};
use super::r#where::{Spot, spot, track};
use crate::inspector::prose;
use crate::studio::Studio;
use crate::ui::{Button, Icon};
use crate::words::t;

/// One problem: what, where, why, and the button that mends it.
pub(super) fn row(studio: Studio, finding: Found) -> AnyView {
    let severity = finding.severity.key();
    let (target, field) = (finding.target.clone(), finding.field.clone());
    let go = move |_| studio.reveal(&target, &field);
    let about = finding.clone();
    let spot = Memo::new(move |_| {
        track(studio, &about.target);
        studio.design(|design| spot(design, &about))
    });
    let place_of_field = move || {
        let field = spot.with(|spot| spot.field.clone());
        (!field.is_empty()).then(|| view! { <span class="quiet clip">"› " {field}</span> })
    };
    let place = view! {
        <button type="button" class="problem-place" aria-label=move || spot.with(Spot::go) on:click=go>
            <span class="clip">{move || spot.with(|spot| spot.name.clone())}</span>
            {place_of_field}
        </button>
    };
    let (code, text, why) = (finding.code, message(&finding), more(&finding).show());
    let fix = finding.fix.is_some().then(|| {
        let label = fix_label(&finding);
        view! { <Button icon="fix" label=label on_press=move || { mend(studio, &finding); stay(); } /> }
    });
    view! {
        <li class=format!("problem {severity}") data-finding=code>
            <Icon name=severity />
            <div class="problem-words">
                <p class="problem-message">
                    <span class="sr-only">{t(&format!("ui.problems.severity.{severity}"))} ": "</span>
                    {prose(&text)}
                </p>
                <details class="why"><summary>{t("ui.problems.why")} " " <code>{code}</code></summary>{why}</details>
            </div>
            {place}
            <div class="problem-fix">{fix}</div>
        </li>
    }
    .into_any()
}

/// The button goes with its row. The focus then goes to what is to be mended next, not out of the panel.
fn stay() {
    let look = || {
        if document().active_element().is_some_and(|active| active.tag_name() != "BODY") {
            return;
        }
        let next = [".problem-fix button", "#tab-problems"];
        let found = next.iter().find_map(|place| document().query_selector(place).ok().flatten());
        if let Some(element) = found {
            let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    // In the first frame it is found out what is wrong now, in the second one the list shows that.
    request_animation_frame(move || request_animation_frame(look));
}
