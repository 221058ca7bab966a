//! For how long CloudWatch Logs keeps what it is given.

use crate::field::{Choice, Place};

/// Days for which CloudWatch Logs can keep events, and 0 for ever
/// (<https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>).
const DAYS: [i64; 23] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, 0];

/// What may be chosen: 0 has a text, the numbers are their own.
pub(crate) fn choices(_: &Place<'_>) -> Vec<Choice> {
    let choice = |days: i64| Choice { value: days.into(), label: (days > 0).then(|| days.to_string()) };
    DAYS.into_iter().map(choice).collect()
}
