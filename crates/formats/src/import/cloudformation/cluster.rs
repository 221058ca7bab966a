//! Clusters, what they offer services to run on, and their instances.

use serde_json::{Value as Json, json};
use trazo_model::Kind;

use super::network::{Networks, Place, made_anew};
use super::parts::{As, Level, Props, Reading};
use super::template::Resource;
use super::value::{Form, Val};

pub(super) fn read<'a>(reading: &mut Reading<'a>, networks: &Networks<'a>) {
    let template = reading.template;
    for cluster in template.of_type("AWS::ECS::Cluster") {
        let node = reading.add(Kind::Cluster, cluster, cluster.text("ClusterName"));
        reading.tags(node, cluster, &[]);
        settings(reading, cluster, node);
        let associations = template.users(&cluster.id, "AWS::ECS::ClusterCapacityProviderAssociations");
        let mut offered = vec![cluster];
        for association in associations {
            reading.own(association, node);
            association.at("Cluster").map(Val::names);
            offered.push(association);
        }
        let mut spot = false;
        for resource in offered {
            spot |= providers(reading, networks, resource, node);
        }
        reading.props(node).put("spot", spot, cluster.line);
    }
    for group in template.of_type("AWS::AutoScaling::AutoScalingGroup") {
        without_provider(reading, networks, group);
    }
}

fn settings<'a>(reading: &mut Reading<'a>, cluster: &'a Resource, node: usize) {
    let template = reading.template;
    for setting in cluster.items("ClusterSettings") {
        let is_insights = setting.get("Name").and_then(Val::text).as_deref() == Some("containerInsights");
        if let (true, Some(word)) = (is_insights, setting.get("Value").and_then(Val::text)) {
            reading.props(node).put("containerInsights", word, setting.line);
        }
    }
    if let Some(exec) = cluster.at("Configuration.ExecuteCommandConfiguration") {
        let word = match exec.get("Logging").and_then(Val::text).as_deref() {
            Some("NONE") => "no_log",
            Some("OVERRIDE") => "own_log",
            _ => "task_log",
        };
        reading.props(node).put("execLog", word, exec.line);
        if let Some(group) = exec.at("LogConfiguration.CloudWatchLogGroupName").and_then(Val::names)
            && let Some(group) = template.get_of(group, "AWS::Logs::LogGroup")
        {
            group.pass_over();
            reading.own(group, node);
        }
    }
    let Some(namespace) = cluster.at("ServiceConnectDefaults.Namespace") else { return };
    let name = match namespace.names().and_then(|id| template.get(id)) {
        Some(made) => {
            reading.own(made, node);
            made.at("Tags").map(Val::ignore);
            made.text("Name")
        }
        None => namespace.text(),
    };
    if let Some(name) = name {
        reading.props(node).put("namespace", name, namespace.line);
    }
}

/// What a cluster or its association offers; whether that includes spare capacity of Fargate.
fn providers<'a>(reading: &mut Reading<'a>, networks: &Networks<'a>, resource: &'a Resource, node: usize) -> bool {
    let template = reading.template;
    let mut spot = false;
    for provider in resource.items("CapacityProviders") {
        match provider.text().as_deref() {
            Some("FARGATE") => {}
            Some("FARGATE_SPOT") => spot = true,
            _ => {
                let made = provider.names().and_then(|id| template.get_of(id, "AWS::ECS::CapacityProvider"));
                if let Some(made) = made {
                    instances(reading, networks, made, node);
                }
            }
        }
    }
    let shares = resource.items("DefaultCapacityProviderStrategy");
    if let Some(shares) = strategy(reading, shares).filter(|shares| !shares.is_empty()) {
        reading.props(node).put("defaultStrategy", shares, resource.line);
    }
    if let Some(empty) = resource.at("DefaultCapacityProviderStrategy") {
        empty.mark();
    }
    spot
}

