//! What leads from a listener to a service: default actions and rules, and the target group between.

use serde_json::json;
use trazo_model::Kind;

use super::network::made_anew;
use super::parts::{As, Level, Props, Reading, Row, texts};
use super::template::Resource;
use super::value::Val;

const GROUP: &str = "AWS::ElasticLoadBalancingV2::TargetGroup";
const RULE: &str = "AWS::ElasticLoadBalancingV2::ListenerRule";

/// What a rule says.
const OF_RULE: [&str; 4] = ["Actions", "Conditions", "ListenerArn", "Priority"];

/// A way from a listener to a target group.
pub(super) struct Lead<'a> {
    group: &'a Resource,
    https: bool,
    /// The rule; `None` is the default.
    rule: Option<&'a Resource>,
    line: usize,
}

/// All ways from a listener.
pub(super) fn leads_of<'a>(
    reading: &mut Reading<'a>,
    listener: &'a Resource,
    https: bool,
    node: usize,
) -> Vec<Lead<'a>> {
    let template = reading.template;
    let mut leads = Vec::new();
    for action in listener.items("DefaultActions") {
        if let Some(group) = group_of(reading, action) {
            leads.push(Lead { group, https, rule: None, line: action.line });
        }
    }
    for rule in template.users(&listener.id, RULE) {
        if rule.names("ListenerArn") != Some(&listener.id) {
            continue;
        }
        for action in rule.items("Actions") {
            if let Some(group) = group_of(reading, action) {
                leads.push(Lead { group, https, rule: Some(rule), line: rule.line });
                reading.own(rule, node);
            }
        }
    }
    leads
}

/// The target group that an action leads to: of several the one with the greatest weight.
fn group_of<'a>(reading: &Reading<'a>, action: &'a Val) -> Option<&'a Resource> {
    if action.get("Type").and_then(Val::text).as_deref() != Some("forward") {
        return None;
    }
    if let Some(order) = action.get("Order") {
        order.mark();
    }
    let weighed = action.at("ForwardConfig.TargetGroups").map(Val::items).unwrap_or_default();
    let weight = |group: &Val| group.get("Weight").and_then(Val::int).unwrap_or(1);
    let mut best: Option<&'a Val> = None;
    for group in weighed {
        group.ignore();
        if best.is_none_or(|best| weight(group) > weight(best)) {
            best = Some(group);
        }
    }
    let arn = best.and_then(|group| group.get("TargetGroupArn")).or_else(|| action.get("TargetGroupArn"))?;
    reading.template.get_of(arn.names()?, GROUP)
}

/// The links of a load balancer: one for each service that a target group is of.
pub(super) fn links<'a>(reading: &mut Reading<'a>, node: usize, leads: Vec<Lead<'a>>) {
    let template = reading.template;
    let mut order: Vec<(&'a str, Vec<Lead<'a>>)> = Vec::new();
    for lead in leads {
        match order.iter_mut().find(|(id, _)| *id == lead.group.id) {
            Some((_, all)) => all.push(lead),
            None => order.push((&lead.group.id, vec![lead])),
        }
    }
    // In the order of the target groups, which is that of the links.
    let place = |id: &str| template.resources.get_index_of(id);
    trazo_model::sort::sort_by_key(&mut order, |(id, _)| place(id));
    for (id, leads) in order {
        let entry = service_of(reading, id);
        let Some((service, entry)) = entry else { continue };
        let mut props = Props::default();
        condition(reading, &leads, service, node, &mut props);
        props.copy(entry, &[("ContainerName", "container", As::Text), ("ContainerPort", "containerPort", As::Int)]);
        entry.get("TargetGroupArn").map(Val::names);
        let Some(group) = template.get(id) else { continue };
        target_group(reading, group, &mut props);
        let line = leads.first().map_or(group.line, |lead| lead.line);
        shifting(reading, entry, service, node);
        reading.own(group, node);
        reading.tie(node, service, props, line);
    }
}

/// The service that registers with a target group, and what it says of it.
fn service_of<'a>(reading: &Reading<'a>, group: &str) -> Option<(usize, &'a Val)> {
    let template = reading.template;
    template.users(group, "AWS::ECS::Service").find_map(|service| {
        let node = reading.node_of(&service.id, Kind::Service)?;
        let mut entries = service.items("LoadBalancers").iter();
        let entry = entries.find(|entry| entry.get("TargetGroupArn").and_then(Val::names) == Some(group))?;
        Some((node, entry))
    })
}

