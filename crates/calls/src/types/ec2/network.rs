//! VPCs, subnets, route tables.

use trazo_stack::{Expr, list};

use super::{BUSY, by_tags, tagged_input, wrapped};
use crate::Service::Ec2;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::template::members;
use crate::wait::Wait;

/// `AWS::EC2::VPC`. What DNS does in it is set afterwards, one setting a call.
pub(crate) fn vpc(m: &mut Maker<'_>) {
    let support = m.take("EnableDnsSupport");
    let hostnames = m.take("EnableDnsHostnames");
    let input = tagged_input(m, "vpc");
    let (own, find) = (m.own(), by_tags(m, "DescribeVpcs", "Filters", "Vpcs"));
    m.make("", Ec2, "CreateVpc", input)
        .answer("Vpc")
        .gives("", "VpcId")
        .gives("VpcId", "VpcId")
        .gives("CidrBlock", "CidrBlock")
        .ready(
            Wait::new(Ec2, "DescribeVpcs", [("VpcIds", list([own.clone()]))])
                .until("Vpcs[0].State", "available")
                .unseen(&["InvalidVpcID.NotFound"]),
        )
        .undo(Undo::new(Ec2, "DeleteVpc", [("VpcId", own.clone())]).gone(&["InvalidVpcID.NotFound"]).busy(BUSY))
        .find(Repeat::Again, find);
    // Each VPC begins with DNS, so that only switching it off is a call.
    if let Some(flag) = support.filter(|flag| flag.expr != Expr::Bool(true)) {
        let input = members([("VpcId", own.clone()), ("EnableDnsSupport", wrapped(flag))]);
        m.make("dns-support", Ec2, "ModifyVpcAttribute", input);
    }
    if let Some(flag) = hostnames.filter(|flag| flag.expr != Expr::Bool(false)) {
        let input = members([("VpcId", own), ("EnableDnsHostnames", wrapped(flag))]);
        m.make("dns-hostnames", Ec2, "ModifyVpcAttribute", input);
    }
}

/// `AWS::EC2::Subnet`.
pub(crate) fn subnet(m: &mut Maker<'_>) {
    let public = m.take("MapPublicIpOnLaunch");
    let input = tagged_input(m, "subnet");
    let (own, find) = (m.own(), by_tags(m, "DescribeSubnets", "Filters", "Subnets"));
    m.make("", Ec2, "CreateSubnet", input)
        .answer("Subnet")
        .gives("", "SubnetId")
        .gives("SubnetId", "SubnetId")
        .gives("AvailabilityZone", "AvailabilityZone")
        .gives("CidrBlock", "CidrBlock")
        .ready(
            Wait::new(Ec2, "DescribeSubnets", [("SubnetIds", list([own.clone()]))])
                .until("Subnets[0].State", "available")
                .unseen(&["InvalidSubnetID.NotFound"]),
        )
        .undo(
            Undo::new(Ec2, "DeleteSubnet", [("SubnetId", own.clone())]).gone(&["InvalidSubnetID.NotFound"]).busy(BUSY),
        )
        .find(Repeat::Again, find);
    if let Some(flag) = public.filter(|flag| flag.expr != Expr::Bool(false)) {
        let input = members([("SubnetId", own), ("MapPublicIpOnLaunch", wrapped(flag))]);
        m.make("public-addresses", Ec2, "ModifySubnetAttribute", input);
    }
}

/// `AWS::EC2::RouteTable`.
pub(crate) fn route_table(m: &mut Maker<'_>) {
    let input = tagged_input(m, "route-table");
    let (own, find) = (m.own(), by_tags(m, "DescribeRouteTables", "Filters", "RouteTables"));
    m.make("", Ec2, "CreateRouteTable", input)
        .answer("RouteTable")
        .gives("", "RouteTableId")
        .gives("RouteTableId", "RouteTableId")
        .undo(
            Undo::new(Ec2, "DeleteRouteTable", [("RouteTableId", own)])
                .gone(&["InvalidRouteTableID.NotFound"])
                .busy(BUSY),
        )
        .find(Repeat::Again, find);
}

/// `AWS::EC2::Route`.
pub(crate) fn route(m: &mut Maker<'_>) {
    let input = m.rest();
    let part = |name: &str| input.get(name).map(|value| (name.to_owned(), value.clone()));
    let names = ["RouteTableId", "DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"];
    let mut undo = Undo::new(Ec2, "DeleteRoute", []).gone(&["InvalidRoute.NotFound", "InvalidRouteTableID.NotFound"]);
    undo.call.input = names.into_iter().filter_map(part).collect();
    // A second one is refused because of the first: there is nothing to be told of that.
    m.make("", Ec2, "CreateRoute", input).undo(undo).repeat(Repeat::Refused(&["RouteAlreadyExists"]));
}

/// `AWS::EC2::SubnetRouteTableAssociation`.
pub(crate) fn subnet_route_table_association(m: &mut Maker<'_>) {
    let input = m.rest();
    let subnet = input.get("SubnetId").cloned().unwrap_or_else(|| Expr::Null.into());
    let table = input.get("RouteTableId").cloned().unwrap_or_else(|| Expr::Null.into());
    let own = m.own();
    m.make("", Ec2, "AssociateRouteTable", input)
        .gives("", "AssociationId")
        .gives("Id", "AssociationId")
        .undo(
            Undo::new(Ec2, "DisassociateRouteTable", [("AssociationId", own)]).gone(&["InvalidAssociationID.NotFound"]),
        )
        .find(
            Repeat::Refused(&["Resource.AlreadyAssociated"]),
            Find::new(Ec2, "DescribeRouteTables", [("RouteTableIds", list([table]))], "RouteTables[0].Associations")
                .matching("SubnetId", subnet)
                .gives("", "RouteTableAssociationId")
                .gives("Id", "RouteTableAssociationId"),
        );
}
