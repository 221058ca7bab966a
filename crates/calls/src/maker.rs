//! What a type's function makes its steps with.

use trazo_stack::{Expr, Object, Resource, Stack, Value, att, reference};

use crate::find::{Find, Tagged};
use crate::step::{Gives, Refused, Repeat, Source, Step, Undo};
use crate::tags::{self, Tags};
use crate::wait::Wait;
use crate::{Deployment, Service, Template};

/// Makes the steps of one resource.
pub(crate) struct Maker<'a> {
    /// The whole stack.
    pub(crate) stack: &'a Stack,
    /// The deployment that it is for.
    pub(crate) deployment: &'a Deployment,
    /// The resource's logical id.
    pub(crate) id: &'a str,
    /// The resource.
    pub(crate) resource: &'a Resource,
    properties: Object,
    steps: Vec<Step>,
}

impl<'a> Maker<'a> {
    /// A maker for one resource.
    pub(crate) fn new(stack: &'a Stack, deployment: &'a Deployment, id: &'a str, resource: &'a Resource) -> Self {
        let mut properties = resource.properties.clone();
        properties.shift_remove("Tags");
        Self { stack, deployment, id, resource, properties, steps: Vec::new() }
    }

    /// A property, which is not among [`Maker::rest`] any more.
    pub(crate) fn take(&mut self, property: &str) -> Option<Value> {
        self.properties.shift_remove(property)
    }

    /// A property that is a list, as its items; empty where it is missing.
    pub(crate) fn take_items(&mut self, property: &str) -> Vec<Value> {
        match self.take(property).map(|value| value.expr) {
            Some(Expr::List(items)) => items,
            _ => Vec::new(),
        }
    }

    /// All properties that nobody has taken, without tags.
    pub(crate) fn rest(&mut self) -> Object {
        std::mem::take(&mut self.properties)
    }

    /// A property that is a name, or a generated name of at most so many characters.
    pub(crate) fn name(&mut self, property: &str, longest: usize) -> Value {
        self.take(property).unwrap_or_else(|| self.deployment.name(self.id, longest).into())
    }

    /// What `Ref` gives for this resource.
    pub(crate) fn own(&self) -> Value {
        reference(self.id)
    }

    /// An attribute of this resource.
    pub(crate) fn own_att(&self, attribute: &str) -> Value {
        att(self.id, attribute)
    }

    /// A token of the client for a step.
    pub(crate) fn token(&self, suffix: &str) -> Value {
        self.deployment.token(&self.step_id(suffix)).into()
    }

    /// Its tags: the design's, then the deployment's.
    pub(crate) fn tags(&self) -> Tags {
        tags::of(self.id, self.resource, self.deployment)
    }

    /// Its tags as EC2 takes them with the call that makes a thing of this kind (`vpc`).
    pub(crate) fn tag_specification(&self, kind: &str) -> Value {
        tags::specification(self.tags(), kind)
    }

    /// The tags by which it is known again, at a place of an answer.
    pub(crate) fn tagged(&self, at: &'static str) -> Tagged {
        // As `tags::of` writes them.
        let text = |text: &str| tags::allowed(text);
        Tagged { at, deployment: text(&self.deployment.token), resource: text(self.id) }
    }

    fn step_id(&self, suffix: &str) -> String {
        if suffix.is_empty() { self.id.to_owned() } else { format!("{}/{suffix}", self.id) }
    }

    /// One more step, after those that were made before. `suffix` is empty for the call that makes the resource itself.
    pub(crate) fn make(&mut self, suffix: &str, service: Service, operation: &'static str, input: Object) -> &mut Step {
        let needs = self.steps.last().map(|step| step.id.clone()).into_iter().collect();
        self.steps.push(Step {
            id: self.step_id(suffix),
            logical_id: self.id.to_owned(),
            type_name: self.resource.type_name,
            origin: self.resource.origin.clone(),
            needs,
            call: Template { service, operation, input },
            answer: "",
            gives: Vec::new(),
            ready: None,
            undo: Vec::new(),
            find: None,
            repeat: Repeat::Harmless,
            patience: match service {
                Service::Ec2 => vec![NOT_SEEN],
                Service::ApiGateway | Service::ApiGatewayV2 => vec![AT_ONCE],
                _ => Vec::new(),
            },
        });
        let last = self.steps.len() - 1;
        &mut self.steps[last]
    }

    /// The steps that were made.
    pub(crate) fn done(self) -> Vec<Step> {
        self.steps
    }
}

/// What EC2 has just made is not seen everywhere at once
/// (<https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html>).
const NOT_SEEN: Refused = Refused { code: ".NotFound", words: "" };

/// API Gateway makes one change of an API at a time
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>).
const AT_ONCE: Refused = Refused { code: "ConflictException", words: "concurrent modification" };

/// Building a step.
impl Step {
    /// Where in the answer the thing stands.
    pub(crate) fn answer(&mut self, at: &'static str) -> &mut Self {
        self.answer = at;
        self
    }

    /// An attribute from the answer, below [`Step::answer`].
    pub(crate) fn gives(&mut self, attribute: &'static str, at: &'static str) -> &mut Self {
        self.gives.push(Gives { attribute, from: Source::Answer(at) });
        self
    }

    /// What stands after the last `mark` in the text of the answer at a place.
    pub(crate) fn gives_after(&mut self, attribute: &'static str, at: &'static str, mark: &'static str) -> &mut Self {
        self.gives.push(Gives { attribute, from: Source::After(at, mark) });
        self
    }

    /// An attribute that follows from what is known.
    pub(crate) fn gives_known(&mut self, attribute: &'static str, value: impl Into<Value>) -> &mut Self {
        self.gives.push(Gives { attribute, from: Source::Known(value.into()) });
        self
    }

    /// How to see that it is ready.
    pub(crate) fn ready(&mut self, wait: Wait) -> &mut Self {
        self.ready = Some(wait);
        self
    }

    /// One more call that takes it away.
    pub(crate) fn undo(&mut self, undo: Undo) -> &mut Self {
        self.undo.push(undo);
        self
    }

    /// How to find it, and what happens when it is called twice.
    pub(crate) fn find(&mut self, repeat: Repeat, find: Find) -> &mut Self {
        (self.repeat, self.find) = (repeat, Some(find));
        self
    }

    /// What happens when it is called twice.
    pub(crate) fn repeat(&mut self, repeat: Repeat) -> &mut Self {
        self.repeat = repeat;
        self
    }

    /// A refusal that means that one has to wait a little.
    pub(crate) fn patience(&mut self, code: &'static str, words: &'static str) -> &mut Self {
        self.patience.push(Refused { code, words });
        self
    }
}
