//! Endpoints: how a VPC reaches services of AWS without the Internet
//! (<https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html>).

use serde::{Deserialize, Serialize};

use crate::field::TextRule;

/// The endpoints of a VPC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Endpoints {
    /// A gateway to Amazon S3, where ECR keeps the layers of images. Costs nothing.
    pub s3: bool,
    /// A gateway to DynamoDB. Costs nothing.
    pub dynamodb: bool,
    /// To ECR, for pulling images.
    pub ecr: bool,
    /// To CloudWatch Logs.
    pub logs: bool,
    /// To Secrets Manager.
    pub secrets_manager: bool,
    /// To Systems Manager, for parameters.
    pub ssm: bool,
    /// To the channel of ECS Exec.
    pub exec: bool,
    /// To ECS itself, for instances of a cluster.
    pub ecs: bool,
    /// To further services, as their names end: `sqs`, `execute-api`.
    pub others: Vec<String>,
}

/// The interface endpoints that each field stands for
/// (<https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html>,
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html>).
const INTERFACES: &[(&str, &[&str])] = &[
    ("ecr", &["ecr.api", "ecr.dkr"]),
    ("logs", &["logs"]),
    ("secretsManager", &["secretsmanager"]),
    ("ssm", &["ssm"]),
    ("exec", &["ssmmessages"]),
    ("ecs", &["ecs", "ecs-agent", "ecs-telemetry"]),
];

/// The names that services go by in endpoints: small letters, digits, dots and hyphens
/// (<https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html>).
pub(super) const SERVICE: TextRule = TextRule::new(2, 64, "endpoint_service", |text| {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-')
        && !text.starts_with("com.amazonaws")
});

/// The services that a field of [`Endpoints`] leads to, in words for a person.
pub(super) fn services(field: &str) -> &'static [&'static str] {
    match field {
        "s3" => &["s3"],
        "dynamodb" => &["dynamodb"],
        _ => INTERFACES.iter().find(|(key, _)| *key == field).map_or(&[], |(_, services)| services),
    }
}

impl Endpoints {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the endpoints of a field are there.
    pub fn has(&self, field: &str) -> bool {
        match field {
            "s3" => self.s3,
            "dynamodb" => self.dynamodb,
            "ecr" => self.ecr,
            "logs" => self.logs,
            "secretsManager" => self.secrets_manager,
            "ssm" => self.ssm,
            "exec" => self.exec,
            "ecs" => self.ecs,
            _ => false,
        }
    }

    /// Whether there is a way to all services of a field, be it named among the others.
    pub fn leads_to(&self, field: &str) -> bool {
        self.has(field) || services(field).iter().all(|service| self.others.iter().any(|other| other == service))
    }

    /// The gateway endpoints: service, which is also the field.
    pub fn gateways(&self) -> impl Iterator<Item = &'static str> {
        let (s3, dynamodb) = (self.s3, self.dynamodb);
        [("s3", s3), ("dynamodb", dynamodb)].into_iter().filter(|(_, on)| *on).map(|(service, _)| service)
    }

    /// The interface endpoints: service, and the field that asks for it. What is asked for twice is there twice.
    pub fn interfaces(&self) -> Vec<(&str, String)> {
        let mut all: Vec<(&str, String)> = Vec::new();
        for (field, services) in INTERFACES.iter().filter(|(field, _)| self.has(field)) {
            all.extend(services.iter().map(|service| (*service, format!("endpoints.{field}"))));
        }
        let others = self.others.iter().enumerate().filter(|(_, service)| !service.is_empty());
        all.extend(others.map(|(index, service)| (service.as_str(), format!("endpoints.others.{index}"))));
        all
    }
}

/// Which packets flow logs tell of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Traffic {
    /// All.
    #[default]
    All,
    /// Those that were let through.
    Accept,
    /// Those that were refused.
    Reject,
}

impl Traffic {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::Accept => "ACCEPT",
            Self::Reject => "REJECT",
        }
    }
}

/// Logs of who talks to whom
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct FlowLogs {
    /// Whether they are written.
    pub enabled: bool,
    /// Which packets they tell of.
    pub traffic: Traffic,
    /// Days for which they are kept; 0 is for ever.
    pub retention_days: i64,
}

impl Default for FlowLogs {
    fn default() -> Self {
        Self { enabled: false, traffic: Traffic::default(), retention_days: 7 }
    }
}

impl FlowLogs {
    /// Whether nothing was said of them.
    pub fn is_standard(&self) -> bool {
        *self == Self::default()
    }
}
