use serde_json::json;

use crate::Kind;
use crate::testing::{Drawing, shop};

#[test]
fn an_empty_cluster_is_told() {
    let mut d = Drawing::new();
    let cluster = d.node(Kind::Cluster, "tienda");
    assert_eq!(d.codes(), ["CLU001"]);
    d.node_in(Kind::Service, "catalogo", &cluster);
    assert!(d.found("CLU001").is_empty());
}

#[test]
fn names_are_those_that_ecs_takes() {
    let mut d = shop();
    let cluster = d.design.nodes().find(|node| node.kind() == Kind::Cluster).unwrap().id.clone();
    for name in ["tienda virtual", "tiénda", "", &"a".repeat(256)] {
        d.set(&cluster, "name", name);
        assert_eq!(d.codes(), ["FLD005"], "{name}");
    }
    d.set(&cluster, "name", "Tienda_virtual-2");
    assert!(d.codes().is_empty());
}

#[test]
fn its_template() {
    let mut d = Drawing::new();
    let cluster = d.node(Kind::Cluster, "tienda");
    d.set(&cluster, "spot", false);
    d.set(&cluster, "containerInsights", "enhanced");
    d.set(&cluster, "tags", json!([{ "key": "curso", "value": "distribuida" }]));
    insta::assert_json_snapshot!(d.stack());
}
