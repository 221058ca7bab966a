//! Calls that cannot be understood, and help.

use crate::{LONELY, command, err, out, trazo};

#[test]
fn what_is_not_understood_is_told_with_what_was_meant() {
    for (call, es, en) in [
        (&["chek", "-"][..], "No hay ninguna orden «chek». ¿Querías decir `check`?", "Did you mean `check`?"),
        (&["check", "-", "--formt", "json"], "No se entiende «--formt».", "Did you mean `--format`?"),
        (&["check", "-", "--format", "jsn"], "Puede ser: text, json, sarif.", "Did you mean `json`?"),
        (&["check", "-", "--format"], "A --format", "lacks a value."),
        (&["check"], "Falta <ARCHIVO>.", "<FILE> is missing."),
        (&["export", "-"], "Falta --to", "is missing."),
        (&["check", "a", "b"], "No se entiende «b».", "“b” is not understood."),
        (&["templates", "show", "tienda-virtul"], "¿Querías decir `tienda-virtual`?", "Did you mean `tienda-virtual`?"),
        (&["check", "-", "--format", "json", "--format", "text"], "aparece más de una vez.", "more than once."),
    ] {
        for (lang, words) in [("es", es), ("en", en)] {
            let refused = trazo(&[call, &["--lang", lang]].concat(), LONELY);
            let said = err(&refused);
            assert_eq!((refused.status.code(), out(&refused).as_str()), (Some(2), ""), "{call:?}");
            assert!(said.starts_with("trazo: ") && said.contains(words), "{call:?}: {said}");
            assert!(!said.contains("cli.") && !said.contains('{'), "{said}");
        }
    }
}

#[test]
fn a_language_that_there_is_not_is_refused() {
    let refused = trazo(&["check", "-", "--lang", "fr"], LONELY);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("es, en"), "{}", err(&refused));
}

#[test]
fn help_is_in_the_language_of_the_call() {
    for (lang, words, foreign) in
        [("es", "Uso: trazo check ARCHIVO|-", "Usage"), ("en", "Usage: trazo check FILE|-", "Uso")]
    {
        let help = trazo(&["check", "--help", "--lang", lang], "");
        assert_eq!(help.status.code(), Some(0));
        assert!(out(&help).contains(words), "{}", out(&help));
        assert!(!out(&help).contains(foreign) && !out(&help).contains("cli."), "{}", out(&help));
    }
    let whole = trazo(&["--help", "--lang=es"], "");
    for command in ["templates", "check", "plan", "export", "import", "explain", "schema"] {
        assert!(out(&whole).contains(command), "{}", out(&whole));
    }
    assert_eq!(out(&trazo(&["--version"], "")), format!("trazo {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn without_a_command_the_help_is_shown_as_a_fault() {
    let nothing = trazo(&[], "");
    assert_eq!((nothing.status.code(), out(&nothing).as_str()), (Some(2), ""));
    assert!(err(&nothing).contains("trazo COMMAND"), "{}", err(&nothing));
}

#[test]
fn the_language_of_the_environment_is_spoken() {
    let of = |name: &str, value: &str| out(&command(&["templates"]).env(name, value).output().unwrap());
    let spanish = out(&trazo(&["templates", "--lang", "es"], ""));
    assert_eq!(of("LANG", "es_PE.UTF-8"), spanish);
    assert_eq!(of("LC_ALL", "es_ES.UTF-8"), spanish);
    assert_ne!(of("LANG", "de_DE.UTF-8"), spanish);
}
