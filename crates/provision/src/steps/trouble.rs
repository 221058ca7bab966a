//! Why a step stopped, and what a person can do.
//!
//! What AWS's codes mean is told in each service's API reference under "Errors"; those of EC2 are in
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>.

use trazo_calls::Call;
use trazo_stack::{Expr, Origin, Resource, Value};

use super::JournalError;
use crate::{CallError, Refusal, Unsent, policy};

/// What kind of trouble it is; each has a text that says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TroubleKind {
    /// The credentials are past their time or wiped: paste new ones and go on.
    Expired,
    /// AWS does not know the credentials, or the signature is wrong.
    Credentials,
    /// The machine's clock is wrong.
    Clock,
    /// The credentials may not do this.
    Denied,
    /// A Learner Lab forbids this.
    Lab,
    /// A quota of the account is used up.
    Quota,
    /// There is something of that name already, and it is not of this deployment.
    Exists,
    /// AWS does not take a value.
    Invalid,
    /// Something else still uses it.
    InUse,
    /// What the call names is not there.
    Missing,
    /// AWS asks for slower calls, also after waiting.
    Throttled,
    /// AWS had an error of its own.
    Server,
    /// There is no network.
    Offline,
    /// The browser or the network let nothing pass: the transport may have to be changed.
    Blocked,
    /// The service lets no page read what it says: the relay is needed.
    NeedsRelay,
    /// The relay was started anew, and does not know the page any more.
    Relay,
    /// No answer in time.
    TimedOut,
    /// The answer cannot be read.
    Unreadable,
    /// What was made came up broken.
    Broken,
    /// What was made did not come up within the time.
    Slow,
    /// Something that has to be there first does not give the value that is needed.
    Unresolved,
    /// The journal cannot be written, so nothing is asked.
    Journal,
    /// Another tab goes on with this deployment.
    Elsewhere,
    /// The credentials are for another account or region than the deployment.
    OtherAccount,
    /// Anything else that AWS refused.
    Refused,
}

impl TroubleKind {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Expired,
        Self::Credentials,
        Self::Clock,
        Self::Denied,
        Self::Lab,
        Self::Quota,
        Self::Exists,
        Self::Invalid,
        Self::InUse,
        Self::Missing,
        Self::Throttled,
        Self::Server,
        Self::Offline,
        Self::Blocked,
        Self::NeedsRelay,
        Self::Relay,
        Self::TimedOut,
        Self::Unreadable,
        Self::Broken,
        Self::Slow,
        Self::Unresolved,
        Self::Journal,
        Self::Elsewhere,
        Self::OtherAccount,
        Self::Refused,
    ];

    /// Its name in text keys: `deploy.engine.trouble.<key>` says what happened, `deploy.engine.advice.<key>` what to do.
    pub fn key(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Credentials => "credentials",
            Self::Clock => "clock",
            Self::Denied => "denied",
            Self::Lab => "lab",
            Self::Quota => "quota",
            Self::Exists => "exists",
            Self::Invalid => "invalid",
            Self::InUse => "in_use",
            Self::Missing => "missing",
            Self::Throttled => "throttled",
            Self::Server => "server",
            Self::Offline => "offline",
            Self::Blocked => "blocked",
            Self::NeedsRelay => "needs_relay",
            Self::Relay => "relay",
            Self::TimedOut => "timed_out",
            Self::Unreadable => "unreadable",
            Self::Broken => "broken",
            Self::Slow => "slow",
            Self::Unresolved => "unresolved",
            Self::Journal => "journal",
            Self::Elsewhere => "elsewhere",
            Self::OtherAccount => "other_account",
            Self::Refused => "refused",
        }
    }

    /// Whether new credentials are what helps.
    pub fn wants_credentials(self) -> bool {
        matches!(self, Self::Expired | Self::Credentials | Self::OtherAccount)
    }

    /// Whether no other call would fare better either.
    pub(super) fn concerns_all(self) -> bool {
        matches!(
            self,
            Self::Expired
                | Self::Credentials
                | Self::Clock
                | Self::Offline
                | Self::Blocked
                | Self::Relay
                | Self::TimedOut
                | Self::Journal
                | Self::Elsewhere
                | Self::OtherAccount
        )
    }
}