/// A capacity provider strategy.
pub(super) fn strategy(reading: &Reading<'_>, items: &[Val]) -> Option<Vec<Json>> {
    let mut shares = Vec::new();
    for item in items {
        let provider = item.get("CapacityProvider")?;
        let word = match provider.text() {
            Some(word) if word == "FARGATE" || word == "FARGATE_SPOT" => word,
            Some(_) => "EC2".to_owned(),
            None => {
                let known = provider.names().and_then(|id| reading.template.get(id));
                known.map(|_| "EC2".to_owned())?
            }
        };
        let mut share = json!({ "provider": word, "weight": item.get("Weight").and_then(Val::int).unwrap_or(0) });
        if let Some(base) = item.get("Base").and_then(Val::int) {
            share["base"] = base.into();
        }
        shares.push(share);
    }
    Some(shares)
}

fn instances<'a>(reading: &mut Reading<'a>, networks: &Networks<'a>, provider: &'a Resource, node: usize) {
    let template = reading.template;
    reading.own(provider, node);
    let mut props = Props::default();
    props.copy(
        &provider.properties,
        &[
            ("AutoScalingGroupProvider.ManagedScaling.TargetCapacity", "ec2.targetCapacity", As::Int),
            ("AutoScalingGroupProvider.ManagedTerminationProtection", "ec2.terminationProtection", As::Enabled),
            ("AutoScalingGroupProvider.ManagedDraining", "ec2.draining", As::Enabled),
        ],
    );
    for usual in ["Name", "Tags", "AutoScalingGroupProvider.ManagedScaling.Status"] {
        if let Some(value) = provider.at(usual) {
            value.ignore();
        }
    }
    reading.props(node).sets.extend(props.sets);
    let group = provider.names("AutoScalingGroupProvider.AutoScalingGroupArn");
    if let Some(group) = group.and_then(|id| template.get_of(id, "AWS::AutoScaling::AutoScalingGroup")) {
        scaling_group(reading, networks, group, node);
    }
}

/// Templates from before capacity providers: instances name the cluster in what they run first.
fn without_provider<'a>(reading: &mut Reading<'a>, networks: &Networks<'a>, group: &'a Resource) {
    if reading.owner(&group.id).is_some() {
        return;
    }
    let Some(launch) = launch_of(reading, group) else { return };
    let mut names = Vec::new();
    launch.properties.all_names(&mut names);
    let cluster = names.into_iter().find_map(|id| reading.node_of(id, Kind::Cluster));
    if let Some(node) = cluster {
        scaling_group(reading, networks, group, node);
        reading.tell(Level::Guessed, "import.note.provider", group.line, vec![("id", group.id.clone())]);
    }
}

fn launch_of<'a>(reading: &Reading<'a>, group: &'a Resource) -> Option<&'a Resource> {
    let template = reading.template;
    let by_template = [
        "LaunchTemplate.LaunchTemplateId",
        "LaunchConfigurationName",
        "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId",
    ];
    by_template.into_iter().find_map(|path| template.get(group.names(path)?))
}

fn scaling_group<'a>(reading: &mut Reading<'a>, networks: &Networks<'a>, group: &'a Resource, node: usize) {
    reading.own(group, node);
    let place = networks.place(reading, group.items("VPCZoneIdentifier"));
    lie(reading, node, place);
    let mut props = Props::default();
    props.put("ec2.enabled", true, group.line);
    props.copy(
        &group.properties,
        &[
            ("MinSize", "ec2.min", As::Int),
            ("MaxSize", "ec2.max", As::Int),
            ("DesiredCapacity", "ec2.desired", As::Int),
        ],
    );
    props.put("ec2.privateSubnets", place.private, group.line);
    for usual in ["NewInstancesProtectedFromScaleIn", "Tags", "LaunchTemplate", "LaunchConfigurationName"] {
        if let Some(value) = group.at(usual) {
            value.ignore();
        }
    }
    reading.props(node).sets.extend(props.sets);
    let Some(launch) = launch_of(reading, group) else { return };
    reading.own(launch, node);
    let data = launch.at("LaunchTemplateData").unwrap_or(&launch.properties);
    instance(reading, data, node);
}

