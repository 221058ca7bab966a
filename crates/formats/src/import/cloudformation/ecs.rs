//! JSON of the AWS CLI for ECS: what `describe-task-definition`, `describe-services` and `describe-clusters` answer, what
//! `register-task-definition`, `create-service` and `create-cluster` take, the `task-definition.json` of deployment workflows, and
//! bare lists of containers.
//!
//! Its words are CloudFormation's with a small letter at their beginning, so it is read as a template is. What stands around
//! services and is only named here (clusters, target groups) is made of those names.

use indexmap::IndexMap;

use super::parts::{Level, Told};
use super::source::{Shape, Source, shape, small};
use super::template::Resource;
use super::value::{Entries, Form, Val};
use crate::import::{Draft, Node, Tree};

/// Whether a file is of this format.
pub(in crate::import) fn recognises(tree: &Tree) -> bool {
    let root = tree.root();
    match root.items().first() {
        Some(first) => is_known(first) || is_container(first),
        None => is_known(root),
    }
}

fn is_container(node: &Node) -> bool {
    node.has("name") && node.has("image")
}

fn is_known(node: &Node) -> bool {
    let answers = ["services", "clusters"].into_iter().any(|key| {
        let named = |item: &Node| item.has("serviceName") || item.has("clusterName");
        node.get(key).is_some_and(|list| list.is_list() && list.items().iter().any(named))
    });
    let described = node.get("taskDefinition").is_some_and(|it| it.has("containerDefinitions"));
    answers
        || described
        || node.get("containerDefinitions").is_some_and(Node::is_list)
        || (node.has("serviceName") && node.has("taskDefinition"))
        || (node.has("clusterName") && !node.has("Resources"))
}

/// What AWS tells of a thing that is no part of what it is.
const STATE: [&str; 31] = [
    "taskDefinitionArn",
    "revision",
    "status",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "registeredBy",
    "deregisteredAt",
    "serviceArn",
    "clusterArn",
    "runningCount",
    "pendingCount",
    "deployments",
    "events",
    "createdAt",
    "createdBy",
    "roleArn",
    "role",
    "platformFamily",
    "clientToken",
    "statistics",
    "attachments",
    "attachmentsStatus",
    "registeredContainerInstancesCount",
    "runningTasksCount",
    "pendingTasksCount",
    "activeServicesCount",
    "currentServiceDeployment",
    "currentServiceRevisions",
    "taskSets",
    "resourceManagementType",
];

/// Words that are not CloudFormation's with a small letter.
const WORDS: [(&str, &str); 6] = [
    ("efsVolumeConfiguration", "EFSVolumeConfiguration"),
    ("fsxWindowsFileServerVolumeConfiguration", "FSxWindowsFileServerVolumeConfiguration"),
    ("fileSystemId", "FilesystemId"),
    ("iam", "IAM"),
    ("placementStrategy", "PlacementStrategies"),
    ("settings", "ClusterSettings"),
];

/// Maps whose keys are the person's own.
pub(super) const OWN_KEYS: [&str; 4] = ["options", "dockerLabels", "driverOpts", "labels"];

/// Reads a file.
pub(in crate::import) fn read(tree: &Tree, draft: &mut Draft) {
    let mut file = File::default();
    let root = tree.root();
    match root.items() {
        items if items.first().is_some_and(is_container) => file.task(root, Some(root)),
        [] => file.any(root),
        items => items.iter().for_each(|item| file.any(item)),
    }
    root.skip();
    if let Some(region) = &file.region {
        draft.region(region);
    }
    let told = file.connect();
    super::of_resources(
        file.resources,
        told,
        &super::Speech { told: &in_words_of_the_cli, text: &str::to_owned },
        draft,
    );
}

/// Words begin with a small letter, as the AWS CLI has them.
fn in_words_of_the_cli(told: &mut Told) {
    for (_, text) in told.args.iter_mut().filter(|(place, _)| *place == "path") {
        *text = text.split('.').map(small).collect::<Vec<_>>().join(".");
    }
}

#[derive(Default)]
struct File {
    region: Option<String>,
    resources: Vec<Resource>,
}

