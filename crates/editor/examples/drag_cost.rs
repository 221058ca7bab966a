//! What a drag costs: 1,000 cards, one of them with ten links, dragged by 2,000 moves of the pointer; then all of them, panning,
//! zooming and moving the pointer about.
//!
//! `cargo run --release -p trazo-editor --example drag_cost`

#![allow(clippy::expect_used, reason = "a tool for developers, which may stop")]

use std::time::{Duration, Instant};

use trazo_editor::geometry::{Point, Size};
use trazo_editor::{Editor, Input, Mods, Pointer, Wheel};
use trazo_model::edit::{Edit, apply};
use trazo_model::{Design, Kind, Node, NodeId, Target, commands};

const MOVES: u32 = 2000;
const COLUMNS: i32 = 40;

/// A grid of services with a task definition beside each, and one load balancer in the middle with ten links.
fn design() -> Design {
    let mut design = Design::new("cost", "us-east-1");
    let mut add = |id: String, kind: Kind, column: i32, row: i32| {
        let node = Node::new(NodeId::new(&id), kind, &id, column * 280, row * 120);
        apply(&mut design, Edit::add_node(node)).expect("may be added");
    };
    for i in 0..1000 {
        let (column, row) = (i % COLUMNS, i / COLUMNS);
        match (column, row) {
            (20, 12) => add("alb".to_owned(), Kind::LoadBalancer, column, row),
            (c, _) if c % 2 == 0 => add(format!("s{column}-{row}"), Kind::Service, column, row),
            _ => add(format!("t{column}-{row}"), Kind::TaskDefinition, column, row),
        }
    }
    let mut link = |from: String, to: String| {
        if let Ok(edit) = commands::connect(&design, &NodeId::new(&from), &NodeId::new(&to)) {
            apply(&mut design, edit).expect("may be linked");
        }
    };
    for i in 0..1000 {
        let (column, row) = (i % COLUMNS, i / COLUMNS);
        link(format!("s{column}-{row}"), format!("t{}-{row}", column + 1));
    }
    for (column, row) in
        [(22, 10), (22, 12), (22, 14), (18, 11), (18, 13), (24, 9), (24, 15), (20, 9), (20, 15), (16, 12)]
    {
        link("alb".to_owned(), format!("s{column}-{row}"));
    }
    design
}

fn pointer(x: f64, y: f64) -> Pointer {
    Pointer { at: Point::new(x, y), ..Pointer::default() }
}

/// Runs `step` many times; prints the mean and the slowest.
fn measure(name: &str, editor: &mut Editor, mut step: impl FnMut(&mut Editor, u32)) {
    let mut times: Vec<Duration> = Vec::with_capacity(MOVES as usize);
    for i in 0..MOVES {
        let start = Instant::now();
        step(editor, i);
        times.push(start.elapsed());
    }
    times.sort();
    let micros = |d: Duration| d.as_secs_f64() * 1e6;
    let mean = micros(times.iter().sum::<Duration>()) / f64::from(MOVES);
    let at = |part: f64| micros(times[((times.len() - 1) as f64 * part) as usize]);
    println!(
        "{name:<28} mean {mean:>7.1} µs   median {:>7.1} µs   99 % {:>7.1} µs   most {:>7.1} µs",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

fn main() {
    let design = design();
    let links = design.links().len();
    let start = Instant::now();
    let mut editor = Editor::new(design, Size::new(1440.0, 900.0));
    println!("{} nodes, {links} links: opened in {:.1} ms", 1000, start.elapsed().as_secs_f64() * 1e3);
    let alb = Target::Node(NodeId::new("alb"));
    editor.center_on(&alb);
    println!("{} cards and {} links are shown", editor.shown_nodes().len(), editor.shown_links().len());

    editor.input(Input::PointerDown(pointer(720.0, 450.0)));
    let mut routed = 0;
    measure("drag a card with ten links", &mut editor, |editor, i| {
        let turn = f64::from(i) / 80.0;
        let at = pointer(720.0 + 320.0 * turn.cos() * (turn / 7.0).sin(), 450.0 + 240.0 * turn.sin());
        routed += editor.input(Input::PointerMove(at)).links_routed.len();
    });
    println!("{:.1} links took another way in each move", routed as f64 / f64::from(MOVES));
    editor.input(Input::PointerUp(pointer(720.0, 450.0)));

    editor.center_on(&alb);
    editor.select_all();
    editor.input(Input::PointerDown(pointer(720.0, 450.0)));
    measure("drag all 1,000 cards", &mut editor, |editor, i| {
        editor.input(Input::PointerMove(pointer(720.0 + f64::from(i % 200), 450.0)));
    });
    editor.input(Input::Cancel);
    editor.clear_selection();

    measure("pan", &mut editor, |editor, i| {
        let by = if i % 400 < 200 { 24.0 } else { -24.0 };
        editor.input(Input::Wheel(Wheel { at: Point::new(700.0, 400.0), dx: by, dy: by / 2.0, ..Wheel::default() }));
    });
    measure("zoom", &mut editor, |editor, i| {
        let by = if i % 200 < 100 { 1.2 } else { -1.2 };
        let mods = Mods { ctrl: true, ..Mods::default() };
        editor.input(Input::Wheel(Wheel { at: Point::new(700.0, 400.0), dy: by, mods, ..Wheel::default() }));
    });
    measure("hover", &mut editor, |editor, i| {
        let at = pointer(f64::from(i % 1400), f64::from(i % 880));
        editor.input(Input::PointerMove(at));
    });
}
