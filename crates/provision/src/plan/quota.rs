//! What an account may have as a rule, and how much of that a stack takes.

use trazo_stack::Stack;

use crate::prices::{Estimate, Good, HOURS, MILLI};
use trazo_stack::read;

const VPC: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";
const ELB: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html";
const ECS: &str = "https://docs.aws.amazon.com/general/latest/gr/ecs-service.html";

/// Part of a quota that a stack takes. What else is in the account takes its part too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The key of its name.
    pub key: &'static str,
    /// How much the stack takes at most.
    pub taken: u64,
    /// How much an account has in a region if nobody asked for more.
    pub usual: u64,
    /// AWS's page.
    pub doc: &'static str,
}

/// By type: the key of the quota's name, how much an account has, AWS's page.
const COUNTED: &[(&str, &str, u64, &str)] = &[
    ("AWS::EC2::VPC", "deploy.quota.vpcs", 5, VPC),
    ("AWS::EC2::InternetGateway", "deploy.quota.internet-gateways", 5, VPC),
    ("AWS::EC2::EIP", "deploy.quota.addresses", 5, VPC),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "deploy.quota.load-balancers", 50, ELB),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", "deploy.quota.target-groups", 3000, ELB),
];

/// The vCPUs of Fargate that run at a time in an account that is new; AWS raises them as it is used.
const FARGATE: u64 = 6;

/// The quotas that a stack takes something of.
pub(super) fn taken(stack: &Stack, estimate: &Estimate) -> Vec<Quota> {
    let counted = COUNTED.iter().map(|&(type_name, key, usual, doc)| {
        let taken = read::of_type(stack, type_name).count() as u64;
        Quota { key, taken, usual, doc }
    });
    let vcpus = |goods: &[Good], key| {
        let its = estimate.items.iter().filter(|item| goods.contains(&item.good));
        let most: u64 = its.map(|item| item.high / HOURS).sum();
        Quota { key, taken: most.div_ceil(MILLI), usual: FARGATE, doc: ECS }
    };
    let fargate = [
        vcpus(&[Good::FargateCpu, Good::ArmCpu, Good::WindowsCpu], "deploy.quota.fargate"),
        vcpus(&[Good::SpotCpu, Good::SpotArmCpu], "deploy.quota.fargate-spot"),
    ];
    counted.chain(fargate).filter(|quota| quota.taken > 0).collect()
}
