//! What all importers share.

use super::*;

fn failure(text: &str) -> ImportError {
    read("a.yaml", text.as_bytes(), None).unwrap_err()
}

#[test]
fn a_manifest_is_a_design_already() {
    let text = crate::manifest::write(&crate::templates::ALL[0].design().unwrap());
    let understood = read("x.json", text.as_bytes(), None).unwrap();
    assert_eq!((understood.format, understood.placed, understood.notes.len()), ("manifest", true, 0));
    assert_eq!(crate::manifest::write(&understood.design), text);
}

#[test]
fn what_cannot_be_read_says_why() {
    assert_eq!(failure(""), ImportError::Empty);
    assert_eq!(failure(" \n# nothing\n"), ImportError::Empty);
    assert_eq!(failure("a: 1"), ImportError::Unknown);
    assert_eq!(failure("<svg/>"), ImportError::Unknown);
    assert_eq!(read("a", &[0xff, 0xfe], None).unwrap_err(), ImportError::NotText);
    assert_eq!(read("a", &vec![b' '; MOST_BYTES + 1], None).unwrap_err(), ImportError::TooLong);
    assert_eq!(read("a", b"a: 1", Some("nope")).unwrap_err(), ImportError::NoFormat("nope".to_owned()));
    assert!(matches!(failure("{\"trazo\": 1, \"nodes\": 3}"), ImportError::Manifest(_)));
    assert_eq!(failure("a: 1\n b: 2").position().unwrap().line, 2);
}
