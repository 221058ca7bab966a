//! VPCs with their subnets, gateways, routes and endpoints.

use std::cell::Cell;
use std::collections::BTreeMap;

use trazo_model::Kind;
use trazo_model::resources::vpc::cidr::{Block, divide};

use super::parts::{As, Level, Part, Props, Reading};
use super::template::Resource;
use super::value::{Form, Val};

/// What subnets are, by their logical ids.
#[derive(Default)]
pub(super) struct Networks<'a> {
    /// Subnets: the node of their VPC, if that is in the template, and whether they are private.
    subnets: BTreeMap<&'a str, (usize, bool)>,
    /// The account's default VPC, where something lies in subnets that are no part of the template.
    default: Cell<Option<usize>>,
}

/// What a list of subnets says of where something lies.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// The VPC.
    pub vpc: Option<usize>,
    /// Whether the subnets are private.
    pub private: bool,
}

/// The types that are parts of a VPC, and the property that names it or another part.
const OF_VPC: [(&str, &str); 7] = [
    ("AWS::EC2::VPCGatewayAttachment", "VpcId"),
    ("AWS::EC2::RouteTable", "VpcId"),
    ("AWS::EC2::Subnet", "VpcId"),
    ("AWS::EC2::Route", "RouteTableId"),
    ("AWS::EC2::SubnetRouteTableAssociation", "SubnetId"),
    ("AWS::EC2::NatGateway", "SubnetId"),
    ("AWS::EC2::VPCEndpoint", "VpcId"),
];

pub(super) fn read<'a>(reading: &mut Reading<'a>) -> Networks<'a> {
    let template = reading.template;
    let mut networks = Networks::default();
    for vpc in template.of_type("AWS::EC2::VPC") {
        let node = reading.add(Kind::Vpc, vpc, Reading::name_tag(vpc));
        reading.tags(node, vpc, &["Name"]);
        let props = reading.props(node);
        props.put("source", "new", vpc.line);
        props.copy(&vpc.properties, &[("CidrBlock", "cidr", As::Text)]);
        for usual in ["EnableDnsSupport", "EnableDnsHostnames"] {
            if let Some(value) = vpc.at(usual).filter(|value| value.flag() == Some(true)) {
                value.mark();
            }
        }
        if let Some(tenancy) =
            vpc.at("InstanceTenancy").filter(|value| matches!(&value.form, Form::Text(word) if word == "default"))
        {
            tenancy.mark();
        }
        subnets(reading, &mut networks, vpc, node);
    }
    for (type_name, property) in OF_VPC {
        for resource in template.of_type(type_name) {
            let owner = resource.names(property).and_then(|id| reading.owner(id));
            if let Some(owner) = owner {
                part(reading, resource, owner);
            }
        }
    }
    networks
}

/// What parts of a VPC say that Trazo says anew.
const OF_PARTS: [&str; 20] = [
    "VpcId",
    "CidrBlock",
    "AvailabilityZone",
    "MapPublicIpOnLaunch",
    "Tags",
    "RouteTableId",
    "DestinationCidrBlock",
    "GatewayId",
    "NatGatewayId",
    "SubnetId",
    "InternetGatewayId",
    "AllocationId",
    "ConnectivityType",
    "Domain",
    "RouteTableIds",
    "SubnetIds",
    "SecurityGroupIds",
    "PrivateDnsEnabled",
    "ServiceName",
    "VpcEndpointType",
];

/// What rules of security groups say that Trazo says anew.
const OF_RULES: [&str; 9] = [
    "GroupId",
    "IpProtocol",
    "FromPort",
    "ToPort",
    "CidrIp",
    "CidrIpv6",
    "SourceSecurityGroupId",
    "DestinationSecurityGroupId",
    "Description",
];

/// What is a part of a VPC is made anew: its properties are read off the whole.
fn part<'a>(reading: &mut Reading<'a>, resource: &'a Resource, owner: usize) {
    let template = reading.template;
    resource.properties.ignore_keys(&OF_PARTS);
    reading.own(resource, owner);
    let mut names = Vec::new();
    resource.properties.all_names(&mut names);
    for name in names {
        let own = ["AWS::EC2::InternetGateway", "AWS::EC2::EIP"];
        if let Some(other) = template.get(name).filter(|other| own.contains(&other.type_name.as_str())) {
            other.properties.ignore_keys(&OF_PARTS);
            reading.own(other, owner);
        }
    }
}

