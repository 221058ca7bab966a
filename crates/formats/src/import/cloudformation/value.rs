//! Values of a template after its functions were evaluated. Each knows its line, and whether anybody has read it: what nobody
//! reads is told at the end, so that nothing is dropped in silence.

use std::cell::Cell;

use indexmap::IndexMap;
use serde_json::{Map, Value as Json, json};

/// Keys and values in the order of the file.
pub(super) type Entries = IndexMap<String, Val>;

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Num(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Val>),
    /// Keys and values.
    Map(Entries),
    /// What `Ref` gives for a resource, a pseudo parameter, or a parameter without a value.
    Ref(String),
    /// An attribute of a resource.
    Att(String, String),
    /// Text with `${…}` places for those.
    Sub(String),
    /// Any other function, with what it is given.
    Func(String, Box<Val>),
}

/// A value.
#[derive(Clone, Debug)]
pub(super) struct Val {
    /// What it is.
    pub form: Form,
    /// Its line, counted from 1.
    pub line: usize,
    read: Cell<bool>,
}

impl Val {
    /// A value that nobody has read yet.
    pub(super) fn new(form: Form, line: usize) -> Self {
        Self { form, line, read: Cell::new(false) }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Val> {
        match &self.form {
            Form::Map(entries) => entries.get(key),
            _ => None,
        }
    }

    /// The value at a dotted path of keys.
    pub(super) fn at(&self, path: &str) -> Option<&Val> {
        path.split('.').try_fold(self, |value, key| value.get(key))
    }

    /// The entries of a map; none otherwise.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&String, &Val)> {
        let entries = if let Form::Map(entries) = &self.form { Some(entries) } else { None };
        entries.into_iter().flatten()
    }

    /// The items of a list; a single value counts as a list of one, as CloudFormation takes it.
    pub(super) fn items(&self) -> &[Val] {
        match &self.form {
            Form::List(items) => items,
            Form::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// Marks it as read.
    pub(super) fn mark(&self) {
        self.read.set(true);
    }

    /// Marks all of it as read.
    pub(super) fn ignore(&self) {
        self.mark();
        match &self.form {
            Form::List(items) => items.iter().for_each(Val::ignore),
            Form::Map(entries) => entries.values().for_each(Val::ignore),
            Form::Func(_, inner) => inner.ignore(),
            _ => {}
        }
    }

    /// Marks what some keys hold as read.
    pub(super) fn ignore_keys(&self, keys: &[&str]) {
        keys.iter().filter_map(|key| self.get(key)).for_each(Val::ignore);
    }

    /// Plain text, also of numbers and flags, with pseudo parameters as they mostly are. Reads it.
    pub(super) fn text(&self) -> Option<String> {
        let text = match &self.form {
            Form::Bool(flag) => flag.to_string(),
            Form::Int(number) => number.to_string(),
            Form::Num(number) => number.to_string(),
            Form::Text(text) => text.clone(),
            Form::Ref(name) => pseudo(name)?.to_owned(),
            Form::Sub(text) => without_pseudo(text)?,
            _ => return None,
        };
        self.mark();
        Some(text)
    }

    /// A whole number, or a text of one. Reads it.
    pub(super) fn int(&self) -> Option<i64> {
        let number = match &self.form {
            Form::Int(number) => *number,
            #[expect(clippy::cast_possible_truncation, reason = "the range and the fraction were checked")]
            Form::Num(number) if number.fract() == 0.0 && number.abs() < 9e15 => *number as i64,
            Form::Text(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| text.strip_suffix(".0").and_then(|whole| whole.parse().ok()))?
            }
            _ => return None,
        };
        self.mark();
        Some(number)
    }

    /// A flag, or a text of one. Reads it.
    pub(super) fn flag(&self) -> Option<bool> {
        let flag = match &self.form {
            Form::Bool(flag) => *flag,
            Form::Text(text) => match text.trim() {
                "true" | "True" | "TRUE" => true,
                "false" | "False" | "FALSE" => false,
                _ => return None,
            },
            _ => return None,
        };
        self.mark();
        Some(flag)
    }

    /// The one logical id that it names. Reads it.
    pub(super) fn names(&self) -> Option<&str> {
        let name = match &self.form {
            Form::Ref(name) if !name.starts_with("AWS::") => name,
            Form::Att(name, _) => name,
            Form::Sub(text) => {
                let mut own = places(text).filter(|place| !place.starts_with("AWS::"));
                let first = own.next()?;
                if own.any(|other| base(other) != base(first)) {
                    return None;
                }
                base(first)
            }
            _ => return None,
        };
        self.mark();
        Some(name)
    }

    /// All logical ids that it and what is in it names, in their order.
    pub(super) fn all_names<'a>(&'a self, found: &mut Vec<&'a str>) {
        match &self.form {
            Form::Ref(name) if !name.starts_with("AWS::") => found.push(name),
            Form::Att(name, _) => found.push(name),
            Form::Sub(text) => found.extend(places(text).map(base).filter(|name| !name.starts_with("AWS::"))),
            Form::List(items) => items.iter().for_each(|item| item.all_names(found)),
            Form::Map(entries) => entries.values().for_each(|entry| entry.all_names(found)),
            Form::Func(_, inner) => inner.all_names(found),
            _ => {}
        }
    }

