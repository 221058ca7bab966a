//! What can be wrong with an integration with a function.

use super::access_checks::TOO_SLOW;
use super::function::FunctionIntegration;
use super::route_checks::check_routes;
use crate::finding::Findings;
use crate::resources::lambda_function::LambdaFunction;
use crate::{Design, Edit, Link};

pub(super) fn check(design: &Design, link: &Link, out: &mut Findings) {
    let Some(integration) = FunctionIntegration::of(&link.props) else { return };
    check_routes(design, link, &integration.routes, out);
    let Some((node, function)) = design.get::<LambdaFunction>(&link.to) else { return };
    // What is out of range itself is told by the field table.
    let waits = integration.timeout_ms.clamp(50, 30_000);
    if function.timeout.saturating_mul(1000) > waits {
        let finding = out.report(&TOO_SLOW, &link.id).at("timeoutMs").with("function", &node.name);
        finding.with("seconds", function.timeout).with("waits", waits / 1000);
        // No function can be held to less than a second: then the API has to wait for it.
        if waits >= 1000 {
            finding.fix(Edit::set(&node.id, "timeout", waits / 1000));
        } else if function.timeout <= 30 {
            finding.fix(Edit::set(&link.id, "timeoutMs", function.timeout.saturating_mul(1000)));
        }
    }
}
