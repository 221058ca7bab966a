//! Finding what was made where the answer was lost: by name, by tag, by what it was made of.

use serde_json::Value as Json;
use trazo_stack::Value;

use crate::step::{Gives, Refused, Unread, read};
use crate::{Bindings, Service, Step, Template, path, resolve, tags};

/// How services say that an answer goes on, and how one asks for the rest.
const NEXT: &[(&str, &str)] =
    &[("NextToken", "NextToken"), ("nextToken", "nextToken"), ("position", "position"), ("NextMarker", "Marker")];

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
    /// The tags that it must have, where the answer tells its tags: else it is somebody else's.
    pub tagged: Option<Tagged>,
    /// A second question that tells its tags, where the first does not. It names the thing by the attributes that were found.
    pub proof: Option<Proof>,
    /// What it gives, where the question's answer is of another form than that of the step; else [`Step::gives`].
    pub gives: Option<Vec<Gives>>,
}

/// The tags of a thing that a deployment made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Where its tags are: pairs in a list, or a map.
    pub at: &'static str,
    /// What [`tags::DEPLOYMENT`] must be.
    pub deployment: String,
    /// What [`tags::RESOURCE`] must be.
    pub resource: String,
}

/// A question whose answer tells the tags of what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// The question.
    pub call: Template,
    /// The tags that it must have.
    pub tagged: Tagged,
}

impl Tagged {
    /// Whether an answer, or an item of one, has the tags.
    pub fn holds(&self, answer: &Json) -> bool {
        let Some(found) = path::read(answer, self.at) else { return false };
        let has = |key: &str, want: &str| match &found {
            Json::Object(entries) => entries.get(key).and_then(Json::as_str) == Some(want),
            Json::Array(pairs) => pairs.iter().any(|pair| {
                let part = |one: &str, other: &str| pair.get(one).or_else(|| pair.get(other)).and_then(Json::as_str);
                part("Key", "key") == Some(key) && part("Value", "value") == Some(want)
            }),
            _ => false,
        };
        has(tags::DEPLOYMENT, &self.deployment) && has(tags::RESOURCE, &self.resource)
    }
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
        Self { call, items, matching: Vec::new(), missing: Vec::new(), tagged: None, proof: None, gives: None }
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

    /// A code with words that say that there is none.
    #[must_use]
    pub(crate) fn missing_if(mut self, code: &'static str, words: &'static str) -> Self {
        self.missing.push(Refused { code, words });
        self
    }

    /// Only what has these tags.
    #[must_use]
    pub(crate) fn tagged(mut self, tagged: Tagged) -> Self {
        self.tagged = Some(tagged);
        self
    }

    /// Only where a second question finds these tags.
    #[must_use]
    pub(crate) fn proof<const N: usize>(
        mut self,
        operation: &'static str,
        input: [(&str, Value); N],
        tagged: Tagged,
    ) -> Self {
        self.proof = Some(Proof { call: Template::new(self.call.service, operation, input), tagged });
        self
    }

    /// An attribute that stands elsewhere than in the answer to the step.
    #[must_use]
    pub(crate) fn gives(mut self, attribute: &'static str, at: &'static str) -> Self {
        let gives = Gives { attribute, from: crate::step::Source::Answer(at) };
        self.gives.get_or_insert_default().push(gives);
        self
    }

    /// Whether a refusal says that there is none.
    pub fn is_missing(&self, code: &str, message: &str) -> bool {
        self.missing.iter().any(|refused| refused.is(code, message))
    }

    /// What asks for the page behind an answer: a member of the input, and what it is; none where it was the last.
    pub fn next(answer: &Json) -> Option<(&'static str, &str)> {
        let token = |(told, asked): &(&str, &'static str)| Some((*asked, answer.get(told)?.as_str()?));
        NEXT.iter().filter_map(token).find(|(_, token)| !token.is_empty())
    }

    /// What the answer shows of what the step has made: its attributes, or none where it was not made. Where there is a
    /// [`Find::proof`], that has to hold too before it counts as made by this step.
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
        let fits = |item: &&Json| {
            self.tagged.as_ref().is_none_or(|tagged| tagged.holds(item))
                && wanted.iter().all(|(at, want)| path::text(item, at) == *want)
        };
        let item = match &found {
            Json::Array(items) => items.iter().find(fits),
            Json::Null => None,
            one => Some(one).filter(fits),
        };
        let gives = self.gives.as_deref().unwrap_or(&step.gives);
        item.map(|item| read(gives, item, bindings)).transpose()
    }
}
