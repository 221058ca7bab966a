//! Patterns of rule conditions: what AWS takes, and which patterns take all that others take.
//!
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html>

use super::forward::{Forward, QueryCondition};
use crate::resources::vpc::cidr::Block;

/// Whether a path pattern is one that AWS takes and that any path can match.
pub(super) fn is_path(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"_-.$/~\"'@:+&*?".contains(&b);
    (1..=128).contains(&text.len()) && text.bytes().all(allowed) && text.starts_with(['/', '*', '?'])
}

/// Whether a host pattern is one that AWS takes: up to 128 characters, at least one dot, letters alone after the last one.
pub(super) fn is_host(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-.*?".contains(&b);
    let ends_well =
        |last: &str| !last.is_empty() && last.bytes().all(|b| b.is_ascii_alphabetic() || b"*?".contains(&b));
    text.len() <= 128 && text.bytes().all(allowed) && text.rsplit_once('.').is_some_and(|(_, last)| ends_well(last))
}

/// Whether a method is one that AWS takes: up to 40 capitals, hyphens and underscores.
pub(super) fn is_method(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'-' || b == b'_')
}

/// Whether the statuses of a health check are well formed: `200`, `200,204`, `200-299`, within 200 to 499
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html>).
pub(super) fn is_matcher(text: &str) -> bool {
    let status = |text: &str| text.parse::<u32>().ok().filter(|status| (200..=499).contains(status));
    !text.is_empty()
        && text.split(',').all(|part| match part.trim().split_once('-') {
            None => status(part.trim()).is_some(),
            Some((from, to)) => matches!((status(from), status(to)), (Some(from), Some(to)) if from <= to),
        })
}

/// Whether the codes of a gRPC health check are well formed: `0`, `0,12`, `0-99`, within 0 to 99
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html>).
pub(super) fn is_grpc_matcher(text: &str) -> bool {
    let code = |text: &str| text.parse::<u32>().ok().filter(|code| *code <= 99);
    text.split(',').all(|part| match part.trim().split_once('-') {
        None => code(part.trim()).is_some(),
        Some((from, to)) => matches!((code(from), code(to)), (Some(from), Some(to)) if from <= to),
    })
}

/// Whether a source is a block of addresses, of IPv4 or IPv6.
pub(super) fn is_source(text: &str) -> bool {
    let Some((address, prefix)) = text.split_once('/').filter(|(address, _)| address.contains(':')) else {
        return Block::parse(text).is_some() && !text.contains(char::is_whitespace);
    };
    let prefix_fits = prefix.len() <= 3 && prefix.parse::<u32>().is_ok_and(|prefix| prefix <= 128);
    prefix_fits && address.parse::<std::net::Ipv6Addr>().is_ok()
}

/// Whether all addresses of one source lie in another.
fn source_covers(wide: &str, narrow: &str) -> bool {
    match (Block::parse(wide), Block::parse(narrow)) {
        (Some(wide), Some(narrow)) => wide.prefix <= narrow.prefix && wide.overlaps(&narrow),
        _ => wide == narrow,
    }
}

/// Whether all that `narrow` matches is matched by `wide`: a `*` of the one covers anything, a `*` of the other too.
pub(super) fn covers(wide: &[u8], narrow: &[u8]) -> bool {
    // Most pairs part at their first letters.
    let plain = wide.iter().position(|b| b"*?".contains(b)).unwrap_or(wide.len());
    if !narrow.starts_with(&wide[..plain]) {
        return false;
    }
    let (wide, narrow) = (&wide[plain..], &narrow[plain..]);
    if wide == b"*" {
        return true;
    }
    // Whether what was read of `wide` covers the first `n` bytes of `narrow`.
    let mut row = vec![false; narrow.len() + 1];
    row[0] = true;
    for w in wide {
        let mut next = vec![false; narrow.len() + 1];
        next[0] = *w == b'*' && row[0];
        for (at, n) in narrow.iter().enumerate() {
            next[at + 1] = match w {
                b'*' => row[at + 1] || next[at],
                b'?' => row[at] && *n != b'*',
                _ => row[at] && n == w,
            };
        }
        row = next;
    }
    row[narrow.len()]
}

