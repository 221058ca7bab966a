//! The page of all checks.

use std::collections::BTreeSet;

use trazo_model::check::{FIELD_CHECKS, all_checks};
use trazo_model::{Check, Kind, LinkKind};
use trazo_texts::{Lang, has, text};

use super::markdown::{self, Page};
use super::{fields, said};

/// A check in a table of others: its code leads to where it is told of, on the page `place`.
pub(crate) fn row(lang: Lang, check: &Check, place: &str) -> Vec<String> {
    let code = markdown::link(check.code, &format!("{place}#{}", check.code.to_lowercase()));
    vec![code, severity(lang, check), of(lang, check, "message")]
}

fn severity(lang: Lang, check: &Check) -> String {
    text(lang, &format!("cli.severity.{}", check.severity.key()), &[])
}

fn of(lang: Lang, check: &Check, part: &str) -> String {
    let key = format!("check.{}.{part}", check.code);
    if has(&key) { text(lang, &key, &[]) } else { String::new() }
}

/// Groups of checks with their headings: those of each kind with those of the links that begin at it, then the rest.
fn groups(lang: Lang) -> Vec<(String, Vec<&'static Check>)> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut fresh = |checks: Vec<&'static Check>| -> Vec<&'static Check> {
        let mut new: Vec<_> = checks.into_iter().filter(|check| told.insert(check.code)).collect();
        new.sort_by_key(|check| check.code);
        new
    };
    let mut groups = vec![(said(lang, "all_kinds"), fresh(FIELD_CHECKS.to_vec()))];
    for kind in Kind::ALL {
        let links = LinkKind::ALL.into_iter().filter(|link| link.spec().from == kind);
        let all = kind.work().checks.iter().copied().chain(links.flat_map(|link| link.work().checks.iter().copied()));
        let name = text(lang, &format!("kind.{}.name", kind.spec().key), &[]);
        groups.push((name, fresh(all.collect())));
    }
    groups.push((said(lang, "design"), fresh(all_checks())));
    groups.retain(|(_, checks)| !checks.is_empty());
    groups
}

/// The page.
pub(crate) fn page(lang: Lang) -> Page {
    let mut page = Page::new(lang, &said(lang, "checks"));
    page.paragraph(&said(lang, "checks_intro"));
    page.paragraph(&said(lang, "severities"));
    let groups = groups(lang);
    let count = groups.iter().map(|(_, checks)| checks.len()).sum::<usize>();
    page.paragraph(&trazo_texts::count(lang, "cli.reference.count", count, &[]));
    for (name, checks) in &groups {
        page.heading(2, name);
        page.table(&["code", "severity", "message"], checks.iter().map(|check| row(lang, check, "")));
        for check in checks {
            write(&mut page, lang, check);
        }
    }
    page
}

fn write(page: &mut Page, lang: Lang, check: &Check) {
    page.heading(3, check.code);
    page.paragraph(&format!("**{}** · {}", severity(lang, check), of(lang, check, "message")));
    page.paragraph(&of(lang, check, "help"));
    let mut points = Vec::new();
    if !check.aws.is_empty() {
        points.push(format!("{} {}", said(lang, "answers"), markdown::code(check.aws)));
    }
    let fix = of(lang, check, "fix");
    if !fix.is_empty() {
        points.push(format!("{} «{fix}»", said(lang, "fix")));
    }
    if !check.doc.is_empty() {
        points.push(fields::aws(lang, check.doc));
    }
    page.points(points);
}
