//! What is shown of what is up, from answers as AWS gives them.

use std::cell::RefCell;

use serde_json::json;
use trazo_stack::{Element, Origin, Output, Resource, Stack, list, map, reference, sub};

use super::script::{Script, Still, now};
use super::*;
use crate::{CallError, Later};

const TASK: &str = "arn:aws:ecs:us-east-1:123456789012:task/tienda/";

fn service() -> serde_json::Value {
    json!({ "services": [{
        "status": "ACTIVE", "runningCount": 1, "pendingCount": 1, "desiredCount": 2,
        "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7",
        "deployments": [{
            "status": "PRIMARY", "rolloutState": "IN_PROGRESS", "rolloutStateReason": "ECS deployment in progress.",
            "runningCount": 1, "pendingCount": 1, "desiredCount": 2, "failedTasks": 3, "updatedAt": 1_700_000_000.5,
            "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7"
        }],
        "events": [
            { "createdAt": 1_700_000_001, "message": "(service web) is unable to consistently start tasks successfully." },
            { "createdAt": 1_700_000_000, "message": "(service web) has started 1 tasks: (task 0a1b)." }
        ]
    }], "failures": [] })
}

#[test]
fn a_service_shows_counts_deployments_events_and_why_its_tasks_stop() {
    let stopped = |id: &str, at: u32| {
        json!({ "taskArn": format!("{TASK}{id}"), "lastStatus": "STOPPED", "stopCode": "EssentialContainerExited",
            "stoppedReason": "Essential container in task exited", "stoppedAt": at,
            "containers": [{ "name": "web", "lastStatus": "STOPPED", "exitCode": 137,
                "reason": "OutOfMemoryError: Container killed due to memory usage" }] })
    };
    let script = Script::new([
        ("DescribeServices", Ok(service())),
        ("ListTasks", Ok(json!({ "taskArns": [format!("{TASK}up")] }))),
        ("ListTasks", Ok(json!({ "taskArns": [format!("{TASK}old"), format!("{TASK}new")] }))),
        (
            "DescribeTasks",
            Ok(json!({ "tasks": [
                { "taskArn": format!("{TASK}up"), "lastStatus": "RUNNING", "healthStatus": "HEALTHY", "startedAt": 5.0,
                  "containers": [{ "name": "web", "lastStatus": "RUNNING", "healthStatus": "HEALTHY" }] },
                stopped("old", 10), stopped("new", 20)
            ] })),
        ),
    ]);
    let state = now(service_state(&script, "tienda", "web")).unwrap().unwrap();
    assert!(script.is_done());
    assert_eq!(script.input(3)["tasks"].as_array().unwrap().len(), 3);
    assert_eq!((state.running, state.pending, state.desired), (1, 1, 2));
    assert_eq!(state.task_definition, "web:7");
    assert_eq!(state.deployments[0].updated, Some(1_700_000_000_500));
    assert!(!state.is_steady());
    let explained: Vec<_> = state.events.iter().map(|event| event.explain).collect();
    assert_eq!(explained, [Some("deploy.live.event.impaired"), None]);
    assert_eq!(state.tasks.iter().map(|task| task.id.as_str()).collect::<Vec<_>>(), ["up"]);
    assert_eq!(state.stopped.iter().map(|task| task.id.as_str()).collect::<Vec<_>>(), ["new", "old"]);
    let newest = &state.stopped[0];
    assert_eq!(newest.explain, Some("deploy.live.stopped.memory"));
    assert_eq!(newest.containers[0].explain, Some("deploy.live.exit.killed"));
    assert_eq!(newest.at, Some(20_000));
}

#[test]
fn a_service_that_is_not_there_is_no_error() {
    let script =
        Script::new([("DescribeServices", Ok(json!({ "services": [], "failures": [{ "reason": "MISSING" }] })))]);
    assert_eq!(now(service_state(&script, "tienda", "web")).unwrap(), None);
}

