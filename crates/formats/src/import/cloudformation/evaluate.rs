//! The functions of a template, evaluated with the defaults of its parameters
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>).
//!
//! What can be known becomes plain; references to resources stay. Texts that hold references have one form, be they written
//! with `Fn::Sub`, `Fn::Join` or alone.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::source::{Shape, Source, shape};
use super::value::{Entries, Form, Val};

/// How many characters and values all that is evaluated may come to: functions can multiply what a file holds.
const BUDGET: usize = 24_000_000;

/// What a value counts beside its text.
const WEIGHT: usize = 24;

/// A parameter.
pub(super) struct Parameter {
    /// Its type.
    pub type_name: String,
    /// Its value, where it has a default.
    pub value: Option<Val>,
    /// Its line.
    pub line: usize,
    /// Whether anything depends on it.
    pub used: Cell<bool>,
}

/// What names mean while a template is evaluated.
pub(super) struct Scope<'a> {
    /// Parameters by name.
    pub parameters: BTreeMap<&'a str, Parameter>,
    mappings: BTreeMap<(&'a str, &'a str, &'a str), Source<'a>>,
    conditions: BTreeMap<&'a str, Source<'a>>,
    decided: RefCell<BTreeMap<String, Option<bool>>>,
    /// How many conditions are being decided, each for the one before.
    deciding: Cell<usize>,
    /// How many values of mappings are being read, each for the one before.
    finding: Cell<usize>,
    budget: Cell<usize>,
}

/// Conditions that lead to others, or hold others, more often than that are taken for ones that do not hold: before anything could
/// run out of stack.
const DEEPEST_CONDITION: usize = 200;
/// A mapping holds plain values; one that asks for another is read so often.
const DEEPEST_MAPPING: usize = 4;

/// Does something that may come back to the same place, unless it has come back too often.
fn deeper<T>(depth: &Cell<usize>, most: usize, act: impl FnOnce() -> T) -> Option<T> {
    if depth.get() >= most {
        return None;
    }
    depth.set(depth.get() + 1);
    let done = act();
    depth.set(depth.get() - 1);
    Some(done)
}

impl<'a> Scope<'a> {
    /// What the top of a template defines.
    pub(super) fn new(top: Source<'a>) -> Self {
        let section = |name: &str| -> BTreeMap<&'a str, Source<'a>> {
            top.get(name).map(|section| section.entries().collect()).unwrap_or_default()
        };
        let mut scope = Self {
            parameters: BTreeMap::new(),
            mappings: mappings(&section("Mappings")),
            conditions: section("Conditions"),
            decided: RefCell::default(),
            deciding: Cell::new(0),
            finding: Cell::new(0),
            budget: Cell::new(BUDGET),
        };
        for (name, parameter) in section("Parameters") {
            let made = scope.parameter(parameter);
            scope.parameters.insert(name, made);
        }
        scope
    }

    fn parameter(&self, parameter: Source<'a>) -> Parameter {
        let text = |key: &str| parameter.get(key).and_then(|value| self.value(value)).and_then(|value| value.text());
        let type_name = text("Type").unwrap_or_else(|| "String".to_owned());
        let default = parameter.get("Default").and_then(|value| self.value(value));
        let value = default.map(|value| match value.text() {
            Some(name) if type_name.starts_with("AWS::SSM::Parameter::Value") => {
                Val::new(Form::Text(format!("{{{{resolve:ssm:{name}}}}}")), value.line)
            }
            Some(text) if type_name == "CommaDelimitedList" || type_name.starts_with("List<") => {
                let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
                let items = items.map(|item| Val::new(Form::Text(item.to_owned()), value.line));
                Val::new(Form::List(items.collect()), value.line)
            }
            _ => value,
        });
        Parameter { type_name, value, line: parameter.line(), used: Cell::new(false) }
    }

