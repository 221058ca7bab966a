//! What a stack costs a month: an estimate from a table of list prices that comes with Trazo.
//!
//! Two sums are given. The lower one is what is charged with the fewest tasks and no requests, the upper one with the most tasks and
//! the requests that are drawn, all month long.

mod table;
mod tasks;
mod traffic;

use trazo_model::{Design, Phrase};
use trazo_stack::{Element, Resource, Stack};

pub use table::{DATED, Good, REGIONS, instance};
use trazo_stack::read;

/// Hours of a month, as AWS's own calculator counts them.
pub const HOURS: u64 = 730;

/// How many thousandths a unit has: quantities are counted in them.
pub const MILLI: u64 = 1000;

/// Zones that are meant where the person gives the subnets.
const ZONES: u64 = 2;

/// One thing that is charged for.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The element that it was drawn as.
    pub element: Element,
    /// The logical id of the resource.
    pub resource: String,
    /// What it is.
    pub good: Good,
    /// Which one, where there are several (`t3.medium`); empty else.
    pub detail: String,
    /// How much of it in a month, at least, in thousandths of its unit.
    pub low: u64,
    /// How much of it in a month, at most, in thousandths of its unit.
    pub high: u64,
    /// What one unit costs, in billionths of a dollar.
    pub price: u64,
}

impl Item {
    /// What it costs a month, at least, in millionths of a dollar.
    pub fn low_cost(&self) -> u64 {
        cost(self.low, self.price)
    }

    /// What it costs a month, at most, in millionths of a dollar.
    pub fn high_cost(&self) -> u64 {
        cost(self.high, self.price)
    }
}

/// Thousandths times billionths, in millionths, rounded to the nearest.
fn cost(quantity: u64, price: u64) -> u64 {
    let product = u128::from(quantity) * u128::from(price);
    u64::try_from((product + 500_000) / 1_000_000).unwrap_or(u64::MAX)
}

/// What a stack costs a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimate {
    /// What is charged for, in the stack's order.
    pub items: Vec<Item>,
    /// What was assumed.
    pub assumptions: Vec<Phrase>,
    /// What costs something and is not in the sum.
    pub left_out: Vec<Phrase>,
    /// Whether the prices are those of the region; if not, they are those of `us-east-1`.
    pub is_region_known: bool,
}

impl Estimate {
    /// The lower sum, in millionths of a dollar.
    pub fn low(&self) -> u64 {
        self.items.iter().fold(0, |sum, item| sum.saturating_add(item.low_cost()))
    }

    /// The upper sum, in millionths of a dollar.
    pub fn high(&self) -> u64 {
        self.items.iter().fold(0, |sum, item| sum.saturating_add(item.high_cost()))
    }

    /// The sums of one element, in millionths of a dollar.
    pub fn of(&self, element: &Element) -> (u64, u64) {
        let its = self.items.iter().filter(|item| item.element == *element);
        its.fold((0, 0), |(low, high), item| {
            (low.saturating_add(item.low_cost()), high.saturating_add(item.high_cost()))
        })
    }

    fn add(&mut self, id: &str, resource: &Resource, good: Good, low: u64, high: u64) {
        self.add_at(id, resource, good, "", [low, high], good.price());
    }

    fn add_at(&mut self, id: &str, resource: &Resource, good: Good, detail: &str, [low, high]: [u64; 2], price: u64) {
        // What never comes about is not listed.
        if high > 0 {
            let (element, detail) = (resource.origin.element.clone(), detail.to_owned());
            self.items.push(Item { element, resource: id.to_owned(), good, detail, low, high, price });
        }
    }

    fn assume(&mut self, phrase: Phrase) {
        if !self.assumptions.contains(&phrase) {
            self.assumptions.push(phrase);
        }
    }

    fn leave_out(&mut self, phrase: Phrase) {
        if !self.left_out.contains(&phrase) {
            self.left_out.push(phrase);
        }
    }
}

