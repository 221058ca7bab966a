//! EC2, with VPC.

mod endpoint;
mod gateway;
mod instance;
mod network;
mod security;

pub(crate) use endpoint::{flow_log, vpc_endpoint};
pub(crate) use gateway::{address, internet_gateway, nat_gateway, vpc_gateway_attachment};
pub(crate) use instance::launch_template;
pub(crate) use network::{route, route_table, subnet, subnet_route_table_association, vpc};
pub(crate) use security::{security_group, security_group_egress, security_group_ingress};

use trazo_stack::{Object, Value, list, map};

use crate::Service;
use crate::find::Find;
use crate::maker::Maker;

/// What EC2 says of a thing on which others still hang.
const BUSY: &[&str] = &["DependencyViolation"];

/// The input of a call that makes a thing of this kind: what is left of the properties, and tags.
fn tagged_input(m: &mut Maker<'_>, kind: &str) -> Object {
    let mut input = m.rest();
    input.insert("TagSpecifications".to_owned(), m.tag_specification(kind));
    input
}

/// Finds a thing by its tags. `filter` is what the question calls its filters: `Filters`, in old calls `Filter`.
fn by_tags(m: &Maker<'_>, operation: &'static str, filter: &str, items: &'static str) -> Find {
    let tagged = m.tagged("");
    let tag = |key: &str, value: &str| one_filter(&format!("tag:{key}"), &[value]);
    let mut filters =
        vec![tag(crate::tags::DEPLOYMENT, &tagged.deployment), tag(crate::tags::RESOURCE, &tagged.resource)];
    if operation == "DescribeNatGateways" {
        // One that is gone is still told of for an hour.
        filters.push(one_filter("state", &["pending", "available"]));
    }
    // The filters keep the answer short; not every one who answers heeds them.
    Find::new(Service::Ec2, operation, [(filter, filters.into())], items).tagged(m.tagged("Tags"))
}

fn one_filter(name: &str, values: &[&str]) -> Value {
    map([("Name", name.into()), ("Values", list(values.iter().copied()))])
}

/// A flag as the calls `Modify…Attribute` take it.
fn wrapped(value: Value) -> Value {
    map([("Value", value)])
}
