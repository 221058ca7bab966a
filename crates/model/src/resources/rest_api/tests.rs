mod access;
mod lowering;
mod routes;
mod trial;
mod values;

use serde_json::{Value, json};

use crate::testing::{Drawing, shop};
use crate::{Kind, LinkId, NodeId};

const NONE: [&str; 0] = [];

fn api() -> NodeId {
    "rest1".into()
}

/// The Tienda Virtual behind a REST API, without a finding.
fn rest_shop() -> Drawing {
    let mut d = shop();
    d.remove(&NodeId::new("api1"));
    let api = d.node(Kind::RestApi, "portal");
    d.link(&api, &"alb1".into());
    d.link(&"users1".into(), &api);
    d
}

/// The same with an internal load balancer, reached by a VPC link.
fn private_shop() -> Drawing {
    let mut d = rest_shop();
    let link = integration(&d);
    d.set(&NodeId::new("alb1"), "scheme", "internal");
    d.set(&link, "connection", "private");
    d
}

/// The private shop with a key in a plan, which its one method asks for.
fn guarded_shop() -> Drawing {
    let mut d = private_shop();
    let link = integration(&d);
    d.set(&api(), "usagePlans", json!([{"name": "basico"}]));
    d.set(&api(), "apiKeys", json!([{"name": "movil", "plan": "basico"}]));
    d.set(&link, "routes.0.apiKey", true);
    d
}

fn integration(d: &Drawing) -> LinkId {
    d.design.link_between(&api(), &"alb1".into()).unwrap().id.clone()
}

/// The API's part of the template.
fn only(d: &Drawing) -> Value {
    let Value::Object(mut all) = d.stack() else { panic!() };
    let own = |id: &str| id.starts_with("Portal") || id.starts_with("ApiGateway");
    all.retain(|id, _| own(id.trim_start_matches("→ ")));
    Value::Object(all)
}
