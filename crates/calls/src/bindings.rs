//! What is known of a deployment: parameters, account and region, and what the steps have given so far.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use trazo_stack::Stack;

/// The logical id under which the availability zones of the region are known; its only attribute is `""`.
pub const ZONES: &str = "AWS::Zones";

/// What references can be resolved to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bindings {
    /// By logical id, parameter or pseudo parameter: by attribute; `""` is what `Ref` gives.
    known: BTreeMap<String, BTreeMap<String, Json>>,
    /// Names of parameters that hold lists.
    lists: BTreeSet<String>,
}

impl Bindings {
    /// What is known of a stack by itself: the defaults of its parameters.
    pub fn new(stack: &Stack) -> Self {
        let mut bindings = Self::default();
        bindings.lists.insert(ZONES.to_owned());
        for (name, parameter) in &stack.parameters {
            if parameter.type_name.starts_with("List<") || parameter.type_name == "CommaDelimitedList" {
                bindings.lists.insert(name.clone());
            }
            if let Some(default) = &parameter.default {
                bindings.set_parameter(name, default);
            }
        }
        bindings
    }

    /// Tells where the stack goes: the account's number and the region, of which partition and suffix of URLs follow, and the
    /// name of the stack.
    pub fn set_place(&mut self, account: &str, region: &str, stack_name: &str) {
        let (partition, suffix) = partition(region);
        self.give("AWS::AccountId", "", account.into());
        self.set_region(region);
        self.give("AWS::Partition", "", partition.into());
        self.give("AWS::URLSuffix", "", suffix.into());
        self.give("AWS::StackName", "", stack_name.into());
    }

    /// Tells the region alone: for files that are written before the account is known.
    pub fn set_region(&mut self, region: &str) {
        let (partition, suffix) = partition(region);
        self.give("AWS::Region", "", region.into());
        self.give("AWS::Partition", "", partition.into());
        self.give("AWS::URLSuffix", "", suffix.into());
    }

    /// Gives a parameter its value; one that holds a list takes it with commas between the items.
    pub fn set_parameter(&mut self, name: &str, text: &str) {
        let value = if self.lists.contains(name) {
            text.split(',').map(|item| Json::from(item.trim())).collect()
        } else {
            Json::from(text)
        };
        self.give(name, "", value);
    }

    /// Keeps what a step has given: an attribute of a resource (`""` for `Ref`).
    pub fn give(&mut self, id: &str, attribute: &str, value: Json) {
        self.known.entry(id.to_owned()).or_default().insert(attribute.to_owned(), value);
    }

    /// Forgets all that a resource gave.
    pub fn forget(&mut self, id: &str) {
        self.known.remove(id);
    }

    /// What is known of an attribute.
    pub fn get(&self, id: &str, attribute: &str) -> Option<&Json> {
        self.known.get(id)?.get(attribute)
    }

    /// The region that calls go to, where it was told.
    pub fn region(&self) -> Option<&str> {
        self.get("AWS::Region", "")?.as_str()
    }

    /// All that is known of one logical id, by attribute.
    pub fn of(&self, id: &str) -> impl Iterator<Item = (&str, &Json)> {
        self.known.get(id).into_iter().flatten().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether a name stands for a list.
    pub(crate) fn is_list(&self, id: &str) -> bool {
        self.lists.contains(id)
    }
}

/// Partition and suffix of URLs of a region
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>).
fn partition(region: &str) -> (&'static str, &'static str) {
    if region.starts_with("cn-") {
        ("aws-cn", "amazonaws.com.cn")
    } else if region.starts_with("us-gov-") {
        ("aws-us-gov", "amazonaws.com")
    } else {
        ("aws", "amazonaws.com")
    }
}