    /// The budget is spent on everything that is made.
    fn spend(&self, size: usize) -> bool {
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(size.saturating_add(WEIGHT)));
        left > size
    }

    /// Whether there was more than may be evaluated.
    pub(super) fn is_spent(&self) -> bool {
        self.budget.get() == 0
    }

    /// The value of a source; `None` for `AWS::NoValue`.
    pub(super) fn value(&self, source: Source<'a>) -> Option<Val> {
        let line = source.line();
        if let Some((name, argument)) = source.function() {
            return self.function(&name, argument, line);
        }
        let form = match shape(source) {
            Shape::Null => Form::Null,
            Shape::Bool(flag) => Form::Bool(flag),
            Shape::Int(number) => Form::Int(number),
            Shape::Num(number) => Form::Num(number),
            Shape::Text(text) if self.spend(text.len()) => Form::Text(text),
            Shape::List if self.spend(0) => Form::List(source.items().filter_map(|item| self.value(item)).collect()),
            Shape::Map if self.spend(0) => {
                let entries = source.entries().filter_map(|(key, entry)| Some((key.to_owned(), self.value(entry)?)));
                Form::Map(entries.collect::<Entries>())
            }
            _ => Form::Null,
        };
        Some(Val::new(form, line))
    }

    fn function(&self, name: &str, argument: Source<'a>, line: usize) -> Option<Val> {
        match name {
            "Ref" => {
                let name = argument.text().unwrap_or_default();
                return self.reference(name, line);
            }
            "Fn::GetAtt" => return Some(self.attribute(argument, line)),
            "Fn::If" => {
                let mut parts = argument.items();
                let condition = parts.next().and_then(Source::text).unwrap_or_default();
                let (yes, no) = (parts.next(), parts.next());
                let chosen = if self.holds(condition) { yes } else { no };
                return chosen.and_then(|chosen| self.value(chosen));
            }
            "Fn::Sub" => return Some(self.substitute(argument, line)),
            _ => {}
        }
        let Some(inner) = self.value(argument) else { return Some(Val::new(Form::Null, line)) };
        let known = match name {
            "Fn::Join" => joined(&inner, line),
            "Fn::Select" => selected(&inner),
            "Fn::Split" => split(&inner, line),
            "Fn::FindInMap" => self.find(&inner),
            _ => None,
        };
        Some(known.unwrap_or_else(|| Val::new(Form::Func(name.to_owned(), Box::new(inner)), line)))
    }

    /// What a name means: the value of a parameter, nothing, or a reference that stays.
    fn reference(&self, name: &str, line: usize) -> Option<Val> {
        if name == "AWS::NoValue" {
            return None;
        }
        if let Some(parameter) = self.parameters.get(name) {
            parameter.used.set(true);
            if let Some(value) = &parameter.value {
                self.spend(size(value));
                let form = if self.is_spent() { Form::Null } else { value.form.clone() };
                return Some(Val::new(form, line));
            }
        }
        self.spend(name.len());
        Some(Val::new(Form::Ref(name.to_owned()), line))
    }

    fn attribute(&self, argument: Source<'a>, line: usize) -> Val {
        let (name, attribute) = match argument.text() {
            Some(text) => {
                text.split_once('.').map(|(name, rest)| (name.to_owned(), rest.to_owned())).unwrap_or_default()
            }
            None => {
                let mut parts = argument.items();
                let name = parts.next().and_then(Source::text).unwrap_or_default().to_owned();
                let attribute = parts.next().and_then(|part| self.value(part)).and_then(|part| part.text());
                (name, attribute.unwrap_or_default())
            }
        };
        Val::new(Form::Att(name, attribute), line)
    }

    /// `Fn::Sub` with and without names of its own.
    fn substitute(&self, argument: Source<'a>, line: usize) -> Val {
        let mut parts = argument.items();
        let (text, own) = match argument.text() {
            Some(text) => (text.to_owned(), None),
            None => (parts.next().and_then(Source::text).unwrap_or_default().to_owned(), parts.next()),
        };
        let own: BTreeMap<&str, Source<'a>> = own.map(|own| own.entries().collect()).unwrap_or_default();
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once("${") {
            // Where none is closed, no later one is either.
            let Some((place, behind)) = after.split_once('}') else { break };
            out.push_str(before);
            rest = behind;
            let name = place.trim();
            let value = match own.get(name) {
                Some(value) => self.value(*value),
                None if name.starts_with('!') || name.contains('.') => None,
                None => self.reference(name, line),
            };
            let filled = value.and_then(|value| as_sub(&value)).unwrap_or_else(|| format!("${{{name}}}"));
            if !self.spend(filled.len()) {
                break;
            }
            out.push_str(&filled);
        }
        out.push_str(rest);
        Val::new(text_form(out), line)
    }

    fn find(&self, path: &Val) -> Option<Val> {
        let keys: Vec<String> = path.items().iter().map(Val::text).collect::<Option<_>>()?;
        let [map, first, second, ..] = keys.as_slice() else { return None };
        let found = self.mappings.get(&(map.as_str(), first.as_str(), second.as_str()))?;
        deeper(&self.finding, DEEPEST_MAPPING, || self.value(*found)).flatten()
    }

    /// Whether a condition holds. One that depends on itself, or on what is not known, does not.
    pub(super) fn holds(&self, name: &str) -> bool {
        if let Some(known) = self.decided.borrow().get(name) {
            return known.unwrap_or(false);
        }
        let Some(source) = self.conditions.get(name).copied() else { return false };
        self.decided.borrow_mut().insert(name.to_owned(), None);
        let holds = self.decide(source);
        self.decided.borrow_mut().insert(name.to_owned(), Some(holds));
        holds
    }

    /// Whether anybody has asked for a condition.
    pub(super) fn was_asked(&self, name: &str) -> bool {
        self.decided.borrow().contains_key(name)
    }

    fn decide(&self, source: Source<'a>) -> bool {
        deeper(&self.deciding, DEEPEST_CONDITION, || self.decide_now(source)).unwrap_or(false)
    }

    fn decide_now(&self, source: Source<'a>) -> bool {
        let Some((name, argument)) = source.function() else {
            let name = source.get("Condition").unwrap_or(source).text();
            return name.is_some_and(|name| self.holds(name));
        };
        match name.as_ref() {
            "Condition" => argument.text().is_some_and(|name| self.holds(name)),
            "Fn::Not" => argument.items().next().is_some_and(|inner| !self.decide(inner)),
            "Fn::And" => argument.items().all(|inner| self.decide(inner)),
            "Fn::Or" => argument.items().any(|inner| self.decide(inner)),
            "Fn::Equals" => {
                let mut sides = argument.items().map(|side| self.value(side).and_then(|side| side.text()));
                matches!((sides.next(), sides.next()), (Some(Some(one)), Some(Some(other))) if one == other)
            }
            _ => false,
        }
    }
}

