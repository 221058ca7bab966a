//! Clusters, services, tasks.

use trazo_stack::{Expr, Object, Value};

use super::{Row, Rule, plain};
use crate::terraform::Writer;
use crate::terraform::arguments::Rule::{Api, By, Hoist, Other, Plain, To};

pub(super) static ROWS: &[Row] = &[
    Row {
        reference: "name",
        ..plain(
            "AWS::ECS::Cluster",
            "aws_ecs_cluster",
            &[
                ("ClusterName", To("name")),
                ("ClusterSettings", To("setting")),
                ("CapacityProviders", By(providers)),
                ("DefaultCapacityProviderStrategy", By(strategy)),
            ],
        )
    },
    plain(
        "AWS::ECS::ClusterCapacityProviderAssociations",
        "aws_ecs_cluster_capacity_providers",
        &[("Cluster", Other("cluster_name", "name"))],
    ),
    Row {
        reference: "name",
        ..plain(
            "AWS::ECS::CapacityProvider",
            "aws_ecs_capacity_provider",
            &[("AutoScalingGroupProvider.AutoScalingGroupArn", Other("auto_scaling_group_arn", "arn"))],
        )
    },
    Row {
        attributes: &[("Name", "name"), ("ServiceArn", "id")],
        ..plain("AWS::ECS::Service", "aws_ecs_service", SERVICE)
    },
    Row {
        reference: "arn",
        attributes: &[("TaskDefinitionArn", "arn")],
        ..plain("AWS::ECS::TaskDefinition", "aws_ecs_task_definition", TASK)
    },
];

const SERVICE: &[(&str, Rule)] = &[
    ("ServiceName", To("name")),
    ("Cluster", Other("cluster", "arn")),
    ("Role", To("iam_role")),
    ("EnableECSManagedTags", To("enable_ecs_managed_tags")),
    ("DeploymentConfiguration", By(deployment)),
    ("LoadBalancers", To("load_balancer")),
    ("NetworkConfiguration.AwsvpcConfiguration", Hoist),
    ("NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp", By(public_ip)),
    ("PlacementStrategies", To("ordered_placement_strategy")),
    ("ServiceConnectConfiguration.Services", To("service")),
    ("ServiceConnectConfiguration.Services.ClientAliases", To("client_alias")),
    ("ServiceConnectConfiguration.LogConfiguration.Options", Plain("options")),
    ("ServiceConnectConfiguration.LogConfiguration.SecretOptions", To("secret_option")),
];

const TASK: &[(&str, Rule)] = &[
    ("ContainerDefinitions", Api("container_definitions")),
    ("EphemeralStorage.SizeInGiB", To("size_in_gib")),
    ("Volumes", To("volume")),
    ("Volumes.Host", Hoist),
    ("Volumes.Host.SourcePath", To("host_path")),
    ("Volumes.EFSVolumeConfiguration.FilesystemId", To("file_system_id")),
    ("Volumes.EFSVolumeConfiguration.AuthorizationConfig.IAM", To("iam")),
    ("Volumes.DockerVolumeConfiguration.DriverOpts", Plain("driver_opts")),
    ("Volumes.DockerVolumeConfiguration.Labels", Plain("labels")),
    ("PlacementConstraints", To("placement_constraints")),
];

fn public_ip(_: &mut Writer<'_>, value: &Value, out: &mut Object) {
    let is_on = Value::from(value.as_str() == Some("ENABLED"));
    out.insert("assign_public_ip".into(), Value { origin: value.origin.clone(), ..is_on });
}

/// Terraform has some of the deployment's settings on the service itself.
fn deployment(writer: &mut Writer<'_>, value: &Value, out: &mut Object) {
    let row = plain("", "", &[("LifecycleHooks", To("lifecycle_hook")), ("Alarms.AlarmNames", To("alarm_names"))]);
    let Expr::Map(entries) = &value.expr else { return };
    let mut all = Object::new();
    writer.arguments(&row, "", entries, &mut all);
    let above = [
        ("minimum_healthy_percent", "deployment_minimum_healthy_percent"),
        ("maximum_percent", "deployment_maximum_percent"),
        ("deployment_circuit_breaker", "deployment_circuit_breaker"),
        ("alarms", "alarms"),
    ];
    let origin =
        |inner: Value| Value { origin: inner.origin.or_else(|| value.origin.clone()), ..Value::from(inner.expr) };
    for (from, to) in above {
        if let Some(inner) = all.shift_remove(from) {
            out.insert(to.into(), origin(inner));
        }
    }
    if !all.is_empty() {
        out.insert("deployment_configuration".into(), origin(all.into()));
    }
}

fn providers(writer: &mut Writer<'_>, value: &Value, _: &mut Object) {
    let said = writer.value(value);
    beside(writer, "capacity_providers", said, value);
}

fn strategy(writer: &mut Writer<'_>, value: &Value, _: &mut Object) {
    let Expr::List(items) = &value.expr else { return };
    let row = plain("", "", &[]);
    let mut all = Vec::new();
    for item in items {
        let mut one = Object::new();
        if let Expr::Map(entries) = &item.expr {
            writer.arguments(&row, "", entries, &mut one);
        }
        all.push(one.into());
    }
    beside(writer, "default_capacity_provider_strategy", all.into(), value);
}

/// The providers of a cluster are a resource of their own.
fn beside(writer: &mut Writer<'_>, argument: &str, said: Value, value: &Value) {
    const TYPE: &str = "aws_ecs_cluster_capacity_providers";
    let name = writer.name(&writer.id);
    let there = writer.resources.get_mut(TYPE).and_then(|all| all.get_mut(&name));
    if let Some(Value { expr: Expr::Map(body), .. }) = there {
        body.insert(argument.to_owned(), said);
        return;
    }
    let cluster = format!("${{aws_ecs_cluster.{name}.name}}");
    let body = Object::from_iter([("cluster_name".to_owned(), cluster.into()), (argument.to_owned(), said)]);
    writer.beside(TYPE, "", body, value.origin.as_ref());
}