/// Whether each of the `narrow` patterns is covered by one of the `wide` ones; no patterns match anything.
fn covers_all(wide: &[String], narrow: &[String], fold: bool) -> bool {
    let pair = |wide: &String, narrow: &String| match fold {
        true => covers(wide.to_ascii_lowercase().as_bytes(), narrow.to_ascii_lowercase().as_bytes()),
        false => covers(wide.as_bytes(), narrow.as_bytes()),
    };
    let covered = |narrow: &String| wide.iter().any(|wide| pair(wide, narrow));
    wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(covered))
}

fn covers_query(wide: &[QueryCondition], narrow: &[QueryCondition]) -> bool {
    let one = |wide: &str, narrow: &str| {
        let any = wide.is_empty() || wide == "*";
        any || covers(wide.to_ascii_lowercase().as_bytes(), narrow.to_ascii_lowercase().as_bytes())
    };
    let pair = |wide: &QueryCondition, narrow: &QueryCondition| {
        one(&wide.key, &narrow.key) && !wide.value.is_empty() && one(&wide.value, &narrow.value)
    };
    let covered = |narrow: &QueryCondition| wide.iter().any(|wide| pair(wide, narrow));
    wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(covered))
}

fn covers_sources(wide: &[String], narrow: &[String]) -> bool {
    let covered = |narrow: &String| wide.iter().any(|wide| source_covers(wide, narrow));
    wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(covered))
}

/// Whether a rule that is tried earlier takes all that a later one would take.
pub(super) fn shadows(earlier: &Forward, later: &Forward) -> bool {
    let same_header = earlier.header.name.eq_ignore_ascii_case(&later.header.name);
    earlier.has_conditions()
        && covers_all(&earlier.paths, &later.paths, false)
        && covers_all(&earlier.hosts, &later.hosts, true)
        && covers_all(&earlier.methods, &later.methods, false)
        && covers_query(&earlier.query, &later.query)
        && covers_sources(&earlier.sources, &later.sources)
        && (earlier.listener.is_none() || earlier.listener == later.listener)
        && (earlier.header.name.is_empty()
            || (same_header && covers_all(&earlier.header.values, &later.header.values, true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wider_patterns_cover_narrower_ones() {
        for (wide, narrow, expected) in [
            ("*", "/a/b", true),
            ("/*", "/a*", true),
            ("/a*", "/a/*", true),
            ("/a*", "/a", true),
            ("/a/*", "/a*", false),
            ("/a", "/a*", false),
            ("/?", "/a", true),
            ("/?", "/*", false),
            ("/*/b", "/a/b", true),
            ("/*/b", "/a/*", false),
            ("/a", "/A", false),
        ] {
            assert_eq!(covers(wide.as_bytes(), narrow.as_bytes()), expected, "{wide} covers {narrow}");
        }
    }

    #[test]
    fn patterns_that_aws_takes() {
        for (path, good) in [
            ("/catalogo*", true),
            ("*.png", true),
            ("/a?c", true),
            ("catalogo", false),
            ("/a b", false),
            ("/a,/b", false),
            ("", false),
        ] {
            assert_eq!(is_path(path), good, "{path}");
        }
        for (host, good) in [
            ("api.example.com", true),
            ("*.example.com", true),
            ("localhost", false),
            ("example.c0m", false),
            ("a_b.example.com", false),
        ] {
            assert_eq!(is_host(host), good, "{host}");
        }
        for (matcher, good) in [
            ("200", true),
            ("200,204", true),
            ("200-299", true),
            ("200-299,301", true),
            ("199", false),
            ("500", false),
            ("299-200", false),
            ("2xx", false),
            ("", false),
        ] {
            assert_eq!(is_matcher(matcher), good, "{matcher}");
        }
    }
}
