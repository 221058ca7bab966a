//! A plan for programs.

use serde_json::{Value, json};
use trazo_model::Design;
use trazo_provision::plan::{Plan, Warning};
use trazo_provision::prices::{DATED, Item, MILLI};
use trazo_stack::Element;
use trazo_texts::Lang;

use super::{said, say};
use crate::words;

/// All of a plan. Amounts are in US dollars a month.
pub(super) fn document(design: &Design, plan: &Plan, errors: usize, lang: Lang) -> Value {
    let resources = plan.resources.iter().flat_map(|(element, made)| {
        made.iter().map(move |one| {
            let (node, link) = ids(element);
            json!({ "id": one.id, "type": one.type_name, "node": node, "link": link, "kept": one.is_kept })
        })
    });
    let asked = plan.asked.iter().map(|one| json!({ "name": one.name, "type": one.type_name, "default": one.default }));
    let quotas = plan.quotas.iter().map(
        |quota| json!({ "name": say(lang, quota.key), "taken": quota.taken, "usual": quota.usual, "doc": quota.doc }),
    );
    let estimate = &plan.estimate;
    let phrases = |all: &[trazo_model::Phrase]| all.iter().map(|phrase| words::why(lang, phrase)).collect::<Vec<_>>();
    json!({
        "name": design.name(),
        "region": plan.region,
        "account": plan.account,
        "errors": errors,
        "resources": resources.collect::<Vec<_>>(),
        "parameters": asked.collect::<Vec<_>>(),
        "cost": {
            "currency": "USD",
            "dated": DATED,
            "isRegionKnown": estimate.is_region_known,
            "low": amount(estimate.low()),
            "high": amount(estimate.high()),
            "items": estimate.items.iter().map(|one| item(one, lang)).collect::<Vec<_>>(),
            "assumptions": phrases(&estimate.assumptions),
            "leftOut": phrases(&estimate.left_out),
        },
        "quotas": quotas.collect::<Vec<_>>(),
        "capability": plan.capability,
        "warnings": plan.warnings.iter().map(|one| warning(one, lang)).collect::<Vec<_>>(),
        "policies": plan.policies,
    })
}

fn ids(element: &Element) -> (Option<&str>, Option<&str>) {
    match element {
        Element::Design => (None, None),
        Element::Node(id) => (Some(id), None),
        Element::Link(id) => (None, Some(id)),
    }
}

/// Millionths as a number with a fraction.
fn amount(micros: u64) -> f64 {
    micros as f64 / 1e6
}

fn item(item: &Item, lang: Lang) -> Value {
    let (node, link) = ids(&item.element);
    let quantity = |milli: u64| milli as f64 / MILLI as f64;
    json!({
        "node": node,
        "link": link,
        "resource": item.resource,
        "what": say(lang, item.good.key()),
        "detail": (!item.detail.is_empty()).then_some(&item.detail),
        "unit": say(lang, item.good.unit()),
        "price": item.price as f64 / 1e9,
        "quantity": { "low": quantity(item.low), "high": quantity(item.high) },
        "low": amount(item.low_cost()),
        "high": amount(item.high_cost()),
    })
}

fn warning(warning: &Warning, lang: Lang) -> Value {
    let (node, link) = warning.element.as_ref().map_or((None, None), ids);
    json!({
        "code": warning.notice.code,
        "severity": warning.notice.severity.key(),
        "node": node,
        "link": link,
        "message": said(lang, &warning.message(), warning),
        "help": said(lang, &warning.help(), warning),
        "doc": (!warning.notice.doc.is_empty()).then_some(warning.notice.doc),
    })
}
