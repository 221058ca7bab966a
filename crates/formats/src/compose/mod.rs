//! Docker Compose files (<https://github.com/compose-spec/compose-spec/blob/main/spec.md>): the containers of a design on one's
//! own machine, behind a proxy that does what the load balancer's rules do.

mod container;
mod proxy;

use indexmap::IndexMap;
use trazo_stack::{Object, Resource, Stack, Value};

use crate::export::{MOST_LETTERS, Source, Written, stem};
use crate::{Document, yaml};

/// The proxy's image: it knows rules, weights, health checks and sticky sessions.
const PROXY_IMAGE: &str = "haproxy:3.2-alpine";
/// Where a load balancer's port is reached on one's own machine: ports below 1024 are not everybody's.
const PORTS_FROM: i64 = 8000;

pub(crate) fn write(source: &Source<'_>) -> Written {
    let mut written = Written::default();
    let mut project = Project {
        source,
        names: names(source.stack),
        environment: Vec::new(),
        volumes: Object::new(),
        services: Object::new(),
    };
    for (id, service) in source.stack.of_type("AWS::ECS::Service") {
        container::add(&mut project, id, service, &mut written);
    }
    if project.services.is_empty() {
        return written;
    }
    let balancers: Vec<_> = source.stack.of_type("AWS::ElasticLoadBalancingV2::LoadBalancer").collect();
    for (id, balancer) in balancers {
        proxy::add(&mut project, id, balancer, &mut written);
    }
    let mut file = Object::new();
    file.insert("name".into(), slug(source.design.name()).into());
    file.insert("services".into(), project.services.into());
    if !project.volumes.is_empty() {
        file.insert("volumes".into(), project.volumes.into());
    }
    written.files.insert(0, crate::export::File::text("compose.yaml", yaml::document(&file.into())));
    if !project.environment.is_empty() {
        let mut secrets = Document::default();
        secrets.push(&format!("# {}", source.voice.say("export.compose.secrets", &[])), None);
        for (name, origin) in &project.environment {
            secrets.push(&format!("{name}="), origin.as_ref());
        }
        // Compose reads `.env` by itself; the values are the person's.
        written.add(".env.example", secrets);
    }
    let functions: Vec<_> = source.stack.of_type("AWS::Lambda::Function").collect();
    for (id, function) in functions {
        written.note("compose_function", id, Some(&function.origin));
    }
    for (id, api) in apis(source) {
        written.note("compose_api", id, Some(&api.origin));
    }
    written
}

fn apis<'a>(source: &'a Source<'_>) -> impl Iterator<Item = (&'a str, &'a Resource)> {
    source.stack.of_type("AWS::ApiGatewayV2::Api").chain(source.stack.of_type("AWS::ApiGateway::RestApi"))
}

/// What is being written.
struct Project<'a> {
    source: &'a Source<'a>,
    /// What services and load balancers are called, by their logical ids.
    names: IndexMap<String, String>,
    /// Variables whose values the person gives, and what they are for.
    environment: Vec<(String, Option<trazo_stack::Origin>)>,
    volumes: Object,
    services: Object,
}

/// Names of services and load balancers: those that they have on AWS, as far as Compose takes them, and no two alike.
fn names(stack: &Stack) -> IndexMap<String, String> {
    let services = stack.of_type("AWS::ECS::Service").map(|(id, it)| (id, it.text("ServiceName")));
    let balancers = stack.of_type("AWS::ElasticLoadBalancingV2::LoadBalancer").map(|(id, it)| (id, it.text("Name")));
    let mut all: IndexMap<String, String> = IndexMap::new();
    for (id, name) in services.chain(balancers) {
        let name = slug(if name.is_empty() { id } else { name });
        let name = stem(&name, "app", |stem| all.values().any(|known| known == stem));
        all.insert(id.to_owned(), name);
    }
    all
}

impl Project<'_> {
    /// What a service or a load balancer is called.
    fn name(&self, id: &str) -> String {
        self.names.get(id).cloned().unwrap_or_default()
    }

    /// A place for a value that the person gives; the same name stands for the same value.
    fn asked(&mut self, name: &str, origin: Option<&trazo_stack::Origin>) -> String {
        let name: String = name
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' })
            .collect();
        if !self.environment.iter().any(|(known, _)| *known == name) {
            self.environment.push((name.clone(), origin.cloned()));
        }
        format!("${{{name}}}")
    }
}

/// A name as Compose takes it: lower case, digits and dashes.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        let letter = letter.to_lowercase().next().unwrap_or(letter);
        let plain = match letter {
            'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            other => other,
        };
        if plain.is_ascii_alphanumeric() {
            out.push(plain);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(MOST_LETTERS);
    let out = out.trim_end_matches('-');
    if out.is_empty() { "app".to_owned() } else { out.to_owned() }
}

/// A text in which Compose sees no variable.
fn literal(text: &str) -> Value {
    text.replace('$', "$$").into()
}

fn port(number: i64) -> i64 {
    if number < 1024 { number + PORTS_FROM } else { number }
}
