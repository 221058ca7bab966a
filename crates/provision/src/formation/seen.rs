//! What stack there is.

use serde_json::Value as Json;
use trazo_calls::{Call, Service, tags};

use super::{Formation, Prepared, Problem, Stand, read, stand};

/// A stack as AWS describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its ARN, which names it also after it was deleted.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its status.
    pub status: String,
    /// Why it is in it; often empty.
    pub reason: String,
    /// When it was last changed, as AWS writes it.
    pub updated: String,
    /// The change set that was executed last.
    pub change_set: String,
    /// Its parameters, by name.
    pub parameters: Vec<(String, String)>,
    /// What it gives back, by name.
    pub outputs: Vec<(String, String)>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// Whether it is protected from being deleted.
    pub protected: bool,
}

impl Seen {
    pub(super) fn read(json: &Json) -> Self {
        let updated = read::text(json, "LastUpdatedTime");
        Self {
            id: read::owned(json, "StackId"),
            name: read::owned(json, "StackName"),
            status: read::owned(json, "StackStatus"),
            reason: read::owned(json, "StackStatusReason"),
            updated: if updated.is_empty() { read::text(json, "CreationTime") } else { updated }.to_owned(),
            change_set: read::owned(json, "ChangeSetId"),
            parameters: read::pairs(json, "Parameters", "ParameterKey", "ParameterValue"),
            outputs: read::pairs(json, "Outputs", "OutputKey", "OutputValue"),
            tags: read::pairs(json, "Tags", "Key", "Value"),
            protected: read::flag(json, "EnableTerminationProtection"),
        }
    }

    /// Where it stands.
    pub fn stand(&self) -> Stand {
        stand(&self.status)
    }

    /// Whether it was made for a design.
    pub fn is_of(&self, design: &str) -> bool {
        self.tags.iter().any(|(key, value)| key == tags::DESIGN && value == design)
    }
}

/// The call that describes one stack, by name or ARN.
pub(super) fn describe_call(stack: &str) -> Call {
    Call::new(Service::CloudFormation, "DescribeStacks").with("StackName", stack)
}

impl Formation<'_> {
    /// One stack, by name or ARN; `None` where there is none.
    ///
    /// # Errors
    /// [`Problem::Call`].
    pub async fn look(&self, stack: &str) -> Result<Option<Seen>, Problem> {
        match self.ask(&describe_call(stack)).await {
            Ok(answer) => Ok(read::list(&answer, "Stacks").first().map(Seen::read)),
            Err(problem) if is_missing(&problem) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// The stack of a design: the one that carries its tag, under whatever name, or else the one that has its name. So a design
    /// that was renamed, or deployed from another tab, finds what it has.
    ///
    /// # Errors
    /// [`Problem::Foreign`] where the name is taken by a stack that is not the design's; [`Problem::Call`].
    pub async fn find(&self, wish: &Prepared) -> Result<Option<Seen>, Problem> {
        let all = match self.stacks().await {
            Ok(all) => all,
            // Some roles may look only at stacks that they name.
            Err(Problem::Call(error)) if error.is("AccessDenied") || error.is("AccessDeniedException") => {
                self.look(&wish.stack_name).await?.into_iter().collect()
            }
            Err(problem) => return Err(problem),
        };
        let of_design = |it: &&Seen| it.is_of(&wish.design);
        let made = all.iter().filter(of_design).find(|it| it.stand() != Stand::Review);
        if let Some(found) = made.or_else(|| all.iter().find(of_design)) {
            return Ok(Some(found.clone()));
        }
        match all.into_iter().find(|it| it.name == wish.stack_name) {
            Some(named) if named.stand() != Stand::Review => Err(Problem::Foreign(named.name)),
            named => Ok(named),
        }
    }

    /// All stacks that are there.
    async fn stacks(&self) -> Result<Vec<Seen>, Problem> {
        let mut all = Vec::new();
        let mut next = String::new();
        loop {
            let mut call = Call::new(Service::CloudFormation, "DescribeStacks");
            if !next.is_empty() {
                call = call.with("NextToken", next.as_str());
            }
            let answer = self.ask(&call).await?;
            all.extend(read::list(&answer, "Stacks").iter().map(Seen::read));
            next = read::owned(&answer, "NextToken");
            if next.is_empty() {
                all.retain(|it: &Seen| it.stand() != Stand::Gone);
                return Ok(all);
            }
        }
    }
}

/// Whether AWS said that there is no such stack: `ValidationError`, and only its words tell it from others.
pub(super) fn is_missing(problem: &Problem) -> bool {
    let Problem::Call(error) = problem else { return false };
    error.refusal().is_some_and(|it| it.code == "ValidationError" && it.message.contains("does not exist"))
}
