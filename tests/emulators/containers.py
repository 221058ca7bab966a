"""ECS, what scales it, and the instances below it."""

from things import Thing, asked, pages, renamed, tagged


def clusters(ask):
    ecs = ask("ecs")
    arns = list(pages(ecs, "list_clusters", "clusterArns"))
    described = ecs.describe_clusters(clusters=arns, include=["SETTINGS", "TAGS", "CONFIGURATIONS"])["clusters"] if arns else []
    for cluster in described:
        if cluster["status"] == "INACTIVE":
            continue
        arn, name = cluster["clusterArn"], cluster["clusterName"]
        words = renamed(cluster, {"settings": "ClusterSettings"})
        words["cluster"] = name
        yield Thing("AWS::ECS::Cluster", name, words, tagged(cluster.get("tags")), {"Arn": arn})
        yield Thing("AWS::ECS::ClusterCapacityProviderAssociations", name, words, given=True)
        yield from services(ecs, arn)


def services(ecs, cluster):
    arns = list(pages(ecs, "list_services", "serviceArns", cluster=cluster))
    for at in range(0, len(arns), 10):
        for service in ecs.describe_services(cluster=cluster, services=arns[at : at + 10], include=["TAGS"])["services"]:
            if service["status"] == "INACTIVE":
                continue
            words = renamed(service, {"placementStrategy": "PlacementStrategies"})
            words["cluster"] = service["clusterArn"].rpartition("/")[2]
            # What Service Connect was given stands with the deployment that uses it.
            for deployment in service.get("deployments", [])[:1]:
                if "serviceConnectConfiguration" in deployment:
                    words["ServiceConnectConfiguration"] = deployment["serviceConnectConfiguration"]
            attributes = {"Name": service["serviceName"], "ServiceArn": service["serviceArn"]}
            yield Thing("AWS::ECS::Service", service["serviceArn"], words, tagged(service.get("tags")), attributes)


def task_definitions(ask):
    ecs = ask("ecs")
    for arn in pages(ecs, "list_task_definitions", "taskDefinitionArns", status="ACTIVE"):
        described = ecs.describe_task_definition(taskDefinition=arn, include=["TAGS"])
        words = described["taskDefinition"]
        yield Thing("AWS::ECS::TaskDefinition", arn, words, tagged(described.get("tags")), {"TaskDefinitionArn": arn})


def capacity(ask):
    ecs = ask("ecs")
    # moto breaks where none is named, so that only those of clusters are seen.
    arns = list(pages(ecs, "list_clusters", "clusterArns"))
    described = ecs.describe_clusters(clusters=arns)["clusters"] if arns else []
    names = {name for cluster in described for name in cluster.get("capacityProviders", [])} - {"FARGATE", "FARGATE_SPOT"}
    if names:
        for provider in ecs.describe_capacity_providers(capacityProviders=sorted(names), include=["TAGS"])["capacityProviders"]:
            yield Thing("AWS::ECS::CapacityProvider", provider["name"], provider, tagged(provider.get("tags")))
    for group in pages(ask("autoscaling"), "describe_auto_scaling_groups", "AutoScalingGroups"):
        template = group.get("LaunchTemplate", {})
        words = {**group, "VPCZoneIdentifier": group.get("VPCZoneIdentifier", "").split(","), "LaunchTemplate": template}
        name = group["AutoScalingGroupName"]
        arn = {"AutoScalingGroupARN": group["AutoScalingGroupARN"], "Arn": group["AutoScalingGroupARN"]}
        yield Thing("AWS::AutoScaling::AutoScalingGroup", name, words, tagged(group.get("Tags")), arn)
    ec2 = ask("ec2")
    for template in pages(ec2, "describe_launch_templates", "LaunchTemplates"):
        name = template["LaunchTemplateId"]
        versions = ec2.describe_launch_template_versions(LaunchTemplateId=name, Versions=["$Latest"])["LaunchTemplateVersions"]
        number = str(template["LatestVersionNumber"])
        attributes = {"LatestVersionNumber": number, "DefaultVersionNumber": str(template["DefaultVersionNumber"])}
        data = dict(versions[0]["LaunchTemplateData"])
        # EC2 asks the parameter store by itself, where CloudFormation is told to.
        if data.get("ImageId", "").startswith("resolve:"):
            data["ImageId"] = "{{" + data["ImageId"] + "}}"
        words = {**template, "LaunchTemplateData": data}
        yield Thing("AWS::EC2::LaunchTemplate", name, words, tagged(template.get("Tags")), attributes)


def scaling(ask):
    client = ask("application-autoscaling")
    of = {"ServiceNamespace": "ecs"}
    for target in asked(client.describe_scalable_targets, {}, **of).get("ScalableTargets", []):
        name = f"{target['ResourceId']}|{target['ScalableDimension']}|ecs"
        actions = asked(client.describe_scheduled_actions, {}, ResourceId=target["ResourceId"], **of).get("ScheduledActions", [])
        yield Thing("AWS::ApplicationAutoScaling::ScalableTarget", name, {**target, "ScheduledActions": actions})
    for policy in asked(client.describe_scaling_policies, {}, **of).get("ScalingPolicies", []):
        target = f"{policy['ResourceId']}|{policy['ScalableDimension']}|ecs"
        words = {**policy, "ScalingTargetId": target}
        name = policy["PolicyName"]
        yield Thing("AWS::ApplicationAutoScaling::ScalingPolicy", policy["PolicyARN"], words, attributes={"Arn": policy["PolicyARN"]}, name=name)
