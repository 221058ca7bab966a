//! Making a change set and reading it.

use serde_json::Value as Json;
use trazo_calls::{Call, Service};
use trazo_stack::Stack;

use super::{Cause, Change, Formation, PATIENCE, Prepared, Problem, Seen, Stand, read, reason::explanation};

/// How many names are tried for a change set: others may hold old ones.
const ATTEMPTS: u32 = 8;

/// What would be done, ready to be executed.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeSet {
    /// Its ARN.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The ARN of the stack.
    pub stack_id: String,
    /// The name of the stack.
    pub stack_name: String,
    /// Whether the stack is new.
    pub creates: bool,
    /// What would be done, in AWS's order.
    pub changes: Vec<Change>,
}

/// A change set as it stands.
struct Described {
    id: String,
    stack_id: String,
    status: String,
    execution: String,
    reason: String,
    changes: Vec<Change>,
}

impl Formation<'_> {
    /// Has CloudFormation look the template through.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with CloudFormation's words; [`Problem::Call`].
    pub async fn validate(&self, wish: &Prepared) -> Result<(), Problem> {
        self.ask(&wish.validate_call()).await.map(|_| ()).map_err(invalid)
    }

    /// Makes the change set that leads from what is there to what is wished, or takes the one that is there already, and reads
    /// what it would do.
    ///
    /// # Errors
    /// [`Problem::Busy`], [`Problem::MustDelete`], [`Problem::MustContinue`] and [`Problem::Foreign`] where the stack stands in the
    /// way; [`Problem::NoChanges`]; [`Problem::Missing`]; [`Problem::Invalid`] and [`Problem::ChangeSetFailed`] where
    /// CloudFormation refuses; [`Problem::Slow`]; [`Problem::Call`]. No change set and no empty stack is left behind but where a
    /// call failed.
    pub async fn change_set(&self, wish: &Prepared, stack: &Stack) -> Result<ChangeSet, Problem> {
        for attempt in 0..ATTEMPTS {
            // Looked for each time: what was in the way may have been another tab's doing.
            let seen = self.find(wish).await?;
            if let Some(seen) = &seen {
                ready(seen)?;
            }
            let creates = seen.as_ref().is_none_or(|it| it.stand() == Stand::Review);
            let stack_name = seen.as_ref().map_or(wish.stack_name.as_str(), |it| it.name.as_str()).to_owned();
            let call = wish.change_set_call(seen.as_ref(), attempt)?;
            let name = read::owned(&Json::Object(call.input.clone()), "ChangeSetName");
            let fresh = match self.ask(&call).await {
                Ok(_) => true,
                Err(Problem::Call(error)) if error.is("AlreadyExistsException") => false,
                Err(problem) => match invalid(busy(problem, &stack_name)) {
                    // Another tab made it since: look again.
                    Problem::Invalid(words) if words.contains("already exists") => continue,
                    problem => return Err(problem),
                },
            };
            let Some(found) = self.settled(&stack_name, &name, stack).await? else { continue };
            let set = ChangeSet {
                id: found.id,
                name,
                stack_id: found.stack_id,
                stack_name: stack_name.clone(),
                creates,
                changes: found.changes,
            };
            match (found.status.as_str(), found.execution.as_str()) {
                ("CREATE_COMPLETE", "AVAILABLE") => return Ok(set),
                (_, "EXECUTE_IN_PROGRESS") => {
                    return Err(Problem::Busy { name: stack_name, status: "UPDATE_IN_PROGRESS".to_owned() });
                }
                ("FAILED", _) if fresh => return Err(self.failed(&set, found.reason, stack).await),
                // Left over from an earlier time.
                ("FAILED", _) => self.delete_change_set(&set).await?,
                _ => {}
            }
        }
        Err(Problem::Stale)
    }

    /// Throws a change set away, and with it a stack that only waited for it.
    ///
    /// # Errors
    /// [`Problem::Call`].
    pub async fn discard(&self, set: &ChangeSet) -> Result<(), Problem> {
        self.delete_change_set(set).await?;
        if !set.creates {
            return Ok(());
        }
        let waiting = self.look(&set.stack_id).await?.is_some_and(|it| it.stand() == Stand::Review);
        if !waiting {
            return Ok(());
        }
        // Another tab may have a change set of its own.
        let list = Call::new(Service::CloudFormation, "ListChangeSets").with("StackName", set.stack_id.as_str());
        let others = self.ask(&list).await?;
        let alive = |it: &Json| read::text(it, "ChangeSetId") != set.id && read::text(it, "Status") != "FAILED";
        if !read::list(&others, "Summaries").iter().any(alive) {
            let call = Call::new(Service::CloudFormation, "DeleteStack").with("StackName", set.stack_id.as_str());
            self.ask(&call).await?;
        }
        Ok(())
    }

    async fn delete_change_set(&self, set: &ChangeSet) -> Result<(), Problem> {
        let call = Call::new(Service::CloudFormation, "DeleteChangeSet").with("ChangeSetName", set.id.as_str());
        match self.ask(&call).await {
            Err(Problem::Call(error)) if error.is("ChangeSetNotFound") => Ok(()),
            Err(problem) if super::seen::is_missing(&problem) => Ok(()),
            other => other.map(|_| ()),
        }
    }

    /// Why a change set failed. It is thrown away.
    async fn failed(&self, set: &ChangeSet, reason: String, stack: &Stack) -> Problem {
        let unchanged = NO_CHANGES.iter().any(|words| reason.contains(words));
        let causes = if unchanged { Vec::new() } else { self.validations("ChangeSetName", &set.id, stack).await };
        // What was found matters more than whether tidying up went well.
        let _ = self.discard(set).await;
        if unchanged { Problem::NoChanges } else { Problem::ChangeSetFailed { reason, causes } }
    }

    /// What CloudFormation found wrong before it began, at each resource. It says so nowhere else
    /// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html>).
    pub(super) async fn validations(&self, of: &str, id: &str, stack: &Stack) -> Vec<Cause> {
        let call = Call::new(Service::CloudFormation, "DescribeEvents")
            .with(of, id)
            .with("Filters", serde_json::json!({ "FailedEvents": true }));
        let Ok(answer) = self.ask(&call).await else { return Vec::new() };
        let wrong = read::list(&answer, "OperationEvents").iter();
        wrong
            .filter(|it| read::text(it, "EventType") == "VALIDATION_ERROR")
            .map(|it| {
                let logical = read::owned(it, "LogicalResourceId");
                let reason = read::owned(it, "ValidationStatusReason");
                Cause {
                    type_name: read::owned(it, "ResourceType"),
                    element: stack.resources.get(&logical).map(|it| it.origin.element.clone()),
                    explained: explanation(&reason),
                    while_rolling_back: false,
                    logical,
                    reason,
                }
            })
            .collect()
    }

    /// Waits until a change set was made, and reads all of it; `None` where there is none of this name.
    async fn settled(&self, stack_name: &str, name: &str, stack: &Stack) -> Result<Option<Described>, Problem> {
        let until = self.world.now() + PATIENCE;
        let mut turn = 0;
        let mut answer = loop {
            match self.insist(&describe_call(stack_name, name)).await {
                Ok(answer) if is_pending(&answer) => {}
                Ok(answer) => break answer,
                Err(Problem::Call(error)) if error.is("ChangeSetNotFound") => return Ok(None),
                Err(problem) => return Err(problem),
            }
            if self.world.now() > until {
                return Err(Problem::Slow);
            }
            self.pause(&mut turn).await;
        };
        let mut found = Described {
            id: read::owned(&answer, "ChangeSetId"),
            stack_id: read::owned(&answer, "StackId"),
            status: read::owned(&answer, "Status"),
            execution: read::owned(&answer, "ExecutionStatus"),
            reason: read::owned(&answer, "StatusReason"),
            changes: Vec::new(),
        };
        loop {
            found.changes.extend(read::list(&answer, "Changes").iter().filter_map(|it| Change::read(it, stack)));
            let next = read::owned(&answer, "NextToken");
            if next.is_empty() {
                return Ok(Some(found));
            }
            answer = match self.insist(&describe_call(stack_name, name).with("NextToken", next)).await {
                Err(Problem::Call(error)) if error.is("ChangeSetNotFound") => return Ok(None),
                other => other?,
            };
        }
    }
}