#[test]
fn a_service_is_steady_when_nothing_is_on_its_way() {
    let mut state = ServiceState { running: 2, desired: 2, ..ServiceState::default() };
    let done = Deployment { rollout: "COMPLETED".to_owned(), ..Deployment::default() };
    state.deployments.push(done.clone());
    assert!(state.is_steady());
    state.deployments.push(done);
    assert!(!state.is_steady());
}

#[test]
fn why_a_task_stopped_is_told_by_what_says_most() {
    let cases = [
        ("TaskFailedToStart", "CannotPullContainerError: The task cannot pull web:1 … not found", "pull_missing"),
        (
            "TaskFailedToStart",
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref \
             docker.io/library/nginx:latest: failed to do request: Head: dial tcp 3.216.34.172:443: i/o timeout",
            "pull_network",
        ),
        (
            "TaskFailedToStart",
            "CannotPullContainerError: httpReadSeeker: failed open: unexpected status code 429 Too Many Requests: \
             toomanyrequests: You have reached your pull rate limit",
            "pull_limit",
        ),
        (
            "TaskFailedToStart",
            "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'",
            "pull_platform",
        ),
        (
            "TaskFailedToStart",
            "CannotPullContainerError: pull access denied for tienda, repository does not exist or may require \
             authorization",
            "pull_denied",
        ),
        (
            "TaskFailedToStart",
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: \
             unable to retrieve secret from asm: RequestCanceled: request context canceled caused by: context deadline \
             exceeded",
            "init_network",
        ),
        (
            "TaskFailedToStart",
            "ResourceInitializationError: unable to pull secrets: AccessDeniedException: User is not authorized",
            "init_denied",
        ),
        (
            "TaskFailedToStart",
            "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: \
             ResourceNotFoundException: The specified log group does not exist.",
            "log_group",
        ),
        ("EssentialContainerExited", "Essential container in task exited", "essential"),
        ("ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/123)", "replaced"),
        ("ServiceSchedulerInitiated", "Task failed ELB health checks in (target-group arn:aws:…)", "load_balancer"),
        ("SpotInterruption", "Your Spot Task was interrupted.", "spot"),
        ("UserInitiated", "Task stopped by user", "by_user"),
        ("TaskFailedToStart", "Something new", "not_started"),
        ("", "Something new", "other"),
    ];
    for (code, reason, want) in cases {
        assert_eq!(stop_reason(code, reason, ""), format!("deploy.live.stopped.{want}"), "{reason}");
    }
    assert_eq!(
        stop_reason("EssentialContainerExited", "Essential container in task exited", "OutOfMemoryError: killed"),
        "deploy.live.stopped.memory"
    );
    assert_eq!([0, 1, 137, 42].map(exit_code), ["done", "failed", "killed", "other"].map(|end| key("exit", end)));
}

fn key(group: &str, end: &str) -> String {
    format!("deploy.live.{group}.{end}")
}

#[test]
fn targets_tell_why_they_get_no_traffic() {
    let target = |id: &str, health: serde_json::Value| json!({ "Target": { "Id": id, "Port": "80", "AvailabilityZone": "us-east-1a" }, "TargetHealth": health });
    let answer = json!({ "TargetHealthDescriptions": [
        target("10.0.1.9", json!({ "State": "unhealthy", "Reason": "Target.ResponseCodeMismatch",
            "Description": "Health checks failed with these codes: [404]" })),
        target("10.0.0.8", json!({ "State": "healthy" })),
        target("10.0.2.1", json!({ "State": "unhealthy", "Reason": "Target.Anew" })),
    ] });
    let script = Script::new([("DescribeTargetHealth", Ok(answer))]);
    let targets = now(target_health(&script, "arn:…:targetgroup/web/1")).unwrap();
    let seen: Vec<_> = targets.iter().map(|target| (target.id.as_str(), target.port, target.explain)).collect();
    assert_eq!(
        seen,
        [
            ("10.0.0.8", Some(80), "deploy.live.target.healthy"),
            ("10.0.1.9", Some(80), "deploy.live.target.status"),
            ("10.0.2.1", Some(80), "deploy.live.target.refused"),
        ]
    );
    assert_eq!(targets[1].description, "Health checks failed with these codes: [404]");
}

