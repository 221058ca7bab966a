//! A load balancer as HAProxy (<https://docs.haproxy.org/3.2/configuration.html>): the same rules in the same order.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use trazo_stack::{Object, Origin, Resource, Stack, Value, list, map};

use super::{PROXY_IMAGE, Project, container, port};
use crate::Document;
use crate::export::Written;

pub(super) fn add(project: &mut Project<'_>, id: &str, balancer: &Resource, written: &mut Written) {
    let stack = project.source.stack;
    let name = project.name(id);
    let mut config = Config {
        stack,
        targets: targets(stack, &project.names),
        out: Document::default(),
        backends: Vec::new(),
        origin: balancer.origin.clone(),
    };
    config.head(balancer);
    let mut ports = Vec::new();
    let is_its = |listener: &Resource| listener.get("LoadBalancerArn").and_then(Value::names) == Some(id);
    let listeners: Vec<_> =
        stack.of_type("AWS::ElasticLoadBalancingV2::Listener").filter(|(_, it)| is_its(it)).collect();
    for (listener_id, listener) in &listeners {
        // There is no certificate here: what would be sent to HTTPS is answered at once, and HTTPS is plain HTTP.
        let redirects = listener.items("DefaultActions").first().and_then(|action| action.get("Type")?.as_str())
            == Some("redirect");
        if redirects && listeners.len() > 1 {
            continue;
        }
        let number = listener.get("Port").and_then(Value::as_int).unwrap_or(80);
        if listener.text("Protocol") == "HTTPS" {
            written.note("compose_https", name.clone(), Some(&listener.origin));
        }
        ports.push(format!("{}:{number}", port(number)));
        config.frontend(listener_id, listener, number);
    }
    config.backends();
    if ports.is_empty() {
        return;
    }
    let file = format!("proxy/{name}.cfg");
    let mut out = Object::new();
    out.insert("image".into(), PROXY_IMAGE.into());
    out.insert("ports".into(), list(ports));
    let mount = map([
        ("type", "bind".into()),
        ("source", format!("./{file}").into()),
        ("target", "/usr/local/etc/haproxy/haproxy.cfg".into()),
        ("read_only", true.into()),
    ]);
    out.insert("volumes".into(), vec![mount].into());
    let needs: Vec<String> = config.services();
    if !needs.is_empty() {
        out.insert("depends_on".into(), list(needs));
    }
    project.services.insert(name, Value::from(out).from_origin(balancer.origin.clone()));
    written.add(file, config.out);
}

/// Where requests go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Backend {
    /// The logical id of a target group.
    Group(String),
    /// An answer of the proxy's own: name, status, type and body.
    Answer(String, i64, String, String),
}

impl Backend {
    fn name(&self) -> String {
        match self {
            Self::Group(id) => id.clone(),
            Self::Answer(name, ..) => name.clone(),
        }
    }
}

struct Config<'a> {
    stack: &'a Stack,
    targets: BTreeMap<&'a str, Target>,
    out: Document,
    backends: Vec<(Backend, Origin)>,
    origin: Origin,
}