/// Why a step stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct Trouble {
    /// What kind of trouble it is.
    pub kind: TroubleKind,
    /// What was asked (`ec2 CreateVpc`); empty where nothing was.
    pub operation: String,
    /// The permission that is missing (`ec2:CreateVpc`), where one is; for [`TroubleKind::Unresolved`] what has no value; for
    /// [`TroubleKind::OtherAccount`] where the deployment is.
    pub action: String,
    /// AWS's code; empty where AWS did not answer.
    pub code: String,
    /// AWS's own words.
    pub message: String,
    /// What AWS's support asks for.
    pub request_id: String,
    /// The element and field of the design that it is about.
    pub origin: Option<Origin>,
}

impl Trouble {
    /// Trouble that AWS said nothing of.
    pub fn of(kind: TroubleKind) -> Self {
        Self {
            kind,
            operation: String::new(),
            action: String::new(),
            code: String::new(),
            message: String::new(),
            request_id: String::new(),
            origin: None,
        }
    }

    /// Trouble in what was made: a state that it cannot come out of, or that lasts too long.
    pub fn state(kind: TroubleKind, message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::of(kind) }
    }

    /// What a call that gave no answer means.
    pub fn from_call(error: &CallError, call: &Call) -> Self {
        let operation = format!("{} {}", call.service.cli(), call.operation);
        let base = Self { operation, ..Self::of(TroubleKind::Refused) };
        match error {
            CallError::Refused(refusal) => from_refusal(refusal, base),
            CallError::Unsent(unsent) => Self { kind: unsent_kind(*unsent), ..base },
            CallError::Unreadable => Self { kind: TroubleKind::Unreadable, ..base },
            CallError::Expired => Self { kind: TroubleKind::Expired, ..base },
            CallError::Unknown(..) | CallError::Unsendable(..) => Self { message: error.to_string(), ..base },
        }
    }

    /// The same trouble, with the element and field of the design that it is about.
    #[must_use]
    pub fn at(mut self, resource: Option<&Resource>) -> Self {
        if let Some(resource) = resource {
            self.origin = Some(blame(resource, &self.message));
        }
        self
    }
}

impl From<Box<Self>> for Trouble {
    fn from(trouble: Box<Self>) -> Self {
        *trouble
    }
}

impl From<JournalError> for Trouble {
    fn from(error: JournalError) -> Self {
        Self::of(match error {
            JournalError::Taken => TroubleKind::Elsewhere,
            JournalError::Broken => TroubleKind::Journal,
        })
    }
}

fn unsent_kind(unsent: Unsent) -> TroubleKind {
    match unsent {
        Unsent::Offline => TroubleKind::Offline,
        Unsent::TimedOut | Unsent::Cancelled => TroubleKind::TimedOut,
        Unsent::TooLarge => TroubleKind::Unreadable,
        Unsent::Blocked => TroubleKind::Blocked,
        Unsent::Barred => TroubleKind::NeedsRelay,
        Unsent::Stranger => TroubleKind::Relay,
    }
}

fn from_refusal(refusal: &Refusal, base: Trouble) -> Trouble {
    let kind = refusal_kind(refusal);
    let denied = matches!(kind, TroubleKind::Denied | TroubleKind::Lab);
    // AWS repeats what was signed, with the session's token, where a signature is wrong.
    let message = if matches!(kind, TroubleKind::Expired | TroubleKind::Credentials | TroubleKind::Clock) {
        String::new()
    } else {
        refusal.message.clone()
    };
    Trouble {
        kind,
        action: if denied { action(refusal) } else { String::new() },
        code: refusal.code.clone(),
        message,
        request_id: refusal.request_id.clone(),
        ..base
    }
}

