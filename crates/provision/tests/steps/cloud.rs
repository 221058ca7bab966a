//! An account of AWS in memory. It knows of each step what its calls do: make, look up, wait, take away; and what would go wrong
//! in earnest: a thing that is made twice, a thing that is taken away while another hangs on it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value as Json, json};
use trazo_calls::{
    Bindings, Call, Condition, Gives, Refused, Repeat, Service, Source, Step, Tagged, Template, Wait, path, tags,
};
use trazo_provision::{CallError, Caller, Later, Refusal, Unsent};

use crate::fault::{Blow, Fault};
use crate::rig::TOKEN;
use crate::world::give_way;

pub(crate) const ACCOUNT: &str = "123456789012";
pub(crate) const REGION: &str = "us-east-1";

/// Something in the account.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Thing {
    /// How many there are: more than one is one too many.
    pub(crate) copies: u32,
    /// What it was made of.
    pub(crate) input: Map<String, Json>,
    /// Somebody else made it.
    foreign: bool,
    answer: Json,
    undone: usize,
    polls: u32,
}

pub(crate) struct Cloud {
    steps: Rc<[Step]>,
    /// Logical ids of what stays by intent.
    stays: Rc<[String]>,
    start: Bindings,
    truth: RefCell<Bindings>,
    things: RefCell<BTreeMap<String, Thing>>,
    /// How many calls came in.
    pub(crate) calls: Cell<usize>,
    pub(crate) log: RefCell<Vec<String>>,
    pub(crate) fault: RefCell<Option<Fault>>,
    /// The tab was closed.
    pub(crate) closed: Cell<bool>,
    /// How often something closing down still hinders the taking away of what it hangs on.
    pub(crate) lingering: Cell<u32>,
    /// API Gateway v2 lets no page read what it says, and this is one.
    pub(crate) barred: Cell<bool>,
}

impl Cloud {
    pub(crate) fn new(steps: &[Step], bindings: &Bindings, stays: Vec<String>) -> Self {
        Self::with(steps.into(), stays.into(), bindings.clone())
    }

    /// An account of the same kind with nothing in it.
    pub(crate) fn fresh(&self) -> Self {
        Self::with(self.steps.clone(), self.stays.clone(), self.start.clone())
    }

    fn with(steps: Rc<[Step]>, stays: Rc<[String]>, start: Bindings) -> Self {
        Self {
            steps,
            stays,
            truth: RefCell::new(start.clone()),
            start,
            things: RefCell::default(),
            calls: Cell::new(0),
            log: RefCell::default(),
            fault: RefCell::default(),
            closed: Cell::new(false),
            lingering: Cell::new(0),
            barred: Cell::new(false),
        }
    }

    /// What is in the account: by step, how many and of what.
    pub(crate) fn account(&self) -> BTreeMap<String, (u32, Map<String, Json>)> {
        let things = self.things.borrow();
        things.iter().map(|(id, thing)| (id.clone(), (thing.copies, thing.input.clone()))).collect()
    }

    /// What is left that should not be.
    pub(crate) fn left(&self) -> Vec<String> {
        let things = self.things.borrow();
        let kept = |id: &&String| {
            let step = self.steps.iter().find(|step| step.id == **id);
            step.is_none_or(|step| !step.undo.is_empty() && !self.stays.contains(&step.logical_id))
        };
        things.keys().filter(kept).cloned().collect()
    }

    /// Puts something into the account that nobody here has made.
    pub(crate) fn put(&self, id: &str, call: &Call) {
        let step = self.steps.iter().find(|step| step.id == id).unwrap();
        self.make(step, call).unwrap();
        self.things.borrow_mut().get_mut(id).unwrap().foreign = true;
    }

    fn is(&self, template: &Template, call: &Call) -> bool {
        template.service == call.service
            && template.operation == call.operation
            && template.call(&self.truth.borrow()).is_ok_and(|same| same.input == call.input)
    }

    /// What AWS does with a call.
    fn handle(&self, call: &Call) -> Result<Json, CallError> {
        if call.service == Service::Tagging {
            return Ok(self.tagged(call));
        }
        if let Some(step) = self.steps.iter().find(|step| self.is(&step.call, call)) {
            return self.make(step, call);
        }
        let undo = |step: &&Step| step.undo.iter().any(|undo| self.is(&undo.call, call));
        let mut steps: Vec<_> = self.steps.iter().filter(undo).collect();
        steps.sort_by_key(|step| !self.things.borrow().contains_key(&step.id));
        if let Some(step) = steps.first() {
            return self.undo(step, call);
        }
        self.look_by_pages(call)
    }

