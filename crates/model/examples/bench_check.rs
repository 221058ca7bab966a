//! What checking costs in a design of 1,000 nodes: all of it, and what one edit touches.
//!
//! Writes `name<TAB>number<TAB>budget<TAB>unit` for each measurement, as `cargo xtask bench` reads them.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use trazo_model::edit::apply;
use trazo_model::{Checker, Design, Edit, History, Kind, Node, NodeId, Placement, Target, check, commands};

/// Of checking everything, in milliseconds.
const WHOLE: f64 = 50.0;
/// Of checking what one edit touches, in milliseconds.
const ONE: f64 = 2.0;
/// Of the same in percent of checking everything, which no slow machine can change.
const SHARE: f64 = 10.0;

/// How often everything is checked. Of several tries the quickest counts, so that what else the machine does is left out.
const RUNS: usize = 21;
/// How many elements each kind of edit is tried on, and how often on each.
const ELEMENTS: usize = 12;
const TRIES: usize = 5;

/// APIs, each with a load balancer, a cluster, two roles and services with their task definitions.
const TILES: usize = 12;
const SERVICES: usize = 39;

type Failure = Box<dyn Error>;
/// The edit of one kind for the element of a number.
type Make = fn(&Design, usize) -> Option<Edit>;

const EDITS: &[(&str, Make)] = &[
    ("rename a service", |_, n| Some(Edit::set(&service(n), "name", format!("otro-{n}")))),
    ("change a task's CPU", |_, n| Some(Edit::set(&task(n), "cpu", 512))),
    ("change a rule's priority", |design, n| {
        let (balancer, service) = (balancer(n / SERVICES), service(n));
        let rule = design.link_between(&balancer, &service)?;
        Some(Edit::set(&rule.id, "priority", 900))
    }),
    ("move a card", |design, n| place(design, &task(n), Some(40), None)),
    ("move a service to another cluster", |design, n| {
        place(design, &service(n), None, Some(cluster((n / SERVICES + 1) % TILES)))
    }),
    ("take a service out of its cluster", |design, n| place(design, &service(n), None, None)),
    ("add a link", |design, n| commands::connect(design, &balancer((n / SERVICES + 1) % TILES), &service(n)).ok()),
    ("delete a service", |design, n| Some(commands::remove(design, &[Target::Node(service(n))]))),
    ("delete a load balancer", |design, n| Some(commands::remove(design, &[Target::Node(balancer(n % TILES))]))),
    ("change a cluster", |_, n| Some(Edit::set(&cluster(n % TILES), "spot", true))),
    ("rename a role", |_, n| Some(Edit::set(&role(n % TILES, "execution"), "name", "otro"))),
];

fn main() -> Result<(), Failure> {
    let design = large()?;
    let nodes = design.nodes().len();
    let whole = (0..RUNS).map(|_| time(|| check(&design))).fold(f64::MAX, f64::min);
    println!("check everything, {nodes} nodes\t{whole:.3}\t{WHOLE}\tms");
    let anew = || {
        let mut checker = Checker::default();
        checker.check(&design);
        checker
    };
    let noted = (0..RUNS).map(|_| time(anew)).fold(f64::MAX, f64::min);
    println!("check everything and note what was read\t{noted:.3}\t{WHOLE}\tms");
    let mut history = History::new(design);
    let mut checker = Checker::default();
    checker.check(history.design());
    let mut worst = 0.0_f64;
    for (name, make) in EDITS {
        let mut times = Vec::new();
        for element in 0..ELEMENTS {
            times.push(one(&mut history, &mut checker, *make, element * TILES * SERVICES / ELEMENTS)?);
        }
        let most = times.iter().copied().fold(0.0, f64::max);
        worst = worst.max(most);
        println!("{name}\t{:.3}\t{ONE}\tms", middle(times));
        println!("{name}, at worst\t{most:.3}\t{ONE}\tms");
    }
    let tireless = checker.tireless().len();
    println!("elements that every edit makes check again\t{tireless}\t0\t");
    println!("the worst of these beside everything\t{:.3}\t{SHARE}\t%", worst / whole * 100.0);
    Ok(())
}

