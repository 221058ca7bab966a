//! Reasons of AWS that are known well enough to say more than AWS does.

/// Words in a reason (all of one entry have to be there) and the text that explains it. The first entry that fits is taken.
const REASONS: &[(&[&str], &str)] = &[
    (&["PassRole"], "deploy.formation.reason.pass_role"),
    (&["explicit deny"], "deploy.formation.reason.denied"),
    (&["is not authorized to perform"], "deploy.formation.reason.unauthorized"),
    (&["AccessDenied"], "deploy.formation.reason.unauthorized"),
    (&["Access denied"], "deploy.formation.reason.unauthorized"),
    (&["security token", "expired"], "deploy.formation.reason.expired"),
    (&["Circuit Breaker"], "deploy.formation.reason.circuit_breaker"),
    (&["CannotPullContainerError"], "deploy.formation.reason.pull"),
    (&["service linked role"], "deploy.formation.reason.service_role"),
    (&["Service Linked Role"], "deploy.formation.reason.service_role"),
    (&["CloudWatch Logs role ARN"], "deploy.formation.reason.log_role"),
    (&["did not stabilize"], "deploy.formation.reason.unstable"),
    (&["NotStabilized"], "deploy.formation.reason.unstable"),
    (&["Exceeded attempts to wait"], "deploy.formation.reason.unstable"),
    (&["does not have an associated load balancer"], "deploy.formation.reason.target_group"),
    (&["RepositoryNotEmpty"], "deploy.formation.reason.not_empty"),
    (&["not empty"], "deploy.formation.reason.not_empty"),
    (&["has dependencies and cannot be deleted"], "deploy.formation.reason.dependency"),
    (&["has a dependent object"], "deploy.formation.reason.dependency"),
    (&["DependencyViolation"], "deploy.formation.reason.dependency"),
    (&["TerminationProtection"], "deploy.formation.reason.protected"),
    (&["already exists"], "deploy.formation.reason.exists"),
    (&["AlreadyExists"], "deploy.formation.reason.exists"),
    (&["maximum number of"], "deploy.formation.reason.quota"),
    (&["LimitExceeded"], "deploy.formation.reason.quota"),
    (&["limit", "exceeded"], "deploy.formation.reason.quota"),
    (&["quota"], "deploy.formation.reason.quota"),
    (&["Rate exceeded"], "deploy.formation.reason.throttled"),
    (&["default VPC"], "deploy.formation.reason.no_default_vpc"),
    (&["conflicts with another subnet"], "deploy.formation.reason.cidr"),
    (&["User Initiated"], "deploy.formation.reason.user"),
    (&["Validation failed with"], "deploy.formation.reason.validation"),
    (&["EarlyValidation"], "deploy.formation.reason.validation"),
    (&["cancelled"], "deploy.formation.reason.cancelled"),
];

/// The text that explains a reason of AWS, where it is one that is known.
pub fn explanation(reason: &str) -> Option<&'static str> {
    REASONS.iter().find(|(words, _)| words.iter().all(|word| reason.contains(word))).map(|(_, key)| *key)
}

/// All texts that explain reasons.
pub fn explanation_keys() -> impl Iterator<Item = &'static str> {
    REASONS.iter().map(|(_, key)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_as_aws_writes_them_are_explained() {
        for (reason, key) in [
            (
                "Resource handler returned message: \"Error occurred during operation 'ECS Deployment Circuit Breaker was \
                 triggered'.\" (RequestToken: a3ab, HandlerErrorCode: GeneralServiceException)",
                "circuit_breaker",
            ),
            (
                "Resource handler returned message: \"Invalid request provided: CreateCluster Invalid Request: Unable to \
                 assume the service linked role. Please verify that the ECS service linked role exists.\"",
                "service_role",
            ),
            (
                "User: arn:aws:sts::123456789012:assumed-role/voclabs/user1 is not authorized to perform: iam:CreateRole on \
                 resource: arn:aws:iam::123456789012:role/x with an explicit deny in an identity-based policy",
                "denied",
            ),
            ("User: x is not authorized to perform: iam:PassRole on resource: y", "pass_role"),
            ("User: x is not authorized to perform: ecs:CreateCluster", "unauthorized"),
            ("/ecs/tienda already exists in stack arn:aws:cloudformation:us-east-1:1:stack/otra/2", "exists"),
            ("The maximum number of VPCs has been reached. (Service: Ec2, Status Code: 400)", "quota"),
            ("Resource creation cancelled", "cancelled"),
        ] {
            assert_eq!(explanation(reason), Some(format!("deploy.formation.reason.{key}").as_str()), "{reason}");
        }
        assert_eq!(explanation("Internal Failure"), None);
    }
}
