//! What it costs a month, of what, and what was assumed.

use leptos::prelude::*;
use trazo_provision::prices::{DATED, Estimate, Item, dollars};

use crate::app::with_code;
use crate::deploy::place::NodeLink;
use crate::words::{say_why, t, t_with};

/// The sum a month, in words.
pub(super) fn month(estimate: &Estimate) -> String {
    range("ui.deploy.plan.month", "ui.deploy.plan.month_range", estimate.low(), estimate.high())
}

fn range(one: &str, two: &str, low: u64, high: u64) -> String {
    let (low, high) = (dollars(low), dollars(high));
    if low == high { t_with(one, &[("sum", &high)]) } else { t_with(two, &[("low", &low), ("high", &high)]) }
}

/// All of it.
#[component]
pub(super) fn CostView(estimate: Estimate) -> impl IntoView {
    let row = |item: &Item| {
        let sum = range("ui.deploy.plan.sum", "ui.deploy.plan.sum_range", item.low_cost(), item.high_cost());
        let detail = (!item.detail.is_empty()).then(|| format!(" {}", item.detail));
        view! {
            <tr>
                <th scope="row">{t(item.good.key())} <span class="quiet">{detail}</span></th>
                <td><NodeLink element=item.element.clone() /></td>
                <td class="deploy-number">{sum}</td>
            </tr>
        }
    };
    let list = |phrases: &[trazo_model::Phrase]| {
        phrases.iter().map(|phrase| view! { <li>{with_code(&say_why(phrase))}</li> }).collect_view()
    };
    let left_out = (!estimate.left_out.is_empty()).then(|| {
        view! {
            <h5>{t("ui.deploy.plan.left_out")}</h5>
            <ul class="deploy-notes">{list(&estimate.left_out)}</ul>
        }
    });
    let mut items: Vec<&Item> = estimate.items.iter().collect();
    trazo_model::sort::sort_by_key(&mut items, |item| std::cmp::Reverse(item.high_cost()));
    view! {
        <table class="deploy-table">
            <thead>
                <tr>
                    <th scope="col">{t("ui.deploy.plan.what")}</th>
                    <th scope="col">{t("ui.deploy.plan.whose")}</th>
                    <th scope="col" class="deploy-number">{t("ui.deploy.plan.per_month")}</th>
                </tr>
            </thead>
            <tbody>{items.into_iter().map(row).collect_view()}</tbody>
        </table>
        <h5>{t_with("ui.deploy.plan.assumed", &[("date", DATED)])}</h5>
        <ul class="deploy-notes">{list(&estimate.assumptions)}</ul>
        {left_out}
    }
}