/// The call that describes a change set.
pub(super) fn describe_call(stack_name: &str, name: &str) -> Call {
    Call::new(Service::CloudFormation, "DescribeChangeSet")
        .with("StackName", stack_name)
        .with("ChangeSetName", name)
        .with("IncludePropertyValues", true)
}

fn is_pending(answer: &Json) -> bool {
    matches!(read::text(answer, "Status"), "CREATE_PENDING" | "CREATE_IN_PROGRESS")
}

/// How CloudFormation says that there is nothing to do.
const NO_CHANGES: &[&str] = &["didn't contain changes", "No updates are to be performed"];

/// Whether a stack can take a change set.
fn ready(seen: &Seen) -> Result<(), Problem> {
    let (name, status) = (seen.name.clone(), seen.status.clone());
    match seen.stand() {
        Stand::Review | Stand::Up | Stand::Gone => Ok(()),
        Stand::Busy => Err(Problem::Busy { name, status }),
        Stand::Dead => Err(Problem::MustDelete { name, status }),
        Stand::Stuck => Err(Problem::MustContinue(name)),
    }
}

/// A refusal of the template, in CloudFormation's words.
fn invalid(problem: Problem) -> Problem {
    match &problem {
        Problem::Call(error) if error.is("ValidationError") => match error.refusal() {
            Some(refusal) => Problem::Invalid(refusal.message.clone()),
            None => problem,
        },
        _ => problem,
    }
}

/// A refusal because something goes on in the stack: another tab was faster.
fn busy(problem: Problem, name: &str) -> Problem {
    let words = match &problem {
        Problem::Call(error) => error.refusal().filter(|it| it.code == "ValidationError").map(|it| it.message.clone()),
        _ => None,
    };
    let status = words.iter().flat_map(|it| it.split(' ')).find(|word| word.ends_with("_IN_PROGRESS"));
    match status {
        Some(status) => Problem::Busy { name: name.to_owned(), status: status.to_owned() },
        None => problem,
    }
}
