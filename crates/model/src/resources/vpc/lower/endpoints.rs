//! The endpoints of a VPC on AWS: `AWS::EC2::VPCEndpoint`
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html>).

use trazo_stack::{Resource, Value, att, list, map, reference, sub};

use super::{private_tables, subnets, tags};
use crate::lowering::{node_origin, pascal_case};
use crate::resources::vpc::Vpc;
use crate::{Lowering, Node};

/// The logical id of the endpoint to a service.
fn id(low: &Lowering<'_>, node: &Node, service: &str) -> String {
    low.id(&node.id, &format!("{}Endpoint", pascal_case(service)))
}

/// The logical ids of all endpoints.
pub(super) fn ids(low: &Lowering<'_>, node: &Node, vpc: &Vpc) -> Vec<String> {
    let mut ids: Vec<String> = vpc.endpoints.gateways().map(|service| id(low, node, service)).collect();
    ids.extend(vpc.endpoints.interfaces().into_iter().map(|(service, _)| id(low, node, service)));
    ids
}

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node, vpc: &Vpc) {
    for service in vpc.endpoints.gateways() {
        let mut tables = vec![reference(low.id(&node.id, "PublicRouteTable"))];
        tables.extend(private_tables(vpc).map(|n| reference(low.id(&node.id, &format!("PrivateRouteTable{n}")))));
        let mut gateway = endpoint(low, node, service, &format!("endpoints.{service}"), "Gateway");
        gateway.set("RouteTableIds", tables);
        low.add(id(low, node, service), gateway);
    }
    let interfaces = vpc.endpoints.interfaces();
    if interfaces.is_empty() {
        return;
    }
    security_group(low, node);
    let places = subnets(low, node, vpc, if vpc.private_subnets { "Private" } else { "Public" });
    for (service, field) in interfaces {
        let mut interface = endpoint(low, node, service, &field, "Interface");
        // By it the usual names of the service lead to the endpoint.
        interface.set("PrivateDnsEnabled", true);
        interface.set("SubnetIds", places.clone());
        interface.set("SecurityGroupIds", list([att(low.id(&node.id, "EndpointSecurityGroup"), "GroupId")]));
        low.add(id(low, node, service), interface);
    }
}

fn endpoint(low: &Lowering<'_>, node: &Node, service: &str, field: &str, kind: &str) -> Resource {
    let mut endpoint = Resource::new("AWS::EC2::VPCEndpoint", node_origin(&node.id).field(field));
    endpoint.set("VpcEndpointType", kind);
    endpoint.set("ServiceName", sub(format!("com.amazonaws.${{AWS::Region}}.{service}")));
    endpoint.set("VpcId", reference(low.id(&node.id, "Vpc")));
    endpoint.set("Tags", tags(low, node, service));
    endpoint
}

/// Endpoints speak HTTPS with all that is in the VPC
/// (<https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>).
fn security_group(low: &mut Lowering<'_>, node: &Node) {
    let vpc = low.id(&node.id, "Vpc");
    let mut group = Resource::new("AWS::EC2::SecurityGroup", node_origin(&node.id).field("endpoints"));
    group.set("GroupDescription", "Endpoints of the VPC");
    group.set("VpcId", reference(&vpc));
    let rule: Value = map([
        ("Description", "From the VPC".into()),
        ("IpProtocol", "tcp".into()),
        ("FromPort", 443.into()),
        ("ToPort", 443.into()),
        ("CidrIp", att(vpc, "CidrBlock")),
    ]);
    group.set("SecurityGroupIngress", list([rule]));
    group.set("Tags", tags(low, node, "endpoints"));
    low.add(low.id(&node.id, "EndpointSecurityGroup"), group);
}