impl Config<'_> {
    fn line(&mut self, text: &str) {
        let origin = self.origin.clone();
        self.out.push(text, Some(&origin));
    }

    fn head(&mut self, balancer: &Resource) {
        let idle = balancer
            .items("LoadBalancerAttributes")
            .iter()
            .find(|it| it.get("Key").and_then(Value::as_str) == Some("idle_timeout.timeout_seconds"))
            .and_then(|it| it.get("Value")?.as_int())
            .unwrap_or(60);
        let lines = [
            "global".to_owned(),
            "  log stdout format raw local0 info".to_owned(),
            String::new(),
            "defaults".to_owned(),
            "  mode http".to_owned(),
            "  log global".to_owned(),
            "  option httplog".to_owned(),
            "  option forwardfor".to_owned(),
            "  timeout connect 5s".to_owned(),
            format!("  timeout client {idle}s"),
            format!("  timeout server {idle}s"),
            String::new(),
            "resolvers docker".to_owned(),
            "  nameserver dns 127.0.0.11:53".to_owned(),
            "  hold valid 5s".to_owned(),
        ];
        lines.iter().for_each(|line| self.line(line));
    }

    fn frontend(&mut self, id: &str, listener: &Resource, port: i64) {
        self.origin = listener.origin.clone();
        self.line("");
        self.line(&format!("frontend {id}"));
        self.line(&format!("  bind :{port}"));
        let stack = self.stack;
        let is_its = |rule: &Resource| rule.get("ListenerArn").and_then(Value::names) == Some(id);
        let mut rules: Vec<_> =
            stack.of_type("AWS::ElasticLoadBalancingV2::ListenerRule").filter(|(_, it)| is_its(it)).collect();
        rules.sort_by_key(|(_, rule)| rule.get("Priority").and_then(Value::as_int).unwrap_or(i64::MAX));
        for (rule_id, rule) in rules {
            self.origin = rule.origin.clone();
            let mut wanted = Vec::new();
            for (at, condition) in rule.items("Conditions").iter().enumerate() {
                let acl = format!("{rule_id}_{}", at + 1);
                let tests = tests(condition);
                tests.iter().for_each(|test| self.line(&format!("  acl {acl} {test}")));
                if !tests.is_empty() {
                    wanted.push(acl);
                }
            }
            let Some(backend) = backend(rule_id, rule.items("Actions")) else { continue };
            let condition = if wanted.is_empty() { String::new() } else { format!(" if {}", wanted.join(" ")) };
            self.line(&format!("  use_backend {}{condition}", backend.name()));
            self.take(backend);
        }
        self.origin = listener.origin.clone();
        if let Some(backend) = backend(&format!("{id}Default"), listener.items("DefaultActions")) {
            self.line(&format!("  default_backend {}", backend.name()));
            self.take(backend);
        }
    }

    fn take(&mut self, backend: Backend) {
        if !self.backends.iter().any(|(known, _)| *known == backend) {
            self.backends.push((backend, self.origin.clone()));
        }
    }

    fn backends(&mut self) {
        for (backend, origin) in self.backends.clone() {
            self.origin = origin;
            self.line("");
            self.line(&format!("backend {}", backend.name()));
            match backend {
                Backend::Group(id) => self.group(&id),
                Backend::Answer(_, status, kind, body) => {
                    // An answer without a body has no type either; some statuses forbid one.
                    if body.is_empty() || matches!(status, 204 | 304) {
                        self.line(&format!("  http-request return status {status}"));
                        continue;
                    }
                    let line = format!(
                        "  http-request return status {status} content-type {} string {}",
                        quoted(&kind),
                        quoted(&body)
                    );
                    self.line(&line);
                }
            }
        }
    }

    fn group(&mut self, id: &str) {
        let Some(group) = self.stack.resources.get(id) else { return };
        let attribute = |key: &str| {
            let found = group
                .items("TargetGroupAttributes")
                .iter()
                .find(|it| it.get("Key").and_then(Value::as_str) == Some(key));
            found.and_then(|it| it.get("Value")?.as_str()).unwrap_or_default().to_owned()
        };
        let balance = if attribute("load_balancing.algorithm.type") == "least_outstanding_requests" {
            "leastconn"
        } else {
            "roundrobin"
        };
        self.line(&format!("  balance {balance}"));
        if attribute("stickiness.enabled") == "true" {
            self.line("  dynamic-cookie-key trazo");
            self.line("  cookie TRAZO insert indirect nocache dynamic");
        }
        self.line("  option httpchk");
        let path = match group.text("HealthCheckPath") {
            "" => "/",
            path => path,
        };
        self.line(&format!("  http-check send meth GET uri {}", quoted(path)));
        let codes = match group.text("Matcher.HttpCode") {
            "" => "200",
            codes => codes,
        };
        self.line(&format!("  http-check expect status {codes}"));
        let number = |key: &str, otherwise: i64| group.get(key).and_then(Value::as_int).unwrap_or(otherwise);
        let check = format!(
            "check inter {}s rise {} fall {}",
            number("HealthCheckIntervalSeconds", 30).min(10),
            number("HealthyThresholdCount", 5).min(2),
            number("UnhealthyThresholdCount", 2)
        );
        if let Some((service, copies, port)) = self.targets.get(id).cloned() {
            self.line(&format!(
                "  server-template {service}- {copies} {service}:{port} {check} resolvers docker init-addr none"
            ));
        }
    }

    fn services(&self) -> Vec<String> {
        let groups = self.backends.iter().filter_map(|(backend, _)| match backend {
            Backend::Group(id) => self.targets.get(id.as_str()).map(|(service, ..)| service.clone()),
            Backend::Answer(..) => None,
        });
        let mut all: Vec<String> = groups.collect();
        all.sort();
        all.dedup();
        all
    }
}

/// The service of a target group, how many copies of it there are, and its port.
type Target = (String, i64, i64);

