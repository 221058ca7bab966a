//! What only the tags know: things of this deployment that the journal lost, and what is left at the end.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use trazo_calls::{Step, tags};
use trazo_stack::DeletionPolicy;

use super::asking::given;
use super::past::Past;
use super::{Around, Run, Trouble, TroubleKind, What, tagged};

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

/// What is done with steps that cannot be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// They count as done where what they were done to is there: taking away twice does no harm.
    Presumed,
    /// They are asked for when their turn comes.
    Left,
}

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
        if self.recover(around, &tagged, Unknown::Presumed).await? {
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
        let clean = left.is_empty() && self.trouble().is_none();
        self.inner.borrow_mut().removal.left = left;
        Ok(clean)
    }

    /// Takes up what is there though the journal does not say so; whether there is anything.
    pub(super) async fn recover(
        &self,
        around: &Around<'_>,
        tagged: &[Left],
        unknown: Unknown,
    ) -> Result<bool, Trouble> {
        let named: BTreeSet<&str> = tagged.iter().map(|one| one.resource.as_str()).collect();
        let lost = self.is_lost();
        let mut any = false;
        for (at, step) in self.plan.steps.iter().enumerate() {
            let past = self.inner.borrow().pasts.of(&step.id);
            if past.may_stand() || step.undo.is_empty() && step.gives.is_empty() || self.stays(step) {
                continue;
            }
            let named = named.contains(step.logical_id.as_str());
            let blind = lost && past == Past::default();
            if blind && self.plan.head.elsewhere && step.find.is_some() {
                match self.knock(around, step.call.service).await {
                    // It may be there: it is not taken away from here, nor what it would need.
                    Err(trouble) if unknown == Unknown::Presumed && trouble.kind == TroubleKind::NeedsRelay => {
                        self.inner.borrow_mut().unseen.insert(at, trouble);
                        continue;
                    }
                    answered => answered?,
                }
            }
            let given = match &step.find {
                Some(find) if named || blind && self.is_sure(step, find) => match self.find(around, at).await {
                    Err(trouble) if unknown == Unknown::Presumed && trouble.kind == TroubleKind::NeedsRelay => {
                        if named {
                            self.keep(&trouble);
                        }
                        None
                    }
                    found => found?,
                },
                None if unknown == Unknown::Presumed && (named || blind) => self.presumed(step),
                _ => None,
            };
            if let Some(given) = given {
                self.note(around, What::Answered, Some(at), String::new(), given.clone()).await?;
                self.give(around, at, &given);
                any = true;
                self.inner.borrow_mut().removal.found.push(step.id.clone());
            }
        }
        Ok(any)
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

    /// Whether the journal does not know all that was asked: it was lost, or the deployment was begun elsewhere.
    fn is_lost(&self) -> bool {
        let inner = self.inner.borrow();
        self.plan.head.elsewhere || self.plan.steps.iter().all(|step| inner.pasts.of(&step.id) == Past::default())
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
            Some((at, _)) => match self.find(around, *at).await {
                Err(trouble) if trouble.kind == TroubleKind::NeedsRelay => {
                    self.keep(&trouble);
                    Ok(true)
                }
                found => Ok(found?.is_some()),
            },
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

    /// All that has the deployment's tag, as far as the tagging service knows its type.
    pub(super) async fn tagged(&self, around: &Around<'_>) -> Result<Vec<Left>, Trouble> {
        let found = tagged::with(around.caller, tags::DEPLOYMENT, &self.plan.head.token).await?;
        Ok(found.into_iter().map(|one| Left { arn: one.arn, resource: one.resource }).collect())
    }
}
