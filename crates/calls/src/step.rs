//! One step of making a stack: a call, what it gives, how long to wait, how to take it back, how to find it again.

use serde_json::Value as Json;
use trazo_stack::{Origin, Value};

use crate::find::Find;
use crate::wait::Wait;
use crate::{Bindings, Service, Template, Unresolved, path, resolve};

/// One call on the way to the whole stack, and all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its name, which stays the same as long as the design's names do: the logical id, and what it does to it where a resource
    /// takes several calls (`WebAlbLoadBalancer/attributes`).
    pub id: String,
    /// The logical id of the resource; [`crate::ZONES`] for the question that comes before all others.
    pub logical_id: String,
    /// The resource's type (`AWS::ECS::Service`); empty where there is none.
    pub type_name: &'static str,
    /// The element of the design that the resource was made from.
    pub origin: Origin,
    /// Ids of the steps that must be done before.
    pub needs: Vec<String>,
    /// The call.
    pub call: Template,
    /// Where in the answer the thing stands that was made; [`Gives`] are read from there. `""` is the whole answer.
    pub answer: &'static str,
    /// What the step gives.
    pub gives: Vec<Gives>,
    /// How to see that it is ready.
    pub ready: Option<Wait>,
    /// What takes it away, in order; empty where nothing has to be.
    pub undo: Vec<Undo>,
    /// How to see whether it was done where no answer came.
    pub find: Option<Find>,
    /// What happens when it is called twice.
    pub repeat: Repeat,
    /// Refusals that mean: what this needs is not known everywhere yet; wait a little and call again.
    pub patience: Vec<Refused>,
}

/// An attribute that a step gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Gives {
    /// The attribute, as `Fn::GetAtt` names it; `""` is what `Ref` gives.
    pub attribute: &'static str,
    /// Where it is from.
    pub from: Source,
}

/// Where an attribute is from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A path below the thing in the answer (see [`path::read`]). Numbers and flags become text, as `Fn::GetAtt` has them.
    Answer(&'static str),
    /// What stands after the last such text in the text at a path.
    After(&'static str, &'static str),
    /// It follows from what was known before: a name that was chosen, an ARN made of such.
    Known(Value),
}

/// What happens when a call is made twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// The same as once: the call sets something, or its name or a token of the client makes the second one the first.
    Harmless,
    /// The second one is refused with one of these codes, or is the first; [`Step::find`] tells of that. Without it nothing has to
    /// be told, and it is done. A *first* call that is refused so has met a thing of somebody else.
    Refused(&'static [&'static str]),
    /// A second thing is made: ask [`Step::find`] before calling again.
    Again,
}

/// A refusal, by its code and its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The code; one that begins with a dot stands for all that end so (`.NotFound`).
    pub code: &'static str,
    /// What the message must hold; `""` for anything.
    pub words: &'static str,
}

impl Refused {
    /// Whether a refusal is such a one. Case does not matter in the words.
    pub fn is(&self, code: &str, message: &str) -> bool {
        let same = if self.code.starts_with('.') { code.ends_with(self.code) } else { code == self.code };
        same && (self.words.is_empty() || message.to_lowercase().contains(&self.words.to_lowercase()))
    }
}

/// A call that takes something away.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    /// The call.
    pub call: Template,
    /// Codes that say that it is not there any more: as good as done.
    pub gone: Vec<Refused>,
    /// Codes that say that something else still hangs on it: wait a little and call again.
    pub busy: Vec<Refused>,
    /// How to see that it is gone.
    pub wait: Option<Wait>,
}

/// What an answer lacks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// The answer has nothing at this path.
    #[error("the answer has no {0}")]
    Missing(String),
    /// Something that was made of what is known is not known after all.
    #[error(transparent)]
    Unresolved(#[from] Unresolved),
}

impl Step {
    /// What an answer to the call gives: attributes with their values.
    ///
    /// # Errors
    /// [`Unread`] where the answer lacks one.
    pub fn read(&self, answer: &Json, bindings: &Bindings) -> Result<Vec<(&'static str, Json)>, Unread> {
        let missing = || Unread::Missing(self.answer.to_owned());
        let thing = if self.gives.iter().any(|gives| !matches!(gives.from, Source::Known(_))) {
            path::read(answer, self.answer).ok_or_else(missing)?
        } else {
            Json::Null
        };
        read(&self.gives, &thing, bindings)
    }

    /// The key of the sentence on what it does.
    pub fn text_key(&self) -> String {
        format!("deploy.step.{}.{}", self.call.service.cli(), self.call.operation)
    }

    /// Whether a refusal of the call means that one has to wait a little.
    pub fn is_patient_with(&self, code: &str, message: &str) -> bool {
        self.patience.iter().any(|refused| refused.is(code, message))
    }
}