/// Milliseconds of the check after an edit, or after it was taken back, whichever takes longer.
fn one(history: &mut History, checker: &mut Checker, make: Make, element: usize) -> Result<f64, Failure> {
    let (mut there, mut back) = (f64::MAX, f64::MAX);
    for _ in 0..TRIES {
        let edit = make(history.design(), element).ok_or("there is nothing to edit")?;
        history.apply("edit.set", edit)?;
        there = there.min(time(|| checker.check(history.design())));
        history.undo();
        back = back.min(time(|| checker.check(history.design())));
    }
    Ok(there.max(back))
}

/// Milliseconds that `work` takes.
fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let began = Instant::now();
    let made = black_box(work());
    let time = began.elapsed().as_secs_f64() * 1000.0;
    drop(made);
    time
}

fn middle(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn place(design: &Design, id: &NodeId, dx: Option<i32>, parent: Option<NodeId>) -> Option<Edit> {
    let old = &design.node(id)?.place;
    let parent = if dx.is_some() { old.parent.clone() } else { parent };
    Some(Edit::Place {
        node: id.clone(),
        place: Placement { x: old.x + dx.unwrap_or_default(), parent, ..old.clone() },
    })
}

fn balancer(tile: usize) -> NodeId {
    NodeId::new(&format!("alb-{tile}"))
}

fn cluster(tile: usize) -> NodeId {
    NodeId::new(&format!("cluster-{tile}"))
}

fn role(tile: usize, usage: &str) -> NodeId {
    NodeId::new(&format!("role-{usage}-{tile}"))
}

fn service(n: usize) -> NodeId {
    NodeId::new(&format!("svc-{n}"))
}

fn task(n: usize) -> NodeId {
    NodeId::new(&format!("task-{n}"))
}

/// A design of 1,000 nodes that are linked as people link them.
fn large() -> Result<Design, Failure> {
    let mut design = Design::new("large", "us-east-1");
    add(&mut design, "users".into(), Kind::Users, None)?;
    add(&mut design, "vpc".into(), Kind::Vpc, None)?;
    for tile in 0..TILES {
        let api = NodeId::new(&format!("api-{tile}"));
        add(&mut design, api.clone(), Kind::HttpApi, None)?;
        add(&mut design, balancer(tile), Kind::LoadBalancer, Some("vpc".into()))?;
        add(&mut design, cluster(tile), Kind::Cluster, Some("vpc".into()))?;
        add(&mut design, role(tile, "execution"), Kind::Role, None)?;
        add(&mut design, role(tile, "task"), Kind::Role, None)?;
        link(&mut design, &"users".into(), &api)?;
        link(&mut design, &api, &balancer(tile))?;
        for n in tile * SERVICES..(tile + 1) * SERVICES {
            add(&mut design, service(n), Kind::Service, Some(cluster(tile)))?;
            add(&mut design, task(n), Kind::TaskDefinition, None)?;
            link(&mut design, &balancer(tile), &service(n))?;
            link(&mut design, &service(n), &task(n))?;
            link(&mut design, &task(n), &role(tile, "execution"))?;
            link(&mut design, &task(n), &role(tile, "task"))?;
        }
    }
    Ok(design)
}

fn add(design: &mut Design, id: NodeId, kind: Kind, parent: Option<NodeId>) -> Result<(), Failure> {
    let at = i32::try_from(design.nodes().len())?;
    let mut node = Node::new(id.clone(), kind, id.as_str(), at % 30 * 240, at / 30 * 120);
    node.place.parent = parent;
    apply(design, Edit::add_node(node))?;
    Ok(())
}

fn link(design: &mut Design, from: &NodeId, to: &NodeId) -> Result<(), Failure> {
    let edit = commands::connect(design, from, to).map_err(|refusal| refusal.key())?;
    apply(design, edit)?;
    Ok(())
}
