//! Deployments of the open design that were begun in another page, browser or machine: found by their tags, and taken over.

use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_provision::steps::{Begun, Head, Journal, Order, Phase, Run, begun};

use super::{Act, Barrier};
use crate::deploy::client::client;
use crate::deploy::job::Job;
use crate::deploy::journal::Browsers;
use crate::deploy::room::room;

impl Job {
    /// Asks the account what was begun of this design elsewhere, where nothing is begun here.
    pub(super) async fn look_elsewhere(self) {
        let Some(run) = self.run.now().filter(|run| run.phase() == Phase::Fresh) else { return };
        let Some(client) = client(&run.head().region) else { return };
        // Who may not ask for tags is offered nothing, and misses nothing else by it.
        let found = begun(&client, &self.name()).await.unwrap_or_default();
        let mut offered = Vec::new();
        for one in found {
            if is_foreign(&one).await {
                offered.push(one);
            }
        }
        let _ = self.run.begun.try_set(offered);
    }

    /// Goes on here with what was begun elsewhere: finds out what of it is there.
    pub(super) fn take_over(self, begun: &Begun) {
        if self.run.busy.get_untracked() {
            return;
        }
        let Some(caller) = untrack(|| room().session.caller()) else { return };
        let begun = begun.clone();
        self.run.busy.set(true);
        spawn_local(async move {
            let found = self.run_of(&begun, &caller.account).await;
            if self.run.busy.try_set(false).is_some() || !self.studio.is_open() {
                return;
            }
            self.run.begun.set(Vec::new());
            self.take_run(found);
            self.act(Act::TakeOver);
        });
    }

    async fn run_of(self, begun: &Begun, account: &str) -> Result<Run, Barrier> {
        let records = Browsers.read(&begun.token).await.map_err(|_| Barrier::Journal)?;
        if !records.is_empty() {
            // It was being taken over when the tab was closed.
            return Run::resume(&records).map_err(Barrier::Untaken);
        }
        let parameters: Vec<(String, String)> = self.given.get_untracked().into_iter().collect();
        let run = self.studio.design(|design| {
            Run::elsewhere(Order {
                design,
                stack: &begun.stack(design.name()),
                token: &begun.token,
                account,
                region: design.region(),
                parameters: &parameters,
            })
        });
        run.map_err(Barrier::Untaken)
    }

    /// After taking over: it is the design's latest deployment from now on, or, where nothing could be found out, nothing has
    /// begun here.
    pub(super) async fn taken_over(self, run: &Run, account: &str) {
        let job = self.run;
        if run.phase() != Phase::Fresh {
            let (seen, token) = (job.seen.try_get_value().flatten(), &run.head().token);
            // Where another tab has begun something meanwhile, that stays the latest; this one is offered again.
            let noted = Browsers.set_latest(&self.id(), seen.as_deref(), token).await;
            if noted.is_ok_and(|noted| noted) {
                let _ = job.seen.try_set_value(Some(token.clone()));
            }
            return;
        }
        let trouble = run.trouble();
        if self.studio.is_open() {
            self.take_run(self.fresh_run(account, &self.new_token()));
            job.refused.set(trouble.map(std::sync::Arc::new));
            self.look_elsewhere().await;
        }
    }
}

/// Whether this browser's own journal does not tell more of it than the tags do.
async fn is_foreign(begun: &Begun) -> bool {
    let Ok(records) = Browsers.read(&begun.token).await else { return false };
    match Head::read(&records) {
        // Tags are told of for a while after what they were on is gone.
        Ok(head) => head.elsewhere && Run::resume(&records).is_ok_and(|run| run.phase() != Phase::Removed),
        Err(_) => records.is_empty(),
    }
}
