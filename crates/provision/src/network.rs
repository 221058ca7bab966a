//! What networks an account holds: what a person chooses from where a stack asks for a VPC and its subnets.

use serde_json::Value as Json;
use trazo_calls::{Call, Service};
use trazo_model::sort::sort_by;

use crate::{CallError, Caller};

/// A VPC of the account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vpc {
    /// Its id.
    pub id: String,
    /// Its tag `Name`; often empty.
    pub name: String,
    /// Its addresses.
    pub cidr: String,
    /// Whether it is the one that each account has from the start.
    pub is_default: bool,
}

/// A subnet of the account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subnet {
    /// Its id.
    pub id: String,
    /// The VPC that it is in.
    pub vpc: String,
    /// Its tag `Name`; often empty.
    pub name: String,
    /// Its Availability Zone, as this account calls it (`us-east-1a`).
    pub zone: String,
    /// Its Availability Zone, as everybody calls it (`use1-az1`); empty where it was not told.
    pub zone_id: String,
    /// Its addresses.
    pub cidr: String,
    /// Whether what starts in it gets a public address.
    pub is_public: bool,
}

/// The VPCs and subnets of an account in one region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks {
    /// The default VPC first, then by name and id.
    pub vpcs: Vec<Vpc>,
    /// By zone, name and id.
    pub subnets: Vec<Subnet>,
}

/// Lists longer than this many pages are cut: nobody chooses from thousands.
const PAGES: usize = 10;

/// In this zone API Gateway cannot make VPC links
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html>).
const AVOIDED: &str = "use1-az3";

/// Asks which VPCs and subnets there are.
///
/// # Errors
/// [`CallError`] where a call failed.
pub async fn networks(caller: &dyn Caller) -> Result<Networks, CallError> {
    let vpcs = pages(caller, "DescribeVpcs", "Vpcs").await?;
    let subnets = pages(caller, "DescribeSubnets", "Subnets").await?;
    let mut found = Networks { vpcs: vpcs.iter().map(vpc).collect(), subnets: subnets.iter().map(subnet).collect() };
    sort_by(&mut found.vpcs, |a, b| (!a.is_default, &a.name, &a.id).cmp(&(!b.is_default, &b.name, &b.id)));
    sort_by(&mut found.subnets, |a, b| (&a.zone, &a.name, &a.id).cmp(&(&b.zone, &b.name, &b.id)));
    Ok(found)
}

async fn pages(caller: &dyn Caller, operation: &'static str, list: &str) -> Result<Vec<Json>, CallError> {
    let mut all = Vec::new();
    let mut next = String::new();
    for _ in 0..PAGES {
        let mut call = Call::new(Service::Ec2, operation);
        if !next.is_empty() {
            call = call.with("NextToken", next.as_str());
        }
        let answer = caller.call(&call).await?;
        all.extend(answer[list].as_array().into_iter().flatten().cloned());
        next = text(&answer, "NextToken");
        if next.is_empty() {
            break;
        }
    }
    Ok(all)
}

fn text(value: &Json, member: &str) -> String {
    value[member].as_str().unwrap_or_default().to_owned()
}

/// A flag, which in answers in XML is text.
fn flag(value: &Json, member: &str) -> bool {
    value[member].as_bool().unwrap_or_else(|| value[member].as_str() == Some("true"))
}

fn name(value: &Json) -> String {
    let mut tags = value["Tags"].as_array().into_iter().flatten();
    tags.find(|tag| tag["Key"] == "Name").map(|tag| text(tag, "Value")).unwrap_or_default()
}

fn vpc(found: &Json) -> Vpc {
    Vpc {
        id: text(found, "VpcId"),
        name: name(found),
        cidr: text(found, "CidrBlock"),
        is_default: flag(found, "IsDefault"),
    }
}

fn subnet(found: &Json) -> Subnet {
    Subnet {
        id: text(found, "SubnetId"),
        vpc: text(found, "VpcId"),
        name: name(found),
        zone: text(found, "AvailabilityZone"),
        zone_id: text(found, "AvailabilityZoneId"),
        cidr: text(found, "CidrBlock"),
        is_public: flag(found, "MapPublicIpOnLaunch"),
    }
}

