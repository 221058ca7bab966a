//! The first free number behind a word: of ids (`alb1`) and names (`load-balancer-1`) of what is new.

use crate::Kind;

/// What ids of new links begin with.
pub(super) const LINK_PREFIX: &str = "link";

/// How many kinds there are.
const KINDS: usize = Kind::ALL.len();

/// All series of a design; those of nodes by kind.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    pub(super) ids: [Series; KINDS],
    pub(super) names: [Series; KINDS],
    pub(super) links: Series,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { ids: [Series(1); KINDS], names: [Series(1); KINDS], links: Series(1) }
    }
}

/// The first number that is not taken, kept as things come and go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Series(u32);

impl Series {
    pub(super) fn first_free(self) -> u32 {
        self.0
    }

    /// Something with this number has come. Tells whether another number is the first now.
    pub(super) fn take(&mut self, number: Option<u32>, is_taken: &dyn Fn(u32) -> bool) -> bool {
        if number != Some(self.0) {
            return false;
        }
        while is_taken(self.0) {
            self.0 += 1;
        }
        true
    }

    /// What had this number is gone. Tells whether another number is the first now.
    pub(super) fn give_back(&mut self, number: Option<u32>) -> bool {
        match number.filter(|number| *number < self.0) {
            Some(number) => {
                self.0 = number;
                true
            }
            None => false,
        }
    }
}

/// The number that a text ends in, written as we write it.
pub(super) fn number(digits: &str) -> Option<u32> {
    let written = !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| written)
}

/// What names of new nodes of a kind begin with.
pub(super) fn name_base(kind_key: &str) -> String {
    kind_key.replace('_', "-")
}

/// What follows in `name` behind the base of new names of a kind and its dash.
pub(super) fn behind_base<'a>(name: &'a str, kind_key: &str) -> Option<&'a str> {
    let (base, rest) = name.split_at_checked(kind_key.len())?;
    let alike = base.bytes().zip(kind_key.bytes()).all(|(a, b)| a == if b == b'_' { b'-' } else { b });
    rest.strip_prefix('-').filter(|_| alike)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_as_we_write_them_count() {
        assert_eq!(number("12"), Some(12));
        for other in ["", "0", "01", "+1", "1a", "99999999999"] {
            assert_eq!(number(other), None, "{other}");
        }
    }

    #[test]
    fn names_of_new_nodes_are_known() {
        assert_eq!(behind_base("load-balancer-7", "load_balancer"), Some("7"));
        for other in ["load_balancer-7", "load-balancer", "load-balance", "ñandúñandúñandú"] {
            assert_eq!(behind_base(other, "load_balancer"), None, "{other}");
        }
    }
}
