//! The second step: what will be made, where, at what cost, with which permissions, and each request as it will go out.

mod asked;
mod cost;
mod requests;

use std::sync::Arc;

use leptos::prelude::*;
use trazo_model::Severity;
use trazo_provision::formation::stack_name;
use trazo_provision::plan::{Engine as Kind, Plan, Setting, Warning};
use trazo_stack::Element;

use self::asked::AskedView;
use self::cost::{CostView, month};
use self::requests::Requests;
use super::bits::{Callout, Copyable, Glance, Tone};
use super::job::{Engine, Job, use_job};
use super::place::NodeLink;
use super::request::pretty;
use super::room::{Step, room};
use super::session::in_fours;
use super::steps::Teaching;
use crate::app::with_code;
use crate::problems::message;
use crate::ui::{Button, Icon};
use crate::words::{t, t_count, t_with};

/// What a deployment of the open design will do. Tracked.
pub(super) fn plan(job: Job) -> Result<Arc<Plan>, String> {
    let session = room().session;
    let caller = session.caller();
    let long_term = session.held().is_some_and(|held| held.credentials.is_long_term());
    let region = job.region();
    let engine = match job.engine.get() {
        Engine::CloudFormation => Kind::Formation,
        Engine::Steps => Kind::Stepwise,
    };
    let stack = job.studio.stack.get();
    let way = room().transport.endpoints();
    job.studio.design(|design| {
        let setting = Setting {
            engine,
            region: &region,
            account: caller.as_ref().map(|caller| caller.account.as_str()),
            caller: caller.as_ref().map(|caller| caller.arn.as_str()),
            long_term,
            stack: &stack_name(&job.id(), design.name()),
            way: Some(&way),
        };
        Plan::of(design, &stack, &setting).map(Arc::new).map_err(|error| error.to_string())
    })
}

/// How the step stands. Tracked.
pub(super) fn glance(job: Job) -> Glance {
    if job.is_empty() {
        return Glance::new(Tone::Quiet, t("ui.deploy.plan.glance_blank"));
    }
    if job.errors() > 0 {
        return Glance::new(Tone::Bad, t_count("ui.deploy.plan.errors", job.errors()));
    }
    let Ok(plan) = plan(job) else { return Glance::new(Tone::Warning, t("ui.deploy.plan.glance_none")) };
    let missing = job.unchosen();
    if missing > 0 {
        return Glance::new(Tone::Warning, t_count("ui.deploy.plan.missing", missing));
    }
    let words = format!("{} · {}", t_count("ui.deploy.plan.resources", plan.count()), month(&plan.estimate));
    let grave = plan.warnings.iter().any(|one| one.notice.severity == Severity::Error);
    let tone = match grave {
        true => Tone::Warning,
        // It will be asked of the person as soon as there is an account to choose from.
        false if !job.missing().is_empty() => Tone::Quiet,
        false => Tone::Fine,
    };
    Glance::new(tone, words)
}

/// The step.
#[component]
pub(super) fn PlanStep() -> impl IntoView {
    let job = use_job();
    let plan = Memo::new(move |_| plan(job));
    move || {
        if job.is_empty() {
            return view! { <Teaching icon="outline" of="plan" /> }.into_any();
        }
        match plan.get() {
            Ok(plan) => whole(job, &plan),
            Err(error) => view! {
                <Callout tone=Tone::Bad>
                    <p>{with_code(&t_with("ui.deploy.run.no_steps", &[("error", &error)]))}</p>
                </Callout>
            }
            .into_any(),
        }
    }
}

