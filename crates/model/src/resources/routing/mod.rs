//! What the two kinds of APIs have in common: routes, the way to a load balancer, names of what is made.

pub(in crate::resources) mod backend;
pub(in crate::resources) mod names;
pub mod route;
pub(in crate::resources) mod vpc_link;
