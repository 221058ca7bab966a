//! What is in a stack, read page by page: one answer tells of a hundred resources at most
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html>).

use std::collections::BTreeMap;

use serde_json::Value as Json;
use trazo_calls::{Call, Service};

use super::{Formation, Problem, read, seen};

/// More pages than any stack has: it holds five hundred resources at most.
const PAGES: usize = 50;

impl Formation<'_> {
    /// What each resource of a stack is called in the account, by its logical id.
    ///
    /// # Errors
    /// [`Problem::Call`].
    pub async fn physical(&self, stack: &str) -> Result<BTreeMap<String, String>, Problem> {
        let all = self.resources(stack).await?;
        let one = |it: &Json| (read::owned(it, "LogicalResourceId"), read::owned(it, "PhysicalResourceId"));
        Ok(all.iter().map(one).filter(|(_, physical)| !physical.is_empty()).collect())
    }

    /// Logical ids of what could not be deleted, asked of AWS: also after a reload these can be left in the account by a second
    /// try.
    ///
    /// # Errors
    /// [`Problem::Call`].
    pub async fn undeletable(&self, stack: &str) -> Result<Vec<String>, Problem> {
        let failed = |it: &&Json| read::text(it, "ResourceStatus") == "DELETE_FAILED";
        let all = self.resources(stack).await?;
        Ok(all.iter().filter(failed).map(|it| read::owned(it, "LogicalResourceId")).collect())
    }

    /// All resources of a stack, also of one that was deleted; none where it is no longer known.
    pub(super) async fn resources(&self, stack: &str) -> Result<Vec<Json>, Problem> {
        let mut all = Vec::new();
        let mut call = resources_call(stack);
        for _ in 0..PAGES {
            let answer = match self.insist(&call).await {
                Err(problem) if seen::is_missing(&problem) => break,
                other => other?,
            };
            all.extend_from_slice(read::list(&answer, "StackResourceSummaries"));
            let next = read::owned(&answer, "NextToken");
            if next.is_empty() {
                break;
            }
            call = resources_call(stack).with("NextToken", next);
        }
        Ok(all)
    }
}

/// The call that tells what is in a stack.
pub(super) fn resources_call(stack: &str) -> Call {
    Call::new(Service::CloudFormation, "ListStackResources").with("StackName", stack)
}
