//! Input as it comes: from other systems, cut off, or not meant for Trazo at all.

use std::io::{Read, Write};
use std::process::Stdio;

use crate::{LONELY, command, err, out, trazo, with_bytes};

#[test]
fn unusable_input_is_said_with_its_place_and_exit_code_two() {
    for (input, place) in [
        ("{", "-:1:1:"),
        ("{\n  \"trazo\": 9 }", "-:2:3:"),
        ("[]", "-:1:1:"),
        ("{ \"trazo\": 1, \"nodes\": [\n{ \"id\": \"a\", \"kind\": \"car\" }] }", "-:2:14:"),
        ("{ \"trazo\": 1, \"nodes\": [\r\n{ \"id\": \"a\", \"kind\": \"service\" },\r\n{ \"id\": \"a\" }] }", "-:3:1:"),
    ] {
        for lang in ["es", "en"] {
            let check = trazo(&["check", "-", "--lang", lang], input);
            assert_eq!((check.status.code(), out(&check).as_str()), (Some(2), ""), "{input}");
            assert!(err(&check).contains(place), "{input}: {}", err(&check));
            assert!(err(&check).contains('^'), "{input}: {}", err(&check));
            assert!(!err(&check).contains(": errors."), "a text is missing: {}", err(&check));
        }
    }
}

#[test]
fn what_cannot_be_read_is_told_why() {
    for (path, es, en) in [
        ("no/such/file", "no existe.", "it does not exist."),
        (env!("CARGO_MANIFEST_DIR"), "es una carpeta", "it is a folder"),
    ] {
        for (lang, words) in [("es", es), ("en", en)] {
            let check = trazo(&["check", path, "--lang", lang], "");
            assert_eq!(check.status.code(), Some(2));
            assert!(err(&check).contains(path) && err(&check).contains(words), "{}", err(&check));
        }
    }
}

#[test]
fn no_input_is_told_as_such() {
    for nothing in ["", " \r\n\t", "\u{feff}"] {
        let check = trazo(&["check", "-", "--lang", "en"], nothing);
        assert_eq!(check.status.code(), Some(2));
        assert_eq!(err(&check), "trazo: - is empty: a Trazo manifest was expected.\n");
    }
}

#[test]
fn what_is_no_text_is_told_with_its_place() {
    let check = with_bytes(&["check", "-", "--lang", "en"], b"{ \"trazo\": 1,\n\"\xc3\xb1\": \"\xff\" }");
    assert_eq!(check.status.code(), Some(2));
    assert!(err(&check).contains("-:2:7: The file is not text in UTF-8"), "{}", err(&check));
}

#[test]
fn files_of_other_systems_are_read_and_places_in_them_are_right() {
    let windows = format!("\u{feff}{}", LONELY.replace('\n', "\r\n"));
    let check = trazo(&["check", "-", "--lang", "es"], &windows);
    assert_eq!(out(&check), out(&trazo(&["check", "-", "--lang", "es"], LONELY)));
    // On the first line the mark at the beginning does not count.
    let line = format!("\u{feff}{}", LONELY.replace('\n', " "));
    let marked = out(&trazo(&["check", "-"], &line));
    assert_eq!(marked, out(&trazo(&["check", "-"], line.trim_start_matches('\u{feff}'))));
    assert!(marked.contains("-:1:"), "{marked}");
}

#[test]
fn tabs_keep_the_mark_below_what_is_meant() {
    let check = out(&trazo(&["check", "-"], &LONELY.replace("    \"props\"", "\t\t\"props\"")));
    assert!(check.contains("  3 | \t\t\"props\": { \"desiredCount\": 9000 } }\n    | \t\t           ^^^"), "{check}");
}

#[test]
fn nesting_without_end_is_refused() {
    for deep in ["[".repeat(100_000), format!("{{ \"trazo\": 1, \"nodes\": {}", "[{\"a\":".repeat(50_000))] {
        let check = trazo(&["check", "-"], &deep);
        assert_eq!(check.status.code(), Some(2));
        assert!(err(&check).len() < 2000, "{}", err(&check));
    }
}

#[test]
fn who_has_heard_enough_may_go() {
    let many: Vec<String> =
        (0..2000).map(|n| format!("{{ \"id\": \"s{n}\", \"kind\": \"service\", \"name\": \"s{n}\" }}")).collect();
    let manifest =
        format!("{{ \"trazo\": 1, \"name\": \"x\", \"region\": \"us-east-1\", \"nodes\": [{}] }}", many.join(",\n"));
    let mut child = command(&["check", "-"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(manifest.as_bytes()).unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    // The pipe is closed now, long before all is written.
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), err(&ended).as_str()), (Some(1), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = command(&["templates", "--lang", "en"]).stdout(full).output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(err(&ended).contains("the disk is full"), "{}", err(&ended));
}
