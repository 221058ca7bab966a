//! Whether tasks that no NAT gateway leads out reach what they need: the images they run, the logs they write, the secrets
//! they read.

use super::endpoints::{Endpoints, services};
use super::Vpc;
use crate::finding::{Check, Findings, Severity};
use crate::resources::role::SecretSource;
use crate::resources::service::Service;
use crate::resources::task_definition::{Container, TaskDefinition, pull_of};
use crate::{Design, Edit, Node, NodeId, Typed};

const PULL: &str = "ResourceInitializationError: unable to pull secrets or registry auth";

/// Tasks without a way out lack an endpoint that they need.
pub(in crate::resources) static LACKING: Check = Check {
    code: "VPC020",
    severity: Severity::Error,
    aws: PULL,
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html",
};
/// Tasks without a way out pull an image that is not in ECR.
pub(in crate::resources) static FOREIGN: Check = Check {
    code: "VPC021",
    severity: Severity::Error,
    aws: "CannotPullContainerError",
    doc: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
};

/// What the tasks of a service need from outside their network.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// The fields of [`Endpoints`] that give it.
    pub(super) fields: Vec<&'static str>,
    /// A container whose image no endpoint leads to: its name and image.
    pub(super) foreign: Option<(String, String)>,
}

impl Needs {
    fn add(&mut self, field: &'static str) {
        if !self.fields.contains(&field) {
            self.fields.push(field);
        }
    }

    fn add_container(&mut self, design: &Design, task: &NodeId, container: &Container) {
        if container.image_is_in_ecr() || pull_of(design, task, container).is_some() {
            self.add("ecr");
            // ECR keeps layers in S3.
            self.add("s3");
        } else if !container.image.trim().is_empty() && self.foreign.is_none() {
            self.foreign = Some((container.name.clone(), container.image.clone()));
        }
        if container.logs {
            self.add("logs");
        }
        for secret in &container.secrets {
            match SecretSource::of(&secret.value_from) {
                Some(SecretSource::Secret(_)) => self.add("secretsManager"),
                Some(_) => self.add("ssm"),
                None => {}
            }
        }
    }
}

/// What the tasks of a service need.
pub(super) fn needs(design: &Design, id: &NodeId, service: &Service) -> Needs {
    let mut needs = Needs::default();
    for (_, node, task) in design.targets::<TaskDefinition>(id) {
        for container in &task.containers {
            needs.add_container(design, &node.id, container);
        }
    }
    if service.enable_execute_command {
        needs.add("exec");
    }
    needs
}

/// Reports what tasks cannot reach by endpoints alone; `field` is that of the service which puts them where no other way is.
pub(in crate::resources) fn check(
    design: &Design,
    (node, service): (&Node, &Service),
    (vpc, endpoints): (&Node, &Endpoints),
    field: &str,
    out: &mut Findings,
) {
    let needs = needs(design, &node.id, service);
    if let Some((container, image)) = needs.foreign {
        let finding = out.report(&FOREIGN, &node.id).at(field);
        finding.with("container", container).with("image", image).with("vpc", &vpc.name);
        if Vpc::of(&vpc.props).is_some_and(|vpc| vpc.private_subnets) && service.private_subnets {
            finding.fix(Edit::set(&vpc.id, "nat", "single"));
        }
    }
    let lacking: Vec<&str> = needs.fields.into_iter().filter(|field| !endpoints.leads_to(field)).collect();
    if !lacking.is_empty() {
        let names: Vec<&str> = lacking.iter().flat_map(|field| services(field)).copied().collect();
        let edits = lacking.iter().map(|field| Edit::set(&vpc.id, format!("endpoints.{field}"), true)).collect();
        out.report(&LACKING, &node.id)
            .at(field)
            .with("vpc", &vpc.name)
            .with("endpoints", names.join(", "))
            .fix(Edit::Batch(edits));
    }
}
