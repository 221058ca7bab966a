use super::*;

/// A template and its stack.
fn template(name: &str) -> (Design, Stack) {
    let path = format!("{}/../formats/templates/{name}.trazo.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let design = trazo_model::manifest::from_json(serde_json::from_str(&text).unwrap()).unwrap();
    let stack = trazo_model::lower(&design);
    (design, stack)
}

/// The names of all templates.
fn templates() -> Vec<String> {
    let folder = format!("{}/../formats/templates", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap());
    files.filter_map(|file| Some(file.strip_suffix(".trazo.json")?.to_owned())).collect()
}

fn of(name: &str) -> Estimate {
    let (design, stack) = template(name);
    estimate(&design, &stack, "us-east-1")
}

/// The quantities of a good in thousandths, over all resources.
fn sum(estimate: &Estimate, good: Good) -> (u64, u64) {
    let its = estimate.items.iter().filter(|item| item.good == good);
    its.fold((0, 0), |(low, high), item| (low + item.low, high + item.high))
}

fn says(phrases: &[Phrase], key: &str) -> bool {
    phrases.iter().any(|phrase| phrase.key == key)
}

#[test]
fn a_task_of_a_quarter_vcpu_costs_nine_dollars_a_month() {
    // 0.25 × 730 × 0.04048 + 0.5 × 730 × 0.004445 = 9.01
    assert_eq!(dollars(cost(182_500, Good::FargateCpu.price()) + cost(365_000, Good::FargateMemory.price())), "9.01");
}

#[test]
fn amounts_are_written_in_cents_and_small_ones_as_they_are() {
    for (micros, text) in
        [(0, "0.00"), (4_999, "0.004"), (120, "0.0001"), (5_000, "0.01"), (1_994_999, "1.99"), (16_425_000, "16.43")]
    {
        assert_eq!(dollars(micros), text);
    }
}

#[test]
fn tasks_cost_between_the_fewest_and_the_most() {
    let shop = of("https-privada");
    // 2 to 6 tasks of 0.25 vCPU and 0.5 GB.
    assert_eq!(sum(&shop, Good::FargateCpu), (2 * 182_500, 6 * 182_500));
    assert_eq!(sum(&shop, Good::FargateMemory), (2 * 365_000, 6 * 365_000));
    assert!(says(&shop.assumptions, "deploy.cost.assumed.scaling"));
    assert_eq!(sum(&shop, Good::Address).0, 2 * 730_000, "the load balancer has two, the tasks have none");
    assert_eq!(sum(&shop, Good::Endpoint), (8 * 730_000, 8 * 730_000), "four interfaces in two zones; S3 is free");
    assert!(shop.high() > shop.low());
}

#[test]
fn of_tasks_on_spot_the_base_is_on_demand_and_plans_count() {
    let campus = of("spot-programado");
    // At least 2, all of them base; at most 20 by the plan: 2 + 18/4 on demand, 18 × 3/4 on Spot. 0.5 vCPU each.
    assert_eq!(sum(&campus, Good::FargateCpu), (2 * 365_000, 6_500 * 365));
    assert_eq!(sum(&campus, Good::SpotCpu), (0, 13_500 * 365));
    assert_eq!(sum(&campus, Good::Address).1, (2 + 20) * 730_000);
    assert!(says(&campus.assumptions, "deploy.cost.assumed.spot"));
    assert!(says(&campus.assumptions, "deploy.cost.assumed.zones"), "the person gives the subnets");
}

#[test]
fn instances_cost_in_place_of_tasks() {
    let ec2 = of("ecs-en-ec2");
    assert_eq!(sum(&ec2, Good::FargateCpu), (0, 0));
    assert_eq!(sum(&ec2, Good::Instance), (2 * 730_000, 6 * 730_000));
    assert_eq!(sum(&ec2, Good::Disk), (60_000, 180_000));
    assert_eq!(sum(&ec2, Good::NatGateway), (730_000, 730_000));
    let item = ec2.items.iter().find(|item| item.good == Good::Instance).unwrap();
    assert_eq!((item.detail.as_str(), dollars(item.low_cost())), ("t3.medium", "60.74".to_owned()));
    assert!(says(&ec2.left_out, "deploy.cost.left-out.nat"));
}

#[test]
fn requests_cost_where_users_are_drawn() {
    let (mut design, stack) = template("lambda-y-ecs");
    let drawn = estimate(&design, &stack, "us-east-1");
    let users = design.nodes_of(trazo_model::Kind::Users).next().unwrap().id.clone();
    let rate = traffic::rates(&design)[design.links_from(&users).next().unwrap().to.as_str()];
    assert_eq!(sum(&drawn, Good::HttpRequests), (0, rate * 2_628));
    assert!(sum(&drawn, Good::LoadBalancerUnits).1 > 0 && sum(&drawn, Good::LambdaArmTime).1 > 0);
    let edit = trazo_model::commands::remove(&design, &[trazo_model::Target::Node(users)]);
    trazo_model::edit::apply(&mut design, edit).unwrap();
    let quiet = estimate(&design, &stack, "us-east-1");
    assert_eq!(sum(&quiet, Good::HttpRequests), (0, 0));
    assert!(says(&quiet.left_out, "deploy.cost.left-out.requests"));
    assert_eq!(quiet.low(), drawn.low());
}

#[test]
fn other_regions_are_estimated_with_the_same_prices() {
    let (design, stack) = template("web-publica");
    let [known, other] = ["us-west-2", "eu-south-2"].map(|region| estimate(&design, &stack, region));
    assert!(known.is_region_known && !other.is_region_known);
    assert_eq!(known.high(), other.high());
}

#[test]
fn every_template_costs_something_and_its_elements_make_the_sum() {
    for name in templates() {
        let all = of(&name);
        let mut elements: Vec<_> = all.items.iter().map(|item| item.element.clone()).collect();
        elements.sort();
        elements.dedup();
        let sums =
            elements.iter().map(|element| all.of(element)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        assert_eq!(sums, (all.low(), all.high()), "{name}");
        assert!(all.low() > 10_000_000, "{name}");
    }
}

#[test]
fn every_good_has_a_price_and_a_key_of_its_own() {
    let mut keys: Vec<_> = Good::ALL.iter().map(|good| good.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), Good::ALL.len());
    assert!(Good::ALL.iter().all(|good| good.price() > 0 || *good == Good::Instance));
    // An hour of an instance twice the size costs twice as much.
    for (small, large) in [("t3.small", "t3.medium"), ("t4g.small", "t4g.medium"), ("t3.large", "t3.xlarge")] {
        assert_eq!(instance(small).map(|price| price * 2), instance(large));
    }
}
