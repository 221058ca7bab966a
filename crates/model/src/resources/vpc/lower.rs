//! A VPC's part of the stack: two parameters for the default one; subnets, gateways and routes for a new one.
//!
//! <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-example-private-subnets-nat.html>

mod endpoints;
mod flow_logs;

use trazo_stack::{Expr, Parameter, Resource, Value, att, list, map, reference};

use super::cidr::Block;
use super::{Nat, Source, Vpc, new_vpc_of};
use crate::lowering::node_origin;
use crate::{Kind, Lowering, Node, NodeId, Typed};

/// The block of every account's default VPC
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html>).
const DEFAULT_BLOCK: &str = "172.31.0.0/16";
/// The block of a new VPC whose own cannot be read, so that the preview stays whole.
const FALLBACK: Block = Block { first: 0x0A00_0000, prefix: 16 };

/// The network that a node lies in, as its own resources name it.
pub(in crate::resources) struct Network {
    /// The VPC's id.
    pub vpc: Value,
    /// Its IPv4 block.
    pub block: Value,
    /// A list of subnets in two zones or more that the Internet reaches.
    pub public_subnets: Value,
    /// A list of private subnets in two zones or more; the public ones where there are no others.
    pub private_subnets: Value,
    /// Logical ids of the routes that must exist before anything in it reaches the Internet, or is reached from there.
    pub routes: Vec<String>,
    /// Logical ids of the endpoints that must exist before anything in it reaches services of AWS by them.
    pub endpoints: Vec<String>,
}

/// The network that `of` lies in: the new VPC around it, or the default one, which parameters name.
pub(in crate::resources) fn network(low: &mut Lowering<'_>, of: &NodeId) -> Network {
    let Some((node, vpc)) = new_vpc_of(low.design, of) else { return default_network(low, of) };
    let id = &node.id;
    let public_subnets = subnets(low, node, vpc, "Public");
    let private_subnets =
        if vpc.private_subnets { subnets(low, node, vpc, "Private") } else { public_subnets.clone() };
    let mut routes = vec![low.id(id, "PublicRoute")];
    routes.extend(nat_zones(vpc).map(|zone| low.id(id, &format!("PrivateRoute{zone}"))));
    let vpc_id = low.id(id, "Vpc");
    Network {
        vpc: reference(&vpc_id),
        block: att(vpc_id, "CidrBlock"),
        public_subnets,
        private_subnets,
        routes,
        endpoints: endpoints::ids(low, node, vpc),
    }
}

/// A list of its subnets, `Public` or `Private`.
fn subnets(low: &Lowering<'_>, node: &Node, vpc: &Vpc, which: &str) -> Value {
    list((1..=vpc.zone_count()).map(|zone| reference(low.id(&node.id, &format!("{which}Subnet{zone}")))))
}

fn default_network(low: &mut Lowering<'_>, of: &NodeId) -> Network {
    let drawn = low.design.ancestor(of, Kind::Vpc).map_or(of, |node| &node.id);
    let origin = node_origin(drawn);
    low.parameter(
        "VpcId",
        Parameter {
            type_name: "AWS::EC2::VPC::Id",
            description: "The VPC to deploy into: the default VPC of the account".to_owned(),
            default: None,
            origin: origin.clone(),
        },
    );
    low.parameter(
        "SubnetIds",
        Parameter {
            type_name: "List<AWS::EC2::Subnet::Id>",
            description: "Public subnets of that VPC in at least two Availability Zones".to_owned(),
            default: None,
            origin,
        },
    );
    Network {
        vpc: reference("VpcId"),
        block: DEFAULT_BLOCK.into(),
        public_subnets: reference("SubnetIds"),
        private_subnets: reference("SubnetIds"),
        routes: Vec::new(),
        endpoints: Vec::new(),
    }
}

