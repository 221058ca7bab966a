//! Where users come in.

use serde::{Deserialize, Serialize};

use crate::spec::{LinkSpec, LinkWork, checks_nothing, fits_as_it_is, tells_nothing};
use crate::{Kind, LinkKind, LinkProps};

/// Users call an API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UsersApi {}

/// Users call a REST API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UsersRestApi {}

/// Users call a load balancer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UsersLoadBalancer {}

pub(in crate::resources) static USERS_API: LinkSpec = LinkSpec {
    kind: LinkKind::UsersApi,
    key: "users-http_api",
    from: Kind::Users,
    to: Kind::HttpApi,
    max_out: 0,
    max_in: 0,
    doc: "",
    fields: &[],
    new: || LinkProps::UsersApi(Box::default()),
    read: |json| Ok(LinkProps::UsersApi(serde::Deserialize::deserialize(json)?)),
    summary: tells_nothing,
    fit: fits_as_it_is,
};

pub(in crate::resources) static USERS_API_WORK: LinkWork = LinkWork {
    checks: &[],
    check: checks_nothing,
};

pub(in crate::resources) static USERS_REST_API: LinkSpec = LinkSpec {
    kind: LinkKind::UsersRestApi,
    key: "users-rest_api",
    from: Kind::Users,
    to: Kind::RestApi,
    max_out: 0,
    max_in: 0,
    doc: "",
    fields: &[],
    new: || LinkProps::UsersRestApi(Box::default()),
    read: |json| Ok(LinkProps::UsersRestApi(serde::Deserialize::deserialize(json)?)),
    summary: tells_nothing,
    fit: fits_as_it_is,
};

pub(in crate::resources) static USERS_REST_API_WORK: LinkWork = LinkWork {
    checks: &[],
    check: checks_nothing,
};

pub(in crate::resources) static USERS_LOAD_BALANCER: LinkSpec = LinkSpec {
    kind: LinkKind::UsersLoadBalancer,
    key: "users-load_balancer",
    from: Kind::Users,
    to: Kind::LoadBalancer,
    max_out: 0,
    max_in: 0,
    doc: "",
    fields: &[],
    new: || LinkProps::UsersLoadBalancer(Box::default()),
    read: |json| Ok(LinkProps::UsersLoadBalancer(serde::Deserialize::deserialize(json)?)),
    summary: tells_nothing,
    fit: fits_as_it_is,
};

pub(in crate::resources) static USERS_LOAD_BALANCER_WORK: LinkWork = LinkWork {
    checks: &[],
    check: checks_nothing,
};
