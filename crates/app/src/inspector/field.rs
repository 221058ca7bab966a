//! One field: label, control, unit, help, default, what is wrong with it.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use serde_json::Value;
use trazo_model::field::{Choice, Control, Field, Place};

use super::controls::{Form, control, form};
use super::parts::prose;
use super::problem::problems;
use super::slot::Slot;
use super::words::{choice_label, help, plain};
use crate::ui::{Icon, IconButton};
use crate::words::{t, t_if, t_with};

/// A help of at most so many letters is always shown whole.
const SHORT: usize = 140;

/// What the table says of a field, without where it is.
#[derive(Clone, Copy)]
pub(super) struct Traits {
    pub(super) control: Control,
    pub(super) unit: &'static str,
    pub(super) required: bool,
    pub(super) doc: &'static str,
}

impl From<&Field> for Traits {
    fn from(field: &Field) -> Self {
        Self { control: field.control, unit: field.unit, required: field.required, doc: field.doc }
    }
}

impl Traits {
    /// A required field without unit or page.
    pub(super) const fn required(control: Control) -> Self {
        Self { control, unit: "", required: true, doc: "" }
    }
}

/// The field at `slot`, below the heading of a section (`""` for none).
pub(super) fn field(slot: Slot, traits: Traits, section: &'static str) -> AnyView {
    let form = form(slot, &traits.control);
    let key = slot.subject.key();
    let has_help = untrack(|| help(key, &slot.path())).is_some();
    let head = head(slot, traits, form, section);
    let control = control(slot, &traits.control, traits.required, has_help);
    let unit = (!traits.unit.is_empty()).then(|| {
        let key = format!("unit.{}", traits.unit);
        view! { <span class="field-unit" id=format!("{}-unit", slot.id())>{move || t(&key)}</span> }
    });
    let help = has_help.then(|| help_text(slot));
    // The help of a list stands above it: below, it would be far from the heading that it explains.
    let frame = match form {
        Form::Switch => view! { <div class="field-switch">{head} {control}</div> {help} }.into_any(),
        Form::List => view! { {head} {help} <div class="field-control">{control}</div> }.into_any(),
        Form::Single | Form::Group => {
            view! { {head} <div class="field-control">{control} {unit}</div> {help} }.into_any()
        }
    };
    view! {
        <div class="field" data-field=slot.path().to_string()>
            {frame} {problems(slot)} {default_line(slot, traits)}
        </div>
    }
    .into_any()
}

fn head(slot: Slot, traits: Traits, form: Form, section: &'static str) -> AnyView {
    let id = slot.id();
    let label = move || slot.label();
    let mark = traits.required.then(|| {
        view! { <span class="field-required" aria-hidden="true" title=move || t("ui.inspector.required")>"*"</span> }
    });
    let name = match form {
        Form::Group | Form::List => {
            view! { <span class="field-label" id=format!("{id}-label")>{label} {mark}</span> }.into_any()
        }
        _ => view! { <label class="field-label" for=id.clone() id=format!("{id}-label")>{label} {mark}</label> }
            .into_any(),
    };
    let doc = (!traits.doc.is_empty()).then(|| doc_link(traits.doc, move || slot.label()));
    // A list that is called as its section would say its name twice.
    let said =
        move || form == Form::List && t_if(&format!("section.{section}")).is_some_and(|said| said == slot.label());
    view! { <div class="field-head" class:said=said>{name} {doc}</div> }.into_any()
}

/// An icon that leads to AWS's page about something.
pub(super) fn doc_link(page: &'static str, label: impl Into<TextProp>) -> AnyView {
    let label: TextProp = label.into();
    let name = move || {
        let doc = t_with("ui.inspector.doc_of", &[("label", &label.get())]);
        format!("{doc} ({})", t("ui.inspector.new_window"))
    };
    let tip = name.clone();
    view! {
        <a class="doc-link" href=page target="_blank" rel="noreferrer" aria-label=name data-tip=tip>
            <Icon name="external" />
        </a>
    }
    .into_any()
}

