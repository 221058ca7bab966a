//! Designs for tests, drawn in a few words.

use serde_json::Value;

use crate::edit::{Edit, apply};
use crate::{Design, Finding, Kind, LinkId, Node, NodeId, Target, check, commands, lower};

/// A design that is being drawn. Each step panics where the document refuses it: a test that draws badly is wrong.
#[derive(Clone, Debug)]
pub(crate) struct Drawing {
    /// What was drawn so far.
    pub(crate) design: Design,
}

impl Drawing {
    /// An empty design.
    pub(crate) fn new() -> Self {
        Self { design: Design::new("Tienda Virtual", "us-east-1") }
    }

    /// Adds a node; its id is the next one of its kind.
    pub(crate) fn node(&mut self, kind: Kind, name: &str) -> NodeId {
        let id = self.design.free_node_id(kind);
        self.apply(Edit::add_node(Node::new(id.clone(), kind, name, 0, 0)));
        id
    }

    /// Adds a node inside a group.
    pub(crate) fn node_in(&mut self, kind: Kind, name: &str, group: &NodeId) -> NodeId {
        let id = self.design.free_node_id(kind);
        self.apply(Edit::add_node(Node::new(id.clone(), kind, name, 0, 0).inside(group)));
        id
    }

    /// Links two nodes as a person would.
    pub(crate) fn link(&mut self, from: &NodeId, to: &NodeId) -> LinkId {
        let edit = commands::connect(&self.design, from, to).unwrap();
        self.apply(edit);
        self.design.link_between(from, to).unwrap().id.clone()
    }

    /// Sets a field, and nothing that follows from it.
    pub(crate) fn set(&mut self, target: impl Into<Target>, path: &str, value: impl Into<Value>) {
        self.apply(Edit::set(target, path, value));
    }

    /// Sets a field as a person does, with what follows from it. `Value::Null` takes it away.
    pub(crate) fn choose(&mut self, target: impl Into<Target>, path: &str, value: impl Into<Value>) {
        let value = Some(value.into()).filter(|value: &Value| !value.is_null());
        let edit = commands::set_field(&self.design, &target.into(), path, value);
        self.apply(edit);
    }

    /// Removes an element with all that hangs on it.
    pub(crate) fn remove(&mut self, target: impl Into<Target>) {
        let edit = commands::remove(&self.design, &[target.into()]);
        self.apply(edit);
    }

    /// Applies an edit.
    pub(crate) fn apply(&mut self, edit: Edit) {
        apply(&mut self.design, edit).unwrap();
    }

    /// What the checks find.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        check(&self.design)
    }

    /// The findings with this code.
    pub(crate) fn found(&self, code: &str) -> Vec<Finding> {
        self.findings().into_iter().filter(|finding| finding.code == code).collect()
    }

    /// A property of a node or a link as the manifest holds it; `null` where it is not there.
    pub(crate) fn get(&self, target: impl Into<Target>, path: &str) -> Value {
        let all = crate::element_json(&self.design, &target.into()).unwrap();
        crate::path::get(&all, path).cloned().unwrap_or_default()
    }

    /// The codes of all findings, sorted, each once.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<_> = self.findings().iter().map(|finding| finding.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Applies the fix of the only finding with this code, after which there is none.
    pub(crate) fn mend(&mut self, code: &str) {
        let found = self.found(code);
        assert_eq!(found.len(), 1, "{code}: {found:?}");
        self.apply(found[0].fix.clone().unwrap_or_else(|| panic!("{code} has no fix")).edit);
        assert_eq!(self.found(code), [], "{code} is still there");
    }

    /// The template as JSON without origins, to be read by people.
    pub(crate) fn stack(&self) -> Value {
        shown(&lower(&self.design))
    }
}

/// In tests elements are named by their ids: `link1` is a link, all else a node.
impl From<&str> for Target {
    fn from(id: &str) -> Self {
        if id.starts_with("link") { Self::Link(id.into()) } else { Self::Node(id.into()) }
    }
}

/// The Tienda Virtual in small, without a finding: users, an API, a load balancer, a cluster with one service, its task
/// definition and role. Ids: `users1`, `api1`, `alb1`, `cluster1`, `service1`, `task1`, `role1`.
pub(crate) fn shop() -> Drawing {
    let mut d = Drawing::new();
    let cluster = d.node(Kind::Cluster, "tienda");
    let service = d.node_in(Kind::Service, "catalogo", &cluster);
    let task = d.node(Kind::TaskDefinition, "catalogo");
    let role = d.node(Kind::Role, "catalogo-execution");
    d.set(&task, "containers.0.image", "public.ecr.aws/docker/library/httpd:2.4");
    d.link(&service, &task);
    d.link(&task, &role);
    let balancer = d.node(Kind::LoadBalancer, "publico");
    d.link(&balancer, &service);
    let api = d.node(Kind::HttpApi, "api");
    d.link(&api, &balancer);
    let users = d.node(Kind::Users, "clientes");
    d.link(&users, &api);
    d
}

fn shown(stack: &trazo_stack::Stack) -> Value {
    let mut all = serde_json::Map::new();
    for (name, parameter) in &stack.parameters {
        all.insert(name.clone(), parameter.type_name.into());
    }
    for (id, resource) in &stack.resources {
        let mut one = serde_json::Map::new();
        one.insert("Type".into(), resource.type_name.into());
        if !resource.depends_on.is_empty() {
            one.insert("DependsOn".into(), resource.depends_on.clone().into());
        }
        for (key, value) in &resource.properties {
            one.insert(key.clone(), expression(value));
        }
        all.insert(id.clone(), Value::Object(one));
    }
    for (name, output) in &stack.outputs {
        all.insert(format!("→ {name}"), expression(&output.value));
    }
    Value::Object(all)
}

fn expression(value: &trazo_stack::Value) -> Value {
    use trazo_stack::Expr;
    let list = |items: &[trazo_stack::Value]| -> Value { items.iter().map(expression).collect() };
    match &value.expr {
        Expr::Null => Value::Null,
        Expr::Bool(flag) => (*flag).into(),
        Expr::Int(number) => (*number).into(),
        Expr::Num(number) => (*number).into(),
        Expr::Str(text) => text.clone().into(),
        Expr::List(items) => list(items),
        Expr::Map(entries) => entries.iter().map(|(key, entry)| (key.clone(), expression(entry))).collect(),
        Expr::Ref(id) => format!("!Ref {id}").into(),
        Expr::Att(id, attribute) => format!("!GetAtt {id}.{attribute}").into(),
        Expr::Sub(text) => format!("!Sub {text}").into(),
        Expr::Join(delimiter, items) => serde_json::json!({ "!Join": [delimiter, list(items)] }),
        Expr::Select(index, inner) => serde_json::json!({ "!Select": [index, expression(inner)] }),
        Expr::Zones => "!GetAZs".into(),
        Expr::Cidr(block, count, bits) => serde_json::json!({ "!Cidr": [expression(block), count, bits] }),
        Expr::Base64(text) => serde_json::json!({ "!Base64": expression(text) }),
    }
}
