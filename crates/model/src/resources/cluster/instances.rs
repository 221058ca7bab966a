//! The instances of a cluster on AWS: launch template, Auto Scaling group, capacity provider, and what they may do
//! (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html>).

use trazo_stack::{Expr, Resource, Value, att, list, map, reference, sub};

use super::ec2::{Ec2, Image};
use crate::lowering::{node_origin, short};
use crate::resources::vpc::lower::{Network, network};
use crate::{Lowering, Node, NodeId};

/// What instances may do: register with the cluster, tell of their tasks, pull images, write logs
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html>).
const INSTANCE_POLICY: &str = ":iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";

/// The logical id of the security group of a cluster's instances.
pub(in crate::resources) fn instances_group(low: &Lowering<'_>, cluster: &NodeId) -> String {
    low.id(cluster, "InstanceSecurityGroup")
}

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node, ec2: &Ec2) {
    let net = network(low, &node.id);
    security_group(low, node, &net);
    if ec2.instance_profile.is_empty() && !low.design.is_learner_lab() {
        role(low, node);
    }
    launch_template(low, node, ec2);
    group(low, node, ec2, &net);
    let mut provider = Resource::new("AWS::ECS::CapacityProvider", node_origin(&node.id).field("ec2.enabled"));
    let origin = node_origin(&node.id);
    let from = |field: &str, value: Value| value.from_origin(origin.field(format!("ec2.{field}")));
    // Names that begin with `ecs`, `aws` or `fargate` are refused; the cluster's own may.
    let name = short(&format!("ec2-{}", node.name), 255);
    provider.set_from("Name", "name", name);
    let scaling = map([
        ("Status", "ENABLED".into()),
        ("TargetCapacity", from("targetCapacity", ec2.target_capacity.into())),
    ]);
    let word = |on: bool| Value::from(if on { "ENABLED" } else { "DISABLED" });
    let configuration = map([
        ("AutoScalingGroupArn", reference(low.id(&node.id, "AutoScalingGroup"))),
        ("ManagedScaling", scaling),
        ("ManagedTerminationProtection", from("terminationProtection", word(ec2.termination_protection))),
        ("ManagedDraining", from("draining", word(ec2.draining))),
    ]);
    provider.set("AutoScalingGroupProvider", configuration);
    // Unlike all else of ECS a capacity provider takes no tag without a value.
    if let Some(Value { expr: Expr::List(mut tags), origin }) = low.tags(node) {
        tags.retain(|tag| matches!(&tag.expr, Expr::Map(tag) if tag.get("Value").and_then(Value::as_str) != Some("")));
        if !tags.is_empty() {
            provider.set("Tags", Value { expr: Expr::List(tags), origin });
        }
    }
    low.add(low.id(&node.id, "CapacityProvider"), provider);
}

/// Instances call; nobody has to call them but the load balancers of tasks that share their network.
fn security_group(low: &mut Lowering<'_>, node: &Node, net: &Network) {
    let mut group = Resource::new("AWS::EC2::SecurityGroup", node_origin(&node.id).field("ec2.enabled"));
    group.set("GroupDescription", short(&format!("Instances of {}", node.name), 255)).set("VpcId", net.vpc.clone());
    if let Some(tags) = low.tags(node) {
        group.set("Tags", tags);
    }
    low.add(instances_group(low, &node.id), group);
}

fn role(low: &mut Lowering<'_>, node: &Node) {
    let origin = node_origin(&node.id).field("ec2.instanceProfile");
    let mut role = Resource::new("AWS::IAM::Role", origin.clone());
    let statement = map([
        ("Effect", "Allow".into()),
        ("Principal", map([("Service", "ec2.amazonaws.com".into())])),
        ("Action", "sts:AssumeRole".into()),
    ]);
    role.set(
        "AssumeRolePolicyDocument",
        map([("Version", "2012-10-17".into()), ("Statement", list([statement]))]),
    );
    role.set("ManagedPolicyArns", list([sub(format!("arn:${{AWS::Partition}}{INSTANCE_POLICY}"))]));
    if let Some(tags) = low.tags(node) {
        role.set("Tags", tags);
    }
    let id = low.id(&node.id, "InstanceRole");
    low.add(&id, role);
    let mut profile = Resource::new("AWS::IAM::InstanceProfile", origin);
    profile.set("Roles", list([reference(id)]));
    low.add(low.id(&node.id, "InstanceProfile"), profile);
}

