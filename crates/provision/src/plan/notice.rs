//! What to mind before a deployment.

use trazo_calls::Step;
use trazo_model::account::LAB_REGIONS;
use trazo_model::{Design, Severity};
use trazo_stack::{Element, Stack};

use super::{Quota, Setting, open};
use crate::prices::{Estimate, Good, REGIONS, dollars};

/// Something that can be said of a deployment. Its texts are `deploy.plan.<code>.message` and `.help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its code, never used for anything else.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// AWS's page, where there is one.
    pub doc: &'static str,
}

/// Something to mind.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// What is said.
    pub notice: &'static Notice,
    /// What it is said of, where it is one element.
    pub element: Option<Element>,
    /// What goes into the places of its texts; `reason` is the key of a text itself.
    pub args: Vec<(&'static str, String)>,
}

impl Warning {
    /// The key of what it says.
    pub fn message(&self) -> String {
        format!("deploy.plan.{}.message", self.notice.code)
    }

    /// The key of what can be done.
    pub fn help(&self) -> String {
        format!("deploy.plan.{}.help", self.notice.code)
    }
}

/// Ports that the internet reaches.
static PORTS: Notice = Notice {
    code: "PLN001",
    severity: Severity::Hint,
    doc: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
};
/// Routes that anybody may call.
static ROUTES: Notice = Notice {
    code: "PLN002",
    severity: Severity::Hint,
    doc: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html",
};
/// A NAT gateway costs from its first hour on.
static NAT: Notice = Notice { code: "PLN003", severity: Severity::Warning, doc: "https://aws.amazon.com/vpc/pricing/" };
/// More is taken than an account has as a rule.
static BEYOND: Notice = Notice { code: "PLN004", severity: Severity::Warning, doc: "" };
/// A quota of which there is little.
static SCARCE: Notice = Notice { code: "PLN005", severity: Severity::Hint, doc: "" };
/// A region that a Learner Lab does not have.
static LAB_REGION: Notice = Notice { code: "PLN006", severity: Severity::Error, doc: "" };
/// Something of IAM in a Learner Lab.
static LAB_IAM: Notice = Notice { code: "PLN007", severity: Severity::Error, doc: "" };
/// A key without an end.
static LONG_TERM: Notice = Notice {
    code: "PLN008",
    severity: Severity::Warning,
    doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
};
/// The account is a Learner Lab, the design is for another.
static IN_A_LAB: Notice = Notice { code: "PLN009", severity: Severity::Warning, doc: "" };
/// Prices of another region.
static PRICES: Notice = Notice { code: "PLN010", severity: Severity::Hint, doc: "https://calculator.aws/" };
/// The budget of a Learner Lab.
static LAB_BUDGET: Notice = Notice { code: "PLN011", severity: Severity::Hint, doc: "" };
/// The key is that of the account's owner.
static ROOT: Notice = Notice {
    code: "PLN012",
    severity: Severity::Warning,
    doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
};
/// Steps to services that let no page read what they say.
static UNREACHED: Notice = Notice {
    code: "PLN013",
    severity: Severity::Warning,
    doc: "https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS",
};

impl Notice {
    /// All, for the tests of the texts.
    pub const ALL: &'static [&'static Self] = &[
        &PORTS,
        &ROUTES,
        &NAT,
        &BEYOND,
        &SCARCE,
        &LAB_REGION,
        &LAB_IAM,
        &LONG_TERM,
        &IN_A_LAB,
        &PRICES,
        &LAB_BUDGET,
        &ROOT,
        &UNREACHED,
    ];
}

/// Quotas so small that whatever else is in the account matters.
const SMALL: u64 = 5;

/// Days of a month, for what a day costs.
const DAYS: u64 = 30;