    /// What of it nobody has read: dotted paths with lines. Where nothing in a map or list was read, it is told as a whole.
    pub(super) fn unread(&self, path: &str, found: &mut Vec<(String, usize)>) -> bool {
        if self.read.get() {
            return true;
        }
        let before = found.len();
        let mut any = false;
        let mut empty = true;
        let mut visit = |key: &str, inner: &Val| {
            empty = false;
            let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            any |= inner.unread(&path, found);
        };
        match &self.form {
            Form::Map(entries) => entries.iter().for_each(|(key, entry)| visit(key, entry)),
            Form::List(items) => items.iter().enumerate().for_each(|(at, item)| visit(&at.to_string(), item)),
            _ => {}
        }
        if empty && matches!(self.form, Form::Map(_) | Form::List(_) | Form::Null) {
            return false;
        }
        if !any && !path.is_empty() {
            found.truncate(before);
            found.push((path.to_owned(), self.line));
        }
        any
    }

    /// As JSON, functions in their long form.
    pub(super) fn json(&self) -> Json {
        match &self.form {
            Form::Null => Json::Null,
            Form::Bool(flag) => (*flag).into(),
            Form::Int(number) => (*number).into(),
            Form::Num(number) => (*number).into(),
            Form::Text(text) => text.as_str().into(),
            Form::List(items) => items.iter().map(Val::json).collect(),
            Form::Map(entries) => {
                Json::Object(entries.iter().map(|(key, entry)| (key.clone(), entry.json())).collect::<Map<_, _>>())
            }
            Form::Ref(name) => json!({ "Ref": name }),
            Form::Att(name, attribute) => json!({ "Fn::GetAtt": [name, attribute] }),
            Form::Sub(text) => json!({ "Fn::Sub": text }),
            Form::Func(name, inner) => {
                let mut one = Map::new();
                one.insert(name.clone(), inner.json());
                Json::Object(one)
            }
        }
    }
}

/// The names in the `${…}` places of a text; `${!…}` is literal.
pub(super) fn places(text: &str) -> impl Iterator<Item = &str> {
    let all = text.split("${").skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name.trim()));
    all.filter(|name| !name.starts_with('!'))
}

/// The logical id in a place: of `Db.Endpoint` it is `Db`.
pub(super) fn base(place: &str) -> &str {
    place.split('.').next().unwrap_or(place)
}

/// A pseudo parameter as it mostly is; what differs from account to account has none.
fn pseudo(name: &str) -> Option<&'static str> {
    match name {
        "AWS::Region" => Some("us-east-1"),
        "AWS::Partition" => Some("aws"),
        "AWS::URLSuffix" => Some("amazonaws.com"),
        _ => None,
    }
}

/// The text with all its places filled; `None` where one is no pseudo parameter that is known.
fn without_pseudo(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        out.push_str(before);
        let (name, behind) = after.split_once('}')?;
        match name.strip_prefix('!') {
            Some(literal) => {
                out.push_str("${");
                out.push_str(literal);
                out.push('}');
            }
            None => out.push_str(pseudo(name.trim())?),
        }
        rest = behind;
    }
    out.push_str(rest);
    Some(out)
}