#[test]
fn lines_come_oldest_first_over_empty_pages() {
    let event = |id: &str, at: u32, message: &str| json!({ "eventId": id, "timestamp": at, "logStreamName": "ecs/web/1", "message": message });
    let script = Script::new([
        ("FilterLogEvents", Ok(json!({ "events": [], "nextToken": "a" }))),
        ("FilterLogEvents", Ok(json!({ "events": [event("2", 20, "later\n"), event("1", 10, &"x".repeat(5000))] }))),
    ]);
    let wanted = Wanted { group: "/ecs/web".to_owned(), prefix: "ecs/web/".to_owned(), since: 5, token: None };
    let found = now(log_lines(&script, &wanted)).unwrap();
    assert_eq!(found.lines.iter().map(|line| line.at).collect::<Vec<_>>(), [10, 20]);
    assert_eq!(found.lines[1].text, "later");
    assert_eq!(found.lines[0].text.chars().count(), 4001);
    assert_eq!((found.older, found.missing), (None, false));
    assert_eq!(
        script.input(1),
        json!({ "logGroupName": "/ecs/web", "startTime": 5, "startFromHead": false, "limit": 200,
            "logStreamNamePrefix": "ecs/web/", "nextToken": "a" })
    );
    let script = Script::new([("FilterLogEvents", Err("ResourceNotFoundException"))]);
    assert!(now(log_lines(&script, &wanted)).unwrap().missing);
}

#[test]
fn scaling_says_what_auto_scaling_may_do() {
    let arn = "arn:aws:ecs:us-east-1:123456789012:service/tienda/web";
    let bounds = json!({ "ScalableTargets": [{ "MinCapacity": 2, "MaxCapacity": 6 }] });
    for (desired, want) in [(1, Some("below")), (4, Some("within")), (9, Some("above"))] {
        let script = Script::new([("DescribeScalableTargets", Ok(bounds.clone())), ("UpdateService", Ok(json!({})))]);
        let scaled = now(scale(&script, "tienda", arn, desired)).unwrap();
        assert_eq!(scaled.explain.map(str::to_owned), want.map(|end| key("scale", end)));
        assert_eq!(script.input(0)["ResourceIds"], json!(["service/tienda/web"]));
        assert_eq!(script.input(1), json!({ "cluster": "tienda", "service": arn, "desiredCount": desired }));
    }
    // Who may not ask for the bounds may still scale.
    let script =
        Script::new([("DescribeScalableTargets", Err("AccessDeniedException")), ("UpdateService", Ok(json!({})))]);
    assert_eq!(now(scale(&script, "tienda", arn, 3)).unwrap(), Scaled { desired: 3, bounds: None, explain: None });
    let script = Script::new([("UpdateService", Ok(json!({})))]);
    now(redeploy(&script, "tienda", arn)).unwrap();
    assert_eq!(script.input(0)["forceNewDeployment"], true);
}

#[test]
fn what_is_gone_is_not_shown() {
    let place = Place {
        node: "n1".into(),
        cluster: "tienda".to_owned(),
        service: "web".to_owned(),
        target_groups: vec!["arn".to_owned()],
        logs: Vec::new(),
    };
    let script = Script::new([
        ("DescribeServices", Err("ClusterNotFoundException")),
        ("DescribeTargetHealth", Err("TargetGroupNotFound")),
    ]);
    assert_eq!(now(look(&script, &place)).unwrap(), Sight::default());
    let script = Script::new([("DescribeServices", Err("AccessDeniedException"))]);
    assert!(now(look(&script, &place)).unwrap_err().is("AccessDeniedException"));
}

#[test]
fn looking_slows_down_while_nothing_changes() {
    let mut pace = Pace::default();
    assert_eq!([true, false, false, false].map(|changed| pace.next(changed)), [5_000, 7_500, 11_250, 16_875]);
    assert_eq!([false, false, true].map(|changed| pace.next(changed)), [25_312, 30_000, 5_000]);
}

