//! How the parts of an access key look.

/// The prefixes of ids that are those of access keys: long-term, temporary
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>).
const KEYS: [&str; 2] = ["AKIA", "ASIA"];

/// Prefixes of the ids of users, roles, groups, policies and other things of IAM, which people paste for a key's id. From the same page.
const OTHERS: [&str; 10] = ["ABIA", "ACCA", "AGPA", "AIDA", "AIPA", "ANPA", "ANVA", "APKA", "AROA", "ASCA"];

/// What every secret key has, in characters.
pub(super) const SECRET: usize = 40;

/// How long a line of base64 is at least that can be nothing but the next part of a token, in characters.
const PART: usize = 20;

/// Whether a word is the id of an access key: one of two prefixes, then capitals and digits, 20 characters in all.
pub(super) fn is_key_id(word: &str) -> bool {
    word.len() == 20 && capitals(word) && KEYS.iter().any(|prefix| word.starts_with(prefix))
}

/// Whether a word is an id of IAM, but of something else than a key.
pub(super) fn is_other_id(word: &str) -> bool {
    word.len() >= 16 && capitals(word) && OTHERS.iter().any(|prefix| word.starts_with(prefix))
}

fn capitals(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Whether a word holds nothing that base64 does not hold.
pub(super) fn is_base64(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

/// Whether a word can be a secret key.
pub(super) fn is_secret(word: &str) -> bool {
    word.len() == SECRET && is_base64(word)
}

/// Whether a word that stands alone is a secret key: one that is all in hexadecimal digits is rather the name of a commit.
pub(super) fn is_bare_secret(word: &str) -> bool {
    is_secret(word) && !word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

/// Whether a word that stands alone is a session token; real ones have several hundred characters.
pub(super) fn is_bare_token(word: &str) -> bool {
    word.len() > 100 && is_base64(word)
}

/// Whether a line goes on with a token that was broken into lines.
pub(super) fn is_part_of_token(line: &str) -> bool {
    let marked = line.bytes().any(|byte| matches!(byte, b'+' | b'/' | b'='));
    is_base64(line) && (line.len() >= PART || marked) && !is_key_id(line)
}

/// Whether a word is the name of a region (`us-east-1`, `us-gov-west-1`).
pub(super) fn is_region(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let [first, middle @ .., last] = parts.as_slice() else { return false };
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase());
    first.len() == 2
        && letters(first)
        && !middle.is_empty()
        && middle.iter().all(|part| part.len() >= 2 && letters(part))
        && matches!(last.as_bytes(), [b'1'..=b'9'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_apart() {
        assert!(is_key_id("ASIAQWERTYUIOPASDFGH"));
        assert!(is_key_id("AKIAQWERTYUIOPASDFGH"));
        assert!(!is_key_id("ASIAQWERTYUIOPASDFG"), "one too few");
        assert!(!is_key_id("asiaqwertyuiopasdfgh"));
        assert!(is_other_id("AROAQWERTYUIOPASDFGHJ"));
        assert!(!is_other_id("ASIAQWERTYUIOPASDFGH"));
    }

    #[test]
    fn regions_are_told_from_words() {
        for region in ["us-east-1", "eu-south-2", "us-gov-west-1", "ap-northeast-3"] {
            assert!(is_region(region), "{region}");
        }
        for word in ["", "us", "us-1", "us--1", "west", "us-east-1a", "json", "my-project-12"] {
            assert!(!is_region(word), "{word}");
        }
    }

    #[test]
    fn the_name_of_a_commit_is_no_secret() {
        assert!(is_bare_secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
        assert!(!is_bare_secret("9235c74a81cbe3b3e4bd8ebf94663bcb8e3aabbc"));
    }
}
