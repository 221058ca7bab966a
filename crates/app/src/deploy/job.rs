//! What is being deployed: the open design, by which engine, with what values. It outlives the place in which it is shown, and
//! ends with the editor of its design.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use trazo_model::{Severity, Target};
use trazo_provision::formation::Stand;
use trazo_stack::{Element, Stack};

use super::formation::{FormationJob, Known};
use super::live::LiveJob;
use super::offers::Offers;
use super::room::{apart, room};
use super::run::RunJob;
use crate::app::use_desk;
use crate::files::target_of;
use crate::studio::{Deployed, Failure, Progress, Studio};

/// What makes the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    CloudFormation,
    Steps,
}

/// The handle.
#[derive(Clone, Copy)]
pub(super) struct Job {
    pub(super) studio: Studio,
    /// The id under which the design is kept.
    pub(super) design: StoredValue<String>,
    pub(super) engine: RwSignal<Engine>,
    /// Values for the stack's parameters.
    pub(super) given: RwSignal<BTreeMap<String, String>>,
    /// Whether they were chosen for the person, not by them.
    pub(super) suggested: StoredValue<bool>,
    /// What the account holds to choose from.
    pub(super) offers: RwSignal<Offers>,
    pub(super) formation: FormationJob,
    pub(super) run: RunJob,
    pub(super) live: LiveJob,
}

thread_local! {
    static JOB: std::cell::RefCell<Option<(Owner, Job)>> = const { std::cell::RefCell::new(None) };
}

/// The job of the open design.
pub(super) fn open_job(studio: Studio) -> Job {
    let id = use_desk().design_id().unwrap_or_default();
    let known = JOB.with_borrow(|job| {
        let (_, job) = job.as_ref()?;
        (job.studio.is_open() && job.design.with_value(|design| *design == id)).then_some(*job)
    });
    known.unwrap_or_else(|| {
        let (owner, job) = apart(|| Job {
            studio,
            design: StoredValue::new(id),
            engine: RwSignal::new(Engine::CloudFormation),
            given: RwSignal::new(BTreeMap::new()),
            suggested: StoredValue::new(false),
            offers: RwSignal::new(Offers::Unknown),
            formation: FormationJob::new(),
            run: RunJob::new(),
            live: LiveJob::new(),
        });
        if let Some((before, _)) = JOB.replace(Some((owner, job))) {
            before.cleanup();
        }
        job
    })
}

/// The job around this view.
pub(super) fn use_job() -> Job {
    expect_context()
}

impl Job {
    /// The design's id.
    pub(super) fn id(&self) -> String {
        self.design.get_value()
    }

    /// The design's name.
    pub(super) fn name(&self) -> String {
        self.studio.design(|design| design.name().to_owned())
    }

    /// The region that it is for. Tracked.
    pub(super) fn region(&self) -> String {
        self.studio.revision.track();
        self.studio.design(|design| design.region().to_owned())
    }

    /// The design lowered, as it is now. Not tracked.
    pub(super) fn stack(&self) -> Arc<Stack> {
        self.studio.stack.get_untracked()
    }

    /// How many errors stand in the way. Tracked.
    pub(super) fn errors(&self) -> usize {
        self.studio.findings.with(|all| all.iter().filter(|one| one.severity == Severity::Error).count())
    }

    /// Whether there is nothing that AWS would make. Tracked.
    pub(super) fn is_empty(&self) -> bool {
        self.studio.stack.with(|stack| stack.resources.is_empty())
    }

    /// How many values a person still has to choose. Until it is known who asks, and what there is to choose from, nothing is asked
    /// of anybody: what is usual may be chosen by then. Tracked.
    pub(super) fn unchosen(&self) -> usize {
        let waits = self.offers.with(|offers| matches!(offers, Offers::Unknown | Offers::Asking));
        if room().session.caller().is_none() || waits { 0 } else { self.missing().len() }
    }

    /// Parameters that still lack a value: a stack that is there keeps those that it has. Tracked.
    pub(super) fn missing(&self) -> Vec<String> {
        let given = self.given.get();
        let known = match self.engine.get() {
            Engine::CloudFormation => self.formation.known.get(),
            Engine::Steps => Known::Nothing,
        };
        let had = |name: &str| {
            let seen = known.stack().filter(|seen| seen.stand() == Stand::Up);
            seen.is_some_and(|seen| seen.parameters.iter().any(|(key, _)| key == name))
        };
        self.studio.stack.with(|stack| {
            let lacks = |(name, parameter): &(&String, &trazo_stack::Parameter)| {
                let given = given.get(*name).is_some_and(|value| !value.trim().is_empty());
                parameter.default.is_none() && !given && !had(name)
            };
            stack.parameters.iter().filter(lacks).map(|(name, _)| name.clone()).collect()
        })
    }

    /// Shows on the canvas how far each element has come.
    pub(super) fn show(&self, states: impl Iterator<Item = (Element, Progress)>, failures: Vec<Failure>) {
        let mut deployed = Deployed { failures, ..Deployed::default() };
        for (element, progress) in states {
            let target = target_of(&element);
            if target == Target::Design {
                continue;
            }
            // Of several resources of one element the worst counts.
            let known = deployed.progress.entry(target).or_insert(progress);
            *known = (*known).max(progress);
        }
        self.studio.show_deployed(deployed);
    }
}
