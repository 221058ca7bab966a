//! Names and tokens: made from what they stand for, so that the same wish always has the same name.

/// The longest name of a stack
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack.html>).
pub const MAX_NAME: usize = 128;

/// How much of the design's own name is in the name of its stack. The names that CloudFormation gives to resources begin with
/// that of their stack, and some of these have room for little more.
const SLUG: usize = 24;

/// Whether CloudFormation takes a text as the name of a stack: a letter, then letters, digits and hyphens, at most
/// [`MAX_NAME`] in all.
pub fn is_stack_name(text: &str) -> bool {
    text.len() <= MAX_NAME
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The name of the stack of a design: `trazo`, the design's name as far as it can be written so, and six digits by which two
/// designs of one name differ.
pub fn stack_name(design: &str, name: &str) -> String {
    let slug = slug(name);
    let own = &digest(&["stack", design])[..6];
    if slug.is_empty() { format!("trazo-{own}") } else { format!("trazo-{slug}-{own}") }
}

/// Small letters, digits and single hyphens; letters of Spanish lose their marks, everything else becomes a hyphen.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'á' | 'à' | 'ä' | 'â' | 'ã' => 'a',
            'é' | 'è' | 'ë' | 'ê' => 'e',
            'í' | 'ì' | 'ï' | 'î' => 'i',
            'ó' | 'ò' | 'ö' | 'ô' | 'õ' => 'o',
            'ú' | 'ù' | 'ü' | 'û' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            other if other.is_ascii_alphanumeric() => other,
            _ => '-',
        };
        if out.len() == SLUG {
            break;
        }
        if plain != '-' || !(out.is_empty() || out.ends_with('-')) {
            out.push(plain);
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// 32 digits that stand for some texts. They name things and keep no secret, so a plain hash will do: FNV-1a, twice
/// (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>).
pub(super) fn digest(parts: &[&str]) -> String {
    let hash = |mut state: u64| {
        for part in parts {
            // A byte that no text holds stands between two parts.
            for byte in part.bytes().chain([0xff]) {
                state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
        state
    };
    format!("{:016x}{:016x}", hash(0xcbf2_9ce4_8422_2325), hash(0x6c62_272e_07bb_0142))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_stacks_are_taken_by_aws_and_tell_the_design() {
        for (name, slug) in [
            ("Tienda de José & Compañía", "tienda-de-jose-compania"),
            ("  ¡Acción!  ", "accion"),
            ("商店", ""),
            ("Un nombre que es mucho más largo de lo que cabe", "un-nombre-que-es-mucho-m"),
            ("3 capas", "3-capas"),
        ] {
            let made = stack_name("d1", name);
            assert!(is_stack_name(&made), "{made}");
            assert!(made.starts_with(&format!("trazo-{slug}")), "{made}");
            assert_eq!(made, stack_name("d1", name));
            assert_ne!(made, stack_name("d2", name), "two designs of one name");
        }
    }

    #[test]
    fn rules_for_names_are_those_of_aws() {
        for bad in ["", "1a", "-a", "a_b", "a.b", "ñ", "a b", &"a".repeat(129)] {
            assert!(!is_stack_name(bad), "{bad}");
        }
        assert!(is_stack_name(&"a".repeat(128)));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_eq!(digest(&["ab", "c"]).len(), 32);
    }
}