/// The targets of all groups: a service's own group, or the other one of a deployment in two colours.
fn targets<'a>(stack: &'a Stack, names: &IndexMap<String, String>) -> BTreeMap<&'a str, Target> {
    let mut all = BTreeMap::new();
    for (id, service) in stack.of_type("AWS::ECS::Service") {
        let Some(name) = names.get(id) else { continue };
        for entry in service.items("LoadBalancers") {
            let alternate = entry.get("AdvancedConfiguration").and_then(|it| it.get("AlternateTargetGroupArn"));
            let port = entry.get("ContainerPort").and_then(Value::as_int).unwrap_or(80);
            for group in [entry.get("TargetGroupArn"), alternate].into_iter().flatten().filter_map(Value::names) {
                all.entry(group).or_insert_with(|| (name.clone(), container::copies(service), port));
            }
        }
    }
    all
}

/// Where the actions of a rule lead: of weighted target groups, to the heaviest.
fn backend(name: &str, actions: &[Value]) -> Option<Backend> {
    let action = actions.last()?;
    if let Some(group) = action.get("TargetGroupArn").and_then(Value::names) {
        return Some(Backend::Group(group.to_owned()));
    }
    let weight = |group: &&Value| group.get("Weight").and_then(Value::as_int).unwrap_or(1);
    let forward =
        action.get("ForwardConfig").and_then(|it| it.get("TargetGroups")).map(Value::items).unwrap_or_default();
    if let Some(group) = forward.iter().rev().max_by_key(weight) {
        return group.get("TargetGroupArn").and_then(Value::names).map(|id| Backend::Group(id.to_owned()));
    }
    let fixed = action.get("FixedResponseConfig")?;
    let said = |key: &str| fixed.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let status = fixed.get("StatusCode").and_then(Value::as_int).unwrap_or(404);
    let kind = match said("ContentType") {
        kind if kind.is_empty() => "text/plain".to_owned(),
        kind => kind,
    };
    Some(Backend::Answer(name.to_owned(), status, kind, said("MessageBody")))
}

/// The tests of a condition, of which one has to hold.
fn tests(condition: &Value) -> Vec<String> {
    let values = |key: &str| -> Vec<String> {
        let list = condition.get(key).and_then(|it| it.get("Values")).map(Value::items).unwrap_or_default();
        list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let field = condition.get("Field").and_then(Value::as_str).unwrap_or_default();
    match field {
        "path-pattern" => values("PathPatternConfig").iter().map(|it| format!("path -m reg {}", pattern(it))).collect(),
        "host-header" => values("HostHeaderConfig")
            .iter()
            .map(|it| format!("req.hdr(host),host_only -m reg -i {}", pattern(it)))
            .collect(),
        "http-header" => {
            let name =
                condition.get("HttpHeaderConfig").and_then(|it| it.get("HttpHeaderName")?.as_str()).unwrap_or_default();
            let plain: String =
                name.chars().filter(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter)).collect();
            values("HttpHeaderConfig").iter().map(|it| format!("req.hdr({plain}) -m reg -i {}", pattern(it))).collect()
        }
        "http-request-method" => {
            values("HttpRequestMethodConfig").iter().map(|it| format!("method {}", quoted(it))).collect()
        }
        "source-ip" => values("SourceIpConfig").iter().map(|it| format!("src {}", quoted(it))).collect(),
        "query-string" => {
            let list = condition
                .get("QueryStringConfig")
                .and_then(|it| it.get("Values"))
                .map(Value::items)
                .unwrap_or_default();
            list.iter().map(query).collect()
        }
        _ => Vec::new(),
    }
}

fn query(pair: &Value) -> String {
    let text = |key: &str| pair.get(key).and_then(Value::as_str).unwrap_or_default();
    let (key, value) = (text("Key"), text("Value"));
    let plain = key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    if key.is_empty() || !plain {
        let anywhere = format!("(^|&)[^=]*={}(&|$)", regex(value));
        return format!("query -m reg -i {}", quoted(&anywhere));
    }
    format!("url_param({key}) -m reg -i {}", pattern(value))
}

/// A pattern of a rule as a regular expression, quoted: `*` stands for any text, `?` for one letter.
fn pattern(text: &str) -> String {
    quoted(&format!("^{}$", regex(text)))
}

fn regex(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '*' => out.push_str(".*"),
            '?' => out.push('.'),
            '.' | '+' | '(' | ')' | '[' | ']' | '{' | '}' | '^' | '$' | '|' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            letter => out.push(letter),
        }
    }
    out
}

/// A word of the configuration in strong quotes; it must stay on its line.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    format!("'{}'", plain.replace('\'', "'\\''"))
}