/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_container_instance.html>
fn launch_template(low: &mut Lowering<'_>, node: &Node, ec2: &Ec2) {
    let origin = node_origin(&node.id);
    let from = |field: &str, value: Value| value.from_origin(origin.field(format!("ec2.{field}")));
    let cluster = low.id(&node.id, "Cluster");
    let (device, user_data) = match ec2.image {
        Image::Al2023 => {
            ("/dev/xvda", format!("#!/bin/bash\necho ECS_CLUSTER=${{{cluster}}} >> /etc/ecs/ecs.config\n"))
        }
        // Bottlerocket keeps images and containers on its second disk.
        Image::Bottlerocket => ("/dev/xvdb", format!("[settings.ecs]\ncluster = \"${{{cluster}}}\"\n")),
    };
    let disk = map([
        ("VolumeSize", from("disk", ec2.disk.into())),
        ("VolumeType", "gp3".into()),
        ("Encrypted", true.into()),
    ]);
    let interface = map([
        ("DeviceIndex", 0_i64.into()),
        ("AssociatePublicIpAddress", from("privateSubnets", (!ec2.private_subnets).into())),
        ("Groups", list([att(instances_group(low, &node.id), "GroupId")])),
    ]);
    let lab = low.lab_instance_profile(origin.field("ec2.instanceProfile"));
    let profile = match (ec2.instance_profile.as_str(), lab) {
        ("", Some(name)) => map([("Name", name)]),
        ("", None) => map([("Arn", att(low.id(&node.id, "InstanceProfile"), "Arn"))]),
        (arn, _) if arn.starts_with("arn:") => map([("Arn", arn.into())]),
        (name, _) => map([("Name", name.into())]),
    };
    let image = format!("{{{{resolve:ssm:{}}}}}", ec2.image_parameter());
    let data = map([
        ("ImageId", from("image", image.into())),
        ("InstanceType", from("instanceType", ec2.instance_type.as_str().into())),
        ("IamInstanceProfile", from("instanceProfile", profile)),
        ("NetworkInterfaces", list([interface])),
        ("BlockDeviceMappings", list([map([("DeviceName", device.into()), ("Ebs", disk)])])),
        // Only what asks for a token may read the instance's credentials.
        ("MetadataOptions", map([("HttpTokens", "required".into())])),
        ("UserData", Expr::Base64(Box::new(sub(user_data))).into()),
    ]);
    let mut template = Resource::new("AWS::EC2::LaunchTemplate", origin.field("ec2.enabled"));
    template.set("LaunchTemplateData", data);
    low.add(low.id(&node.id, "LaunchTemplate"), template);
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html>
fn group(low: &mut Lowering<'_>, node: &Node, ec2: &Ec2, net: &Network) {
    let mut group = Resource::new("AWS::AutoScaling::AutoScalingGroup", node_origin(&node.id).field("ec2.enabled"));
    let template = low.id(&node.id, "LaunchTemplate");
    let version = att(&template, "LatestVersionNumber");
    group.set("LaunchTemplate", map([("LaunchTemplateId", reference(template)), ("Version", version)]));
    // CloudFormation takes all three as text.
    group.set_from("MinSize", "ec2.min", ec2.min.to_string());
    group.set_from("MaxSize", "ec2.max", ec2.max.to_string());
    if let Some(desired) = ec2.desired {
        group.set_from("DesiredCapacity", "ec2.desired", desired.to_string());
    }
    let subnets = if ec2.private_subnets { net.private_subnets.clone() } else { net.public_subnets.clone() };
    group.set_from("VPCZoneIdentifier", "ec2.privateSubnets", subnets);
    if ec2.termination_protection {
        // ECS takes the protection of instances without tasks away itself.
        group.set_from("NewInstancesProtectedFromScaleIn", "ec2.terminationProtection", true);
    }
    group.set("Tags", tags(node));
    // Without a way to the Internet instances cannot register.
    for route in &net.routes {
        group.wait_for(route.clone());
    }
    low.add(low.id(&node.id, "AutoScalingGroup"), group);
}

/// A name for the console, the mark by which ECS knows the group, and the tags of the node.
fn tags(node: &Node) -> Value {
    let tag = |key: &str, value: &str| {
        map([("Key", key.into()), ("Value", value.into()), ("PropagateAtLaunch", true.into())])
    };
    let origin = node_origin(&node.id);
    let mut all = vec![tag("AmazonECSManaged", "")];
    if !node.tags.iter().any(|own| own.key == "Name") {
        all.push(tag("Name", &node.name).from_origin(origin.field("name")));
    }
    let own = node.tags.iter().enumerate();
    all.extend(own.map(|(at, own)| tag(&own.key, &own.value).from_origin(origin.field(format!("tags.{at}")))));
    all.into()
}