    /// Lists of API Gateway v2 come one thing at a time.
    fn look_by_pages(&self, call: &Call) -> Result<Json, CallError> {
        let mut whole = call.clone();
        let token = whole.input.shift_remove("NextToken");
        let at: usize = token.and_then(|token| token.as_str()?.parse().ok()).unwrap_or(0);
        let mut answer = self.look(&whole)?;
        if call.service == Service::ApiGatewayV2
            && let Some(Json::Array(items)) = answer.get_mut("Items")
        {
            let all = items.len();
            *items = items.drain(..).skip(at).take(1).collect();
            if at + 1 < all {
                answer["NextToken"] = (at + 1).to_string().into();
            }
        }
        Ok(answer)
    }

    fn make(&self, step: &Step, call: &Call) -> Result<Json, CallError> {
        if step.type_name.is_empty() {
            let zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
            self.truth.borrow_mut().give(&step.logical_id, "", zones.iter().copied().collect());
            let named = |zone: &&str| json!({ "ZoneName": zone });
            return Ok(json!({ "AvailabilityZones": zones.iter().map(named).collect::<Vec<_>>() }));
        }
        if let Some(thing) = self.things.borrow_mut().get_mut(&step.id) {
            match step.repeat {
                Repeat::Harmless => return Ok(thing.answer.clone()),
                Repeat::Refused(codes) => return Err(refusal(call, codes.first().unwrap_or(&"AlreadyExists"))),
                Repeat::Again => thing.copies += 1,
            }
            return Ok(thing.answer.clone());
        }
        let mut answer = json!({});
        for gives in &step.gives {
            if let Some(at) = place_of(gives) {
                let value = named(&call.input, at).unwrap_or_else(|| made_up(step, gives));
                place(&mut answer, &below(step.answer, at), value);
            }
        }
        let given = step.read(&answer, &self.truth.borrow()).unwrap();
        for (attribute, value) in given {
            self.truth.borrow_mut().give(&step.logical_id, attribute, value);
        }
        for gives in step.ready.iter().flat_map(|wait| &wait.gives) {
            self.truth.borrow_mut().give(&step.logical_id, gives.attribute, made_up(step, gives));
        }
        let thing =
            Thing { copies: 1, input: call.input.clone(), foreign: false, answer: answer.clone(), undone: 0, polls: 0 };
        self.things.borrow_mut().insert(step.id.clone(), thing);
        Ok(answer)
    }

    fn undo(&self, step: &Step, call: &Call) -> Result<Json, CallError> {
        let Some(at) = step.undo.iter().position(|undo| self.is(&undo.call, call)) else { return Ok(json!({})) };
        let undo = &step.undo[at];
        let gone = || match undo.gone.first() {
            // A failure within an answer that is none itself.
            Some(refused) if refused.code.is_empty() => Ok(json!({ "failures": [{ "reason": refused.words }] })),
            Some(refused) => Err(refused_as(call, refused)),
            None => Ok(json!({})),
        };
        let mut things = self.things.borrow_mut();
        if !things.contains_key(&step.id) {
            return gone();
        }
        let hangs = |other: &&Step| {
            other.logical_id != step.logical_id
                && !other.undo.is_empty()
                && other.needs.contains(&step.id)
                && !self.stays.contains(&other.logical_id)
                && things.get(&other.id).is_some_and(|thing| !thing.foreign)
        };
        if let Some(other) = self.steps.iter().find(hangs) {
            panic!("{} is taken away while {} stands", step.id, other.id);
        }
        if self.lingering.get() > 0 {
            self.lingering.set(self.lingering.get() - 1);
            return Err(undo
                .busy
                .first()
                .map_or_else(|| refusal(call, "DependencyViolation"), |it| refused_as(call, it)));
        }
        let Some(thing) = things.get_mut(&step.id) else { return gone() };
        thing.undone = thing.undone.max(at + 1);
        if thing.copies > 1 {
            thing.copies -= 1;
        } else if thing.undone == step.undo.len() {
            things.remove(&step.id);
            // What has no end of its own goes with what it belongs to.
            let goes = |id: &String| {
                let other = self.steps.iter().find(|other| other.id == *id);
                other.is_some_and(|other| other.undo.is_empty() && other.needs.contains(&step.id))
            };
            things.retain(|id, _| !goes(id));
        }
        Ok(json!({}))
    }

