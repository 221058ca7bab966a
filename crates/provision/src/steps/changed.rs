//! A design that is another one than was deployed.

use trazo_model::Design;

use super::head::{Plan, digests};
use super::{Order, Run, Untaken};

/// What parts a design from the one that was deployed, by ids of steps. The engine makes and takes away, it does not update: what
/// helps is to take back and make anew, or the other engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Steps that only the design of now has.
    pub added: Vec<String>,
    /// Steps that only the design of then has.
    pub removed: Vec<String>,
    /// Steps whose call would be another one.
    pub changed: Vec<String>,
}

impl Changed {
    /// Whether what was deployed is what is drawn.
    pub fn is_same(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

impl Run {
    /// What parts a design from the one that is deployed. Places on the canvas and notes do not count.
    ///
    /// # Errors
    /// [`Untaken::Steps`] where the design of now cannot be made step by step.
    pub fn changed(&self, design: &Design) -> Result<Changed, Untaken> {
        let head = self.head();
        let parameters: Vec<_> = head.parameters.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let now = Plan::of(Order {
            design,
            stack: &head.stack,
            token: &head.token,
            account: &head.account,
            region: &head.region,
            parameters: &parameters,
        })?;
        let (then, now) = (&head.steps, digests(&now.steps, &now.bindings));
        let mut changed = Changed::default();
        for (id, digest) in &now {
            match then.get(id) {
                None => changed.added.push(id.clone()),
                Some(old) if old != digest => changed.changed.push(id.clone()),
                Some(_) => {}
            }
        }
        changed.removed.extend(then.keys().filter(|id| !now.contains_key(*id)).cloned());
        Ok(changed)
    }
}
