use trazo_calls::{Deployment, steps};

use super::*;
use crate::testing::{template, templates};

const SCOPE: Scope<'_> = Scope { region: "us-east-1", account: Some("123456789012"), stack: "tienda-virtual" };

fn of(name: &str) -> Vec<Json> {
    formation(&template(name).1, &SCOPE)
}

fn statements(policies: &[Json]) -> Vec<&Json> {
    policies.iter().flat_map(|policy| policy["Statement"].as_array().unwrap()).collect()
}

fn named<'a>(policies: &'a [Json], name: &str) -> Option<&'a Json> {
    statements(policies).into_iter().find(|statement| statement["Sid"] == name)
}

/// All actions, of all statements.
fn actions(policies: &[Json]) -> BTreeSet<String> {
    let all = statements(policies).into_iter().flat_map(|statement| statement["Action"].as_array().unwrap());
    all.map(|action| action.as_str().unwrap().to_owned()).collect()
}

/// Whether an action is allowed, by itself or by one with a `*`.
fn allows(actions: &BTreeSet<String>, action: &str) -> bool {
    actions.iter().any(|one| one.strip_suffix('*').map_or(one == action, |start| action.starts_with(start)))
}

#[test]
fn every_type_of_every_template_has_its_actions() {
    for name in templates() {
        for (id, resource) in &template(&name).1.resources {
            let own = table::own(resource.type_name);
            assert!(
                own.is_some_and(|(_, actions)| actions.contains("Delete") || actions.contains("DELETE")) || {
                    // These have other words for it.
                    let words = ["Release", "Detach", "Deregister", "Disassociate", "Remove", "Revoke", "PutCluster"];
                    own.is_some_and(|(_, actions)| words.iter().any(|word| actions.contains(word)))
                },
                "{name}: {id}: {}",
                resource.type_name
            );
        }
    }
}

#[test]
fn no_policy_is_longer_than_iam_takes() {
    for name in templates() {
        let policies = of(&name);
        assert!(policies.iter().all(|policy| size(policy) <= LONGEST), "{name}");
        let mut names: Vec<_> = statements(&policies).iter().map(|one| one["Sid"].to_string()).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all, "{name}: names of statements are their own");
    }
}

#[test]
fn statements_that_do_not_fit_go_into_another_policy() {
    let long = |name: &str| statement(name, vec!["ec2:x".repeat(900)], json!("*"));
    let policies = pack(vec![long("A"), long("B"), statement("C", vec!["ec2:y".to_owned()], json!("*"))]);
    let names: Vec<Vec<_>> = policies
        .iter()
        .map(|policy| policy["Statement"].as_array().unwrap().iter().map(|one| one["Sid"].as_str().unwrap()).collect())
        .collect();
    assert_eq!(names, [vec!["A"], vec!["B", "C"]]);
}

