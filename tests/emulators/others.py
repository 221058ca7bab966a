"""Roles, logs, functions, repositories, names, alarms."""

import json
import urllib.parse

from things import Thing, asked, pages, tagged


def document(text):
    """A policy as it was written."""
    if isinstance(text, str):
        return json.loads(urllib.parse.unquote(text) if text.startswith("%") else text)
    return text


def roles(ask):
    iam = ask("iam")
    for role in pages(iam, "list_roles", "Roles"):
        name = role["RoleName"]
        inline = [iam.get_role_policy(RoleName=name, PolicyName=policy) for policy in pages(iam, "list_role_policies", "PolicyNames", RoleName=name)]
        words = {
            **role,
            "AssumeRolePolicyDocument": document(role["AssumeRolePolicyDocument"]),
            "Policies": [{"PolicyName": it["PolicyName"], "PolicyDocument": document(it["PolicyDocument"])} for it in inline],
            "ManagedPolicyArns": [it["PolicyArn"] for it in pages(iam, "list_attached_role_policies", "AttachedPolicies", RoleName=name)],
        }
        tags = tagged(asked(iam.list_role_tags, {}, RoleName=name).get("Tags"))
        given = role["Path"].startswith("/aws-service-role/")
        yield Thing("AWS::IAM::Role", name, words, tags, {"Arn": role["Arn"], "RoleId": role["RoleId"]}, given)
    for profile in pages(iam, "list_instance_profiles", "InstanceProfiles"):
        words = {**profile, "Roles": [role["RoleName"] for role in profile["Roles"]]}
        name = profile["InstanceProfileName"]
        tags = tagged(asked(iam.list_instance_profile_tags, {}, InstanceProfileName=name).get("Tags"))
        yield Thing("AWS::IAM::InstanceProfile", name, words, tags, {"Arn": profile["Arn"]})


def logs(ask):
    client = ask("logs")
    for group in pages(client, "describe_log_groups", "logGroups"):
        name = group["logGroupName"]
        arn = group["arn"] if group["arn"].endswith(":*") else group["arn"] + ":*"
        tags = asked(client.list_tags_for_resource, {}, resourceArn=arn.removesuffix(":*")).get("tags", {})
        yield Thing("AWS::Logs::LogGroup", name, group, tags, {"Arn": arn})


def functions(ask):
    client = ask("lambda")
    for function in pages(client, "list_functions", "Functions"):
        name, arn = function["FunctionName"], function["FunctionArn"]
        told = client.get_function(FunctionName=name)
        limit = asked(client.get_function_concurrency, {}, FunctionName=name).get("ReservedConcurrentExecutions")
        words = {**function, **({} if limit is None else {"ReservedConcurrentExecutions": limit})}
        yield Thing("AWS::Lambda::Function", name, words, told.get("Tags", {}), {"Arn": arn})
        policy = asked(client.get_policy, {}, FunctionName=name).get("Policy")
        for statement in json.loads(policy)["Statement"] if policy else []:
            conditions = statement.get("Condition", {})
            words = {
                "FunctionName": (name, arn),
                "Action": statement["Action"],
                "Principal": statement["Principal"].get("Service", statement["Principal"].get("AWS")),
                "SourceArn": next((value.get("AWS:SourceArn") for value in conditions.values()), None),
            }
            yield Thing("AWS::Lambda::Permission", statement["Sid"], words, given=True)


def repositories(ask):
    ecr = ask("ecr")
    for repository in pages(ecr, "describe_repositories", "repositories"):
        name, arn = repository["repositoryName"], repository["repositoryArn"]
        words = dict(repository)
        lifecycle = asked(ecr.get_lifecycle_policy, {}, repositoryName=name).get("lifecyclePolicyText")
        if lifecycle:
            words["LifecyclePolicy"] = {"LifecyclePolicyText": lifecycle}
        policy = asked(ecr.get_repository_policy, {}, repositoryName=name).get("policyText")
        if policy:
            words["RepositoryPolicyText"] = document(policy)
        attributes = {"Arn": arn, "RepositoryUri": repository["repositoryUri"]}
        yield Thing("AWS::ECR::Repository", name, words, tagged(asked(ecr.list_tags_for_resource, {}, resourceArn=arn).get("tags")), attributes)


def namespaces(ask):
    client = ask("servicediscovery")
    kinds = {"HTTP": "HttpNamespace", "DNS_PRIVATE": "PrivateDnsNamespace", "DNS_PUBLIC": "PublicDnsNamespace"}
    for space in pages(client, "list_namespaces", "Namespaces"):
        tags = tagged(asked(client.list_tags_for_resource, {}, ResourceARN=space["Arn"]).get("Tags"))
        attributes = {"Arn": space["Arn"], "Id": space["Id"]}
        yield Thing(f"AWS::ServiceDiscovery::{kinds[space['Type']]}", space["Id"], space, tags, attributes)
        for service in pages(client, "list_services", "Services", Filters=[{"Name": "NAMESPACE_ID", "Values": [space["Id"]]}]):
            yield Thing("AWS::ServiceDiscovery::Service", service["Id"], service)


def alarms(ask):
    client = ask("cloudwatch")
    for alarm in pages(client, "describe_alarms", "MetricAlarms"):
        arn = alarm["AlarmArn"]
        # Those of target tracking are AWS's own, and go with their policy.
        given = alarm["AlarmName"].startswith("TargetTracking-")
        tags = tagged(asked(client.list_tags_for_resource, {}, ResourceARN=arn).get("Tags"))
        yield Thing("AWS::CloudWatch::Alarm", alarm["AlarmName"], alarm, tags, {"Arn": arn}, given)


def stacks(ask):
    for stack in pages(ask("cloudformation"), "describe_stacks", "Stacks"):
        if stack["StackStatus"] != "DELETE_COMPLETE":
            yield Thing("AWS::CloudFormation::Stack", stack["StackName"], stack, tagged(stack.get("Tags")))
