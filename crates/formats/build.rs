//! Makes a sketch of each template: `kind x y w h;` for each node, frames first and the outer before the inner, then
//! `line from to;` for each link, by the places of its ends. The start page draws it without reading the manifest.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;

/// The size of a card.
const CARD: (i64, i64) = (200, 72);

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=templates");
    if let Err(message) = run() {
        println!("cargo::error={message}");
    }
}

fn run() -> Result<(), String> {
    let out = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    for entry in fs::read_dir("templates").map_err(|error| error.to_string())?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(key) = name.strip_suffix(".trazo.json") else { continue };
        let text = fs::read_to_string(entry.path()).map_err(|error| format!("{name}: {error}"))?;
        let manifest: Value = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
        let target = Path::new(&out).join(format!("{key}.sketch"));
        fs::write(&target, sketch(&manifest)).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}

fn sketch(manifest: &Value) -> String {
    let list = |key: &str| manifest[key].as_array().cloned().unwrap_or_default();
    let mut nodes: Vec<Value> = list("nodes");
    let all = nodes.clone();
    nodes.sort_by_key(|node| if node["w"].is_null() { usize::MAX } else { depth(&all, node) });
    nodes.extend(list("notes"));
    let mut out = String::new();
    for node in &nodes {
        let number = |key: &str, usual: i64| node[key].as_i64().unwrap_or(usual);
        let kind = node["kind"].as_str().unwrap_or("note");
        let (x, y, w, h) = (number("x", 0), number("y", 0), number("w", CARD.0), number("h", CARD.1));
        // Writing to a string does not fail.
        let _ = write!(out, "{kind} {x} {y} {w} {h};");
    }
    let place = |id: &Value| nodes.iter().position(|node| &node["id"] == id);
    for link in list("links") {
        if let (Some(from), Some(to)) = (place(&link["from"]), place(&link["to"])) {
            let _ = write!(out, "line {from} {to};");
        }
    }
    out
}

/// In how many frames a node lies.
fn depth(all: &[Value], node: &Value) -> usize {
    let mut depth = 0;
    let mut inner = node;
    while let Some(outer) = all.iter().find(|other| !inner["in"].is_null() && other["id"] == inner["in"]) {
        depth += 1;
        inner = outer;
        if depth > all.len() {
            break;
        }
    }
    depth
}
