//! VPC links (V2): how both kinds of APIs reach a load balancer within a VPC.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html>

use trazo_stack::{Resource, att, list};

use super::names::{short, tag_object};
use crate::lowering::link_origin;
use crate::resources::http_api::integration::{Connection, Integration};
use crate::resources::rest_api::integration::RestIntegration;
use crate::resources::vpc::lower::network;
use crate::{Link, Lowering, Node, NodeId};

/// Whether a link goes through a VPC link.
fn is_private(link: &Link) -> bool {
    let rest = RestIntegration::of(&link.props).map(|integration| integration.connection);
    let found = rest.or_else(|| Integration::of(&link.props).map(|integration| integration.connection));
    found == Some(Connection::Private)
}

/// The logical ids of the security groups of the VPC links that lead to a load balancer.
pub(in crate::resources) fn vpc_link_groups(low: &Lowering<'_>, alb: &NodeId) -> Vec<String> {
    let links = low.design.links_to(alb).filter(|link| is_private(link));
    links.map(|link| low.link_id(&link.from, alb, "VpcLinkSecurityGroup")).collect()
}

/// Makes the VPC link from an API to a load balancer, and its security group.
pub(in crate::resources) fn vpc_link(low: &mut Lowering<'_>, node: &Node, link: &Link) {
    let net = network(low, &link.to);
    let origin = link_origin(&link.id).field("connection");
    let group_id = low.link_id(&node.id, &link.to, "VpcLinkSecurityGroup");
    let mut group = Resource::new("AWS::EC2::SecurityGroup", origin.clone());
    // Descriptions of security groups know no accents; logical ids have none.
    group.set("GroupDescription", format!("VPC link of {}", low.id(&node.id, "Api"))).set("VpcId", net.vpc);
    if let Some(tags) = low.tags(node) {
        group.set("Tags", tags);
    }
    low.add(&group_id, group);

    let mut resource = Resource::new("AWS::ApiGatewayV2::VpcLink", origin);
    let balancer = low.design.node(&link.to).map_or("", |alb| alb.name.as_str());
    resource.set("Name", short(&format!("{}-{balancer}", node.name), 128));
    resource.set("SubnetIds", net.private_subnets);
    resource.set("SecurityGroupIds", list([att(group_id, "GroupId")]));
    if let Some(tags) = tag_object(node) {
        resource.set("Tags", tags);
    }
    low.add(low.link_id(&node.id, &link.to, "VpcLink"), resource);
}