impl Networks {
    /// The VPC that is offered first: the account's default one.
    pub fn usual(&self) -> Option<&Vpc> {
        self.vpcs.iter().find(|vpc| vpc.is_default)
    }

    /// The subnets of a VPC.
    pub fn inside<'a>(&'a self, vpc: &str) -> impl Iterator<Item = &'a Subnet> {
        self.subnets.iter().filter(move |subnet| subnet.vpc == vpc)
    }

    /// Subnets of a VPC that are offered first: a public one in each of two zones, which is what a load balancer needs; empty
    /// where there are no such two.
    pub fn usual_subnets(&self, vpc: &str) -> Vec<&Subnet> {
        let mut chosen: Vec<&Subnet> = Vec::new();
        for subnet in self.inside(vpc).filter(|one| one.is_public && one.zone_id != AVOIDED) {
            if chosen.iter().all(|one| one.zone != subnet.zone) {
                chosen.push(subnet);
            }
        }
        chosen.truncate(2);
        if chosen.len() < 2 { Vec::new() } else { chosen }
    }

    /// How many zones some subnets are in.
    pub fn zones(&self, ids: &[&str]) -> usize {
        let mut zones: Vec<&str> = Vec::new();
        for subnet in self.subnets.iter().filter(|subnet| ids.contains(&subnet.id.as_str())) {
            if !zones.contains(&subnet.zone.as_str()) {
                zones.push(&subnet.zone);
            }
        }
        zones.len()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::live::script::{Script, now};

    fn subnet(id: &str, zone: &str, public: &str) -> Json {
        json!({ "SubnetId": id, "VpcId": "vpc-1", "AvailabilityZone": zone, "AvailabilityZoneId": zone.replace("us-east-1", "use1-az"),
            "CidrBlock": "172.31.0.0/20", "MapPublicIpOnLaunch": public })
    }

    fn account() -> Networks {
        let script = Script::new([
            (
                "DescribeVpcs",
                Ok(json!({ "Vpcs": [{ "VpcId": "vpc-2", "CidrBlock": "10.0.0.0/16", "IsDefault": "false",
                "Tags": [{ "Key": "Name", "Value": "clase" }] }], "NextToken": "more" })),
            ),
            (
                "DescribeVpcs",
                Ok(json!({ "Vpcs": [{ "VpcId": "vpc-1", "CidrBlock": "172.31.0.0/16", "IsDefault": "true" }] })),
            ),
            (
                "DescribeSubnets",
                Ok(json!({ "Subnets": [
                subnet("subnet-c", "us-east-13", "true"), subnet("subnet-d", "us-east-14", "true"),
                subnet("subnet-b", "us-east-12", "false"), subnet("subnet-a", "us-east-11", "true"),
                subnet("subnet-a2", "us-east-11", "true"), subnet("subnet-e", "us-east-15", "true")
            ] })),
            ),
        ]);
        let found = now(networks(&script)).unwrap();
        assert_eq!(script.input(1), json!({ "NextToken": "more" }));
        assert!(script.is_done());
        found
    }

    #[test]
    fn the_default_vpc_comes_first_and_its_public_subnets_in_two_zones_are_offered() {
        let found = account();
        assert_eq!(
            found.vpcs.iter().map(|vpc| (vpc.id.as_str(), vpc.name.as_str())).collect::<Vec<_>>(),
            [("vpc-1", ""), ("vpc-2", "clase")]
        );
        assert_eq!(found.usual().unwrap().id, "vpc-1");
        let usual = found.usual_subnets("vpc-1");
        assert_eq!(usual.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["subnet-a", "subnet-d"]);
        assert_eq!((found.zones(&["subnet-a", "subnet-a2"]), found.zones(&["subnet-a", "subnet-d"])), (1, 2));
        assert!(found.usual_subnets("vpc-2").is_empty());
    }

    #[test]
    fn an_account_that_may_not_be_looked_into_is_told() {
        let script = Script::new([("DescribeVpcs", Err("UnauthorizedOperation"))]);
        assert!(now(networks(&script)).unwrap_err().is("UnauthorizedOperation"));
    }
}
