//! What only the tags know: things of this deployment that the journal lost, and what is left at the end.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};
use trazo_calls::{Call, Service, Step, tags};
use trazo_stack::DeletionPolicy;

use super::asking::given;
use super::{Around, Run, Trouble, What};

/// Something with the deployment's tag that is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its ARN.
    pub arn: String,
    /// The logical id in its tag; empty where it has none.
    pub resource: String,
}

/// What taking back found beside what the journal told, and what it left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Removal {
    /// Ids of steps that the journal did not know as made.
    pub found: Vec<String>,
    /// What is still there.
    pub left: Vec<Left>,
    /// Logical ids of what stays by intent.
    pub stays: Vec<String>,
    /// Why nobody could look by tag.
    pub unseen: Option<Trouble>,
}

/// The most pages that are asked for: a hundred things each.
const PAGES: usize = 50;

impl Run {
    /// Takes away what the tags tell of beside the journal, and looks for what is left; whether that is nothing.
    pub(super) async fn sweep(&self, around: &Around<'_>) -> Result<bool, Trouble> {
        self.inner.borrow_mut().removal = Removal { stays: self.staying(), ..Removal::default() };
        let mut tagged = match self.tagged(around).await {
            Ok(tagged) => tagged,
            Err(trouble) if trouble.kind.concerns_all() => return Err(trouble),
            Err(trouble) => {
                self.inner.borrow_mut().removal.unseen = Some(trouble);
                Vec::new()
            }
        };
        if self.recover(around, &tagged).await? {
            if !self.remove_known(around).await? {
                return Ok(false);
            }
            tagged = self.tagged(around).await.unwrap_or_default();
        }
        let mut left = Vec::new();
        for one in tagged {
            if self.still_there(around, &one).await? {
                left.push(one);
            }
        }
        let clean = left.is_empty();
        self.inner.borrow_mut().removal.left = left;
        Ok(clean)
    }

    /// Takes up what is there though the journal does not say so; whether there is anything.
    async fn recover(&self, around: &Around<'_>, tagged: &[Left]) -> Result<bool, Trouble> {
        let named: BTreeSet<&str> = tagged.iter().map(|one| one.resource.as_str()).collect();
        let blind = self.is_blind();
        let mut found = BTreeSet::new();
        for (at, step) in self.plan.steps.iter().enumerate() {
            let stands = self.inner.borrow().pasts.of(&step.id).may_stand();
            if stands || step.undo.is_empty() && step.gives.is_empty() || self.stays(step) {
                continue;
            }
            let named = named.contains(step.logical_id.as_str());
            let given = match &step.find {
                Some(find) if named || blind && self.is_own(step, find) => self.find(around, at).await?,
                None if named || blind => self.presumed(step),
                _ => None,
            };
            if let Some(given) = given {
                self.note(around, What::Answered, Some(at), String::new(), given.clone()).await?;
                self.give(around, at, &given);
                found.insert(step.logical_id.clone());
                self.inner.borrow_mut().removal.found.push(step.id.clone());
            }
        }
        Ok(!found.is_empty())
    }

    /// What a step gives that cannot be looked for, where what it was done to is there: it is taken away as though it were.
    fn presumed(&self, step: &Step) -> Option<Map<String, Json>> {
        let undo = step.undo.first()?;
        let inner = self.inner.borrow();
        undo.call.call(&inner.bindings).ok()?;
        let known = step.read(&Json::Null, &inner.bindings).ok().map(given)?;
        let marks = self.marks(step);
        undo.call.input.values().any(|value| self.names_own(step, value, &marks)).then_some(known)
    }

    /// Whether the journal knows of nothing that was ever asked: it was lost.
    fn is_blind(&self) -> bool {
        let inner = self.inner.borrow();
        self.plan.steps.iter().all(|step| {
            let past = inner.pasts.of(&step.id);
            !past.may_stand() && !past.gone && !past.doubt
        })
    }

    /// Whether something that the tags name is really there: they are told of for a while after it is gone.
    async fn still_there(&self, around: &Around<'_>, one: &Left) -> Result<bool, Trouble> {
        let of = |step: &&(usize, &Step)| step.1.logical_id == one.resource;
        let steps: Vec<_> = self.plan.steps.iter().enumerate().collect();
        let Some((_, first)) = steps.iter().find(of) else { return Ok(true) };
        if self.stays(first) {
            return Ok(false);
        }
        match steps.iter().filter(of).find(|(_, step)| step.find.is_some()) {
            Some((at, _)) => Ok(self.find(around, *at).await?.is_some()),
            None => Ok(!self.inner.borrow().pasts.of(&first.id).gone),
        }
    }

    fn stays(&self, step: &Step) -> bool {
        let resource = self.plan.stack.resources.get(&step.logical_id);
        resource.is_some_and(|resource| resource.deletion_policy == Some(DeletionPolicy::Retain))
    }

    /// Logical ids of what was made and stays by intent.
    fn staying(&self) -> Vec<String> {
        let inner = self.inner.borrow();
        let steps = self.plan.steps.iter().filter(|step| self.stays(step) && inner.pasts.of(&step.id).may_stand());
        let ids: BTreeSet<_> = steps.map(|step| step.logical_id.clone()).collect();
        ids.into_iter().collect()
    }

    /// All that has the deployment's tag, as far as the tagging service knows its type
    /// (<https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html>).
    async fn tagged(&self, around: &Around<'_>) -> Result<Vec<Left>, Trouble> {
        let filters = json!([{ "Key": tags::DEPLOYMENT, "Values": [self.plan.head.token] }]);
        let mut found = Vec::new();
        let mut page = String::new();
        for _ in 0..PAGES {
            let mut call = Call::new(Service::Tagging, "GetResources").with("TagFilters", filters.clone());
            if !page.is_empty() {
                call = call.with("PaginationToken", page.as_str());
            }
            let answer = around.caller.call(&call).await.map_err(|error| Trouble::from_call(&error, &call))?;
            let list = answer.get("ResourceTagMappingList").and_then(Json::as_array);
            found.extend(list.into_iter().flatten().filter_map(left));
            page = answer.get("PaginationToken").and_then(Json::as_str).unwrap_or_default().to_owned();
            if page.is_empty() {
                break;
            }
        }
        Ok(found)
    }
}

fn left(item: &Json) -> Option<Left> {
    let arn = item.get("ResourceARN")?.as_str()?.to_owned();
    let tags = item.get("Tags").and_then(Json::as_array);
    let tag = tags.into_iter().flatten().find(|tag| tag.get("Key").and_then(Json::as_str) == Some(tags::RESOURCE));
    let resource = tag.and_then(|tag| tag.get("Value")).and_then(Json::as_str).unwrap_or_default().to_owned();
    Some(Left { arn, resource })
}
