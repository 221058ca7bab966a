//! OpenAPI 3.0 with what API Gateway adds to it
//! (<https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html>): one file for each API,
//! to be imported there.
//!
//! What only the account knows (the address of a load balancer, the id of a VPC link) is a stage variable, so that the file can be
//! imported as it is; a note names each.

mod http;
mod rest;

use trazo_stack::{Expr, Object, Resource, Stack, Value, map};

use crate::export::{Source, Written, stem};
use crate::json;

pub(crate) fn write(source: &Source<'_>) -> Written {
    let mut written = Written::default();
    for (id, api) in source.stack.of_type("AWS::ApiGatewayV2::Api") {
        let mut file = File { source, variables: Vec::new() };
        let tree = http::tree(&mut file, id, api);
        file.store(api, &tree, &mut written);
    }
    for (id, api) in source.stack.of_type("AWS::ApiGateway::RestApi") {
        let mut file = File { source, variables: Vec::new() };
        let tree = rest::tree(&mut file, id, api);
        file.store(api, &tree, &mut written);
    }
    written
}

/// What is being written.
struct File<'a> {
    source: &'a Source<'a>,
    variables: Vec<String>,
}

impl<'a> File<'a> {
    fn stack(&self) -> &'a Stack {
        self.source.stack
    }

    fn store(self, api: &Resource, tree: &Value, written: &mut Written) {
        let taken = |stem: &str| written.files.iter().any(|file| file.path == format!("{stem}.json"));
        let path = format!("{}.json", stem(api.text("Name"), "api", taken));
        written.add(path, json::pretty(tree));
        for variable in self.variables {
            written.note("stage_variable", variable, Some(&api.origin));
        }
    }

    /// The place of something that only the account knows.
    fn variable(&mut self, id: &str, attribute: &str) -> String {
        let mut name: String = format!("{id}{attribute}").chars().filter(char::is_ascii_alphanumeric).collect();
        if let Some(first) = name.get(..1).map(str::to_ascii_lowercase) {
            name.replace_range(..1, &first);
        }
        if !self.variables.contains(&name) {
            self.variables.push(name.clone());
        }
        format!("${{stageVariables.{name}}}")
    }

    fn known(&mut self, id: &str, attribute: &str) -> String {
        match id {
            "AWS::Region" => self.source.design.region().to_owned(),
            "AWS::Partition" => "aws".to_owned(),
            "AWS::URLSuffix" => "amazonaws.com".to_owned(),
            "AWS::AccountId" => self.variable("accountId", ""),
            _ => self.variable(id, attribute),
        }
    }

    /// A value as text, with stage variables for what is not known.
    fn text(&mut self, value: &Value) -> String {
        match &value.expr {
            Expr::Str(text) => text.clone(),
            Expr::Int(number) => number.to_string(),
            Expr::Num(number) => number.to_string(),
            Expr::Bool(flag) => flag.to_string(),
            Expr::Ref(id) => self.known(id, ""),
            Expr::Att(id, name) => self.known(id, name),
            Expr::Sub(text) => self.filled(text),
            Expr::Join(by, items) => items.iter().map(|item| self.text(item)).collect::<Vec<_>>().join(by),
            _ => String::new(),
        }
    }

    fn filled(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            out.push_str(before);
            let Some((name, behind)) = after.split_once('}') else {
                rest = after;
                break;
            };
            match (name.strip_prefix('!'), name.split_once('.')) {
                (Some(literal), _) => out.push_str(&format!("${{{literal}}}")),
                (None, Some((id, attribute))) => out.push_str(&self.known(id, attribute)),
                (None, None) => out.push_str(&self.known(name, "")),
            }
            rest = behind;
        }
        out.push_str(rest);
        out
    }

    /// The same tree without functions.
    fn plain(&mut self, value: &Value) -> Value {
        let expr = match &value.expr {
            Expr::Map(entries) => {
                Expr::Map(entries.iter().map(|(key, inner)| (key.clone(), self.plain(inner))).collect())
            }
            Expr::List(items) => Expr::List(items.iter().map(|item| self.plain(item)).collect()),
            Expr::Null | Expr::Bool(_) | Expr::Int(_) | Expr::Num(_) | Expr::Str(_) => value.expr.clone(),
            _ => Expr::Str(self.text(value)),
        };
        Value { expr, origin: value.origin.clone() }
    }

    fn head(&self, api: &Resource) -> Object {
        let mut info = Object::new();
        info.insert("title".into(), api.text("Name").into());
        if !api.text("Description").is_empty() {
            info.insert("description".into(), api.text("Description").into());
        }
        info.insert("version".into(), "1.0".into());
        let mut all = Object::new();
        all.insert("openapi".into(), "3.0.1".into());
        all.insert("info".into(), Value::from(info).from_origin(api.origin.clone()));
        all
    }
}

/// Whether a resource belongs to an API.
fn belongs(resource: &Resource, key: &str, api: &str) -> bool {
    resource.get(key).and_then(Value::names) == Some(api)
}

/// The parameters in a path. API Gateway names a greedy one without its sign.
fn path_parameters(path: &str) -> Vec<Value> {
    let names =
        path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.trim_end_matches('+'));
    names.map(|name| parameter(name, "path", true)).collect()
}

fn parameter(name: &str, place: &str, required: bool) -> Value {
    map([
        ("name", name.into()),
        ("in", place.into()),
        ("required", required.into()),
        ("schema", map([("type", "string".into())])),
    ])
}

/// A method as OpenAPI names it.
fn method_key(method: &str) -> String {
    match method {
        "ANY" => "x-amazon-apigateway-any-method".to_owned(),
        other => other.to_ascii_lowercase(),
    }
}

/// Copies what is there under the name of the extension.
fn copy(file: &mut File<'_>, from: &Value, pairs: &[(&str, &str)], out: &mut Object) {
    for (key, name) in pairs {
        if let Some(value) = from.get(key) {
            out.insert((*name).to_owned(), file.plain(value));
        }
    }
}
