//! Endpoints and flow logs of a VPC.

use trazo_stack::list;

use super::{by_tags, tagged_input};
use crate::Service::Ec2;
use crate::json_text::json_text;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::wait::{Condition, Wait};

/// `AWS::EC2::VPCEndpoint`.
pub(crate) fn vpc_endpoint(m: &mut Maker<'_>) {
    let policy = m.take("PolicyDocument");
    let mut input = tagged_input(m, "vpc-endpoint");
    if let Some(policy) = policy {
        input.insert("PolicyDocument".to_owned(), json_text(policy));
    }
    input.insert("ClientToken".to_owned(), m.token(""));
    let interface = input.contains_key("SubnetIds");
    let (own, find) = (m.own(), by_tags(m, "DescribeVpcEndpoints", "Filters", "VpcEndpoints"));
    let gone = &["InvalidVpcEndpointId.NotFound"];
    let state = || Wait::new(Ec2, "DescribeVpcEndpoints", [("VpcEndpointIds", list([own.clone()]))]);
    let usual = if interface { 90 } else { 5 };
    m.make("", Ec2, "CreateVpcEndpoint", input)
        .answer("VpcEndpoint")
        .gives("", "VpcEndpointId")
        .gives("Id", "VpcEndpointId")
        .ready(
            state()
                .until("VpcEndpoints[0].State", "available")
                .fails("VpcEndpoints[0].State", "failed")
                .fails("VpcEndpoints[0].State", "rejected")
                .reason("VpcEndpoints[0].LastError.Message")
                .unseen(gone)
                .every(10, usual, 600),
        )
        .undo(
            Undo::new(Ec2, "DeleteVpcEndpoints", [("VpcEndpointIds", list([own.clone()]))]).gone(gone).wait(
                state()
                    .until_all(&[Condition::NoneBut("VpcEndpoints", "State", "deleted")])
                    .gone(gone)
                    .every(10, usual, 600),
            ),
        )
        .find(Repeat::Harmless, find);
}

/// `AWS::EC2::FlowLog`.
pub(crate) fn flow_log(m: &mut Maker<'_>) {
    let watched = m.take("ResourceId");
    let mut input = tagged_input(m, "vpc-flow-log");
    input.insert("ResourceIds".to_owned(), list(watched));
    input.insert("ClientToken".to_owned(), m.token(""));
    let (own, find) = (m.own(), by_tags(m, "DescribeFlowLogs", "Filter", "FlowLogs"));
    m.make("", Ec2, "CreateFlowLogs", input)
        .gives("", "FlowLogIds[0]")
        .gives("Id", "FlowLogIds[0]")
        // The role was made a moment ago.
        .patience("InvalidParameter", "assume")
        .undo(Undo::new(Ec2, "DeleteFlowLogs", [("FlowLogIds", list([own]))]).gone(&["InvalidFlowLogId.NotFound"]))
        .find(Repeat::Harmless, find.gives("", "FlowLogId").gives("Id", "FlowLogId"));
}
