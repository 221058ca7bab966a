//! One page for each kind: what it is, where it lies, its fields, the links that begin at it, its checks.

use trazo_model::{Kind, LinkKind, LinkSpec};
use trazo_texts::{Lang, has, text};

use super::defaults::Sample;
use super::fields::{Table, aws};
use super::markdown::{self, Page};
use super::{checks, said};

/// What a kind is for.
pub(crate) fn help(lang: Lang, kind: Kind) -> String {
    own(lang, &format!("kind.{}.help", kind.spec().key))
}

/// What a link is for.
pub(crate) fn link_help(lang: Lang, spec: &LinkSpec) -> String {
    own(lang, &format!("link.{}.help", spec.key))
}

/// Where a link is told of on the page of the kind that it begins at.
pub(crate) fn anchor(spec: &LinkSpec) -> String {
    format!("link-{}", spec.key.replace('_', "-"))
}

fn own(lang: Lang, key: &str) -> String {
    if has(key) { text(lang, key, &[]) } else { String::new() }
}

fn name(lang: Lang, kind: Kind) -> String {
    text(lang, &format!("kind.{}.name", kind.spec().key), &[])
}

fn page_of(lang: Lang, kind: Kind) -> String {
    markdown::link(&name(lang, kind), &format!("{}.md", kind.spec().key))
}

/// The page of a kind.
pub(crate) fn kind(lang: Lang, kind: Kind) -> Page {
    let spec = kind.spec();
    let mut page = Page::new(lang, &name(lang, kind));
    page.paragraph(&help(lang, kind));
    page.points(facts(lang, kind));
    if !spec.fields.is_empty() {
        page.heading(2, &said(lang, "fields"));
        let sample = Sample::of_kind(kind);
        let table = Table { lang, sample: &sample, doc: spec.doc, depth: 3 };
        table.write(&mut page, &format!("field.{}", spec.key), spec.fields);
    }
    if !spec.links.is_empty() {
        page.heading(2, &said(lang, "links"));
    }
    for link in spec.links {
        write_link(&mut page, lang, link);
    }
    let codes = kind.work().checks;
    if !codes.is_empty() {
        page.heading(2, &said(lang, "checks"));
        page.table(
            &["code", "severity", "message"],
            codes.iter().map(|check| checks::row(lang, check, "../checks.md")),
        );
    }
    page
}

fn facts(lang: Lang, kind: Kind) -> Vec<String> {
    let spec = kind.spec();
    let mut facts = vec![format!("{} {}", said(lang, "key_is"), markdown::code(spec.key))];
    if !spec.lies_in.is_empty() {
        let groups: Vec<String> = spec.lies_in.iter().map(|group| page_of(lang, *group)).collect();
        facts.push(format!("{} {}", said(lang, "lies_in"), groups.join(", ")));
    }
    let into = LinkKind::ALL.into_iter().map(LinkKind::spec).filter(|link| link.to == kind);
    let into: Vec<String> = into.map(|link| page_of(lang, link.from)).collect();
    if !into.is_empty() {
        facts.push(format!("{} {}", said(lang, "reached_from"), into.join(", ")));
    }
    if spec.name_rule.key != "any" {
        let rule = own(lang, &format!("rule.{}", spec.name_rule.key));
        let (min, max) = (spec.name_rule.min.to_string(), spec.name_rule.max.to_string());
        let length = text(lang, "cli.reference.length", &[("min", &min), ("max", &max)]);
        facts.push(format!("{} {rule} {length}", said(lang, "name_rule")));
    }
    if !spec.doc.is_empty() {
        facts.push(aws(lang, spec.doc));
    }
    facts
}

fn write_link(page: &mut Page, lang: Lang, spec: &LinkSpec) {
    page.anchor(&anchor(spec));
    let title = text(lang, &format!("link.{}.name", spec.key), &[]);
    page.heading(3, &format!("{title} → {}", name(lang, spec.to)));
    page.paragraph(&link_help(lang, spec));
    let mut facts = vec![format!("{} {}", said(lang, "leads_to"), page_of(lang, spec.to))];
    for (most, key) in [(spec.max_out, "most_out"), (spec.max_in, "most_in")] {
        if most > 0 {
            facts.push(format!("{} {most}", said(lang, key)));
        }
    }
    if !spec.doc.is_empty() {
        facts.push(aws(lang, spec.doc));
    }
    page.points(facts);
    let sample = Sample::of_link(spec);
    let table = Table { lang, sample: &sample, doc: spec.doc, depth: 4 };
    table.write(page, &format!("field.{}", spec.key), spec.fields);
    let codes = spec.kind.work().checks;
    page.table(&["code", "severity", "message"], codes.iter().map(|check| checks::row(lang, check, "../checks.md")));
}
