//! Every key that the code names has its text.

mod literals;

use trazo_texts::{keys, missing};

#[test]
fn keys_written_in_the_code_have_texts() {
    let all: Vec<_> = keys().collect();
    let lacks = |used: &literals::Used| {
        if used.open { !all.iter().any(|key| key.starts_with(&used.key)) } else { !missing(&[&used.key]).is_empty() }
    };
    let faults: Vec<_> =
        literals::all().iter().filter(|used| lacks(used)).map(|used| format!("{}: {}", used.place, used.key)).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn keys_are_found_in_code() {
    let found = |line, speaks| literals::keys(line, speaks).collect::<Vec<_>>();
    assert_eq!(
        found(r#"t("ui.top.undo"), count("cli.found", n)"#, true),
        [("ui.top.undo".to_owned(), false), ("cli.found".to_owned(), false)]
    );
    assert_eq!(found(r#"format!("ui.theme.{theme}.label")"#, true), [("ui.theme.".to_owned(), true)]);
    assert_eq!(found(r#"Phrase::counted("summary.tasks", n)"#, false), [("summary.tasks".to_owned(), false)]);
    assert_eq!(found(r#"path("ui.toml or so"), "other.key""#, true), []);
}