/// When a request takes this way.
fn condition<'a>(reading: &mut Reading<'a>, leads: &[Lead<'a>], service: usize, node: usize, props: &mut Props) {
    let is_default = leads.iter().any(|lead| lead.rule.is_none());
    let shifts = reading.nodes[service]
        .props
        .sets
        .iter()
        .any(|(path, word, _)| path == "deployment.strategy" && *word != "ROLLING");
    let all_paths = |rule: &Resource| {
        let conditions = rule.items("Conditions");
        let values = |condition: &Val| {
            let config = condition.at("PathPatternConfig.Values").or_else(|| condition.get("Values"));
            config.and_then(texts).unwrap_or_default()
        };
        conditions.len() == 1 && values(&conditions[0]) == ["/*"]
    };
    let by_rule_alone = shifts && !is_default && leads.iter().filter_map(|lead| lead.rule).all(all_paths);
    props.put("default", is_default || by_rule_alone, leads.first().map_or(0, |lead| lead.line));
    if leads.iter().any(|lead| lead.https != leads[0].https) || leads.is_empty() {
        // On both listeners.
    } else if both_serve(reading, node) {
        props.put("listener", if leads[0].https { "https" } else { "http" }, leads[0].line);
    }
    let mut first: Option<String> = None;
    for rule in leads.iter().filter_map(|lead| lead.rule) {
        rule.at("ListenerArn").map(Val::names);
        rule.items("Actions").iter().for_each(Val::ignore);
        if is_default || by_rule_alone {
            if all_paths(rule) {
                rule.properties.ignore_keys(&OF_RULE);
            } else {
                let args = vec![("id", rule.id.clone()), ("type", rule.type_name.clone())];
                reading.tell(Level::Left, "import.note.rule", rule.line, args);
                rule.properties.ignore();
            }
            continue;
        }
        let said = rule.at("Conditions").map(|all| all.json().to_string()).unwrap_or_default();
        match &first {
            None => {
                props.copy(&rule.properties, &[("Priority", "priority", As::Int)]);
                rule.items("Conditions").iter().for_each(|one| one_condition(one, props));
                first = Some(said);
            }
            Some(known) if *known == said => rule.properties.ignore_keys(&OF_RULE),
            Some(_) => {
                rule.properties.ignore();
                let args = vec![("id", rule.id.clone()), ("type", rule.type_name.clone())];
                reading.tell(Level::Left, "import.note.rule", rule.line, args);
            }
        }
    }
}

/// Whether both listeners of a load balancer pass requests on.
fn both_serve(reading: &Reading<'_>, node: usize) -> bool {
    let says = |field: &str| {
        let mut sets = reading.nodes[node].props.sets.iter().rev();
        sets.find(|(path, ..)| path == field).is_some_and(|(_, value, _)| *value == true)
    };
    says("http.enabled") && says("https.enabled") && !says("https.redirectHttp")
}

fn one_condition(condition: &Val, props: &mut Props) {
    let field = condition.get("Field").and_then(Val::text).unwrap_or_default();
    let line = condition.line;
    let (config, into) = match field.as_str() {
        "host-header" => ("HostHeaderConfig", "hosts"),
        "path-pattern" => ("PathPatternConfig", "paths"),
        "http-request-method" => ("HttpRequestMethodConfig", "methods"),
        "source-ip" => ("SourceIpConfig", "sources"),
        "http-header" => ("HttpHeaderConfig", "header.values"),
        "query-string" => {
            let pairs = condition.at("QueryStringConfig.Values").map(Val::items).unwrap_or_default();
            let text = |pair: &Val, key: &str| pair.get(key).and_then(Val::text).unwrap_or_default();
            let pairs = pairs.iter().map(|pair| json!({ "key": text(pair, "Key"), "value": text(pair, "Value") }));
            props.put("query", pairs.collect::<Vec<_>>(), line);
            return;
        }
        _ => return,
    };
    if let Some(name) = condition.at("HttpHeaderConfig.HttpHeaderName").and_then(Val::text) {
        props.put("header.name", name, line);
    }
    let values = condition.get(config).and_then(|config| config.get("Values")).or_else(|| condition.get("Values"));
    if let Some(values) = values.and_then(texts) {
        props.put(into, values, line);
    }
}