/// Codes and what they mean; the first line of which one fits.
const CODES: &[(TroubleKind, &[&str])] = &[
    (TroubleKind::Expired, &["ExpiredToken", "ExpiredTokenException"]),
    (TroubleKind::Clock, &["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]),
    (
        TroubleKind::Credentials,
        &[
            "AuthFailure",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException",
        ],
    ),
    (
        TroubleKind::Denied,
        &[
            "AccessDenied",
            "AccessDeniedException",
            "ForbiddenException",
            "NotAuthorized",
            "OptInRequired",
            "UnauthorizedOperation",
            "UnauthorizedException",
        ],
    ),
];

fn refusal_kind(refusal: &Refusal) -> TroubleKind {
    let code = refusal.code.as_str();
    let known = CODES.iter().find(|(_, codes)| codes.contains(&code)).map(|(kind, _)| *kind);
    match known {
        // "Signature expired: 2026… is now earlier than …" is how the JSON services tell a wrong clock.
        Some(TroubleKind::Credentials) if refusal.message.contains("ignature expired") => TroubleKind::Clock,
        Some(TroubleKind::Credentials) if refusal.message.contains("ignature not yet current") => TroubleKind::Clock,
        Some(TroubleKind::Denied) if refusal.message.contains("assumed-role/voclabs/") => TroubleKind::Lab,
        Some(kind) => kind,
        None if refusal.is_throttle() => TroubleKind::Throttled,
        None if is_quota(code) || refusal.is_used_up() => TroubleKind::Quota,
        None if is_there(refusal) => TroubleKind::Exists,
        None if is_in_use(refusal) => TroubleKind::InUse,
        None if is_gone(refusal) => TroubleKind::Missing,
        None if refusal.status >= 500 => TroubleKind::Server,
        None if is_invalid(code) => TroubleKind::Invalid,
        None => TroubleKind::Refused,
    }
}

/// Whether a quota is used up.
fn is_quota(code: &str) -> bool {
    code.contains("LimitExceeded")
        || code.contains("QuotaExceeded")
        || code.starts_with("TooMany")
        || matches!(code, "InsufficientFreeAddressesInSubnet" | "PendingVpcLimitExceeded" | "ActiveVpcLimitExceeded")
}

/// Whether there is something of the name, or the very rule, already.
pub(super) fn is_there(refusal: &Refusal) -> bool {
    let code = refusal.code.as_str();
    code.contains("AlreadyExist")
        || code.contains("Duplicate")
        || code.starts_with("DuplicateLoadBalancer")
        || matches!(code, "ResourceConflictException" | "Resource.AlreadyAssociated")
        || (code == "ConflictException" && refusal.message.contains("exists"))
        || (code == "InvalidParameterException" && refusal.message.contains("not idempotent"))
}

/// Whether something that still stands hinders it.
pub(super) fn is_in_use(refusal: &Refusal) -> bool {
    let code = refusal.code.as_str();
    code.contains("DependencyViolation")
        || code.contains("InUse")
        || code.starts_with("ClusterContains")
        || matches!(
            code,
            "ConflictException" | "DeleteConflict" | "ScalingActivityInProgress" | "UpdateInProgressException"
        )
        || (code == "OperationNotPermitted" && refusal.message.contains("in use"))
        || (code == "BadRequestException" && refusal.message.contains("active"))
        // An address that a NAT gateway held until just now (code AuthFailure is how EC2 says so).
        || (code == "AuthFailure" && refusal.message.contains("address"))
}

/// Whether what the call names is not there.
pub(super) fn is_gone(refusal: &Refusal) -> bool {
    let code = refusal.code.as_str();
    code.contains("NotFound")
        || code.starts_with("NoSuch")
        || matches!(
            code,
            "Gateway.NotAttached" | "ServiceNotActiveException" | "ClusterNotActive" | "UnknownResourceException"
        )
        || (refusal.operation.starts_with("De") && code == "ValidationError" && refusal.message.contains("not found"))
        || (code == "InvalidParameterValue" && refusal.message.contains("does not exist"))
}

fn is_invalid(code: &str) -> bool {
    code.contains("Invalid")
        || code.contains("Validation")
        || code.contains("Malformed")
        || code.contains("MissingParameter")
        || code.contains("Unsupported")
        || matches!(code, "BadRequestException" | "ClientException" | "ParamValidationError" | "SerializationException")
}

/// The permission that is missing: AWS names it in nearly all its messages.
fn action(refusal: &Refusal) -> String {
    let told = refusal.message.split("not authorized to perform: ").nth(1);
    let named = told.and_then(|rest| rest.split([' ', ',']).next()).map(|action| action.trim_end_matches('.'));
    if let Some(action) = named.filter(|action| action.contains(':')) {
        return action.to_owned();
    }
    let (prefix, action) = policy::action(refusal.service, refusal.operation).unwrap_or(("sts", refusal.operation));
    format!("{prefix}:{action}")
}

/// The element and field of the design that AWS's words are about: that of the longest value which they repeat, or of a property
/// which they name; otherwise the whole element.
fn blame(resource: &Resource, message: &str) -> Origin {
    let mut best: Option<(usize, Origin)> = None;
    let mut offer = |weight: usize, origin: &Origin| {
        if best.as_ref().is_none_or(|(known, _)| weight > *known) {
            best = Some((weight, origin.clone()));
        }
    };
    for (name, value) in &resource.properties {
        if says(message, name) {
            offer(name.len(), value.origin.as_ref().unwrap_or(&resource.origin));
        }
        look(value, &resource.origin, message, &mut offer);
    }
    best.map_or_else(|| resource.origin.clone(), |(_, origin)| origin)
}

/// Offers the origins of the values in `value` that the message repeats, and of the members that it names.
fn look(value: &Value, around: &Origin, message: &str, offer: &mut dyn FnMut(usize, &Origin)) {
    let origin = value.origin.as_ref().unwrap_or(around);
    match &value.expr {
        Expr::Str(text) if text.len() > 2 && message.contains(text.as_str()) => offer(text.len() + 100, origin),
        Expr::Map(entries) => {
            for (name, entry) in entries {
                if says(message, name) {
                    offer(name.len(), entry.origin.as_ref().unwrap_or(origin));
                }
                look(entry, origin, message, offer);
            }
        }
        Expr::List(items) => items.iter().for_each(|item| look(item, origin, message, offer)),
        _ => {}
    }
}

/// Whether a message names a member, in the spelling of CloudFormation or of an API.
fn says(message: &str, name: &str) -> bool {
    let in_words = |word: &str| {
        message.match_indices(word).any(|(at, _)| {
            let before = message[..at].chars().next_back();
            let after = message[at + word.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    };
    let mut letters = name.chars();
    let lower =
        letters.next().map(|first| format!("{}{}", first.to_ascii_lowercase(), letters.as_str())).unwrap_or_default();
    // A short word is also one of the language (`Name`, `Type`).
    name.len() > 5 && (in_words(name) || in_words(&lower))
}

#[cfg(test)]
mod tests {
    use super::*;
    use trazo_calls::Service;
    use trazo_stack::Element;

    fn refused(service: Service, operation: &'static str, status: u16, code: &str, message: &str) -> Trouble {
        let refusal =
            Refusal { service, operation, status, code: code.into(), message: message.into(), request_id: "r".into() };
        Trouble::from_call(&CallError::Refused(refusal), &Call::new(service, operation))
    }

    #[test]
    fn codes_tell_what_to_do() {
        let cases = [
            (400, "ExpiredTokenException", "", TroubleKind::Expired),
            (400, "InvalidSignatureException", "Signature expired: 1 is now earlier than 2", TroubleKind::Clock),
            (403, "SignatureDoesNotMatch", "The Canonical String …", TroubleKind::Credentials),
            (400, "ThrottlingException", "Rate exceeded", TroubleKind::Throttled),
            (503, "RequestLimitExceeded", "", TroubleKind::Throttled),
            (400, "VpcLimitExceeded", "", TroubleKind::Quota),
            (400, "TooManyLoadBalancers", "", TroubleKind::Quota),
            (400, "LimitExceededException", "", TroubleKind::Quota),
            (
                429,
                "LimitExceededException",
                "Maximum number of Resources for this API has been reached.",
                TroubleKind::Quota,
            ),
            (400, "BadRequestException", "There are too many Vpc Links defined. Limit is 10.", TroubleKind::Quota),
            (429, "TooManyRequestsException", "Too Many Requests", TroubleKind::Throttled),
            (409, "EntityAlreadyExists", "", TroubleKind::Exists),
            (400, "InvalidPermission.Duplicate", "", TroubleKind::Exists),
            (400, "DuplicateTargetGroupName", "", TroubleKind::Exists),
            (400, "DependencyViolation", "", TroubleKind::InUse),
            (400, "InvalidVpcID.NotFound", "", TroubleKind::Missing),
            (404, "NoSuchEntity", "", TroubleKind::Missing),
            (500, "InternalError", "", TroubleKind::Server),
            (400, "InvalidParameterException", "", TroubleKind::Invalid),
            (400, "Unheard", "", TroubleKind::Refused),
        ];
        for (status, code, message, kind) in cases {
            assert_eq!(refused(Service::Ecs, "CreateCluster", status, code, message).kind, kind, "{code}");
        }
    }

    #[test]
    fn the_missing_permission_is_named() {
        let said = "User: arn:aws:sts::123456789012:assumed-role/voclabs/user1 is not authorized to perform: iam:CreateRole on \
                    resource: x with an explicit deny";
        let lab = refused(Service::Iam, "CreateRole", 403, "AccessDenied", said);
        assert_eq!((lab.kind, lab.action.as_str()), (TroubleKind::Lab, "iam:CreateRole"));
        let blunt = refused(Service::Ec2, "CreateVpc", 403, "UnauthorizedOperation", "You are not authorized.");
        assert_eq!((blunt.kind, blunt.action.as_str()), (TroubleKind::Denied, "ec2:CreateVpc"));
        let silent = |service, operation| refused(service, operation, 403, "AccessDenied", "").action;
        assert_eq!(silent(Service::Elbv2, "CreateListener"), "elasticloadbalancing:CreateListener");
        assert_eq!(silent(Service::ApiGateway, "CreateRestApi"), "apigateway:POST");
        assert_eq!(silent(Service::Tagging, "GetResources"), "tag:GetResources");
    }

    #[test]
    fn words_about_a_signature_are_not_repeated() {
        let said = "The Canonical String should have been 'x-amz-security-token:FQoSECRET'";
        let trouble = refused(Service::Sts, "GetCallerIdentity", 403, "SignatureDoesNotMatch", said);
        assert!(!format!("{trouble:?}").contains("FQoSECRET"));
    }

    #[test]
    fn a_value_that_aws_refuses_leads_to_its_field() {
        let node = Origin::whole(Element::Node("vpc".into()));
        let mut resource = Resource::new("AWS::EC2::VPC", node.clone());
        resource.set_from("CidrBlock", "cidr", "10.0.0.0/8").set_from("InstanceTenancy", "tenancy", "default");
        let by_value = "The CIDR '10.0.0.0/8' is invalid.";
        assert_eq!(blame(&resource, by_value), node.field("cidr"));
        assert_eq!(blame(&resource, "Value for parameter instanceTenancy is invalid"), node.field("tenancy"));
        assert_eq!(blame(&resource, "No."), node);
    }
}
