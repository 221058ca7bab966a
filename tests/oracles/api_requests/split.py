"""Resources that take several calls, or whose properties lie otherwise in the API. Each function takes the properties and
gives the calls, as (service, operation, parameters)."""

import json

NAMED = "trazo"
ARN = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/alb/50dc6c495c0c9188"


def nothing(_properties):
    """A setting of the account, for which there is no call that creates it."""
    return []


def pairs(tags):
    """Tags as a map."""
    return {tag["Key"]: tag["Value"] for tag in tags}


def document(value):
    """A policy or a schema as the API takes it."""
    return value if isinstance(value, str) else json.dumps(value)


def load_balancer(properties):
    attributes = properties.pop("LoadBalancerAttributes", [])
    properties.setdefault("Name", NAMED)
    yield "elbv2", "CreateLoadBalancer", properties
    if attributes:
        yield "elbv2", "ModifyLoadBalancerAttributes", {"LoadBalancerArn": ARN, "Attributes": attributes}


def target_group(properties):
    attributes = properties.pop("TargetGroupAttributes", [])
    properties.setdefault("Name", NAMED)
    yield "elbv2", "CreateTargetGroup", properties
    if attributes:
        yield "elbv2", "ModifyTargetGroupAttributes", {"TargetGroupArn": ARN, "Attributes": attributes}


def log_group(properties):
    days = properties.pop("RetentionInDays", None)
    name = properties.setdefault("LogGroupName", NAMED)
    if "Tags" in properties:
        properties["Tags"] = pairs(properties["Tags"])
    yield "logs", "CreateLogGroup", properties
    if days is not None:
        yield "logs", "PutRetentionPolicy", {"logGroupName": name, "retentionInDays": days}


def role(properties):
    inline, managed = properties.pop("Policies", []), properties.pop("ManagedPolicyArns", [])
    name = properties.setdefault("RoleName", NAMED)
    properties["AssumeRolePolicyDocument"] = document(properties["AssumeRolePolicyDocument"])
    yield "iam", "CreateRole", properties
    for policy in inline:
        text = document(policy["PolicyDocument"])
        yield "iam", "PutRolePolicy", {"RoleName": name, "PolicyName": policy["PolicyName"], "PolicyDocument": text}
    for arn in managed:
        yield "iam", "AttachRolePolicy", {"RoleName": name, "PolicyArn": arn}


def permission_of(rule, names):
    """A rule of a security group as `IpPermissions` holds it."""
    out = {key: rule[key] for key in ("IpProtocol", "FromPort", "ToPort") if key in rule}
    told = {"Description": rule["Description"]} if "Description" in rule else {}
    for name, (member, key) in names.items():
        if name in rule:
            out[member] = [{key: rule[name], **told}]
    return out


SOURCES = {
    "CidrIp": ("IpRanges", "CidrIp"),
    "CidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
    "SourceSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
    "DestinationSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
    "SourcePrefixListId": ("PrefixListIds", "PrefixListId"),
    "DestinationPrefixListId": ("PrefixListIds", "PrefixListId"),
}


def security_group(properties):
    group = "sg-0123456789abcdef0"
    into, out = properties.pop("SecurityGroupIngress", []), properties.pop("SecurityGroupEgress", [])
    properties["Description"] = properties.pop("GroupDescription")
    properties.setdefault("GroupName", NAMED)
    yield "ec2", "CreateSecurityGroup", properties
    for rule in into:
        yield from ingress({"GroupId": group, **rule})
    for rule in out:
        yield from egress({"GroupId": group, **rule})


def ingress(properties):
    permission = permission_of(properties, SOURCES)
    yield "ec2", "AuthorizeSecurityGroupIngress", {"GroupId": properties["GroupId"], "IpPermissions": [permission]}


def egress(properties):
    permission = permission_of(properties, SOURCES)
    yield "ec2", "AuthorizeSecurityGroupEgress", {"GroupId": properties["GroupId"], "IpPermissions": [permission]}


def endpoint(properties):
    if "PolicyDocument" in properties:
        properties["PolicyDocument"] = document(properties["PolicyDocument"])
    yield "ec2", "CreateVpcEndpoint", properties


def auto_scaling_group(properties):
    properties.setdefault("AutoScalingGroupName", NAMED)
    if isinstance(properties.get("VPCZoneIdentifier"), list):
        properties["VPCZoneIdentifier"] = ",".join(properties["VPCZoneIdentifier"])
    yield "autoscaling", "CreateAutoScalingGroup", properties


def flow_log(properties):
    properties["ResourceIds"] = [properties.pop("ResourceId")]
    yield "ec2", "CreateFlowLogs", properties


