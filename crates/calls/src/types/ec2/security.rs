//! Security groups and their rules.

use trazo_stack::{Expr, Object, Value, list, map};

use super::{BUSY, by_tags, tagged_input};
use crate::Service::Ec2;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::template::members;
use crate::wording::renamed;

/// What a second rule of the same words is refused with.
const DUPLICATE: &[&str] = &["InvalidPermission.Duplicate"];

/// A rule's source or target: the property, the list of the permission that holds it, its member there.
const SOURCES: &[(&str, &str, &str)] = &[
    ("CidrIp", "IpRanges", "CidrIp"),
    ("CidrIpv6", "Ipv6Ranges", "CidrIpv6"),
    ("SourceSecurityGroupId", "UserIdGroupPairs", "GroupId"),
    ("DestinationSecurityGroupId", "UserIdGroupPairs", "GroupId"),
    ("SourcePrefixListId", "PrefixListIds", "PrefixListId"),
    ("DestinationPrefixListId", "PrefixListIds", "PrefixListId"),
];

/// `AWS::EC2::SecurityGroup`: the group, then its rules. EC2 lets all out of a new group; where the design says what may go out,
/// that rule is taken away first, as CloudFormation does.
pub(crate) fn security_group(m: &mut Maker<'_>) {
    let name = m.name("GroupName", 255);
    let into = m.take_items("SecurityGroupIngress");
    let out = m.take_items("SecurityGroupEgress");
    let mut input = members([("GroupName", name)]);
    input.extend(tagged_input(m, "security-group"));
    renamed(&mut input, "GroupDescription", "Description");
    let (own, find) = (m.own(), by_tags(m, "DescribeSecurityGroups", "Filters", "SecurityGroups"));
    m.make("", Ec2, "CreateSecurityGroup", input)
        .gives("", "GroupId")
        .gives("GroupId", "GroupId")
        .gives("Id", "GroupId")
        .undo(
            Undo::new(Ec2, "DeleteSecurityGroup", [("GroupId", own.clone())])
                .gone(&["InvalidGroup.NotFound", "InvalidGroupId.NotFound"])
                .busy(BUSY)
                .busy(&["InvalidGroup.InUse"]),
        )
        .find(Repeat::Refused(&["InvalidGroup.Duplicate"]), find);
    if !into.is_empty() {
        let input = members([("GroupId", own.clone()), ("IpPermissions", permissions(into))]);
        m.make("ingress", Ec2, "AuthorizeSecurityGroupIngress", input).repeat(Repeat::Refused(DUPLICATE));
    }
    if !out.is_empty() {
        let all = map([("IpProtocol", "-1".into()), ("IpRanges", list([map([("CidrIp", "0.0.0.0/0".into())])]))]);
        let input = members([("GroupId", own.clone()), ("IpPermissions", list([all]))]);
        m.make("no-egress", Ec2, "RevokeSecurityGroupEgress", input)
            .repeat(Repeat::Refused(&["InvalidPermission.NotFound"]))
            .patience
            .clear();
        let input = members([("GroupId", own), ("IpPermissions", permissions(out))]);
        m.make("egress", Ec2, "AuthorizeSecurityGroupEgress", input).repeat(Repeat::Refused(DUPLICATE));
    }
}

/// `AWS::EC2::SecurityGroupIngress`.
pub(crate) fn security_group_ingress(m: &mut Maker<'_>) {
    rule(m, "AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress");
}

/// `AWS::EC2::SecurityGroupEgress`.
pub(crate) fn security_group_egress(m: &mut Maker<'_>) {
    rule(m, "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress");
}

/// A rule that is a resource of its own.
fn rule(m: &mut Maker<'_>, add: &'static str, remove: &'static str) {
    let group = m.take("GroupId").unwrap_or_else(|| Expr::Null.into());
    let rule = Value::from(m.rest());
    let input = members([
        ("GroupId", group.clone()),
        ("IpPermissions", permissions(vec![rule])),
        ("TagSpecifications", m.tag_specification("security-group-rule")),
    ]);
    let find: Find = by_tags(m, "DescribeSecurityGroupRules", "Filters", "SecurityGroupRules");
    let own = m.own();
    m.make("", Ec2, add, input)
        .answer("SecurityGroupRules[0]")
        .gives("", "SecurityGroupRuleId")
        .gives("Id", "SecurityGroupRuleId")
        .undo(
            Undo::new(Ec2, remove, [("GroupId", group), ("SecurityGroupRuleIds", list([own]))])
                .gone(&["InvalidPermission.NotFound", "InvalidSecurityGroupRuleId.NotFound"])
                .gone(&["InvalidGroup.NotFound", "InvalidGroupId.NotFound"]),
        )
        .find(Repeat::Refused(DUPLICATE), find);
}

/// Rules as EC2 takes them.
fn permissions(rules: Vec<Value>) -> Value {
    rules.into_iter().map(permission).collect::<Vec<Value>>().into()
}

fn permission(rule: Value) -> Value {
    let Expr::Map(mut rule_members) = rule.expr else { return rule };
    let mut out = Object::new();
    for name in ["IpProtocol", "FromPort", "ToPort"] {
        if let Some(value) = rule_members.shift_remove(name) {
            out.insert(name.to_owned(), value);
        }
    }
    let told = rule_members.shift_remove("Description");
    for (property, member, key) in SOURCES {
        if let Some(value) = rule_members.shift_remove(*property) {
            let mut entry = members([(*key, value)]);
            if let Some(told) = &told {
                entry.insert("Description".to_owned(), told.clone());
            }
            out.insert((*member).to_owned(), list([entry]));
        }
    }
    Value { expr: Expr::Map(out), origin: rule.origin }
}
