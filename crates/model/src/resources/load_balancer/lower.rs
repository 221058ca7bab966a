//! A load balancer's part of the stack: itself, its security group, its listeners; for each service a target group and a
//! rule.

mod attributes;
mod conditions;

use conditions::conditions;
use trazo_stack::{Object, Resource, Value, att, list, map, reference, sub};

use super::forward::{Protocol, ProtocolVersion};
use super::links::{Forward, forwards};
use super::{Listener, LoadBalancer, Scheme};
use crate::lowering::{link_origin, node_origin};
use crate::resources::routing::vpc_link::vpc_link_groups;
use crate::resources::service::{mode_of, shifts_traffic};
use crate::resources::task_definition::NetworkMode;
use crate::resources::users::links::UsersLoadBalancer;
use crate::resources::vpc::lower::{Network, network};
use crate::{Link, Lowering, Node, Typed};

pub(super) fn lower(low: &mut Lowering<'_>, node: &Node) {
    let Some(alb) = LoadBalancer::of(&node.props) else { return };
    let net = network(low, &node.id);
    security_group(low, node, alb, &net);
    load_balancer(low, node, alb, &net);
    let design = low.design;
    for (link, forward) in forwards(design, &node.id) {
        target_group(low, link, forward, &net, "TargetGroup");
        if shifts_traffic(design, &link.to) {
            target_group(low, link, forward, &net, "GreenTargetGroup");
        }
    }
    listeners(low, node, alb);
    for (link, forward) in forwards(design, &node.id) {
        for listener in alb.serving().filter(|listener| forward.serves(*listener)) {
            rule(low, link, forward, alb, listener);
        }
    }
    if let Some(main) = alb.serving().next() {
        let dns = low.id(&node.id, "LoadBalancer");
        let url = sub(format!("{}://${{{dns}.DNSName}}{}", main.protocol(), main.port_suffix()));
        let origin = node_origin(&node.id);
        low.output(
            low.id(&node.id, "LoadBalancerUrl"),
            &format!("Address of the load balancer {}", node.name),
            url,
            origin,
        );
    }
}

/// Least access: everybody for one that faces the Internet; for an internal one the VPC links that lead to it, or else its
/// own network.
fn security_group(low: &mut Lowering<'_>, node: &Node, alb: &LoadBalancer, net: &Network) {
    let mut ports: Vec<(i64, &str)> = Vec::new();
    if alb.http.enabled {
        ports.push((alb.http.port, "http"));
    }
    if alb.https.enabled {
        ports.push((alb.https.port, "https"));
    }
    let sources = sources(low, node, alb, net);
    let mut ingress: Vec<Value> = Vec::new();
    for (port, field) in ports {
        for (key, source) in &sources {
            let entry = map([
                ("IpProtocol", "tcp".into()),
                ("FromPort", port.into()),
                ("ToPort", port.into()),
                (*key, source.clone()),
            ]);
            ingress.push(entry.from_origin(node_origin(&node.id).field(format!("{field}.port"))));
        }
    }
    let mut group = Resource::new("AWS::EC2::SecurityGroup", node_origin(&node.id));
    group.set("GroupDescription", format!("Requests to the load balancer {}", node.name));
    group.set("VpcId", net.vpc.clone());
    group.set_from("SecurityGroupIngress", "scheme", ingress);
    tag(low, node, &mut group);
    low.add(low.id(&node.id, "SecurityGroup"), group);
}

fn sources(low: &Lowering<'_>, node: &Node, alb: &LoadBalancer, net: &Network) -> Vec<(&'static str, Value)> {
    if alb.scheme == Scheme::InternetFacing {
        let mut all: Vec<(&str, Value)> = vec![("CidrIp", "0.0.0.0/0".into())];
        if alb.ip_address_type.as_deref().is_some_and(|kind| kind != "ipv4") {
            all.push(("CidrIpv6", "::/0".into()));
        }
        return all;
    }
    let groups = vpc_link_groups(low, &node.id);
    let mut sources: Vec<_> = groups.into_iter().map(|id| ("SourceSecurityGroupId", att(id, "GroupId"))).collect();
    let called = low.design.links_to(&node.id).any(|link| UsersLoadBalancer::of(&link.props).is_some());
    if sources.is_empty() || called {
        sources.push(("CidrIp", net.block.clone()));
    }
    sources
}

