//! Good templates with changes of structure: whatever is taken out, put in or renamed, they are answered with a design that can be
//! saved and opened, and nothing that is put in is lost in silence.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use trazo_formats::import::{self, Understood};
use trazo_formats::{cloudformation, manifest, templates};
use trazo_model::{check, lower};

/// A change: where, which one, and what it is made with.
#[derive(Clone, Debug)]
struct Change {
    place: usize,
    kind: usize,
    with: usize,
}

fn changes(most: usize) -> impl Strategy<Value = (usize, Vec<Change>)> {
    let change = (any::<u32>(), any::<u8>(), any::<u32>()).prop_map(|(place, kind, with)| Change {
        place: usize::try_from(place).unwrap(),
        kind: usize::from(kind),
        with: usize::try_from(with).unwrap(),
    });
    (0..templates::ALL.len(), proptest::collection::vec(change, 0..most))
}

fn good(at: usize) -> Json {
    let design = templates::ALL[at].design().unwrap();
    serde_json::from_str(&cloudformation::document(&lower(&design)).text).unwrap()
}

/// The paths of all values below a value.
fn places(json: &Json, path: &str, out: &mut Vec<String>) {
    let mut visit = |key: &str, inner: &Json| {
        let path = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
        out.push(path.clone());
        places(inner, &path, out);
    };
    match json {
        Json::Object(entries) => entries.iter().for_each(|(key, value)| visit(key, value)),
        Json::Array(items) => items.iter().enumerate().for_each(|(at, item)| visit(&at.to_string(), item)),
        _ => {}
    }
}

/// Values of other types, and functions that stand for values.
fn other(with: usize, names: &[String], old: &Json) -> Json {
    let name = || names.get(with / 16 % names.len().max(1)).cloned().unwrap_or_default();
    match with % 16 {
        0 => Json::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1e300),
        4 => json!("texto"),
        5 => json!([]),
        6 => json!({}),
        7 => json!([old]),
        8 => json!({ "Ref": name() }),
        9 => json!({ "Fn::GetAtt": [name(), "Arn"] }),
        10 => json!({ "Fn::Sub": format!("x-${{{}}}-${{AWS::Region}}", name()) }),
        11 => json!({ "Fn::If": ["Nada", old, { "Ref": "AWS::NoValue" }] }),
        12 => json!({ "Fn::Join": ["", [old, { "Ref": name() }]] }),
        13 => json!({ "Fn::ImportValue": { "Fn::Sub": "${AWS::StackName}-x" } }),
        14 => json!({ "Fn::Select": [0, [old]] }),
        _ => (0..60).fold(
            old.clone(),
            |inner, at| if i32::is_positive(at % 2) { json!([inner]) } else { json!({ "A": inner }) },
        ),
    }
}

fn apply(template: &mut Json, change: &Change) {
    let names: Vec<String> = template["Resources"].as_object().unwrap_or(&Map::new()).keys().cloned().collect();
    let mut all = Vec::new();
    places(&template["Resources"], "/Resources", &mut all);
    if all.is_empty() {
        return;
    }
    let path = &all[change.place % all.len()];
    let (above, key) = path.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    match change.kind % 4 {
        0 => match template.pointer_mut(above) {
            Some(Json::Object(entries)) => _ = entries.shift_remove(&key),
            Some(Json::Array(items)) => _ = items.remove(key.parse().unwrap()),
            _ => {}
        },
        1 | 2 => {
            let slot = template.pointer_mut(path).unwrap();
            *slot = other(change.with, &names, slot);
        }
        // A resource under another name: those that name it still use the old one, or one that is not there.
        _ => {
            let Some(name) = names.get(change.place % names.len().max(1)) else { return };
            let resources = template["Resources"].as_object_mut().unwrap();
            if let Some(resource) = resources.shift_remove(name) {
                let fresh = format!("{name}X");
                resources.insert(fresh.clone(), resource);
                if change.with.is_multiple_of(2) {
                    let text = template.to_string().replace(&format!("\"{name}\""), &format!("\"{fresh}\""));
                    // What is too deep to be read as JSON keeps the old names.
                    *template = serde_json::from_str(&text).unwrap_or_else(|_| template.take());
                }
            }
        }
    }
}

/// Reads a template, and holds what holds of whatever is read.
fn answered(text: &str) -> Option<Understood> {
    let understood = import::read("plantilla.json", text.as_bytes(), Some("cloudformation")).ok()?;
    let design = &understood.design;
    assert_eq!(&manifest::read(&manifest::write(design)).unwrap(), design);
    let (stack, _) = (lower(design), check(design));
    let written = cloudformation::document(&stack).text;
    assert!(serde_json::from_str::<Json>(&written).is_ok());
    Some(understood)
}

/// Whether a map stands for another value.
fn is_function(map: &Json) -> bool {
    map.as_object().is_some_and(|map| map.keys().any(|key| key == "Ref" || key.starts_with("Fn::")))
}

/// The lines of what a line stands in, by indentation.
fn around(lines: &[&str], at: usize) -> Vec<usize> {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let (mut all, mut least) = (Vec::new(), depth(lines[at]));
    for before in (0..at).rev() {
        if depth(lines[before]) < least {
            all.push(before + 1);
            least = depth(lines[before]);
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_changed_is_answered((at, all) in changes(6)) {
        let mut template = good(at);
        all.iter().for_each(|change| apply(&mut template, change));
        answered(&template.to_string());
    }

    #[test]
    fn what_is_put_in_is_told((at, all) in changes(3), place in any::<u32>()) {
        let mut template = good(at);
        all.iter().for_each(|change| apply(&mut template, change));
        let mut maps = Vec::new();
        places(&template["Resources"], "/Resources", &mut maps);
        // The properties of a resource; maps deeper down are those of the files of many authors.
        maps.retain(|path| path.matches('/').count() == 3 && path.ends_with("/Properties"));
        maps.retain(|path| template.pointer(path).is_some_and(|map| map.is_object() && !is_function(map)));
        prop_assume!(!maps.is_empty());
        let path = &maps[usize::try_from(place).unwrap() % maps.len()];
        template.pointer_mut(path).unwrap().as_object_mut().unwrap().insert("ZzProbe".to_owned(), "zzvalue".into());
        let text = serde_json::to_string_pretty(&template).unwrap();
        let Some(understood) = answered(&text) else { return Ok(()) };
        let lines: Vec<&str> = text.lines().collect();
        let line = lines.iter().position(|line| line.contains("ZzProbe")).unwrap();
        let stands_in = around(&lines, line);
        let told = understood.notes.iter().any(|note| {
            note.line == line + 1
                || stands_in.contains(&note.line)
                || note.args.iter().any(|(_, text)| text.contains("ZzProbe"))
        });
        prop_assert!(told || manifest::write(&understood.design).to_lowercase().contains("zz"), "{path} is lost");
    }
}
