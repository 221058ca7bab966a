//! Names as Terraform writes them.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use trazo_stack::Stack;

/// `CidrBlock` and `VPCZoneIdentifier` as `cidr_block` and `vpc_zone_identifier`.
pub(super) fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let behind = letters.get(at + 1);
        if letter.is_ascii_uppercase() {
            let begins = before.is_some_and(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
            let ends_a_row =
                before.is_some_and(char::is_ascii_uppercase) && behind.is_some_and(char::is_ascii_lowercase);
            if begins || ends_a_row {
                out.push('_');
            }
            out.push(letter.to_ascii_lowercase());
        } else if letter.is_ascii_alphanumeric() {
            out.push(*letter);
        } else if !out.ends_with('_') && !out.is_empty() {
            out.push('_');
        }
    }
    let out = out.trim_end_matches('_').to_owned();
    if out.starts_with(|it: char| it.is_ascii_digit()) { format!("_{out}") } else { out }
}

/// `PortMappings` as `portMappings`: the names of the API where CloudFormation begins with a capital.
pub(super) fn camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

/// The name of each logical id.
pub(super) type Names = IndexMap<String, String>;

/// The same id has the same name for ever, so that nothing is made anew because something else
/// came or went.
pub(super) fn of(stack: &Stack) -> Names {
    let mut taken = BTreeSet::new();
    let mut names = IndexMap::new();
    for id in stack.resources.keys() {
        let mut name = snake(id);
        // Ids that differ in capitals alone.
        if !taken.insert(name.clone()) {
            name = id.clone();
            taken.insert(name.clone());
        }
        names.insert(id.clone(), name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted() {
        let all = ["CidrBlock", "VPCZoneIdentifier", "DNSName", "TiendaApi", "Az1Subnet", "a-b", "1x"].map(snake);
        assert_eq!(all, ["cidr_block", "vpc_zone_identifier", "dns_name", "tienda_api", "az1_subnet", "a_b", "_1x"]);
    }
}