fn whole(job: Job, plan: &Arc<Plan>) -> AnyView {
    let account = plan.account.as_deref().map_or_else(|| t("ui.deploy.plan.no_account"), in_fours);
    let stack = job.studio.design(|design| stack_name(&job.id(), design.name()));
    let facts = [
        ("account", account),
        ("region", plan.region.clone()),
        ("stack", stack),
        ("resources", plan.count().to_string()),
        ("cost", month(&plan.estimate)),
    ];
    let facts = facts.into_iter().map(|(key, value)| {
        view! {
            <div>
                <dt>{t(&format!("ui.deploy.plan.fact.{key}"))}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    let requests = Arc::clone(plan);
    view! {
        <dl class="deploy-known">{facts.collect_view()}</dl>
        {errors(job)}
        {(!plan.warnings.is_empty()).then(|| view! {
            <ul class="deploy-rows" aria-label=t("ui.deploy.plan.warnings")>{plan.warnings.iter().map(warning).collect_view()}</ul>
        })}
        {(!plan.asked.is_empty()).then(|| view! { <AskedView asked=plan.asked.clone() /> })}
        {section("resources", &t_count("ui.deploy.plan.resources", plan.count()), resources(plan))}
        {section("cost", &month(&plan.estimate), view! { <CostView estimate=plan.estimate.clone() /> }.into_any())}
        {section("policy", &t_count("ui.deploy.plan.policies", plan.policies.len()), policies(plan))}
        {section("requests", &t("ui.deploy.plan.requests_glance"), view! { <Requests plan=requests /> }.into_any())}
        {next()}
    }
    .into_any()
}

/// A part that is unfolded when it is wanted.
fn section(key: &'static str, glance: &str, inner: AnyView) -> AnyView {
    view! {
        <details class="deploy-more deploy-section" data-section=key>
            <summary>
                <Icon name="chevron-right" />
                <strong>{t(&format!("ui.deploy.plan.section.{key}"))}</strong>
                <span class="quiet">{glance.to_owned()}</span>
            </summary>
            <div class="deploy-section-body">{inner}</div>
        </details>
    }
    .into_any()
}

fn next() -> AnyView {
    let go = move || room().go(Step::Create);
    view! {
        <div class="btn-row">
            <Button look="primary" label=move || t("ui.deploy.plan.next") on_press=go />
        </div>
    }
    .into_any()
}

/// Errors of the design: AWS would refuse it.
fn errors(job: Job) -> Option<AnyView> {
    let errors: Vec<_> =
        job.studio.findings.get().iter().filter(|one| one.severity == Severity::Error).take(12).cloned().collect();
    if errors.is_empty() {
        return None;
    }
    let rows = errors.into_iter().map(|finding| {
        let element = super::place::element_of(&finding.target);
        let words = message(&finding);
        let field = finding.field.clone();
        view! {
            <li class="deploy-row bad-tone">
                <span class="deploy-row-mark"><Icon name="error" /></span>
                <div class="deploy-row-words"><p>{with_code(&words)}</p></div>
                {element.map(|element| view! { <NodeLink element=element field=field /> })}
            </li>
        }
    });
    Some(
        view! {
            <Callout tone=Tone::Bad><p>{t_count("ui.deploy.plan.errors_first", job.errors())}</p></Callout>
            <ul class="deploy-rows">{rows.collect_view()}</ul>
        }
        .into_any(),
    )
}

fn warning(warning: &Warning) -> AnyView {
    let args: Vec<(&str, String)> =
        trazo_model::phrase::filled(&warning.args, &crate::words::t_if).into_iter().collect();
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (tone, icon) = match warning.notice.severity {
        Severity::Error => (Tone::Bad, "error"),
        Severity::Warning => (Tone::Warning, "warning"),
        Severity::Hint => (Tone::Quiet, "hint"),
    };
    let doc = (!warning.notice.doc.is_empty()).then(|| {
        view! {
            <a class="why-doc" href=warning.notice.doc target="_blank" rel="noreferrer">
                {t_with("ui.problems.doc", &[("code", warning.notice.code)])} <Icon name="external" />
            </a>
        }
    });
    view! {
        <li class=format!("deploy-row {}", tone.class()) data-notice=warning.notice.code>
            <span class="deploy-row-mark"><Icon name=icon /></span>
            <div class="deploy-row-words">
                <p>{with_code(&t_with(&warning.message(), &args))}</p>
                <p class="deploy-help">{with_code(&t_with(&warning.help(), &args))} " " {doc}</p>
            </div>
            {warning.element.clone().map(|element| view! { <NodeLink element=element /> })}
        </li>
    }
    .into_any()
}

/// What is made, by the element that it was drawn as.
fn resources(plan: &Plan) -> AnyView {
    let group = |(element, made): (&Element, &Vec<trazo_provision::plan::Made>)| {
        let items = made.iter().map(|one| {
            let kept = one.is_kept.then(|| view! { <span class="deploy-chip">{t("ui.deploy.plan.kept")}</span> });
            view! { <li><code>{one.type_name}</code> " " <span class="quiet">{one.id.clone()}</span> " " {kept}</li> }
        });
        view! {
            <li>
                <NodeLink element=element.clone() />
                <ul>{items.collect_view()}</ul>
            </li>
        }
    };
    view! { <ul class="deploy-resources">{plan.resources.iter().map(group).collect_view()}</ul> }.into_any()
}

/// The permissions, to be copied.
fn policies(plan: &Plan) -> AnyView {
    let many = plan.policies.len() > 1;
    let one = |(at, policy): (usize, &serde_json::Value)| {
        let n = (at + 1).to_string();
        let label = if many { t_with("ui.deploy.plan.policy_n", &[("n", &n)]) } else { t("ui.deploy.plan.policy") };
        view! { <Copyable label=move || label.clone() text=pretty(policy) /> }
    };
    view! {
        <p class="deploy-help">{t("ui.deploy.plan.policy_help")}</p>
        {plan.policies.iter().enumerate().map(one).collect_view()}
    }
    .into_any()
}
