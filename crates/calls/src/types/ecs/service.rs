//! Services and task definitions.

use trazo_stack::{Expr, Value, list};

use super::named;
use crate::Service::Ecs;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::wait::{Condition, Wait};
use crate::wording::renamed;

/// Members whose keys people choose.
const FREE: &[&str] = &["DockerLabels", "DriverOpts", "Labels", "Options"];

/// `AWS::ECS::TaskDefinition`. Each call makes a new revision.
pub(crate) fn task_definition(m: &mut Maker<'_>) {
    let family = m.name("Family", 255);
    let mut input = named(m, "family", family.clone(), FREE);
    for volume in items_mut(&mut input, "volumes") {
        if let Expr::Map(volume) = &mut volume.expr
            && let Some(Expr::Map(files)) = volume.get_mut("efsVolumeConfiguration").map(|files| &mut files.expr)
        {
            renamed(files, "filesystemId", "fileSystemId");
        }
    }
    let own = m.own();
    let find = Find::new(Ecs, "DescribeTaskDefinition", [("taskDefinition", family), ("include", list(["TAGS"]))], "");
    let find = find
        .matching("taskDefinition.status", "ACTIVE")
        .missing_if("ClientException", "unable to describe")
        .tagged(m.tagged("tags"))
        .gives("", "taskDefinition.taskDefinitionArn")
        .gives("TaskDefinitionArn", "taskDefinition.taskDefinitionArn");
    m.make("", Ecs, "RegisterTaskDefinition", input)
        .answer("taskDefinition")
        .gives("", "taskDefinitionArn")
        .gives("TaskDefinitionArn", "taskDefinitionArn")
        // The roles were made a moment ago.
        .patience("ClientException", "role")
        // A revision has to be inactive before it can be deleted.
        .undo(
            Undo::new(Ecs, "DeregisterTaskDefinition", [("taskDefinition", own.clone())])
                .gone_if("ClientException", "unable to describe")
                .gone_if("InvalidParameterException", "inactive")
                .gone_if("ClientException", "does not exist")
                .gone_if("ClientException", "delete"),
        )
        .undo(
            Undo::new(Ecs, "DeleteTaskDefinitions", [("taskDefinitions", list([own]))])
                // Told as a failure within the answer.
                .gone_if("", "does not exist")
                .gone_if("ClientException", "unable to describe"),
        )
        .find(Repeat::Again, find);
}

/// `AWS::ECS::Service`, which is ready when all its tasks run in one deployment.
pub(crate) fn service(m: &mut Maker<'_>) {
    let name = m.name("ServiceName", 255);
    let mut input = named(m, "serviceName", name.clone(), FREE);
    renamed(&mut input, "placementStrategies", "placementStrategy");
    input.insert("clientToken".to_owned(), m.token(""));
    let cluster = input.get("cluster").cloned().unwrap_or_else(|| "default".into());
    let own = m.own();
    let one = |service: Value| [("cluster", cluster.clone()), ("services", list([service]))];
    let mut find = Find::new(Ecs, "DescribeServices", one(name), "services").missing(&["ClusterNotFoundException"]);
    find.call.input.insert("include".to_owned(), list(["TAGS"]));
    let find = find.matching("status", "ACTIVE").tagged(m.tagged("tags"));
    let of_service = || [("cluster", cluster.clone()), ("service", own.clone())];
    let gone = &["ServiceNotFoundException", "ServiceNotActiveException", "ClusterNotFoundException"];
    let [cluster_member, service_member] = of_service();
    m.make("", Ecs, "CreateService", input)
        .answer("service")
        .gives("", "serviceArn")
        .gives("ServiceArn", "serviceArn")
        .gives("Name", "serviceName")
        .patience("InvalidParameterException", "assume")
        .patience("InvalidParameterException", "verify that the ECS service role")
        .patience("InvalidParameterException", "does not have an associated load balancer")
        .patience("InvalidParameterException", "unable to validate and assume")
        .patience("ClusterNotFoundException", "")
        .ready(stable(one(own.clone())))
        .undo(
            Undo::new(Ecs, "UpdateService", [cluster_member, service_member, ("desiredCount", 0_i64.into())])
                .gone(gone),
        )
        .undo(
            Undo::new(
                Ecs,
                "DeleteService",
                [("cluster", cluster.clone()), ("service", own.clone()), ("force", true.into())],
            )
            .gone(gone)
            .wait(
                Wait::new(Ecs, "DescribeServices", one(own.clone()))
                    .until_all(&[Condition::NoneBut("services", "status", "INACTIVE")])
                    .gone(gone)
                    .every(10, 90, 1200),
            ),
        )
        .find(Repeat::Harmless, find);
}

/// As the AWS CLI's `aws ecs wait services-stable`; a deployment that its circuit breaker stopped has failed.
fn stable(service: [(&str, Value); 2]) -> Wait {
    Wait::new(Ecs, "DescribeServices", service)
        .until_all(&[
            Condition::Length("services[0].deployments", 1),
            Condition::Same("services[0].runningCount", "services[0].desiredCount"),
        ])
        .fails("services[0].deployments[0].rolloutState", "FAILED")
        .fails("services[0].status", "INACTIVE")
        .reason("services[0].deployments[0].rolloutStateReason")
        .every(10, 120, 1200)
}

fn items_mut<'a>(input: &'a mut trazo_stack::Object, member: &str) -> impl Iterator<Item = &'a mut Value> {
    let items = match input.get_mut(member).map(|value| &mut value.expr) {
        Some(Expr::List(items)) => items.as_mut_slice(),
        _ => &mut [],
    };
    items.iter_mut()
}