/// Whether a subnet has no way in from the Internet: its routes tell, or else what it says of itself.
fn is_private(reading: &Reading<'_>, subnet: &Resource) -> bool {
    let template = reading.template;
    for association in template.users(&subnet.id, "AWS::EC2::SubnetRouteTableAssociation") {
        let Some(table) = association.names("RouteTableId") else { continue };
        let mut routes = template.users(table, "AWS::EC2::Route").peekable();
        if routes.peek().is_some() {
            return !routes.any(|route| route.at("GatewayId").is_some());
        }
        return !subnet.at("MapPublicIpOnLaunch").and_then(Val::flag).unwrap_or(false);
    }
    let public = subnet.at("MapPublicIpOnLaunch").and_then(Val::flag);
    !public.unwrap_or_else(|| subnet.id.to_lowercase().contains("public"))
}

fn subnets<'a>(reading: &mut Reading<'a>, networks: &mut Networks<'a>, vpc: &'a Resource, node: usize) {
    let template = reading.template;
    let (mut public, mut private): (Vec<&Resource>, Vec<&Resource>) = (Vec::new(), Vec::new());
    for subnet in template.users(&vpc.id, "AWS::EC2::Subnet") {
        let is_private = is_private(reading, subnet);
        networks.subnets.insert(&subnet.id, (node, is_private));
        if is_private { private.push(subnet) } else { public.push(subnet) }
    }
    let mut gateways = 0_usize;
    for gateway in template.of_type("AWS::EC2::NatGateway") {
        let within = gateway.names("SubnetId").and_then(|subnet| networks.subnets.get(subnet));
        gateways += usize::from(within.is_some_and(|(owner, _)| *owner == node));
    }
    let zones = public.len().max(private.len());
    let line = vpc.line;
    let props = reading.props(node);
    props.put("zones", if zones >= 3 { 3 } else { 2 }, line);
    props.put("privateSubnets", !private.is_empty(), line);
    let nat = match gateways {
        _ if private.is_empty() => "none",
        0 => "none",
        1 => "single",
        _ => "per_zone",
    };
    props.put("nat", nat, line);
    sizes(reading, vpc, node, &public, &private);
    endpoints(reading, vpc, node);
    flow_logs(reading, vpc, node);
}

/// The length of the prefix of subnets, where it is not what dividing the block evenly gives.
fn sizes(reading: &mut Reading<'_>, vpc: &Resource, node: usize, public: &[&Resource], private: &[&Resource]) {
    let Some(block) = vpc.text("CidrBlock").as_deref().and_then(Block::parse) else { return };
    let zones = if public.len().max(private.len()) >= 3 { 3 } else { 2 };
    let even = divide(block, zones, !private.is_empty());
    let prefix = |all: &[&Resource]| -> Option<i64> {
        let first = all.first()?.text("CidrBlock").as_deref().and_then(Block::parse)?;
        Some(i64::from(first.prefix))
    };
    let usual = even.and_then(|subnets| subnets.public.first().map(|subnet| i64::from(subnet.prefix)));
    for (field, own) in [("publicPrefix", prefix(public)), ("privatePrefix", prefix(private))] {
        if let Some(own) = own.filter(|own| Some(*own) != usual) {
            reading.props(node).put(field, own, vpc.line);
        }
    }
    for subnet in public.iter().chain(private) {
        if let Some(zone) = subnet.at("AvailabilityZone").filter(|zone| matches!(zone.form, Form::Text(_))) {
            reading.tell(Level::Guessed, "import.note.zone", zone.line, vec![("id", subnet.id.clone())]);
        }
    }
}

/// Services by the field that stands for their endpoints.
const ENDPOINTS: [(&str, &[&str]); 8] = [
    ("s3", &["s3"]),
    ("dynamodb", &["dynamodb"]),
    ("ecr", &["ecr.api", "ecr.dkr"]),
    ("logs", &["logs"]),
    ("secretsManager", &["secretsmanager"]),
    ("ssm", &["ssm"]),
    ("exec", &["ssmmessages"]),
    ("ecs", &["ecs", "ecs-agent", "ecs-telemetry"]),
];