const GROUP_ROWS: &[Row] = &[
    ("Protocol", "protocol", As::Text),
    ("HealthCheckPath", "healthCheck.path", As::Text),
    ("HealthCheckIntervalSeconds", "healthCheck.interval", As::Int),
    ("HealthCheckTimeoutSeconds", "healthCheck.timeout", As::Int),
    ("HealthyThresholdCount", "healthCheck.healthyThreshold", As::Int),
    ("UnhealthyThresholdCount", "healthCheck.unhealthyThreshold", As::Int),
    ("Matcher.HttpCode", "healthCheck.matcher", As::Text),
    ("Matcher.GrpcCode", "healthCheck.matcher", As::Text),
];

fn target_group(reading: &mut Reading<'_>, group: &Resource, props: &mut Props) {
    props.copy(&group.properties, GROUP_ROWS);
    if let Some(version) = group.text("ProtocolVersion").filter(|version| version != "HTTP1") {
        props.put("protocolVersion", version, group.line);
    }
    let health = group.at("HealthCheckPort");
    if let Some(port) = health.and_then(Val::int) {
        props.put("healthCheck.port", port, group.line);
    }
    let own = group.text("Protocol").unwrap_or_else(|| "HTTP".to_owned());
    let asked = group.text("HealthCheckProtocol").unwrap_or_else(|| "HTTP".to_owned());
    if asked != own {
        props.put("healthCheck.protocol", asked, group.line);
    }
    for usual in ["VpcId", "TargetType", "Port", "Tags", "Name", "HealthCheckPort", "HealthCheckEnabled"] {
        group.at(usual).map(Val::ignore);
    }
    for attribute in group.items("TargetGroupAttributes") {
        let (Some(key), Some(value)) = (attribute.get("Key").and_then(Val::text), attribute.get("Value")) else {
            continue;
        };
        let (line, text) = (attribute.line, value.text().unwrap_or_default());
        let number = value.int();
        match (key.as_str(), number) {
            ("deregistration_delay.timeout_seconds", Some(n)) => props.put("deregistrationDelay", n, line),
            ("slow_start.duration_seconds", Some(n)) => props.put("slowStart", n, line),
            ("load_balancing.algorithm.type", _) => props.put("algorithm", text, line),
            ("load_balancing.algorithm.anomaly_mitigation", _) => props.put("anomalyMitigation", text == "on", line),
            ("load_balancing.cross_zone.enabled", _) => props.put("zonal", text == "false", line),
            ("stickiness.enabled", _) => props.put("stickiness.enabled", text == "true", line),
            ("stickiness.type", _) => {}
            ("stickiness.lb_cookie.duration_seconds" | "stickiness.app_cookie.duration_seconds", Some(n)) => {
                props.put("stickiness.duration", n, line);
            }
            ("stickiness.app_cookie.cookie_name", _) => props.put("stickiness.cookie", text, line),
            _ => {
                let args = vec![("path", format!("{}.{key}", group.id)), ("value", text)];
                reading.tell(Level::Left, "import.note.value", line, args);
            }
        }
    }
}

/// The second target group of a service whose requests are moved, and the role that moves them.
fn shifting<'a>(reading: &mut Reading<'a>, entry: &'a Val, service: usize, node: usize) {
    let template = reading.template;
    let Some(advanced) = entry.get("AdvancedConfiguration") else { return };
    if let Some(green) = advanced.get("AlternateTargetGroupArn").and_then(Val::names).and_then(|id| template.get(id)) {
        green.pass_over();
        reading.own(green, node);
    }
    advanced.get("ProductionListenerRule").map(Val::ignore);
    let Some(role) = advanced.get("RoleArn") else { return };
    match role.names() {
        Some(id) => made_anew(reading, Some(id), service),
        None => match super::roles::lab(role) {
            true => {
                reading.lab = true;
                role.mark();
            }
            false => {
                if let Some(arn) = reading.wording(role) {
                    reading.props(service).put("deployment.role", arn, role.line);
                }
            }
        },
    }
}
