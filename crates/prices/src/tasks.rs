//! What runs containers: tasks on Fargate, and instances.

use trazo_model::Phrase;
use trazo_stack::{Expr, Resource, Stack, Value};

use super::{Estimate, Good, HOURS, MILLI, instance};
use trazo_stack::read;

/// Gigabytes of storage that each task on Fargate has without charge
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html>).
const FREE_STORAGE: u64 = 20;

/// Where tasks of a service run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Fargate,
    Spot,
    Instances,
}

/// One entry of a capacity provider strategy.
struct Share {
    place: Place,
    base: u64,
    weight: u64,
}

/// What the tasks of a service cost.
pub(super) fn service(out: &mut Estimate, stack: &Stack, id: &str, service: &Resource) {
    let Some((_, task)) = read::named(stack, service.properties.get("TaskDefinition")) else { return };
    let (cpu, memory) = (read::number(task, "Cpu").unwrap_or(0), read::number(task, "Memory").unwrap_or(0));
    let storage = read::number(task, "EphemeralStorage.SizeInGiB").unwrap_or(0).saturating_sub(FREE_STORAGE);
    let public = read::text(service, "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp") == Some("ENABLED");
    let (low, high) = range(stack, id, service);
    if low != high {
        out.assume(Phrase::new("deploy.cost.assumed.scaling"));
    }
    let shares = shares(stack, service);
    for place in [Place::Fargate, Place::Spot] {
        let hours = [low, high].map(|tasks| at(&shares, place, tasks).saturating_mul(HOURS));
        let [cpu_good, memory_good] = goods(task, place);
        let part = |amount: u64, whole: u64| hours.map(|hours| hours.saturating_mul(amount) / whole);
        let [fewest, most] = part(cpu, 1024);
        out.add(id, service, cpu_good, fewest, most);
        let [fewest, most] = part(memory, 1024);
        out.add(id, service, memory_good, fewest, most);
        let [fewest, most] = part(storage, 1);
        out.add(id, service, Good::TaskStorage, fewest, most);
        if public {
            out.add(id, service, Good::Address, hours[0], hours[1]);
        }
        if place == Place::Spot && hours[1] > 0 {
            out.assume(Phrase::new("deploy.cost.assumed.spot"));
        }
    }
}

/// How many tasks a service has, at least and at most.
fn range(stack: &Stack, id: &str, service: &Resource) -> (u64, u64) {
    let desired = read::number(service, "DesiredCount").unwrap_or(1);
    let place = format!("${{{id}.Name}}");
    let its = |target: &&Resource| match target.properties.get("ResourceId").map(|value| &value.expr) {
        Some(Expr::Sub(text)) => text.contains(&place),
        _ => false,
    };
    let mut targets = read::of_type(stack, "AWS::ApplicationAutoScaling::ScalableTarget").map(|(_, target)| target);
    let Some(target) = targets.find(its) else { return (desired, desired) };
    let planned = |key: &str| {
        let actions = read::items(target.properties.get("ScheduledActions"));
        let path = format!("ScalableTargetAction.{key}");
        let planned = actions.iter().filter_map(|action| read::as_number(read::inside(action, &path)?));
        planned.chain(read::number(target, key)).collect::<Vec<_>>()
    };
    let low = planned("MinCapacity").into_iter().min().unwrap_or(desired);
    let high = planned("MaxCapacity").into_iter().max().unwrap_or(desired);
    (low, high.max(low))
}

/// Where the tasks of a service run: by its own strategy, its launch type, or the strategy of its cluster.
fn shares(stack: &Stack, service: &Resource) -> Vec<Share> {
    let all = |place| vec![Share { place, base: 0, weight: 1 }];
    let own = read::items(service.properties.get("CapacityProviderStrategy"));
    if !own.is_empty() {
        return own.iter().map(share).collect();
    }
    match read::text(service, "LaunchType") {
        Some("FARGATE") => all(Place::Fargate),
        Some(_) => all(Place::Instances),
        None => {
            let cluster = read::named(stack, service.properties.get("Cluster"));
            let usual = cluster.and_then(|(_, cluster)| cluster.properties.get("DefaultCapacityProviderStrategy"));
            match read::items(usual) {
                [] => all(Place::Instances),
                usual => usual.iter().map(share).collect(),
            }
        }
    }
}

fn share(entry: &Value) -> Share {
    let place = match read::inside(entry, "CapacityProvider").and_then(|provider| provider.as_str()) {
        Some("FARGATE") => Place::Fargate,
        Some("FARGATE_SPOT") => Place::Spot,
        _ => Place::Instances,
    };
    let of = |key, usual| read::inside(entry, key).and_then(read::as_number).unwrap_or(usual);
    Share { place, base: of("Base", 0), weight: of("Weight", 0) }
}

/// How many of the tasks run at a place, in thousandths: the base first, the rest by weight
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/capacity-launch-type-comparison.html>).
fn at(shares: &[Share], place: Place, tasks: u64) -> u64 {
    let base = shares.iter().map(|share| share.base).sum::<u64>().min(tasks);
    let weights = shares.iter().map(|share| share.weight).sum::<u64>().max(1);
    let rest = (tasks - base).saturating_mul(MILLI);
    let its = shares.iter().filter(|share| share.place == place);
    its.map(|share| share.base.min(tasks) * MILLI + rest.saturating_mul(share.weight) / weights).sum()
}

/// What processor and memory of a task on Fargate are charged as.
fn goods(task: &Resource, place: Place) -> [Good; 2] {
    let arm = read::text(task, "RuntimePlatform.CpuArchitecture") == Some("ARM64");
    let system = read::text(task, "RuntimePlatform.OperatingSystemFamily").unwrap_or_default();
    match (place, arm) {
        _ if system.starts_with("WINDOWS") => [Good::WindowsCpu, Good::WindowsMemory],
        (Place::Spot, false) => [Good::SpotCpu, Good::SpotMemory],
        (Place::Spot, true) => [Good::SpotArmCpu, Good::SpotArmMemory],
        (_, false) => [Good::FargateCpu, Good::FargateMemory],
        (_, true) => [Good::ArmCpu, Good::ArmMemory],
    }
}

/// What the instances of an Auto Scaling group cost, with their volumes.
pub(super) fn instances(out: &mut Estimate, stack: &Stack, id: &str, group: &Resource) {
    let template = group.properties.get("LaunchTemplate").and_then(|value| read::inside(value, "LaunchTemplateId"));
    let Some((_, template)) = read::named(stack, template) else { return };
    let low = read::number(group, "MinSize").unwrap_or(0);
    let high = read::number(group, "MaxSize").unwrap_or(low).max(low);
    let data = |path: &str| read::at(template, &format!("LaunchTemplateData.{path}"));
    let name = data("InstanceType").and_then(|value| value.as_str()).unwrap_or_default();
    let hours = [low, high].map(|count| count.saturating_mul(HOURS * MILLI));
    match instance(name) {
        Some(price) => out.add_at(id, group, Good::Instance, name, hours, price),
        None => out.leave_out(Phrase::new("deploy.cost.left-out.instance").with("type", name)),
    }
    let disks = read::items(data("BlockDeviceMappings"));
    let size: u64 = disks.iter().filter_map(|disk| read::as_number(read::inside(disk, "Ebs.VolumeSize")?)).sum();
    let [fewest, most] = [low, high].map(|count| count.saturating_mul(size * MILLI));
    out.add(id, group, Good::Disk, fewest, most);
    if low != high {
        out.assume(Phrase::new("deploy.cost.assumed.instances"));
    }
}
