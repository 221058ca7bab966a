//! What somebody has to give before anything can be made: the VPC, its subnets, and whatever else the design leaves open. What
//! the account holds is offered; anything else can be written.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_provision::network::{Networks, Subnet, Vpc};
use trazo_provision::plan::{Asked, Choice};

use crate::app::with_code;
use crate::deploy::job::{Job, use_job};
use crate::deploy::offers::Offers;
use crate::deploy::place::NodeLink;
use crate::ui::fresh_id;
use crate::words::{t, t_with};

/// The value of the option under which one writes the value oneself.
const OTHER: &str = "…";

/// A field for each.
#[component]
pub(super) fn AskedView(asked: Vec<Asked>) -> impl IntoView {
    let job = use_job();
    let asked = StoredValue::new(asked);
    let told = move || {
        match job.offers.get() {
        Offers::Unknown => Some(view! { <p class="deploy-help">{t("ui.deploy.plan.asked.later")}</p> }.into_any()),
        Offers::Asking => Some(view! { <p class="deploy-progress" role="status"><span class="deploy-spinner" aria-hidden="true"></span> {t("ui.deploy.plan.asked.looking")}</p> }.into_any()),
        Offers::Failed(error) => {
            let words = match error.refusal() {
                Some(refusal) => t_with("ui.deploy.plan.asked.failed", &[("code", &refusal.code)]),
                None => t("ui.deploy.plan.asked.unanswered"),
            };
            Some(view! { <p class="deploy-help">{with_code(&words)}</p> }.into_any())
        }
        Offers::Here(all) if all.usual().is_none() => {
            Some(view! { <p class="deploy-help">{t("ui.deploy.plan.asked.no_default")}</p> }.into_any())
        }
        _ => None,
    }
    };
    let fields = move || {
        let offers = job.offers.get();
        let all = asked.get_value();
        let vpc = all.iter().find(|one| one.choice == Choice::Vpc).map(|one| one.name.clone());
        all.into_iter()
            .map(|one| match (offers.here(), one.choice, vpc.clone()) {
                (Some(all), Choice::Vpc, _) if !all.vpcs.is_empty() => choose_vpc(job, one, Arc::clone(all)),
                (Some(all), Choice::Subnets, Some(vpc)) if !all.subnets.is_empty() => {
                    choose_subnets(job, one, vpc, Arc::clone(all))
                }
                _ => written(job, &one),
            })
            .collect_view()
    };
    view! {
        <section class="deploy-asked">
            <h4>{t("ui.deploy.plan.asked.title")}</h4>
            {told}
            <div class="deploy-fields">{fields}</div>
        </section>
    }
}

fn title(choice: Choice, name: &str) -> String {
    match choice {
        Choice::Vpc => t("ui.deploy.plan.asked.label.vpc"),
        Choice::Subnets => t("ui.deploy.plan.asked.label.subnets"),
        Choice::SecurityGroups => t("ui.deploy.plan.asked.label.groups"),
        Choice::Text => name.to_owned(),
    }
}

/// The field that is written in.
fn input(job: Job, id: String, one: &Asked, label: Option<String>) -> AnyView {
    let placeholder = one.default.clone().unwrap_or_else(|| match one.choice {
        Choice::Vpc => "vpc-…".to_owned(),
        Choice::Subnets => "subnet-…,subnet-…".to_owned(),
        Choice::SecurityGroups => "sg-…".to_owned(),
        Choice::Text => String::new(),
    });
    let (shown, typed) = (one.name.clone(), one.name.clone());
    view! {
        <input
            id=id
            class="input"
            autocomplete="off"
            spellcheck="false"
            aria-label=label
            placeholder=placeholder
            prop:value=move || job.value(&shown)
            on:change=move |event| job.give(&typed, &event_target_value(&event))
        />
    }
    .into_any()
}

fn written(job: Job, one: &Asked) -> AnyView {
    let id = fresh_id("deploy-asked");
    let of = id.clone();
    let help = match one.choice {
        Choice::Vpc => "ui.deploy.plan.asked.vpc",
        Choice::Subnets => "ui.deploy.plan.asked.subnets",
        Choice::SecurityGroups => "ui.deploy.plan.asked.groups",
        Choice::Text => "ui.deploy.plan.asked.text",
    };
    view! {
        <div class="deploy-field" data-asked=one.name.clone()>
            <label for=of>{title(one.choice, &one.name)} " " <NodeLink element=one.element.clone() /></label>
            {input(job, id, one, None)}
            <p class="deploy-help">{t(help)}</p>
        </div>
    }
    .into_any()
}

