//! Designs, an executor, and the way a person goes from the drawing to what is up.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use serde_json::{Map, Value as Json, json};
use trazo_provision::formation::{Formation, Order, Prepared, Problem, Progress, Stand, prepare};
use trazo_stack::{Element, Expr, Origin, Output, Resource, Stack, Value, reference};

/// A design with a cluster, a service in it and its logs, as it was lowered; `count` is the service's.
pub(crate) fn shop(count: i64) -> Stack {
    let mut stack = Stack::default();
    let node = |id: &str| Origin::whole(Element::Node(id.into()));
    let mut logs = Resource::new("AWS::Logs::LogGroup", node("service1"));
    logs.set_from("RetentionInDays", "retention", 7_i64);
    stack.resources.insert("ShopLogs".to_owned(), logs.into());
    stack.resources.insert("MainCluster".to_owned(), Resource::new("AWS::ECS::Cluster", node("cluster1")).into());
    let mut service = Resource::new("AWS::ECS::Service", node("service1"));
    service.set("Cluster", reference("MainCluster")).set_from("DesiredCount", "desiredCount", count);
    service.wait_for("ShopLogs");
    stack.resources.insert("ShopService".to_owned(), service.into());
    let balancer = Resource::new("AWS::ElasticLoadBalancingV2::LoadBalancer", node("lb1"));
    stack.resources.insert("PublicLoadBalancer".to_owned(), balancer.into());
    let url = Output { description: "Address".to_owned(), value: "http://shop.example".into(), origin: node("lb1") };
    stack.outputs.insert("PublicLoadBalancerUrl".to_owned(), url);
    stack
}

/// The template of such a stack.
pub(crate) fn body(stack: &Stack) -> String {
    let mut resources = Map::new();
    for (id, resource) in &stack.resources {
        let properties: Map<String, Json> =
            resource.properties.iter().map(|(key, value)| (key.clone(), plain(value))).collect();
        resources.insert(id.clone(), json!({ "Type": resource.type_name, "Properties": properties }));
    }
    let outputs: Map<String, Json> =
        stack.outputs.iter().map(|(name, it)| (name.clone(), json!({ "Value": plain(&it.value) }))).collect();
    json!({ "Resources": resources, "Outputs": outputs }).to_string()
}

fn plain(value: &Value) -> Json {
    match &value.expr {
        Expr::Str(text) => json!(text),
        Expr::Int(number) => json!(number),
        Expr::Ref(id) => json!({ "Ref": id }),
        other => panic!("{other:?} does not occur here"),
    }
}

/// The wish to have a stack for the design `d1`.
pub(crate) fn wish(stack: &Stack) -> Prepared {
    wish_of("d1", "Tienda", stack)
}

pub(crate) fn wish_of(design: &str, name: &str, stack: &Stack) -> Prepared {
    let body = body(stack);
    prepare(&Order { design, name, stack, body: &body, given: &BTreeMap::new() }).unwrap()
}

/// From the drawing to what is up, as the page goes: whatever is found half done is taken up.
pub(crate) async fn deploy(engine: Formation<'_>, stack: &Stack) -> Result<Progress, Problem> {
    let wish = wish(stack);
    engine.validate(&wish).await?;
    let mut watch = match engine.change_set(&wish, stack).await {
        Ok(set) => match engine.execute(&set).await {
            Ok(mut watch) => {
                watch.progress.expect(&set.changes);
                watch
            }
            // Somebody was faster with the same.
            Err(Problem::Stale) => engine.resume(&engine.find(&wish).await?.ok_or(Problem::Stale)?),
            Err(problem) => return Err(problem),
        },
        Err(Problem::Busy { .. } | Problem::NoChanges) => {
            engine.resume(&engine.find(&wish).await?.ok_or(Problem::Stale)?)
        }
        Err(problem) => return Err(problem),
    };
    engine.follow(&mut watch, stack, &mut |_| {}).await?;
    Ok(watch.progress)
}

/// Takes away what is there, whatever it is.
pub(crate) async fn remove(engine: Formation<'_>, stack: &Stack) -> Result<(), Problem> {
    let Some(seen) = engine.find(&wish(stack)).await? else { return Ok(()) };
    let mut watch = engine.delete(&seen, &[]).await?;
    if seen.stand() != Stand::Gone {
        engine.follow(&mut watch, stack, &mut |_| {}).await?;
    }
    Ok(())
}

/// Runs to the end; `None` where it waits for what never comes. Then all that it held is dropped.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = std::pin::pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..100_000 {
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return Some(done);
        }
    }
    None
}

/// Runs several at once, in an order that follows from a number.
pub(crate) fn race<T>(mut futures: Vec<Pin<Box<dyn Future<Output = T> + '_>>>, mut seed: u64) -> Vec<T> {
    let mut context = Context::from_waker(Waker::noop());
    let mut done: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    while done.iter().any(Option::is_none) {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (seed >> 33) as usize % futures.len();
        if done[at].is_none()
            && let Poll::Ready(value) = futures[at].as_mut().poll(&mut context)
        {
            done[at] = Some(value);
        }
    }
    done.into_iter().flatten().collect()
}
