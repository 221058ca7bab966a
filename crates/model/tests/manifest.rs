//! Reading and writing manifests: what is kept, and what is said of those that cannot be opened.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::{Value, json};
use trazo_model::{Kind, manifest};

/// A small design with all that a manifest can hold.
fn full() -> Value {
    json!({
        "trazo": 1, "name": "Tienda Virtual", "region": "us-west-2",
        "nodes": [
            { "id": "cluster1", "kind": "cluster", "name": "tienda", "x": 40, "y": 80, "w": 480, "h": 320,
              "tags": [{ "key": "curso", "value": "distribuida" }] },
            { "id": "service1", "kind": "service", "name": "catálogo", "x": 60, "y": 120, "in": "cluster1",
              "props": { "desiredCount": 3, "scaling": { "enabled": true, "targetCpu": 50 } } },
            { "id": "task1", "kind": "task_definition", "name": "catalogo", "x": 700, "y": -20,
              "props": { "containers": [{ "name": "app", "image": "httpd:2.4", "environment": [{ "name": "A", "value": "á\n\"" }] }] } },
            { "id": "role1", "kind": "role", "name": "lab", "x": 0, "y": 0, "props": { "source": "existing", "arn": "LabRole" } },
        ],
        "links": [
            { "id": "link1", "from": "service1", "to": "task1" },
            { "id": "link2", "from": "task1", "to": "role1", "props": { "use": "both" } },
        ],
        "notes": [{ "id": "note1", "x": 0, "y": 400, "w": 200, "h": 120, "in": "cluster1", "props": { "text": "Hola" } }],
        "view": { "x": -10, "y": 20, "zoom": 75 },
    })
}

/// Whether all that `part` says is also said by `whole`.
fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(key, value)| whole.get(key).is_some_and(|whole| holds(whole, value)))
        }
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len() && whole.iter().zip(part).all(|(whole, part)| holds(whole, part))
        }
        _ => whole == part,
    }
}

#[test]
fn what_was_read_is_written_again() {
    let design = manifest::from_json(full()).unwrap();
    let written = manifest::to_json(&design);
    assert!(holds(&written, &full()), "{written:#}");
    assert_eq!(manifest::to_json(&manifest::from_json(written.clone()).unwrap()).to_string(), written.to_string());
    assert_eq!(design.ancestor(&"service1".into(), Kind::Cluster).unwrap().name, "tienda");
    assert_eq!((design.view.x, design.view.zoom), (-10, 75));
}

#[test]
fn keys_stand_in_one_order() {
    let written = manifest::to_json(&manifest::from_json(full()).unwrap());
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&written), ["trazo", "name", "region", "nodes", "links", "notes", "view"]);
    assert_eq!(keys(&written["nodes"][0]), ["id", "kind", "name", "x", "y", "w", "h", "tags", "props"]);
    assert_eq!(keys(&written["nodes"][1]), ["id", "kind", "name", "x", "y", "in", "props"]);
    assert_eq!(keys(&written["links"][0]), ["id", "from", "to"]);
}

#[test]
fn what_a_newer_version_wrote_beside_is_kept() {
    let mut json = full();
    json["theme"] = json!({ "dark": true });
    json["nodes"][1]["colour"] = json!("red");
    json["nodes"][1]["props"]["retries"] = json!([1, 2]);
    json["links"][0]["bends"] = json!([[1, 2]]);
    json["links"][1]["props"]["since"] = json!("2027");
    json["notes"][0]["props"]["font"] = json!("serif");
    let written = manifest::to_json(&manifest::from_json(json.clone()).unwrap());
    assert!(holds(&written, &json), "{written:#}");
}

#[test]
fn what_cannot_be_kept_is_refused_and_not_dropped() {
    let mut json = full();
    json["nodes"][2]["props"]["containers"][0]["gpu"] = json!(1);
    let error = manifest::from_json(json).unwrap_err();
    assert_eq!((error.path.as_str(), error.phrase().key), ("nodes.2.props.containers.0.gpu", "errors.form.unknown"));
    let mut json = full();
    json["nodes"][1]["props"]["scaling"]["forecast"] = json!([]);
    assert_eq!(manifest::from_json(json).unwrap_err().path, "nodes.1.props.scaling.forecast");
}

#[test]
fn what_is_no_manifest_is_told() {
    for json in [
        json!(null),
        json!([]),
        json!("trazo"),
        json!({}),
        json!({ "trazo": "1" }),
        json!({ "trazo": 1.5 }),
        json!({ "trazo": 0 }),
        json!({ "AWSTemplateFormatVersion": "2010-09-09" }),
    ] {
        let error = manifest::from_json(json.clone()).unwrap_err();
        assert_eq!(error.phrase().key, "errors.manifest.not_manifest", "{json}");
    }
}

#[test]
fn a_newer_version_is_told_with_its_number() {
    let error = manifest::from_json(json!({ "trazo": 2, "nodes": "otherwise" })).unwrap_err();
    assert_eq!((error.path.as_str(), error.problem), ("trazo", manifest::Problem::Newer(2)));
}

