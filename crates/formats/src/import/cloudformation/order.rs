//! The order of nodes: those of a kind as the template has them, and of those that logical ids could not tell apart the one that
//! has the shorter ids first, as lowering gives them out.

use std::collections::BTreeMap;

use trazo_model::Kind;
use trazo_model::lowering::base_of;

use super::parts::Reading;

/// What the logical ids of a node's resources say of its place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// They begin with its name alone.
    Short,
    /// They say nothing.
    Neutral,
    /// They begin with its name and its kind.
    Long,
}

/// So many nodes of one name and shorter ids are put before one with longer ids: there is hardly more than one.
const MOST_SHORTER: usize = 16;

/// The nodes in the order in which the design has them.
pub(super) fn of(reading: &Reading<'_>) -> Vec<usize> {
    let bases: Vec<(String, String)> = reading.nodes.iter().map(|part| base_of(part.kind, &part.name)).collect();
    let ranks = ranks(reading, &bases);
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); reading.nodes.len()];
    let mut last_of_kind: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut of_base: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut all: Vec<usize> = (0..reading.nodes.len()).collect();
    let place = |at: &usize| reading.template.resources.get_index_of(reading.nodes[*at].key.as_str());
    // What no resource stands for comes first.
    trazo_model::sort::sort_by_key(&mut all, place);
    for at in all {
        let part = &reading.nodes[at];
        before[at].extend(last_of_kind.insert(part.kind, at));
        of_base.entry(&bases[at].0).or_default().push(at);
    }
    for mut all in of_base.into_values() {
        trazo_model::sort::sort_by_key(&mut all, |at| ranks[*at]);
        for (count, at) in all.iter().enumerate() {
            // Of those with shorter ids the last ones are enough: they stand behind the others.
            let shorter = all[..count].iter().rev().filter(|other| ranks[**other] < ranks[*at]);
            before[*at].extend(shorter.take(MOST_SHORTER));
        }
    }
    in_order(&before)
}

/// All numbers so that those that stand before another come first, and else as they are; a circle is cut where it begins.
fn in_order(before: &[Vec<usize>]) -> Vec<usize> {
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); before.len()];
    let mut left: Vec<usize> = before.iter().map(Vec::len).collect();
    for (at, all) in before.iter().enumerate() {
        all.iter().for_each(|first| after[*first].push(at));
    }
    let mut free: std::collections::BTreeSet<usize> = (0..before.len()).filter(|at| left[*at] == 0).collect();
    let mut waiting: std::collections::BTreeSet<usize> = (0..before.len()).filter(|at| left[*at] > 0).collect();
    let mut out = Vec::with_capacity(before.len());
    while let Some(at) = free.pop_first().or_else(|| waiting.pop_first()) {
        out.push(at);
        for next in &after[at] {
            left[*next] = left[*next].saturating_sub(1);
            if left[*next] == 0 && waiting.remove(next) {
                free.insert(*next);
            }
        }
    }
    out
}

fn ranks(reading: &Reading<'_>, bases: &[(String, String)]) -> Vec<Rank> {
    let mut ranks: Vec<Rank> = vec![Rank::Neutral; reading.nodes.len()];
    for id in reading.template.resources.keys() {
        let Some(node) = reading.owner(id) else { continue };
        let (short, long) = &bases[node];
        match id.strip_prefix(long.as_str()) {
            Some("") => {}
            Some(_) => ranks[node] = Rank::Long,
            None if id.starts_with(short.as_str()) && ranks[node] == Rank::Neutral => ranks[node] = Rank::Short,
            None => {}
        }
    }
    ranks
}