impl File {
    /// A part of the file, whatever it is.
    fn any(&mut self, node: &Node) {
        for (key, of_kind) in [("services", Self::service as fn(&mut Self, &Node)), ("clusters", Self::cluster)] {
            node.get(key).map(Node::items).unwrap_or_default().iter().for_each(|item| of_kind(self, item));
        }
        if let Some(task) = node.get("taskDefinition").filter(|it| it.is_map()) {
            let mut whole = node.get("tags").map(|tags| value(tags, "tags")).into_iter();
            self.task(task, None);
            if let (Some(tags), Some(last)) = (whole.next().flatten(), self.resources.last_mut()) {
                put(&mut last.properties, "Tags", tags);
            }
        } else if node.has("containerDefinitions") {
            self.task(node, None);
        } else if node.has("serviceName") {
            self.service(node);
        } else if node.has("clusterName") {
            self.cluster(node);
        }
    }

    fn add(&mut self, type_name: &str, id: &str, line: usize, properties: Entries) {
        let count = self.resources.iter().filter(|other| other.type_name == type_name).count();
        self.resources.push(Resource {
            id: if count == 0 { id.to_owned() } else { format!("{id}{}", count + 1) },
            type_name: type_name.to_owned(),
            line,
            properties: Val::new(Form::Map(properties), line),
            attributes: Vec::new(),
            depends_on: Vec::new(),
        });
    }

    /// A task definition, or the list of its containers.
    fn task(&mut self, node: &Node, containers: Option<&Node>) {
        let mut properties = match containers {
            None => properties(node),
            Some(list) => value(list, "containerDefinitions")
                .map(|list| Entries::from_iter([("ContainerDefinitions".to_owned(), list)]))
                .unwrap_or_default(),
        };
        let arn = node.text_of("taskDefinitionArn");
        self.seen(arn);
        let list = containers.or_else(|| node.get("containerDefinitions")).map(Node::items).unwrap_or_default();
        let logs = list.iter().find_map(|it| it.at("logConfiguration.options")?.text_of("awslogs-region"));
        self.region = self.region.take().or_else(|| logs.map(str::to_owned));
        if !properties.contains_key("Family") {
            let first = containers.and_then(|list| list.items().first()).and_then(|it| it.text_of("name"));
            let family = arn.map(family).or(first).unwrap_or_default();
            properties.insert("Family".into(), text(family, node.line()));
        }
        self.add("AWS::ECS::TaskDefinition", "taskDefinition", node.line(), properties);
    }

    fn service(&mut self, node: &Node) {
        let mut properties = properties(node);
        self.seen(node.text_of("serviceArn"));
        if let Some(arn) = node.text_of("clusterArn") {
            properties.entry("Cluster".into()).or_insert_with(|| text(arn, node.line()));
        }
        // An answer tells of Service Connect where it tells of what runs now.
        let primary = |it: &&Node| it.text_of("status") == Some("PRIMARY");
        let now = node.get("deployments").map(Node::items).unwrap_or_default().iter().find(primary);
        let connect = now.and_then(|it| it.get("serviceConnectConfiguration"));
        if let Some(connect) = connect.and_then(|connect| value(connect, "serviceConnectConfiguration")) {
            properties.entry("ServiceConnectConfiguration".into()).or_insert(connect);
        }
        self.add("AWS::ECS::Service", "service", node.line(), properties);
    }

    fn cluster(&mut self, node: &Node) {
        self.seen(node.text_of("clusterArn"));
        let properties = properties(node);
        self.add("AWS::ECS::Cluster", "cluster", node.line(), properties);
    }

    /// The region of an ARN.
    fn seen(&mut self, arn: Option<&str>) {
        let region = arn.and_then(|arn| arn.split(':').nth(3)).filter(|region| !region.is_empty());
        self.region = self.region.take().or_else(|| region.map(str::to_owned));
    }

