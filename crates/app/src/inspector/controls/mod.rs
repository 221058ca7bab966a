//! The control of a field, by what its table says.

pub(super) mod choice;
pub(super) mod complete;
mod dotenv;
pub(super) mod list;
mod pairs;
mod records;
pub(super) mod text;
mod texts;
pub(super) mod typing;

use std::sync::Arc;

use leptos::prelude::*;
use trazo_model::field::{Control, Place};
use trazo_model::mapping::complete::Offer;

use super::slot::Slot;
use records::Table;
use text::TextBox;
use typing::Reading;

/// What a control is like, for the frame around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One element, which a `<label>` names.
    Single,
    /// A switch, which stands beside its label.
    Switch,
    /// Several elements in a group that is named by the label's id.
    Group,
    /// A list of any length, named so too.
    List,
}

/// The form of the control that [`control`] makes.
pub(super) fn form(slot: Slot, control: &Control) -> Form {
    match control {
        Control::Toggle => Form::Switch,
        Control::Choice(all) if choice::fit_side_by_side(slot, all) => Form::Group,
        Control::Texts { .. } | Control::Records { .. } | Control::Env | Control::Tags => Form::List,
        _ => Form::Single,
    }
}

/// The control for the field at `slot`; `help`: whether a help text stands beside it.
pub(super) fn control(slot: Slot, control: &Control, required: bool, help: bool) -> AnyView {
    let typed = |reading, example| {
        let mut field = TextBox::new(slot, reading);
        (field.example, field.required, field.help) = (example, required, help);
        field
    };
    match *control {
        Control::Text { example, .. } => typed(Reading::Text, example).show(),
        Control::Lines { .. } => {
            let mut field = typed(Reading::Text, "");
            field.lines = true;
            field.show()
        }
        Control::Number { min, max, step } => typed(Reading::Number { min, max, step }, "").show(),
        Control::Toggle => choice::toggle(slot, help),
        Control::Choice(all) => choice::words(slot, all, help),
        Control::ChoiceOf(from) => choice::choices(slot, from, help),
        Control::Suggest { from, .. } => suggest(typed(Reading::Text, ""), from),
        Control::Texts { example, .. } => texts::texts(slot, example),
        Control::Records { fields, new, title } => records::records(slot, Table { fields, new, title }),
        Control::Env => pairs::pairs(slot, pairs::ENV),
        Control::Tags => pairs::pairs(slot, pairs::TAGS),
    }
}

/// A field with a list of suggestions, which may all be passed by.
fn suggest(field: TextBox, from: fn(&Place<'_>) -> Vec<String>) -> AnyView {
    let slot = field.slot;
    let offers = move || {
        let all = slot.subject.look_up(from).unwrap_or_default();
        all.into_iter().map(|text| Offer { text, gives: None }).collect()
    };
    complete::complete(field, Arc::new(offers))
}
