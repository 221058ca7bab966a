//! The kind of AWS account that a design is for, and what an AWS Academy Learner Lab allows.
//!
//! A Learner Lab makes no roles: services take on `LabRole`, instances get `LabInstanceProfile`, and both exist in each lab.
//! Its rules are told inside the lab alone, on the page behind its "Readme" button.

use trazo_stack::{Origin, Value, sub};

use crate::{Design, Lowering};

/// The role that each Learner Lab has, and that all services take on.
pub const LAB_ROLE: &str = "LabRole";
/// The instance profile that each Learner Lab has, with [`LAB_ROLE`] in it.
pub const LAB_INSTANCE_PROFILE: &str = "LabInstanceProfile";
/// The regions that a Learner Lab may use.
pub const LAB_REGIONS: &[&str] = &["us-east-1", "us-west-2"];
/// How many instances of EC2 may run in a Learner Lab at a time; it ends those beyond.
pub const LAB_MOST_INSTANCES: i64 = 9;

/// The sizes of instances that a Learner Lab starts; it ends larger ones.
const LAB_SIZES: &[&str] = &["nano", "micro", "small", "medium", "large"];

/// The kind of AWS account that a design is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Account {
    /// One in which roles may be made.
    #[default]
    Standard,
    /// An AWS Academy Learner Lab.
    LearnerLab,
}

impl Account {
    /// The names of all, as manifests write them.
    pub const KEYS: &'static [&'static str] = &["standard", "learner-lab"];

    /// Its name in manifests.
    pub fn key(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::LearnerLab => "learner-lab",
        }
    }

    /// The one of a name.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Standard, Self::LearnerLab].into_iter().find(|account| account.key() == key)
    }
}

/// Whether a Learner Lab starts instances of a type (`t3.large`).
pub fn is_lab_instance_type(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, size)| LAB_SIZES.contains(&size))
}

impl Design {
    /// The kind of AWS account that it is for.
    pub fn account(&self) -> Account {
        self.own().account
    }

    /// Whether it is for an AWS Academy Learner Lab, in which no role is ever made.
    pub fn is_learner_lab(&self) -> bool {
        self.account() == Account::LearnerLab
    }
}

impl Lowering<'_> {
    /// In a Learner Lab the ARN of its role: it takes the place of any role that would be made, for any service.
    pub fn lab_role(&self, origin: Origin) -> Option<Value> {
        let arn = || sub(format!("arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/{LAB_ROLE}"));
        self.design.is_learner_lab().then(|| arn().from_origin(origin))
    }

    /// In a Learner Lab the name of its instance profile: it takes the place of any that would be made.
    pub fn lab_instance_profile(&self, origin: Origin) -> Option<Value> {
        self.design.is_learner_lab().then(|| Value::from(LAB_INSTANCE_PROFILE).from_origin(origin))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Drawing, shop};
    use crate::{Target, manifest};

    fn lab() -> Drawing {
        let mut d = shop();
        d.set(Target::Design, "account", "learner-lab");
        d
    }

    #[test]
    fn instance_types_of_a_lab() {
        for (name, good) in [("t3.micro", true), ("m5.large", true), ("t3.xlarge", false), ("m5.2xlarge", false)] {
            assert_eq!(is_lab_instance_type(name), good, "{name}");
        }
        assert!(!is_lab_instance_type("large"));
    }

    #[test]
    fn it_is_written_where_it_is_not_the_usual_one() {
        assert!(manifest::to_json(&shop().design).get("account").is_none());
        let written = manifest::to_json(&lab().design);
        assert_eq!(written["account"], "learner-lab");
        assert!(manifest::from_json(written).unwrap().is_learner_lab());
        let strange = manifest::from_json(json!({ "trazo": 1, "account": "moon" })).unwrap_err();
        assert_eq!(strange.path, "account");
    }

    #[test]
    fn it_is_set_and_taken_back() {
        let mut d = shop();
        let before = d.design.clone();
        let edit = crate::Edit::set(Target::Design, "account", "learner-lab");
        let back = crate::edit::apply(&mut d.design, edit).unwrap().inverse;
        assert_eq!(d.get(Target::Design, "account"), "learner-lab");
        assert_ne!(d.design, before);
        d.apply(back);
        assert_eq!(d.design, before);
        assert!(crate::edit::apply(&mut d.design, crate::Edit::set(Target::Design, "account", "moon")).is_err());
    }

    #[test]
    fn a_lab_makes_no_role_and_every_one_becomes_its_own() {
        let d = lab();
        assert_eq!(d.codes(), ["LAB002"]);
        let stack = d.stack();
        let role = &stack["CatalogoTaskDefinition"]["ExecutionRoleArn"];
        assert_eq!(role, "!Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/LabRole");
        let types = |one: &serde_json::Value| one["Type"].as_str().unwrap_or_default().to_owned();
        assert!(!stack.as_object().unwrap().values().any(|one| types(one).starts_with("AWS::IAM::")));
    }

    #[test]
    fn roles_that_are_made_are_turned_into_the_labs_own() {
        let mut d = lab();
        d.mend("LAB002");
        assert_eq!(d.get("role1", "source"), "existing");
        assert_eq!(d.get("role1", "arn"), "LabRole");
        assert_eq!(d.codes(), Vec::<&str>::new());
    }

    #[test]
    fn other_roles_are_not_there() {
        let mut d = lab();
        d.mend("LAB002");
        d.set("role1", "arn", "arn:aws:iam::123456789012:role/ecsTaskExecutionRole");
        assert_eq!(d.codes(), ["LAB003"]);
        d.mend("LAB003");
        assert_eq!(d.get("role1", "arn"), "LabRole");
        d.set("role1", "arn", "arn:aws:iam::123456789012:role/LabRole");
        assert_eq!(d.codes(), Vec::<&str>::new());
    }

    #[test]
    fn a_lab_knows_two_regions() {
        let mut d = lab();
        d.mend("LAB002");
        d.set(Target::Design, "region", "us-west-2");
        assert_eq!(d.codes(), Vec::<&str>::new());
        d.set(Target::Design, "region", "sa-east-1");
        assert_eq!(d.codes(), ["LAB001"]);
        d.mend("LAB001");
        assert_eq!(d.get(Target::Design, "region"), "us-east-1");
    }

    #[test]
    fn a_lab_has_no_concurrency_to_reserve() {
        let mut d = lab();
        let function = d.node(crate::Kind::LambdaFunction, "avisos");
        d.set(&function, "reservedConcurrency", 5);
        d.mend("LAB006");
        d.set(&function, "reservedConcurrency", 0);
        assert!(d.found("LAB006").is_empty());
    }

    #[test]
    fn a_missing_role_is_the_labs_own() {
        let mut d = lab();
        d.remove("role1");
        d.mend("TSK008");
        assert_eq!(d.get("role1", "arn"), "LabRole");
        let link = d.design.link_between(&"task1".into(), &"role1".into()).unwrap().id.clone();
        assert_eq!(d.get(&link, "use"), "both");
        assert_eq!(d.codes(), Vec::<&str>::new());
    }
}
