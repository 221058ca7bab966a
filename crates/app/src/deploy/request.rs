//! A request as it goes out: what for, its body, and the same as a command of the AWS CLI.

use leptos::prelude::*;
use serde_json::Value as Json;
use trazo_calls::{Call, Shell};

use super::bits::Copyable;
use crate::words::t;

/// The command of the AWS CLI that does the same.
pub(super) fn command(call: &Call, region: &str) -> String {
    call.command(Shell::Bash, Some(region))
}

/// The body of a request, laid out for reading.
pub(super) fn pretty(json: &Json) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default()
}

/// The request and its command.
#[component]
pub(super) fn RequestView(
    /// The request.
    call: Call,
    /// The region that it goes to.
    region: String,
) -> impl IntoView {
    let body = (!call.input.is_empty()).then(|| pretty(&Json::Object(call.input.clone())));
    view! {
        <div class="deploy-request">
            {body.map(|body| view! { <Copyable label=move || t("ui.deploy.request.body") text=body /> })}
            <Copyable label=move || t("ui.deploy.request.command") text=command(&call, &region) />
        </div>
    }
}
