//! Which actions make, show, change, tag and take away a resource of each type.
//!
//! Taken from `handlers.*.permissions` of the schemas that AWS publishes for CloudFormation
//! (<https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html>), without those for properties that
//! Trazo never sets. `tests/oracles` compares them.

/// By type: the actions of its own service. Those of API Gateway are the methods of HTTP and stand in [`own`].
// One line a type: a table, and read as one.
#[rustfmt::skip]
const OWN: &[(&str, &str)] = &[
    ("AWS::ApplicationAutoScaling::ScalableTarget", "DeleteScheduledAction DeregisterScalableTarget DescribeScalableTargets DescribeScheduledActions ListTagsForResource PutScheduledAction RegisterScalableTarget TagResource UntagResource"),
    ("AWS::ApplicationAutoScaling::ScalingPolicy", "DeleteScalingPolicy DescribeScalingPolicies PutScalingPolicy"),
    ("AWS::AutoScaling::AutoScalingGroup", "CancelInstanceRefresh CreateAutoScalingGroup CreateOrUpdateTags DeleteAutoScalingGroup DeleteTags Describe* StartInstanceRefresh UpdateAutoScalingGroup"),
    ("AWS::CloudWatch::Alarm", "DeleteAlarms DescribeAlarms ListTagsForResource PutMetricAlarm TagResource UntagResource"),
    ("AWS::EC2::EIP", "AllocateAddress CreateTags DeleteTags DescribeAddresses DisassociateAddress ReleaseAddress"),
    ("AWS::EC2::FlowLog", "CreateFlowLogs CreateTags DeleteFlowLogs DeleteTags DescribeFlowLogs DescribeTags"),
    ("AWS::EC2::InternetGateway", "CreateInternetGateway CreateTags DeleteInternetGateway DeleteTags DescribeInternetGateways"),
    ("AWS::EC2::LaunchTemplate", "CreateLaunchTemplate CreateLaunchTemplateVersion CreateTags DeleteLaunchTemplate DeleteTags DescribeLaunchTemplateVersions DescribeLaunchTemplates"),
    ("AWS::EC2::NatGateway", "CreateNatGateway CreateTags DeleteNatGateway DeleteTags DescribeNatGateways"),
    ("AWS::EC2::Route", "CreateRoute DeleteRoute DescribeNetworkInterfaces DescribeRouteTables ReplaceRoute"),
    ("AWS::EC2::RouteTable", "CreateRouteTable CreateTags DeleteRouteTable DeleteTags DescribeRouteTables"),
    ("AWS::EC2::SecurityGroup", "AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateSecurityGroup CreateTags DeleteSecurityGroup DeleteTags DescribeInstances DescribeSecurityGroups RevokeSecurityGroupEgress RevokeSecurityGroupIngress UpdateSecurityGroupRuleDescriptionsEgress UpdateSecurityGroupRuleDescriptionsIngress"),
    ("AWS::EC2::SecurityGroupIngress", "AuthorizeSecurityGroupIngress DescribeSecurityGroupRules DescribeSecurityGroups RevokeSecurityGroupIngress UpdateSecurityGroupRuleDescriptionsIngress"),
    ("AWS::EC2::Subnet", "CreateSubnet CreateTags DeleteSubnet DeleteTags DescribeNetworkAcls DescribeSubnets ModifySubnetAttribute"),
    ("AWS::EC2::SubnetRouteTableAssociation", "AssociateRouteTable DescribeRouteTables DescribeSubnets DisassociateRouteTable ReplaceRouteTableAssociation"),
    ("AWS::EC2::VPC", "CreateTags CreateVpc DeleteTags DeleteVpc DescribeNetworkAcls DescribeSecurityGroups DescribeVpcAttribute DescribeVpcEncryptionControls DescribeVpcs ModifyVpcAttribute"),
    ("AWS::EC2::VPCEndpoint", "CreateTags CreateVpcEndpoint DeleteTags DeleteVpcEndpoints DescribeSecurityGroups DescribeSubnets DescribeVpcEndpoints DescribeVpcs ModifyVpcEndpoint"),
    ("AWS::EC2::VPCGatewayAttachment", "AttachInternetGateway DescribeInternetGateways DescribeVpnGateways DetachInternetGateway"),
    ("AWS::ECR::Repository", "CreateRepository DeleteLifecyclePolicy DeleteRepository DescribeRepositories GetLifecyclePolicy GetRepositoryPolicy ListTagsForResource PutImageScanningConfiguration PutImageTagMutability PutLifecyclePolicy TagResource UntagResource"),
    ("AWS::ECS::CapacityProvider", "CreateCapacityProvider DeleteCapacityProvider DescribeCapacityProviders ListTagsForResource PutClusterCapacityProviders TagResource UntagResource UpdateCapacityProvider"),
    ("AWS::ECS::Cluster", "CreateCluster DeleteCluster DescribeClusters ListTagsForResource PutClusterCapacityProviders TagResource UntagResource UpdateCluster UpdateClusterSettings"),
    ("AWS::ECS::ClusterCapacityProviderAssociations", "DescribeCapacityProviders DescribeClusters PutClusterCapacityProviders"),
    ("AWS::ECS::Service", "CreateService DeleteService DescribeServiceDeployments DescribeServices ListServiceDeployments ListTagsForResource StopServiceDeployment TagResource UntagResource UpdateService"),
    ("AWS::ECS::TaskDefinition", "DeregisterTaskDefinition DescribeTaskDefinition ListTagsForResource RegisterTaskDefinition TagResource UntagResource"),
    ("AWS::ElasticLoadBalancingV2::Listener", "AddTags CreateListener DeleteListener DescribeListenerAttributes DescribeListeners DescribeTags ModifyListener ModifyListenerAttributes RemoveTags"),
    ("AWS::ElasticLoadBalancingV2::ListenerCertificate", "AddListenerCertificates DescribeListenerCertificates RemoveListenerCertificates"),
    ("AWS::ElasticLoadBalancingV2::ListenerRule", "AddTags CreateRule DeleteRule DescribeRules DescribeTags ModifyRule RemoveTags SetRulePriorities"),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "AddTags CreateLoadBalancer DeleteLoadBalancer DescribeCapacityReservation DescribeLoadBalancerAttributes DescribeLoadBalancers DescribeTags ModifyLoadBalancerAttributes RemoveTags SetIpAddressType SetSecurityGroups SetSubnets"),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", "AddTags CreateTargetGroup DeleteTargetGroup DeregisterTargets DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth ModifyTargetGroup ModifyTargetGroupAttributes RegisterTargets RemoveTags"),
    ("AWS::IAM::InstanceProfile", "AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile GetInstanceProfile RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile"),
    ("AWS::IAM::Role", "AttachRolePolicy CreateRole DeleteRole DeleteRolePolicy DetachRolePolicy GetRole GetRolePolicy ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies ListRoleTags PutRolePolicy TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription"),
    ("AWS::Lambda::Function", "CreateFunction DeleteFunction DeleteFunctionConcurrency GetCodeSigningConfig GetFunction GetFunctionCodeSigningConfig GetFunctionRecursionConfig GetFunctionScalingConfig GetRuntimeManagementConfig PublishVersion PutFunctionConcurrency TagResource UntagResource UpdateFunctionCode UpdateFunctionConfiguration"),
    ("AWS::Lambda::Permission", "AddPermission GetPolicy RemovePermission"),
    ("AWS::Logs::LogGroup", "CreateLogDelivery CreateLogGroup DeleteLogGroup DeleteResourcePolicy DeleteRetentionPolicy DescribeIndexPolicies DescribeLogGroups DescribeResourcePolicies GetDataProtectionPolicy ListTagsForResource PutResourcePolicy PutRetentionPolicy TagResource UntagResource"),
    ("AWS::ServiceDiscovery::HttpNamespace", "CreateHttpNamespace DeleteNamespace GetNamespace GetOperation ListTagsForResource TagResource UntagResource UpdateHttpNamespace"),
];

