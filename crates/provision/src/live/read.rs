//! Reading answers: what is missing or of another type is empty, never a fault, since it is only shown.

use serde_json::Value as Json;

/// Text of a member; empty where there is none.
pub(super) fn text(value: &Json, member: &str) -> String {
    value[member].as_str().unwrap_or_default().to_owned()
}

/// A whole number of a member, which in answers in XML is text.
pub(super) fn number(value: &Json, member: &str) -> Option<i64> {
    let value = &value[member];
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// A count; what is missing is none.
pub(super) fn count(value: &Json, member: &str) -> u32 {
    number(value, member).and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

/// The items of a list; of a missing one none.
pub(super) fn items<'a>(value: &'a Json, member: &str) -> &'a [Json] {
    value[member].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Milliseconds since 1970 of a member that tells seconds, as services with JSON 1.1 write instants.
pub(super) fn instant(value: &Json, member: &str) -> Option<u64> {
    let seconds = value[member].as_f64().filter(|seconds| *seconds >= 0.0)?;
    // Beyond what a number holds it saturates.
    Some((seconds * 1000.0).round() as u64)
}

/// The last part of an ARN or a path: the name of a service, the id of a task.
pub(super) fn tail(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}