/// All mappings by their three keys.
fn mappings<'a>(all: &BTreeMap<&'a str, Source<'a>>) -> BTreeMap<(&'a str, &'a str, &'a str), Source<'a>> {
    let mut found = BTreeMap::new();
    for (map, firsts) in all {
        for (first, seconds) in firsts.entries() {
            found.extend(seconds.entries().map(|(second, value)| ((*map, first, second), value)));
        }
    }
    found
}

fn size(value: &Val) -> usize {
    match &value.form {
        Form::Text(text) => text.len(),
        Form::List(items) => items.iter().map(|item| size(item) + WEIGHT).sum(),
        _ => WEIGHT,
    }
}

/// A value as a part of a text with places; `None` where it cannot be one.
fn as_sub(value: &Val) -> Option<String> {
    match &value.form {
        Form::Ref(name) => Some(format!("${{{name}}}")),
        Form::Att(name, attribute) => Some(format!("${{{name}.{attribute}}}")),
        Form::Sub(text) => Some(text.clone()),
        Form::Text(text) => Some(text.replace("${", "${!")),
        _ => value.text(),
    }
}

/// A text with places, in its simplest form.
pub(super) fn text_form(text: String) -> Form {
    let alone = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    if let Some(name) = alone.filter(|name| !name.contains(['$', '{', '}', '!'])) {
        return match name.split_once('.') {
            Some((name, attribute)) => Form::Att(name.trim().to_owned(), attribute.trim().to_owned()),
            None => Form::Ref(name.trim().to_owned()),
        };
    }
    if super::value::places(&text).next().is_some() { Form::Sub(text) } else { Form::Text(text.replace("${!", "${")) }
}

/// What joining gives, where all parts are texts or references.
pub(super) fn joined(argument: &Val, line: usize) -> Option<Val> {
    let Form::List(parts) = &argument.form else { return None };
    let [by, Val { form: Form::List(items), .. }] = parts.as_slice() else { return None };
    let by = by.text()?;
    let texts: Vec<String> = items.iter().map(as_sub).collect::<Option<_>>()?;
    Some(Val::new(text_form(texts.join(&by.replace("${", "${!"))), line))
}

fn selected(argument: &Val) -> Option<Val> {
    let Form::List(parts) = &argument.form else { return None };
    let [index, Val { form: Form::List(items), .. }] = parts.as_slice() else { return None };
    items.get(usize::try_from(index.int()?).ok()?).cloned()
}

fn split(argument: &Val, line: usize) -> Option<Val> {
    let Form::List(parts) = &argument.form else { return None };
    let [by, text] = parts.as_slice() else { return None };
    let (by, text) = (by.text()?, text.text()?);
    if by.is_empty() {
        return None;
    }
    let items = text.split(by.as_str()).map(|item| Val::new(Form::Text(item.to_owned()), line));
    Some(Val::new(Form::List(items.collect()), line))
}
