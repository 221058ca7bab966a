//! Each request as it will go out.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_calls::{Bindings, Call, Deployment, Step, steps};
use trazo_provision::formation::{preview, stack_name};
use trazo_provision::plan::Plan;
use trazo_stack::Stack;

use crate::app::with_code;
use crate::deploy::formation::prepared;
use crate::deploy::job::{Engine, Job, use_job};
use crate::deploy::request::RequestView;
use crate::deploy::room::room;
use crate::deploy::trouble::barred_chip;
use crate::ui::Icon;
use crate::words::{say, t, t_if};

/// All of them, in their order.
#[component]
pub(super) fn Requests(plan: Arc<Plan>) -> impl IntoView {
    let job = use_job();
    // What is asked for depends on what is given, and on what is there.
    let region = plan.region.clone();
    move || {
        job.given.track();
        match job.engine.get() {
            Engine::CloudFormation => formation(job, &region),
            Engine::Steps => stepwise(job, &region),
        }
    }
}

fn formation(job: Job, region: &str) -> AnyView {
    let known = job.formation.known.get();
    let planned = prepared(job).and_then(|wish| preview(&wish, known.stack().map(|seen| &**seen)));
    match planned {
        Ok(planned) => {
            let rows = planned.into_iter().map(|one| {
                let again = one.again.then(|| t("ui.deploy.plan.again"));
                row(t(one.why), again, one.changes, false, one.call, region.to_owned())
            });
            view! { <ol class="deploy-requests">{rows.collect_view()}</ol> }.into_any()
        }
        Err(problem) => view! { <p>{with_code(&say(&problem.phrase()))}</p> }.into_any(),
    }
}

fn stepwise(job: Job, region: &str) -> AnyView {
    let stack = job.stack();
    let name = job.studio.design(|design| stack_name(&job.id(), design.name()));
    let deployment = Deployment { stack: name, design: job.name(), token: job.id() };
    let way = room().transport.endpoints();
    let Ok(steps) = steps(&stack, &deployment) else { return ().into_any() };
    let rows = steps.into_iter().map(|step| {
        let words =
            t_if(&step.text_key()).unwrap_or_else(|| format!("{} {}", step.call.service.cli(), step.call.operation));
        let is_barred = !way.reaches(step.call.service);
        row(words, None, true, is_barred, shown(&step, &stack), region.to_owned())
    });
    view! { <ol class="deploy-requests">{rows.collect_view()}</ol> }.into_any()
}

/// The call of a step before anything is known: what others give stands in its place by name.
fn shown(step: &Step, stack: &Stack) -> Call {
    step.call.preview(&Bindings::new(stack), &|place| match place.attribute {
        "" => format!("<{}>", place.id),
        attribute => format!("<{}.{attribute}>", place.id),
    })
}

fn row(words: String, again: Option<String>, changes: bool, is_barred: bool, call: Call, region: String) -> AnyView {
    let open = RwSignal::new(false);
    let operation = format!("{} {}", call.service.cli(), call.operation);
    let kind = if changes { "ui.deploy.plan.changes" } else { "ui.deploy.plan.reads" };
    let call = StoredValue::new((call, region));
    let inner = move || {
        open.get().then(|| {
            let (call, region) = call.get_value();
            view! { <RequestView call=call region=region /> }
        })
    };
    view! {
        <li>
            <details class="deploy-more" on:toggle=move |event| {
                let element: web_sys::Element = event_target(&event);
                open.set(element.has_attribute("open"));
            }>
                <summary>
                    <Icon name="chevron-right" />
                    <span>{with_code(&words)}</span>
                    <code class="quiet">{operation}</code>
                    <span class="deploy-chip" class:now-tone=changes>{t(kind)}</span>
                    {is_barred.then(barred_chip)}
                    <span class="quiet">{again}</span>
                </summary>
                {inner}
            </details>
        </li>
    }
    .into_any()
}
