//! Look-ups as the page and the command line make them.

use trazo_texts::{Lang, count, has, keys, missing, phrase, text};

#[test]
fn each_language_answers_in_its_own_words() {
    assert_eq!(text(Lang::Es, "ui.top.undo", &[]), "Deshacer");
    assert_eq!(text(Lang::En, "ui.top.undo", &[]), "Undo");
}

#[test]
fn words_that_need_no_translation_pass_through() {
    assert_eq!(text(Lang::Es, "plain", &[("text", "10.0.0.0/16 {n}")]), "10.0.0.0/16 {n}");
}

#[test]
fn a_key_without_text_shows_itself() {
    for key in ["", "ui", "ui.top", "ui.top.undo.", "no.such.key", "\u{1f}", "ñ"] {
        assert_eq!(text(Lang::Es, key, &[("n", "1")]), key);
        assert!(!has(key), "{key}");
    }
}

#[test]
fn one_is_one_and_all_else_is_other() {
    let es = |n: i64| count(Lang::Es, "ui.problems.errors", n, &[]);
    assert_eq!([es(1), es(2), es(0), es(-1)], ["1 error", "2 errores", "0 errores", "-1 errores"]);
    assert_eq!(count(Lang::En, "ui.problems.errors", 1_usize, &[]), "1 error");
    assert_eq!(count(Lang::En, "ui.problems.errors", 1_234_u64, &[]), "1234 errors");
}

#[test]
fn phrases_bring_their_own_arguments() {
    let name = [("name", "tienda".to_owned())];
    assert_eq!(phrase(Lang::Es, "ui.command.go_to", None, &name), "Ir a tienda");
    assert_eq!(phrase(Lang::En, "ui.problems.errors", Some(1), &[]), "1 error");
}

#[test]
fn every_listed_key_is_found() {
    let keys: Vec<_> = keys().collect();
    assert!(keys.len() > 100, "{} keys", keys.len());
    assert!(keys.is_sorted());
    assert!(keys.iter().all(|key| has(key)));
    assert_eq!(missing(&keys), Vec::<String>::new());
}

#[test]
fn missing_names_what_has_no_text_and_knows_plurals() {
    let wanted = ["ui.top.undo", "ui.problems.errors", "ui.no.such", "ui.top"];
    assert_eq!(missing(&wanted), ["ui.no.such", "ui.top"]);
    assert_eq!(missing(&[String::from("check.NONE.message")]), ["check.NONE.message"]);
}
