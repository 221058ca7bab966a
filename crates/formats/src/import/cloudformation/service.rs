//! Services: what they run, where, how they are deployed, whom they call.

use serde_json::{Value as Json, json};
use trazo_model::Kind;

use super::cluster::{lie, named, strategy};
use super::network::{Networks, made_anew};
use super::parts::{As, Level, Props, Reading, Row};
use super::template::Resource;
use super::value::{Form, Val};

const ROWS: &[Row] = &[
    ("DesiredCount", "desiredCount", As::Int),
    ("HealthCheckGracePeriodSeconds", "healthCheckGracePeriodSeconds", As::Int),
    ("EnableExecuteCommand", "enableExecuteCommand", As::Flag),
    ("EnableECSManagedTags", "managedTags", As::Flag),
    ("DeploymentConfiguration.MinimumHealthyPercent", "deployment.minimumHealthyPercent", As::Int),
    ("DeploymentConfiguration.MaximumPercent", "deployment.maximumPercent", As::Int),
    ("DeploymentConfiguration.Strategy", "deployment.strategy", As::Text),
    ("DeploymentConfiguration.BakeTimeInMinutes", "deployment.bakeTime", As::Int),
    ("DeploymentConfiguration.LinearConfiguration.StepPercent", "deployment.stepPercent", As::Int),
    ("DeploymentConfiguration.LinearConfiguration.StepBakeTimeInMinutes", "deployment.stepBakeTime", As::Int),
    ("DeploymentConfiguration.CanaryConfiguration.CanaryPercent", "deployment.stepPercent", As::Int),
    ("DeploymentConfiguration.CanaryConfiguration.CanaryBakeTimeInMinutes", "deployment.stepBakeTime", As::Int),
    ("DeploymentConfiguration.Alarms.AlarmNames", "deployment.alarms", As::Texts),
];

pub(super) fn read<'a>(reading: &mut Reading<'a>, networks: &Networks<'a>) {
    let template = reading.template;
    for service in template.of_type("AWS::ECS::Service") {
        let node = reading.add(Kind::Service, service, service.text("ServiceName"));
        reading.tags(node, service, &[]);
        let mut props = Props::default();
        props.put("desiredCount", 1, service.line);
        props.copy(&service.properties, ROWS);
        deployment(service, &mut props);
        placement(service, &mut props);
        let cluster = service.at("Cluster").and_then(|cluster| named(reading, cluster));
        if let Some(cluster) = cluster {
            reading.put_into(node, cluster);
        }
        capacity(reading, service, &mut props);
        let on = service.text("AvailabilityZoneRebalancing");
        props.put("zoneRebalancing", on.as_deref() == Some("ENABLED"), service.line);
        let whose = service.text("PropagateTags").unwrap_or_else(|| "NONE".to_owned());
        props.put("propagateTags", whose, service.line);
        network(reading, networks, service, node, &mut props);
        reading.nodes[node].props = props;
        if let Some(task) = service.at("TaskDefinition") {
            match task.names().and_then(|id| reading.node_of(id, Kind::TaskDefinition)) {
                Some(found) => reading.tie(node, found, Props::default(), task.line),
                None => {
                    task.ignore();
                    let args = vec![("id", service.id.clone()), ("value", task.json().to_string())];
                    reading.tell(Level::Left, "import.note.task_elsewhere", task.line, args);
                }
            }
        }
    }
}

fn deployment(service: &Resource, props: &mut Props) {
    let breaker = service.at("DeploymentConfiguration.DeploymentCircuitBreaker");
    let flag = |key: &str| breaker.and_then(|breaker| breaker.get(key)).and_then(Val::flag);
    let on = flag("Enable").unwrap_or(false);
    props.put("deployment.circuitBreaker", on, service.line);
    // Without a breaker nothing is taken back; then it says nothing.
    if let Some(back) = flag("Rollback").filter(|back| on || *back) {
        props.put("deployment.rollback", back, service.line);
    }
    for usual in ["Alarms.Enable", "Alarms.Rollback"] {
        if let Some(value) = service.at(&format!("DeploymentConfiguration.{usual}")) {
            value.flag();
        }
    }
    if let Some(kind) =
        service.at("DeploymentController.Type").filter(|kind| matches!(&kind.form, Form::Text(word) if word == "ECS"))
    {
        kind.mark();
    }
}

