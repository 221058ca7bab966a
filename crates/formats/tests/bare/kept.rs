//! What leaves no mark in a template, and why. Whatever else differs is lost, and a test fails.

use trazo_model::{Design, Node};

use super::Difference;

/// Differences of one reason: the reason, and of what they are.
type Group = (&'static str, &'static [&'static str]);

/// Fields of elements that are there again.
const FIELDS: &[Group] = &[
    ("A template is of no region", &["design.region"]),
    ("A role that exists in a Learner Lab may stand in any account", &["design.account"]),
    (
        "What is so anyway may be said or not, and comes back the other way",
        &[
            "cluster.ec2.instanceProfile",
            "cluster.namespace",
            "http_api-lambda_function.authorizer",
            "http_api-lambda_function.routes.authorizer",
            "http_api-lambda_function.routes.burst",
            "http_api-lambda_function.routes.rate",
            "http_api-lambda_function.routes.scopes",
            "http_api-lambda_function.scopes",
            "http_api-load_balancer.authorizer",
            "http_api-load_balancer.routes.authorizer",
            "http_api-load_balancer.routes.burst",
            "http_api-load_balancer.routes.rate",
            "http_api-load_balancer.routes.scopes",
            "http_api-load_balancer.scopes",
            "load_balancer-service.container",
            "load_balancer-service.containerPort",
            "load_balancer-service.healthCheck.protocol",
            "load_balancer-service.listener",
            "load_balancer-service.protocolVersion",
            "load_balancer-service.query",
            "rest_api-load_balancer.method",
            "role.arn",
            "service-service.discoveryName",
            "service-service.dnsName",
            "service-service.port",
            "service-service.portName",
            "service.deployment.maximumPercent",
            "service.deployment.minimumHealthyPercent",
            "service.launch",
            "service.platformVersion",
            "service.strategy",
            "service.zoneRebalancing",
            "task_definition-ecr_repository.container",
            "task_definition.containers.ports.hostPort",
            "task_definition.containers.ports.name",
            "task_definition.logGroup",
            "task_definition.networkMode",
            "task_definition.os",
            "task_definition.volumes.rootDirectory",
            "vpc.privatePrefix",
            "vpc.publicPrefix",
        ],
    ),
    (
        "Said, but nothing asks for it: no listener answers by itself, no task has such logs, no method such a guard or variable",
        &[
            "cluster.ec2.enabled",
            "http_api-load_balancer.serverName",
            "load_balancer.fixedResponse.body",
            "load_balancer.fixedResponse.contentType",
            "load_balancer.fixedResponse.statusCode",
            "rest_api-lambda_function.routes.params",
            "rest_api-lambda_function.routes.scopes",
            "rest_api-load_balancer.requestParameters",
            "rest_api-load_balancer.requestParameters.location",
            "rest_api-load_balancer.requestParameters.name",
            "rest_api-load_balancer.requestParameters.value",
            "rest_api-load_balancer.routes.params",
            "rest_api-load_balancer.routes.scopes",
            "rest_api-load_balancer.serverName",
            "rest_api.cors.credentials",
            "rest_api.cors.enabled",
            "rest_api.cors.headers",
            "rest_api.cors.maxAge",
            "rest_api.cors.origin",
            "service.connectLogs",
            "service.deployment.role",
            "service.healthCheckGracePeriodSeconds",
            "task_definition.containers.image",
            "task_definition.containers.logBuffer",
            "task_definition.ephemeralStorage",
            "task_definition.logRetention",
        ],
    ),
    ("One setting of the account is that of all APIs", &["rest_api.logsRole", "rest_api.logsRoleArn"]),
    (
        "A role opens keys, and it is not said which of its secrets is under which",
        &["task_definition.containers.secrets.kmsKey"],
    ),
    (
        "The address of a secret may hold what stands in fields of its own",
        &[
            "task_definition.containers.secrets.jsonKey",
            "task_definition.containers.secrets.valueFrom",
            "task_definition.containers.secrets.versionId",
            "task_definition.containers.secrets.versionStage",
        ],
    ),
    (
        "Of another resource the template has what its body says",
        &["other_resource.name", "other_resource.refs", "other_resource.tags"],
    ),
    ("A role gets its name from IAM, which is left to give it one", &["role.name"]),
    ("A repository is linked, but all containers say another image", &["-task_definition-ecr_repository"]),
    ("Whoever calls makes nothing", &["users.location", "users.name", "users.rate"]),
];

/// Whether a difference is of what leaves no mark.
pub(crate) fn leaves_no_mark(design: &Design, one: &Difference) -> bool {
    let Difference { what, was, is, .. } = one;
    if FIELDS.iter().any(|(_, all)| all.contains(&what.as_str())) {
        return true;
    }
    let named = |node: &&Node| node.name == one.element;
    let unmade = |key: &str| {
        let mut all = design.nodes().filter(named).filter(|node| node.kind().key() == key);
        all.any(|node| is_unmade(design, node))
    };
    // A group of the first design, or one that is new, of which there is only the default VPC.
    let no_group = |id: &str| {
        let id = id.trim_matches('"');
        id == "null"
            || id.starts_with('?')
            || design.nodes().any(|node| node.id.as_str() == id && is_unmade(design, node))
    };
    match what.as_str() {
        "-users" | "-note" | "+vpc" | "+users" => true,
        "-vpc" | "vpc.name" => unmade("vpc"),
        "-role" | "role.tags" | "role.statements" | "role.managedPolicies" => unmade("role"),
        "-ecr_repository" | "ecr_repository.tags" | "ecr_repository.name" => unmade("ecr_repository"),
        // A cluster is in no network: what runs on it is.
        "cluster.in" => no_group(is),
        "load_balancer.in" | "lambda_function.in" => no_group(was) && no_group(is),
        // In a Learner Lab all roles are one, and what exists is known by its address.
        "+role"
        | "-task_definition-role"
        | "+task_definition-role"
        | "-lambda_function-role"
        | "+lambda_function-role"
        | "task_definition-role.use" => {
            design.nodes().any(|node| node.kind().key() == "role" && is_unmade(design, node)) || design.is_learner_lab()
        }
        _ => what.starts_with("-users-") || what.starts_with("+users-"),
    }
}

/// Whether nothing is made of a node: it exists in the account, or is another there.
fn is_unmade(design: &Design, node: &Node) -> bool {
    let source = node.props.to_json()["source"].clone();
    match node.kind().key() {
        "vpc" => source == "default",
        "role" => source == "existing" || design.is_learner_lab(),
        "ecr_repository" => source == "existing",
        _ => false,
    }
}

/// Whether a name in a certificate may be that of several load balancers: an address says no more than that name and a port.
pub(crate) fn is_ambiguous(design: &Design) -> bool {
    let mut ports = std::collections::BTreeSet::new();
    let balancers = design.nodes().filter(|node| node.kind().key() == "load_balancer").map(|node| node.props.to_json());
    let https = balancers.filter(|props| props["https"]["enabled"] == true);
    let twice = https.map(|props| props["https"]["port"].to_string()).any(|port| !ports.insert(port));
    twice && design.links().any(|link| link.props.to_json()["serverName"].as_str().is_some_and(|name| !name.is_empty()))
}
