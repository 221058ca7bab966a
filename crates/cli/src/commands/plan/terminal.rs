//! A plan for people at a terminal.

use std::fmt::Write as _;

use trazo_model::{Design, Phrase};
use trazo_provision::plan::Plan;
use trazo_provision::prices::{DATED, Item, MILLI, dollars};
use trazo_texts::{Lang, count, text as fill};

use super::{said, say, subject};
use crate::words;

/// The whole plan. Writing to a `String` cannot fail.
pub(super) fn text(design: &Design, plan: &Plan, errors: usize, lang: Lang) -> String {
    let mut out = String::new();
    let resources = count(lang, "cli.plan.resources", plan.count(), &[]);
    let _ = writeln!(out, "{} · {} · {resources}", design.name(), plan.region);
    made(&mut out, design, plan, lang);
    costs(&mut out, design, plan, lang);
    permissions(&mut out, plan, lang);
    warnings(&mut out, design, plan, lang);
    if errors > 0 {
        let _ = writeln!(out, "\n{}", count(lang, "cli.plan.errors", errors, &[]));
    }
    out
}

fn heading(out: &mut String, lang: Lang, key: &str) {
    let _ = writeln!(out, "\n{}", say(lang, key));
}

/// What is made, by element, and what has to be given.
fn made(out: &mut String, design: &Design, plan: &Plan, lang: Lang) {
    heading(out, lang, "cli.plan.made");
    let widest = plan.resources.values().flatten().map(|one| one.id.chars().count()).max().unwrap_or(0);
    for (element, made) in &plan.resources {
        let _ = writeln!(out, "  {}", subject(lang, design, element));
        for one in made {
            let kept = if one.is_kept { format!("  {}", say(lang, "cli.plan.kept")) } else { String::new() };
            let _ = writeln!(out, "    {:widest$}  {}{kept}", one.id, one.type_name);
        }
    }
    if plan.asked.is_empty() {
        return;
    }
    heading(out, lang, "cli.plan.asked");
    for one in &plan.asked {
        let _ = writeln!(out, "  {}  {}", one.name, one.type_name);
    }
}

/// What it costs, by element.
fn costs(out: &mut String, design: &Design, plan: &Plan, lang: Lang) {
    let estimate = &plan.estimate;
    let _ = writeln!(out, "\n{}", fill(lang, "cli.plan.cost", &[("date", DATED)]));
    let _ = writeln!(out, "  {}", range(estimate.low(), estimate.high(), lang));
    for element in plan.resources.keys() {
        let its: Vec<&Item> = estimate.items.iter().filter(|item| item.element == *element).collect();
        if its.is_empty() {
            continue;
        }
        let (low, high) = estimate.of(element);
        let _ = writeln!(out, "  {}: {}", subject(lang, design, element), range(low, high, lang));
        for item in its {
            let detail = if item.detail.is_empty() { String::new() } else { format!(" {}", item.detail) };
            let quantity = quantities(item.low, item.high);
            let (name, unit) = (say(lang, item.good.key()), say(lang, item.good.unit()));
            let cost = range(item.low_cost(), item.high_cost(), lang);
            let _ = writeln!(out, "    {name}{detail}: {quantity} {unit}, {cost}");
        }
    }
    phrases(out, lang, "cli.plan.assumed", &estimate.assumptions);
    phrases(out, lang, "cli.plan.left_out", &estimate.left_out);
}

fn phrases(out: &mut String, lang: Lang, key: &str, phrases: &[Phrase]) {
    if phrases.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {}", say(lang, key));
    for phrase in phrases {
        let _ = writeln!(out, "    - {}", words::plain(&words::why(lang, phrase)));
    }
}

/// One amount, or from one to the other.
fn range(low: u64, high: u64, lang: Lang) -> String {
    let (low, high) = (dollars(low), dollars(high));
    match low == high {
        true => fill(lang, "cli.plan.amount", &[("amount", &low)]),
        false => fill(lang, "cli.plan.range", &[("low", &low), ("high", &high)]),
    }
}

/// Thousandths as people write them.
fn quantities(low: u64, high: u64) -> String {
    let text = |milli: u64| match milli % MILLI {
        0 => (milli / MILLI).to_string(),
        rest => format!("{}.{:03}", milli / MILLI, rest).trim_end_matches('0').to_owned(),
    };
    if low == high { text(low) } else { format!("{}–{}", text(low), text(high)) }
}

/// How many permissions there are, and how to see them.
fn permissions(out: &mut String, plan: &Plan, lang: Lang) {
    heading(out, lang, "cli.plan.permissions");
    let statements = plan.policies.iter().filter_map(|policy| policy["Statement"].as_array()).flatten();
    let actions: usize = statements.filter_map(|one| one["Action"].as_array()).map(Vec::len).sum();
    let _ = writeln!(out, "  {}", count(lang, "cli.plan.actions", actions, &[]));
    if let Some(capability) = plan.capability {
        let _ = writeln!(out, "  {}", fill(lang, "cli.plan.capability", &[("name", capability)]));
    }
}

/// What to mind.
fn warnings(out: &mut String, design: &Design, plan: &Plan, lang: Lang) {
    if plan.warnings.is_empty() {
        return;
    }
    heading(out, lang, "cli.plan.warnings");
    for warning in &plan.warnings {
        let severity = say(lang, &format!("cli.severity.{}", warning.notice.severity.key()));
        let of = warning.element.as_ref().map(|element| format!("{}: ", subject(lang, design, element)));
        let message = words::plain(&said(lang, &warning.message(), warning));
        let _ = writeln!(out, "  {severity} {}: {}{message}", warning.notice.code, of.unwrap_or_default());
        let _ = writeln!(out, "      → {}", words::plain(&said(lang, &warning.help(), warning)));
    }
}