fn vpc_words(vpc: &Vpc) -> String {
    let usual = vpc.is_default.then(|| t("ui.deploy.plan.asked.default"));
    let name = (!vpc.name.is_empty()).then(|| vpc.name.clone());
    [usual, name, Some(vpc.cidr.clone()), Some(vpc.id.clone())].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// One of the account's VPCs. With another VPC other subnets are chosen.
fn choose_vpc(job: Job, one: Asked, all: Arc<Networks>) -> AnyView {
    let id = fresh_id("deploy-asked");
    let of = id.clone();
    let name = StoredValue::new(one.name.clone());
    let value = Memo::new(move |_| job.value(&name.get_value()));
    let held = Arc::clone(&all);
    let foreign =
        Memo::new(move |_| value.with(|value| !value.is_empty() && held.vpcs.iter().all(|vpc| vpc.id != *value)));
    let writing = RwSignal::new(false);
    let own = Memo::new(move |_| writing.get() || foreign.get());
    let option = |vpc: &Vpc| {
        let id = vpc.id.clone();
        let chosen = move || !own.get() && value.with(|value| *value == id);
        view! { <option value=vpc.id.clone() prop:selected=chosen>{vpc_words(vpc)}</option> }
    };
    let options = all.vpcs.iter().map(option).collect_view();
    let choose = move |event| {
        let chosen = event_target_value(&event);
        writing.set(chosen == OTHER);
        if chosen != OTHER {
            job.give(&name.get_value(), &chosen);
            job.choose_subnets_of(&chosen);
        }
    };
    let field = StoredValue::new(one.clone());
    let label = move || t_with("ui.deploy.plan.asked.other_of", &[("what", &title(Choice::Vpc, ""))]);
    view! {
        <div class="deploy-field" data-asked=one.name>
            <label for=of>{title(Choice::Vpc, "")} " " <NodeLink element=one.element /></label>
            <select id=id class="select" on:change=choose>
                <option value="" prop:selected=move || !own.get() && value.with(String::is_empty)>{t("ui.deploy.plan.asked.choose")}</option>
                {options}
                <option value=OTHER prop:selected=move || own.get()>{t("ui.deploy.plan.asked.other")}</option>
            </select>
            <Show when=move || own.get()>
                {move || field.with_value(|one| input(job, fresh_id("deploy-asked"), one, Some(label())))}
            </Show>
        </div>
    }
    .into_any()
}

/// Some of the subnets of the chosen VPC.
fn choose_subnets(job: Job, one: Asked, vpc: String, all: Arc<Networks>) -> AnyView {
    let name = StoredValue::new(one.name.clone());
    let inside = Arc::clone(&all);
    let offered = Memo::new(move |_| {
        let vpc = job.value(&vpc);
        inside.inside(&vpc).cloned().collect::<Vec<Subnet>>()
    });
    let chosen = Memo::new(move |_| ids(&job.value(&name.get_value())));
    let too_few = Memo::new(move |_| {
        let chosen = chosen.get();
        let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
        let known = chosen.iter().all(|id| all.subnets.iter().any(|subnet| subnet.id == *id));
        !chosen.is_empty() && known && all.zones(&chosen) < 2
    });
    let field = StoredValue::new(one.clone());
    let label = StoredValue::new(title(Choice::Subnets, ""));
    let list = move || {
        let offered = offered.get();
        if offered.is_empty() {
            return field.with_value(|one| input(job, fresh_id("deploy-asked"), one, Some(label.get_value())));
        }
        let row = move |subnet: Subnet| subnet_row(job, name, chosen, &subnet);
        view! { <div class="deploy-checks">{offered.into_iter().map(row).collect_view()}</div> }.into_any()
    };
    view! {
        <fieldset class="deploy-field" data-asked=one.name>
            <legend>{label.get_value()} " " <NodeLink element=one.element /></legend>
            {list}
            <Show when=move || too_few.get()>
                <p class="deploy-fault" role="status">{t("ui.deploy.plan.asked.zones")}</p>
            </Show>
        </fieldset>
    }
    .into_any()
}

fn subnet_row(job: Job, name: StoredValue<String>, chosen: Memo<Vec<String>>, subnet: &Subnet) -> AnyView {
    let (id, of) = (subnet.id.clone(), subnet.id.clone());
    let named = (!subnet.name.is_empty()).then(|| format!("{} · ", subnet.name));
    let private = (!subnet.is_public).then(|| format!(" · {}", t("ui.deploy.plan.asked.private")));
    let toggle = move |event| {
        let mut now = chosen.get_untracked();
        now.retain(|one| *one != of);
        if event_target_checked(&event) {
            now.push(of.clone());
        }
        job.give(&name.get_value(), &now.join(","));
    };
    view! {
        <label class="deploy-check">
            <input type="checkbox" value=subnet.id.clone() prop:checked=move || chosen.with(|all| all.contains(&id)) on:change=toggle />
            <span>
                {named} {subnet.zone.clone()} " · " {subnet.cidr.clone()} {private} " "
                <span class="quiet">{subnet.id.clone()}</span>
            </span>
        </label>
    }
    .into_any()
}

fn ids(value: &str) -> Vec<String> {
    value.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect()
}