#[test]
fn watching_shows_what_is_new_until_it_is_told_to_stop() {
    let world = Still::default();
    let (mut looks, seen) = (0, RefCell::new(Vec::new()));
    let mut look = || -> Later<'_, Result<u32, CallError>> {
        looks += 1;
        let answer = match looks {
            1 | 2 => Ok(1),
            3 => Err(CallError::Unreadable),
            _ => Ok(2),
        };
        Box::pin(async move { answer })
    };
    let mut show = |found: &Result<u32, CallError>| seen.borrow_mut().push(found.clone());
    now(watch(&world, &mut look, &mut show, &|| world.waits.borrow().len() == 5));
    assert_eq!(*seen.borrow(), [Ok(1), Err(CallError::Unreadable), Ok(2)]);
    assert_eq!(*world.waits.borrow(), [5_000, 7_500, 5_000, 5_000, 7_500]);
}

#[test]
fn watching_ends_with_the_credentials() {
    let world = Still::default();
    let mut shown = 0;
    let mut look = || -> Later<'_, Result<u32, CallError>> { Box::pin(async { Err(CallError::Expired) }) };
    now(watch(&world, &mut look, &mut |_| shown += 1, &|| false));
    assert_eq!((shown, world.waits.borrow().len()), (1, 0));
}

fn resource(type_name: &'static str, node: &str) -> Resource {
    Resource::new(type_name, Origin::whole(Element::Node(node.into())))
}

fn stack() -> Stack {
    let mut stack = Stack::default();
    let mut web = resource("AWS::ECS::Service", "n1");
    web.set("Cluster", reference("Tienda"))
        .set("TaskDefinition", reference("Task"))
        .set("LoadBalancers", list([map([("TargetGroupArn", reference("Group"))])]));
    let mut task = resource("AWS::ECS::TaskDefinition", "n2");
    let logs = map([("awslogs-group", reference("Logs")), ("awslogs-stream-prefix", "ecs".into())]);
    task.set(
        "ContainerDefinitions",
        list([
            map([("Name", "web".into()), ("LogConfiguration", map([("Options", logs)]))]),
            map([("Name", "quiet".into())]),
        ]),
    );
    stack.resources.insert("Web".to_owned(), web.into());
    stack.resources.insert("Task".to_owned(), task.into());
    stack.resources.insert("Alb".to_owned(), resource("AWS::ElasticLoadBalancingV2::LoadBalancer", "n3").into());
    stack.resources.insert("Api".to_owned(), resource("AWS::ApiGatewayV2::Api", "n4").into());
    let mut output = |name: &str, node: &str, value| {
        let origin = Origin::whole(Element::Node(node.into()));
        stack.outputs.insert(name.to_owned(), Output { description: String::new(), value, origin });
    };
    output("AlbUrl", "n3", sub("http://${Alb.DNSName}"));
    output("ApiUrl", "n4", trazo_stack::att("Api", "ApiEndpoint"));
    output("ImageUri", "n5", "somewhere".into());
    stack
}

#[test]
fn places_are_found_by_what_the_stack_names() {
    let ids = |id: &str| (id != "Group").then(|| format!("id-of-{id}"));
    let place = Place {
        node: "n1".into(),
        cluster: "id-of-Tienda".to_owned(),
        service: "id-of-Web".to_owned(),
        target_groups: Vec::new(),
        logs: vec![LogPlace {
            container: "web".to_owned(),
            group: "id-of-Logs".to_owned(),
            prefix: "ecs/web/".to_owned(),
        }],
    };
    assert_eq!(places(&stack(), &ids), [place]);
    assert_eq!(places(&stack(), &|_| None), []);
}

#[test]
fn addresses_are_outputs_that_can_be_tried() {
    let value = |name: &str| Some(if name == "ImageUri" { name.to_owned() } else { format!("http://{name}") });
    let found: Vec<_> = addresses(&stack(), &value).into_iter().map(|at| (at.node, at.gate, at.url)).collect();
    assert_eq!(
        found,
        [
            ("n3".into(), Gate::LoadBalancer, "http://AlbUrl".to_owned()),
            ("n4".into(), Gate::HttpApi, "http://ApiUrl".to_owned()),
        ]
    );
}
