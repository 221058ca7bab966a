//! A template, evaluated: its resources, and who names whom.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::evaluate::Scope;
use super::source::Source;
use super::value::{Form, Val};

/// A resource of a template.
pub(super) struct Resource {
    /// Its logical id.
    pub id: String,
    /// Its type.
    pub type_name: String,
    /// Its line.
    pub line: usize,
    /// Its properties; an empty map where it has none.
    pub properties: Val,
    /// What else it says beside type and properties (`DeletionPolicy`), without what was decided already.
    pub attributes: Vec<(String, Val)>,
    /// Logical ids that it waits for.
    pub depends_on: Vec<String>,
}

impl Resource {
    /// The value at a dotted path below its properties.
    pub(super) fn at(&self, path: &str) -> Option<&Val> {
        self.properties.at(path)
    }

    /// The text at a dotted path below its properties.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        self.at(path)?.text()
    }

    /// The logical id that the value at a path names.
    pub(super) fn names(&self, path: &str) -> Option<&str> {
        self.at(path)?.names()
    }

    /// Passes over what follows from the rest of the design; what is not of that kind stays unread, and is told.
    pub(super) fn pass_over(&self) {
        match FOLLOWS.iter().find(|(type_name, _)| *type_name == self.type_name) {
            Some((_, keys)) => self.properties.ignore_keys(keys),
            None => self.properties.ignore(),
        }
    }

    /// The items of the list at a path.
    pub(super) fn items(&self, path: &str) -> &[Val] {
        self.at(path).map(Val::items).unwrap_or_default()
    }
}

/// A template.
#[derive(Default)]
pub(super) struct Template {
    /// What it says that it is.
    pub description: String,
    /// Resources by logical id; those whose condition does not hold are not there.
    pub resources: IndexMap<String, Resource>,
    of_type: BTreeMap<String, Vec<usize>>,
    users: BTreeMap<String, Vec<usize>>,
}

/// Types that are made of others, and what of them follows from those
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html>).
const FOLLOWS: [(&str, &[&str]); 13] = [
    ("AWS::ApiGateway::Deployment", &["Description", "RestApiId", "StageName"]),
    ("AWS::ApiGateway::GatewayResponse", &["ResponseParameters", "ResponseTemplates", "ResponseType", "RestApiId"]),
    ("AWS::ApiGateway::RequestValidator", &["Name", "RestApiId", "ValidateRequestBody", "ValidateRequestParameters"]),
    ("AWS::ApiGateway::Resource", &["ParentId", "PathPart", "RestApiId"]),
    ("AWS::ApiGateway::UsagePlanKey", &["KeyId", "KeyType", "UsagePlanId"]),
    ("AWS::ApiGateway::VpcLink", &["Description", "Name", "Tags", "TargetArns"]),
    ("AWS::ApiGatewayV2::Deployment", &["ApiId", "Description", "StageName"]),
    ("AWS::ApiGatewayV2::VpcLink", &["Name", "SecurityGroupIds", "SubnetIds", "Tags"]),
    (
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        &[
            "HealthCheckEnabled",
            "HealthCheckIntervalSeconds",
            "HealthCheckPath",
            "HealthCheckPort",
            "HealthCheckProtocol",
            "HealthCheckTimeoutSeconds",
            "HealthyThresholdCount",
            "Matcher",
            "Name",
            "Port",
            "Protocol",
            "ProtocolVersion",
            "Tags",
            "TargetGroupAttributes",
            "TargetType",
            "UnhealthyThresholdCount",
            "VpcId",
        ],
    ),
    ("AWS::IAM::InstanceProfile", &["InstanceProfileName", "Path", "Roles"]),
    (
        "AWS::EC2::FlowLog",
        &[
            "DeliverLogsPermissionArn",
            "LogDestinationType",
            "LogGroupName",
            "MaxAggregationInterval",
            "ResourceId",
            "ResourceType",
            "Tags",
            "TrafficType",
        ],
    ),
    ("AWS::Lambda::Permission", &["Action", "FunctionName", "Principal", "SourceAccount", "SourceArn"]),
    ("AWS::Logs::LogGroup", &["LogGroupName", "RetentionInDays", "Tags"]),
];

/// The keys of a resource that are read apart.
const READ: [&str; 4] = ["Type", "Properties", "DependsOn", "Condition"];

/// Reads one resource; `None` where its condition does not hold.
pub(super) fn resource<'a>(scope: &Scope<'a>, id: &str, source: Source<'a>) -> Option<Resource> {
    if let Some(condition) = source.get("Condition").and_then(Source::text)
        && !scope.holds(condition)
    {
        return None;
    }
    let value = |key: &str| source.get(key).and_then(|value| scope.value(value));
    let properties = value("Properties").unwrap_or_else(|| Val::new(Form::Map(IndexMap::new()), source.line()));
    let depends_on = value("DependsOn").map(|value| value.items().iter().filter_map(Val::text).collect());
    let others = source.entries().filter(|(key, _)| !READ.contains(key));
    Some(Resource {
        id: id.to_owned(),
        type_name: value("Type").and_then(|value| value.text()).unwrap_or_default(),
        line: source.line(),
        properties,
        attributes: others.filter_map(|(key, value)| Some((key.to_owned(), scope.value(value)?))).collect(),
        depends_on: depends_on.unwrap_or_default(),
    })
}

impl Template {
    /// A template of its resources.
    pub(super) fn new(description: String, resources: Vec<Resource>) -> Self {
        let mut template = Self { description, ..Self::default() };
        for resource in resources {
            template.resources.insert(resource.id.clone(), resource);
        }
        for (index, resource) in template.resources.values().enumerate() {
            template.of_type.entry(resource.type_name.clone()).or_default().push(index);
            let mut names = Vec::new();
            resource.properties.all_names(&mut names);
            for name in names {
                let users = template.users.entry(name.to_owned()).or_default();
                if users.last() != Some(&index) {
                    users.push(index);
                }
            }
        }
        template
    }

    /// The resource of a logical id.
    pub(super) fn get(&self, id: &str) -> Option<&Resource> {
        self.resources.get(id)
    }

    /// The resource of a logical id, if it is of a type.
    pub(super) fn get_of(&self, id: &str, type_name: &str) -> Option<&Resource> {
        self.get(id).filter(|resource| resource.type_name == type_name)
    }

    fn nth(&self, indices: Option<&Vec<usize>>) -> impl Iterator<Item = &Resource> {
        let indices: &[usize] = indices.map(Vec::as_slice).unwrap_or_default();
        indices.iter().filter_map(|index| self.resources.get_index(*index).map(|(_, resource)| resource))
    }

    /// The resources of a type, in the order of the file.
    pub(super) fn of_type(&self, type_name: &str) -> impl Iterator<Item = &Resource> {
        self.nth(self.of_type.get(type_name))
    }

    /// Whether the properties of any resource name one.
    pub(super) fn is_named(&self, id: &str) -> bool {
        self.users.contains_key(id)
    }

    /// The resources of a type that name another.
    pub(super) fn users<'a>(&'a self, id: &str, type_name: &'a str) -> impl Iterator<Item = &'a Resource> {
        self.nth(self.users.get(id)).filter(move |resource| resource.type_name == type_name)
    }
}
