//! One thing made wrong in a good design is found and named; `mutations/README.md` tells how the tables are written.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a table that cannot be read is wrong")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use trazo_formats::{manifest, templates};
use trazo_model::edit::{Edit, Target, apply};
use trazo_model::{Design, Kind, LinkId, Node, NodeId, Severity, check, commands};

/// One line of a table.
struct Mutation {
    design: String,
    change: String,
    code: String,
    line: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn tables() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutations");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut tables: Vec<_> = files.filter(|file| file.extension().is_some_and(|end| end == "txt")).collect();
    tables.sort();
    let name = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
    tables.iter().map(|file| (name(file), fs::read_to_string(file).unwrap())).collect()
}

fn mutations() -> Vec<Mutation> {
    let mut all = Vec::new();
    for (table, text) in tables() {
        let mut design = String::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix("= ") {
                name.clone_into(&mut design);
                continue;
            }
            let (change, code) = line.rsplit_once(" : ").unwrap_or_else(|| panic!("{table}:{}: {line}", index + 1));
            let line = format!("{table}:{}: {line}", index + 1);
            all.push(Mutation { design: design.clone(), change: change.to_owned(), code: code.to_owned(), line });
        }
    }
    all
}

fn base(name: &str) -> Design {
    if let Some(template) = templates::find(name) {
        return template.design().unwrap();
    }
    let file = root().join("tests/fixtures").join(format!("{name}.trazo.json"));
    manifest::read(&fs::read_to_string(file).unwrap()).unwrap()
}

fn target(design: &Design, name: &str) -> Target {
    let (node, link) = (NodeId::new(name), LinkId::new(name));
    match (name, design.node(&node), design.link(&link)) {
        ("design", ..) => Target::Design,
        (_, Some(_), _) => Target::Node(node),
        (_, _, Some(_)) => Target::Link(link),
        _ => panic!("there is no {name}"),
    }
}

fn placed(design: &Design, name: &str, group: Option<&str>) -> Edit {
    let id = NodeId::new(name);
    let mut place = design.node(&id).unwrap().place.clone();
    place.parent = group.map(NodeId::new);
    Edit::Place { node: id, place }
}

fn edit(design: &Design, change: &str) -> Edit {
    let mut words = change.splitn(4, ' ');
    let mut word = || words.next().unwrap_or_default();
    let (verb, name, third, rest) = (word(), word(), word(), word());
    let json = || -> Value { serde_json::from_str(rest).unwrap_or_else(|error| panic!("{change}: {error}")) };
    match verb {
        "set" => Edit::set(target(design, name), third, json()),
        "unset" => Edit::Set { target: target(design, name), path: third.to_owned(), value: None },
        "push" => commands::push_item(design, &target(design, name), third, json()),
        "drop" => commands::remove_item(design, &target(design, name), third, rest.parse().unwrap()),
        "remove" => commands::remove(design, &[target(design, name)]),
        "link" => commands::connect(design, &NodeId::new(name), &NodeId::new(third)).unwrap(),
        "out" => placed(design, name, None),
        "into" => placed(design, name, Some(third)),
        "add" => {
            let kind = Kind::from_key(name).unwrap_or_else(|| panic!("there is no kind {name}"));
            Edit::add_node(Node::new(design.free_node_id(kind), kind, third, 5000, 5000))
        }
        _ => panic!("{verb} is no change"),
    }
}

fn codes(design: &Design) -> BTreeSet<&'static str> {
    check(design).iter().map(|finding| finding.code).collect()
}

#[test]
fn each_is_found_and_named() {
    let mut wrong = Vec::new();
    let mut bases: BTreeMap<String, Design> = BTreeMap::new();
    let all = mutations();
    for mutation in &all {
        let good = bases.entry(mutation.design.clone()).or_insert_with(|| base(&mutation.design));
        let bad = check(good).into_iter().find(|finding| finding.severity < Severity::Hint);
        assert_eq!(bad, None, "{} is not good to begin with", mutation.design);
        let mut design = good.clone();
        for change in mutation.change.split(" ∧ ") {
            let edit = edit(&design, change);
            if let Err(error) = apply(&mut design, edit) {
                wrong.push(format!("{} ({error})", mutation.line));
            }
        }
        let found = codes(&design);
        if !found.contains(mutation.code.as_str()) || codes(good).contains(mutation.code.as_str()) {
            wrong.push(format!("{} (found {found:?})", mutation.line));
        }
    }
    assert!(wrong.is_empty(), "{} of {} were not found:\n{}", wrong.len(), all.len(), wrong.join("\n"));
    assert!(all.len() >= 120, "{} mutations", all.len());
}

/// The parts of Rust files that are tests.
fn tests_of(folder: &Path, out: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            tests_of(&path, out);
        } else if name.ends_with(".rs") {
            let text = fs::read_to_string(&path).unwrap();
            let whole = name.contains("tests") || path.components().any(|part| part.as_os_str() == "tests");
            out.push_str(if whole { &text } else { text.split_once("#[cfg(test)]").map_or("", |(_, tests)| tests) });
        }
    }
}

#[test]
fn every_check_is_in_a_test() {
    let mut tested: String = mutations().iter().map(|mutation| format!("\"{}\" ", mutation.code)).collect();
    tests_of(&root().join("crates/model/src"), &mut tested);
    tests_of(&root().join("crates/model/tests"), &mut tested);
    let mut codes: Vec<_> = trazo_model::check::all_checks().iter().map(|check| check.code).collect();
    let untested: Vec<_> = codes.iter().filter(|code| !tested.contains(&format!("\"{code}\""))).collect();
    assert!(untested.is_empty(), "no test names {untested:?}");
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count, "a code is used twice");
    assert!(count >= 80, "{count} checks");
}
