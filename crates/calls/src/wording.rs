//! Names of properties as the APIs write them.

use trazo_stack::{Expr, Object, Value};

/// Members with a small first letter, at every depth. Keys of maps that people fill stay as they are: those below members in
/// `free`.
pub(crate) fn camel(members: Object, free: &[&str]) -> Object {
    members
        .into_iter()
        .map(|(name, value)| {
            let value = if free.contains(&name.as_str()) { value } else { deep(value, free) };
            (small(&name), value)
        })
        .collect()
}

fn deep(value: Value, free: &[&str]) -> Value {
    let expr = match value.expr {
        Expr::Map(members) => Expr::Map(camel(members, free)),
        Expr::List(items) => Expr::List(items.into_iter().map(|item| deep(item, free)).collect()),
        other => other,
    };
    Value { expr, origin: value.origin }
}

/// A name with its first letter small, or its first letters where it begins with an abbreviation (`EFSVolumeConfiguration`,
/// `IAM`).
fn small(name: &str) -> String {
    let capitals = name.chars().take_while(char::is_ascii_uppercase).count();
    let cut = match capitals {
        0 => 0,
        1 => 1,
        all if all == name.len() => all,
        more => more - 1,
    };
    name[..cut].to_ascii_lowercase() + &name[cut..]
}

/// Calls a member otherwise, where it is there.
pub(crate) fn renamed(members: &mut Object, from: &str, to: &str) {
    if let Some(value) = members.shift_remove(from) {
        members.insert(to.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::small;

    #[test]
    fn first_letters() {
        for (name, want) in [
            ("ClusterName", "clusterName"),
            ("EFSVolumeConfiguration", "efsVolumeConfiguration"),
            ("IAM", "iam"),
            ("tags", "tags"),
            ("A", "a"),
        ] {
            assert_eq!(small(name), want);
        }
    }
}