fn placement(service: &Resource, props: &mut Props) {
    let spreads: Vec<Json> = service
        .items("PlacementStrategies")
        .iter()
        .map(|spread| {
            let text = |key: &str| spread.get(key).and_then(Val::text).unwrap_or_default();
            json!({ "type": text("Type"), "field": text("Field") })
        })
        .collect();
    if !spreads.is_empty() {
        props.put("placement", spreads, service.line);
    }
    let constraints: Vec<Json> = service
        .items("PlacementConstraints")
        .iter()
        .map(|constraint| {
            let text = |key: &str| constraint.get(key).and_then(Val::text).unwrap_or_default();
            json!({ "type": text("Type"), "expression": text("Expression") })
        })
        .collect();
    if !constraints.is_empty() {
        props.put("constraints", constraints, service.line);
    }
}

fn capacity(reading: &Reading<'_>, service: &Resource, props: &mut Props) {
    let line = service.line;
    if service.text("SchedulingStrategy").as_deref() == Some("DAEMON") {
        props.put("daemon", true, line);
    }
    if let Some(version) = service.text("PlatformVersion") {
        props.put("platformVersion", version, line);
    }
    let launch = service.text("LaunchType");
    // Where neither it nor its cluster says anything, it runs on instances.
    let of_cluster = reading
        .node(&service.id)
        .and_then(|node| reading.nodes[node].parent)
        .is_none_or(|cluster| reading.nodes[cluster].props.sets.iter().any(|(path, ..)| path == "defaultStrategy"));
    let shares = strategy(reading, service.items("CapacityProviderStrategy")).unwrap_or_default();
    let word = match (launch.as_deref(), shares.as_slice()) {
        (Some("FARGATE"), _) => "fargate",
        (Some("EC2" | "EXTERNAL"), _) => "ec2",
        (_, []) if of_cluster => "cluster_default",
        (_, []) => "ec2",
        (_, [only]) if only["provider"] == "FARGATE_SPOT" && only.get("base").is_none() && only["weight"] == 1 => {
            "spot"
        }
        (_, [only]) if only["provider"] == "EC2" && only.get("base").is_none() && only["weight"] == 1 => "ec2",
        _ => "strategy",
    };
    props.put("launch", word, line);
    if word == "strategy" {
        props.put("strategy", shares, line);
    }
}

fn network<'a>(
    reading: &mut Reading<'a>,
    networks: &Networks<'a>,
    service: &'a Resource,
    node: usize,
    props: &mut Props,
) {
    let Some(interface) = service.at("NetworkConfiguration.AwsvpcConfiguration") else {
        // Its tasks share the network of their instance.
        props.put("assignPublicIp", false, service.line);
        return;
    };
    let public = interface.get("AssignPublicIp").and_then(Val::text);
    props.put("assignPublicIp", public.as_deref() == Some("ENABLED"), interface.line);
    let place = networks.place(reading, interface.get("Subnets").map(Val::items).unwrap_or_default());
    props.put("privateSubnets", place.private, interface.line);
    if let Some(cluster) = reading.nodes[node].parent {
        lie(reading, cluster, place);
    }
    for group in interface.get("SecurityGroups").map(Val::items).unwrap_or_default() {
        group.ignore();
        made_anew(reading, group.names(), node);
    }
}

/// What holds between services, once all are there: scaling, and who calls whom.
pub(super) fn between(reading: &mut Reading<'_>) {
    let template = reading.template;
    let mut offers: Vec<(String, usize)> = Vec::new();
    for service in template.of_type("AWS::ECS::Service") {
        let Some(node) = reading.node_of(&service.id, Kind::Service) else { continue };
        let Some(connect) = service.at("ServiceConnectConfiguration") else { continue };
        offers.push((service.id.clone(), node));
        for usual in ["Enabled", "Namespace"] {
            connect.get(usual).map(Val::ignore);
        }
        if let Some(logs) = connect.get("LogConfiguration") {
            reading.props(node).put("connectLogs", true, logs.line);
            let group = logs.at("Options.awslogs-group").and_then(Val::names);
            if let Some(group) = group.and_then(|id| template.get_of(id, "AWS::Logs::LogGroup")) {
                group.pass_over();
                reading.own(group, node);
            }
            logs.ignore();
        }
    }
    for (id, node) in &offers {
        calls(reading, id, *node, &offers);
    }
}

