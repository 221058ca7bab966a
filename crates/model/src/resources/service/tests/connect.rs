use serde_json::{Value, json};

use super::CLEAN;
use crate::Kind;
use crate::testing::{Drawing, shop};

/// The shop, whose service calls a second one. Ids: `service2`, `task2`, and `call` is the link.
fn calling() -> (Drawing, crate::LinkId) {
    let mut d = shop();
    let server = d.node_in(Kind::Service, "Pedidos", &"cluster1".into());
    let task = d.node(Kind::TaskDefinition, "pedidos");
    d.set(&task, "containers.0.image", "public.ecr.aws/docker/library/httpd:2.4");
    d.link(&server, &task);
    d.link(&task, &"role1".into());
    for task in ["task1", "task2"] {
        d.choose(task, "cpu", 512);
    }
    let call = d.link(&"service1".into(), &server);
    (d, call)
}

#[test]
fn one_service_calls_another_by_its_name() {
    let (mut d, call) = calling();
    assert_eq!(d.codes(), CLEAN);
    d.set("service2", "connectLogs", true);
    d.set("task2", "containers.0.ports.0.name", "http");
    d.set("task2", "containers.0.ports.0.appProtocol", "http");
    d.set(&call, "idleTimeout", 60);
    d.set(&call, "requestTimeout", 15);
    assert_eq!(d.codes(), CLEAN);
    let stack = d.stack();
    let of = |id: &str, key: &str| stack[id][key].clone();
    insta::assert_json_snapshot!(json!({
        "namespace": stack["TiendaNamespace"],
        "cluster": of("TiendaCluster", "ServiceConnectDefaults"),
        "server": of("PedidosService", "ServiceConnectConfiguration"),
        "client": of("CatalogoService", "ServiceConnectConfiguration"),
        "client waits": of("CatalogoService", "DependsOn"),
        "port": stack["PedidosTaskDefinition"]["ContainerDefinitions"][0]["PortMappings"],
        "admitted": stack["CatalogoPedidosConnectIngress"],
        "logs": stack["PedidosConnectLogGroup"],
    }));
}

#[test]
fn the_line_tells_what_is_called() {
    let (mut d, call) = calling();
    let told = |d: &Drawing| {
        let link = d.design.link(&call).unwrap();
        (link.kind().spec().summary)(&d.design, link)[0].args[0].1.clone()
    };
    assert_eq!(told(&d), "pedidos:80");
    d.set(&call, "dnsName", "orders.local");
    d.set(&call, "port", 8080);
    assert_eq!(told(&d), "orders.local:8080");
}

#[test]
fn the_port_that_is_called_is_there() {
    let (mut d, call) = calling();
    d.set(&call, "portName", "app-80");
    assert_eq!(d.codes(), CLEAN);
    d.set(&call, "portName", "metrics");
    assert_eq!(d.codes(), ["SCN001"]);
    d.mend("SCN001");
    let udp = json!([{ "containerPort": 80, "protocol": "tcp" }, { "containerPort": 53, "protocol": "udp", "name": "dns" }]);
    d.set("task2", "containers.0.ports", udp);
    d.set(&call, "portName", "dns");
    assert_eq!(d.codes(), ["SCN009"]);
    d.mend("SCN009");
    d.set("task2", "containers.0.ports", json!([]));
    assert_eq!(d.codes(), ["SCN002"]);
}

#[test]
fn both_look_for_names_in_one_namespace() {
    let (mut d, _) = calling();
    let other = d.node(Kind::Cluster, "almacen");
    let mut place = d.design.node(&"service2".into()).unwrap().place.clone();
    place.parent = Some(other);
    d.apply(crate::Edit::Place { node: "service2".into(), place });
    assert_eq!(d.codes(), ["SCN003"]);
    d.mend("SCN003");
    assert_eq!(d.codes(), CLEAN);
    // It is made once.
    let stack = d.stack();
    assert_eq!(stack["TiendaNamespace"]["Name"], "almacen");
    assert_eq!(stack["AlmacenNamespace"], Value::Null);
    let defaults = &stack["AlmacenCluster"]["ServiceConnectDefaults"]["Namespace"];
    assert_eq!(defaults, "!GetAtt TiendaNamespace.Arn");
}

#[test]
fn a_port_has_one_name_and_a_name_one_port() {
    let (mut d, call) = calling();
    let third = d.node_in(Kind::Service, "envios", &"cluster1".into());
    let task = d.node(Kind::TaskDefinition, "envios");
    d.set(&task, "containers.0.image", "public.ecr.aws/docker/library/httpd:2.4");
    d.choose(&task, "cpu", 512);
    d.link(&third, &task);
    d.link(&task, &"role1".into());
    // A second client takes the names of the first.
    d.set(&call, "dnsName", "pedidos.tienda");
    let second = d.link(&third, &"service2".into());
    assert_eq!(d.get(&second, "dnsName"), "pedidos.tienda");
    d.link(&"service1".into(), &third);
    assert_eq!(d.codes(), CLEAN);
    d.set(&second, "dnsName", "otro");
    assert_eq!(d.codes(), ["SCN004"]);
    d.mend("SCN004");
    // Two services cannot share a name.
    let to_third = d.design.link_between(&"service1".into(), &third).unwrap().id.clone();
    d.set(&to_third, "dnsName", "pedidos.tienda");
    assert_eq!(d.codes(), ["SCN006"]);
    d.set(&to_third, "dnsName", "");
    d.set(&to_third, "discoveryName", "pedidos");
    assert_eq!(d.codes(), ["SCN005"]);
    d.set(&to_third, "discoveryName", "");
    assert_eq!(d.codes(), CLEAN);
}

#[test]
fn services_that_call_each_other_do_not_wait_for_each_other() {
    let (mut d, _) = calling();
    d.link(&"service2".into(), &"service1".into());
    assert_eq!(d.codes(), ["SCN007"]);
    let stack = crate::lower(&d.design);
    assert!(trazo_stack::creation_order(&stack).is_ok());
}

#[test]
fn tasks_have_room_and_a_network_for_the_proxy() {
    let (mut d, call) = calling();
    d.choose("task2", "cpu", 256);
    assert_eq!(d.codes(), ["SCN010"]);
    d.mend("SCN010");
    assert_eq!(d.codes(), CLEAN);
    d.set(&call, "requestTimeout", 5);
    assert_eq!(d.codes(), ["SCN011"]);
    d.mend("SCN011");
    assert_eq!(d.get("task2", "containers.0.ports.0.appProtocol"), "http");
    d.set("task2", "networkMode", "host");
    assert!(d.codes().contains(&"SCN008"));
    d.mend("SCN008");
}

#[test]
fn names_lead_nowhere_across_networks() {
    let (mut d, _) = calling();
    let vpc = d.node(Kind::Vpc, "otra");
    d.choose(&vpc, "source", "new");
    let other = d.node_in(Kind::Cluster, "almacen", &vpc);
    d.set(&other, "namespace", "tienda");
    let mut place = d.design.node(&"service2".into()).unwrap().place.clone();
    place.parent = Some(other);
    d.apply(crate::Edit::Place { node: "service2".into(), place });
    assert_eq!(d.codes(), ["SCN012"]);
}

#[test]
fn a_service_that_listens_is_called() {
    let (mut d, call) = calling();
    d.remove(&call);
    assert_eq!(d.codes(), ["SVC076"]);
    // What works in the background listens to nobody.
    d.set("task2", "containers.0.ports", json!([]));
    assert_eq!(d.codes(), CLEAN);
}