def launch_template(properties):
    properties.setdefault("LaunchTemplateName", NAMED)
    yield "ec2", "CreateLaunchTemplate", properties


def integration(properties):
    responses = properties.get("ResponseParameters")
    if responses is not None:
        properties["ResponseParameters"] = {
            status: {entry["Destination"]: entry["Source"] for entry in mapped["ResponseParameters"]}
            for status, mapped in responses.items()
        }
    yield "apigatewayv2", "CreateIntegration", properties


def rest_api(properties):
    if "Tags" in properties:
        properties["Tags"] = pairs(properties["Tags"])
    if "Policy" in properties:
        properties["Policy"] = document(properties["Policy"])
    if "ApiKeySourceType" in properties:
        properties["ApiKeySource"] = properties.pop("ApiKeySourceType")
    yield "apigateway", "CreateRestApi", properties


def model(properties):
    properties["Schema"] = document(properties["Schema"])
    yield "apigateway", "CreateModel", properties


def method(properties):
    backend = properties.pop("Integration", None)
    answers = properties.pop("MethodResponses", [])
    yield "apigateway", "PutMethod", properties
    at = {name: properties[name] for name in ("RestApiId", "ResourceId", "HttpMethod")}
    for answer in answers:
        yield "apigateway", "PutMethodResponse", {**at, **answer}
    if backend is None:
        return
    back = backend.pop("IntegrationResponses", [])
    backend["HttpMethod" if "IntegrationHttpMethod" not in backend else "IntegrationHttpMethod"] = backend.get(
        "IntegrationHttpMethod", at["HttpMethod"]
    )
    yield "apigateway", "PutIntegration", {**at, **backend}
    for answer in back:
        yield "apigateway", "PutIntegrationResponse", {**at, **answer}


def rest_stage(properties):
    if "Tags" in properties:
        properties["Tags"] = pairs(properties["Tags"])
    for settings in ("MethodSettings", "AccessLogSetting"):
        # Set by patches of single paths, whose values have no shape.
        properties.pop(settings, None)
    yield "apigateway", "CreateStage", properties


def usage_plan(properties):
    if "Tags" in properties:
        properties["Tags"] = pairs(properties["Tags"])
    properties["Name"] = properties.pop("UsagePlanName", NAMED)
    yield "apigateway", "CreateUsagePlan", properties


SCALED = {"ServiceNamespace": "ecs", "ResourceId": "service/c/s", "ScalableDimension": "ecs:service:DesiredCount"}


def scalable_target(properties):
    actions = properties.pop("ScheduledActions", [])
    yield "application-autoscaling", "RegisterScalableTarget", properties
    of = {name: properties[name] for name in SCALED}
    for action in actions:
        yield "application-autoscaling", "PutScheduledAction", {**of, **action}


def scaling_policy(properties):
    properties.pop("ScalingTargetId", None)
    renamed = {
        "TargetTrackingScalingPolicyConfiguration": "TargetTrackingScalingPolicyConfiguration",
        "StepScalingPolicyConfiguration": "StepScalingPolicyConfiguration",
    }
    parameters = {renamed.get(name, name): value for name, value in properties.items()}
    yield "application-autoscaling", "PutScalingPolicy", {**SCALED, **parameters}


def function(properties):
    code = dict(properties["Code"])
    if "ZipFile" in code:
        code["ZipFile"] = code["ZipFile"].encode()
    properties["Code"] = code
    if "Tags" in properties:
        properties["Tags"] = pairs(properties["Tags"])
    properties.setdefault("FunctionName", NAMED)
    reserved = properties.pop("ReservedConcurrentExecutions", None)
    yield "lambda", "CreateFunction", properties
    if reserved is not None:
        limit = {"FunctionName": NAMED, "ReservedConcurrentExecutions": reserved}
        yield "lambda", "PutFunctionConcurrency", limit


def permission(properties):
    yield "lambda", "AddPermission", {"StatementId": NAMED, **properties}


def repository(properties):
    lifecycle = properties.pop("LifecyclePolicy", None)
    policy = properties.pop("RepositoryPolicyText", None)
    properties.pop("EmptyOnDelete", None)
    name = properties.setdefault("RepositoryName", NAMED)
    yield "ecr", "CreateRepository", properties
    if lifecycle is not None:
        text = document(lifecycle["LifecyclePolicyText"])
        yield "ecr", "PutLifecyclePolicy", {"repositoryName": name, "lifecyclePolicyText": text}
    if policy is not None:
        yield "ecr", "SetRepositoryPolicy", {"repositoryName": name, "policyText": document(policy)}
