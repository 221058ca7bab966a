//! What somebody has to give before anything can be made: VPCs, subnets, and whatever else the design leaves open.

use leptos::prelude::*;
use trazo_provision::plan::{Asked, Choice};

use crate::deploy::job::use_job;
use crate::deploy::place::NodeLink;
use crate::ui::fresh_id;
use crate::words::t;

/// A field for each.
#[component]
pub(super) fn AskedView(asked: Vec<Asked>) -> impl IntoView {
    let given = use_job().given;
    let field = move |one: Asked| {
        let id = fresh_id("deploy-asked");
        let of = id.clone();
        let name = one.name.clone();
        let (shown, typed) = (name.clone(), name.clone());
        let help = match one.choice {
            Choice::Vpc => "ui.deploy.plan.asked.vpc",
            Choice::Subnets => "ui.deploy.plan.asked.subnets",
            Choice::SecurityGroups => "ui.deploy.plan.asked.groups",
            Choice::Text => "ui.deploy.plan.asked.text",
        };
        let placeholder = one.default.clone().unwrap_or_else(|| match one.choice {
            Choice::Vpc => "vpc-…".to_owned(),
            Choice::Subnets => "subnet-…,subnet-…".to_owned(),
            Choice::SecurityGroups => "sg-…".to_owned(),
            Choice::Text => String::new(),
        });
        let value = given.with_untracked(|given| given.get(&shown).cloned().unwrap_or_default());
        view! {
            <div class="deploy-field">
                <label for=of>{name} " " <NodeLink element=one.element /></label>
                <input
                    id=id
                    class="input"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=placeholder
                    value=value
                    on:change=move |event| {
                        let value = event_target_value(&event).trim().to_owned();
                        given.update(|given| {
                            if value.is_empty() { given.remove(&typed); } else { given.insert(typed.clone(), value); }
                        });
                    }
                />
                <p class="deploy-help">{t(help)}</p>
            </div>
        }
    };
    view! {
        <section class="deploy-asked">
            <h4>{t("ui.deploy.plan.asked.title")}</h4>
            <div class="deploy-fields">{asked.into_iter().map(field).collect_view()}</div>
        </section>
    }
}
