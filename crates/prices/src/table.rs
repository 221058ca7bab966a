//! What things cost: AWS's list prices without discounts, free tier or taxes, in the regions of the United States that cost alike.
//!
//! Sources: <https://aws.amazon.com/fargate/pricing/>, <https://aws.amazon.com/elasticloadbalancing/pricing/>,
//! <https://aws.amazon.com/vpc/pricing/>, <https://aws.amazon.com/privatelink/pricing/>,
//! <https://aws.amazon.com/api-gateway/pricing/>, <https://aws.amazon.com/lambda/pricing/>,
//! <https://aws.amazon.com/cloudwatch/pricing/>, <https://aws.amazon.com/ecr/pricing/>,
//! <https://aws.amazon.com/ec2/pricing/on-demand/>, <https://aws.amazon.com/ebs/pricing/>.
//! VPC links of the second version have no price of their own on API Gateway's page.

/// When the prices were looked up: year and month.
pub const DATED: &str = "2026-06";

/// The regions that these prices are those of. Others are estimated with them.
pub const REGIONS: &[&str] = &["us-east-1", "us-east-2", "us-west-2"];

/// Something that is charged for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Good {
    /// A vCPU of Fargate, Linux on x86.
    FargateCpu,
    /// Memory of Fargate, Linux on x86.
    FargateMemory,
    /// A vCPU of Fargate, Linux on ARM.
    ArmCpu,
    /// Memory of Fargate, Linux on ARM.
    ArmMemory,
    /// A vCPU of Fargate with the licence of Windows.
    WindowsCpu,
    /// Memory of Fargate with Windows.
    WindowsMemory,
    /// A vCPU of Fargate Spot, x86. Its price changes with demand.
    SpotCpu,
    /// Memory of Fargate Spot, x86.
    SpotMemory,
    /// A vCPU of Fargate Spot, ARM.
    SpotArmCpu,
    /// Memory of Fargate Spot, ARM.
    SpotArmMemory,
    /// Storage of a task beyond the 20 GB that each has.
    TaskStorage,
    /// An instance of EC2, by its type; the price is that of [`instance`].
    Instance,
    /// A gp3 volume of an instance.
    Disk,
    /// An Application Load Balancer.
    LoadBalancer,
    /// What a load balancer handles, in LCUs.
    LoadBalancerUnits,
    /// A NAT gateway.
    NatGateway,
    /// A public IPv4 address.
    Address,
    /// An interface endpoint in one zone.
    Endpoint,
    /// Requests to an HTTP API.
    HttpRequests,
    /// Requests to a REST API.
    RestRequests,
    /// Requests to a Lambda function.
    LambdaRequests,
    /// The time in which a function on x86 runs.
    LambdaTime,
    /// The time in which a function on ARM runs.
    LambdaArmTime,
    /// Log lines that come in.
    Logs,
    /// Images in a repository.
    Images,
    /// A CloudWatch alarm.
    Alarm,
}

