//! What is tried again, how often, and after how long.
//!
//! This is the standard mode of AWS's SDKs (<https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html>) with one
//! rule more: where a call may have been carried out although its answer was lost, it is repeated only if that does no harm.
//! Otherwise the one who asked has to look.

use serde_json::Value as Json;
use trazo_calls::Call;

use super::clock::http_date;
use crate::{Answer, CallError, Unsent};

/// How often a call is tried in all.
pub const ATTEMPTS: u32 = 3;
/// How often it is tried where AWS says that there were too many: such a call was not carried out.
pub const ATTEMPTS_WHEN_THROTTLED: u32 = 8;
/// A call ends within this time, whatever comes; in milliseconds.
pub const PATIENCE: u32 = 90_000;
/// What the first wait is drawn up to, and each following twice that; in milliseconds.
const BASE: u64 = 1000;
/// No wait is longer, unless AWS asks for it; in milliseconds.
const LONGEST: u64 = 20_000;

/// Whether a repeated call does no harm, although it may have been carried out before: it only reads, it carries a token by which
/// AWS knows it again, or it says how a thing shall be and not that there shall be one more.
pub fn is_safe_to_repeat(call: &Call) -> bool {
    is_read(call) || has_token(call) || sets_a_state(call)
}

/// Whether a call changes nothing.
pub fn is_read(call: &Call) -> bool {
    let reads = ["Describe", "Filter", "Get", "List", "Simulate", "Validate"];
    reads.iter().any(|verb| call.operation.starts_with(verb))
}

fn has_token(call: &Call) -> bool {
    let tokens = ["clientToken", "ClientToken", "ClientRequestToken", "CreatorRequestId"];
    tokens.iter().any(|name| call.input.get(*name).and_then(Json::as_str).is_some_and(|token| !token.is_empty()))
}

fn sets_a_state(call: &Call) -> bool {
    let operation = call.operation;
    match operation {
        // These make something, whatever they are called, and refuse the second time.
        "PutMethod" | "PutMethodResponse" => false,
        // Each time, tasks are started anew.
        "UpdateService" => call.input.get("forceNewDeployment") != Some(&Json::Bool(true)),
        "AddTags"
        | "AttachRolePolicy"
        | "CreateOrUpdateTags"
        | "CreateTags"
        | "RegisterScalableTarget"
        | "RegisterTargets"
        | "RemoveTags" => true,
        // A list of changes, of which some cannot be made twice.
        _ if call.input.contains_key("patchOperations") => false,
        "UpdateStack" => false,
        _ => {
            let verbs = ["Delete", "Deregister", "Detach", "Modify", "Put", "Release", "Set", "Tag", "Untag", "Update"];
            verbs.iter().any(|verb| operation.starts_with(verb))
        }
    }
}

/// What is known of a call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// It was not carried out, and may be the next time.
    Refused,
    /// Nobody knows whether it was carried out.
    Open,
    /// No answer reached the page; most likely none will.
    Blocked,
    /// It is as it is.
    Final,
}

fn failure(error: &CallError) -> Failure {
    match error {
        CallError::Refused(refusal) => match refusal.status {
            503 => Failure::Refused,
            _ if refusal.is_throttle() => Failure::Refused,
            500 | 502 | 504 => Failure::Open,
            _ if refusal.code.starts_with("RequestTimeout") => Failure::Open,
            _ => Failure::Final,
        },
        CallError::Unsent(Unsent::Blocked) => Failure::Blocked,
        CallError::Unsent(Unsent::TimedOut) | CallError::Unreadable => Failure::Open,
        _ => Failure::Final,
    }
}

/// One call's tries.
#[derive(Debug)]
pub(super) struct Tries {
    made: u32,
    began: u64,
}

impl Tries {
    /// The first is about to be made.
    pub(super) fn begin(now: u64) -> Self {
        Self { made: 0, began: now }
    }

    /// How much time is left for the next, in milliseconds.
    pub(super) fn left(&self, now: u64) -> u32 {
        let gone = u32::try_from(now.saturating_sub(self.began)).unwrap_or(u32::MAX);
        PATIENCE.saturating_sub(gone)
    }

    /// One more has failed: how long to wait before the next, in milliseconds; None where there is none. `asked` is what AWS
    /// wants to be waited.
    pub(super) fn next(
        &mut self,
        call: &Call,
        error: &CallError,
        asked: Option<u32>,
        now: u64,
        random: u64,
    ) -> Option<u32> {
        self.made += 1;
        let most = match failure(error) {
            Failure::Refused => ATTEMPTS_WHEN_THROTTLED,
            Failure::Open if is_safe_to_repeat(call) => ATTEMPTS,
            Failure::Blocked if is_read(call) => ATTEMPTS,
            Failure::Open | Failure::Blocked | Failure::Final => return None,
        };
        if self.made >= most {
            return None;
        }
        let longest = LONGEST.min(BASE << (self.made - 1).min(8));
        let drawn = u32::try_from(random % (longest + 1)).unwrap_or(u32::MAX);
        let wait = drawn.max(asked.unwrap_or(0));
        (wait < self.left(now)).then_some(wait)
    }
}

/// How long AWS wants to be waited, in milliseconds: `Retry-After` in seconds or as a date.
pub(super) fn asked(answer: &Answer, now: u64) -> Option<u32> {
    let text = answer.header("retry-after")?.trim();
    match text.parse::<u32>() {
        Ok(seconds) => Some(seconds.saturating_mul(1000)),
        Err(_) => http_date(text).map(|date| u32::try_from(date.saturating_sub(now)).unwrap_or(u32::MAX)),
    }
}
