//! Where names on the wire are others than those of the API.
//!
//! EC2 writes lists in the singular when asked, and as `…Set` when it answers; API Gateway's second API begins names with small
//! letters. The tables hold what does not go by these rules, of the operations that Trazo uses; the facts are those of the
//! service models that AWS publishes with its SDKs.

use std::borrow::Cow;

use serde_json::{Map, Value as Json};

/// Lists that EC2 is sent under their own names.
const EC2_KEPT: &[&str] = &["IpPermissions", "IpRanges", "Ipv6Addresses", "Ipv6Ranges", "PrivateIpAddresses"];

/// The name under which EC2 is sent a member.
pub(super) fn ec2_request<'a>(operation: &str, name: &'a str, is_list: bool) -> Cow<'a, str> {
    let odd = match (operation, name) {
        ("CreateSecurityGroup", "Description") => "GroupDescription",
        ("ModifyLaunchTemplate", "DefaultVersion") => "SetDefaultVersion",
        (_, "UserIdGroupPairs") => "Groups",
        (_, "Groups") if is_list => "SecurityGroupId",
        (_, "Resources") => "ResourceId",
        (_, "Versions") => "LaunchTemplateVersion",
        (_, "ExecutableUsers") => "ExecutableBy",
        // As a filter in the singular, in a rule of a security group not.
        (_, "PrefixListIds") if !operation.starts_with("Describe") => "PrefixListIds",
        _ if !is_list || EC2_KEPT.contains(&name) => name,
        _ if name.ends_with("Addresses") || name.ends_with("Prefixes") => &name[..name.len() - 2],
        _ => name.strip_suffix('s').unwrap_or(name),
    };
    Cow::Borrowed(odd)
}

/// What EC2 answers under another name than the rule says: the list that it stands in an item of (any, where empty), the name on
/// the wire, the name of the API.
const EC2_ANSWERED: &[(&str, &str, &str)] = &[
    ("", "availabilityZoneInfo", "AvailabilityZones"),
    ("", "blockDeviceMapping", "BlockDeviceMappings"),
    ("", "cidrBlockAssociationSet", "CidrBlockAssociationSet"),
    ("", "geographySet", "Geography"),
    ("", "groupDescription", "Description"),
    ("", "groups", "UserIdGroupPairs"),
    ("", "imageOwnerId", "OwnerId"),
    ("", "imageState", "State"),
    ("", "ipv6CidrBlockAssociationSet", "Ipv6CidrBlockAssociationSet"),
    ("", "isPublic", "Public"),
    ("", "regionEndpoint", "Endpoint"),
    ("", "regionInfo", "Regions"),
    ("", "securityGroupInfo", "SecurityGroups"),
    ("", "subGeographySet", "SubGeography"),
    ("", "zoneState", "State"),
    ("instancesSet", "dnsName", "PublicDnsName"),
    ("instancesSet", "groupSet", "SecurityGroups"),
    ("instancesSet", "instanceState", "State"),
    ("instancesSet", "ipAddress", "PublicIpAddress"),
    ("instancesSet", "reason", "StateTransitionReason"),
    ("networkInterfaceSet", "tagSet", "TagSet"),
    ("productCodes", "productCode", "ProductCodeId"),
    ("productCodes", "type", "ProductCodeType"),
];

/// Lists of EC2's answers that are not called `…Set`.
const EC2_LISTS: &[&str] = &[
    "availabilityZoneInfo",
    "blockDeviceMapping",
    "groups",
    "ipPermissions",
    "ipPermissionsEgress",
    "ipRanges",
    "ipv6Ranges",
    "launchTemplates",
    "prefixListIds",
    "productCodes",
    "regionInfo",
    "securityGroupInfo",
    "unsuccessful",
];

/// The API's name of what EC2 answers as `tag`, in an item of the list `within`.
pub(super) fn ec2_answer(operation: &str, within: &str, tag: &str) -> String {
    if (operation, tag) == ("TerminateInstances", "instancesSet") {
        return "TerminatingInstances".to_owned();
    }
    let odd = EC2_ANSWERED.iter().find(|(list, name, _)| *name == tag && (list.is_empty() || *list == within));
    if let Some((_, _, name)) = odd {
        return (*name).to_owned();
    }
    match tag.strip_suffix("Set") {
        Some(one) if !one.is_empty() => plural(capitalised(one)),
        _ => capitalised(tag),
    }
}

/// Whether an element of EC2's answers is a list, also where it is empty.
pub(super) fn ec2_is_list(tag: &str) -> bool {
    tag.ends_with("Set") || EC2_LISTS.contains(&tag)
}

fn plural(mut one: String) -> String {
    let mut ends = one.bytes().rev();
    match (ends.next(), ends.next()) {
        // `tagKey`, `natGateway`, but `dnsEntry`.
        (Some(b'y'), Some(before)) if !b"aeiou".contains(&before) => {
            one.pop();
            one.push_str("ies");
        }
        (Some(b's'), Some(b's')) | (Some(b'x'), _) => one.push_str("es"),
        // `addresses`, `instances`: plural already.
        (Some(b's'), _) => {}
        _ => one.push('s'),
    }
    one
}

/// Members of answers in the Query protocol that end like a plural and are none.
const NO_LISTS: &[&str] =
    &["Address", "Details", "Gbps", "Mbps", "Minutes", "Params", "Progress", "Properties", "Seconds", "Status"];
/// Lists of such answers that do not.
const LISTS: &[&str] = &["AlpnPolicy", "PhysicalResourceIdContext", "Scope", "StagesAvailable"];

/// Whether an empty element of an answer in the Query protocol is a list.
pub(super) fn query_is_list(tag: &str) -> bool {
    LISTS.contains(&tag) || (tag.ends_with('s') && !NO_LISTS.iter().any(|end| tag.ends_with(end)))
}

/// Members of API Gateway's second API that are maps: their keys are the user's. Besides,
/// `RouteSettings` is one of structures, and so may `RequestParameters` be.
const MAPS: &[&str] =
    &["RequestModels", "RequestTemplates", "ResponseParameters", "ResponseTemplates", "StageVariables", "Tags"];

/// A value with the names of API Gateway's second API, for the wire where `small`, and from there.
pub(super) fn gateway(value: &Json, small: bool) -> Json {
    match value {
        Json::Object(members) => Json::Object(gateway_members(members, small)),
        Json::Array(items) => Json::Array(items.iter().map(|item| gateway(item, small)).collect()),
        _ => value.clone(),
    }
}

fn gateway_members(members: &Map<String, Json>, small: bool) -> Map<String, Json> {
    let renamed = |(name, value): (&String, &Json)| {
        let known = capitalised(name);
        let value = match (known.as_str(), value) {
            ("RouteSettings" | "RequestParameters", Json::Object(routes)) => {
                Json::Object(routes.iter().map(|(key, settings)| (key.clone(), gateway(settings, small))).collect())
            }
            (map, value) if MAPS.contains(&map) => value.clone(),
            (_, value) => gateway(value, small),
        };
        (if small { uncapitalised(name) } else { known }, value)
    };
    members.iter().map(renamed).collect()
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

pub(super) fn uncapitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}