/// What instances are, from a launch template or a launch configuration.
fn instance<'a>(reading: &mut Reading<'a>, data: &'a Val, node: usize) {
    let mut props = Props::default();
    props.copy(data, &[("InstanceType", "ec2.instanceType", As::Text)]);
    if let Some(image) = data.get("ImageId") {
        match image.text() {
            Some(text) if text.contains("bottlerocket") => props.put("ec2.image", "bottlerocket", image.line),
            Some(text) if text.contains("al2023") || text.contains("amazon-linux-2023") => {
                props.put("ec2.image", "al2023", image.line);
            }
            _ => {
                image.ignore();
                reading.tell(Level::Guessed, "import.note.machine_image", image.line, Vec::new());
            }
        }
    }
    let disks = data.get("BlockDeviceMappings").map(Val::items).unwrap_or_default();
    for disk in disks {
        if let Some(size) = disk.at("Ebs.VolumeSize").and_then(Val::int) {
            props.put("ec2.disk", size, disk.line);
        }
        for usual in ["DeviceName", "Ebs.VolumeType", "Ebs.Encrypted", "Ebs.DeleteOnTermination"] {
            disk.at(usual).map(Val::mark);
        }
    }
    if let Some(profile) = data.get("IamInstanceProfile") {
        let named = profile.get("Name").or_else(|| profile.get("Arn")).unwrap_or(profile);
        match named.names() {
            Some(id) => profile_of(reading, id, node),
            None => {
                if let Some(text) = named.text() {
                    let is_of_lab = text == trazo_model::account::LAB_INSTANCE_PROFILE;
                    reading.lab |= is_of_lab;
                    // In a Learner Lab all instances have it.
                    if !is_of_lab || reading.template.of_type("AWS::IAM::Role").next().is_some() {
                        props.put("ec2.instanceProfile", text, profile.line);
                    }
                }
            }
        }
    }
    reading.props(node).sets.extend(props.sets);
    let groups = data.get("SecurityGroupIds").or_else(|| data.get("SecurityGroups")).map(Val::items);
    let interfaces = data.get("NetworkInterfaces").map(Val::items).unwrap_or_default();
    let by_interface = interfaces.iter().flat_map(|one| one.get("Groups").map(Val::items).unwrap_or_default());
    for group in groups.unwrap_or_default().iter().chain(by_interface) {
        made_anew(reading, group.names(), node);
    }
    for usual in ["NetworkInterfaces", "MetadataOptions", "UserData", "AssociatePublicIpAddress"] {
        data.get(usual).map(Val::ignore);
    }
}

fn profile_of(reading: &mut Reading<'_>, id: &str, node: usize) {
    let template = reading.template;
    let Some(profile) = template.get_of(id, "AWS::IAM::InstanceProfile") else { return };
    reading.own(profile, node);
    profile.pass_over();
    for role in profile.items("Roles") {
        made_anew(reading, role.names(), node);
    }
}

/// Puts a node into the VPC that its subnets are in.
pub(super) fn lie(reading: &mut Reading<'_>, node: usize, place: Place) {
    if let Some(vpc) = place.vpc
        && reading.nodes[node].parent.is_none()
    {
        reading.put_into(node, vpc);
    }
}

/// The cluster that a value names, whatever it is called by.
pub(super) fn named(reading: &Reading<'_>, value: &Val) -> Option<usize> {
    if let Some(node) = value.names().and_then(|id| reading.node_of(id, Kind::Cluster)) {
        return Some(node);
    }
    let Form::Text(name) = &value.form else { return None };
    let found = reading.nodes.iter().position(|node| node.kind == Kind::Cluster && node.name == *name);
    if found.is_some() {
        value.mark();
    }
    found
}
