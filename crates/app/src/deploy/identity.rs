//! Whose credentials they are: the first thing that AWS is asked.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value as Json;
use trazo_calls::{Call, Service};
use trazo_provision::Caller as _;

use super::bits::{Callout, Tone};
use super::client;
use super::room::room;
use super::session::{Caller, Identity};
use super::trouble;
use crate::studio::Studio;
use crate::ui::Button;
use crate::words::t;

/// Asks AWS whose the credentials are.
pub(super) fn ask() {
    let session = room().session;
    let region = region();
    let Some(caller) = client::client(&region) else { return };
    session.identity.set(Identity::Asking);
    spawn_local(async move {
        let call = Call::new(Service::Sts, "GetCallerIdentity");
        let answer = caller.call(&call).await;
        // They may have been wiped meanwhile, or others are asked about by now.
        if session.identity.get_untracked() != Identity::Asking {
            return;
        }
        session.identity.set(match answer {
            Ok(answer) => Identity::Known(Caller { account: text(&answer, "Account"), arn: text(&answer, "Arn") }),
            Err(error) => Identity::Failed(Arc::new(error)),
        });
    });
}

fn text(answer: &Json, member: &str) -> String {
    answer.get(member).and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// The region of the open design.
pub(super) fn region() -> String {
    use_context::<Studio>()
        .map(|studio| studio.design(|design| design.region().to_owned()))
        .unwrap_or_else(|| "us-east-1".to_owned())
}

/// What AWS said, where that is not simply who they are.
pub(super) fn told(identity: Identity) -> Option<AnyView> {
    match identity {
        Identity::Asking => {
            Some(view! { <p class="deploy-progress" role="status">{t("ui.deploy.known.asking")}</p> }.into_any())
        }
        Identity::Failed(error) => {
            let view = view! {
                <Callout tone=Tone::Bad>
                    {trouble::view(&error)}
                    <Button icon="refresh" label=move || t("ui.dialog.retry") on_press=ask />
                </Callout>
            };
            Some(view.into_any())
        }
        Identity::Known(caller) if caller.is_lab() => {
            Some(view! { <Callout tone=Tone::Quiet>{t("ui.deploy.known.lab")}</Callout> }.into_any())
        }
        _ => None,
    }
}
