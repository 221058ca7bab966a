//! Files of other tools: what comes out, what is told, and what is refused.

use crate::{LONELY, err, out, trazo, with_bytes};

/// Two services, of which one calls the other, and on line 8 something that ECS has no word for.
const COMPOSE: &str = "name: taller
services:
  web:
    image: public.ecr.aws/docker/library/nginx:1.29
    ports: ['8080:80']
    environment:
      PEDIDOS_URL: http://pedidos:3000
    cgroup_parent: m-executor
  pedidos:
    image: registry.example/pedidos:2
    expose: ['3000']
";

fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("trazo-import-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_compose_file_becomes_a_manifest_and_its_notes_go_apart() {
    for (lang, level) in [("es", "Queda fuera"), ("en", "Left out")] {
        let import = trazo(&["import", "-", "--lang", lang], COMPOSE);
        assert_eq!(import.status.code(), Some(0), "{}", err(&import));
        let manifest: serde_json::Value = serde_json::from_str(&out(&import)).unwrap();
        assert_eq!((&manifest["trazo"], &manifest["name"]), (&1.into(), &"taller".into()));
        let told = err(&import);
        let line = told.lines().find(|line| line.contains("cgroup_parent")).unwrap();
        assert!(line.starts_with(&format!("-:8: {level}: ")), "{told}");
        assert!(!told.contains("import.") && !told.contains('`'), "{told}");
        // What comes out is laid out, and can be read again as it is.
        let again = trazo(&["import", "-"], &out(&import));
        assert_eq!((out(&again), err(&again)), (out(&import), String::new()));
        let places: std::collections::BTreeSet<_> = manifest["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["x"].to_string() + "," + &node["y"].to_string())
            .collect();
        assert!(places.len() > 3, "{places:?}");
    }
}

#[test]
fn the_format_can_be_named_and_one_that_does_not_fit_is_refused() {
    let named = trazo(&["import", "-", "--from", "compose"], COMPOSE);
    let auto = trazo(&["import", "-", "--from", "auto"], COMPOSE);
    assert_eq!((named.status.code(), out(&named)), (Some(0), out(&auto)));
    let wrong = trazo(&["import", "-", "--from", "manifest", "--lang", "en"], COMPOSE);
    assert_eq!(wrong.status.code(), Some(2));
    let none = trazo(&["import", "-", "--from", "composed", "--lang", "en"], COMPOSE);
    assert_eq!(none.status.code(), Some(2));
    assert!(err(&none).contains("Did you mean `compose`?"), "{}", err(&none));
}

#[test]
fn notes_as_json_have_the_promised_form() {
    let import = trazo(&["import", "-", "--format", "json", "--lang", "en"], COMPOSE);
    let notes: serde_json::Value = serde_json::from_str(&err(&import)).unwrap();
    let notes = notes.as_array().unwrap();
    let about = notes.iter().find(|note| note["message"].as_str().unwrap().contains("cgroup_parent")).unwrap();
    assert_eq!((&about["level"], &about["line"]), (&"left".into(), &8.into()));
    assert!(about["code"].as_str().is_some_and(|code| code.starts_with("compose.")), "{about}");
}

#[test]
fn the_manifest_goes_into_a_file_where_one_is_named() {
    let folder = folder("to");
    let (input, to) = (folder.join("mi tienda.json"), folder.join("made.trazo.json"));
    std::fs::write(&input, LONELY).unwrap();
    let (input, to) = (input.to_str().unwrap(), to.to_str().unwrap());
    let import = trazo(&["import", input, "--to", to], "");
    let written = std::fs::read_to_string(to).unwrap();
    let failed = trazo(&["import", input, "--to", folder.to_str().unwrap(), "--lang", "en"], "");
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!((import.status.code(), out(&import)), (Some(0), format!("{to}\n")));
    assert_eq!(written, out(&trazo(&["import", "-"], LONELY)));
    assert_eq!(failed.status.code(), Some(2));
    assert!(err(&failed).contains("it is a folder"), "{}", err(&failed));
}

#[test]
fn what_cannot_be_imported_is_told_with_its_place_and_what_to_do() {
    let deep = "[".repeat(100_000);
    let large = "# x\n".repeat(2_000_000);
    for (input, es, en) in [
        ("colores:\n  - rojo\n", "no conoce el formato", "does not know the format"),
        ("services:\n  web:\n    image: 'nginx\n", "-:4:1: El archivo no es YAML", "-:4:1: The file is not"),
        ("{\n  \"paths\": {,}\n}", "-:2:13: El archivo no es JSON", "-:2:13: The file is not"),
        ("{ \"trazo\": 9, \"nodes\": [] }", "-:1:3: ", "-:1:3: "),
        (deep.as_str(), "-:1:", "-:1:"),
        (large.as_str(), "más de 5 MB", "5 MB"),
        ("", "no hay nada", "nothing"),
    ] {
        for (lang, words) in [("es", es), ("en", en)] {
            let import = trazo(&["import", "-", "--lang", lang], input);
            assert_eq!((import.status.code(), out(&import).as_str()), (Some(2), ""), "{words}");
            let said = err(&import);
            assert!(said.starts_with("trazo: ") && said.contains(words), "{words}: {said}");
            assert!(said.len() < 2_000 && !said.contains("errors."), "{said}");
        }
    }
    let binary = with_bytes(&["import", "-", "--lang", "es"], b"\x89PNG\xff\0");
    assert!(err(&binary).contains("no es texto"), "{}", err(&binary));
}