    /// Answers a question: with all things that it shows, and with how far they have come.
    fn look(&self, call: &Call) -> Result<Json, CallError> {
        let mut answer = json!({});
        let (mut known, mut none, mut shown) = (false, None, 0);
        for step in self.steps.iter() {
            let mut things = self.things.borrow_mut();
            let thing = things.get_mut(&step.id);
            if let Some(find) = step.find.as_ref().filter(|find| self.is(&find.call, call)) {
                known = true;
                if let Some(thing) = &thing {
                    let mut item = json!({});
                    for gives in find.gives.as_ref().unwrap_or(&step.gives) {
                        if let Some(at) = place_of(gives) {
                            let own = step.gives.iter().find(|own| own.attribute == gives.attribute);
                            let own = own.and_then(place_of);
                            let value = own.and_then(|own| path::read(&thing.answer, &below(step.answer, own)));
                            place(&mut item, at, value.unwrap_or_else(|| made_up(step, gives)));
                        }
                    }
                    for (at, value) in &find.matching {
                        let value = trazo_calls::resolve(value, &self.truth.borrow()).unwrap().unwrap_or_default();
                        place(&mut item, at, value);
                    }
                    if let Some(tagged) = find.tagged.as_ref().filter(|_| !thing.foreign) {
                        place(&mut item, tagged.at, tags_of(tagged));
                    }
                    let at = if find.items.is_empty() { String::new() } else { format!("{}[{shown}]", find.items) };
                    shown += 1;
                    place(&mut answer, &at, item);
                } else {
                    none = none.or(find.missing.first().map(|refused| refused_as(call, refused)));
                }
            }
            let proof = step.find.as_ref().and_then(|find| find.proof.as_ref());
            if let Some(proof) = proof.filter(|proof| self.is(&proof.call, call)) {
                known = true;
                if thing.as_ref().is_some_and(|thing| !thing.foreign) {
                    place(&mut answer, proof.tagged.at, tags_of(&proof.tagged));
                }
            }
            let ready = step.ready.as_ref().map(|wait| (wait, true));
            let undos = step.undo.iter().filter_map(|undo| undo.wait.as_ref()).map(|wait| (wait, false));
            for (wait, wanted) in ready.into_iter().chain(undos).filter(|(wait, _)| self.is(&wait.poll, call)) {
                known = true;
                match (thing.as_ref().map(|thing| thing.polls), wanted) {
                    (Some(polls), true) if polls >= 1 => settle(&mut answer, wait, step),
                    (None, false) if wait.gone.is_empty() => settle(&mut answer, wait, step),
                    (None, false) => none = none.or(wait.gone.first().map(|refused| refused_as(call, refused))),
                    _ => {}
                }
            }
            if known && let Some(thing) = things.get_mut(&step.id) {
                thing.polls += 1;
            }
        }
        assert!(known, "nobody knows {} {} {:?}", call.service.cli(), call.operation, call.input);
        match none {
            Some(refusal) if answer == json!({}) => Err(refusal),
            _ => Ok(answer),
        }
    }

    /// What carries the tag that is asked for.
    fn tagged(&self, call: &Call) -> Json {
        let things = self.things.borrow();
        let filter = &call.input["TagFilters"][0];
        let wanted = [&filter["Key"], &filter["Values"][0]].map(|text| text.as_str().unwrap());
        let tagged = things.iter().filter(|(_, thing)| {
            let input = serde_json::to_string(&thing.input).unwrap();
            wanted.iter().all(|text| input.contains(text))
        });
        let list: Vec<Json> = tagged
            .filter_map(|(id, _)| self.steps.iter().find(|step| step.id == *id))
            // Not all types are known to the service of the tags.
            .filter(|step| step.call.service != Service::ApiGatewayV2)
            .map(|step| {
                json!({ "ResourceARN": format!("arn:aws:any:{REGION}:{ACCOUNT}:{}", step.id),
                    "Tags": [{ "Key": tags::RESOURCE, "Value": step.logical_id }, { "Key": tags::DEPLOYMENT, "Value": TOKEN }] })
            })
            .collect();
        json!({ "ResourceTagMappingList": list, "PaginationToken": "" })
    }
}

