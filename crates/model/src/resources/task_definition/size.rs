//! The sizes of tasks that Fargate has
//! (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size>).

use serde_json::Value;

use super::network::{NetworkMode, places};
use crate::Target;
use crate::field::{Choice, Place};

/// CPU units that a task may have; 1024 are one vCPU.
pub(super) const CPU_SIZES: [i64; 8] = [256, 512, 1024, 2048, 4096, 8192, 16384, 32768];

/// What is offered for tasks on instances, which may have any size: 0 is none.
const INSTANCE_CPU: [i64; 10] = [0, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768];
/// The same in MiB of memory.
const INSTANCE_MEMORY: [i64; 11] = [0, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];

/// CPU units that a task on instances may have, if it says so at all
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html>).
pub(super) const INSTANCE_CPU_RANGE: std::ops::RangeInclusive<i64> = 128..=196_608;

/// CPU units that Fargate has for Windows.
pub(super) const WINDOWS_CPU: [i64; 3] = [1024, 2048, 4096];

/// The memory, in MiB, that goes with so many CPU units; empty where Fargate has no such CPU.
pub fn memory_sizes(cpu: i64) -> Vec<i64> {
    let gib = |least: i64, most: i64, step: usize| (least..=most).step_by(step).map(|gib| gib * 1024).collect();
    match cpu {
        256 => vec![512, 1024, 2048],
        512 => gib(1, 4, 1),
        1024 => gib(2, 8, 1),
        2048 => gib(4, 16, 1),
        4096 => gib(8, 30, 1),
        8192 => gib(16, 60, 4),
        16384 => gib(32, 120, 8),
        32768 => [60, 120, 244].map(|gib| gib * 1024).to_vec(),
        _ => Vec::new(),
    }
}

/// The memory that `cpu` allows and that is nearest to `memory`, the larger of two that are equally near.
pub(super) fn nearest_memory(cpu: i64, memory: i64) -> Option<i64> {
    memory_sizes(cpu).into_iter().min_by_key(|size| (size.abs_diff(memory), std::cmp::Reverse(*size)))
}

/// The legal size nearest to a pair: the CPU stays if Fargate has it.
pub(super) fn nearest_size(cpu: i64, memory: i64) -> (i64, i64) {
    let nearest = CPU_SIZES.into_iter().min_by_key(|size| size.abs_diff(cpu)).unwrap_or(CPU_SIZES[0]);
    (nearest, nearest_memory(nearest, memory).unwrap_or(memory))
}

/// The smallest size that has so much CPU and memory.
pub(super) fn fitting(cpu: i64, memory: i64) -> Option<(i64, i64)> {
    CPU_SIZES.into_iter().filter(|units| *units >= cpu).find_map(|units| {
        let enough = memory_sizes(units).into_iter().find(|mib| *mib >= memory)?;
        Some((units, enough))
    })
}

/// `0.25 vCPU`; `–` for none.
pub fn cpu_label(units: i64) -> String {
    if units == 0 { "–".to_owned() } else { format!("{} vCPU", thousandths(units, 1024)) }
}

/// `0.5 GB`: AWS says GB and means GiB; `–` for none.
pub fn memory_label(mib: i64) -> String {
    if mib == 0 { "–".to_owned() } else { format!("{} GB", thousandths(mib, 1024)) }
}

/// `number / of` with at most two decimals and none that say nothing.
fn thousandths(number: i64, of: i64) -> String {
    let hundredths = number.saturating_mul(100) / of;
    let text = format!("{}.{:02}", hundredths / 100, (hundredths % 100).abs());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn number(place: &Place<'_>, key: &str) -> i64 {
    place.props.get(key).and_then(Value::as_i64).unwrap_or_default()
}

/// A size that is not one of Fargate's is offered as well while it is set, so that a list can show what there is; that it
/// is wrong is told by a check, which knows better.
fn choices(mut sizes: Vec<i64>, set: i64, label: fn(i64) -> String) -> Vec<Choice> {
    if !sizes.contains(&set) {
        sizes.push(set);
        crate::sort::sort_by_key(&mut sizes, |size| *size);
    }
    sizes.into_iter().map(|size| Choice { value: size.into(), label: Some(label(size)) }).collect()
}

fn is_on_fargate(place: &Place<'_>) -> bool {
    let Target::Node(id) = place.target else { return true };
    let mode = match place.props.get("networkMode").and_then(Value::as_str) {
        Some("bridge") => NetworkMode::Bridge,
        Some("host") => NetworkMode::Host,
        _ => NetworkMode::Awsvpc,
    };
    places(place.design, id, mode).fargate
}

pub(super) fn cpu_choices(place: &Place<'_>) -> Vec<Choice> {
    let is_windows = place.props.get("os").and_then(Value::as_str).is_some_and(|os| os.starts_with("WINDOWS"));
    let sizes = match (is_on_fargate(place), is_windows) {
        (true, true) => WINDOWS_CPU.to_vec(),
        (true, false) => CPU_SIZES.to_vec(),
        (false, _) => INSTANCE_CPU.to_vec(),
    };
    choices(sizes, number(place, "cpu"), cpu_label)
}

pub(super) fn memory_choices(place: &Place<'_>) -> Vec<Choice> {
    let sizes = if is_on_fargate(place) { memory_sizes(number(place, "cpu")) } else { INSTANCE_MEMORY.to_vec() };
    choices(sizes, number(place, "memory"), memory_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fargate_has_these_sizes_and_no_others() {
        let count = |cpu| memory_sizes(cpu).len();
        assert_eq!(CPU_SIZES.map(count), [3, 4, 7, 13, 23, 12, 12, 3]);
        assert_eq!(memory_sizes(256), [512, 1024, 2048]);
        assert_eq!(memory_sizes(4096).last(), Some(&(30 * 1024)));
        assert_eq!(memory_sizes(8192)[..2], [16 * 1024, 20 * 1024]);
        assert_eq!(memory_sizes(16384)[..2], [32 * 1024, 40 * 1024]);
        assert!(memory_sizes(300).is_empty());
    }

    #[test]
    fn the_nearest_size_is_found() {
        assert_eq!(nearest_memory(256, 4096), Some(2048));
        assert_eq!(nearest_memory(1024, 512), Some(2048));
        assert_eq!(nearest_memory(512, 1536), Some(2048));
        assert_eq!(nearest_memory(300, 512), None);
        assert_eq!(nearest_size(300, 700), (256, 512));
        assert_eq!(nearest_size(i64::MAX, i64::MIN), (32768, 60 * 1024));
    }

    #[test]
    fn sizes_are_written_as_aws_writes_them() {
        assert_eq!([256, 512, 1024, 1536].map(cpu_label), ["0.25 vCPU", "0.5 vCPU", "1 vCPU", "1.5 vCPU"]);
        assert_eq!([512, 1024, 249_856].map(memory_label), ["0.5 GB", "1 GB", "244 GB"]);
    }
}
