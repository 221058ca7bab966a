//! What an edit costs in a design of 200 nodes: findings, manifest and template made anew; and what the template of a design of
//! 1,000 nodes costs.
//!
//! Writes `name<TAB>number<TAB>budget<TAB>unit` for each measurement, as `cargo xtask bench` reads them.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use serde_json::{Value, json};
use trazo_formats::{cloudformation, manifest};
use trazo_model::{Edit, History, NodeId, check, lower};

/// Measurements of each kind; the middle one counts.
const RUNS: usize = 201;

/// Of findings and preview together, in milliseconds.
const BUDGET: f64 = 10.0;

/// Of lowering and template of the larger design, in milliseconds.
const LARGE_BUDGET: f64 = 100.0;
const LARGE_RUNS: usize = 31;

/// APIs with a load balancer and ten services each, all in one cluster: 200 nodes, and 1,000.
const TILES: usize = 9;
const LARGE_TILES: usize = 46;
const SERVICES: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let design = manifest::read(&large(TILES).to_string())?;
    let nodes = design.nodes().len();
    let node = design.nodes().last().map(|node| node.id.clone()).ok_or("the design holds no node")?;
    let mut history = History::new(design);
    let mut times: [Vec<f64>; 5] = Default::default();
    for run in 0..RUNS {
        history.apply("edit.name", rename(&node, run))?;
        let design = history.design();
        let (findings, _) = time(|| check(design));
        let (lowering, stack) = time(|| lower(design));
        let (template, _) = time(|| cloudformation::document(&stack));
        let (text, _) = time(|| manifest::document(design));
        let together = findings + lowering + template + text;
        for (all, one) in times.iter_mut().zip([findings, lowering, template, text, together]) {
            all.push(one);
        }
    }
    let names = ["findings", "lowering", "template", "manifest", "findings and preview"];
    for (name, times) in names.into_iter().zip(times) {
        println!("{name}, {nodes} nodes\t{:.3}\t{BUDGET}\tms", middle(times));
    }
    thousand()
}

/// From a design to the text of its template, as `trazo export` does it.
fn thousand() -> Result<(), Box<dyn Error>> {
    let design = manifest::read(&large(LARGE_TILES).to_string())?;
    let nodes = design.nodes().len();
    let times = (0..LARGE_RUNS).map(|_| time(|| cloudformation::document(&lower(&design))).0).collect();
    println!("design to template, {nodes} nodes\t{:.3}\t{LARGE_BUDGET}\tms", middle(times));
    Ok(())
}

fn rename(node: &NodeId, run: usize) -> Edit {
    Edit::set(node, "name", format!("renamed-{run}"))
}

/// Milliseconds that `work` takes, and what it gives.
fn time<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let began = Instant::now();
    let made = black_box(work());
    (began.elapsed().as_secs_f64() * 1000.0, made)
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// A manifest of nodes that are linked as people link them.
fn large(tiles: usize) -> Value {
    let mut nodes = vec![
        json!({ "id": "users", "kind": "users", "name": "users" }),
        json!({ "id": "cluster", "kind": "cluster", "name": "cluster" }),
    ];
    let mut links = Vec::new();
    let mut link = |from: &str, to: &str| {
        links.push(json!({ "id": format!("link-{}", links.len()), "from": from, "to": to }));
    };
    for tile in 0..tiles {
        let (api, balancer) = (format!("api-{tile}"), format!("lb-{tile}"));
        nodes.push(json!({ "id": api, "kind": "http_api", "name": api }));
        nodes.push(json!({ "id": balancer, "kind": "load_balancer", "name": balancer }));
        link("users", &api);
        link(&api, &balancer);
        for index in 0..SERVICES {
            let (service, task) = (format!("svc-{tile}-{index}"), format!("task-{tile}-{index}"));
            nodes.push(json!({ "id": service, "kind": "service", "name": service, "in": "cluster" }));
            nodes.push(json!({ "id": task, "kind": "task_definition", "name": task }));
            link(&balancer, &service);
            link(&service, &task);
        }
    }
    json!({ "trazo": 1, "name": "large", "region": "us-east-1", "nodes": nodes, "links": links })
}
