//! Executing a change set, cancelling, continuing a rollback.

use trazo_calls::{Call, Service};

use super::{ChangeSet, Formation, Problem, Seen, Stand, Watch, changeset, name, read};

impl Formation<'_> {
    /// Executes a change set. One that somebody has executed already is as good: then the watch begins with what goes on.
    ///
    /// # Errors
    /// [`Problem::Stale`] where it is gone or the stack has changed since; [`Problem::Call`].
    pub async fn execute(&self, set: &ChangeSet) -> Result<Watch, Problem> {
        let since = self.newest(&set.stack_id).await?;
        match self.ask(&execute_call(&set.stack_id, &set.id, &set.name)).await {
            Ok(_) => Ok(Watch::since(&set.stack_id, &set.stack_name, since)),
            Err(Problem::Call(error))
                if ["InvalidChangeSetStatus", "ChangeSetNotFound", "TokenAlreadyExistsException"]
                    .iter()
                    .any(|code| error.is(code)) =>
            {
                self.executed(set).await
            }
            Err(problem) => Err(problem),
        }
    }

    /// The watch of a change set that was executed before.
    async fn executed(&self, set: &ChangeSet) -> Result<Watch, Problem> {
        let watch = Watch::of(&set.stack_id, &set.stack_name);
        match self.ask(&changeset::describe_call(&set.stack_id, &set.id)).await {
            Ok(answer) if read::text(&answer, "ExecutionStatus").starts_with("EXECUTE_") => return Ok(watch),
            Ok(_) => return Err(Problem::Stale),
            Err(Problem::Call(error)) if error.is("ChangeSetNotFound") => {}
            Err(problem) => return Err(problem),
        }
        let seen = self.look(&set.stack_id).await?;
        if seen.is_some_and(|it| it.change_set == set.id) { Ok(watch) } else { Err(Problem::Stale) }
    }

    /// Cancels what goes on: an update is rolled back, what is being made is taken away again.
    ///
    /// # Errors
    /// [`Problem::NothingToCancel`] where it is too late; [`Problem::Call`].
    pub async fn cancel(&self, seen: &Seen) -> Result<Watch, Problem> {
        match seen.status.as_str() {
            "CREATE_IN_PROGRESS" => self.delete(seen, &[]).await,
            "UPDATE_IN_PROGRESS" => {
                self.ask(&cancel_call(&seen.id)).await.map_err(|problem| match problem {
                    Problem::Call(error) if error.is("ValidationError") => {
                        Problem::NothingToCancel { name: seen.name.clone(), status: seen.status.clone() }
                    }
                    other => other,
                })?;
                Ok(Watch::of(&seen.id, &seen.name))
            }
            _ => Err(Problem::NothingToCancel { name: seen.name.clone(), status: seen.status.clone() }),
        }
    }

    /// Continues a rollback that failed.
    ///
    /// `skip` names the logical ids of resources that cannot be rolled back and are to be left as they are.
    ///
    /// # Errors
    /// [`Problem::Busy`] where it goes on already; [`Problem::Stale`] where there is nothing to continue; [`Problem::Call`].
    pub async fn continue_rollback(&self, seen: &Seen, skip: &[String]) -> Result<Watch, Problem> {
        match seen.stand() {
            Stand::Stuck => {}
            Stand::Busy => return Err(Problem::Busy { name: seen.name.clone(), status: seen.status.clone() }),
            _ => return Err(Problem::Stale),
        }
        let since = self.newest(&seen.id).await?;
        let token = name::digest(&["continue", &seen.id, since.as_deref().unwrap_or_default(), &skip.join(",")]);
        let mut call = Call::new(Service::CloudFormation, "ContinueUpdateRollback")
            .with("StackName", seen.id.as_str())
            .with("ClientRequestToken", token);
        if !skip.is_empty() {
            call = call.with("ResourcesToSkip", skip.to_vec());
        }
        self.ask(&call).await?;
        Ok(Watch::since(&seen.id, &seen.name, since))
    }
}

/// The call that executes a change set.
pub(super) fn execute_call(stack: &str, set: &str, token: &str) -> Call {
    Call::new(Service::CloudFormation, "ExecuteChangeSet")
        .with("StackName", stack)
        .with("ChangeSetName", set)
        .with("ClientRequestToken", token)
}

/// The call that cancels an update.
fn cancel_call(stack: &str) -> Call {
    Call::new(Service::CloudFormation, "CancelUpdateStack").with("StackName", stack)
}
