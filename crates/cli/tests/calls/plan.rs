//! What a deployment would do.

use serde_json::Value;

use crate::{LONELY, err, out, trazo};

fn template(name: &str) -> String {
    out(&trazo(&["templates", "show", name], ""))
}

fn plan(name: &str, arguments: &[&str]) -> Value {
    let said = trazo(&[&["plan", "-", "--format", "json"], arguments].concat(), &template(name));
    assert_eq!(said.status.code(), Some(0), "{}", err(&said));
    serde_json::from_str(&out(&said)).unwrap()
}

#[test]
fn a_plan_says_what_is_made_what_it_costs_and_what_to_mind() {
    for (lang, words) in [
        ("es", ["Qué se crea", "AWS::EC2::NatGateway", "de ", "No se cuenta:", "CAPABILITY_IAM", "advertencia PLN003"]),
        ("en", ["What is created", "AWS::EC2::NatGateway", " to ", "Not counted:", "CAPABILITY_IAM", "warning PLN003"]),
    ] {
        let said = trazo(&["plan", "-", "--lang", lang], &template("tienda-virtual-privada"));
        assert_eq!(said.status.code(), Some(0));
        let said = out(&said);
        for word in words {
            assert!(said.contains(word), "{word}: {said}");
        }
        for unsaid in ["deploy.", "cli.", "{", "`"] {
            assert!(!said.replace("`trazo plan … --format policy`", "").contains(unsaid), "{unsaid}: {said}");
        }
    }
}

#[test]
fn all_templates_have_a_plan_whose_items_make_its_sums() {
    let listed = out(&trazo(&["templates"], ""));
    for name in listed.lines().filter_map(|line| line.split_whitespace().next()) {
        let plan = plan(name, &[]);
        for side in ["low", "high"] {
            let items = plan["cost"]["items"].as_array().unwrap().iter();
            let sum: f64 = items.map(|item| item[side].as_f64().unwrap()).sum();
            assert!((sum - plan["cost"][side].as_f64().unwrap()).abs() < 0.000_01, "{name}");
        }
        assert!(!plan["resources"].as_array().unwrap().is_empty(), "{name}");
    }
}

#[test]
fn a_plan_for_programs_has_the_promised_form() {
    let shop = plan("tienda-virtual", &["--region", "eu-south-2", "--lang", "en"]);
    assert_eq!(shop["region"], "eu-south-2");
    assert_eq!(shop["cost"]["isRegionKnown"], false);
    let names: Vec<_> =
        shop["parameters"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["VpcId", "SubnetIds"]);
    let warning = shop["warnings"].as_array().unwrap().iter().find(|one| one["code"] == "PLN010").unwrap();
    assert_eq!(warning["severity"], "hint");
    assert!(warning["message"].as_str().unwrap().contains("eu-south-2"));
}

#[test]
fn the_permissions_alone_are_a_policy_to_copy() {
    let arguments = ["plan", "-", "--format", "policy", "--account", "123456789012"];
    let policy: Value = serde_json::from_str(&out(&trazo(&arguments, &template("learner-lab")))).unwrap();
    assert_eq!(policy["Version"], "2012-10-17");
    let text = policy.to_string();
    assert!(text.contains("arn:aws:iam::123456789012:role/LabRole") && !text.contains("iam:CreateRole"), "{text}");
    let stack = policy["Statement"][0]["Resource"].as_str().unwrap();
    assert!(stack.starts_with("arn:aws:cloudformation:us-east-1:123456789012:stack/trazo-"), "{stack}");
}

#[test]
fn a_plan_of_a_design_with_errors_says_so() {
    let said = trazo(&["plan", "-", "--lang", "en"], LONELY);
    assert_eq!(said.status.code(), Some(1));
    assert!(out(&said).contains("The design has 3 errors"), "{}", out(&said));
}