/// The zones that have a NAT gateway, counted from 1.
fn nat_zones(vpc: &Vpc) -> std::ops::RangeInclusive<u32> {
    let count = match vpc.nat {
        Nat::Single if vpc.private_subnets => 1,
        Nat::PerZone if vpc.private_subnets => vpc.zone_count(),
        _ => 0,
    };
    1..=count
}

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(vpc) = Vpc::of(&node.props) else { return };
    if vpc.source == Source::Default {
        return;
    }
    let block = Block::parse(&vpc.cidr).unwrap_or(FALLBACK);
    gateway(low, node, block);
    let zones = vpc.zone_count();
    // Blocks that cannot be divided have a finding; each subnet then repeats the whole.
    let subnets = vpc.subnets(block);
    let at = |blocks: Option<&Vec<Block>>, zone: u32| {
        blocks.and_then(|blocks| blocks.get(zone as usize - 1)).copied().unwrap_or(block)
    };
    for zone in 1..=zones {
        subnet(low, node, "Public", zone, at(subnets.as_ref().map(|subnets| &subnets.public), zone));
        associate(low, node, "Public", zone, "PublicRouteTable".to_owned());
    }
    for zone in nat_zones(vpc) {
        nat_gateway(low, node, zone);
    }
    if vpc.private_subnets {
        for table in private_tables(vpc) {
            private_table(low, node, vpc, table);
        }
        let tables = *private_tables(vpc).end();
        for zone in 1..=zones {
            subnet(low, node, "Private", zone, at(subnets.as_ref().map(|subnets| &subnets.private), zone));
            associate(low, node, "Private", zone, format!("PrivateRouteTable{}", zone.min(tables)));
        }
    }
    endpoints::lower(low, node, vpc);
    flow_logs::lower(low, node, vpc);
}

/// The route tables of private subnets, counted from 1: one for each NAT gateway, or one for all.
fn private_tables(vpc: &Vpc) -> std::ops::RangeInclusive<u32> {
    let count = match (vpc.private_subnets, vpc.nat) {
        (false, _) => 0,
        (true, Nat::PerZone) => vpc.zone_count(),
        (true, _) => 1,
    };
    1..=count
}

/// A `Name` tag, which is what AWS's console shows, and the tags of the node.
fn tags(low: &Lowering<'_>, node: &Node, suffix: &str) -> Value {
    let name = if suffix.is_empty() { node.name.clone() } else { format!("{}-{suffix}", node.name) };
    let named = map([("Key", "Name".into()), ("Value", name.into())]).from_origin(node_origin(&node.id).field("name"));
    let mut all = vec![named];
    if let Some(Value { expr: Expr::List(own), .. }) = low.tags(node) {
        let is_name = |tag: &Value| matches!(&tag.expr, Expr::Map(entries) if entries.get("Key").and_then(Value::as_str) == Some("Name"));
        all.extend(own.into_iter().filter(|tag| !is_name(tag)));
    }
    all.into()
}

fn gateway(low: &mut Lowering<'_>, node: &Node, block: Block) {
    let origin = node_origin(&node.id);
    let vpc_id = low.id(&node.id, "Vpc");
    let mut vpc = Resource::new("AWS::EC2::VPC", origin.clone());
    vpc.set_from("CidrBlock", "cidr", block.to_string());
    vpc.set("EnableDnsSupport", true).set("EnableDnsHostnames", true).set("Tags", tags(low, node, ""));
    low.add(&vpc_id, vpc);

    let gateway_id = low.id(&node.id, "InternetGateway");
    let mut gateway = Resource::new("AWS::EC2::InternetGateway", origin.clone());
    gateway.set("Tags", tags(low, node, ""));
    low.add(&gateway_id, gateway);

    let attachment_id = low.id(&node.id, "GatewayAttachment");
    let mut attachment = Resource::new("AWS::EC2::VPCGatewayAttachment", origin);
    attachment.set("VpcId", reference(&vpc_id)).set("InternetGatewayId", reference(&gateway_id));
    low.add(&attachment_id, attachment);

    route_table(low, node, "PublicRouteTable", "public");
    let mut route = default_route(low, node, "PublicRouteTable");
    route.set("GatewayId", reference(gateway_id)).wait_for(attachment_id);
    low.add(low.id(&node.id, "PublicRoute"), route);
}

