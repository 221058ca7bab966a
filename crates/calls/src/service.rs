//! AWS's services, and how each is spoken to.
//!
//! The facts are those of the service models that AWS publishes with its SDKs (`metadata` of each `service-2.json`).

/// A service of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// API Gateway, REST APIs.
    ApiGateway,
    /// API Gateway, HTTP APIs and VPC links.
    ApiGatewayV2,
    /// Application Auto Scaling.
    ApplicationAutoScaling,
    /// EC2 Auto Scaling.
    AutoScaling,
    /// CloudFormation.
    CloudFormation,
    /// CloudWatch.
    CloudWatch,
    /// EC2, with VPC.
    Ec2,
    /// ECR.
    Ecr,
    /// ECS.
    Ecs,
    /// Elastic Load Balancing, version 2.
    Elbv2,
    /// IAM: one endpoint for all regions, signed for us-east-1.
    Iam,
    /// Lambda.
    Lambda,
    /// CloudWatch Logs.
    Logs,
    /// Service Quotas.
    Quotas,
    /// Cloud Map.
    ServiceDiscovery,
    /// STS.
    Sts,
    /// Resource Groups Tagging: what carries a tag, of all services.
    Tagging,
}

/// How a service's requests and answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// A form of `Action`, `Version` and flattened members; answers are XML.
    Query,
    /// As [`Protocol::Query`], with the differences of EC2: lists have no `member`, and wire names are their own.
    Ec2,
    /// JSON 1.1 to `/`, the operation in `X-Amz-Target` after this prefix and a dot.
    Json(&'static str),
    /// Method, path and query tell the operation; bodies are JSON.
    RestJson,
}

/// Name in the AWS CLI, first part of the host, name for signing, protocol, version of the API.
type Facts = (&'static str, &'static str, &'static str, Protocol, &'static str);

impl Service {
    /// All that Trazo speaks to.
    pub const ALL: &'static [Self] = &[
        Self::ApiGateway,
        Self::ApiGatewayV2,
        Self::ApplicationAutoScaling,
        Self::AutoScaling,
        Self::CloudFormation,
        Self::CloudWatch,
        Self::Ec2,
        Self::Ecr,
        Self::Ecs,
        Self::Elbv2,
        Self::Iam,
        Self::Lambda,
        Self::Logs,
        Self::Quotas,
        Self::ServiceDiscovery,
        Self::Sts,
        Self::Tagging,
    ];

    // One line a service: a table, and read as one.
    #[rustfmt::skip]
    fn facts(self) -> Facts {
        match self {
            Self::ApiGateway => ("apigateway", "apigateway", "apigateway", Protocol::RestJson, "2015-07-09"),
            Self::ApiGatewayV2 => ("apigatewayv2", "apigateway", "apigateway", Protocol::RestJson, "2018-11-29"),
            Self::ApplicationAutoScaling => ("application-autoscaling", "application-autoscaling", "application-autoscaling", Protocol::Json("AnyScaleFrontendService"), "2016-02-06"),
            Self::AutoScaling => ("autoscaling", "autoscaling", "autoscaling", Protocol::Query, "2011-01-01"),
            Self::CloudFormation => ("cloudformation", "cloudformation", "cloudformation", Protocol::Query, "2010-05-15"),
            Self::CloudWatch => ("cloudwatch", "monitoring", "monitoring", Protocol::Query, "2010-08-01"),
            Self::Ec2 => ("ec2", "ec2", "ec2", Protocol::Ec2, "2016-11-15"),
            Self::Ecr => ("ecr", "api.ecr", "ecr", Protocol::Json("AmazonEC2ContainerRegistry_V20150921"), "2015-09-21"),
            Self::Ecs => ("ecs", "ecs", "ecs", Protocol::Json("AmazonEC2ContainerServiceV20141113"), "2014-11-13"),
            Self::Elbv2 => ("elbv2", "elasticloadbalancing", "elasticloadbalancing", Protocol::Query, "2015-12-01"),
            Self::Iam => ("iam", "iam", "iam", Protocol::Query, "2010-05-08"),
            Self::Lambda => ("lambda", "lambda", "lambda", Protocol::RestJson, "2015-03-31"),
            Self::Logs => ("logs", "logs", "logs", Protocol::Json("Logs_20140328"), "2014-03-28"),
            Self::Quotas => ("service-quotas", "servicequotas", "servicequotas", Protocol::Json("ServiceQuotasV20190624"), "2019-06-24"),
            Self::ServiceDiscovery => ("servicediscovery", "servicediscovery", "servicediscovery", Protocol::Json("Route53AutoNaming_v20170314"), "2017-03-14"),
            Self::Sts => ("sts", "sts", "sts", Protocol::Query, "2011-06-15"),
            Self::Tagging => ("resourcegroupstaggingapi", "tagging", "tagging", Protocol::Json("ResourceGroupsTaggingAPI_20170126"), "2017-01-26"),
        }
    }

    /// What the AWS CLI calls it (`aws elbv2 …`).
    pub fn cli(self) -> &'static str {
        self.facts().0
    }

    /// The name under which requests to it are signed.
    pub fn signing_name(self) -> &'static str {
        self.facts().2
    }

    /// How it is spoken to.
    pub fn protocol(self) -> Protocol {
        self.facts().3
    }

    /// The version of its API (`2014-11-13`).
    pub fn version(self) -> &'static str {
        self.facts().4
    }

    /// Its host in a region of the partition `aws`
    /// (<https://docs.aws.amazon.com/general/latest/gr/rande.html>).
    pub fn host(self, region: &str) -> String {
        match self {
            Self::Iam => "iam.amazonaws.com".to_owned(),
            _ => format!("{}.{region}.amazonaws.com", self.facts().1),
        }
    }

    /// The region for which requests to it are signed.
    pub fn signing_region(self, region: &str) -> &str {
        match self {
            Self::Iam => "us-east-1",
            _ => region,
        }
    }
}
