//! When something was, in words that people use.

use crate::words::{t, t_count};

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// How long ago a time was; both in milliseconds since 1970.
pub(super) fn ago(time: f64, now: f64) -> String {
    let past = (now - time).max(0.0);
    let count = |unit: f64| (past / unit) as usize;
    if past < MINUTE {
        t("ui.time.now")
    } else if past < HOUR {
        t_count("ui.time.minutes", count(MINUTE))
    } else if past < DAY {
        t_count("ui.time.hours", count(HOUR))
    } else {
        t_count("ui.time.days", count(DAY))
    }
}