    /// Names become references; what is only named is made.
    fn connect(&mut self) -> Vec<Told> {
        let families: Vec<(String, String)> = self.of_type("AWS::ECS::TaskDefinition", "Family");
        let mut clusters = self.of_type("AWS::ECS::Cluster", "ClusterName");
        let (mut told, mut made, mut groups) = (Vec::new(), Vec::new(), Groups::default());
        for at in 0..self.resources.len() {
            let Some(service) = self.resources.get_mut(at).filter(|it| it.type_name == "AWS::ECS::Service") else {
                continue;
            };
            if let Some(task) = service.text("TaskDefinition")
                && let Some((_, id)) = families.iter().find(|(name, _)| *name == family(&task))
            {
                put(&mut service.properties, "TaskDefinition", Val::new(Form::Ref(id.clone()), service.line));
            }
            let cluster = service.text("Cluster").unwrap_or_else(|| "default".to_owned());
            let cluster = last(&cluster).to_owned();
            let spot = service.items("CapacityProviderStrategy").iter();
            let spot =
                spot.filter_map(|share| share.get("CapacityProvider")?.text()).any(|name| name == "FARGATE_SPOT");
            let known = clusters.iter().find(|(name, _)| *name == cluster).map(|(_, id)| id.clone());
            let id = known.unwrap_or_else(|| {
                let id = format!("cluster{}", clusters.len() + 1);
                clusters.push((cluster.clone(), id.clone()));
                made.push((id.clone(), cluster, spot, service.line));
                id
            });
            put(&mut service.properties, "Cluster", Val::new(Form::Ref(id), service.line));
            groups.take(service);
        }
        for (id, name, spot, line) in made {
            let mut properties = Entries::from_iter([("ClusterName".to_owned(), text(&name, line))]);
            if spot {
                let both = ["FARGATE", "FARGATE_SPOT"].map(|name| text(name, line)).to_vec();
                properties.insert("CapacityProviders".into(), Val::new(Form::List(both), line));
            }
            self.add("AWS::ECS::Cluster", &id, line, properties);
            if let Some(last) = self.resources.last_mut() {
                last.id = id;
            }
            told.push(guessed("import.note.ecs.cluster", "name", &name, line));
        }
        groups.balance(self, &mut told);
        told
    }

    /// What the resources of a type are called, and their ids.
    fn of_type(&self, type_name: &str, key: &str) -> Vec<(String, String)> {
        let all = self.resources.iter().filter(|it| it.type_name == type_name);
        all.filter_map(|it| Some((it.text(key)?, it.id.clone()))).collect()
    }
}

fn guessed(key: &'static str, place: &'static str, value: &str, line: usize) -> Told {
    Told { level: Level::Guessed, key, args: vec![(place, value.to_owned())], line }
}

/// Target groups that services name: name, the port that their tasks listen on, line.
#[derive(Default)]
struct Groups {
    all: IndexMap<String, (i64, usize)>,
    /// Where the tasks of the first service lie.
    subnets: Option<Val>,
}

impl Groups {
    /// Takes the groups that a service names, which become references.
    fn take(&mut self, service: &mut Resource) {
        let subnets = service.at("NetworkConfiguration.AwsvpcConfiguration.Subnets").cloned();
        let Form::Map(properties) = &mut service.properties.form else { return };
        let Some(Form::List(items)) = properties.get_mut("LoadBalancers").map(|list| &mut list.form) else { return };
        self.subnets = self.subnets.take().or(subnets);
        for item in items {
            let port = item.get("ContainerPort").and_then(Val::int).unwrap_or(80);
            let Some(arn) = item.get("TargetGroupArn").and_then(Val::text) else { continue };
            // arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID
            let name = arn.split('/').nth(1).unwrap_or(&arn).to_owned();
            let line = item.line;
            let at = match self.all.get_index_of(&name) {
                Some(at) => at,
                None => self.all.insert_full(name, (port, line)).0,
            };
            put(item, "TargetGroupArn", Val::new(Form::Ref(group_id(at)), line));
        }
    }

