//! Why a call gave nothing, and what to do.

use leptos::prelude::*;
use trazo_provision::{CallError, Unsent};

use super::bits::Copyable;
use super::room::room;
use super::transport::Way;
use crate::app::with_code;
use crate::words::{t, t_if, t_with};

/// What happened, AWS's own words where there are some, and the remedy.
pub(super) fn view(error: &CallError) -> AnyView {
    match error {
        CallError::Refused(refusal) => {
            let operation = format!("{} {}", refusal.service.cli(), refusal.operation);
            let key = format!("ui.deploy.refused.{}", refusal.code);
            let help = t_if(&key);
            let code = refusal.code.clone();
            let request = (!refusal.request_id.is_empty())
                .then(|| t_with("ui.deploy.trouble.request", &[("id", &refusal.request_id)]));
            let message = refusal.message.clone();
            view! {
                <p>{t_with("ui.deploy.trouble.refused", &[("operation", &operation)])}</p>
                <blockquote class="refused-words" lang="en"><code>{code}</code> " " {message}</blockquote>
                {help.map(|help| view! { <p>{with_code(&help)}</p> })}
                {request.map(|request| view! { <p class="deploy-help">{request}</p> })}
            }
            .into_any()
        }
        CallError::Unsent(unsent) => unsent_view(*unsent),
        CallError::Unreadable => paragraph("ui.deploy.trouble.unreadable"),
        CallError::Expired => paragraph("ui.deploy.trouble.expired"),
        CallError::Unknown(service, operation) | CallError::Unsendable(service, operation) => {
            let operation = format!("{service} {operation}");
            view! { <p>{t_with("ui.deploy.trouble.unknown", &[("operation", &operation)])}</p> }.into_any()
        }
    }
}

fn paragraph(key: &str) -> AnyView {
    view! { <p>{with_code(&t(key))}</p> }.into_any()
}

/// No answer: which way was taken decides what helps.
fn unsent_view(unsent: Unsent) -> AnyView {
    match unsent {
        Unsent::Offline => paragraph("ui.deploy.trouble.offline"),
        Unsent::TimedOut => paragraph("ui.deploy.trouble.late"),
        Unsent::TooLarge => paragraph("ui.deploy.trouble.large"),
        Unsent::Cancelled => paragraph("ui.deploy.trouble.cancelled"),
        Unsent::Stranger => paragraph("ui.deploy.trouble.stranger"),
        Unsent::Barred => blocked(),
        Unsent::Blocked => match room().transport.way.get_untracked() {
            Way::Direct => blocked(),
            Way::Relay => paragraph("ui.deploy.trouble.no_relay"),
            Way::Custom => paragraph("ui.deploy.trouble.no_custom"),
        },
    }
}

fn blocked() -> AnyView {
    view! {
        <p>{t("ui.deploy.trouble.blocked")}</p>
        {remedy()}
    }
    .into_any()
}

/// How to come to the relay, for what does not answer to pages.
pub(super) fn remedy() -> AnyView {
    view! {
        <p>{t("ui.deploy.trouble.relay")}</p>
        <ol class="deploy-remedy">
            <li>
                {with_code(&t("ui.deploy.trouble.relay_start"))}
                <Copyable label=move || t("ui.deploy.trouble.relay_command") text="trazo serve".to_owned() />
            </li>
            <li>{with_code(&t("ui.deploy.trouble.relay_open"))}</li>
            <li>{t("ui.deploy.trouble.relay_take")}</li>
        </ol>
    }
    .into_any()
}

/// The mark of a request that does not get through on the way that was chosen.
pub(super) fn barred_chip() -> AnyView {
    view! { <span class="deploy-chip warning-tone" data-barred="">{t("ui.deploy.trouble.barred")}</span> }.into_any()
}
