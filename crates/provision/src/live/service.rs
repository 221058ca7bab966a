//! How a service does: its counts, its deployments, what it says of itself, and its tasks.

use serde_json::{Value as Json, json};
use trazo_calls::{Call, Service};
use trazo_model::sort::sort_by;

use super::events::explain;
use super::read::{count, instant, items, number, tail, text};
use super::stopped::{exit_code, stop_reason};
use crate::{CallError, Caller};

/// How many events are kept, newest first; AWS gives up to 100.
const EVENTS: usize = 10;
/// How many stopped tasks are kept, newest first.
const STOPPED: usize = 5;
/// How many tasks of each sort are asked for; `DescribeTasks` takes 100 in all.
const TASKS: usize = 50;

/// How a service does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceState {
    /// `ACTIVE`, `DRAINING` or `INACTIVE`.
    pub status: String,
    /// Tasks that run.
    pub running: u32,
    /// Tasks that are on their way.
    pub pending: u32,
    /// Tasks that there should be.
    pub desired: u32,
    /// Family and revision of the task definition in use.
    pub task_definition: String,
    /// Deployments, the newest (`PRIMARY`) first.
    pub deployments: Vec<Deployment>,
    /// What the service says, newest first, at most ten.
    pub events: Vec<Event>,
    /// Tasks that run or are on their way.
    pub tasks: Vec<Task>,
    /// Tasks that stopped within about the last hour (AWS keeps them no longer), newest first, at most five.
    pub stopped: Vec<Task>,
}

impl ServiceState {
    /// Whether nothing more is to come: one deployment, complete, with as many tasks as there should be.
    pub fn is_steady(&self) -> bool {
        self.deployments.len() == 1
            && self.running == self.desired
            && self.pending == 0
            && self.deployments.iter().all(|deployment| matches!(deployment.rollout.as_str(), "COMPLETED" | ""))
    }
}

/// One deployment of a service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deployment {
    /// `PRIMARY` for the newest, `ACTIVE` for one that goes, `INACTIVE`.
    pub status: String,
    /// `IN_PROGRESS`, `COMPLETED`, `FAILED`; empty where AWS gives none.
    pub rollout: String,
    /// AWS's words on it.
    pub reason: String,
    /// Tasks that run, are on their way, should be, and that failed one after another.
    pub running: u32,
    /// Tasks that are on their way.
    pub pending: u32,
    /// Tasks that there should be.
    pub desired: u32,
    /// Tasks that failed one after another.
    pub failed: u32,
    /// Family and revision of its task definition.
    pub task_definition: String,
    /// When it last changed, in milliseconds since 1970.
    pub updated: Option<u64>,
}

/// Something that a service said.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// When, in milliseconds since 1970.
    pub at: Option<u64>,
    /// AWS's words.
    pub message: String,
    /// The key of a text that tells what it means and what to do, where that is known.
    pub explain: Option<&'static str>,
}

/// A task.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its id, without the rest of the ARN.
    pub id: String,
    /// `PROVISIONING`, `PENDING`, `ACTIVATING`, `RUNNING`, `DEACTIVATING`, `STOPPING`, `DEPROVISIONING`, `STOPPED`.
    pub status: String,
    /// `HEALTHY`, `UNHEALTHY`, `UNKNOWN`: of its container health checks.
    pub health: String,
    /// When it started to run or, of a stopped one, when it stopped, in milliseconds since 1970.
    pub at: Option<u64>,
    /// Why AWS stopped it (`TaskFailedToStart`); empty while it runs.
    pub stop_code: String,
    /// AWS's words on why it stopped.
    pub reason: String,
    /// Of a stopped one: the key of a text that tells what that means and what to do.
    pub explain: Option<&'static str>,
    /// Its containers.
    pub containers: Vec<Container>,
}

/// A container of a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Container {
    /// Its name in the task definition.
    pub name: String,
    /// Its status, as that of a task.
    pub status: String,
    /// `HEALTHY`, `UNHEALTHY`, `UNKNOWN`.
    pub health: String,
    /// The code with which its process ended.
    pub exit: Option<i64>,
    /// AWS's words on it.
    pub reason: String,
    /// The key of a text on the exit code.
    pub explain: Option<&'static str>,
}

