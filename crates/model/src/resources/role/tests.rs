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

#[test]
fn one_that_exists_has_to_allow_what_the_design_needs() {
    let mut d = shop();
    let role = role(&d);
    d.set(&role, "source", "existing");
    d.set(&role, "arn", "MiRol");
    assert!(d.codes().is_empty());
    d.set("task1", "containers.0.secrets", json!([{ "name": "KEY", "valueFrom": "/tienda/key" }]));
    let found = d.found("ROL020");
    assert_eq!(found.len(), 1);
    assert!(found[0].args.iter().any(|(_, text)| text == "ssm:GetParameters"), "{found:?}");
    d.set(&role, "arn", "LabRole");
    assert!(d.codes().is_empty());
}

#[test]
fn managed_policies_are_few_and_narrow() {
    let mut d = shop();
    let role = role(&d);
    let policy = |name: &str| format!("arn:aws:iam::aws:policy/{name}");
    d.set(&role, "managedPolicies", json!([policy("AmazonS3ReadOnlyAccess"), policy("AmazonS3ReadOnlyAccess")]));
    d.mend("ROL021");
    d.set(&role, "managedPolicies", json!([policy("AdministratorAccess")]));
    d.mend("ROL024");
    // That for execution counts as well.
    let many = |count: usize| (0..count).map(|n| policy(&format!("Policy{n}"))).collect::<Vec<_>>();
    d.set(&role, "managedPolicies", json!(many(9)));
    assert!(d.codes().is_empty());
    d.set(&role, "managedPolicies", json!(many(10)));
    assert_eq!(d.codes(), ["ROL022"]);
}

#[test]
fn own_permissions_fit_the_design() {
    let mut d = shop();
    let role = role(&d);
    let statement = |effect: &str, action: &str| json!([{ "effect": effect, "actions": [action], "resources": ["*"] }]);
    d.set(&role, "statements", statement("Allow", "s3:*"));
    assert_eq!(d.codes(), ["ROL023"]);
    d.set(&role, "statements", statement("Deny", "ssm:Get*"));
    assert!(d.codes().is_empty());
    d.set("task1", "containers.0.secrets", json!([{ "name": "KEY", "valueFrom": "/tienda/key" }]));
    assert_eq!(d.codes(), ["ROL026"]);
    let resources: Vec<String> = (0..200).map(|n| format!("arn:aws:s3:::un-cubo-con-un-nombre-muy-largo-{n:03}/*")).collect();
    d.set(&role, "statements", json!([{ "actions": ["s3:GetObject"], "resources": resources }]));
    assert_eq!(d.codes(), ["ROL025"]);
}

#[test]
fn a_boundary_is_set() {
    let mut d = shop();
    let role = role(&d);
    d.set(&role, "permissionsBoundary", "arn:aws:iam::123456789012:policy/limite");
    assert!(d.codes().is_empty());
    assert_eq!(d.stack()["CatalogoExecutionRole"]["PermissionsBoundary"], "arn:aws:iam::123456789012:policy/limite");
    d.set(&role, "permissionsBoundary", "limite");
    assert_eq!(d.codes(), ["FLD003"]);
}
