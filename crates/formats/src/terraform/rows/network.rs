//! Networks: VPCs and what lies in them, and the machines of a cluster.

use trazo_stack::{Expr, Object, Resource, Value};

use super::{Row, plain};
use crate::terraform::Writer;
use crate::terraform::arguments::Rule::{By, Hoist, Json, Other, Skip, To};

pub(super) static ROWS: &[Row] = &[
    plain("AWS::EC2::VPC", "aws_vpc", &[]),
    Row { attributes: &[("SubnetId", "id")], ..plain("AWS::EC2::Subnet", "aws_subnet", &[]) },
    Row {
        attributes: &[("InternetGatewayId", "id")],
        ..plain("AWS::EC2::InternetGateway", "aws_internet_gateway", &[])
    },
    plain("AWS::EC2::VPCGatewayAttachment", "aws_internet_gateway_attachment", &[]),
    Row { attributes: &[("RouteTableId", "id")], ..plain("AWS::EC2::RouteTable", "aws_route_table", &[]) },
    plain("AWS::EC2::Route", "aws_route", &[]),
    plain("AWS::EC2::SubnetRouteTableAssociation", "aws_route_table_association", &[]),
    Row { attributes: &[("AllocationId", "id")], ..plain("AWS::EC2::EIP", "aws_eip", &[]) },
    plain("AWS::EC2::NatGateway", "aws_nat_gateway", &[]),
    Row {
        attributes: &[("GroupId", "id")],
        finish: Some(open_outwards),
        ..plain(
            "AWS::EC2::SecurityGroup",
            "aws_security_group",
            &[
                ("GroupDescription", To("description")),
                ("GroupName", To("name")),
                ("SecurityGroupIngress", By(ways_in)),
                ("SecurityGroupEgress", By(ways_out)),
            ],
        )
    },
    plain("AWS::EC2::SecurityGroupIngress", "aws_vpc_security_group_ingress_rule", WAY),
    plain("AWS::EC2::SecurityGroupEgress", "aws_vpc_security_group_egress_rule", WAY),
    plain("AWS::EC2::VPCEndpoint", "aws_vpc_endpoint", &[("PolicyDocument", Json("policy"))]),
    plain(
        "AWS::EC2::FlowLog",
        "aws_flow_log",
        &[
            ("ResourceType", Skip),
            ("ResourceId", To("vpc_id")),
            ("LogGroupName", Other("log_destination", "arn")),
            ("DeliverLogsPermissionArn", To("iam_role_arn")),
        ],
    ),
    Row {
        attributes: &[("LatestVersionNumber", "latest_version"), ("LaunchTemplateId", "id")],
        ..plain("AWS::EC2::LaunchTemplate", "aws_launch_template", TEMPLATE)
    },
    Row {
        reference: "name",
        ..plain(
            "AWS::AutoScaling::AutoScalingGroup",
            "aws_autoscaling_group",
            &[
                ("AutoScalingGroupName", To("name")),
                ("LaunchTemplate.LaunchTemplateId", To("id")),
                ("VPCZoneIdentifier", To("vpc_zone_identifier")),
                ("NewInstancesProtectedFromScaleIn", To("protect_from_scale_in")),
                ("Tags", To("tag")),
            ],
        )
    },
];

const TEMPLATE: &[(&str, super::Rule)] = &[
    ("LaunchTemplateName", To("name")),
    ("LaunchTemplateData", Hoist),
    ("LaunchTemplateData.NetworkInterfaces.Groups", To("security_groups")),
    ("LaunchTemplateData.SecurityGroupIds", To("vpc_security_group_ids")),
    ("LaunchTemplateData.TagSpecifications.Tags", By(tags)),
    ("TagSpecifications", Skip),
];

const WAY: &[(&str, super::Rule)] = &[
    ("GroupId", To("security_group_id")),
    ("SourceSecurityGroupId", To("referenced_security_group_id")),
    ("DestinationSecurityGroupId", To("referenced_security_group_id")),
    ("SourcePrefixListId", To("prefix_list_id")),
    ("DestinationPrefixListId", To("prefix_list_id")),
    ("CidrIp", To("cidr_ipv4")),
    ("CidrIpv6", To("cidr_ipv6")),
];

fn tags(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    let tags = writer.tags(value);
    out.insert("tags".into(), tags);
}

fn ways_in(writer: &mut Writer<'_>, value: &Value, _: &mut Object) {
    ways(writer, value, "AWS::EC2::SecurityGroupIngress", "in");
}

fn ways_out(writer: &mut Writer<'_>, value: &Value, _: &mut Object) {
    ways(writer, value, "AWS::EC2::SecurityGroupEgress", "out");
}

/// Each rule stands for itself: rules inside a group and rules beside it would undo each other.
fn ways(writer: &mut Writer<'_>, value: &Value, type_name: &str, way: &str) {
    let Some(row) = super::of(type_name) else { return };
    for item in value.items() {
        let Expr::Map(entries) = &item.expr else { continue };
        let mut body = group(writer);
        writer.arguments(row, "", entries, &mut body);
        let origin = item.origin.as_ref().or(value.origin.as_ref());
        let name = format!("{way}_{}", opened(item));
        writer.beside(row.to, &name, body, origin);
    }
}

/// What a rule opens, in a word: its port, and to whom unless that is everyone.
fn opened(rule: &Value) -> String {
    let port = rule.get("FromPort").and_then(Value::as_int).map_or("all".to_owned(), |port| port.to_string());
    let text = |key: &str| rule.get(key).and_then(Value::as_str).filter(|all| *all != "0.0.0.0/0").map(str::to_owned);
    let group = |key: &str| rule.get(key)?.names().map(str::to_owned);
    let whom = group("SourceSecurityGroupId")
        .or_else(|| group("DestinationSecurityGroupId"))
        .or_else(|| text("CidrIpv6").map(|block| format!("ipv6_{block}")))
        .or_else(|| text("CidrIp"))
        .unwrap_or_default();
    format!("{port}_{whom}")
}

fn group(writer: &Writer<'_>) -> Object {
    let place = format!("${{aws_security_group.{}.id}}", writer.name(&writer.id));
    Object::from_iter([("security_group_id".to_owned(), place.into())])
}

/// CloudFormation leaves a new group open outwards, Terraform closes it.
fn open_outwards(writer: &mut Writer<'_>, resource: &Resource, _: &mut Object) {
    if resource.get("SecurityGroupEgress").is_none() {
        let mut body = group(writer);
        body.insert("ip_protocol".into(), "-1".into());
        body.insert("cidr_ipv4".into(), "0.0.0.0/0".into());
        writer.beside("aws_vpc_security_group_egress_rule", "out", body, None);
    }
}
