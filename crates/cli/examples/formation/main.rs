//! The CloudFormation engine against an emulator, for the oracles: what the page does, without the page.
//!
//! Usage: `formation up|down|drift|look URL FILE [NAME=VALUE…]`, with the design's manifest and values for its parameters; the
//! credentials come as AWS's own tools take them, from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
//! Writes what the engine told as one line of JSON; a problem is one of the things that it tells.

mod native;

use std::collections::BTreeMap;
use std::error::Error;
use std::future::Future;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use serde_json::{Value as Json, json};
use trazo_formats::{cloudformation, manifest};
use trazo_model::{Design, lower};
use trazo_provision::client::{Client, Endpoints};
use trazo_provision::formation::{Change, Formation, Order, Prepared, Problem, Progress, Seen, Watch, prepare};
use trazo_provision::{Credentials, Secret};
use trazo_stack::{Element, Stack};

/// The region of the emulator.
const REGION: &str = "us-east-1";

/// The id under which the page would keep the design.
const DESIGN: &str = "oracle";

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [what, url, file, values @ ..] = words.as_slice() else { return Err("up|down|drift|look URL FILE".into()) };
    let design = manifest::read(&std::fs::read_to_string(file)?).map_err(|error| format!("{file}: {error}"))?;
    let given: BTreeMap<String, String> = values
        .iter()
        .filter_map(|word| word.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let client = Client::new(Rc::new(native::Native::default()), REGION, Endpoints::Custom { base: url.clone() });
    client.enter(credentials()?);
    let engine = Formation::new(&client, client.world());
    println!("{}", run(tell(engine, what, &design, &given)));
    Ok(())
}

fn credentials() -> Result<Credentials, Box<dyn Error>> {
    let variable = |name: &str| std::env::var(name).map_err(|error| format!("{name}: {error}"));
    Ok(Credentials {
        access_key_id: variable("AWS_ACCESS_KEY_ID")?,
        secret_access_key: Secret::new(variable("AWS_SECRET_ACCESS_KEY")?),
        session_token: std::env::var("AWS_SESSION_TOKEN").ok().map(Secret::new),
        expires: None,
    })
}

/// What the engine tells.
async fn tell(engine: Formation<'_>, what: &str, design: &Design, given: &BTreeMap<String, String>) -> Json {
    let stack = lower(design);
    let body = cloudformation::body(&stack);
    let order = Order { design: DESIGN, name: design.name(), stack: &stack, body: &body, given };
    let done = match prepare(&order) {
        Ok(wish) => match what {
            "up" => up(engine, &wish, &stack).await,
            "down" => down(engine, &wish, &stack).await,
            "drift" => drift(engine, &wish, &stack).await,
            _ => look(engine, &wish, &stack).await,
        },
        Err(problem) => Err(problem),
    };
    match done {
        Ok(told) => told,
        Err(problem) => {
            let causes = match &problem {
                Problem::ChangeSetFailed { causes, .. } => causes.iter().map(|it| it.reason.clone()).collect(),
                _ => Vec::new(),
            };
            json!({ "problem": problem.phrase().key, "words": problem.to_string(), "causes": causes })
        }
    }
}

async fn up(engine: Formation<'_>, wish: &Prepared, stack: &Stack) -> Result<Json, Problem> {
    engine.validate(wish).await?;
    let set = match engine.change_set(wish, stack).await {
        Ok(set) => set,
        // Somebody is at it: watched instead.
        Err(Problem::Busy { .. }) => return look(engine, wish, stack).await,
        Err(problem) => return Err(problem),
    };
    let mut watch = engine.execute(&set).await?;
    watch.progress.expect(&set.changes);
    let mut told = follow(engine, &mut watch, stack).await?;
    told["changes"] = set.changes.iter().map(change).collect();
    told["creates"] = json!(set.creates);
    told["drawn"] = stack.resources.keys().cloned().collect();
    Ok(told)
}

