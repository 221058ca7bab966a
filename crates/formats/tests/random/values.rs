//! Values that a control may hold.

use serde_json::{Value, json};
use trazo_model::field::{Control, Place, TextRule};

use super::dice::Dice;
use super::words;

/// A value for the field at `key` (`task_definition.containers.image`); `None` where there is none. Records are made item
/// by item elsewhere.
pub(crate) fn value(key: &str, control: &Control, place: &Place<'_>, dice: &mut Dice) -> Option<Value> {
    if let Some(known) = words::known(key) {
        // The table's own way stays in use beside the known values, but for texts whose rule says little.
        let text = matches!(control, Control::Text { .. } | Control::Lines { .. } | Control::Suggest { .. });
        if text || matches!(control, Control::Texts { .. }) || dice.chance(70) {
            let chosen = dice.of(known)?;
            return serde_json::from_str(chosen).ok();
        }
    }
    match control {
        Control::Text { rule, example } => text(rule, &[example], dice).map(Value::from),
        Control::Lines { rule } => text(rule, words::PROSE, dice).map(Value::from),
        Control::Suggest { rule, from } => {
            let offered = from(place);
            let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
            let known = if offered.is_empty() { words::PLAIN } else { &offered };
            text(rule, known, dice).map(Value::from)
        }
        Control::Number { min, max, step } => Some(dice.between(*min, *max, *step).into()),
        Control::Toggle => Some(dice.chance(60).into()),
        Control::Choice(all) => dice.of(all).map(|word| (*word).into()),
        Control::ChoiceOf(choices) => dice.of(&choices(place)).map(|choice| choice.value.clone()),
        Control::Texts { rule, example } => Some(texts(rule, example, dice)),
        Control::Records { .. } => None,
        Control::Env => Some(pairs("name", words::VARIABLES, dice)),
        Control::Tags => Some(tags(dice)),
    }
}

/// A text that the rule accepts. Where any text is accepted only those that are `known` to make sense are taken.
fn text(rule: &TextRule, known: &[&str], dice: &mut Dice) -> Option<String> {
    let mut all: Vec<String> = known.iter().map(|text| (*text).to_owned()).collect();
    if rule.key != "any" || all.is_empty() {
        all.extend(words::PLAIN.iter().map(|text| (*text).to_owned()));
        if rule.max <= 256 {
            all.push("a".repeat(rule.max));
        }
        all.push("a".repeat(rule.min.max(1)));
    }
    all.retain(|text| !text.is_empty() && rule.accepts(text));
    // What is known stands first and is taken more often.
    let few = all.len().min(known.len().max(1));
    let end = if dice.chance(50) { few } else { all.len() };
    let index = dice.below(end);
    all.into_iter().nth(index)
}

fn texts(rule: &TextRule, example: &str, dice: &mut Dice) -> Value {
    let mut all: Vec<String> = Vec::new();
    for _ in 0..=dice.below(3) {
        if let Some(text) = text(rule, &[example], dice).filter(|text| !all.contains(text)) {
            all.push(text);
        }
    }
    all.into()
}

fn pairs(name: &str, names: &[&str], dice: &mut Dice) -> Value {
    let mut all: Vec<(&str, &str)> = Vec::new();
    for _ in 0..=dice.below(3) {
        let (Some(key), Some(value)) = (dice.of(names), dice.of(words::VALUES)) else { continue };
        if all.iter().all(|(taken, _)| taken != key) {
            all.push((key, value));
        }
    }
    all.into_iter().map(|(key, value)| json!({ name: key, "value": value })).collect()
}

/// Tags of a node.
pub(crate) fn tags(dice: &mut Dice) -> Value {
    pairs("key", words::TAGS, dice)
}
