//! The stack as steps.

use std::collections::BTreeSet;
use std::rc::Rc;

use trazo_stack::{Cycle, Element, Expr, Origin, Resource, Stack};

use crate::again::Made;
use crate::bindings::ZONES;
use crate::step::{Repeat, Step};
use crate::template::members;
use crate::{Deployment, Service, Template};

/// Why a stack cannot be made step by step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSteps {
    /// Resources wait for each other.
    #[error(transparent)]
    Cycle(#[from] Cycle),
    /// Nobody has told which calls make a type.
    #[error("{logical_id}: {type_name} cannot be made step by step")]
    Unknown {
        /// The resource.
        logical_id: String,
        /// Its type.
        type_name: &'static str,
    },
}

/// The steps that make a stack, each after all that it needs.
///
/// # Errors
/// [`NoSteps`] where resources wait for each other, or where one is of a type whose calls are not known.
pub fn steps(stack: &Stack, deployment: &Deployment) -> Result<Vec<Step>, NoSteps> {
    let steps = Made::default().steps(stack, deployment)?;
    Ok(steps.into_iter().map(Rc::unwrap_or_clone).collect())
}

/// The steps of a resource with all that they need: the last steps of those that it names come before.
pub(crate) fn needed(mut made: Vec<Step>, resource: &Resource, before: &BTreeSet<String>) -> Vec<Step> {
    for step in &mut made {
        let mut needs: Vec<String> = before.iter().cloned().collect();
        if asks_zones(&step.call) {
            needs.insert(0, ZONES.to_owned());
        }
        needs.append(&mut step.needs);
        step.needs = needs;
        if resource.deletion_policy == Some(trazo_stack::DeletionPolicy::Retain) {
            step.undo.clear();
        }
    }
    made
}

fn asks_zones(call: &Template) -> bool {
    call.input.values().any(has_zones)
}

/// Whether a value asks for the availability zones.
pub(crate) fn has_zones(value: &trazo_stack::Value) -> bool {
    let mut found = false;
    value.walk(&mut |inner| found |= inner.expr == Expr::Zones);
    found
}