/// Estimates what the stack of a design costs a month in a region.
pub fn estimate(design: &Design, stack: &Stack, region: &str) -> Estimate {
    let mut out = Estimate { is_region_known: REGIONS.contains(&region), ..Estimate::default() };
    out.assume(Phrase::new("deploy.cost.assumed.hours").with("hours", HOURS.to_string()));
    let rates = traffic::rates(design);
    for (id, resource) in &stack.resources {
        one(&mut out, stack, id, resource);
        traffic::charge(&mut out, &rates, id, resource);
    }
    out.assume(Phrase::new("deploy.cost.assumed.list"));
    if !out.items.is_empty() {
        out.leave_out(Phrase::new("deploy.cost.left-out.transfer"));
    }
    out
}

/// What is charged for a resource although nobody uses it.
fn one(out: &mut Estimate, stack: &Stack, id: &str, resource: &Resource) {
    let month = HOURS * MILLI;
    match resource.type_name {
        "AWS::ECS::Service" => tasks::service(out, stack, id, resource),
        "AWS::AutoScaling::AutoScalingGroup" => tasks::instances(out, stack, id, resource),
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => {
            out.add(id, resource, Good::LoadBalancer, month, month);
            if read::text(resource, "Scheme") == Some("internet-facing") {
                let hours = zones(out, resource, "Subnets") * month;
                out.add(id, resource, Good::Address, hours, hours);
            }
        }
        "AWS::EC2::NatGateway" => {
            out.add(id, resource, Good::NatGateway, month, month);
            out.leave_out(Phrase::new("deploy.cost.left-out.nat"));
        }
        "AWS::EC2::EIP" => out.add(id, resource, Good::Address, month, month),
        "AWS::EC2::VPCEndpoint" if read::text(resource, "VpcEndpointType") == Some("Interface") => {
            let hours = zones(out, resource, "SubnetIds") * month;
            out.add(id, resource, Good::Endpoint, hours, hours);
        }
        "AWS::ECR::Repository" => {
            out.add(id, resource, Good::Images, MILLI, MILLI);
            out.assume(Phrase::new("deploy.cost.assumed.images"));
        }
        "AWS::Logs::LogGroup" => {
            out.add(id, resource, Good::Logs, 0, MILLI);
            out.assume(Phrase::new("deploy.cost.assumed.logs"));
        }
        "AWS::CloudWatch::Alarm" => out.add(id, resource, Good::Alarm, MILLI, MILLI),
        // Target tracking makes one alarm for more and one for less.
        // https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
        "AWS::ApplicationAutoScaling::ScalingPolicy"
            if read::text(resource, "PolicyType") == Some("TargetTrackingScaling") =>
        {
            out.add(id, resource, Good::Alarm, 2 * MILLI, 2 * MILLI);
        }
        "AWS::ECS::Cluster" if has_insights(resource) => out.leave_out(Phrase::new("deploy.cost.left-out.insights")),
        _ => {}
    }
}

/// In how many zones a resource stands: one for each subnet.
fn zones(out: &mut Estimate, resource: &Resource, key: &str) -> u64 {
    match read::items(resource.properties.get(key)).len() {
        0 => {
            out.assume(Phrase::new("deploy.cost.assumed.zones").with("zones", ZONES.to_string()));
            ZONES
        }
        zones => zones as u64,
    }
}

fn has_insights(cluster: &Resource) -> bool {
    read::items(cluster.properties.get("ClusterSettings")).iter().any(|setting| {
        let of = |key| read::inside(setting, key).and_then(|value| value.as_str());
        of("Name") == Some("containerInsights") && of("Value") != Some("disabled")
    })
}

/// An amount in millionths of a dollar as people write it: two places, or the first that is not zero (`0.004`).
pub fn dollars(micros: u64) -> String {
    if micros > 0 && micros < 5_000 {
        let text = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
        let first = text.find(|one: char| one.is_ascii_digit() && one != '0').unwrap_or(text.len() - 1);
        return text[..=first].to_owned();
    }
    let cents = micros.saturating_add(5_000) / 10_000;
    format!("{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests;