    /// The load balancer in front of the groups: nothing here says of which kind it is, nor what leads to which.
    fn balance(mut self, file: &mut File, told: &mut Vec<Told>) {
        let Some((_, (_, line))) = self.all.first() else { return };
        let line = *line;
        let map = |pairs: Vec<(&str, Val)>| Entries::from_iter(pairs.into_iter().map(|(key, it)| (key.to_owned(), it)));
        let of = |pairs: Vec<(&str, Val)>| Val::new(Form::Map(map(pairs)), line);
        let list = |item: Val| Val::new(Form::List(vec![item]), line);
        let refers = |id: &str| Val::new(Form::Ref(id.to_owned()), line);
        let forward =
            |at: usize| list(of(vec![("Type", text("forward", line)), ("TargetGroupArn", refers(&group_id(at)))]));
        let subnets = self.subnets.take().map(|subnets| ("Subnets", subnets));
        let balancer = map(subnets.into_iter().collect());
        file.add("AWS::ElasticLoadBalancingV2::LoadBalancer", "loadBalancer", line, balancer);
        let listener = map(vec![
            ("LoadBalancerArn", refers("loadBalancer")),
            ("Port", text("80", line)),
            ("Protocol", text("HTTP", line)),
            ("DefaultActions", forward(0)),
        ]);
        file.add("AWS::ElasticLoadBalancingV2::Listener", "listener", line, listener);
        for (at, (name, (port, line))) in self.all.iter().enumerate() {
            let group = map(vec![
                ("Name", text(name, *line)),
                ("Port", text(&port.to_string(), *line)),
                ("Protocol", text("HTTP", *line)),
                ("TargetType", text("ip", *line)),
            ]);
            file.add("AWS::ElasticLoadBalancingV2::TargetGroup", "x", *line, group);
            if let Some(last) = file.resources.last_mut() {
                last.id = group_id(at);
            }
            told.push(guessed("import.note.ecs.group", "name", name, *line));
            if at > 0 {
                let path = of(vec![
                    ("Field", text("path-pattern", *line)),
                    ("Values", list(text(&format!("/{name}/*"), *line))),
                ]);
                let rule = map(vec![
                    ("ListenerArn", refers("listener")),
                    ("Priority", text(&at.to_string(), *line)),
                    ("Conditions", list(path)),
                    ("Actions", forward(at)),
                ]);
                file.add("AWS::ElasticLoadBalancingV2::ListenerRule", "rule", *line, rule);
            }
        }
    }
}

fn group_id(at: usize) -> String {
    format!("targetGroup{}", at + 1)
}

fn text(value: &str, line: usize) -> Val {
    Val::new(Form::Text(value.to_owned()), line)
}

fn put(map: &mut Val, key: &str, value: Val) {
    if let Form::Map(entries) = &mut map.form {
        entries.insert(key.to_owned(), value);
    }
}

/// The last part of an ARN, or the name itself.
fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The family of an ARN, or of `family:revision`.
fn family(name: &str) -> &str {
    let name = last(name);
    name.split(':').next().unwrap_or(name)
}

fn properties(node: &Node) -> Entries {
    let kept = node.entries().iter().filter(|entry| !STATE.contains(&entry.key()));
    kept.filter_map(|entry| Some((word(entry.key()), value(&entry.value, entry.key())?))).collect()
}

/// `portMappings` as `PortMappings`.
pub(super) fn word(key: &str) -> String {
    if let Some((_, word)) = WORDS.iter().find(|(from, _)| *from == key) {
        return (*word).to_owned();
    }
    let mut letters = key.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// A value of the file; what is nothing or empty says nothing.
fn value(node: &Node, key: &str) -> Option<Val> {
    let own = OWN_KEYS.contains(&key);
    let form = match shape(Source::new(node)) {
        Shape::Null => return None,
        Shape::Bool(flag) => Form::Bool(flag),
        Shape::Int(number) => Form::Int(number),
        Shape::Num(number) => Form::Num(number),
        Shape::Text(text) => Form::Text(text),
        Shape::List if node.items().is_empty() => return None,
        Shape::List => Form::List(node.items().iter().filter_map(|item| value(item, key)).collect()),
        Shape::Map if node.entries().is_empty() => return None,
        Shape::Map => {
            let named = |name: &str| if own { name.to_owned() } else { word(name) };
            let entries = node.entries().iter();
            // Keys that a person chose hold texts.
            let inner = |name: &str| if own { String::new() } else { name.to_owned() };
            let kept =
                entries.filter_map(|entry| Some((named(entry.key()), value(&entry.value, &inner(entry.key()))?)));
            Form::Map(kept.collect())
        }
    };
    Some(Val::new(form, node.line()))
}

#[cfg(test)]
mod tests;
