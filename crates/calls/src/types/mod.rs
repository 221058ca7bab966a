//! Which calls make a resource of a type: one row a type.

mod ecs;
mod logs;

use crate::Step;
use crate::maker::Maker;

/// Makes the steps of a resource.
type Make = fn(&mut Maker<'_>);

/// All types, sorted by name.
const TYPES: &[(&str, Make)] = &[("AWS::ECS::Cluster", ecs::cluster), ("AWS::Logs::LogGroup", logs::log_group)];

/// The steps of a resource; none where its type has no row.
pub(crate) fn steps(mut maker: Maker<'_>) -> Option<Vec<Step>> {
    let at = TYPES.binary_search_by_key(&maker.resource.type_name, |(name, _)| name).ok()?;
    TYPES[at].1(&mut maker);
    Some(maker.done())
}

#[cfg(test)]
mod tests {
    #[test]
    fn rows_are_sorted() {
        assert!(super::TYPES.is_sorted_by_key(|(name, _)| name));
    }
}
