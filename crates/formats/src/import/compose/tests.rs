//! Values of Compose.

use super::values::{Words, mebibytes, seconds, split};
use crate::import;

#[test]
fn variables_take_their_defaults() {
    let mut words = Words::default();
    for (text, filled) in [
        ("a$$b", "a$b"),
        ("${A:-x}/${B-y}", "x/y"),
        ("${A:-${B:-z}}", "z"),
        ("$A-${B}", "-"),
        ("${C:?why}", ""),
        ("${D:+yes}", ""),
        ("5$", "5$"),
        ("${open", "${open"),
    ] {
        assert_eq!(words.fill(text, 3), filled, "{text}");
    }
    assert_eq!(words.missing.keys().collect::<Vec<_>>(), ["A", "B", "C"]);
}

#[test]
fn durations_sizes_and_commands_are_read() {
    let times = ["90", "1m30s", "1h", "500ms", "x", ""].map(seconds);
    assert_eq!(times, [Some(90), Some(90), Some(3600), Some(1), None, None]);
    let sizes = ["512M", "1g", "1.5gb", "2097152", "64k", "x"].map(mebibytes);
    assert_eq!(sizes, [Some(512), Some(1024), Some(1536), Some(2), Some(1), None]);
    assert_eq!(split("sh -c \"echo 'a b' \\\"c\\\"\" d\\ e ''"), ["sh", "-c", "echo 'a b' \"c\"", "d e", ""]);
}

#[test]
fn services_become_services_with_what_they_say() {
    let text = "name: shop\nservices:\n  web:\n    image: shop/web:2\n    ports: ['8080:3000']\n    depends_on: [db]\n    \
                zzz: 1\n  db:\n    image: postgres:17\n";
    let understood = import::read("compose.yaml", text.as_bytes(), None).unwrap();
    assert_eq!(understood.format, "compose");
    let design = &understood.design;
    let count = |kind| design.nodes_of(kind).count();
    use trazo_model::Kind;
    assert_eq!((count(Kind::Service), count(Kind::TaskDefinition), count(Kind::LoadBalancer)), (2, 2, 1));
    let unknown: Vec<usize> =
        understood.notes.iter().filter(|note| note.key == "import.note.not_understood").map(|note| note.line).collect();
    assert_eq!(unknown, [7]);
}
