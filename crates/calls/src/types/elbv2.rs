//! Elastic Load Balancing.

use trazo_stack::{Expr, Value, list};

use crate::Service::Elbv2;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::tags;
use crate::template::members;
use crate::wait::{Condition, Wait};

/// Where `DescribeTags` tells them.
const TAGS: &str = "TagDescriptions[0].Tags";

/// `AWS::ElasticLoadBalancingV2::LoadBalancer`, then its attributes.
pub(crate) fn load_balancer(m: &mut Maker<'_>) {
    let name = m.name("Name", 32);
    let attributes = m.take("LoadBalancerAttributes");
    let input = with_tags(m, Some(name.clone()));
    let own = m.own();
    let gone = &["LoadBalancerNotFound"];
    let state = || Wait::new(Elbv2, "DescribeLoadBalancers", [("LoadBalancerArns", list([own.clone()]))]);
    let find = Find::new(Elbv2, "DescribeLoadBalancers", [("Names", list([name]))], "LoadBalancers");
    let find = proven(m, find).missing(gone);
    m.make("", Elbv2, "CreateLoadBalancer", input)
        .answer("LoadBalancers[0]")
        .gives("", "LoadBalancerArn")
        .gives("LoadBalancerArn", "LoadBalancerArn")
        .gives("LoadBalancerName", "LoadBalancerName")
        .gives("DNSName", "DNSName")
        .gives_after("LoadBalancerFullName", "LoadBalancerArn", ":loadbalancer/")
        // The subnets were made a moment ago.
        .patience("SubnetNotFound", "")
        .patience("InvalidSecurityGroup", "")
        .ready(
            state()
                .until("LoadBalancers[0].State.Code", "active")
                .fails("LoadBalancers[0].State.Code", "failed")
                .reason("LoadBalancers[0].State.Reason")
                .unseen(gone)
                .every(10, 150, 900),
        )
        .undo(
            Undo::new(Elbv2, "DeleteLoadBalancer", [("LoadBalancerArn", own.clone())])
                .gone(gone)
                .busy(&["ResourceInUse"])
                .wait(state().until_all(&[Condition::Length("LoadBalancers", 0)]).gone(gone).every(5, 20, 300)),
        )
        .find(Repeat::Refused(&["DuplicateLoadBalancerName"]), find);
    if let Some(attributes) = attributes {
        let input = members([("LoadBalancerArn", own), ("Attributes", attributes)]);
        m.make("attributes", Elbv2, "ModifyLoadBalancerAttributes", input);
    }
}

/// `AWS::ElasticLoadBalancingV2::TargetGroup`, then its attributes.
pub(crate) fn target_group(m: &mut Maker<'_>) {
    let name = m.name("Name", 32);
    let attributes = m.take("TargetGroupAttributes");
    let input = with_tags(m, Some(name.clone()));
    let own = m.own();
    let find = Find::new(Elbv2, "DescribeTargetGroups", [("Names", list([name]))], "TargetGroups");
    let find = proven(m, find).missing(&["TargetGroupNotFound"]);
    m.make("", Elbv2, "CreateTargetGroup", input)
        .answer("TargetGroups[0]")
        .gives("", "TargetGroupArn")
        .gives("TargetGroupArn", "TargetGroupArn")
        .gives("TargetGroupName", "TargetGroupName")
        .gives_after("TargetGroupFullName", "TargetGroupArn", ":")
        .undo(
            Undo::new(Elbv2, "DeleteTargetGroup", [("TargetGroupArn", own.clone())])
                .gone(&["TargetGroupNotFound"])
                .busy(&["ResourceInUse"]),
        )
        .find(Repeat::Refused(&["DuplicateTargetGroupName"]), find);
    if let Some(attributes) = attributes {
        let input = members([("TargetGroupArn", own), ("Attributes", attributes)]);
        m.make("attributes", Elbv2, "ModifyTargetGroupAttributes", input);
    }
}

/// `AWS::ElasticLoadBalancingV2::Listener`.
pub(crate) fn listener(m: &mut Maker<'_>) {
    let input = with_tags(m, None);
    let balancer = input.get("LoadBalancerArn").cloned().unwrap_or_else(nothing);
    let port = input.get("Port").cloned().unwrap_or_else(nothing);
    let own = m.own();
    let find = Find::new(Elbv2, "DescribeListeners", [("LoadBalancerArn", balancer)], "Listeners");
    let find = proven(m, find.matching("Port", port)).missing(&["ListenerNotFound"]);
    m.make("", Elbv2, "CreateListener", input)
        .answer("Listeners[0]")
        .gives("", "ListenerArn")
        .gives("ListenerArn", "ListenerArn")
        .undo(
            Undo::new(Elbv2, "DeleteListener", [("ListenerArn", own)])
                .gone(&["ListenerNotFound"])
                .busy(&["ResourceInUse"]),
        )
        .find(Repeat::Refused(&["DuplicateListener"]), find);
}

/// `AWS::ElasticLoadBalancingV2::ListenerRule`.
pub(crate) fn listener_rule(m: &mut Maker<'_>) {
    let input = with_tags(m, None);
    let listener = input.get("ListenerArn").cloned().unwrap_or_else(nothing);
    let priority = input.get("Priority").cloned().unwrap_or_else(nothing);
    let own = m.own();
    let find = Find::new(Elbv2, "DescribeRules", [("ListenerArn", listener)], "Rules");
    let find = proven(m, find.matching("Priority", priority)).missing(&["ListenerNotFound", "RuleNotFound"]);
    m.make("", Elbv2, "CreateRule", input)
        .answer("Rules[0]")
        .gives("", "RuleArn")
        .gives("RuleArn", "RuleArn")
        .undo(
            Undo::new(Elbv2, "DeleteRule", [("RuleArn", own)])
                .gone(&["RuleNotFound", "ListenerNotFound"])
                .busy(&["ResourceInUse"]),
        )
        .find(Repeat::Refused(&["PriorityInUse"]), find);
}

/// `AWS::ElasticLoadBalancingV2::ListenerCertificate`.
pub(crate) fn listener_certificate(m: &mut Maker<'_>) {
    let input = m.rest();
    let mut undo =
        Undo::new(Elbv2, "RemoveListenerCertificates", []).gone(&["ListenerNotFound", "CertificateNotFound"]);
    undo.call.input.clone_from(&input);
    m.make("", Elbv2, "AddListenerCertificates", input).undo(undo);
}

/// What is left of the properties, with a name where there is one, and tags.
fn with_tags(m: &mut Maker<'_>, name: Option<Value>) -> trazo_stack::Object {
    let mut input = trazo_stack::Object::new();
    input.extend(name.map(|name| ("Name".to_owned(), name)));
    input.extend(m.rest());
    input.insert("Tags".to_owned(), tags::pairs(m.tags(), "Key", "Value"));
    input
}

/// A find by a name, a port or a priority, which somebody else may have taken: the tags tell.
fn proven(m: &Maker<'_>, find: Find) -> Find {
    find.proof("DescribeTags", [("ResourceArns", list([m.own()]))], m.tagged(TAGS))
}

fn nothing() -> Value {
    Expr::Null.into()
}
