//! The order of nodes: of those that logical ids could not tell apart, the one that has the shorter ids comes first, as lowering
//! gives them out.

use trazo_model::lowering::pascal_case;

use super::parts::{Part, Reading};

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

/// The nodes in the order in which the design has them.
pub(super) fn of(reading: &Reading<'_>) -> Vec<usize> {
    let mut ranks: Vec<Rank> = vec![Rank::Neutral; reading.nodes.len()];
    let bases: Vec<(String, String)> = reading.nodes.iter().map(base).collect();
    for id in reading.template.resources.keys() {
        let Some(node) = reading.owner(id) else { continue };
        let (short, long) = &bases[node];
        let Some(rest) = id.strip_prefix(long.as_str()) else {
            if id.starts_with(short.as_str()) && ranks[node] == Rank::Neutral {
                ranks[node] = Rank::Short;
            }
            continue;
        };
        if !rest.is_empty() {
            ranks[node] = Rank::Long;
        }
    }
    let mut order: Vec<usize> = (0..reading.nodes.len()).collect();
    trazo_model::sort::sort_by_key(&mut order, |node| ranks[*node]);
    order
}

/// What its logical ids begin with: the name, and the name with its kind.
fn base(part: &Part) -> (String, String) {
    let kind = pascal_case(part.kind.spec().key);
    let name = pascal_case(&part.name);
    let short = name.strip_suffix(&kind).filter(|short| !short.is_empty()).unwrap_or(&name).to_owned();
    let long = format!("{short}{kind}");
    (short, long)
}
