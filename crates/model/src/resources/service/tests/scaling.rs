use serde_json::{Value, json};

use super::CLEAN;
use crate::testing::{Drawing, shop};

fn with_steps(when: &str, steps: Value) -> Drawing {
    let mut d = shop();
    d.set("service1", "scaling.enabled", true);
    d.set("service1", "scaling.steps", json!([{ "when": when, "steps": steps }]));
    d
}

fn with_schedule(schedule: Value) -> Drawing {
    let mut d = shop();
    d.set("service1", "scaling.enabled", true);
    d.set("service1", "scaling.schedules", json!([schedule]));
    d
}

#[test]
fn steps_cover_all_beyond_the_threshold_once() {
    for (when, steps, code) in [
        ("above", json!([{ "lower": 0, "change": 1 }]), ""),
        ("above", json!([{ "lower": 15, "change": 3 }, { "lower": 0, "upper": 15, "change": 1 }]), ""),
        ("below", json!([{ "lower": null, "upper": 0, "change": -1 }]), ""),
        ("above", json!([]), "SVC060"),
        ("above", json!([{ "lower": 0, "upper": 20, "change": 1 }, { "lower": 15, "change": 3 }]), "SVC061"),
        ("above", json!([{ "lower": 0, "upper": 10, "change": 1 }, { "lower": 15, "change": 3 }]), "SVC062"),
        ("above", json!([{ "lower": 0, "upper": 10, "change": 1 }]), "SVC063"),
        ("below", json!([{ "lower": -10, "upper": 0, "change": -1 }]), "SVC063"),
        ("above", json!([{ "lower": 10, "upper": 10, "change": 1 }]), "SVC064"),
        ("above", json!([{ "lower": 0, "change": -1 }]), "SVC071"),
        ("below", json!([{ "lower": null, "upper": 0, "change": 1 }]), "SVC071"),
    ] {
        let mut d = with_steps(when, steps.clone());
        let found: Vec<_> = d.codes();
        if code.is_empty() {
            assert_eq!(found, CLEAN, "{steps}");
        } else {
            assert_eq!(found, [code], "{steps}");
            if code != "SVC064" {
                d.mend(code);
                assert_eq!(d.codes(), CLEAN, "{steps}");
            }
        }
    }
}

#[test]
fn steps_are_a_policy_and_an_alarm() {
    let d = with_steps("above", json!([{ "lower": 0, "upper": 15, "change": 1 }, { "lower": 15, "change": 3 }]));
    let stack = d.stack();
    let both = json!([stack["CatalogoStepScaling1"], stack["CatalogoStepAlarm1"]]);
    insta::assert_json_snapshot!(both);
}

#[test]
fn schedules_say_when_and_what() {
    for (schedule, code) in [
        (json!({ "name": "a", "when": "cron(0 8 ? * MON-FRI *)", "timezone": "America/Lima", "min": 4 }), ""),
        (json!({ "name": "a", "when": "at(2027-01-31T08:00:00)", "min": 1, "max": 2 }), ""),
        (json!({ "name": "", "when": "rate(1 hour)", "min": 2 }), "FLD001"),
        (json!({ "name": "a", "when": "0 8 * * *", "min": 2 }), "SVC065"),
        (json!({ "name": "a", "when": "rate(1 hours)", "min": 2 }), "SVC065"),
        (json!({ "name": "a", "when": "rate(1 hour)", "timezone": "Lima", "min": 2 }), "SVC066"),
        (json!({ "name": "a", "when": "rate(1 hour)", "min": 5, "max": 3 }), "SVC067"),
        (json!({ "name": "a", "when": "rate(1 hour)" }), "SVC068"),
        (json!({ "name": "a", "when": "rate(1 hour)", "min": 9 }), "SVC070"),
        (json!({ "name": "a", "when": "rate(1 hour)", "max": 1 }), "SVC070"),
    ] {
        let mut d = with_schedule(schedule.clone());
        if code.is_empty() {
            assert_eq!(d.codes(), CLEAN, "{schedule}");
            continue;
        }
        assert_eq!(d.codes(), [code], "{schedule}");
        if !matches!(code, "FLD001" | "SVC065") {
            d.mend(code);
            assert_eq!(d.codes(), CLEAN, "{schedule}");
        }
    }
}

#[test]
fn schedules_are_actions_of_the_target() {
    let mut d = with_schedule(
        json!({ "name": "abrir", "when": "cron(0 8 ? * MON-FRI *)", "timezone": "America/Lima", "min": 4, "max": 10 }),
    );
    assert_eq!(
        d.stack()["CatalogoScalableTarget"]["ScheduledActions"],
        json!([{
            "ScheduledActionName": "abrir",
            "Schedule": "cron(0 8 ? * MON-FRI *)",
            "Timezone": "America/Lima",
            "ScalableTargetAction": { "MinCapacity": 4, "MaxCapacity": 10 },
        }])
    );
    let twice = json!([{ "name": "a", "when": "rate(1 hour)", "min": 2 }, { "name": "a", "when": "rate(1 hour)", "min": 3 }]);
    d.set("service1", "scaling.schedules", twice);
    assert_eq!(d.codes(), ["SVC069"]);
    d.mend("SVC069");
}