/// Asks how a service does; `None` where there is no such service (any more).
///
/// # Errors
/// [`CallError`] where a call failed.
pub async fn service_state(
    caller: &dyn Caller,
    cluster: &str,
    service: &str,
) -> Result<Option<ServiceState>, CallError> {
    let call = Call::new(Service::Ecs, "DescribeServices").with("cluster", cluster).with("services", json!([service]));
    let answer = caller.call(&call).await?;
    let Some(found) = items(&answer, "services").first() else { return Ok(None) };
    let mut state = read(found);
    if state.status == "INACTIVE" {
        return Ok(Some(state));
    }
    let mut tasks = listed(caller, cluster, service, "RUNNING").await?;
    tasks.extend(listed(caller, cluster, service, "STOPPED").await?);
    if !tasks.is_empty() {
        let call = Call::new(Service::Ecs, "DescribeTasks").with("cluster", cluster).with("tasks", tasks);
        let answer = caller.call(&call).await?;
        add_tasks(&mut state, items(&answer, "tasks"));
    }
    Ok(Some(state))
}

async fn listed(caller: &dyn Caller, cluster: &str, service: &str, status: &str) -> Result<Vec<Json>, CallError> {
    let call = Call::new(Service::Ecs, "ListTasks")
        .with("cluster", cluster)
        .with("serviceName", service)
        .with("desiredStatus", status)
        .with("maxResults", TASKS);
    let answer = caller.call(&call).await?;
    Ok(items(&answer, "taskArns").to_vec())
}

fn read(found: &Json) -> ServiceState {
    ServiceState {
        status: text(found, "status"),
        running: count(found, "runningCount"),
        pending: count(found, "pendingCount"),
        desired: count(found, "desiredCount"),
        task_definition: tail(&text(found, "taskDefinition")).to_owned(),
        deployments: items(found, "deployments").iter().map(deployment).collect(),
        events: items(found, "events").iter().take(EVENTS).map(event).collect(),
        tasks: Vec::new(),
        stopped: Vec::new(),
    }
}

fn deployment(found: &Json) -> Deployment {
    Deployment {
        status: text(found, "status"),
        rollout: text(found, "rolloutState"),
        reason: text(found, "rolloutStateReason"),
        running: count(found, "runningCount"),
        pending: count(found, "pendingCount"),
        desired: count(found, "desiredCount"),
        failed: count(found, "failedTasks"),
        task_definition: tail(&text(found, "taskDefinition")).to_owned(),
        updated: instant(found, "updatedAt"),
    }
}

fn event(found: &Json) -> Event {
    let message = text(found, "message");
    Event { at: instant(found, "createdAt"), explain: explain(&message), message }
}

fn add_tasks(state: &mut ServiceState, found: &[Json]) {
    let (mut stopped, mut tasks): (Vec<Task>, Vec<Task>) =
        found.iter().map(task).partition(|task| !task.stop_code.is_empty() || task.status == "STOPPED");
    // Newest first; one without a time is on its way.
    for list in [&mut stopped, &mut tasks] {
        sort_by(list, |a, b| (b.at.is_none(), b.at, &a.id).cmp(&(a.at.is_none(), a.at, &b.id)));
    }
    stopped.truncate(STOPPED);
    (state.stopped, state.tasks) = (stopped, tasks);
}

fn task(found: &Json) -> Task {
    let containers: Vec<Container> = items(found, "containers").iter().map(container).collect();
    let (stop_code, reason) = (text(found, "stopCode"), text(found, "stoppedReason"));
    let status = text(found, "lastStatus");
    let ended = status == "STOPPED" || !stop_code.is_empty();
    let explain = ended.then(|| {
        // The container often says more than the task, whose reason is then only that an essential one has ended.
        let own = containers.iter().map(|container| container.reason.as_str()).find(|reason| !reason.is_empty());
        stop_reason(&stop_code, &reason, own.unwrap_or_default())
    });
    Task {
        id: tail(&text(found, "taskArn")).to_owned(),
        health: text(found, "healthStatus"),
        at: if ended {
            instant(found, "stoppedAt").or(instant(found, "stoppingAt"))
        } else {
            instant(found, "startedAt")
        },
        status,
        stop_code,
        reason,
        explain,
        containers,
    }
}

fn container(found: &Json) -> Container {
    let exit = number(found, "exitCode");
    Container {
        name: text(found, "name"),
        status: text(found, "lastStatus"),
        health: text(found, "healthStatus"),
        reason: text(found, "reason"),
        explain: exit.map(exit_code),
        exit,
    }
}
