//! What routes lead to: the load balancer or function that an address names.

use serde_json::{Map, Value as Json};
use trazo_model::Kind;

use super::{Api, Backend, mapping};
use crate::import::Node;

/// What an integration says: a name for what it leads to, and its settings.
struct Target {
    name: String,
    kind: Kind,
    settings: Map<String, Json>,
    /// What is known of a load balancer.
    is_private: bool,
    is_https: bool,
    port: Option<i64>,
    /// A host of somebody else.
    outside: Option<String>,
}

/// The part of an address before its path, and the path.
fn parted(uri: &str) -> (bool, &str, &str) {
    let (is_https, rest) = match uri.split_once("://") {
        Some((scheme, rest)) => (scheme.eq_ignore_ascii_case("https"), rest),
        None => (false, uri),
    };
    let slash = rest.find('/').unwrap_or(rest.len());
    (is_https, rest.get(..slash).unwrap_or_default(), rest.get(slash..).unwrap_or_default())
}

/// The name of a stage variable (`${stageVariables.x}`) without what the exporter puts behind the resource's own name.
fn variable(text: &str) -> Option<&str> {
    let name = text.split_once("stageVariables.")?.1;
    let name = name.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_').next()?;
    let ends = [
        "LoadBalancerDNSName",
        "LoadBalancer",
        "HttpsListener",
        "HttpListener",
        "DNSName",
        "FunctionArn",
        "Function",
        "Arn",
    ];
    Some(ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)).filter(|name| !name.is_empty())
}

/// The ARN of a function within the address by which API Gateway calls it.
pub(super) fn function_arn(uri: &str) -> String {
    let inner = uri.split_once("/functions/").map_or(uri, |(_, rest)| rest);
    inner.strip_suffix("/invocations").unwrap_or(inner).to_owned()
}

fn function_name(uri: &str) -> String {
    let arn = function_arn(uri);
    let named = arn.split_once(":function:").map(|(_, rest)| rest.split(':').next().unwrap_or(rest));
    let base = named.unwrap_or(&arn);
    // `${Name.Arn}` of templates that carry such a file.
    let placed = || base.strip_prefix("${").and_then(|rest| rest.split(['.', '}']).next());
    let name = variable(base).or_else(placed).unwrap_or(base);
    name.trim_matches(|sign: char| !sign.is_ascii_alphanumeric()).to_owned()
}

/// An address, also within the function of a template that carries the file.
fn address(integration: &Node) -> String {
    let uri = integration.get("uri");
    let text = uri.and_then(|uri| uri.text().or_else(|| uri.text_of("Fn::Sub")));
    text.unwrap_or_default().to_owned()
}