#[test]
fn what_is_damaged_is_told_with_its_place() {
    let cases: [(&str, Value, &str, &str); 20] = [
        ("name", json!(7), "name", "form.type"),
        ("nodes", json!({}), "nodes", "form.type"),
        ("nodes.0", json!("cluster"), "nodes.0", "form.type"),
        ("nodes.0.id", json!(null), "nodes.0.id", "form.type"),
        ("nodes.0.id", json!("con espacio"), "nodes.0", "edit.bad_id"),
        ("nodes.0.id", json!("service1"), "nodes.1", "edit.bad_id"),
        ("nodes.0.kind", json!("clusters"), "nodes.0.kind", "manifest.kind"),
        ("nodes.0.x", json!("40"), "nodes.0.x", "form.type"),
        ("nodes.0.x", json!(2_000_000), "nodes.0", "edit.bad_place"),
        ("nodes.0.w", json!(10), "nodes.0", "edit.bad_place"),
        ("nodes.0.tags", json!([{ "key": 1 }]), "nodes.0.tags", "manifest.value"),
        ("nodes.1.in", json!("nobody"), "nodes.1.in", "edit.bad_parent"),
        ("nodes.1.in", json!("task1"), "nodes.1.in", "edit.bad_parent"),
        ("nodes.1.props", json!([]), "nodes.1.props", "form.type"),
        ("nodes.1.props.desiredCount", json!("3"), "nodes.1.props.desiredCount", "form.type"),
        ("nodes.1.props.launch", json!("mars"), "nodes.1.props.launch", "form.choice"),
        ("nodes.2.props.containers.0.ports", json!([80]), "nodes.2.props.containers.0.ports.0", "form.type"),
        ("links.0.to", json!("nobody"), "links.0.to", "manifest.no_node"),
        ("links.0.to", json!("cluster1"), "links.0", "manifest.link"),
        ("view", json!(true), "view", "form.type"),
    ];
    for (path, value, at, key) in cases {
        let mut json = full();
        trazo_model::path::set(&mut json, path, Some(value.clone())).unwrap();
        let error = manifest::from_json(json).unwrap_err();
        let key = format!("errors.{key}");
        assert_eq!((error.path.as_str(), error.phrase().key), (at, key.as_str()), "{path} = {value}: {error}");
    }
}

#[test]
fn what_has_to_be_there_is_told_when_it_is_not() {
    for (path, at, missing) in
        [("nodes.0.id", "nodes.0", "id"), ("nodes.0.kind", "nodes.0", "kind"), ("links.1.from", "links.1", "from")]
    {
        let mut json = full();
        trazo_model::path::set(&mut json, path, None).unwrap();
        let error = manifest::from_json(json).unwrap_err();
        assert_eq!((error.path.as_str(), error.problem), (at, manifest::Problem::Missing(missing)));
    }
}

#[test]
fn links_that_are_one_too_many_are_refused() {
    let mut json = full();
    let again = json["links"][0].clone();
    json["links"].as_array_mut().unwrap().push(again);
    assert_eq!(manifest::from_json(json.clone()).unwrap_err().path, "links.2");
    json["links"][2]["id"] = json!("link3");
    assert_eq!(manifest::from_json(json).unwrap_err().phrase().key, "errors.manifest.link");
}

#[test]
fn groups_in_a_circle_are_refused() {
    let json = json!({ "trazo": 1, "nodes": [
        { "id": "a", "kind": "cluster", "name": "a", "in": "b" },
        { "id": "b", "kind": "vpc", "name": "b", "in": "a" },
    ] });
    assert_eq!(manifest::from_json(json).unwrap_err().path, "nodes.1.in");
}

#[test]
fn a_group_may_come_after_what_lies_in_it_and_places_are_rounded() {
    let json = json!({ "trazo": 1, "nodes": [
        { "id": "s", "kind": "service", "name": "s", "x": 10.6, "y": -0.4, "in": "c" },
        { "id": "c", "kind": "cluster", "name": "c" },
    ] });
    let design = manifest::from_json(json).unwrap();
    let place = &design.node(&"s".into()).unwrap().place;
    assert_eq!((place.x, place.y, place.parent.as_ref().map(|id| id.as_str())), (11, 0, Some("c")));
    assert_eq!(manifest::to_json(&design)["nodes"][0]["x"], 11);
}

#[test]
fn little_is_enough() {
    let design = manifest::from_json(json!({ "trazo": 1 })).unwrap();
    assert!(design.is_empty());
    let bare = json!({ "trazo": 1, "nodes": Kind::ALL.into_iter().filter(|kind| *kind != Kind::Note)
        .map(|kind| json!({ "id": kind.spec().key, "kind": kind.spec().key })).collect::<Vec<_>>() });
    assert_eq!(manifest::from_json(bare).unwrap().nodes().len(), Kind::ALL.len() - 1);
}
