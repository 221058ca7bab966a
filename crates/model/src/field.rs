//! The table of a kind's fields: what the side panel, `trazo explain`, the JSON Schema and the reference pages are made
//! from. Nothing repeats it.

use serde_json::Value;

use crate::Design;
use crate::edit::Target;

/// What a text has to be.
#[derive(Clone, Copy)]
pub struct TextRule {
    /// Fewest characters; 0 where it may be empty.
    pub min: usize,
    /// Most characters.
    pub max: usize,
    /// Whether a text that is long enough and not too long will do.
    pub test: fn(&str) -> bool,
    /// Its name in text keys: `rule.<key>` says what is allowed.
    pub key: &'static str,
}

impl TextRule {
    /// Any text of at most `max` characters.
    pub const fn any(max: usize) -> Self {
        Self { min: 0, max, test: |_| true, key: "any" }
    }

    /// Any text of 1 to `max` characters.
    pub const fn some(max: usize) -> Self {
        Self { min: 1, max, test: |_| true, key: "any" }
    }

    /// Text of `min` to `max` characters that `test` accepts; `rule.<key>` says what that is.
    pub const fn new(min: usize, max: usize, key: &'static str, test: fn(&str) -> bool) -> Self {
        Self { min, max, test, key }
    }

    /// Whether `text` will do.
    pub fn accepts(&self, text: &str) -> bool {
        let length = text.chars().count();
        (self.min..=self.max).contains(&length) && (text.is_empty() || (self.test)(text))
    }
}

/// One entry of a list to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is stored.
    pub value: Value,
    /// What is shown where it is the same in every language; else the text `choice.<value>`.
    pub label: Option<String>,
}

/// Where choices are looked up: the design, the element, and the element's whole JSON (`name`, `tags`, properties).
pub struct Place<'a> {
    /// The design that holds the element.
    pub design: &'a Design,
    /// The element.
    pub target: &'a Target,
    /// Its properties as JSON.
    pub props: &'a Value,
}

/// How a field is edited, and so also what it may hold.
#[derive(Clone, Copy)]
pub enum Control {
    /// One line of text.
    Text {
        /// What is allowed.
        rule: TextRule,
        /// An example, shown while it is empty.
        example: &'static str,
    },
    /// Several lines of text.
    Lines {
        /// What is allowed.
        rule: TextRule,
    },
    /// A whole number.
    Number {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
        /// What an arrow key adds.
        step: i64,
    },
    /// Yes or no.
    Toggle,
    /// One of fixed words; `choice.<word>` is the text, or the word itself where there is none.
    Choice(&'static [&'static str]),
    /// One of choices that depend on the rest of the design.
    ChoiceOf(fn(&Place<'_>) -> Vec<Choice>),
    /// Text, with suggestions that depend on the rest of the design.
    Suggest {
        /// What is allowed.
        rule: TextRule,
        /// The suggestions.
        from: fn(&Place<'_>) -> Vec<String>,
    },
    /// A list of short texts.
    Texts {
        /// What is allowed for each.
        rule: TextRule,
        /// An example.
        example: &'static str,
    },
    /// A list of records, which can be reordered.
    Records {
        /// The fields of each, with keys below the record.
        fields: &'static [Field],
        /// A new record as JSON: `{}` takes the defaults.
        new: &'static str,
        /// The fields that name a record in its heading.
        title: &'static [&'static str],
    },
    /// Names and values, also from pasted lines of `NAME=value`. Stored as `[{name, value}]`.
    Env,
    /// Keys and values of tags. Stored as `[{key, value}]`.
    Tags,
}

/// One field of a kind.
pub struct Field {
    /// Dotted path below the properties (`healthCheck.path`). Its texts are `field.<kind>.<key>.label` and `.help`, for
    /// fields of records with the path of the list before it (`field.task_definition.containers.image.label`).
    pub key: &'static str,
    /// How it is edited.
    pub control: Control,
    /// The section of the panel (`section.<name>` is its heading).
    pub section: &'static str,
    /// What it is measured in (`unit.<name>`); empty for nothing.
    pub unit: &'static str,
    /// Whether the design cannot work without it.
    pub required: bool,
    /// AWS's page about it; empty for that of the kind.
    pub doc: &'static str,
    /// Whether it means anything beside the other properties (of the record, within lists); else it is not shown.
    pub applies: fn(&Value) -> bool,
}

impl Field {
    /// A field in the first section, without unit, not required, that always applies.
    pub const fn new(key: &'static str, control: Control) -> Self {
        Self { key, control, section: "main", unit: "", required: false, doc: "", applies: |_| true }
    }

    /// The same field in another section.
    #[must_use]
    pub const fn section(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    /// The same field with a unit.
    #[must_use]
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// The same field, required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same field with its own page of AWS's documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// The same field, shown only where `applies` holds of the properties around it.
    #[must_use]
    pub const fn when(mut self, applies: fn(&Value) -> bool) -> Self {
        self.applies = applies;
        self
    }
}
