use super::*;
use crate::testing::{template, templates};

const SETTING: Setting<'_> = Setting {
    engine: Engine::Formation,
    region: "us-east-1",
    account: Some("123456789012"),
    caller: None,
    long_term: false,
    stack: "tienda",
    way: None,
};

fn of(name: &str, setting: &Setting<'_>) -> Plan {
    let (design, stack) = template(name);
    Plan::of(&design, &stack, setting).unwrap()
}

fn codes(plan: &Plan) -> Vec<&'static str> {
    plan.warnings.iter().map(|warning| warning.notice.code).collect()
}

fn args<'a>(plan: &'a Plan, code: &str) -> Vec<&'a str> {
    let warning = plan.warnings.iter().find(|warning| warning.notice.code == code);
    warning.unwrap_or_else(|| panic!("no {code}")).args.iter().map(|(_, value)| value.as_str()).collect()
}

#[test]
fn every_resource_is_in_the_plan_once_and_with_its_element() {
    for name in templates() {
        let (design, stack) = template(&name);
        let plan = Plan::of(&design, &stack, &SETTING).unwrap();
        assert_eq!(plan.count(), stack.resources.len(), "{name}");
        for (element, made) in &plan.resources {
            assert!(made.iter().all(|one| stack.resources[&one.id].origin.element == *element), "{name}");
        }
        assert!(!plan.warnings.iter().any(|one| one.notice.severity == trazo_model::Severity::Error), "{name}");
    }
}

#[test]
fn what_has_to_be_given_is_asked_for() {
    let asked = of("tienda-virtual", &SETTING).asked;
    let choices: Vec<_> = asked.iter().map(|one| (one.name.as_str(), one.choice)).collect();
    assert_eq!(choices, [("VpcId", Choice::Vpc), ("SubnetIds", Choice::Subnets)]);
    assert_eq!(of("tienda-virtual-privada", &SETTING).asked, []);
}

#[test]
fn roles_need_a_capability() {
    assert_eq!(of("tienda-virtual", &SETTING).capability, Some("CAPABILITY_IAM"));
    assert_eq!(of("learner-lab", &SETTING).capability, None);
    let (_, mut stack) = template("tienda-virtual");
    let role = stack.resources.values_mut().find(|one| one.type_name == "AWS::IAM::Role").unwrap();
    std::sync::Arc::make_mut(role).set("RoleName", "tienda");
    assert_eq!(capability(&stack), Some("CAPABILITY_NAMED_IAM"));
}

#[test]
fn what_the_internet_reaches_is_told() {
    assert_eq!(args(&of("web-publica", &SETTING), "PLN001"), ["80, 443", "0.0.0.0/0"]);
    let private = of("tienda-virtual-privada", &SETTING);
    assert!(!codes(&private).contains(&"PLN001"), "its load balancer is internal");
    assert_eq!(args(&private, "PLN002"), ["1", "1"]);
    assert!(!codes(&of("rest-con-claves", &SETTING)).contains(&"PLN002"), "all of its methods want a key");
}

#[test]
fn a_nat_gateway_and_scarce_quotas_are_told() {
    let plan = of("tienda-virtual-privada", &SETTING);
    assert_eq!(args(&plan, "PLN003"), ["1", "32.85"]);
    let scarce: Vec<_> =
        plan.warnings.iter().filter(|one| one.notice.code == "PLN005").map(|one| &one.args[0].1).collect();
    assert_eq!(scarce, ["deploy.quota.vpcs", "deploy.quota.internet-gateways", "deploy.quota.addresses"]);
    // The worst first: NAT is a warning, all else here is a hint.
    assert_eq!(codes(&plan)[0], "PLN003");
}

#[test]
fn more_vcpus_than_a_new_account_has_are_told() {
    // At most 6.5 tasks of half a vCPU on demand, 13.5 on Spot.
    let plan = of("spot-programado", &SETTING);
    let fargate = plan.quotas.iter().map(|quota| (quota.key, quota.taken)).collect::<Vec<_>>();
    assert!(
        fargate.contains(&("deploy.quota.fargate", 4)) && fargate.contains(&("deploy.quota.fargate-spot", 7)),
        "{fargate:?}"
    );
    assert_eq!(args(&plan, "PLN004"), ["deploy.quota.fargate-spot", "7", "6"]);
}

#[test]
fn a_learner_lab_has_two_regions_and_no_iam() {
    let lab = of("learner-lab", &SETTING);
    assert!(!codes(&lab).iter().any(|code| ["PLN006", "PLN007", "PLN009"].contains(code)));
    assert!(codes(&lab).contains(&"PLN011"));
    let caller = Some("arn:aws:sts::123456789012:assumed-role/voclabs/user1=ana");
    let normal = of("tienda-virtual", &Setting { caller, region: "eu-south-2", ..SETTING });
    assert_eq!(codes(&normal)[..3], ["PLN006", "PLN007", "PLN009"]);
    assert!(codes(&normal).contains(&"PLN010"), "and there are no prices");
}

#[test]
fn keys_that_may_too_much_are_told() {
    let plan =
        of("web-publica", &Setting { long_term: true, caller: Some("arn:aws:iam::123456789012:root"), ..SETTING });
    assert_eq!(codes(&plan)[..2], ["PLN012", "PLN008"]);
    assert!(!codes(&of("web-publica", &SETTING)).contains(&"PLN008"));
}

#[test]
fn steps_that_no_page_can_make_are_told_on_the_way_on_which_that_is_so() {
    let relay = Endpoints::Relay { base: String::new(), token: crate::Secret::new(String::new()) };
    let told = |name: &str, engine, way| codes(&of(name, &Setting { engine, way, ..SETTING })).contains(&"PLN013");
    let direct = Some(&Endpoints::Direct);
    assert!(told("tienda-virtual", Engine::Stepwise, direct));
    assert!(!told("tienda-virtual", Engine::Formation, direct), "CloudFormation asks for it itself");
    assert!(!told("tienda-virtual", Engine::Stepwise, Some(&relay)));
    assert!(!told("tienda-virtual", Engine::Stepwise, None), "it is not a page that asks");
    assert!(!told("web-publica", Engine::Stepwise, direct), "it has no such step");
    let plan = of("tienda-virtual", &Setting { engine: Engine::Stepwise, way: direct, ..SETTING });
    let [count, all] =
        args(&plan, "PLN013").try_into().map(|both: [&str; 2]| both.map(|n| n.parse::<usize>().unwrap())).unwrap();
    assert!(0 < count && count < all);
}

#[test]
fn codes_are_used_once() {
    let mut codes: Vec<_> = Notice::ALL.iter().map(|notice| notice.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), Notice::ALL.len());
}
