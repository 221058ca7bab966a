//! Finding what was made where the answer was lost: by name, by tag, by what it was made of.

use serde_json::Value as Json;
use trazo_stack::Value;

use crate::step::{Gives, Refused, Unread, read};
use crate::{Bindings, Service, Step, Template, path, resolve};

/// A question whose answer shows what a step has made.
#[derive(Clone, Debug, PartialEq)]
pub struct Find {
    /// The question.
    pub call: Template,
    /// Where in the answer the thing stands, or the list in which it is.
    pub items: &'static str,
    /// What the thing has at these paths, as text; of a list the first item is taken that has all of it.
    pub matching: Vec<(&'static str, Value)>,
    /// Refusals that say that there is none.
    pub missing: Vec<Refused>,
    /// What it gives, where the question's answer is of another form than that of the step; else [`Step::gives`].
    pub gives: Option<Vec<Gives>>,
}

impl Find {
    /// A question.
    pub(crate) fn new<const N: usize>(
        service: Service,
        operation: &'static str,
        input: [(&str, Value); N],
        items: &'static str,
    ) -> Self {
        let call = Template::new(service, operation, input);
        Self { call, items, matching: Vec::new(), missing: Vec::new(), gives: None }
    }

    /// Only what has this text at a path.
    #[must_use]
    pub(crate) fn matching(mut self, at: &'static str, want: impl Into<Value>) -> Self {
        self.matching.push((at, want.into()));
        self
    }

    /// Codes that say that there is none.
    #[must_use]
    pub(crate) fn missing(mut self, codes: &[&'static str]) -> Self {
        self.missing.extend(codes.iter().map(|code| Refused { code, words: "" }));
        self
    }

    /// An attribute that stands elsewhere than in the answer to the step.
    #[must_use]
    #[allow(dead_code, reason = "for services whose answers differ")]
    pub(crate) fn gives(mut self, attribute: &'static str, at: &'static str) -> Self {
        let gives = Gives { attribute, from: crate::step::Source::Answer(at) };
        self.gives.get_or_insert_default().push(gives);
        self
    }

    /// Whether a refusal says that there is none.
    pub fn is_missing(&self, code: &str, message: &str) -> bool {
        self.missing.iter().any(|refused| refused.is(code, message))
    }

    /// What the answer shows of what the step has made: its attributes, or none where it was not made.
    ///
    /// # Errors
    /// [`Unread`] where it is there but lacks an attribute.
    pub fn read(
        &self,
        step: &Step,
        answer: &Json,
        bindings: &Bindings,
    ) -> Result<Option<Vec<(&'static str, Json)>>, Unread> {
        let Some(found) = path::read(answer, self.items) else { return Ok(None) };
        let mut wanted = Vec::with_capacity(self.matching.len());
        for (at, value) in &self.matching {
            wanted.push((*at, resolve::resolve(value, bindings)?.map(|value| resolve::text(&value))));
        }
        let fits = |item: &&Json| wanted.iter().all(|(at, want)| path::text(item, at) == *want);
        let item = match &found {
            Json::Array(items) => items.iter().find(fits),
            Json::Null => None,
            one => Some(one).filter(fits),
        };
        let gives = self.gives.as_deref().unwrap_or(&step.gives);
        item.map(|item| read(gives, item, bindings)).transpose()
    }
}
