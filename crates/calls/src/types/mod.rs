//! Which calls make a resource of a type: one row a type.

mod apigateway;
mod apigatewayv2;
mod autoscaling;
mod cloudwatch;
mod ec2;
mod ecr;
mod ecs;
mod elbv2;
mod iam;
mod lambda;
mod logs;
mod scaling;
mod servicediscovery;

use crate::Step;
use crate::maker::Maker;

/// Makes the steps of a resource.
type Make = fn(&mut Maker<'_>);

/// The type whose steps depend on others of the same type.
pub(crate) const AMONG_OTHERS: &str = "AWS::ApiGatewayV2::Integration";

/// All types, sorted by name.
const TYPES: &[(&str, Make)] = &[
    ("AWS::ApiGateway::Account", apigateway::account),
    ("AWS::ApiGateway::ApiKey", apigateway::api_key),
    ("AWS::ApiGateway::Authorizer", apigateway::authorizer),
    ("AWS::ApiGateway::Deployment", apigateway::deployment),
    ("AWS::ApiGateway::GatewayResponse", apigateway::gateway_response),
    ("AWS::ApiGateway::Method", apigateway::method),
    ("AWS::ApiGateway::Model", apigateway::model),
    ("AWS::ApiGateway::RequestValidator", apigateway::request_validator),
    ("AWS::ApiGateway::Resource", apigateway::resource),
    ("AWS::ApiGateway::RestApi", apigateway::rest_api),
    ("AWS::ApiGateway::Stage", apigateway::stage),
    ("AWS::ApiGateway::UsagePlan", apigateway::usage_plan),
    ("AWS::ApiGateway::UsagePlanKey", apigateway::usage_plan_key),
    ("AWS::ApiGatewayV2::Api", apigatewayv2::http_api),
    ("AWS::ApiGatewayV2::Authorizer", apigatewayv2::authorizer),
    ("AWS::ApiGatewayV2::Deployment", apigatewayv2::deployment),
    ("AWS::ApiGatewayV2::Integration", apigatewayv2::integration),
    ("AWS::ApiGatewayV2::Route", apigatewayv2::route),
    ("AWS::ApiGatewayV2::Stage", apigatewayv2::stage),
    ("AWS::ApiGatewayV2::VpcLink", apigatewayv2::vpc_link),
    ("AWS::ApplicationAutoScaling::ScalableTarget", scaling::scalable_target),
    ("AWS::ApplicationAutoScaling::ScalingPolicy", scaling::scaling_policy),
    ("AWS::AutoScaling::AutoScalingGroup", autoscaling::group),
    ("AWS::CloudWatch::Alarm", cloudwatch::alarm),
    ("AWS::EC2::EIP", ec2::address),
    ("AWS::EC2::FlowLog", ec2::flow_log),
    ("AWS::EC2::InternetGateway", ec2::internet_gateway),
    ("AWS::EC2::LaunchTemplate", ec2::launch_template),
    ("AWS::EC2::NatGateway", ec2::nat_gateway),
    ("AWS::EC2::Route", ec2::route),
    ("AWS::EC2::RouteTable", ec2::route_table),
    ("AWS::EC2::SecurityGroup", ec2::security_group),
    ("AWS::EC2::SecurityGroupEgress", ec2::security_group_egress),
    ("AWS::EC2::SecurityGroupIngress", ec2::security_group_ingress),
    ("AWS::EC2::Subnet", ec2::subnet),
    ("AWS::EC2::SubnetRouteTableAssociation", ec2::subnet_route_table_association),
    ("AWS::EC2::VPC", ec2::vpc),
    ("AWS::EC2::VPCEndpoint", ec2::vpc_endpoint),
    ("AWS::EC2::VPCGatewayAttachment", ec2::vpc_gateway_attachment),
    ("AWS::ECR::Repository", ecr::repository),
    ("AWS::ECS::CapacityProvider", ecs::capacity_provider),
    ("AWS::ECS::Cluster", ecs::cluster),
    ("AWS::ECS::ClusterCapacityProviderAssociations", ecs::cluster_capacity_providers),
    ("AWS::ECS::Service", ecs::service),
    ("AWS::ECS::TaskDefinition", ecs::task_definition),
    ("AWS::ElasticLoadBalancingV2::Listener", elbv2::listener),
    ("AWS::ElasticLoadBalancingV2::ListenerCertificate", elbv2::listener_certificate),
    ("AWS::ElasticLoadBalancingV2::ListenerRule", elbv2::listener_rule),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", elbv2::load_balancer),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", elbv2::target_group),
    ("AWS::IAM::InstanceProfile", iam::instance_profile),
    ("AWS::IAM::Role", iam::role),
    ("AWS::Lambda::Function", lambda::function),
    ("AWS::Lambda::Permission", lambda::permission),
    ("AWS::Logs::LogGroup", logs::log_group),
    ("AWS::ServiceDiscovery::HttpNamespace", servicediscovery::http_namespace),
];

/// The steps of a resource; none where its type has no row.
pub(crate) fn steps(mut maker: Maker<'_>) -> Option<Vec<Step>> {
    let at = TYPES.binary_search_by_key(&maker.resource.type_name, |(name, _)| name).ok()?;
    TYPES[at].1(&mut maker);
    Some(maker.done())
}

#[cfg(test)]
mod tests {
    #[test]
    fn rows_are_sorted() {
        assert!(super::TYPES.is_sorted_by_key(|(name, _)| name));
    }
}