fn tag(low: &Lowering<'_>, node: &Node, resource: &mut Resource) {
    if let Some(tags) = low.tags(node) {
        resource.set("Tags", tags);
    }
}

fn load_balancer(low: &mut Lowering<'_>, node: &Node, alb: &LoadBalancer, net: &Network) {
    let mut resource = Resource::new("AWS::ElasticLoadBalancingV2::LoadBalancer", node_origin(&node.id));
    resource.set_from("Name", "name", node.name.as_str());
    resource.set("Type", "application");
    let (scheme, subnets) = match alb.scheme {
        Scheme::InternetFacing => ("internet-facing", &net.public_subnets),
        Scheme::Internal => ("internal", &net.private_subnets),
    };
    resource.set_from("Scheme", "scheme", scheme);
    resource.set("Subnets", subnets.clone());
    resource.set("SecurityGroups", list([att(low.id(&node.id, "SecurityGroup"), "GroupId")]));
    resource.set("LoadBalancerAttributes", attributes::of_balancer(node, alb));
    if let Some(kind) = &alb.ip_address_type {
        resource.set_from("IpAddressType", "ipAddressType", kind.as_str());
    }
    tag(low, node, &mut resource);
    if alb.scheme == Scheme::InternetFacing {
        // AWS refuses one that faces the Internet in a VPC that has no way there yet.
        for route in &net.routes {
            resource.wait_for(route.clone());
        }
    }
    low.add(low.id(&node.id, "LoadBalancer"), resource);
}

/// The link that is the default of a listener: the first one that says so.
fn default_link<'a>(low: &Lowering<'a>, node: &'a Node, listener: Listener) -> Option<&'a Link> {
    let mut all = forwards(low.design, &node.id);
    all.find(|(_, forward)| forward.default && forward.serves(listener)).map(|(link, _)| link)
}

fn listeners(low: &mut Lowering<'_>, node: &Node, alb: &LoadBalancer) {
    let default = |low: &Lowering<'_>, listener: Listener| match default_link(low, node, listener) {
        Some(link) => forward_action(low, link),
        None => fixed_response(node, alb),
    };
    if alb.http.enabled {
        let listener = Listener { https: false, port: alb.http.port };
        let action = if alb.redirects() { redirect(node, alb) } else { default(low, listener) };
        let resource = listener_resource(low, node, listener, action);
        low.add(low.id(&node.id, listener.suffix()), resource);
    }
    if alb.https.enabled {
        let listener = Listener { https: true, port: alb.https.port };
        let mut resource = listener_resource(low, node, listener, default(low, listener));
        if !alb.https.certificate_arn.is_empty() {
            let certificate = map([("CertificateArn", alb.https.certificate_arn.as_str().into())]);
            resource.set_from("Certificates", "https.certificateArn", list([certificate]));
        }
        resource.set_from("SslPolicy", "https.sslPolicy", alb.https.ssl_policy.as_str());
        let id = low.id(&node.id, listener.suffix());
        low.add(&id, resource);
        further_certificates(low, node, alb, &id);
    }
}

/// AWS takes one certificate in each
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-listenercertificate.html>).
fn further_certificates(low: &mut Lowering<'_>, node: &Node, alb: &LoadBalancer, listener: &str) {
    for (index, arn) in alb.https.certificates.iter().enumerate().filter(|(_, arn)| !arn.is_empty()) {
        let origin = node_origin(&node.id).field(format!("https.certificates.{index}"));
        let mut resource = Resource::new("AWS::ElasticLoadBalancingV2::ListenerCertificate", origin);
        resource.set("ListenerArn", reference(listener));
        resource.set("Certificates", list([map([("CertificateArn", arn.as_str().into())])]));
        low.add(low.id(&node.id, &format!("HttpsCertificate{}", index + 1)), resource);
    }
}