impl Caller for Cloud {
    fn call<'a>(&'a self, call: &'a Call) -> Later<'a, Result<Json, CallError>> {
        Box::pin(async move {
            let number = self.calls.get();
            self.calls.set(number + 1);
            self.log.borrow_mut().push(format!("{} {}", call.service.cli(), call.operation));
            give_way().await;
            if !self.reaches(call.service) {
                return Err(CallError::Unsent(Unsent::Barred));
            }
            let blow = self.fault.borrow_mut().as_mut().and_then(|fault| fault.strike(number, call));
            let Some(blow) = blow else {
                let answer = self.handle(call);
                give_way().await;
                return answer;
            };
            match blow {
                Blow::Close { reached } => {
                    if reached {
                        let _lost = self.handle(call);
                    }
                    self.closed.set(true);
                    std::future::pending().await
                }
                Blow::Instead(error) => Err(error),
                Blow::After(error) => match self.handle(call) {
                    // What AWS refuses anyway is not made.
                    Err(refused @ CallError::Refused(_)) => Err(refused),
                    _ => Err(error),
                },
            }
        })
    }

    fn region(&self) -> &str {
        REGION
    }

    fn reaches(&self, service: Service) -> bool {
        !self.barred.get() || service != Service::ApiGatewayV2
    }
}

/// Makes an answer one with which a wait ends.
fn settle(answer: &mut Json, wait: &Wait, step: &Step) {
    for condition in &wait.until {
        match *condition {
            Condition::Is(at, want) => place(answer, at, want.into()),
            Condition::Same(one, other) => {
                place(answer, one, "1".into());
                place(answer, other, "1".into());
            }
            Condition::Length(at, length) => place(answer, at, vec![json!({}); length].into()),
            Condition::Present(at) => place(answer, at, "x".into()),
            Condition::IsNot(..) | Condition::NoneBut(..) => {}
        }
    }
    for gives in &wait.gives {
        if let Some(at) = place_of(gives) {
            place(answer, at, made_up(step, gives));
        }
    }
}

/// Where in an answer an attribute stands.
fn place_of(gives: &Gives) -> Option<&'static str> {
    match gives.from {
        Source::Answer(at) | Source::After(at, _) => Some(at),
        Source::Known(_) => None,
    }
}

fn tags_of(tagged: &Tagged) -> Json {
    json!([{ "Key": tags::DEPLOYMENT, "Value": tagged.deployment }, { "Key": tags::RESOURCE, "Value": tagged.resource }])
}

/// What the input calls so, as AWS repeats it.
fn named(input: &Map<String, Json>, at: &str) -> Option<Json> {
    let leaf = at.rsplit('.').next()?;
    input.iter().find(|(name, _)| name.eq_ignore_ascii_case(leaf)).map(|(_, value)| value.clone())
}

/// An id that AWS makes: the same each time, so that accounts can be compared.
fn made_up(step: &Step, gives: &Gives) -> Json {
    format!("{}-{}", step.id.replace('/', "."), gives.attribute).into()
}

fn below(top: &str, at: &str) -> String {
    [top, at].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(".")
}

/// Puts a value at a path.
fn place(answer: &mut Json, at: &str, value: Json) {
    if at.is_empty() {
        match (answer, value) {
            (Json::Object(all), Json::Object(more)) if !all.is_empty() => all.extend(more),
            (answer, value) => *answer = value,
        }
        return;
    }
    let (segment, rest) = at.split_once('.').unwrap_or((at, ""));
    let (name, index) = segment.split_once('[').unwrap_or((segment, ""));
    if !answer.is_object() {
        *answer = json!({});
    }
    let inner = if name.is_empty() { answer } else { &mut answer[name] };
    if index.is_empty() {
        return place(inner, rest, value);
    }
    let index: usize = index.trim_end_matches(']').parse().unwrap_or(0);
    if !inner.is_array() {
        *inner = json!([]);
    }
    let list = inner.as_array_mut().unwrap();
    while list.len() <= index {
        list.push(json!({}));
    }
    place(&mut list[index], rest, value);
}

fn refused_as(call: &Call, refused: &Refused) -> CallError {
    let code = if refused.code.starts_with('.') { format!("Invalid{}", refused.code) } else { refused.code.to_owned() };
    refusal_of(call, 400, &code, refused.words)
}

fn refusal(call: &Call, code: &str) -> CallError {
    refusal_of(call, 400, code, "")
}

pub(crate) fn refusal_of(call: &Call, status: u16, code: &str, message: &str) -> CallError {
    CallError::Refused(Refusal {
        service: call.service,
        operation: call.operation,
        status,
        code: code.to_owned(),
        message: message.to_owned(),
        request_id: "r".to_owned(),
    })
}
