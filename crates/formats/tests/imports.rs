//! Files of other tools, as people write them: what is understood, and that nothing of them is lost in silence.
//!
//! A folder of `tests/imports/` is named by the format that its files are of.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json};
use trazo_formats::import::{self, Understood};
use trazo_formats::manifest;
use trazo_model::manifest::{link_json, node_json};
use trazo_model::{Design, Link, Node, check, lower};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/imports")
}

/// Format, name and text of each file.
fn cases() -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    let names = |folder: &Path| -> Vec<PathBuf> {
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    };
    let text = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    for folder in names(&root()).into_iter().filter(|folder| folder.is_dir()) {
        for file in names(&folder) {
            all.push((text(&folder), text(&file), fs::read_to_string(&file).unwrap()));
        }
    }
    all
}

fn read(format: &str, name: &str, text: &str) -> Understood {
    let understood =
        import::read(name, text.as_bytes(), None).unwrap_or_else(|error| panic!("{format}/{name}: {error}"));
    assert_eq!(understood.format, format, "{name}");
    understood
}

/// What differs from what a new element has.
fn differing(json: &Json, standard: &Json) -> Json {
    match (json, standard) {
        (Json::Object(entries), Json::Object(usual)) => {
            let differs = |(key, value): (&String, &Json)| {
                let usual = usual.get(key).unwrap_or(&Json::Null);
                (value != usual).then(|| (key.clone(), differing(value, usual)))
            };
            Json::Object(entries.iter().filter_map(differs).collect::<Map<_, _>>())
        }
        _ => json.clone(),
    }
}

fn node_line(design: &Design, node: &Node) -> String {
    let fresh = Node::new(node.id.clone(), node.kind(), "", 0, 0);
    let within = node.place.parent.as_ref().and_then(|parent| design.node(parent));
    let within = within.map(|group| format!(" in {}", group.id)).unwrap_or_default();
    let props = differing(&node_json(node)["props"], &node_json(&fresh)["props"]);
    let tags = if node.tags.is_empty() { String::new() } else { format!(" tags {:?}", node_json(node)["tags"]) };
    format!("{} {} {:?}{within}{tags} {props}", node.id, node.kind().key(), node.name)
}

fn link_line(link: &Link) -> String {
    let fresh = Link::new(link.id.clone(), link.kind(), &link.from, &link.to);
    let props = |link: &Link| link_json(link).get("props").cloned().unwrap_or_default();
    format!("{} -> {} {}", link.from, link.to, differing(&props(link), &props(&fresh)))
}

fn told(understood: &Understood) -> String {
    let design = &understood.design;
    let mut out = format!("{:?} {}\n", design.name(), design.region());
    for node in design.nodes() {
        writeln!(out, "{}", node_line(design, node)).unwrap();
    }
    for link in design.links() {
        writeln!(out, "{}", link_line(link)).unwrap();
    }
    for note in &understood.notes {
        let args: Vec<String> = note.args.iter().map(|(place, text)| format!("{place}={text}")).collect();
        let key = note.key.strip_prefix("import.note.").unwrap();
        writeln!(out, "{} {} {key} {}", note.line, note.level.key(), args.join(" ")).unwrap();
    }
    out
}

#[test]
fn files_of_many_authors_are_understood() {
    for (format, name, text) in cases() {
        let understood = read(&format, &name, &text);
        insta::assert_snapshot!(format!("{format}__{name}"), told(&understood));
    }
}

#[test]
fn what_is_understood_is_a_design_that_can_be_saved_checked_and_lowered() {
    for (format, name, text) in cases() {
        let design = read(&format, &name, &text).design;
        assert!(!design.is_empty(), "{format}/{name}");
        assert_eq!(manifest::read(&manifest::write(&design)).unwrap(), design, "{format}/{name}");
        let _ = (check(&design), lower(&design));
    }
}

/// How far a line is indented, if it begins an entry of a map that stands on lines of its own.
fn entry(line: &str) -> Option<usize> {
    let begin = line.trim_start();
    let key = begin.split_once(':')?.0;
    let is_key = !key.is_empty() && key.chars().all(|sign| sign.is_ascii_alphanumeric() || "-_./".contains(sign));
    is_key.then(|| line.len() - begin.len())
}

/// The lines of what a line stands in, by indentation, and the outermost of them.
fn around(lines: &[&str], at: usize, indent: usize) -> (Vec<usize>, String) {
    let (mut all, mut least) = (Vec::new(), indent);
    let mut outermost = String::new();
    for before in (0..at).rev() {
        let line = lines[before];
        let depth = line.len() - line.trim_start().len();
        if !line.trim().is_empty() && !line.trim_start().starts_with('#') && depth < least {
            all.push(before + 1);
            least = depth;
            line.trim().clone_into(&mut outermost);
        }
    }
    (all, outermost)
}

/// A key that no format knows is put into every map: it comes out in the design or in a note on its line, or all that it stands in
/// is told.
#[test]
fn nothing_is_lost_in_silence() {
    let mut tried = 0;
    for (format, name, text) in cases() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(indent) = entry(line) else { continue };
            let (stands_in, outermost) = around(&lines, at, indent);
            if outermost.starts_with("x-") || outermost.starts_with("\"x-") {
                continue;
            }
            let probe = format!("{}zzprobe: zzvalue", " ".repeat(indent));
            let mut changed = lines.clone();
            changed.insert(at, &probe);
            // Within a text of several lines it is no key.
            let Ok(understood) = import::read(&name, changed.join("\n").as_bytes(), Some(&format)) else { continue };
            tried += 1;
            let in_design = manifest::write(&understood.design).contains("zz");
            let in_notes = understood.notes.iter().any(|note| {
                note.line == at + 1
                    || stands_in.contains(&note.line)
                    || note.args.iter().any(|(_, text)| text.contains("zzprobe"))
            });
            assert!(in_design || in_notes, "{format}/{name}: line {} is lost:\n{}", at + 1, told(&understood));
        }
    }
    assert!(tried > 100, "{tried}");
}