/// The help: a short one whole, of a long one the first sentence and a button for the rest.
fn help_text(slot: Slot) -> AnyView {
    let id = format!("{}-help", slot.id());
    let open = RwSignal::new(false);
    let text = move || help(slot.subject.key(), &slot.path()).unwrap_or_default();
    let is_long = move || text().chars().count() > SHORT;
    let shown = move || {
        let text = text();
        if open.get() || text.chars().count() <= SHORT { prose(&text) } else { prose(first_sentence(&text)) }
    };
    let more = move || {
        let key = if open.get() { "ui.inspector.less" } else { "ui.inspector.more" };
        let label = format!("{}: {}", t(key), slot.label());
        let toggle = move |_| open.update(|open| *open = !*open);
        is_long().then(|| {
            view! {
                " "
                <button type="button" class="link-button" aria-expanded=if open.get() { "true" } else { "false" } aria-label=label on:click=toggle>
                    {t(key)}
                </button>
            }
        })
    };
    view! { <p class="field-help"><span id=id>{shown}</span> {more}</p> }.into_any()
}

fn first_sentence(text: &str) -> &str {
    // A full stop close to the beginning is that of an abbreviation.
    let end = text.match_indices(". ").map(|(at, _)| at).find(|at| *at > 20);
    end.map_or(text, |at| &text[..=at])
}

/// What the field held when the element was new, and the way back, once it holds something else.
fn default_line(slot: Slot, traits: Traits) -> AnyView {
    let is_list = matches!(
        traits.control,
        Control::Texts { .. } | Control::Records { .. } | Control::Env | Control::Tags | Control::Lines { .. }
    );
    let Some(default) = slot.default().filter(|value| !is_list && !value.is_null() && *value != "") else {
        return ().into_any();
    };
    let compare = default.clone();
    let differs = Memo::new(move |_| slot.value.with(|shown| shown.value() != Some(&compare)));
    let line = move || {
        let back = default.clone();
        let text = words_for(slot, traits, &default);
        let reset = move || {
            slot.set(Some(back.clone()));
            super::parts::focus_soon(slot.path().to_string());
        };
        view! {
            <p class="field-default">
                <span>{move || t_with("ui.inspector.default", &[("value", &text)])}</span>
                <IconButton icon="reset" label=move || t("ui.inspector.reset") on_press=reset />
            </p>
        }
    };
    (move || differs.get().then(&line)).into_any()
}

/// A value in words.
fn words_for(slot: Slot, traits: Traits, value: &Value) -> String {
    let text = match (value, traits.control) {
        (Value::Bool(true), _) => return t("ui.inspector.yes"),
        (Value::Bool(false), _) => return t("ui.inspector.no"),
        (_, Control::Choice(_)) => return super::words::choice(&plain(value)),
        (_, Control::ChoiceOf(from)) => named(slot, from, value),
        _ => plain(value),
    };
    match t_if(&format!("unit.{}", traits.unit)) {
        Some(unit) => format!("{text} {unit}"),
        None => text,
    }
}

fn named(slot: Slot, from: fn(&Place<'_>) -> Vec<Choice>, value: &Value) -> String {
    let all = slot.subject.look_up(from).unwrap_or_default();
    all.iter().find(|one| &one.value == value).map_or_else(|| plain(value), choice_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_help_begins_with_its_first_sentence() {
        assert_eq!(first_sentence("The size of the whole task. Fargate has these."), "The size of the whole task.");
        assert_eq!(first_sentence("Without any end at all"), "Without any end at all");
        // Not after an abbreviation at the beginning.
        assert_eq!(
            first_sentence("E.g. one. What follows goes on for some time. End"),
            "E.g. one. What follows goes on for some time."
        );
    }
}
