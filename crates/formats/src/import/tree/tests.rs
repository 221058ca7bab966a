//! JSON and YAML as trees.

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn tree(text: &str) -> Tree {
    Tree::read(text).unwrap()
}

fn error(text: &str) -> ImportError {
    Tree::read(text).unwrap_err()
}

fn unread(tree: &Tree) -> Vec<(usize, String)> {
    let mut draft = Draft::new("");
    tree.tell_unread(&mut draft);
    let notes = draft.finish("").notes;
    notes.into_iter().map(|note| (note.line, note.args.into_iter().map(|(_, text)| text).collect())).collect()
}

#[test]
fn json_and_yaml_give_one_value() {
    let json = tree(r#"{"a": [1, -2.5, "x\n\u00e9", true, null], "b": {}}"#);
    let yaml = tree("a:\n  - 1\n  - -2.5\n  - \"x\\né\"\n  - true\n  - ~\nb: {}\n");
    assert!(json.is_json() && !yaml.is_json());
    assert_eq!(json.root().json(), json!({"a": [1, -2.5, "x\né", true, null], "b": {}}));
    assert_eq!(yaml.root().json(), json.root().json());
}

#[test]
fn values_know_their_places() {
    let text = "{\"ñ\": \"ñ\",\n \"b\": [1,\n  {\"c\": 2}]}";
    for tree in [tree(text), Tree::read_yaml(text).unwrap()] {
        let place = |path: &str| tree.root().at(path).map(|node| (node.line(), node.column())).unwrap();
        assert_eq!((place("ñ"), place("b"), place("b.1.c")), ((1, 7), (2, 7), (3, 9)));
    }
}

#[test]
fn short_tags_are_kept_and_those_of_yaml_obeyed() {
    let tree = tree("a: !Ref x\nb: !Sub [y, {z: !GetAtt q.Arn}]\nc: !!str 12\nd: 012345678901\n");
    assert_eq!(tree.root().at("a").unwrap().tag(), Some("Ref"));
    assert_eq!(tree.root().at("b").unwrap().tag(), Some("Sub"));
    assert_eq!(tree.root().at("b.1.z").unwrap().tag(), Some("GetAtt"));
    assert_eq!(tree.root().at("c").unwrap().json(), json!("12"));
    assert_eq!(tree.root().text_of("d"), Some("012345678901"));
}

#[test]
fn aliases_and_merge_keys_are_unfolded() {
    let tree = tree("x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\nz: [*x]\nw:\n  <<: [*x, {c: 4, a: 9}]\n");
    let all = tree.root().json();
    assert_eq!(all["y"], json!({"b": 3, "a": 1}));
    assert_eq!(all["z"], json!([{"a": 1, "b": 2}]));
    assert_eq!(all["w"], json!({"a": 1, "b": 2, "c": 4}));
}

#[test]
fn bombs_are_refused() {
    let nested = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("- ", ""), ("{a: ", "}"), ("? ", "")] {
        let failure = error(&nested(open, close));
        assert!(matches!(failure, ImportError::TooDeep { .. } | ImportError::Syntax { .. }), "{open}: {failure:?}");
    }
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..12 {
        let before = format!("*a{}", n - 1);
        laughs.push_str(&format!("a{n}: &a{n} [{}]\n", [before.as_str(); 10].join(", ")));
    }
    assert!(matches!(error(&laughs), ImportError::TooMany { .. }));
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), ["*a"; 1000].join(", "));
    assert!(matches!(error(&long), ImportError::TooMany { .. }));
    assert!(matches!(error("a: &a [*a]"), ImportError::TooMany { .. } | ImportError::Syntax { .. }));
    assert!(matches!(error(&format!("[{}0]", "0,".repeat(300_000))), ImportError::TooMany { .. }));
}

#[test]
fn faults_have_places() {
    let place = |text: &str| error(text).position().map(|place| (place.line, place.column)).unwrap();
    assert_eq!(place("{\n \"a\": tru\n,"), (2, 7));
    assert_eq!(place("{\"é\": \"\\x\"}"), (1, 7));
    assert_eq!(place("a: 1\nb: \0"), (2, 4));
    assert_eq!(place("{\"a\": \"\\"), (1, 9));
}

#[test]
fn what_nobody_reads_is_told_with_its_line() {
    let tree = tree("a: 1\nb:\n  c: [1]\n  d: {e: 2}\nf: []\ng: [{h: 1}]\n---\nz: 1\n");
    tree.root().text_of("a");
    tree.root().at("b.c");
    tree.root().get("b").unwrap().get("d").unwrap().text();
    tree.root().get("g").unwrap().items()[0].entries();
    let told = unread(&tree);
    let told: Vec<(usize, &str)> = told.iter().map(|(line, path)| (*line, path.as_str())).collect();
    assert_eq!(told, [(7, ""), (3, "b.c"), (4, "b.d"), (6, "g.0.h")]);
    tree.root().skip();
    assert_eq!(unread(&tree).len(), 1);
}

#[test]
fn values_are_read_as_what_they_are() {
    let tree = tree("a: yes\nb: '8'\nc: 1.5\nd: x\ne: .inf\n");
    let root = tree.root();
    assert_eq!(root.get("a").unwrap().flag(), Some(true));
    assert_eq!(root.get("b").unwrap().int(), Some(8));
    assert_eq!(root.get("c").unwrap().number(), Some(1.5));
    assert_eq!(root.get("d").unwrap().int(), None);
    assert_eq!(root.get("e").unwrap().number(), None);
    assert_eq!(unread(&tree), [(4, "d".to_owned()), (5, "e".to_owned())]);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[\\[\\]{},:\"a0\n \\-&*!?|>#%@'é\t]{0,60}") {
        let _ = Tree::read(&text);
    }

    #[test]
    fn json_is_read_as_the_library_reads_it(text in "[\\[\\]{},:\"a0. \n\\\\é]{0,30}") {
        let ours = json::read(&text).ok().map(|node| node.json());
        let theirs = serde_json::from_str::<serde_json::Value>(&text).ok();
        prop_assert_eq!(ours, theirs);
    }
}
