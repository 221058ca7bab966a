//! What the account holds to choose from where the stack asks for a VPC and its subnets.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_provision::CallError;
use trazo_provision::formation::Stand;
use trazo_provision::network::{Networks, networks};

use super::client::client;
use super::formation::Known;
use super::job::{Engine, Job};
use super::room::room;

/// What there is to choose from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Offers {
    /// Nobody has asked.
    #[default]
    Unknown,
    /// AWS is being asked.
    Asking,
    Here(Arc<Networks>),
    /// AWS did not say: the values are written by hand.
    Failed(Arc<CallError>),
}

impl Offers {
    /// The networks, where they are known.
    pub(super) fn here(&self) -> Option<&Arc<Networks>> {
        match self {
            Self::Here(networks) => Some(networks),
            _ => None,
        }
    }
}

/// As soon as it is known who asks, AWS is asked what there is, where the design needs to know it; and what is usual is chosen.
pub(super) fn offer(job: Job) {
    let wanted = Memo::new(move |_| {
        let caller = room().session.caller()?;
        let asks = job.studio.stack.with(|stack| !stack.parameters.is_empty());
        asks.then(|| (caller.account, job.region()))
    });
    Effect::new(move || {
        if wanted.with(Option::is_some) {
            job.ask_offers();
        }
    });
    Effect::new(move || {
        job.offers.track();
        job.formation.known.track();
        job.engine.track();
        job.suggest();
    });
}

impl Job {
    /// Asks AWS which networks there are. What was chosen for somebody before, in another account or region, goes.
    fn ask_offers(self) {
        let region = untrack(|| self.region());
        let Some(client) = client(&region) else { return };
        if self.suggested.get_value() {
            self.given.set(BTreeMap::new());
        }
        self.offers.set(Offers::Asking);
        spawn_local(async move {
            let found = networks(&client).await;
            if self.offers.try_get_untracked().is_none() || untrack(|| self.region()) != region {
                return;
            }
            self.offers
                .set(found.map_or_else(|error| Offers::Failed(Arc::new(error)), |all| Offers::Here(Arc::new(all))));
        });
    }

    /// Chooses what is usual where the person has chosen nothing: what the stack has already, or else the default network.
    fn suggest(self) {
        let stack = self.stack();
        let of_type =
            |wanted: &str| stack.parameters.iter().find(|(_, it)| it.type_name == wanted).map(|(name, _)| name.clone());
        let names = (of_type("AWS::EC2::VPC::Id"), of_type("List<AWS::EC2::Subnet::Id>"));
        let (Some(vpc), Some(subnets)) = names else { return };
        let mut given = self.given.get_untracked();
        if !self.suggested.get_value() && (given.contains_key(&vpc) || given.contains_key(&subnets)) {
            return;
        }
        let Some(values) = self.usual(&vpc, &subnets) else { return };
        let [its, inside] = values;
        given.insert(vpc, its);
        given.insert(subnets, inside);
        self.suggested.set_value(true);
        if self.given.with_untracked(|now| *now != given) {
            self.given.set(given);
        }
    }

    /// A VPC, and subnets of it.
    fn usual(self, vpc: &str, subnets: &str) -> Option<[String; 2]> {
        let known = self.formation.known.get_untracked();
        let had = |name: &str| {
            let seen = known.stack().filter(|seen| seen.stand() != Stand::Review)?;
            seen.parameters.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone())
        };
        if let (Some(vpc), Some(subnets)) = (had(vpc), had(subnets)) {
            return Some([vpc, subnets]);
        }
        // What a stack has that nobody has found yet must not be chosen anew.
        if known == Known::Nothing && self.engine.get_untracked() == Engine::CloudFormation {
            return None;
        }
        self.offers.with_untracked(|offers| {
            let all = offers.here()?;
            let vpc = all.usual()?;
            let inside: Vec<&str> = all.usual_subnets(&vpc.id).iter().map(|one| one.id.as_str()).collect();
            (!inside.is_empty()).then(|| [vpc.id.clone(), inside.join(",")])
        })
    }

    /// Takes what the person gives for a parameter; an empty value is none.
    pub(super) fn give(self, name: &str, value: &str) {
        self.suggested.set_value(false);
        let value = value.trim();
        self.given.update(|given| {
            match value {
                "" => given.remove(name),
                _ => given.insert(name.to_owned(), value.to_owned()),
            };
        });
    }

    /// Chooses subnets of another VPC.
    pub(super) fn choose_subnets_of(self, vpc: &str) {
        let stack = self.stack();
        let mut subnets = stack.parameters.iter().filter(|(_, it)| it.type_name == "List<AWS::EC2::Subnet::Id>");
        let Some((name, _)) = subnets.next() else { return };
        let inside = self.offers.with_untracked(|offers| {
            let all = offers.here()?;
            let ids: Vec<&str> = all.usual_subnets(vpc).iter().map(|one| one.id.as_str()).collect();
            Some(ids.join(","))
        });
        self.give(name, &inside.unwrap_or_default());
    }

    /// What was given for a parameter. Tracked.
    pub(super) fn value(self, name: &str) -> String {
        self.given.with(|given| given.get(name).cloned().unwrap_or_default())
    }
}
