//! Load balancers and their listeners.

use std::collections::BTreeMap;

use trazo_model::Kind;

use super::cluster::lie;
use super::forward::{Lead, leads_of};
use super::network::{Networks, made_anew};
use super::parts::{As, Level, Part, Props, Reading};
use super::template::Resource;
use super::value::Val;

const LISTENER: &str = "AWS::ElasticLoadBalancingV2::Listener";
const BALANCER: &str = "AWS::ElasticLoadBalancingV2::LoadBalancer";

/// Listeners by logical id: the node of their load balancer, and whether they speak HTTPS.
pub(super) type Listeners<'a> = BTreeMap<&'a str, (usize, bool)>;

pub(super) fn read<'a>(reading: &mut Reading<'a>, networks: &Networks<'a>) -> Listeners<'a> {
    let template = reading.template;
    let mut listeners = Listeners::new();
    let mut leads: Vec<(usize, Vec<Lead<'a>>)> = Vec::new();
    let mut called = Vec::new();
    for balancer in template.of_type(BALANCER) {
        if balancer.text("Type").is_some_and(|kind| kind != "application") {
            continue;
        }
        let node = reading.add(Kind::LoadBalancer, balancer, balancer.text("Name"));
        reading.tags(node, balancer, &[]);
        let mut props = Props::default();
        let scheme = balancer.text("Scheme").unwrap_or_else(|| "internet-facing".to_owned());
        let is_internal = scheme == "internal";
        props.put("scheme", scheme, balancer.line);
        props.copy(&balancer.properties, &[("IpAddressType", "ipAddressType", As::Text)]);
        attributes(reading, balancer, &mut props);
        reading.nodes[node].props = props;
        let mut subnets: Vec<&Val> = balancer.items("Subnets").iter().collect();
        for mapping in balancer.items("SubnetMappings") {
            subnets.extend(mapping.get("SubnetId"));
        }
        for subnet in subnets {
            let place = networks.place(reading, std::slice::from_ref(subnet));
            lie(reading, node, place);
        }
        for group in balancer.items("SecurityGroups") {
            group.ignore();
            let group = group.names();
            if is_internal && group.is_some_and(|id| serves_the_network(reading, id)) {
                called.push(node);
            }
            made_anew(reading, group, node);
        }
        leads.push((node, of_balancer(reading, balancer, node, &mut listeners)));
    }
    users(reading, &called);
    for (node, found) in leads {
        super::forward::links(reading, node, found);
    }
    listeners
}

/// Whether the security group of an internal load balancer admits its whole network beside the APIs that lead to it: then somebody
/// calls it from there.
fn serves_the_network(reading: &Reading<'_>, group: &str) -> bool {
    let Some(group) = reading.template.get_of(group, "AWS::EC2::SecurityGroup") else { return false };
    let rules = || group.items("SecurityGroupIngress").iter();
    rules().any(|rule| rule.get("CidrIp").is_some()) && rules().any(|rule| rule.get("SourceSecurityGroupId").is_some())
}

/// Those who call load balancers from within a network.
fn users(reading: &mut Reading<'_>, called: &[usize]) {
    let Some(first) = called.first() else { return };
    let node = reading.nodes.len();
    let line = reading.nodes[*first].line;
    reading.nodes.push(Part {
        key: "users".to_owned(),
        kind: Kind::Users,
        name: "users".to_owned(),
        tags: Vec::new(),
        props: Props::default(),
        parent: None,
        line,
    });
    for balancer in called {
        reading.tie(node, *balancer, Props::default(), line);
    }
}

/// Attributes that are said with a flag, and what they say where Trazo says something.
const FLAGS: [(&str, &str, &str); 7] = [
    ("deletion_protection.enabled", "true", "deletionProtection"),
    ("routing.http.drop_invalid_header_fields.enabled", "true", "dropInvalidHeaders"),
    ("routing.http2.enabled", "false", "http1Only"),
    ("routing.http.preserve_host_header.enabled", "true", "preserveHost"),
    ("routing.http.xff_client_port.enabled", "true", "xffClientPort"),
    ("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "true", "tlsHeaders"),
    ("waf.fail_open.enabled", "true", "wafFailOpen"),
];

fn attributes(reading: &mut Reading<'_>, balancer: &Resource, props: &mut Props) {
    for attribute in balancer.items("LoadBalancerAttributes") {
        let (Some(key), Some(value)) = (attribute.get("Key").and_then(Val::text), attribute.get("Value")) else {
            continue;
        };
        let line = attribute.line;
        if let Some((_, word, field)) = FLAGS.iter().find(|(name, ..)| *name == key) {
            if let Some(text) = value.text() {
                props.put(field, text == *word, line);
            }
            continue;
        }
        match (key.as_str(), value.int()) {
            ("idle_timeout.timeout_seconds", Some(seconds)) => props.put("idleTimeout", seconds, line),
            ("client_keep_alive.seconds", Some(seconds)) => props.put("clientKeepAlive", seconds, line),
            ("access_logs.s3.enabled", _) => value.ignore(),
            ("access_logs.s3.bucket" | "access_logs.s3.prefix", _) => {
                let field = key.replace("access_logs.s3", "accessLogs");
                if let Some(text) = reading.wording(value) {
                    props.put(&field, text, line);
                }
            }
            ("routing.http.xff_header_processing.mode", _) => props.put("xff", value.text(), line),
            ("routing.http.desync_mitigation_mode", _) => props.put("desync", value.text(), line),
            _ => {
                value.ignore();
                let args =
                    vec![("path", format!("{}.{key}", balancer.id)), ("value", value.text().unwrap_or_default())];
                reading.tell(Level::Left, "import.note.value", line, args);
            }
        }
    }
}

/// The listeners of a load balancer, and what leads from them to target groups.
fn of_balancer<'a>(
    reading: &mut Reading<'a>,
    balancer: &'a Resource,
    node: usize,
    listeners: &mut Listeners<'a>,
) -> Vec<Lead<'a>> {
    let template = reading.template;
    let mut props = Props::default();
    let mut leads = Vec::new();
    let mut seen = [false; 2];
    props.put("http.enabled", false, balancer.line);
    for listener in template.users(&balancer.id, LISTENER) {
        if listener.names("LoadBalancerArn") != Some(&balancer.id) {
            continue;
        }
        let https = listener.text("Protocol").as_deref() == Some("HTTPS");
        if std::mem::replace(&mut seen[usize::from(https)], true) {
            // A second listener of a protocol has no place; blue/green templates have one for tests.
            listener.properties.ignore();
            reading.own(listener, node);
            let args = vec![("id", listener.id.clone()), ("type", listener.type_name.clone())];
            reading.tell(Level::Left, "import.note.resource", listener.line, args);
            continue;
        }
        listeners.insert(&listener.id, (node, https));
        reading.own(listener, node);
        let protocol = if https { "https" } else { "http" };
        props.put(&format!("{protocol}.enabled"), true, listener.line);
        let port = listener.at("Port").and_then(Val::int).unwrap_or(if https { 443 } else { 80 });
        props.put(&format!("{protocol}.port"), port, listener.line);
        if https {
            certificates(reading, listener, node, &mut props);
        }
        actions(listener, https, &mut props);
        leads.extend(leads_of(reading, listener, https, node));
    }
    if seen == [true, true] {
        let known = props.sets.iter().any(|(path, ..)| path == "https.redirectHttp");
        if !known {
            props.put("https.redirectHttp", false, balancer.line);
        }
    }
    reading.props(node).sets.extend(props.sets);
    leads
}

