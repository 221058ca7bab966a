//! Designs that are read again from a template that holds nothing beside its resources: what they come to on AWS is the same, and
//! whatever else differs is of a list.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "bare/mod.rs"]
mod bare;
mod random;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value as Json;
use trazo_formats::{cloudformation, import, manifest, templates};
use trazo_model::{Design, lower};

use bare::canonical::canonical;
use bare::kept::{is_ambiguous, leaves_no_mark};

/// So many designs are drawn.
const COUNT: usize = 320;

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Random designs, the same ones for the same `TRAZO_SEED`.
fn designs() -> Vec<Design> {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number("TRAZO_SEED", 20_261_122).to_le_bytes());
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let mut all = Vec::new();
    while all.len() < number("TRAZO_DESIGNS", COUNT) {
        let plan = random::plan().new_tree(&mut runner).unwrap().current();
        all.extend(plan.design().filter(|design| !is_ambiguous(design)));
    }
    all
}

fn again(design: &Design) -> Design {
    let text = cloudformation::document(&lower(design)).text;
    import::read("plantilla.json", text.as_bytes(), None).unwrap().design
}

fn template(design: &Design) -> Json {
    canonical(&serde_json::from_str(&cloudformation::body(&lower(design))).unwrap())
}

/// Where two templates differ first.
fn first_difference(one: &Json, other: &Json, path: &str) -> Option<String> {
    match (one, other) {
        (Json::Object(all), Json::Object(others)) => {
            let keys = all.keys().chain(others.keys());
            let none = Json::Null;
            keys.map(|key| (key, all.get(key).unwrap_or(&none), others.get(key).unwrap_or(&none)))
                .find_map(|(key, one, other)| first_difference(one, other, &format!("{path}.{key}")))
        }
        _ => (one != other).then(|| format!("{path}: {one} and {other}")),
    }
}

#[test]
fn random_designs_come_back_but_for_what_leaves_no_mark() {
    let mut lost = Vec::new();
    for (index, design) in designs().iter().enumerate() {
        let understood = again(design);
        let told = first_difference(&template(design), &template(&understood), "");
        lost.extend(told.map(|told| format!("{index}: template {told}")));
        let all = bare::between(design, &understood).into_iter().filter(|one| !leaves_no_mark(design, one));
        lost.extend(all.map(|one| format!("{index}: {} {:?}: {} is {}", one.what, one.element, one.was, one.is)));
    }
    assert!(lost.is_empty(), "{} differences:\n{}", lost.len(), lost.join("\n"));
}

/// The templates are drawn as people draw: of them only what makes nothing stays behind.
#[test]
fn of_templates_only_callers_and_default_networks_stay_behind() {
    for template in templates::ALL {
        let design = template.design().unwrap();
        let understood = again(&design);
        let all = bare::between(&design, &understood).into_iter().filter(|one| !leaves_no_mark(&design, one));
        assert_eq!(all.collect::<Vec<_>>(), [], "{}\n{}", template.key, manifest::write(&understood));
    }
}