fn listener_resource(low: &Lowering<'_>, node: &Node, listener: Listener, action: Value) -> Resource {
    let field = listener.protocol();
    let origin = node_origin(&node.id).field(format!("{field}.enabled"));
    let mut resource = Resource::new("AWS::ElasticLoadBalancingV2::Listener", origin);
    resource.set("LoadBalancerArn", reference(low.id(&node.id, "LoadBalancer")));
    resource.set_from("Port", &format!("{field}.port"), listener.port);
    resource.set_from("Protocol", &format!("{field}.enabled"), field.to_ascii_uppercase());
    resource.set("DefaultActions", list([action]));
    resource
}

fn fixed_response(node: &Node, alb: &LoadBalancer) -> Value {
    let origin = node_origin(&node.id);
    let fixed = &alb.fixed_response;
    let mut config = Object::new();
    let mut set = |key: &str, field: &str, value: Value| {
        config.insert(key.to_owned(), value.from_origin(origin.field(format!("fixedResponse.{field}"))));
    };
    set("StatusCode", "statusCode", fixed.status_code.to_string().into());
    set("ContentType", "contentType", fixed.content_type.as_str().into());
    if !fixed.body.is_empty() {
        set("MessageBody", "body", fixed.body.as_str().into());
    }
    map([("Type", "fixed-response".into()), ("FixedResponseConfig", config.into())])
        .from_origin(origin.field("fixedResponse"))
}

fn redirect(node: &Node, alb: &LoadBalancer) -> Value {
    let origin = node_origin(&node.id);
    let port = Value::from(alb.https.port.to_string()).from_origin(origin.field("https.port"));
    let config = map([("Protocol", "HTTPS".into()), ("Port", port), ("StatusCode", "HTTP_301".into())]);
    map([("Type", "redirect".into()), ("RedirectConfig", config)]).from_origin(origin.field("https.redirectHttp"))
}

fn forward_action(low: &Lowering<'_>, link: &Link) -> Value {
    let group = |suffix: &str| reference(low.link_id(&link.from, &link.to, suffix));
    let action = if shifts_traffic(low.design, &link.to) {
        // ECS changes the weights to move requests from one version to the other.
        let weighed = |suffix: &str, weight: i64| map([("TargetGroupArn", group(suffix)), ("Weight", weight.into())]);
        let groups = list([weighed("TargetGroup", 100), weighed("GreenTargetGroup", 0)]);
        map([("Type", "forward".into()), ("ForwardConfig", map([("TargetGroups", groups)]))])
    } else {
        map([("Type", "forward".into()), ("TargetGroupArn", group("TargetGroup"))])
    };
    action.from_origin(link_origin(&link.id))
}

fn target_group(low: &mut Lowering<'_>, link: &Link, forward: &Forward, net: &Network, suffix: &str) {
    let health = &forward.health_check;
    let mut group = Resource::new("AWS::ElasticLoadBalancingV2::TargetGroup", link_origin(&link.id));
    group.set("VpcId", net.vpc.clone());
    // Tasks that have no address of their own are found by their instance.
    let by_address = mode_of(low.design, &link.to) == NetworkMode::Awsvpc;
    group.set("TargetType", if by_address { "ip" } else { "instance" });
    group.set_from("Protocol", "protocol", forward.protocol.as_str());
    let port = forward.backend(low.design, link).map_or(80, |(_, port)| port);
    group.set_from("Port", "containerPort", port);
    group.set_from("HealthCheckPath", "healthCheck.path", health.path.as_str());
    group.set_from("HealthCheckIntervalSeconds", "healthCheck.interval", health.interval);
    group.set_from("HealthCheckTimeoutSeconds", "healthCheck.timeout", health.timeout);
    group.set_from("HealthyThresholdCount", "healthCheck.healthyThreshold", health.healthy_threshold);
    group.set_from("UnhealthyThresholdCount", "healthCheck.unhealthyThreshold", health.unhealthy_threshold);
    match health.port {
        Some(port) => _ = group.set_from("HealthCheckPort", "healthCheck.port", port.to_string()),
        // Docker may have chosen the port: it is checked where requests go.
        None if !by_address => _ = group.set("HealthCheckPort", "traffic-port"),
        None => {}
    }
    let speaks = health.protocol.unwrap_or(forward.protocol);
    if speaks != Protocol::Http {
        group.set_from("HealthCheckProtocol", "healthCheck.protocol", speaks.as_str());
    }
    if forward.version() != ProtocolVersion::Http1 {
        group.set_from("ProtocolVersion", "protocolVersion", forward.version().as_str());
    }
    let codes = if forward.version() == ProtocolVersion::Grpc { "GrpcCode" } else { "HttpCode" };
    group.set_from("Matcher", "healthCheck.matcher", map([(codes, health.matcher.as_str().into())]));
    group.set("TargetGroupAttributes", attributes::of_group(link, forward));
    if let Some(balancer) = low.design.node(&link.from) {
        tag(low, balancer, &mut group);
    }
    low.add(low.link_id(&link.from, &link.to, suffix), group);
}