fn certificates<'a>(reading: &mut Reading<'a>, listener: &'a Resource, node: usize, props: &mut Props) {
    let template = reading.template;
    let mut first = true;
    let mut further = Vec::new();
    let mut sources = vec![listener];
    for more in template.users(&listener.id, "AWS::ElasticLoadBalancingV2::ListenerCertificate") {
        more.at("ListenerArn").map(Val::names);
        reading.own(more, node);
        sources.push(more);
    }
    for source in sources {
        for certificate in source.items("Certificates") {
            let Some(arn) = certificate.get("CertificateArn").and_then(|arn| reading.wording(arn)) else { continue };
            if std::mem::take(&mut first) {
                props.put("https.certificateArn", arn, certificate.line);
            } else {
                further.push(arn);
            }
        }
    }
    if !further.is_empty() {
        props.put("https.certificates", further, listener.line);
    }
    props.put("https.sslPolicy", "ELBSecurityPolicy-2016-08", listener.line);
    props.copy(&listener.properties, &[("SslPolicy", "https.sslPolicy", As::Text)]);
}

/// Default actions that lead to no target group.
fn actions(listener: &Resource, https: bool, props: &mut Props) {
    for action in listener.items("DefaultActions") {
        match action.get("Type").and_then(Val::text).as_deref() {
            Some("fixed-response") => props.copy(
                action,
                &[
                    ("FixedResponseConfig.StatusCode", "fixedResponse.statusCode", As::Int),
                    ("FixedResponseConfig.ContentType", "fixedResponse.contentType", As::Text),
                    ("FixedResponseConfig.MessageBody", "fixedResponse.body", As::Text),
                ],
            ),
            Some("redirect") if !https => {
                let to_https = action.at("RedirectConfig.Protocol").and_then(Val::text).as_deref() == Some("HTTPS");
                if to_https {
                    props.put("https.redirectHttp", true, action.line);
                    action.ignore();
                }
            }
            _ => {}
        }
    }
}
