//! Checking again only what an edit touches.
//!
//! Each element has two parts that are checked apart: its fields after their table, and what its kind asks for. While a part
//! is checked, the design notes what it is asked; an edit notes the same questions where their answers change. So what has
//! to be checked again is what has asked one of these questions, and no check has to say what it depends on.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Part, elements};
use crate::Design;
use crate::design::{ByKey, Moment, Question, record};
use crate::edit::Target;
use crate::finding::{Finding, Findings, Severity};

/// A finding that is kept while nothing that it says changes.
pub type Found = Arc<Finding>;

/// Keeps the findings of a design as it changes. It may be handed any design at any time: what it cannot know of a change
/// it looks at anew.
#[derive(Debug, Default)]
pub struct Checker {
    then: Moment,
    places: Vec<Place>,
    numbers: HashMap<Target, u32>,
    free: Vec<u32>,
    /// The elements in the order of the document, as places.
    order: Vec<u32>,
    /// Who has asked a question: places and parts.
    askers: ByKey<Vec<(u32, Part)>>,
    findings: Arc<Vec<Found>>,
}

/// What is known of one element.
#[derive(Debug)]
struct Place {
    target: Target,
    known: [Known; 2],
    /// Whether it was met when the elements were last put in order.
    met: bool,
}

/// What is known of a part of an element.
#[derive(Debug, Default)]
struct Known {
    reads: Vec<u64>,
    findings: Vec<Found>,
    waits: bool,
}

impl Checker {
    /// All findings of the design as it is now, in the order of [`super::check()`]. Gives back the same list if nothing has
    /// changed in it.
    pub fn check(&mut self, design: &Design) -> Arc<Vec<Found>> {
        let mut waiting = Vec::new();
        let mut changed = false;
        match design.changed_since(self.then) {
            None => {
                let findings = std::mem::take(&mut self.findings);
                *self = Self { findings, ..Self::default() };
                changed = true;
                self.put_in_order(design, &mut waiting);
            }
            Some(changes) => {
                let census = Question::Census.number();
                if changes.contains(&census) {
                    changed = self.put_in_order(design, &mut waiting);
                }
                for number in changes {
                    for (at, part) in self.askers.get(number).into_iter().flatten() {
                        let known = &mut self.places[*at as usize].known[*part as usize];
                        if !std::mem::replace(&mut known.waits, true) {
                            waiting.push((*at, *part));
                        }
                    }
                }
            }
        }
        self.then = design.now();
        for (at, part) in waiting {
            changed |= self.check_part(design, at, part);
        }
        if changed {
            self.findings = Arc::new(self.list());
        }
        self.findings.clone()
    }

    /// The elements whose check goes through the whole design, and so is run after each edit. There should be none: the
    /// design answers narrower questions as well.
    pub fn tireless(&self) -> Vec<Target> {
        let all = [Question::Nodes, Question::Links, Question::Census].map(Question::number);
        let askers = all.iter().filter_map(|number| self.askers.get(number)).flatten();
        askers.map(|(at, _)| self.places[*at as usize].target.clone()).collect()
    }

    /// Takes in what is new and lets go of what is gone. Tells whether findings went with it or stand in another order.
    fn put_in_order(&mut self, design: &Design, waiting: &mut Vec<(u32, Part)>) -> bool {
        let old = std::mem::take(&mut self.order);
        for at in &old {
            self.places[*at as usize].met = false;
        }
        let mut again = Vec::with_capacity(old.len());
        for target in elements(design) {
            let at = match self.numbers.get(&target) {
                Some(at) => {
                    again.push(*at);
                    *at
                }
                None => self.add(target, waiting),
            };
            self.places[at as usize].met = true;
            self.order.push(at);
        }
        // What was taken out and put in again elsewhere stands in another place, with the same findings.
        let stayed = old.iter().filter(|at| self.places[**at as usize].met);
        let mut changed = !stayed.eq(&again);
        for at in old.into_iter().filter(|at| !self.places[*at as usize].met).collect::<Vec<_>>() {
            changed |= self.let_go(at);
        }
        changed
    }

    fn add(&mut self, target: Target, waiting: &mut Vec<(u32, Part)>) -> u32 {
        let known = Part::ALL.map(|_| Known { waits: true, ..Known::default() });
        let place = Place { target: target.clone(), known, met: true };
        let at = match self.free.pop() {
            Some(at) => {
                self.places[at as usize] = place;
                at
            }
            None => {
                self.places.push(place);
                u32::try_from(self.places.len() - 1).unwrap_or(u32::MAX)
            }
        };
        self.numbers.insert(target, at);
        waiting.extend(Part::ALL.map(|part| (at, part)));
        at
    }

    fn let_go(&mut self, at: u32) -> bool {
        let place = &mut self.places[at as usize];
        self.numbers.remove(&place.target);
        self.free.push(at);
        let known = std::mem::take(&mut place.known);
        for (part, known) in Part::ALL.into_iter().zip(&known) {
            self.forget(at, part, &known.reads);
        }
        known.iter().any(|known| !known.findings.is_empty())
    }

    /// Checks a part; tells whether its findings are others now.
    fn check_part(&mut self, design: &Design, at: u32, part: Part) -> bool {
        let target = &self.places[at as usize].target;
        let mut found = Findings::default();
        let reads = record(&mut || part.check(design, target, &mut found));
        let found = found.into_list();
        let known = &mut self.places[at as usize].known[part as usize];
        known.waits = false;
        let changed = !known.findings.iter().map(|finding| &**finding).eq(&found);
        if changed {
            known.findings = found.into_iter().map(Arc::new).collect();
        }
        if known.reads != reads {
            let before = std::mem::replace(&mut known.reads, reads);
            self.forget(at, part, &before);
            self.remember(at, part);
        }
        changed
    }

    fn remember(&mut self, at: u32, part: Part) {
        for number in &self.places[at as usize].known[part as usize].reads {
            let askers = self.askers.entry(*number).or_default();
            // All that one part has asked is written down at once, so it stands last if it stands there at all.
            if askers.last() != Some(&(at, part)) {
                askers.push((at, part));
            }
        }
    }

    fn forget(&mut self, at: u32, part: Part, reads: &[u64]) {
        for number in reads {
            let Some(askers) = self.askers.get_mut(number) else { continue };
            if let Some(index) = askers.iter().rposition(|asker| *asker == (at, part)) {
                askers.swap_remove(index);
            }
            if askers.is_empty() {
                self.askers.remove(number);
            }
        }
    }

    /// Errors first, then in the order of the document.
    fn list(&self) -> Vec<Found> {
        let mut all = Vec::new();
        for severity in [Severity::Error, Severity::Warning, Severity::Hint] {
            let found = self.order.iter().flat_map(|at| &self.places[*at as usize].known);
            let found = found.flat_map(|known| &known.findings);
            all.extend(found.filter(|finding| finding.severity == severity).cloned());
        }
        all
    }
}
