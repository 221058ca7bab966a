//! Ways out of a VPC and into it.

use trazo_stack::{Expr, list};

use super::{BUSY, by_tags, tagged_input};
use crate::Service::Ec2;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::wait::Wait;

/// `AWS::EC2::InternetGateway`.
pub(crate) fn internet_gateway(m: &mut Maker<'_>) {
    let input = tagged_input(m, "internet-gateway");
    let (own, find) = (m.own(), by_tags(m, "DescribeInternetGateways", "Filters", "InternetGateways"));
    m.make("", Ec2, "CreateInternetGateway", input)
        .answer("InternetGateway")
        .gives("", "InternetGatewayId")
        .gives("InternetGatewayId", "InternetGatewayId")
        .undo(
            Undo::new(Ec2, "DeleteInternetGateway", [("InternetGatewayId", own)])
                .gone(&["InvalidInternetGatewayID.NotFound"])
                .busy(BUSY),
        )
        .find(Repeat::Again, find);
}

/// `AWS::EC2::VPCGatewayAttachment`. It cannot be taken away as long as something in the VPC has a public address.
pub(crate) fn vpc_gateway_attachment(m: &mut Maker<'_>) {
    let input = m.rest();
    let part = |name: &str| input.get(name).cloned().unwrap_or_else(|| Expr::Null.into());
    let (gateway, vpc) = (part("InternetGatewayId"), part("VpcId"));
    m.make("", Ec2, "AttachInternetGateway", input)
        .undo(
            Undo::new(Ec2, "DetachInternetGateway", [("InternetGatewayId", gateway.clone()), ("VpcId", vpc.clone())])
                .gone(&["Gateway.NotAttached", "InvalidInternetGatewayID.NotFound", "InvalidVpcID.NotFound"])
                .busy(BUSY),
        )
        .find(
            Repeat::Refused(&["Resource.AlreadyAssociated"]),
            Find::new(
                Ec2,
                "DescribeInternetGateways",
                [("InternetGatewayIds", list([gateway]))],
                "InternetGateways[0].Attachments",
            )
            .matching("VpcId", vpc),
        );
}

/// `AWS::EC2::EIP`.
pub(crate) fn address(m: &mut Maker<'_>) {
    let input = tagged_input(m, "elastic-ip");
    let (id, find) = (m.own_att("AllocationId"), by_tags(m, "DescribeAddresses", "Filters", "Addresses"));
    m.make("", Ec2, "AllocateAddress", input)
        .gives("", "PublicIp")
        .gives("PublicIp", "PublicIp")
        .gives("AllocationId", "AllocationId")
        .undo(
            Undo::new(Ec2, "ReleaseAddress", [("AllocationId", id)])
                .gone(&["InvalidAllocationID.NotFound"])
                .busy(&["InvalidIPAddress.InUse"])
                // What AWS answers for a while after the NAT gateway with it has gone.
                .busy_if("AuthFailure", "permission"),
        )
        .find(Repeat::Again, find);
}

/// `AWS::EC2::NatGateway`.
pub(crate) fn nat_gateway(m: &mut Maker<'_>) {
    let mut input = tagged_input(m, "natgateway");
    input.insert("ClientToken".to_owned(), m.token(""));
    let (own, find) = (m.own(), by_tags(m, "DescribeNatGateways", "Filter", "NatGateways"));
    let state = || Wait::new(Ec2, "DescribeNatGateways", [("NatGatewayIds", list([own.clone()]))]);
    m.make("", Ec2, "CreateNatGateway", input)
        .answer("NatGateway")
        .gives("", "NatGatewayId")
        .gives("NatGatewayId", "NatGatewayId")
        .ready(
            state()
                .until("NatGateways[0].State", "available")
                .fails("NatGateways[0].State", "failed")
                .reason("NatGateways[0].FailureMessage")
                .unseen(&["NatGatewayNotFound"])
                .every(10, 120, 600),
        )
        .undo(
            Undo::new(Ec2, "DeleteNatGateway", [("NatGatewayId", own.clone())]).gone(&["NatGatewayNotFound"]).wait(
                state().until("NatGateways[0].State", "deleted").gone(&["NatGatewayNotFound"]).every(10, 60, 600),
            ),
        )
        .patience("NatGatewayNotFound", "")
        .find(Repeat::Harmless, find);
}
