//! A design, its account, its journal: what a test plays with.

use std::cell::RefCell;

use trazo_model::{Design, manifest};
use trazo_provision::steps::{Around, Change, Journal, Memory, Order, Phase, Record, Run};

use crate::cloud::{ACCOUNT, Cloud, REGION};
use crate::world::{Clock, drive};

pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// The templates and their designs.
pub(crate) fn templates() -> Vec<(String, Design)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../formats/templates");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let design = manifest::from_json(serde_json::from_str(&text).unwrap()).unwrap();
        found.push((file.file_stem().unwrap().to_str().unwrap().to_owned(), design));
    }
    found
}

/// Values for all parameters of a design's stack.
pub(crate) fn parameters(design: &Design) -> Vec<(String, String)> {
    let stack = trazo_model::lowering::lower(design);
    let without = stack.parameters.iter().filter(|(_, parameter)| parameter.default.is_none());
    without
        .map(|(name, parameter)| {
            let value = if parameter.type_name.starts_with("List<") { "subnet-1,subnet-2" } else { "given-1" };
            (name.clone(), value.to_owned())
        })
        .collect()
}

pub(crate) struct Rig {
    pub(crate) design: Design,
    pub(crate) cloud: Cloud,
    pub(crate) journal: Memory,
    pub(crate) clock: Clock,
    pub(crate) told: RefCell<Vec<Change>>,
}

impl Rig {
    pub(crate) fn new(design: &Design) -> Self {
        let run = order(design);
        let stack = trazo_model::lowering::lower(design);
        let stays = stack
            .resources
            .iter()
            .filter(|(_, resource)| resource.deletion_policy == Some(trazo_stack::DeletionPolicy::Retain));
        let stays = stays.map(|(id, _)| id.clone()).collect();
        let cloud = Cloud::new(run.steps(), &run.bindings(), stays);
        Self::with(design.clone(), cloud)
    }

    /// The same with nothing made yet.
    pub(crate) fn fresh(&self) -> Self {
        Self::with(self.design.clone(), self.cloud.fresh())
    }

    fn with(design: Design, cloud: Cloud) -> Self {
        let clock = Clock::default();
        clock.now.set(1_700_000_000_000);
        Self { design, cloud, journal: Memory::default(), clock, told: RefCell::default() }
    }

    /// A deployment of the design that has not begun.
    pub(crate) fn run(&self) -> Run {
        order(&self.design)
    }

    /// The same as one that was begun elsewhere.
    pub(crate) fn elsewhere(&self) -> Run {
        Run::elsewhere(order_of(&self.design, &parameters(&self.design))).unwrap()
    }

    /// The deployment as the journal tells it.
    pub(crate) fn resumed(&self) -> Run {
        Run::resume(&self.records()).unwrap()
    }

    /// The deployment as it is after a tab was closed: from its journal, or anew where nothing was begun.
    pub(crate) fn again(&self) -> Run {
        self.cloud.closed.set(false);
        if self.records().is_empty() { self.run() } else { self.resumed() }
    }

    pub(crate) fn records(&self) -> Vec<Record> {
        drive(self.journal.read(TOKEN), &std::cell::Cell::new(false)).unwrap().unwrap()
    }

    /// Makes all; whether the tab stayed open.
    pub(crate) fn make(&self, run: &Run, tab: &str) -> bool {
        let told = |change| self.told.borrow_mut().push(change);
        let around = self.around(tab, &told);
        drive(run.run_all(&around), &self.cloud.closed).is_some()
    }

    /// Takes back; whether the tab stayed open.
    pub(crate) fn take_back(&self, run: &Run, tab: &str) -> bool {
        let told = |change| self.told.borrow_mut().push(change);
        let around = self.around(tab, &told);
        drive(run.take_back(&around), &self.cloud.closed).is_some()
    }

    pub(crate) fn around<'a>(&'a self, tab: &'a str, told: &'a dyn Fn(Change)) -> Around<'a> {
        Around { caller: &self.cloud, world: &self.clock, journal: &self.journal, tab, account: ACCOUNT, told }
    }

    /// Ends what goes wrong.
    pub(crate) fn mend(&self) {
        *self.cloud.fault.borrow_mut() = None;
        self.cloud.closed.set(false);
        // So long that the lease of a closed tab is stale.
        self.clock.now.set(self.clock.now.get() + 200_000);
    }

    /// Makes a whole deployment without trouble.
    pub(crate) fn whole(&self) -> Run {
        let run = self.run();
        assert!(self.make(&run, "a"));
        assert_eq!(run.phase(), Phase::Complete, "{:?}", run.trouble());
        run
    }
}

fn order(design: &Design) -> Run {
    Run::new(order_of(design, &parameters(design))).unwrap()
}

fn order_of<'a>(design: &'a Design, parameters: &'a [(String, String)]) -> Order<'a> {
    Order { design, stack: "tienda", token: TOKEN, account: ACCOUNT, region: REGION, parameters }
}