/// Everything to mind, the worst first.
pub(super) fn warnings(
    design: &Design,
    stack: &Stack,
    setting: &Setting<'_>,
    steps: &[Step],
    estimate: &Estimate,
    quotas: &[Quota],
) -> Vec<Warning> {
    let mut out = Vec::new();
    account(&mut out, design, stack, setting);
    out.extend(unreached(setting, steps));
    exposure(&mut out, stack);
    costs(&mut out, design, setting, estimate);
    for quota in quotas {
        let notice = match quota.taken {
            taken if taken > quota.usual => &BEYOND,
            _ if quota.usual <= SMALL => &SCARCE,
            _ => continue,
        };
        let args =
            [("reason", quota.key.to_owned()), ("taken", quota.taken.to_string()), ("usual", quota.usual.to_string())];
        out.push(warn(notice, None, args));
    }
    out.sort_by_key(|warning| warning.notice.severity as u8);
    out
}

fn warn<const N: usize>(
    notice: &'static Notice,
    element: Option<Element>,
    args: [(&'static str, String); N],
) -> Warning {
    Warning { notice, element, args: args.into() }
}

/// What the account and the credentials are.
fn account(out: &mut Vec<Warning>, design: &Design, stack: &Stack, setting: &Setting<'_>) {
    // The role that AWS Academy signs students in with.
    let in_a_lab = setting.caller.is_some_and(|arn| arn.contains(":assumed-role/voclabs/"));
    let of_iam = stack.resources.values().filter(|one| one.type_name.starts_with("AWS::IAM::")).count();
    if in_a_lab || design.is_learner_lab() {
        if !LAB_REGIONS.contains(&setting.region) {
            let regions = LAB_REGIONS.join(", ");
            out.push(warn(&LAB_REGION, None, [("region", setting.region.to_owned()), ("regions", regions)]));
        }
        if of_iam > 0 {
            out.push(warn(&LAB_IAM, None, [("count", of_iam.to_string())]));
        }
    }
    if in_a_lab && !design.is_learner_lab() {
        out.push(warn(&IN_A_LAB, None, []));
    }
    if setting.caller.is_some_and(|arn| arn.ends_with(":root")) {
        out.push(warn(&ROOT, None, []));
    }
    if setting.long_term {
        out.push(warn(&LONG_TERM, None, []));
    }
}

/// Steps that come to nothing on the way that was chosen.
fn unreached(setting: &Setting<'_>, steps: &[Step]) -> Option<Warning> {
    let way = setting.way?;
    let barred: Vec<_> = steps.iter().filter(|step| !way.reaches(step.call.service)).collect();
    let first = barred.first()?;
    let args = [("count", barred.len().to_string()), ("all", steps.len().to_string())];
    Some(warn(&UNREACHED, Some(first.origin.element.clone()), args))
}

/// What anybody can reach.
fn exposure(out: &mut Vec<Warning>, stack: &Stack) {
    for open in open::ports(stack) {
        out.push(warn(&PORTS, Some(open.element), [("ports", open.ports), ("from", open.from)]));
    }
    for (element, open, all) in open::routes(stack) {
        out.push(warn(&ROUTES, Some(element), [("open", open.to_string()), ("all", all.to_string())]));
    }
}

/// What costs more than one may think.
fn costs(out: &mut Vec<Warning>, design: &Design, setting: &Setting<'_>, estimate: &Estimate) {
    let gateways: Vec<_> = estimate.items.iter().filter(|item| item.good == Good::NatGateway).collect();
    if let Some(first) = gateways.first() {
        let cost: u64 = gateways.iter().map(|item| item.low_cost()).sum();
        let args = [("count", gateways.len().to_string()), ("cost", dollars(cost))];
        out.push(warn(&NAT, Some(first.element.clone()), args));
    }
    if design.is_learner_lab() && estimate.low() > 0 {
        out.push(warn(&LAB_BUDGET, None, [("cost", dollars(estimate.low() / DAYS))]));
    }
    if !estimate.is_region_known && !estimate.items.is_empty() {
        let args =
            [("region", setting.region.to_owned()), ("known", REGIONS.first().copied().unwrap_or_default().to_owned())];
        out.push(warn(&PRICES, None, args));
    }
}
