//! Time in words: how long credentials still last.

use crate::words::t_with;

const MINUTE: u64 = 60_000;

/// When a person is warned the first time, and the second time.
pub(super) const SOON: u64 = 15 * MINUTE;
/// See [`SOON`].
pub(super) const VERY_SOON: u64 = 5 * MINUTE;

/// A span of time: hours and minutes, minutes, or below one minute seconds.
pub(super) fn span(millis: u64) -> String {
    let (minutes, seconds) = (millis / MINUTE, millis % MINUTE / 1000);
    let (hours, rest) = (minutes / 60, minutes % 60);
    let (n, m) = (hours.to_string(), rest.to_string());
    match (hours, minutes) {
        (0, 0) => t_with("ui.deploy.span.seconds", &[("s", &seconds.to_string())]),
        (0, _) => t_with("ui.deploy.span.minutes", &[("m", &m)]),
        _ => t_with("ui.deploy.span.hours", &[("h", &n), ("m", &m)]),
    }
}