/// By type: the actions of another service that its own asks for in the caller's name.
#[rustfmt::skip]
const BESIDE: &[(&str, &str, &str)] = &[
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
    ("AWS::ApiGatewayV2::Stage", "logs", "CreateLogDelivery DeleteLogDelivery DescribeLogGroups DescribeResourcePolicies GetLogDelivery ListLogDeliveries PutResourcePolicy UpdateLogDelivery"),
    // https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_id-based-policy-examples.html
    ("AWS::ApplicationAutoScaling::ScalableTarget", "cloudwatch", "DeleteAlarms DescribeAlarms PutMetricAlarm"),
    ("AWS::ApplicationAutoScaling::ScalableTarget", "ecs", "DescribeServices UpdateService"),
    ("AWS::ApplicationAutoScaling::ScalingPolicy", "cloudwatch", "DeleteAlarms DescribeAlarms GetMetricData PutMetricAlarm"),
    ("AWS::AutoScaling::AutoScalingGroup", "cloudwatch", "PutMetricAlarm"),
    // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
    ("AWS::AutoScaling::AutoScalingGroup", "ec2", "CreateTags Describe* RunInstances"),
    ("AWS::AutoScaling::AutoScalingGroup", "ssm", "GetParameters"),
    ("AWS::EC2::FlowLog", "logs", "CreateLogDelivery DeleteLogDelivery"),
    ("AWS::EC2::LaunchTemplate", "ssm", "GetParameters"),
    ("AWS::ECS::CapacityProvider", "autoscaling", "CreateOrUpdateTags"),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "ec2", "DescribeAccountAttributes DescribeInternetGateways DescribeSecurityGroups DescribeSubnets DescribeVpcs"),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", "ec2", "DescribeVpcs"),
    ("AWS::Lambda::Function", "ec2", "DescribeNetworkInterfaces DescribeSecurityGroups DescribeSubnets DescribeVpcs"),
];

