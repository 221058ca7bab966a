//! The line below the text: where the line under the pointer came from, or what is marked, and what to know of the file.

use leptos::prelude::*;
use trazo_formats::cloudformation;
use trazo_model::{Severity, Target};
use trazo_stack::Origin;

use super::Choice;
use super::code::Code;
use super::target_of;
use crate::studio::{Studio, use_studio};
use crate::ui::Icon;
use crate::words::{t, t_count, t_if, t_with};

/// The line.
#[component]
pub(super) fn Status(choice: Choice, code: Code) -> impl IntoView {
    let studio = use_studio();
    let at = move || code.hovered.get().or_else(|| code.cursor.get());
    let origin = move || at().and_then(|at| code.document.with(|document| document.origin(at).cloned()));
    let said = move || match origin() {
        Some(origin) => from(&studio, &origin),
        None => (!choice.is_drawn()).then(|| marked(&studio, code)).flatten().unwrap_or_else(|| help(choice)),
    };
    let count = move || t_count("ui.files.lines", code.document.with(|document| document.len()));
    let warning = Memo::new(move |_| warning(&studio, choice, code));
    view! {
        <footer class="files-status">
            {move || warning.get().map(|text| view! { <span class="files-warning"><Icon name="warning" />{text}</span> })}
            <span class="clip files-said">{said}</span>
            <span class="quiet">{move || (!choice.is_drawn()).then(count)}</span>
        </footer>
    }
}

/// What the format is for, and what can be done with its text.
fn help(choice: Choice) -> String {
    let help = t(&choice.format.get().help());
    if choice.is_drawn() { help } else { format!("{help} {}", t("ui.files.click")) }
}

/// What a person calls an element.
fn name(studio: &Studio, target: &Target) -> String {
    studio.design(|design| match target {
        Target::Design => t("ui.inspector.design.title"),
        Target::Node(id) => design.node(id).map(|node| node.name.clone()).unwrap_or_default(),
        Target::Link(id) => {
            let end = |id| design.node(id).map(|node| node.name.as_str()).unwrap_or_default();
            design.link(id).map(|link| format!("{} → {}", end(&link.from), end(&link.to))).unwrap_or_default()
        }
    })
}

fn from(studio: &Studio, origin: &Origin) -> String {
    let target = target_of(&origin.element);
    let name = name(studio, &target);
    let kind = studio.design(|design| match &target {
        Target::Node(id) => design.node(id).map(|node| node.kind().spec().key),
        Target::Link(id) => design.link(id).map(|link| link.kind().spec().key),
        Target::Design => None,
    });
    // The field's texts know nothing of the number of a record.
    let field: Vec<&str> = origin.field.split('.').filter(|part| part.parse::<usize>().is_err()).collect();
    let label = kind.and_then(|kind| t_if(&format!("field.{kind}.{}.label", field.join("."))));
    match label {
        Some(label) => t_with("ui.files.from_field", &[("label", &label), ("name", &name)]),
        None => t_with("ui.files.from", &[("name", &name)]),
    }
}

fn marked(studio: &Studio, code: Code) -> Option<String> {
    let marked = code.marked.get();
    let first = marked.first()?;
    let there = code.document.with(|document| document.first_of(&marked).is_some());
    let name = name(studio, &target_of(first));
    Some(match (marked.len(), there) {
        (1, true) => t_with("ui.files.selected", &[("name", &name)]),
        (1, false) => t_with("ui.files.no_lines", &[("name", &name)]),
        (count, _) => t_count("ui.files.selected_many", count),
    })
}

/// What may be wrong with a file.
fn warning(studio: &Studio, choice: Choice, code: Code) -> Option<String> {
    if !choice.format.get().is_template() {
        return None;
    }
    let is_error = |finding: &&trazo_model::Found| finding.severity == Severity::Error;
    let errors = studio.findings.with(|findings| findings.iter().filter(is_error).count());
    if errors > 0 {
        return Some(t_count("ui.files.with_errors", errors));
    }
    code.document.track();
    let size = studio.stack.with_untracked(|stack| choice.kept.with_value(|kept| cloudformation::size(stack, kept)));
    (size > cloudformation::MAX_BODY).then(|| {
        t_with("ui.files.large", &[("size", &size.to_string()), ("limit", &cloudformation::MAX_BODY.to_string())])
    })
}
