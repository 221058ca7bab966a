use serde_json::{Value, json};

use super::CLEAN;
use crate::testing::{Drawing, shop};

fn blue_green() -> Drawing {
    let mut d = shop();
    d.set("service1", "deployment.strategy", "BLUE_GREEN");
    d.set("service1", "deployment.bakeTime", 10);
    d
}

#[test]
fn requests_move_from_one_target_group_to_the_other() {
    let mut d = blue_green();
    d.set("service1", "deployment.alarms", json!(["errores"]));
    assert_eq!(d.codes(), CLEAN);
    let stack = d.stack();
    let service = &stack["CatalogoService"];
    insta::assert_json_snapshot!(json!({
        "deployment": service["DeploymentConfiguration"],
        "balancers": service["LoadBalancers"],
        "role": stack["CatalogoDeploymentRole"],
        "rule": stack["PublicoCatalogoRule"],
    }));
    let (blue, green) = (&stack["PublicoCatalogoTargetGroup"], &stack["PublicoCatalogoGreenTargetGroup"]);
    assert_eq!(blue, green);
}

#[test]
fn a_role_that_exists_is_used() {
    let mut d = blue_green();
    d.set("service1", "deployment.role", "arn:aws:iam::123456789012:role/infra");
    assert_eq!(d.codes(), CLEAN);
    let stack = d.stack();
    assert_eq!(stack["CatalogoDeploymentRole"], Value::Null);
    let advanced = &stack["CatalogoService"]["LoadBalancers"][0]["AdvancedConfiguration"];
    assert_eq!(advanced["RoleArn"], "arn:aws:iam::123456789012:role/infra");
}

#[test]
fn steps_belong_to_their_strategy() {
    let mut d = blue_green();
    d.set("service1", "deployment.stepPercent", 10);
    d.set("service1", "deployment.stepBakeTime", 5);
    let configuration = |d: &Drawing| d.stack()["CatalogoService"]["DeploymentConfiguration"].clone();
    assert_eq!(configuration(&d)["CanaryConfiguration"], Value::Null);
    d.set("service1", "deployment.strategy", "CANARY");
    assert_eq!(configuration(&d)["CanaryConfiguration"], json!({ "CanaryPercent": 10, "CanaryBakeTimeInMinutes": 5 }));
    d.set("service1", "deployment.strategy", "LINEAR");
    assert_eq!(configuration(&d)["LinearConfiguration"], json!({ "StepPercent": 10, "StepBakeTimeInMinutes": 5 }));
    d.set("service1", "deployment.strategy", "ROLLING");
    assert_eq!(configuration(&d)["BakeTimeInMinutes"], Value::Null);
    assert_eq!(d.stack()["PublicoCatalogoGreenTargetGroup"], Value::Null);
}

#[test]
fn there_have_to_be_requests_that_can_be_moved() {
    let mut d = blue_green();
    d.set("alb1", "https.enabled", true);
    d.set("alb1", "https.redirectHttp", false);
    assert!(d.codes().contains(&"SVC073"));
    d.mend("SVC073");
    d.remove("alb1");
    d.mend("SVC072");

    let mut d = super::capacity::on_instances();
    d.set("service1", "deployment.strategy", "BLUE_GREEN");
    assert_eq!(d.codes(), ["SVC074"]);
    d.mend("SVC074");
}

#[test]
fn exec_writes_to_the_disk() {
    let mut d = shop();
    d.set("service1", "enableExecuteCommand", true);
    d.mend("SVC016");
    d.set("task1", "containers.0.readonlyRootFilesystem", true);
    assert_eq!(d.codes(), ["SVC058"]);
    d.mend("SVC058");
    assert_eq!(d.codes(), CLEAN);
}