/// What Trazo asks before and after, whatever the engine: where things can be put, what is left, how what is up is doing.
pub(super) const ALWAYS: &[(&str, &str)] = &[("ec2", "DescribeSubnets DescribeVpcs"), ("tag", "GetResources")];

/// What the state of services is read with, and what scales them.
pub(super) const WATCH: &[(&str, &str)] = &[
    ("application-autoscaling", "DescribeScalableTargets"),
    ("ecs", "DescribeServices DescribeTasks ListTasks UpdateService"),
    ("elasticloadbalancing", "DescribeTargetHealth"),
    ("logs", "FilterLogEvents"),
];

/// What CloudFormation is asked that names no stack, or any.
pub(super) const FORMATION_READS: &str = "DescribeChangeSet DescribeEvents DescribeStackDriftDetectionStatus DescribeStackEvents DescribeStackResourceDrifts DescribeStackResources DescribeStacks DetectStackDrift DetectStackResourceDrift GetTemplate GetTemplateSummary ListChangeSets ListStackResources ValidateTemplate";

/// What CloudFormation is asked to do with one stack.
pub(super) const FORMATION_WRITES: &str = "CancelUpdateStack ContinueUpdateRollback CreateChangeSet DeleteChangeSet DeleteStack ExecuteChangeSet TagResource UntagResource";

/// The prefix of a type's own service in names of actions, and the actions.
pub(super) fn own(type_name: &str) -> Option<(&'static str, &'static str)> {
    let prefix = match type_name.split("::").nth(1)? {
        "ApiGateway" | "ApiGatewayV2" => {
            return Some(("apigateway", "DELETE GET PATCH POST PUT TagResource UntagResource"));
        }
        "ApplicationAutoScaling" => "application-autoscaling",
        "AutoScaling" => "autoscaling",
        "CloudWatch" => "cloudwatch",
        "EC2" => "ec2",
        "ECR" => "ecr",
        "ECS" => "ecs",
        "ElasticLoadBalancingV2" => "elasticloadbalancing",
        "IAM" => "iam",
        "Lambda" => "lambda",
        "Logs" => "logs",
        "ServiceDiscovery" => "servicediscovery",
        _ => return None,
    };
    OWN.iter().find(|(name, _)| *name == type_name).map(|(_, actions)| (prefix, *actions))
}

/// The actions of other services that a type needs: prefix and actions.
pub(super) fn beside(type_name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = BESIDE.iter().filter(move |(name, _, _)| *name == type_name);
    rows.map(|(_, prefix, actions)| (*prefix, *actions))
}

/// The service whose linked role has to exist for a type; AWS makes it with the first one
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html>).
pub(super) fn linked_role(type_name: &str) -> Option<&'static str> {
    Some(match type_name {
        "AWS::ApiGatewayV2::VpcLink" => "ops.apigateway.amazonaws.com",
        "AWS::ApplicationAutoScaling::ScalableTarget" => "ecs.application-autoscaling.amazonaws.com",
        "AWS::AutoScaling::AutoScalingGroup" => "autoscaling.amazonaws.com",
        "AWS::ECS::Cluster" | "AWS::ECS::CapacityProvider" => "ecs.amazonaws.com",
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => "elasticloadbalancing.amazonaws.com",
        _ => return None,
    })
}

/// The service to which the roles that a type names are handed.
pub(super) fn handed_to(type_name: &str) -> Option<&'static str> {
    Some(match type_name {
        "AWS::ECS::TaskDefinition" => "ecs-tasks.amazonaws.com",
        "AWS::ECS::Service" => "ecs.amazonaws.com",
        "AWS::Lambda::Function" => "lambda.amazonaws.com",
        "AWS::EC2::LaunchTemplate" | "AWS::IAM::InstanceProfile" => "ec2.amazonaws.com",
        "AWS::EC2::FlowLog" => "vpc-flow-logs.amazonaws.com",
        _ if type_name.starts_with("AWS::ApiGateway") => "apigateway.amazonaws.com",
        _ => return None,
    })
}