fn endpoints<'a>(reading: &mut Reading<'a>, vpc: &'a Resource, node: usize) {
    let template = reading.template;
    let mut services: Vec<(String, bool)> = Vec::new();
    for endpoint in template.users(&vpc.id, "AWS::EC2::VPCEndpoint") {
        let Some(service) = endpoint.text("ServiceName") else { continue };
        let Some(short) = service.strip_prefix("com.amazonaws.").and_then(|rest| rest.split_once('.')) else {
            continue;
        };
        let gateway = endpoint.text("VpcEndpointType").is_none_or(|kind| kind == "Gateway");
        services.push((short.1.to_owned(), gateway));
        for group in endpoint.items("SecurityGroupIds") {
            made_anew(reading, group.names(), node);
        }
    }
    let mut others: Vec<String> = Vec::new();
    let props = reading.props(node);
    for (field, all) in ENDPOINTS {
        let gateway = matches!(field, "s3" | "dynamodb");
        let has = |name: &&str| services.iter().any(|(service, kind)| service == name && *kind == gateway);
        if all.iter().all(has) {
            props.put(&format!("endpoints.{field}"), true, vpc.line);
            services.retain(|(service, kind)| *kind != gateway || !all.contains(&service.as_str()));
        }
    }
    others.extend(services.into_iter().map(|(service, _)| service));
    if !others.is_empty() {
        props.put("endpoints.others", others, vpc.line);
    }
}

fn flow_logs<'a>(reading: &mut Reading<'a>, vpc: &'a Resource, node: usize) {
    let template = reading.template;
    let Some(log) = template.users(&vpc.id, "AWS::EC2::FlowLog").next() else { return };
    if log.text("LogDestinationType").is_some_and(|kind| kind != "cloud-watch-logs") {
        return;
    }
    let mut props = Props::default();
    props.put("flowLogs.enabled", true, log.line);
    props.copy(&log.properties, &[("TrafficType", "flowLogs.traffic", As::Text)]);
    let group = log.names("LogGroupName").and_then(|id| template.get_of(id, "AWS::Logs::LogGroup"));
    let days = group.map(|group| group.at("RetentionInDays").and_then(Val::int).unwrap_or(0));
    if let Some(days) = days {
        props.put("flowLogs.retentionDays", days, log.line);
    }
    reading.props(node).sets.extend(props.sets);
    reading.lab |= log.at("DeliverLogsPermissionArn").is_some_and(super::roles::lab);
    log.pass_over();
    reading.own(log, node);
    for id in [log.names("LogGroupName"), log.names("DeliverLogsPermissionArn")] {
        made_anew(reading, id, node);
    }
}

/// A resource that Trazo makes anew for a node, out of what the node is: security groups, roles of services, log groups.
pub(super) fn made_anew<'a>(reading: &mut Reading<'a>, id: Option<&str>, node: usize) {
    let template = reading.template;
    let Some(resource) = id.and_then(|id| template.get(id)) else { return };
    if reading.owner(&resource.id).is_some() {
        return;
    }
    resource.pass_over();
    reading.own(resource, node);
    let own = match resource.type_name.as_str() {
        "AWS::EC2::SecurityGroup" => {
            for rule in ["AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"] {
                for rule in template.users(&resource.id, rule) {
                    if rule.names("GroupId") == Some(&resource.id) {
                        rule.properties.ignore_keys(&OF_RULES);
                        reading.own(rule, node);
                    }
                }
            }
            "import.note.group_anew"
        }
        "AWS::IAM::Role" => "import.note.role_anew",
        _ => return,
    };
    let args = vec![("id", resource.id.clone())];
    reading.tell(Level::Guessed, own, resource.line, args);
}

impl Networks<'_> {
    /// Where a list of subnets lies. Subnets that are no part of the template are those of the account's default VPC.
    pub(super) fn place(&self, reading: &mut Reading<'_>, subnets: &[Val]) -> Place {
        let mut place = Place::default();
        for subnet in subnets {
            let mut names = Vec::new();
            subnet.all_names(&mut names);
            subnet.ignore();
            for name in &names {
                match self.subnets.get(name) {
                    Some((vpc, private)) => place = Place { vpc: Some(*vpc), private: *private },
                    None => place.private |= name.to_lowercase().contains("private"),
                }
            }
            if place.vpc.is_none() {
                place.vpc = Some(self.default_vpc(reading, subnet.line));
            }
        }
        place
    }

    fn default_vpc(&self, reading: &mut Reading<'_>, line: usize) -> usize {
        if let Some(node) = self.default.get() {
            return node;
        }
        let mut props = Props::default();
        props.put("source", "default", line);
        let node = reading.nodes.len();
        reading.nodes.push(Part {
            key: "vpc:default".to_owned(),
            kind: Kind::Vpc,
            name: "default-vpc".to_owned(),
            tags: Vec::new(),
            props,
            parent: None,
            line,
        });
        self.default.set(Some(node));
        node
    }
}
