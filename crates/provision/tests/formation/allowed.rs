//! What the engine asks, and what people are told that they have to be allowed.

use trazo_provision::World;
use trazo_provision::formation::Formation;
use trazo_provision::policy::{Scope, formation as policy};

use crate::sim::Sim;
use crate::support::{deploy, remove, run, shop, wish};

#[test]
fn all_that_is_asked_is_in_the_policy_that_people_are_told_to_have() {
    let sim = Sim::new();
    let engine = Formation::new(&sim, &sim);
    let stack = shop(1);
    run(async {
        let set = engine.change_set(&wish(&stack), &stack).await.unwrap();
        engine.discard(&set).await.unwrap();
        sim.sleep(1_000).await;
        deploy(engine, &stack).await.unwrap();
        deploy(engine, &stack).await.unwrap();
        let set = engine.change_set(&wish(&shop(2)), &shop(2)).await.unwrap();
        engine.discard(&set).await.unwrap();
        let set = engine.change_set(&wish(&shop(3)), &shop(3)).await.unwrap();
        engine.execute(&set).await.unwrap();
        let seen = engine.find(&wish(&stack)).await.unwrap().unwrap();
        engine.follow(&mut engine.cancel(&seen).await.unwrap(), &stack, &mut |_| {}).await.unwrap();
        sim.account.borrow_mut().fails.insert("ShopService".to_owned(), "no".to_owned());
        sim.account.borrow_mut().sticks.insert("ShopService".to_owned(), "no".to_owned());
        deploy(engine, &shop(4)).await.unwrap();
        let seen = engine.find(&wish(&stack)).await.unwrap().unwrap();
        let mut watch = engine.continue_rollback(&seen, &[]).await.unwrap();
        engine.follow(&mut watch, &stack, &mut |_| {}).await.unwrap();
        engine.drift(&seen, &stack).await.unwrap();
        remove(engine, &stack).await.unwrap();
        engine.undeletable(&seen.id).await.unwrap();
        engine.leftovers("d1", &seen.id).await.unwrap();
    })
    .unwrap();
    let scope = Scope { region: "us-east-1", account: None, stack: &wish(&stack).stack_name };
    let policy = serde_json::Value::from(policy(&stack, &scope)).to_string();
    let asked = sim.asked.borrow();
    assert!(asked.len() > 15, "{asked:?}");
    for (service, operation) in asked.iter() {
        let action = match *service {
            "tagging" => format!("\"tag:{operation}\""),
            service => format!("\"{service}:{operation}\""),
        };
        assert!(policy.contains(&action), "{action} is not in {policy}");
    }
}
