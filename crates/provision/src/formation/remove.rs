//! Taking a stack away, and looking whether anything stayed.

use serde_json::json;
use trazo_calls::{Call, Service, tags};

use super::{Formation, Problem, Seen, Stand, Watch, name, read};

/// How often Trazo looks again whether something is left: AWS's index of tags lags behind.
const LOOKS: usize = 6;

/// One thing that is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    /// Its ARN, or what else it is called in the account.
    pub name: String,
    /// Its logical id and type, where the stack told them.
    pub resource: Option<(String, String)>,
}

/// What is still there after all was taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leftovers {
    /// What costs or could be in the way.
    pub alive: Vec<Remains>,
    /// Task definitions that were deregistered: AWS keeps their text, and they cost nothing.
    pub inactive: Vec<Remains>,
    /// What left the stack and was kept on purpose.
    pub kept: Vec<Remains>,
    /// Whether these credentials may not ask for tags: then only the stack's own word is known.
    pub untold: bool,
}

impl Leftovers {
    /// Whether nothing is left that anybody would have to look after.
    pub fn is_clean(&self) -> bool {
        self.alive.is_empty() && self.kept.is_empty()
    }
}

impl Formation<'_> {
    /// Deletes a stack with all that is in it. One that is on its way out already is only watched.
    ///
    /// `retain` names the logical ids that a second try leaves in the account; AWS takes them only after a first one failed.
    ///
    /// # Errors
    /// [`Problem::Call`]; where the stack is protected, with AWS's words.
    pub async fn delete(&self, seen: &Seen, retain: &[String]) -> Result<Watch, Problem> {
        if matches!(seen.status.as_str(), "DELETE_IN_PROGRESS" | "DELETE_COMPLETE") {
            return Ok(Watch::of(&seen.id, &seen.name));
        }
        let since = self.newest(&seen.id).await?;
        let retain = if seen.status == "DELETE_FAILED" { retain } else { &[] };
        match self.ask(&delete_call(seen, since.as_deref(), retain)).await {
            Ok(_) => Ok(Watch::since(&seen.id, &seen.name, since)),
            Err(Problem::Call(error)) if error.is("TokenAlreadyExistsException") => Ok(Watch::of(&seen.id, &seen.name)),
            Err(problem) => Err(problem),
        }
    }

    /// What is still there of a design: of its stack, and of all that carries its tag. Looks several times, since tags of what is
    /// gone are told for a while.
    ///
    /// # Errors
    /// [`Problem::Call`].
    pub async fn leftovers(&self, design: &str, stack_id: &str) -> Result<Leftovers, Problem> {
        let mut turn = 0;
        loop {
            let found = self.leftovers_now(design, stack_id).await?;
            if found.alive.is_empty() || turn + 1 >= LOOKS {
                return Ok(found);
            }
            self.pause(&mut turn).await;
        }
    }

    async fn leftovers_now(&self, design: &str, stack_id: &str) -> Result<Leftovers, Problem> {
        let mut found = Leftovers::default();
        let mut gone = Vec::new();
        for event in self.history(stack_id).await? {
            match event.status.as_str() {
                "DELETE_COMPLETE" if !event.whole => gone.push(event.physical),
                "DELETE_SKIPPED" => {
                    found.kept.push(Remains { name: event.physical, resource: Some((event.logical, event.type_name)) });
                }
                _ => {}
            }
        }
        for resource in self.resources(stack_id).await? {
            let remains = Remains {
                name: read::owned(&resource, "PhysicalResourceId"),
                resource: Some((read::owned(&resource, "LogicalResourceId"), read::owned(&resource, "ResourceType"))),
            };
            match read::text(&resource, "ResourceStatus") {
                "DELETE_COMPLETE" | "DELETE_SKIPPED" => {}
                _ => found.alive.push(remains),
            }
        }
        let tagged = match self.tagged(design).await {
            Err(Problem::Call(error)) if error.is("AccessDenied") || error.is("AccessDeniedException") => {
                found.untold = true;
                Vec::new()
            }
            other => other?,
        };
        for arn in tagged {
            // What is gone is told for long: of services that were deleted, AWS tells for an hour.
            let names = found.kept.iter().chain(&found.alive).map(|it| &it.name).chain(&gone);
            if arn == stack_id || names.into_iter().any(|name| is_called(&arn, name)) {
                continue;
            }
            let remains = Remains { name: arn, resource: None };
            let list = if remains.name.contains(":task-definition/") { &mut found.inactive } else { &mut found.alive };
            list.push(remains);
        }
        Ok(found)
    }

    /// The ARNs of all that carries the design's tag.
    async fn tagged(&self, design: &str) -> Result<Vec<String>, Problem> {
        let mut all = Vec::new();
        let mut next = String::new();
        loop {
            let mut call = tagged_call(design);
            if !next.is_empty() {
                call = call.with("PaginationToken", next.as_str());
            }
            let answer = self.insist(&call).await?;
            all.extend(read::list(&answer, "ResourceTagMappingList").iter().map(|it| read::owned(it, "ResourceARN")));
            next = read::owned(&answer, "PaginationToken");
            if next.is_empty() {
                return Ok(all);
            }
        }
    }

    /// Whether a stack can be deleted as it stands.
    pub fn can_delete(seen: &Seen) -> bool {
        !seen.protected && !matches!(seen.stand(), Stand::Gone)
    }
}

/// Whether an ARN names what CloudFormation calls so: by its ARN or by its short name.
fn is_called(arn: &str, name: &str) -> bool {
    let ends = |head: &str| head.is_empty() || head.ends_with(['/', ':']);
    !name.is_empty() && arn.strip_suffix(name).is_some_and(ends)
}

/// The call that deletes a stack.
pub(super) fn delete_call(seen: &Seen, since: Option<&str>, retain: &[String]) -> Call {
    let token = name::digest(&["delete", &seen.id, since.unwrap_or_default(), &retain.join(",")]);
    let call = Call::new(Service::CloudFormation, "DeleteStack")
        .with("StackName", seen.id.as_str())
        .with("ClientRequestToken", token);
    if retain.is_empty() { call } else { call.with("RetainResources", retain.to_vec()) }
}

/// The call that finds what carries the design's tag.
pub(super) fn tagged_call(design: &str) -> Call {
    Call::new(Service::Tagging, "GetResources").with("TagFilters", json!([{ "Key": tags::DESIGN, "Values": [design] }]))
}
