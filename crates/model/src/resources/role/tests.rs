use serde_json::json;

use crate::testing::{Drawing, shop};
use crate::{Kind, NodeId};

fn role(d: &Drawing) -> NodeId {
    d.design.nodes().find(|node| node.kind() == Kind::Role).unwrap().id.clone()
}

#[test]
fn an_unused_role_is_told() {
    let mut d = shop();
    d.node(Kind::Role, "otro");
    assert_eq!(d.codes(), ["ROL001"]);
}

#[test]
fn an_existing_role_needs_its_arn_or_name() {
    let mut d = shop();
    let role = role(&d);
    d.set(&role, "source", "existing");
    assert_eq!(d.codes(), ["FLD001"]);
    for good in ["LabRole", "arn:aws:iam::123456789012:role/LabRole", "arn:aws-cn:iam::123456789012:role/a/b/C"] {
        d.set(&role, "arn", good);
        assert!(d.codes().is_empty(), "{good}: {:?}", d.findings());
    }
    for bad in ["Lab Role", "arn:aws:iam::123:role/LabRole", "arn:aws:iam::123456789012:user/Ana", "arn:aws:s3:::a"] {
        d.set(&role, "arn", bad);
        assert_eq!(d.codes(), ["ROL002"], "{bad}");
    }
}

#[test]
fn the_arn_of_an_instance_profile_is_mended() {
    let mut d = shop();
    let role = role(&d);
    d.set(&role, "source", "existing");
    d.set(&role, "arn", "arn:aws:iam::123456789012:instance-profile/LabRole");
    d.mend("ROL002");
    assert_eq!(d.design.node(&role).unwrap().props.to_json()["arn"], "arn:aws:iam::123456789012:role/LabRole");
}

#[test]
fn a_role_that_may_do_anything_is_told() {
    let mut d = shop();
    let role = role(&d);
    let narrow = json!({ "actions": ["s3:GetObject"], "resources": ["*"] });
    d.set(&role, "statements", json!([narrow]));
    assert!(d.codes().is_empty());
    d.set(&role, "statements", json!([narrow, { "actions": ["*"], "resources": ["*"] }]));
    d.mend("ROL003");
    assert_eq!(d.design.node(&role).unwrap().props.to_json()["statements"].as_array().unwrap().len(), 1);
}

#[test]
fn actions_and_policies_are_well_formed() {
    let mut d = shop();
    let role = role(&d);
    d.set(&role, "managedPolicies", json!(["AmazonS3ReadOnlyAccess"]));
    assert_eq!(d.codes(), ["FLD003"]);
    d.set(&role, "managedPolicies", json!(["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]));
    assert!(d.codes().is_empty());
    d.set(&role, "statements", json!([{ "actions": ["GetObject"], "resources": ["bucket"] }]));
    assert_eq!(d.found("FLD003").len(), 2);
    d.set(&role, "statements", json!([{ "actions": [], "resources": ["*"] }]));
    assert_eq!(d.codes(), ["FLD001"]);
}

#[test]
fn a_role_gets_what_the_design_needs_and_no_more() {
    let mut d = shop();
    let role = role(&d);
    d.set(
        "task1",
        "containers.0.secrets",
        json!([
            { "name": "DB", "valueFrom": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password::" },
            { "name": "KEY", "valueFrom": "/tienda/key" },
            { "name": "KEY2", "valueFrom": "/tienda/key" },
        ]),
    );
    d.set("service1", "enableExecuteCommand", true);
    d.mend("SVC016");
    d.set(&role, "statements", json!([{ "effect": "Deny", "actions": ["s3:*"], "resources": ["*"] }]));
    let stack = d.stack();
    insta::assert_json_snapshot!([&stack["CatalogoExecutionRole"], &stack["CatalogoTaskRole"]]);
}

#[test]
fn an_existing_role_is_named_and_not_made() {
    let mut d = shop();
    let role = role(&d);
    d.set(&role, "source", "existing");
    let arn = |d: &Drawing| d.stack()["CatalogoTaskDefinition"]["ExecutionRoleArn"].clone();
    d.set(&role, "arn", "LabRole");
    assert_eq!(arn(&d), "!Sub arn:${AWS::Partition}:iam::${AWS::AccountId}:role/LabRole");
    d.set(&role, "arn", "arn:aws:iam::123456789012:role/LabRole");
    assert_eq!(arn(&d), "arn:aws:iam::123456789012:role/LabRole");
    assert!(!d.stack().as_object().unwrap().values().any(|one| one["Type"] == "AWS::IAM::Role"));
}
