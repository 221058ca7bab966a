//! Deployments that were begun where this journal does not reach: by another page, in another browser, on another machine. Their
//! tags tell of them.

use std::collections::BTreeMap;

use serde_json::Map;
use trazo_calls::tags;

use super::head::Plan;
use super::sweeping::Unknown;
use super::{Around, Order, Phase, Run, Trouble, TroubleKind, Untaken, What, tagged};
use crate::Caller;
use crate::formation::stack_name;

/// A deployment of which the account tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Its token.
    pub token: String,
    /// How many things of it are there, of those that the tagging service knows.
    pub things: usize,
}

impl Begun {
    /// The token of a deployment of the design that is kept under an id; `chance` is what no other has.
    pub fn token(design: &str, chance: u64) -> String {
        format!("{design}-{:012x}", chance >> 16)
    }

    /// The name of its stack, which follows from the id under which the design was kept where it was begun.
    pub fn stack(&self, name: &str) -> String {
        let id = self.token.rsplit_once('-').map_or("", |(id, _)| id);
        stack_name(id, name)
    }
}

/// The deployments of designs of a name that were made step by step and of which something is there, the largest first.
///
/// # Errors
/// [`Trouble`] where the account does not tell.
pub async fn begun(caller: &dyn Caller, name: &str) -> Result<Vec<Begun>, Trouble> {
    let name = tags::allowed(name);
    if name.is_empty() {
        return Ok(Vec::new());
    }
    let mut things: BTreeMap<String, usize> = BTreeMap::new();
    for one in tagged::with(caller, tags::DESIGN, &name).await? {
        // CloudFormation's have no tag of their own.
        if !one.resource.is_empty() && !one.deployment.is_empty() {
            *things.entry(one.deployment).or_default() += 1;
        }
    }
    let mut begun: Vec<_> = things.into_iter().map(|(token, things)| Begun { token, things }).collect();
    begun.sort_by_key(|one| std::cmp::Reverse(one.things));
    Ok(begun)
}

impl Run {
    /// A deployment that was begun elsewhere with the order's token. Nothing of it is known before it is [taken
    /// over](Self::take_over).
    ///
    /// # Errors
    /// [`Untaken`] where the design cannot be made step by step.
    pub fn elsewhere(order: Order<'_>) -> Result<Self, Untaken> {
        let mut plan = Plan::of(order)?;
        plan.head.elsewhere = true;
        Ok(Self::with(plan, &[]))
    }

    /// Finds out what of it is there and writes that into this journal: from then on it goes on here, or is taken back.
    pub async fn take_over(&self, around: &Around<'_>) {
        let Some(_turn) = self.turn() else { return };
        if let Err(trouble) = self.take_up(around).await {
            // Where nothing was written yet, it is still one that this journal does not know.
            if self.inner.borrow().pasts.next == 0 && trouble.kind != TroubleKind::Elsewhere {
                self.keep(&trouble);
            } else {
                self.stop(around, &trouble);
            }
        }
        self.end(around).await;
    }

    async fn take_up(&self, around: &Around<'_>) -> Result<(), Trouble> {
        self.claim(around).await?;
        self.survey(around).await
    }

    /// Finds out once what of a deployment that was begun elsewhere is there. Nothing is made before that is known: it would be
    /// made twice.
    pub(super) async fn survey(&self, around: &Around<'_>) -> Result<(), Trouble> {
        let (next, known) = {
            let pasts = &self.inner.borrow().pasts;
            (pasts.next, pasts.surveyed || pasts.removing)
        };
        if !self.plan.head.elsewhere || known {
            return Ok(());
        }
        let tagged = self.tagged(around).await?;
        self.set_phase(around, Phase::Running);
        if next == 0 {
            self.note(around, What::Began, None, String::new(), self.plan.head.given()).await?;
        }
        self.recover(around, &tagged, Unknown::Left).await?;
        self.note(around, What::Surveyed, None, String::new(), Map::new()).await?;
        self.show_pasts(around);
        Ok(())
    }
}
