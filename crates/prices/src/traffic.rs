//! What requests cost, where users are drawn.

use std::collections::BTreeMap;

use trazo_model::resources::users::Users;
use trazo_model::{Design, Kind, Phrase, Typed};
use trazo_stack::{Element, Resource};

use super::{Estimate, Good, HOURS, MILLI};
use trazo_stack::read;

/// Requests that one LCU takes in a second, each as a connection of its own
/// (<https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-monitoring.html>).
const OF_A_UNIT: u64 = 25;

/// How long a function is assumed to run for a request, in milliseconds.
const FUNCTION_TIME: u64 = 100;

/// Requests in a second by node.
pub(super) type Rates = BTreeMap<String, u64>;

/// How many requests reach each API, load balancer and function. Behind an API with several backends each is taken to get all.
pub(super) fn rates(design: &Design) -> Rates {
    let mut rates = Rates::new();
    for node in design.nodes_of(Kind::Users) {
        let rate = Users::of(&node.props).map_or(0, |users| u64::try_from(users.rate).unwrap_or(0));
        for link in design.links_from(&node.id) {
            *rates.entry(link.to.to_string()).or_default() += rate;
        }
    }
    for node in design.nodes_of(Kind::HttpApi).chain(design.nodes_of(Kind::RestApi)) {
        let Some(rate) = rates.get(node.id.as_str()).copied() else { continue };
        for link in design.links_from(&node.id) {
            *rates.entry(link.to.to_string()).or_default() += rate;
        }
    }
    rates
}

/// Charges for the requests that reach a resource.
pub(super) fn charge(out: &mut Estimate, rates: &Rates, id: &str, resource: &Resource) {
    let Element::Node(node) = &resource.origin.element else { return };
    let (good, is_one) = match resource.type_name {
        "AWS::ApiGatewayV2::Api" => (Good::HttpRequests, true),
        "AWS::ApiGateway::RestApi" => (Good::RestRequests, true),
        "AWS::Lambda::Function" => (Good::LambdaRequests, true),
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => (Good::LoadBalancerUnits, false),
        _ => return,
    };
    let Some(rate) = rates.get(&**node).copied() else {
        return out.leave_out(Phrase::new("deploy.cost.left-out.requests"));
    };
    out.assume(Phrase::new("deploy.cost.assumed.requests"));
    let requests = rate.saturating_mul(HOURS * 3600);
    if is_one {
        // Thousandths of a million are thousands.
        out.add(id, resource, good, 0, requests / 1000);
    } else {
        out.add(id, resource, good, 0, rate.saturating_mul(HOURS * MILLI) / OF_A_UNIT);
    }
    if good == Good::LambdaRequests {
        let memory = read::number(resource, "MemorySize").unwrap_or(128);
        let arm = read::items(resource.properties.get("Architectures")).iter().any(|one| one.as_str() == Some("arm64"));
        let time = if arm { Good::LambdaArmTime } else { Good::LambdaTime };
        let seconds = u128::from(requests) * u128::from(memory * FUNCTION_TIME) / 1024;
        out.add(id, resource, time, 0, u64::try_from(seconds).unwrap_or(u64::MAX));
        out.assume(Phrase::new("deploy.cost.assumed.function").with("time", FUNCTION_TIME.to_string()));
    }
}