impl Api<'_> {
    /// Adds a route to what its integration leads to.
    pub(super) fn lead(&mut self, integration: &Node, mut route: Map<String, Json>, name: &str, line: usize) {
        let kind = integration.text_of("type").unwrap_or_default().to_ascii_lowercase();
        let uri = address(integration);
        let target = match kind.as_str() {
            "http_proxy" | "http" if !uri.is_empty() => self.balancer(integration, &uri, &mut route, name, line),
            "aws_proxy" | "aws" if uri.contains("unction") || uri.contains(":lambda:") => {
                self.function(integration, &uri)
            }
            _ => {
                integration.skip();
                self.draft.left("import.note.openapi.integration", &[("route", name), ("type", &kind)], line);
                return;
            }
        };
        // What says nothing of its own.
        for key in
            ["type", "connectionId", "httpMethod", "integrationTarget", "passthroughBehavior", "payloadFormatVersion"]
        {
            if let Some(value) = integration.get(key) {
                value.skip();
            }
        }
        self.attach(target, route, name, line);
    }

    /// A route of a file that does not say where it leads.
    pub(super) fn lead_anywhere(&mut self, route: Map<String, Json>, name: &str, line: usize) {
        let title = format!("{}-alb", self.draft.title());
        if !self.backends.contains_key("") {
            self.draft.guessed("import.note.openapi.no_integration", &[], line);
        }
        let target = Target {
            name: title,
            kind: Kind::LoadBalancer,
            settings: Map::new(),
            is_private: false,
            is_https: false,
            port: None,
            outside: None,
        };
        self.attach_as("", target, route, name, line);
    }

    fn attach(&mut self, target: Target, route: Map<String, Json>, name: &str, line: usize) {
        let key = format!("{:?} {}", target.kind, target.name);
        self.attach_as(&key, target, route, name, line);
    }

    fn attach_as(&mut self, key: &str, target: Target, route: Map<String, Json>, name: &str, line: usize) {
        let settings = Json::Object(target.settings.clone());
        if let Some(known) = self.backends.get_mut(key) {
            if known.settings != settings {
                self.draft.left("import.note.openapi.differs", &[("route", name), ("backend", &target.name)], line);
            }
            known.routes.push(Json::Object(route));
            return;
        }
        let shown: String =
            target.name.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).take(32).collect();
        let node = self.draft.add(target.kind, shown.trim_matches('-'), line);
        if target.kind == Kind::LoadBalancer {
            if target.is_private {
                self.draft.set(node, "scheme", "internal", line);
            }
            if target.is_https {
                self.draft.set(node, "https.enabled", true, line);
            }
            if let Some(port) = target.port {
                let key = if target.is_https { "https.port" } else { "http.port" };
                self.draft.set(node, key, port, line);
            }
            if let Some(host) = &target.outside {
                self.draft.guessed("import.note.openapi.outside", &[("host", host)], line);
            }
        } else {
            self.draft.guessed("import.note.openapi.function", &[("name", &target.name)], line);
        }
        let link = self.draft.link(self.handle, node, line);
        self.backends.insert(key.to_owned(), Backend { link, routes: vec![Json::Object(route)], settings, line });
    }

    fn common(&self, integration: &Node) -> Map<String, Json> {
        let mut settings = Map::new();
        if let Some(millis) = integration.get("timeoutInMillis").and_then(Node::int) {
            settings.insert("timeoutMs".into(), millis.into());
        }
        settings
    }

    fn function(&mut self, integration: &Node, uri: &str) -> Target {
        let mut settings = self.common(integration);
        if let Some(version) = integration.text_of("payloadFormatVersion").filter(|_| !self.is_rest) {
            settings.insert("payload".into(), version.into());
        }
        let name = function_name(uri);
        Target {
            name,
            kind: Kind::LambdaFunction,
            settings,
            is_private: false,
            is_https: false,
            port: None,
            outside: None,
        }
    }

    fn balancer(
        &mut self,
        integration: &Node,
        uri: &str,
        route: &mut Map<String, Json>,
        name: &str,
        line: usize,
    ) -> Target {
        let mut settings = self.common(integration);
        let is_private = integration.text_of("connectionType") == Some("VPC_LINK");
        let (mut is_https, host, path) = parted(uri);
        is_https |= host.contains("HttpsListener");
        let method = integration.text_of("httpMethod").unwrap_or("ANY").to_ascii_uppercase();
        let own = route.get("method").and_then(Json::as_str).unwrap_or("ANY");
        if method != own && method != "ANY" {
            settings.insert("method".into(), method.into());
        }
        let (bare, port) = if host.contains('{') {
            (host, None)
        } else {
            host.split_once(':').map_or((host, None), |(bare, port)| (bare, port.parse().ok()))
        };
        let port = port.or_else(|| host.rsplit_once("}:").and_then(|(_, port)| port.parse().ok()));
        let known = variable(uri).map(str::to_owned).or_else(|| listener_name(uri));
        if let Some(name) = integration.get("tlsConfig").and_then(|tls| tls.text_of("serverNameToVerify")) {
            settings.insert("serverName".into(), name.into());
        } else if is_https && known.is_none() {
            settings.insert("serverName".into(), bare.into());
        }
        let mappings = integration.get("requestParameters");
        if self.is_rest {
            settings
                .insert("requestParameters".into(), mappings.map(mapping::rest_requests).unwrap_or_default().into());
            self.backend_path(path, route);
            self.templates(integration, name);
        } else {
            let requests = mappings.map(|node| mapping::http_requests(node, is_private)).unwrap_or_default();
            settings.insert("requestParameters".into(), requests.into());
            let responses = integration.get("responseParameters").map(mapping::http_responses).unwrap_or_default();
            settings.insert("responseParameters".into(), responses.into());
            let same = route.get("path").and_then(Json::as_str).unwrap_or_default().replace("+}", "}");
            if !is_private && !path.is_empty() && path != same && path != "/{proxy}" && same != "$default" {
                self.draft.left("import.note.openapi.path", &[("route", name), ("path", path)], line);
            }
        }
        if is_private {
            settings.insert("connection".into(), "private".into());
        }
        let outside = known.is_none().then(|| bare.to_owned());
        Target {
            name: known.unwrap_or_else(|| bare.to_owned()),
            kind: Kind::LoadBalancer,
            settings,
            is_private,
            is_https,
            port,
            outside,
        }
    }

    /// The path behind the load balancer, where it is another than the route's.
    fn backend_path(&mut self, path: &str, route: &mut Map<String, Json>) {
        let own = route.get("path").and_then(Json::as_str).unwrap_or_default();
        if !path.is_empty() && path != own.replace("+}", "}") {
            // Greedy variables keep their sign in the path of the backend.
            let greedy = own.split('{').filter_map(|part| part.split_once("+}")).map(|(name, _)| name.to_owned());
            let whole = greedy
                .fold(path.to_owned(), |path, name| path.replace(&format!("{{{name}}}"), &format!("{{{name}+}}")));
            if whole != own {
                route.insert("backendPath".into(), whole.into());
            }
        }
    }

    /// Templates that Trazo writes to keep the path follow from the rest; others are left out.
    fn templates(&mut self, integration: &Node, name: &str) {
        let Some(templates) = integration.get("requestTemplates") else { return };
        let is_own = |text: &str| text.starts_with("#set($context.requestOverride.path");
        let all_own = templates.entries().iter().all(|entry| entry.value.text().is_some_and(is_own));
        templates.skip();
        if !all_own {
            self.draft.left("import.note.openapi.templates", &[("route", name)], templates.line());
        }
    }
}

/// The name of a load balancer in the ARN of its listener.
fn listener_name(uri: &str) -> Option<String> {
    let rest = uri.split_once(":listener/app/")?.1;
    rest.split('/').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_parted() {
        assert_eq!(parted("https://a.example:8443/v1/{id}"), (true, "a.example:8443", "/v1/{id}"));
        assert_eq!(parted("http://${stageVariables.tiendaAlbLoadBalancerDNSName}/x").2, "/x");
        assert_eq!(variable("http://${stageVariables.tiendaAlbLoadBalancerDNSName}/x"), Some("tiendaAlb"));
        let uri = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:111122223333:function:pagos:v1/invocations";
        assert_eq!(function_name(uri), "pagos");
        assert_eq!(function_name("arn:aws:lambda:us-east-1:1:function:guarda:${stageVariables.alias}"), "guarda");
        assert_eq!(function_name("${stageVariables.confirmacionesFunctionArn}"), "confirmaciones");
        assert_eq!(
            listener_name("arn:aws:elasticloadbalancing:us-east-1:1:listener/app/web/1/2").as_deref(),
            Some("web")
        );
    }
}