impl Good {
    /// All, for the tests of the texts.
    pub const ALL: &'static [Self] = &[
        Self::FargateCpu,
        Self::FargateMemory,
        Self::ArmCpu,
        Self::ArmMemory,
        Self::WindowsCpu,
        Self::WindowsMemory,
        Self::SpotCpu,
        Self::SpotMemory,
        Self::SpotArmCpu,
        Self::SpotArmMemory,
        Self::TaskStorage,
        Self::Instance,
        Self::Disk,
        Self::LoadBalancer,
        Self::LoadBalancerUnits,
        Self::NatGateway,
        Self::Address,
        Self::Endpoint,
        Self::HttpRequests,
        Self::RestRequests,
        Self::LambdaRequests,
        Self::LambdaTime,
        Self::LambdaArmTime,
        Self::Logs,
        Self::Images,
        Self::Alarm,
    ];

    /// Key of the text, key of its unit, price of one unit in billionths of a dollar. A table, and read as one.
    #[rustfmt::skip]
    fn facts(self) -> (&'static str, &'static str, u64) {
        match self {
            Self::FargateCpu => ("deploy.cost.good.fargate-cpu", VCPU_HOUR, 40_480_000),
            Self::FargateMemory => ("deploy.cost.good.fargate-memory", GB_HOUR, 4_445_000),
            Self::ArmCpu => ("deploy.cost.good.arm-cpu", VCPU_HOUR, 32_380_000),
            Self::ArmMemory => ("deploy.cost.good.arm-memory", GB_HOUR, 3_560_000),
            // 0.09148 for the vCPU, 0.046 for the licence.
            Self::WindowsCpu => ("deploy.cost.good.windows-cpu", VCPU_HOUR, 137_480_000),
            Self::WindowsMemory => ("deploy.cost.good.windows-memory", GB_HOUR, 10_050_000),
            // 68 % below the price on demand.
            Self::SpotCpu => ("deploy.cost.good.spot-cpu", VCPU_HOUR, 12_910_000),
            Self::SpotMemory => ("deploy.cost.good.spot-memory", GB_HOUR, 1_418_000),
            Self::SpotArmCpu => ("deploy.cost.good.spot-arm-cpu", VCPU_HOUR, 10_330_000),
            Self::SpotArmMemory => ("deploy.cost.good.spot-arm-memory", GB_HOUR, 1_136_000),
            Self::TaskStorage => ("deploy.cost.good.task-storage", GB_HOUR, 111_000),
            Self::Instance => ("deploy.cost.good.instance", HOUR, 0),
            Self::Disk => ("deploy.cost.good.disk", GB_MONTH, 80_000_000),
            Self::LoadBalancer => ("deploy.cost.good.load-balancer", HOUR, 22_500_000),
            Self::LoadBalancerUnits => ("deploy.cost.good.load-balancer-units", "deploy.cost.unit.lcu-hour", 8_000_000),
            Self::NatGateway => ("deploy.cost.good.nat-gateway", HOUR, 45_000_000),
            Self::Address => ("deploy.cost.good.address", HOUR, 5_000_000),
            Self::Endpoint => ("deploy.cost.good.endpoint", HOUR, 10_000_000),
            Self::HttpRequests => ("deploy.cost.good.http-requests", MILLION, 1_000_000_000),
            Self::RestRequests => ("deploy.cost.good.rest-requests", MILLION, 3_500_000_000),
            Self::LambdaRequests => ("deploy.cost.good.lambda-requests", MILLION, 200_000_000),
            Self::LambdaTime => ("deploy.cost.good.lambda-time", GB_SECOND, 16_667),
            Self::LambdaArmTime => ("deploy.cost.good.lambda-arm-time", GB_SECOND, 13_333),
            Self::Logs => ("deploy.cost.good.logs", "deploy.cost.unit.gb", 500_000_000),
            Self::Images => ("deploy.cost.good.images", GB_MONTH, 100_000_000),
            Self::Alarm => ("deploy.cost.good.alarm", "deploy.cost.unit.alarm", 100_000_000),
        }
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        self.facts().0
    }

    /// The key of the unit in which it is measured.
    pub fn unit(self) -> &'static str {
        self.facts().1
    }

    /// What one unit costs, in billionths of a dollar; for an instance see [`instance`].
    pub fn price(self) -> u64 {
        self.facts().2
    }
}

const HOUR: &str = "deploy.cost.unit.hour";
const VCPU_HOUR: &str = "deploy.cost.unit.vcpu-hour";
const GB_HOUR: &str = "deploy.cost.unit.gb-hour";
const GB_MONTH: &str = "deploy.cost.unit.gb-month";
const GB_SECOND: &str = "deploy.cost.unit.gb-second";
const MILLION: &str = "deploy.cost.unit.million";

/// Types of instances and what an hour of each costs with Linux, on demand, in billionths of a dollar.
const INSTANCES: &[(&str, u64)] = &[
    ("t2.micro", 11_600_000),
    ("t3.nano", 5_200_000),
    ("t3.micro", 10_400_000),
    ("t3.small", 20_800_000),
    ("t3.medium", 41_600_000),
    ("t3.large", 83_200_000),
    ("t3.xlarge", 166_400_000),
    ("t3.2xlarge", 332_800_000),
    ("t3a.micro", 9_400_000),
    ("t3a.small", 18_800_000),
    ("t3a.medium", 37_600_000),
    ("t3a.large", 75_200_000),
    ("t4g.nano", 4_200_000),
    ("t4g.micro", 8_400_000),
    ("t4g.small", 16_800_000),
    ("t4g.medium", 33_600_000),
    ("t4g.large", 67_200_000),
    ("t4g.xlarge", 134_400_000),
    ("t4g.2xlarge", 268_800_000),
    ("c5.large", 85_000_000),
    ("m5.large", 96_000_000),
    ("r5.large", 126_000_000),
];

/// What an hour of an instance of a type costs, in billionths of a dollar; `None` for a type that is not in the table.
pub fn instance(name: &str) -> Option<u64> {
    INSTANCES.iter().find(|(known, _)| *known == name).map(|(_, price)| *price)
}
