//! Asking again and again until something is so.

use serde_json::Value as Json;
use trazo_stack::Value;

use crate::step::{Gives, Refused, Unread, read};
use crate::{Bindings, Service, Template, path};

/// A question that is asked until its answer is as wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// The question.
    pub poll: Template,
    /// All of these have to hold; where there are none, only a refusal ends it: it is waited for that the thing is gone.
    pub until: Vec<Condition>,
    /// One of these, and it never will be.
    pub fails: Vec<Condition>,
    /// Where in the answer the service says why it failed.
    pub reason: &'static str,
    /// Refusals of the question that say that the thing is not there, which is what is waited for when it is taken away.
    pub gone: Vec<Refused>,
    /// Refusals of the question that say that it cannot be seen yet.
    pub unseen: Vec<Refused>,
    /// Attributes that only the last answer gives, read from the whole of it.
    pub gives: Vec<Gives>,
    /// Seconds from one question to the next.
    pub interval: u32,
    /// How many seconds it may take at most.
    pub longest: u32,
    /// About how many seconds it takes as a rule.
    pub usual: u32,
}

/// What an answer is looked at for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The text at a path is this; capitals do not matter.
    Is(&'static str, &'static str),
    /// The text at a path is not this; also where there is nothing.
    IsNot(&'static str, &'static str),
    /// Two paths hold the same.
    Same(&'static str, &'static str),
    /// The list at a path has so many items; one that is missing has none.
    Length(&'static str, usize),
    /// There is something at a path.
    Present(&'static str),
    /// Each item of the list at a path, where there is one, has this text at a place in it.
    NoneBut(&'static str, &'static str, &'static str),
}

/// What an answer says of a wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is as wanted.
    Ready,
    /// Not yet.
    NotYet,
    /// It never will be; AWS's own words where it said some.
    Failed(String),
}

impl Condition {
    /// Whether it holds for an answer.
    pub fn holds(self, answer: &Json) -> bool {
        match self {
            Self::Is(at, want) => path::text(answer, at).is_some_and(|text| text.eq_ignore_ascii_case(want)),
            Self::IsNot(at, want) => path::text(answer, at).is_none_or(|text| !text.eq_ignore_ascii_case(want)),
            Self::Same(one, other) => path::text(answer, one) == path::text(answer, other),
            Self::Length(at, want) => {
                path::read(answer, at).and_then(|list| list.as_array().map(Vec::len)).unwrap_or(0) == want
            }
            Self::NoneBut(at, inner, want) => {
                let items = path::read(answer, at).and_then(|list| list.as_array().cloned()).unwrap_or_default();
                items.iter().all(|item| Self::Is(inner, want).holds(item))
            }
            Self::Present(at) => path::read(answer, at).is_some_and(|value| !value.is_null()),
        }
    }
}

impl Wait {
    /// A question, asked every five seconds for five minutes.
    pub(crate) fn new<const N: usize>(service: Service, operation: &'static str, input: [(&str, Value); N]) -> Self {
        Self {
            poll: Template::new(service, operation, input),
            until: Vec::new(),
            fails: Vec::new(),
            reason: "",
            gone: Vec::new(),
            unseen: Vec::new(),
            gives: Vec::new(),
            interval: 5,
            longest: 300,
            usual: 5,
        }
    }

    /// Until the text at a path is this.
    #[must_use]
    pub(crate) fn until(self, at: &'static str, want: &'static str) -> Self {
        self.until_all(&[Condition::Is(at, want)])
    }

    /// Until all of these hold.
    #[must_use]
    pub(crate) fn until_all(mut self, conditions: &[Condition]) -> Self {
        self.until.extend_from_slice(conditions);
        self
    }

    /// Fails when the text at a path is this.
    #[must_use]
    pub(crate) fn fails(mut self, at: &'static str, bad: &'static str) -> Self {
        self.fails.push(Condition::Is(at, bad));
        self
    }

    /// Where the service says why it failed.
    #[must_use]
    pub(crate) fn reason(mut self, at: &'static str) -> Self {
        self.reason = at;
        self
    }

    /// Codes that say that the thing is not there, as wanted.
    #[must_use]
    pub(crate) fn gone(mut self, codes: &[&'static str]) -> Self {
        self.gone.extend(codes.iter().map(|code| Refused { code, words: "" }));
        self
    }

    /// Codes that say that the thing cannot be seen yet.
    #[must_use]
    pub(crate) fn unseen(mut self, codes: &[&'static str]) -> Self {
        self.unseen.extend(codes.iter().map(|code| Refused { code, words: "" }));
        self
    }

    /// An attribute that the last answer gives.
    #[must_use]
    pub(crate) fn gives(mut self, attribute: &'static str, at: &'static str) -> Self {
        self.gives.push(Gives { attribute, from: crate::step::Source::Answer(at) });
        self
    }

    /// Seconds between questions, seconds that it takes as a rule, and at most.
    #[must_use]
    pub(crate) fn every(mut self, interval: u32, usual: u32, longest: u32) -> Self {
        (self.interval, self.usual, self.longest) = (interval, usual, longest);
        self
    }

    /// Whether it takes so long that people should be told beforehand: a minute or more.
    pub fn is_slow(&self) -> bool {
        self.usual >= 60
    }

    /// What an answer to the question says.
    pub fn judge(&self, answer: &Json) -> Verdict {
        if self.fails.iter().any(|condition| condition.holds(answer)) {
            let reason = if self.reason.is_empty() { None } else { path::text(answer, self.reason) };
            return Verdict::Failed(reason.unwrap_or_default());
        }
        let holds = !self.until.is_empty() && self.until.iter().all(|condition| condition.holds(answer));
        if holds { Verdict::Ready } else { Verdict::NotYet }
    }

    /// What a refusal of the question says; none where it is just a refusal.
    pub fn judge_refusal(&self, code: &str, message: &str) -> Option<Verdict> {
        if self.gone.iter().any(|refused| refused.is(code, message)) {
            Some(Verdict::Ready)
        } else if self.unseen.iter().any(|refused| refused.is(code, message)) {
            Some(Verdict::NotYet)
        } else {
            None
        }
    }

    /// What the last answer gives.
    ///
    /// # Errors
    /// [`Unread`] where the answer lacks an attribute.
    pub fn read(&self, answer: &Json, bindings: &Bindings) -> Result<Vec<(&'static str, Json)>, Unread> {
        read(&self.gives, answer, bindings)
    }
}
