//! How the number of tasks follows the load: scalable targets, policies, alarms.

use serde_json::{Value as Json, json};
use trazo_model::Kind;

use super::parts::{As, Level, Props, Reading};
use super::template::Resource;
use super::value::Val;

const TARGET: &str = "AWS::ApplicationAutoScaling::ScalableTarget";
const POLICY: &str = "AWS::ApplicationAutoScaling::ScalingPolicy";

pub(super) fn read(reading: &mut Reading<'_>) {
    let template = reading.template;
    for target in template.of_type(TARGET) {
        let Some(node) = service_of(reading, target) else { continue };
        let mut props = Props::default();
        props.put("scaling.enabled", true, target.line);
        props.copy(
            &target.properties,
            &[("MinCapacity", "scaling.min", As::Int), ("MaxCapacity", "scaling.max", As::Int)],
        );
        for usual in ["ServiceNamespace", "ScalableDimension", "ResourceId", "RoleARN"] {
            target.at(usual).map(Val::ignore);
        }
        let schedules: Vec<Json> = target.items("ScheduledActions").iter().map(schedule).collect();
        if !schedules.is_empty() {
            props.put("scaling.schedules", schedules, target.line);
        }
        let mut steps = Vec::new();
        for policy in template.users(&target.id, POLICY) {
            tracking(reading, policy, &mut props);
            steps.extend(stepping(reading, policy, node));
            reading.own(policy, node);
            for usual in ["PolicyName", "PolicyType", "ScalingTargetId"] {
                policy.at(usual).map(Val::ignore);
            }
        }
        if !steps.is_empty() {
            props.put("scaling.steps", steps, target.line);
        }
        reading.own(target, node);
        reading.props(node).sets.extend(props.sets);
    }
}

/// The service that a scalable target is for: `service/cluster/name`.
fn service_of(reading: &Reading<'_>, target: &Resource) -> Option<usize> {
    let id = target.at("ResourceId")?;
    let mut names = Vec::new();
    id.all_names(&mut names);
    if let Some(node) = names.into_iter().find_map(|name| reading.node_of(name, Kind::Service)) {
        return Some(node);
    }
    let text = id.json();
    let text = text.as_str().or_else(|| text["Fn::Sub"].as_str())?;
    let name = text.rsplit('/').next()?;
    reading.nodes.iter().position(|node| node.kind == Kind::Service && node.name == name)
}

fn schedule(action: &Val) -> Json {
    let mut props = Props::default();
    props.copy(
        action,
        &[
            ("ScheduledActionName", "name", As::Text),
            ("Schedule", "when", As::Text),
            ("Timezone", "timezone", As::Text),
            ("ScalableTargetAction.MinCapacity", "min", As::Int),
            ("ScalableTargetAction.MaxCapacity", "max", As::Int),
        ],
    );
    props.json()
}

fn tracking(reading: &mut Reading<'_>, policy: &Resource, props: &mut Props) {
    let Some(tracking) = policy.at("TargetTrackingScalingPolicyConfiguration") else { return };
    let metric = tracking.at("PredefinedMetricSpecification.PredefinedMetricType").and_then(Val::text);
    let field = match metric.as_deref() {
        Some("ECSServiceAverageCPUUtilization") => "scaling.targetCpu",
        Some("ECSServiceAverageMemoryUtilization") => "scaling.targetMemory",
        Some("ALBRequestCountPerTarget") => "scaling.targetRequests",
        _ => {
            let args = vec![("id", policy.id.clone()), ("type", policy.type_name.clone())];
            reading.tell(Level::Left, "import.note.resource", policy.line, args);
            policy.properties.ignore();
            return;
        }
    };
    props.copy(
        tracking,
        &[
            ("TargetValue", field, As::Int),
            ("ScaleInCooldown", "scaling.scaleInCooldown", As::Int),
            ("ScaleOutCooldown", "scaling.scaleOutCooldown", As::Int),
        ],
    );
    tracking.at("PredefinedMetricSpecification.ResourceLabel").map(Val::ignore);
}

/// A policy of steps with the alarm that calls it.
fn stepping<'a>(reading: &mut Reading<'a>, policy: &'a Resource, node: usize) -> Option<Json> {
    let template = reading.template;
    let config = policy.at("StepScalingPolicyConfiguration")?;
    let mut props = Props::default();
    props.copy(config, &[("AdjustmentType", "adjustment", As::Text), ("Cooldown", "cooldown", As::Int)]);
    config.get("MetricAggregationType").map(Val::mark);
    let steps: Vec<Json> = config
        .get("StepAdjustments")
        .map(Val::items)
        .unwrap_or_default()
        .iter()
        .map(|step| {
            let mut props = Props::default();
            props.copy(
                step,
                &[
                    ("MetricIntervalLowerBound", "lower", As::Int),
                    ("MetricIntervalUpperBound", "upper", As::Int),
                    ("ScalingAdjustment", "change", As::Int),
                ],
            );
            props.json()
        })
        .collect();
    props.put("steps", steps, config.line);
    for alarm in template.users(&policy.id, "AWS::CloudWatch::Alarm").take(1) {
        alarm_of(alarm, &mut props);
        reading.own(alarm, node);
    }
    Some(props.json())
}

fn alarm_of(alarm: &Resource, props: &mut Props) {
    let line = alarm.line;
    if alarm.text("MetricName").as_deref() == Some("MemoryUtilization") {
        props.put("metric", "memory", line);
    }
    let below = alarm.text("ComparisonOperator").is_some_and(|word| word.starts_with("LessThan"));
    props.put("when", if below { "below" } else { "above" }, line);
    props.copy(&alarm.properties, &[("Threshold", "threshold", As::Int)]);
    let period = alarm.at("Period").and_then(Val::int).unwrap_or(60);
    let periods = alarm.at("EvaluationPeriods").and_then(Val::int).unwrap_or(1);
    props.put("minutes", json!(period.saturating_mul(periods) / 60).as_i64().unwrap_or(1).max(1), line);
    for usual in ["AlarmDescription", "AlarmName", "Namespace", "Dimensions", "Statistic", "AlarmActions"] {
        alarm.at(usual).map(Val::ignore);
    }
}