/// What an answer without an error tells of a failure all the same, as some calls for several things do: code and message. ECS
/// gives for a reason now a code (`MISSING`), now a sentence, which is a message without a code.
pub fn trouble(answer: &Json) -> Option<(String, String)> {
    let text = |at: &str| path::text(answer, at);
    let code = text("Unsuccessful[0].Error.Code").or_else(|| text("failures[0].reason"))?;
    let message = text("Unsuccessful[0].Error.Message").or_else(|| text("failures[0].detail"));
    Some(if code.contains(' ') { (String::new(), code) } else { (code, message.unwrap_or_default()) })
}

/// What `thing` gives.
pub(crate) fn read(gives: &[Gives], thing: &Json, bindings: &Bindings) -> Result<Vec<(&'static str, Json)>, Unread> {
    let missing = |path: &str| Unread::Missing(path.to_owned());
    let scalar = |value: Json| match value {
        Json::Number(_) | Json::Bool(_) => resolve::text(&value).into(),
        other => other,
    };
    let mut out = Vec::with_capacity(gives.len());
    for one in gives {
        let value = match &one.from {
            Source::Answer(path) => scalar(path::read(thing, path).ok_or_else(|| missing(path))?),
            Source::After(path, mark) => {
                let text = path::text(thing, path).ok_or_else(|| missing(path))?;
                text.rsplit_once(mark).map_or(text.as_str(), |(_, rest)| rest).into()
            }
            Source::Known(value) => resolve::resolve(value, bindings)?.unwrap_or(Json::Null),
        };
        out.push((one.attribute, value));
    }
    Ok(out)
}

impl Undo {
    /// A call that takes something away.
    pub(crate) fn new<const N: usize>(service: Service, operation: &'static str, input: [(&str, Value); N]) -> Self {
        let call = Template::new(service, operation, input);
        // API Gateway makes one change of an API at a time, and takes away one API in thirty seconds
        // (<https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>).
        let busy: &[&'static str] = match service {
            Service::ApiGateway | Service::ApiGatewayV2 => &["ConflictException", "TooManyRequestsException"],
            _ => &[],
        };
        Self { call, gone: Vec::new(), busy: Vec::new(), wait: None }.busy(busy)
    }

    /// Codes that say that it is not there any more.
    #[must_use]
    pub(crate) fn gone(mut self, codes: &[&'static str]) -> Self {
        self.gone.extend(codes.iter().map(|code| Refused { code, words: "" }));
        self
    }

    /// A code with words that say that it is not there any more.
    #[must_use]
    pub(crate) fn gone_if(mut self, code: &'static str, words: &'static str) -> Self {
        self.gone.push(Refused { code, words });
        self
    }

    /// Codes that say that something hangs on it.
    #[must_use]
    pub(crate) fn busy(mut self, codes: &[&'static str]) -> Self {
        self.busy.extend(codes.iter().map(|code| Refused { code, words: "" }));
        self
    }

    /// A code with words that say that something hangs on it.
    #[must_use]
    pub(crate) fn busy_if(mut self, code: &'static str, words: &'static str) -> Self {
        self.busy.push(Refused { code, words });
        self
    }

    /// Waits until it is gone.
    #[must_use]
    pub(crate) fn wait(mut self, wait: Wait) -> Self {
        self.wait = Some(wait);
        self
    }

    /// Whether a refusal says that it is gone.
    pub fn is_gone(&self, code: &str, message: &str) -> bool {
        self.gone.iter().any(|refused| refused.is(code, message))
    }

    /// Whether a refusal says that something still hangs on it.
    pub fn is_busy(&self, code: &str, message: &str) -> bool {
        self.busy.iter().any(|refused| refused.is(code, message))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::trouble;

    #[test]
    fn a_failure_within_an_answer_is_told_with_its_code_or_its_words() {
        let told = |answer| trouble(&answer).map(|(code, message)| format!("{code}|{message}"));
        assert_eq!(told(json!({ "failures": [] })), None);
        assert_eq!(told(json!({ "failures": [{ "reason": "MISSING", "detail": "x" }] })).unwrap(), "MISSING|x");
        let gone = json!({ "failures": [{ "arn": "a", "reason": "The specified task definition does not exist." }] });
        assert_eq!(told(gone).unwrap(), "|The specified task definition does not exist.");
        let logs = json!({ "Unsuccessful": [{ "Error": { "Code": "InvalidFlowLogId.NotFound", "Message": "no" } }] });
        assert_eq!(told(logs).unwrap(), "InvalidFlowLogId.NotFound|no");
    }
}