#[test]
fn roles_are_handed_to_their_services_only() {
    let policies = of("ecs-en-ec2");
    let pass = named(&policies, "PassRoles").unwrap();
    assert_eq!(pass["Resource"], json!(["arn:aws:iam::123456789012:role/tienda-virtual*"]));
    let services = &pass["Condition"]["StringEquals"]["iam:PassedToService"];
    assert_eq!(*services, json!(["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]));
    let roles = named(&policies, "Roles").unwrap();
    assert_eq!(roles["Resource"][1], "arn:aws:iam::123456789012:instance-profile/tienda-virtual*");
    assert!(actions(&policies).contains("ec2:RunInstances"), "the group starts instances in the caller's name");
}

#[test]
fn a_learner_lab_makes_no_roles_and_hands_on_its_own() {
    let policies = of("learner-lab");
    assert!(!actions(&policies).iter().any(|action| action == "iam:CreateRole" || action == "iam:PutRolePolicy"));
    let pass = named(&policies, "PassRoles").unwrap();
    assert_eq!(pass["Resource"], json!(["arn:aws:iam::123456789012:role/LabRole"]));
}

#[test]
fn linked_roles_are_those_of_the_services_that_are_used() {
    let policies = of("tienda-virtual-privada");
    let linked = &named(&policies, "LinkedRoles").unwrap()["Condition"]["StringEquals"]["iam:AWSServiceName"];
    let expected = [
        "ecs.amazonaws.com",
        "ecs.application-autoscaling.amazonaws.com",
        "elasticloadbalancing.amazonaws.com",
        "ops.apigateway.amazonaws.com",
    ];
    assert_eq!(*linked, json!(expected));
}

#[test]
fn an_unknown_account_is_left_open() {
    let policies = formation(&template("tienda-virtual").1, &Scope { account: None, ..SCOPE });
    assert_eq!(named(&policies, "PassRoles").unwrap()["Resource"], json!(["arn:aws:iam::*:role/tienda-virtual*"]));
    let stack = named(&policies, "Stack").unwrap();
    assert_eq!(stack["Resource"], "arn:aws:cloudformation:us-east-1:*:stack/tienda-virtual/*");
}

#[test]
fn long_names_of_stacks_are_taken_by_their_start() {
    let scope = Scope { stack: "tienda-virtual-muy-grande-de-la-facultad", ..SCOPE };
    assert_eq!(scope.made(), "tienda-virtual-muy*");
    let deployment = Deployment { stack: scope.stack.to_owned(), design: String::new(), token: "t".to_owned() };
    let name = deployment.name("UnaTareaConUnNombreMuyLargoQueNoCabeEnElNombreDeUnRolDeIam", 64);
    assert!(name.starts_with(scope.made().trim_end_matches('*')), "{name}");
}

/// What the step-by-step engine calls is allowed, and CloudFormation itself is not.
#[test]
fn step_by_step_needs_its_calls_and_no_stack() {
    let deployment = Deployment { stack: "tienda".into(), design: "tienda".into(), token: "t".into() };
    for name in templates() {
        let stack = template(&name).1;
        let steps = steps(&stack, &deployment).unwrap();
        let policies = stepwise(&stack, &steps, &SCOPE);
        let allowed = actions(&policies);
        for step in &steps {
            let prefix = step.call.service.signing_name();
            if prefix != "apigateway" {
                let prefix = if prefix == "monitoring" { "cloudwatch" } else { prefix };
                let action = format!("{prefix}:{}", step.call.operation);
                assert!(allows(&allowed, &action), "{name}: {action}");
            }
        }
        assert!(!allowed.iter().any(|action| action.starts_with("cloudformation:")), "{name}");
        assert!(allows(&allowed, "ec2:CreateTags") && allows(&allowed, "ecs:TagResource"), "{name}");
        assert!(policies.iter().all(|policy| size(policy) <= LONGEST), "{name}");
    }
}

#[test]
fn small_designs_need_one_policy() {
    for name in ["learner-lab", "web-publica", "tienda-virtual"] {
        let policies = of(name);
        assert_eq!(policies.len(), 1, "{name}: {:?}", policies.iter().map(size).collect::<Vec<_>>());
    }
}

/// The calls that are written in this crate beside those of the steps, as `Service::Ecs, "ListTasks"`.
fn written(folder: &std::path::Path, out: &mut BTreeSet<(String, String)>) {
    for path in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            written(&path, out);
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let product = source.split("#[cfg(test)]").next().unwrap_or_default();
        for rest in product.split("Service::").skip(1) {
            let Some((service, operation)) = rest.split_once(", \"") else { continue };
            let operation = operation.split('"').next().unwrap_or_default();
            let is_word = |text: &str| !text.is_empty() && text.chars().all(|one| one.is_ascii_alphanumeric());
            if is_word(service) && is_word(operation) {
                out.insert((service.to_owned(), operation.to_owned()));
            }
        }
    }
}

#[test]
fn every_call_that_is_written_here_is_allowed() {
    let allowed = actions(&of("ecs-en-ec2"));
    let mut calls = BTreeSet::new();
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for part in ["formation", "live", "steps"].map(|part| source.join(part)).into_iter().filter(|part| part.is_dir()) {
        written(&part, &mut calls);
    }
    assert!(calls.len() > 15, "{calls:?}");
    for (service, operation) in calls {
        let prefix = match service.as_str() {
            "ApplicationAutoScaling" => "application-autoscaling",
            "CloudFormation" => "cloudformation",
            "Ec2" => "ec2",
            "Ecs" => "ecs",
            "Elbv2" => "elasticloadbalancing",
            "Logs" => "logs",
            "Tagging" => "tag",
            // Everybody may ask who they are.
            "Sts" => continue,
            other => panic!("nobody has told the prefix of {other}"),
        };
        let action = format!("{prefix}:{operation}");
        assert!(allows(&allowed, &action), "{action}");
    }
}