async fn look(engine: Formation<'_>, wish: &Prepared, stack: &Stack) -> Result<Json, Problem> {
    match engine.find(wish).await? {
        Some(seen) => follow(engine, &mut engine.resume(&seen), stack).await,
        None => Ok(json!({ "status": null })),
    }
}

async fn down(engine: Formation<'_>, wish: &Prepared, stack: &Stack) -> Result<Json, Problem> {
    let Some(seen) = engine.find(wish).await? else { return Ok(json!({ "status": null })) };
    let mut watch = engine.delete(&seen, &[]).await?;
    let mut told = follow(engine, &mut watch, stack).await?;
    let left = engine.leftovers(DESIGN, &seen.id).await?;
    let names = |list: &[trazo_provision::formation::Remains]| -> Vec<String> {
        list.iter().map(|it| it.name.clone()).collect()
    };
    told["alive"] = json!(names(&left.alive));
    told["inactive"] = json!(names(&left.inactive));
    told["kept"] = json!(names(&left.kept));
    Ok(told)
}

async fn drift(engine: Formation<'_>, wish: &Prepared, stack: &Stack) -> Result<Json, Problem> {
    let seen: Seen = engine.find(wish).await?.ok_or(Problem::Stale)?;
    let drift = engine.drift(&seen, stack).await?;
    let told = drift.resources.iter().map(|it| {
        let differences: Vec<Json> = it
            .differences
            .iter()
            .map(|it| {
                let field = it.origin.as_ref().map(|it| it.field.to_string());
                json!({ "path": it.path, "expected": it.expected, "actual": it.actual, "field": field })
            })
            .collect();
        let state = it.state.key().rsplit('.').next();
        json!({ "logical": it.logical, "element": named(it.element.as_ref()), "state": state, "differences": differences })
    });
    Ok(json!({ "resources": told.collect::<Vec<_>>(), "reason": drift.reason }))
}

/// Follows to the end, and notes each state that an element was told to be in.
async fn follow(engine: Formation<'_>, watch: &mut Watch, stack: &Stack) -> Result<Json, Problem> {
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut note = |progress: &Progress| {
        for (element, state, _) in progress.elements() {
            let states = seen.entry(named(Some(&element)).unwrap_or_default()).or_default();
            let state = state.key().rsplit('.').next().unwrap_or_default().to_owned();
            if states.last() != Some(&state) {
                states.push(state);
            }
        }
    };
    engine.follow(watch, stack, &mut note).await?;
    let progress = &watch.progress;
    let causes = progress.causes.iter().map(|it| {
        json!({ "logical": it.logical, "element": named(it.element.as_ref()), "reason": it.reason,
            "explained": it.explained, "while_rolling_back": it.while_rolling_back })
    });
    let outputs = progress
        .outputs
        .iter()
        .map(|it| json!({ "name": it.name, "value": it.value, "element": named(it.element.as_ref()) }));
    let items = progress.items.iter().map(|(id, it)| (id.clone(), json!([it.status, it.physical])));
    Ok(json!({
        "stack": watch.stack_id, "status": progress.status, "succeeded": progress.succeeded(), "elements": seen,
        "items": items.collect::<serde_json::Map<_, _>>(), "causes": causes.collect::<Vec<_>>(),
        "outputs": outputs.collect::<Vec<_>>(), "events": progress.log.len(),
        "address": progress.address().map(|it| it.value.clone()),
    }))
}

fn change(change: &Change) -> Json {
    let properties: Vec<Json> = change
        .properties
        .iter()
        .map(|it| {
            let field = it.origin.as_ref().map(|it| it.field.to_string());
            json!({ "path": it.path, "before": it.before, "after": it.after, "field": field })
        })
        .collect();
    json!({ "logical": change.logical, "action": change.action.key().rsplit('.').next(), "loss": change.loss,
        "element": named(change.element.as_ref()), "properties": properties })
}

fn named(element: Option<&Element>) -> Option<String> {
    match element? {
        Element::Design => Some(String::new()),
        Element::Node(id) | Element::Link(id) => Some(id.to_string()),
    }
}

/// Runs a future to its end: nothing in this world leaves it waiting.
fn run<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return done;
        }
    }
}