/// The links to what a service offers: from those whose tasks it admits; where none can be told, from those that wait for it.
fn calls(reading: &mut Reading<'_>, id: &str, node: usize, all: &[(String, usize)]) {
    let template = reading.template;
    let Some(service) = template.get(id) else { return };
    let offered: Vec<&Val> = service.items("ServiceConnectConfiguration.Services").iter().collect();
    let mut callers: Vec<(usize, Option<i64>)> = Vec::new();
    for (other, caller) in all.iter().filter(|(other, _)| other != id) {
        let waits = template.get(other).is_some_and(|other| other.depends_on.iter().any(|on| on == id));
        let admitted: Vec<Option<i64>> = admits(reading, service, other);
        if admitted.is_empty() && waits {
            callers.push((*caller, None));
        }
        callers.extend(admitted.into_iter().map(|port| (*caller, port)));
    }
    for offer in &offered {
        let Some((props, port)) = offer_of(reading, service, offer) else { continue };
        for (caller, admitted) in &callers {
            let fits = admitted.is_none_or(|admitted| offered.len() == 1 || port.is_none_or(|port| port == admitted));
            if fits {
                reading.tie(*caller, node, props.clone(), offer.line);
            }
        }
        if callers.is_empty() {
            let args = vec![("id", service.id.clone())];
            reading.tell(Level::Left, "import.note.nobody_calls", offer.line, args);
        }
    }
}

/// The ports on which the tasks of a service admit those of another, by rules of their own.
fn admits(reading: &Reading<'_>, service: &Resource, caller: &str) -> Vec<Option<i64>> {
    let template = reading.template;
    let groups = |service: &Resource| -> Vec<String> {
        let list = service.items("NetworkConfiguration.AwsvpcConfiguration.SecurityGroups");
        list.iter().filter_map(|group| group.names().map(str::to_owned)).collect()
    };
    let Some(caller) = template.get(caller) else { return Vec::new() };
    let (own, callers) = (groups(service), groups(caller));
    let mut found = Vec::new();
    for group in &own {
        for rule in template.users(group, "AWS::EC2::SecurityGroupIngress") {
            let to = rule.names("GroupId").is_some_and(|id| id == group);
            let from = rule.names("SourceSecurityGroupId").is_some_and(|id| callers.iter().any(|own| own == id));
            if to && from {
                found.push(rule.at("FromPort").and_then(Val::int));
            }
        }
    }
    found
}

/// What a link carries that calls an offer, and the port of the container.
fn offer_of(reading: &Reading<'_>, service: &Resource, offer: &Val) -> Option<(Props, Option<i64>)> {
    let mut props = Props::default();
    let name = offer.get("PortName")?.text()?;
    let discovery = offer.get("DiscoveryName").and_then(Val::text);
    let port = port_named(reading, service, &name);
    let own = reading.node(&service.id).map(|node| reading.nodes[node].name.to_lowercase()).unwrap_or_default();
    if port.is_none() || first_named(reading, service).as_deref() != Some(name.as_str()) {
        props.put("portName", name.as_str(), offer.line);
    }
    let alias = offer.get("ClientAliases").and_then(|all| all.items().first());
    let dns = alias.and_then(|alias| alias.get("DnsName")).and_then(Val::text);
    let number = alias.and_then(|alias| alias.get("Port")).and_then(Val::int);
    let known = discovery.unwrap_or_else(|| name.clone());
    if known != own {
        props.put("discoveryName", known.as_str(), offer.line);
    }
    if let Some(dns) = dns.filter(|dns| *dns != known) {
        props.put("dnsName", dns, offer.line);
    }
    if let Some(number) = number.filter(|number| Some(*number) != port) {
        props.put("port", number, offer.line);
    }
    props.copy(
        offer,
        &[
            ("Timeout.IdleTimeoutSeconds", "idleTimeout", As::Int),
            ("Timeout.PerRequestTimeoutSeconds", "requestTimeout", As::Int),
        ],
    );
    Some((props, port))
}

/// The name of the port that is offered where nothing else is said: the first one for TCP, of essential containers first.
fn first_named(reading: &Reading<'_>, service: &Resource) -> Option<String> {
    let task = reading.template.get(service.names("TaskDefinition")?)?;
    let of = |essential: bool| {
        let is_it = move |container: &&Val| container.get("Essential").and_then(Val::flag).unwrap_or(true) == essential;
        task.items("ContainerDefinitions").iter().filter(is_it)
    };
    let mut ports = of(true)
        .chain(of(false))
        .flat_map(|container| container.get("PortMappings").map(Val::items).unwrap_or_default());
    let is_tcp = |port: &&Val| port.get("Protocol").and_then(Val::text).is_none_or(|word| word == "tcp");
    ports.find(is_tcp)?.get("Name")?.text()
}

fn port_named(reading: &Reading<'_>, service: &Resource, name: &str) -> Option<i64> {
    let task = reading.template.get(service.names("TaskDefinition")?)?;
    let ports = task.items("ContainerDefinitions").iter();
    let mut ports = ports.flat_map(|container| container.get("PortMappings").map(Val::items).unwrap_or_default());
    let port = ports.find(|port| port.get("Name").and_then(Val::text).as_deref() == Some(name))?;
    port.get("ContainerPort")?.int()
}
