//! What happened in a stack, read page by page, only what is new.

use serde_json::Value as Json;
use trazo_calls::{Call, Service};

use super::{Formation, Problem, read, seen, status};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// When, as AWS writes it.
    pub at: String,
    /// The resource, by its logical id.
    pub logical: String,
    /// What it is called in the account; empty where it has no name yet.
    pub physical: String,
    /// Its type.
    pub type_name: String,
    /// What became of it (`CREATE_FAILED`).
    pub status: String,
    /// AWS's reason; often empty.
    pub reason: String,
    /// Whether it is about the stack itself.
    pub whole: bool,
    /// Whether an operation begins with it. One that goes on is told again with the same status and a detail
    /// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-resource-configuration-complete.html>).
    pub begins: bool,
}

impl Event {
    fn read(json: &Json) -> Self {
        let physical = read::owned(json, "PhysicalResourceId");
        let whole = !physical.is_empty() && physical == read::text(json, "StackId");
        let status = read::owned(json, "ResourceStatus");
        Self {
            id: read::owned(json, "EventId"),
            at: read::owned(json, "Timestamp"),
            logical: read::owned(json, "LogicalResourceId"),
            type_name: read::owned(json, "ResourceType"),
            reason: read::owned(json, "ResourceStatusReason"),
            begins: whole && status::begins(&status) && read::text(json, "DetailedStatus").is_empty(),
            whole,
            status,
            physical,
        }
    }
}

/// The call that gives events, newest first.
pub(super) fn events_call(stack: &str) -> Call {
    Call::new(Service::CloudFormation, "DescribeStackEvents").with("StackName", stack)
}

/// Up to where events are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The newest event that was read.
    pub(super) last: Option<String>,
    /// The newest event before the operation that is watched; `None` where that is not known, and the latest is meant.
    pub(super) since: Option<String>,
}

impl Formation<'_> {
    /// The newest event of a stack, to tell later what came after it.
    pub(super) async fn newest(&self, stack: &str) -> Result<Option<String>, Problem> {
        match self.ask(&events_call(stack)).await {
            Ok(answer) => Ok(read::list(&answer, "StackEvents").first().map(|it| read::owned(it, "EventId"))),
            Err(problem) if seen::is_missing(&problem) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// All that ever happened in a stack, newest first; nothing where it is no longer known.
    pub(super) async fn history(&self, stack: &str) -> Result<Vec<Event>, Problem> {
        let mut all = Vec::new();
        let mut call = events_call(stack);
        loop {
            let answer = match self.insist(&call).await {
                Err(problem) if seen::is_missing(&problem) => return Ok(all),
                other => other?,
            };
            all.extend(read::list(&answer, "StackEvents").iter().map(Event::read));
            let next = read::owned(&answer, "NextToken");
            if next.is_empty() {
                return Ok(all);
            }
            call = events_call(stack).with("NextToken", next);
        }
    }

    /// What happened since the last time, oldest first. `known` moves on only when all of it was read, so that a page that does
    /// not come leaves no gap.
    pub(super) async fn news(&self, stack: &str, known: &mut Known) -> Result<Vec<Event>, Problem> {
        let mut events: Vec<Event> = Vec::new();
        let mut call = events_call(stack);
        'pages: loop {
            let answer = self.insist(&call).await?;
            for event in read::list(&answer, "StackEvents").iter().map(Event::read) {
                if known.last.as_ref().or(known.since.as_ref()) == Some(&event.id) {
                    break 'pages;
                }
                let first = known.last.is_none() && known.since.is_none() && event.begins;
                // While pages are turned new events push old ones onto the next page.
                if !events.iter().any(|it| it.id == event.id) {
                    events.push(event);
                }
                if first {
                    break 'pages;
                }
            }
            let next = read::owned(&answer, "NextToken");
            if next.is_empty() {
                break;
            }
            call = events_call(stack).with("NextToken", next);
        }
        if let Some(newest) = events.first() {
            known.last = Some(newest.id.clone());
        }
        events.reverse();
        Ok(events)
    }
}