/// What the rule of a link is called on a listener: the main listener's has the plain name.
fn rule_suffix(alb: &LoadBalancer, listener: Listener) -> &'static str {
    if alb.serving().next() == Some(listener) { "Rule" } else { "HttpRule" }
}

fn rule(low: &mut Lowering<'_>, link: &Link, forward: &Forward, alb: &LoadBalancer, listener: Listener) {
    // A second default has a finding: it gets no requests at all.
    if forward.default && !shifts_traffic(low.design, &link.to) {
        return;
    }
    let mut rule = Resource::new("AWS::ElasticLoadBalancingV2::ListenerRule", link_origin(&link.id));
    rule.set("ListenerArn", reference(low.id(&link.from, listener.suffix())));
    if forward.default {
        // What a listener does by default is no rule that ECS could change: one that takes all stands before it.
        rule.set_from("Priority", "default", last_priority(low.design, &link.from));
        let every = map([("Values", list(["/*"]))]);
        rule.set_from("Conditions", "default", list([map([("Field", "path-pattern".into()), ("PathPatternConfig", every)])]));
    } else {
        rule.set_from("Priority", "priority", forward.priority);
        rule.set("Conditions", conditions(link, forward));
    }
    rule.set("Actions", list([forward_action(low, link)]));
    low.add(low.link_id(&link.from, &link.to, rule_suffix(alb, listener)), rule);
}

/// The greatest priority that no rule of a load balancer has.
fn last_priority(design: &crate::Design, alb: &crate::NodeId) -> i64 {
    let taken = |n: &i64| forwards(design, alb).any(|(_, forward)| !forward.default && forward.priority == *n);
    (1..=50_000).rev().find(|n| !taken(n)).unwrap_or(50_000)
}

/// The logical id of what a service must wait for before it can register with the target group of `link`: AWS refuses a
/// target group that no load balancer uses yet
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html>).
pub(in crate::resources) fn service_waits_for(low: &Lowering<'_>, link: &Link) -> String {
    let target_group = || low.link_id(&link.from, &link.to, "TargetGroup");
    let Some((node, alb)) = low.design.get::<LoadBalancer>(&link.from) else { return target_group() };
    let Some(forward) = Forward::of(&link.props) else { return target_group() };
    let by_rule = !forward.default || shifts_traffic(low.design, &link.to);
    let mut listeners = alb.serving().filter(|listener| forward.serves(*listener));
    let leads = |listener: &Listener| default_link(low, node, *listener).is_some_and(|default| default.id == link.id);
    let found = if by_rule { listeners.next() } else { listeners.find(leads) };
    match found {
        Some(listener) if by_rule => low.link_id(&link.from, &link.to, rule_suffix(alb, listener)),
        Some(listener) => low.id(&link.from, listener.suffix()),
        None => target_group(),
    }
}
