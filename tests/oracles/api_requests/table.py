"""Which requests a resource of a template comes to.

CloudFormation and the APIs use the same words for nearly all properties, so that a row says only where they part: the call
and properties that are called otherwise (`renamed`), that are not sent with it (`dropped`), that CloudFormation makes up
where they are left out (`given`). Resources that take several calls are in `split.py`.
"""

from dataclasses import dataclass, field

from . import split


@dataclass(frozen=True)
class Call:
    """One call, made from the properties of a resource."""

    service: str
    operation: str
    renamed: dict = field(default_factory=dict)
    dropped: tuple = ()
    given: dict = field(default_factory=dict)

    def request(self, properties):
        """The request: (service, operation, parameters)."""
        parameters = dict(self.given)
        for name, value in properties.items():
            if name not in self.dropped:
                parameters[self.renamed.get(name, name)] = value
        return self.service, self.operation, parameters


NAMED = "trazo"

CALLS = {
    "AWS::ApiGatewayV2::Authorizer": Call("apigatewayv2", "CreateAuthorizer"),
    "AWS::ApiGatewayV2::Deployment": Call("apigatewayv2", "CreateDeployment"),
    "AWS::ApiGatewayV2::Route": Call("apigatewayv2", "CreateRoute"),
    "AWS::ApiGatewayV2::Stage": Call("apigatewayv2", "CreateStage", dropped=("AccessPolicyId",)),
    "AWS::ApiGatewayV2::VpcLink": Call("apigatewayv2", "CreateVpcLink"),
    "AWS::ApiGatewayV2::Api": Call("apigatewayv2", "CreateApi"),
    "AWS::ApiGateway::ApiKey": Call("apigateway", "CreateApiKey"),
    "AWS::ApiGateway::Authorizer": Call("apigateway", "CreateAuthorizer"),
    "AWS::ApiGateway::Deployment": Call("apigateway", "CreateDeployment"),
    "AWS::ApiGateway::GatewayResponse": Call("apigateway", "PutGatewayResponse"),
    "AWS::ApiGateway::RequestValidator": Call("apigateway", "CreateRequestValidator"),
    "AWS::ApiGateway::Resource": Call("apigateway", "CreateResource"),
    "AWS::ApiGateway::UsagePlanKey": Call("apigateway", "CreateUsagePlanKey"),
    "AWS::ApiGateway::VpcLink": Call("apigateway", "CreateVpcLink"),
    "AWS::CloudWatch::Alarm": Call("cloudwatch", "PutMetricAlarm", given={"AlarmName": NAMED}),
    "AWS::EC2::EIP": Call("ec2", "AllocateAddress"),
    "AWS::EC2::InternetGateway": Call("ec2", "CreateInternetGateway"),
    "AWS::EC2::NatGateway": Call("ec2", "CreateNatGateway"),
    "AWS::EC2::Route": Call("ec2", "CreateRoute"),
    "AWS::EC2::RouteTable": Call("ec2", "CreateRouteTable"),
    "AWS::EC2::Subnet": Call("ec2", "CreateSubnet", dropped=("MapPublicIpOnLaunch",)),
    "AWS::EC2::SubnetRouteTableAssociation": Call("ec2", "AssociateRouteTable"),
    "AWS::EC2::VPC": Call("ec2", "CreateVpc", dropped=("EnableDnsSupport", "EnableDnsHostnames")),
    "AWS::EC2::VPCGatewayAttachment": Call("ec2", "AttachInternetGateway"),
    "AWS::ECS::CapacityProvider": Call("ecs", "CreateCapacityProvider", given={"name": NAMED}),
    "AWS::ECS::Cluster": Call("ecs", "CreateCluster", renamed={"ClusterSettings": "settings"}),
    "AWS::ECS::ClusterCapacityProviderAssociations": Call("ecs", "PutClusterCapacityProviders"),
    "AWS::ECS::Service": Call(
        "ecs", "CreateService", renamed={"PlacementStrategies": "placementStrategy"}, given={"serviceName": NAMED}
    ),
    "AWS::ECS::TaskDefinition": Call("ecs", "RegisterTaskDefinition", given={"family": NAMED}),
    "AWS::ElasticLoadBalancingV2::Listener": Call("elbv2", "CreateListener"),
    "AWS::ElasticLoadBalancingV2::ListenerCertificate": Call("elbv2", "AddListenerCertificates"),
    "AWS::ElasticLoadBalancingV2::ListenerRule": Call("elbv2", "CreateRule"),
    "AWS::IAM::InstanceProfile": Call(
        "iam", "CreateInstanceProfile", dropped=("Roles",), given={"InstanceProfileName": NAMED}
    ),
    "AWS::ServiceDiscovery::HttpNamespace": Call("servicediscovery", "CreateHttpNamespace"),
    "AWS::ServiceDiscovery::PrivateDnsNamespace": Call(
        "servicediscovery", "CreatePrivateDnsNamespace", dropped=("Properties",)
    ),
}

SPLIT = {
    "AWS::ApiGateway::Account": split.nothing,
    "AWS::ApiGateway::Method": split.method,
    "AWS::ApiGateway::Model": split.model,
    "AWS::ApiGateway::RestApi": split.rest_api,
    "AWS::ApiGateway::Stage": split.rest_stage,
    "AWS::ApiGateway::UsagePlan": split.usage_plan,
    "AWS::ApiGatewayV2::Integration": split.integration,
    "AWS::ApplicationAutoScaling::ScalableTarget": split.scalable_target,
    "AWS::ApplicationAutoScaling::ScalingPolicy": split.scaling_policy,
    "AWS::EC2::LaunchTemplate": split.launch_template,
    "AWS::EC2::SecurityGroup": split.security_group,
    "AWS::EC2::SecurityGroupEgress": split.egress,
    "AWS::EC2::SecurityGroupIngress": split.ingress,
    "AWS::AutoScaling::AutoScalingGroup": split.auto_scaling_group,
    "AWS::EC2::FlowLog": split.flow_log,
    "AWS::EC2::VPCEndpoint": split.endpoint,
    "AWS::ECR::Repository": split.repository,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": split.load_balancer,
    "AWS::ElasticLoadBalancingV2::TargetGroup": split.target_group,
    "AWS::IAM::Role": split.role,
    "AWS::Lambda::Function": split.function,
    "AWS::Lambda::Permission": split.permission,
    "AWS::Logs::LogGroup": split.log_group,
}

# Their tags are of the form in which the API takes those of other resources: `TagSpecifications`.
TAGGED_OTHERWISE = ("AWS::EC2::",)


def requests(kind, properties):
    """The requests that a resource comes to; None for a type that nobody has written a row for."""
    if kind.startswith(TAGGED_OTHERWISE) and "Tags" in properties:
        tags = properties["Tags"]
        properties = {name: value for name, value in properties.items() if name != "Tags"}
        tagging = [("ec2", "CreateTags", {"Resources": ["vpc-0123456789abcdef0"], "Tags": tags})]
    else:
        tagging = []
    if kind in CALLS:
        return [CALLS[kind].request(properties), *tagging]
    if kind in SPLIT:
        return [*SPLIT[kind](dict(properties)), *tagging]
    return None