fn route_table(low: &mut Lowering<'_>, node: &Node, suffix: &str, name: &str) {
    let mut table = Resource::new("AWS::EC2::RouteTable", node_origin(&node.id));
    table.set("VpcId", reference(low.id(&node.id, "Vpc"))).set("Tags", tags(low, node, name));
    low.add(low.id(&node.id, suffix), table);
}

/// A route of `table` for all that lies outside the VPC, still without where it leads.
fn default_route(low: &Lowering<'_>, node: &Node, table: &str) -> Resource {
    let mut route = Resource::new("AWS::EC2::Route", node_origin(&node.id));
    route.set("RouteTableId", reference(low.id(&node.id, table))).set("DestinationCidrBlock", "0.0.0.0/0");
    route
}

fn subnet(low: &mut Lowering<'_>, node: &Node, which: &str, zone: u32, block: Block) {
    let public = which == "Public";
    let field = if public { "zones" } else { "privateSubnets" };
    let mut subnet = Resource::new("AWS::EC2::Subnet", node_origin(&node.id).field(field));
    subnet.set("VpcId", reference(low.id(&node.id, "Vpc")));
    subnet.set_from("CidrBlock", "cidr", block.to_string());
    subnet.set("AvailabilityZone", Value::from(Expr::Select(zone - 1, Box::new(Expr::Zones.into()))));
    subnet.set("MapPublicIpOnLaunch", public);
    subnet.set("Tags", tags(low, node, &format!("{}-{zone}", if public { "public" } else { "private" })));
    low.add(low.id(&node.id, &format!("{which}Subnet{zone}")), subnet);
}

fn associate(low: &mut Lowering<'_>, node: &Node, which: &str, zone: u32, table: String) {
    let mut association = Resource::new("AWS::EC2::SubnetRouteTableAssociation", node_origin(&node.id));
    association.set("SubnetId", reference(low.id(&node.id, &format!("{which}Subnet{zone}"))));
    association.set("RouteTableId", reference(low.id(&node.id, &table)));
    low.add(low.id(&node.id, &format!("{which}Subnet{zone}RouteTable")), association);
}

fn nat_gateway(low: &mut Lowering<'_>, node: &Node, zone: u32) {
    let origin = node_origin(&node.id).field("nat");
    let address_id = low.id(&node.id, &format!("NatAddress{zone}"));
    let mut address = Resource::new("AWS::EC2::EIP", origin.clone());
    address.set("Domain", "vpc").set("Tags", tags(low, node, &format!("nat-{zone}")));
    address.wait_for(low.id(&node.id, "GatewayAttachment"));
    low.add(&address_id, address);

    let mut gateway = Resource::new("AWS::EC2::NatGateway", origin);
    gateway.set("AllocationId", att(address_id, "AllocationId"));
    gateway.set("SubnetId", reference(low.id(&node.id, &format!("PublicSubnet{zone}"))));
    gateway.set("Tags", tags(low, node, &format!("nat-{zone}")));
    gateway.wait_for(low.id(&node.id, "PublicRoute"));
    low.add(low.id(&node.id, &format!("NatGateway{zone}")), gateway);
}

fn private_table(low: &mut Lowering<'_>, node: &Node, vpc: &Vpc, table: u32) {
    let suffix = format!("PrivateRouteTable{table}");
    route_table(low, node, &suffix, &format!("private-{table}"));
    if vpc.nat != Nat::None {
        let mut route = default_route(low, node, &suffix);
        let gateway = reference(low.id(&node.id, &format!("NatGateway{table}")));
        route.set("NatGatewayId", gateway.from_origin(node_origin(&node.id).field("nat")));
        low.add(low.id(&node.id, &format!("PrivateRoute{table}")), route);
    }
}