/// Asks for the zones that instances can be put into, as `Fn::GetAZs` does.
pub(crate) fn zones() -> Step {
    let filter =
        |name: &str, value: &str| trazo_stack::map([("Name", name.into()), ("Values", trazo_stack::list([value]))]);
    let filters = trazo_stack::list([filter("zone-type", "availability-zone"), filter("state", "available")]);
    Step {
        id: ZONES.to_owned(),
        logical_id: ZONES.to_owned(),
        type_name: "",
        origin: Origin::whole(Element::Design),
        needs: Vec::new(),
        call: Template {
            service: Service::Ec2,
            operation: "DescribeAvailabilityZones",
            input: members([("Filters", filters)]),
        },
        answer: "",
        gives: vec![crate::Gives { attribute: "", from: crate::Source::Answer("AvailabilityZones[*].ZoneName") }],
        ready: None,
        undo: Vec::new(),
        find: None,
        repeat: Repeat::Harmless,
        patience: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use trazo_stack::{DeletionPolicy, Resource, att, list, map, reference};

    use super::*;
    use crate::{Bindings, Source, Verdict};

    fn deployment() -> Deployment {
        Deployment { stack: "tienda".to_owned(), design: "Mi tienda (v2)".to_owned(), token: "t1".to_owned() }
    }

    fn resource(type_name: &'static str, properties: &[(&str, trazo_stack::Value)]) -> Resource {
        let mut resource = Resource::new(type_name, Origin::whole(Element::Node("web".into())));
        for (name, value) in properties {
            resource.set(name, value.clone());
        }
        resource
    }

    fn stack(entries: Vec<(&str, Resource)>) -> Stack {
        let mut stack = Stack::default();
        stack.resources.extend(entries.into_iter().map(|(id, resource)| (id.to_owned(), resource.into())));
        stack
    }

    fn shop() -> Stack {
        stack(vec![
            (
                "Role",
                resource(
                    "AWS::IAM::Role",
                    &[
                        ("AssumeRolePolicyDocument", map([("Version", "2012-10-17".into())])),
                        (
                            "Policies",
                            list([map([
                                ("PolicyName", "Logs".into()),
                                ("PolicyDocument", map([("Resource", att("Logs", "Arn"))])),
                            ])]),
                        ),
                    ],
                ),
            ),
            (
                "Logs",
                resource(
                    "AWS::Logs::LogGroup",
                    &[("LogGroupName", "/ecs/web".into()), ("RetentionInDays", 30_i64.into())],
                ),
            ),
            ("Task", resource("AWS::ECS::TaskDefinition", &[("ExecutionRoleArn", att("Role", "Arn"))])),
        ])
    }

    #[test]
    fn each_step_comes_after_what_it_needs() {
        let steps = steps(&shop(), &deployment()).unwrap();
        let list: Vec<(&str, Vec<&str>)> =
            steps.iter().map(|step| (step.id.as_str(), step.needs.iter().map(String::as_str).collect())).collect();
        assert_eq!(
            list,
            [
                ("Logs", vec![]),
                ("Logs/retention", vec!["Logs"]),
                ("Role", vec!["Logs/retention"]),
                ("Role/policy-1", vec!["Logs/retention", "Role"]),
                ("Task", vec!["Role/policy-1"]),
            ]
        );
    }

    #[test]
    fn a_type_without_calls_and_a_circle_are_named() {
        let strange = stack(vec![("Queue", resource("AWS::SQS::Queue", &[]))]);
        assert_eq!(
            steps(&strange, &deployment()).unwrap_err().to_string(),
            "Queue: AWS::SQS::Queue cannot be made step by step"
        );
        let circle = stack(vec![("A", resource("AWS::ECS::Cluster", &[("X", reference("A"))]))]);
        assert!(matches!(steps(&circle, &deployment()), Err(NoSteps::Cycle(_))));
    }

    #[test]
    fn what_is_made_has_the_tags_of_the_deployment() {
        let steps = steps(&shop(), &deployment()).unwrap();
        let call = steps[0].call.call(&Bindings::default()).unwrap();
        assert_eq!(
            call.input["tags"],
            json!({ "trazo:design": "Mi tienda -v2-", "trazo:deployment": "t1", "trazo:node": "web", "trazo:resource": "Logs" })
        );
    }

    #[test]
    fn what_stays_in_the_account_is_not_taken_away() {
        let mut stack = shop();
        std::sync::Arc::make_mut(&mut stack.resources["Logs"]).deletion_policy = Some(DeletionPolicy::Retain);
        let steps = steps(&stack, &deployment()).unwrap();
        assert!(steps[0].undo.is_empty());
        assert!(!steps[2].undo.is_empty());
    }

    #[test]
    fn the_zones_are_asked_for_once_and_first() {
        let zone = trazo_stack::Value::from(Expr::Select(0, Box::new(Expr::Zones.into())));
        let subnet = || resource("AWS::EC2::Subnet", &[("AvailabilityZone", zone.clone())]);
        let steps = steps(&stack(vec![("One", subnet()), ("Two", subnet())]), &deployment()).unwrap();
        let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
        assert_eq!(ids, [ZONES, "One", "Two"]);
        assert_eq!(steps[2].needs, [ZONES]);
        let answer = json!({ "AvailabilityZones": [{ "ZoneName": "a" }, { "ZoneName": "b" }] });
        assert_eq!(steps[0].read(&answer, &Bindings::default()).unwrap(), [("", json!(["a", "b"]))]);
    }

    #[test]
    fn an_answer_gives_attributes_and_one_that_is_cut_short_does_not() {
        let stack = stack(vec![("Alb", resource("AWS::ElasticLoadBalancingV2::LoadBalancer", &[]))]);
        let steps = steps(&stack, &deployment()).unwrap();
        let arn = "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/web/50dc";
        let found = json!({ "LoadBalancerArn": arn, "LoadBalancerName": "web", "DNSName": "web.elb" });
        let answer = json!({ "LoadBalancers": [found] });
        let given = steps[0].read(&answer, &Bindings::default()).unwrap();
        assert!(given.contains(&("", json!(arn))));
        assert!(given.contains(&("LoadBalancerFullName", json!("app/web/50dc"))));
        assert!(steps[0].read(&json!({ "LoadBalancers": [] }), &Bindings::default()).is_err());
        // It is found again by its name, and proven by its tags.
        let find = steps[0].find.as_ref().unwrap();
        assert_eq!(find.read(&steps[0], &answer, &Bindings::default()).unwrap().unwrap(), given);
        assert_eq!(find.read(&steps[0], &json!({}), &Bindings::default()).unwrap(), None);
        let tagged = &find.proof.as_ref().unwrap().tagged;
        let tags = |token: &str| {
            let tag = |key: &str, value: &str| json!({ "Key": key, "Value": value });
            json!({ "TagDescriptions": [{ "Tags": [tag("trazo:deployment", token), tag("trazo:resource", "Alb")] }] })
        };
        assert!(tagged.holds(&tags("t1")));
        assert!(!tagged.holds(&tags("t2")));
    }

    #[test]
    fn a_wait_is_ready_or_has_failed_or_goes_on() {
        let stack = stack(vec![("Nat", resource("AWS::EC2::NatGateway", &[]))]);
        let steps = steps(&stack, &deployment()).unwrap();
        let wait = steps[0].ready.as_ref().unwrap();
        let state = |state: &str| json!({ "NatGateways": [{ "State": state, "FailureMessage": "no room" }] });
        assert_eq!(wait.judge(&state("pending")), Verdict::NotYet);
        assert_eq!(wait.judge(&state("available")), Verdict::Ready);
        assert_eq!(wait.judge(&state("failed")), Verdict::Failed("no room".to_owned()));
        assert_eq!(wait.judge_refusal("NatGatewayNotFound", ""), Some(Verdict::NotYet));
        assert_eq!(wait.judge_refusal("AccessDenied", ""), None);
        assert!(wait.is_slow());
        assert!(steps[0].is_patient_with("InvalidSubnetID.NotFound", ""));
        assert!(!steps[0].is_patient_with("UnauthorizedOperation", ""));
        let undo = &steps[0].undo[0];
        assert_eq!(undo.wait.as_ref().unwrap().judge_refusal("NatGatewayNotFound", ""), Some(Verdict::Ready));
    }

    #[test]
    fn what_open_groups_let_out_is_shut_first_where_the_design_says_so() {
        let rule = map([("IpProtocol", "tcp".into()), ("CidrIp", "10.0.0.0/8".into()), ("Description", "in".into())]);
        let group = resource(
            "AWS::EC2::SecurityGroup",
            &[("GroupDescription", "Web".into()), ("SecurityGroupEgress", list([rule]))],
        );
        let steps = steps(&stack(vec![("Group", group)]), &deployment()).unwrap();
        let operations: Vec<&str> = steps.iter().map(|step| step.call.operation).collect();
        assert_eq!(operations, ["CreateSecurityGroup", "RevokeSecurityGroupEgress", "AuthorizeSecurityGroupEgress"]);
        let mut known = Bindings::default();
        known.give("Group", "", json!("sg-1"));
        assert_eq!(
            steps[2].call.call(&known).unwrap().input["IpPermissions"],
            json!([{ "IpProtocol": "tcp", "IpRanges": [{ "CidrIp": "10.0.0.0/8", "Description": "in" }] }])
        );
    }

    #[test]
    fn a_policy_of_scaling_says_its_target_in_full() {
        let target = [
            ("ServiceNamespace", "ecs".into()),
            ("ResourceId", "service/a/b".into()),
            ("ScalableDimension", "ecs:service:DesiredCount".into()),
        ];
        let policy = [("ScalingTargetId", reference("Target")), ("PolicyName", "cpu".into())];
        let stack = stack(vec![
            ("Target", resource("AWS::ApplicationAutoScaling::ScalableTarget", &target)),
            ("Policy", resource("AWS::ApplicationAutoScaling::ScalingPolicy", &policy)),
        ]);
        let steps = steps(&stack, &deployment()).unwrap();
        let input = steps[1].call.call(&Bindings::default()).unwrap().input;
        assert_eq!(input["ResourceId"], "service/a/b");
        assert!(!input.contains_key("ScalingTargetId"));
        assert!(matches!(&steps[0].gives[0].from, Source::Known(_)));
    }
}
