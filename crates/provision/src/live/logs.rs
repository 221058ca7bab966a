//! Recent lines of a log group.

use serde_json::Value as Json;
use trazo_calls::{Call, Service};
use trazo_model::sort::sort_by_key;

use super::read::{items, number, text};
use crate::{CallError, Caller};

/// How many lines one call asks for.
const PAGE: u32 = 200;
/// How many calls a look makes at most: a page may be empty although more follow.
const PAGES: usize = 4;
/// How much of a line is kept, in characters.
const LENGTH: usize = 4000;

/// Which lines are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// The log group.
    pub group: String,
    /// What the names of the streams begin with (`ecs/web/`); empty for all streams.
    pub prefix: String,
    /// From when on, in milliseconds since 1970.
    pub since: u64,
    /// Where the last look left off.
    pub token: Option<String>,
}

/// Lines of a log group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// The lines, oldest first.
    pub lines: Vec<Line>,
    /// Where older lines than these begin, where there are any: for [`Wanted::token`].
    pub older: Option<String>,
    /// Whether there is no such group, so nothing has been written to it yet.
    pub missing: bool,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// AWS's id of it: the same in each look.
    pub id: String,
    /// When it was written, in milliseconds since 1970.
    pub at: u64,
    /// The stream: prefix, container and task, with slashes between.
    pub stream: String,
    /// What it says, without the end of the line; a very long one is cut.
    pub text: String,
}

/// Asks for the newest lines, at least those of one full page where there are so many.
///
/// # Errors
/// [`CallError`] where a call failed; a group that is not there is none.
pub async fn log_lines(caller: &dyn Caller, wanted: &Wanted) -> Result<Lines, CallError> {
    let mut found = Lines { older: wanted.token.clone(), ..Lines::default() };
    for _ in 0..PAGES {
        let answer = match caller.call(&request(wanted, found.older.as_deref())).await {
            Ok(answer) => answer,
            Err(error) if error.is("ResourceNotFoundException") => return Ok(Lines { missing: true, ..found }),
            Err(error) => return Err(error),
        };
        found.lines.extend(items(&answer, "events").iter().map(line));
        found.older = answer["nextToken"].as_str().map(str::to_owned);
        if found.older.is_none() || found.lines.len() >= PAGE as usize {
            break;
        }
    }
    sort_by_key(&mut found.lines, |line| line.at);
    Ok(found)
}

fn request(wanted: &Wanted, token: Option<&str>) -> Call {
    let mut call = Call::new(Service::Logs, "FilterLogEvents")
        .with("logGroupName", wanted.group.as_str())
        .with("startTime", wanted.since)
        .with("startFromHead", false)
        .with("limit", PAGE);
    if !wanted.prefix.is_empty() {
        call = call.with("logStreamNamePrefix", wanted.prefix.as_str());
    }
    match token {
        Some(token) => call.with("nextToken", token),
        None => call,
    }
}

fn line(found: &Json) -> Line {
    let mut message = text(found, "message");
    message.truncate(message.trim_end().len());
    if let Some((end, _)) = message.char_indices().nth(LENGTH) {
        message.truncate(end);
        message.push('…');
    }
    Line {
        id: text(found, "eventId"),
        at: number(found, "timestamp").and_then(|at| u64::try_from(at).ok()).unwrap_or_default(),
        stream: text(found, "logStreamName"),
        text: message,
    }
}
