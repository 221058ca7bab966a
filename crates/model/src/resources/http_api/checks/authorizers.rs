//! What can be wrong with the authorizers of an API.

use super::super::HttpApi;
use super::super::access::{Authorizer, AuthorizerType};
use super::super::links::backends;
use crate::commands::remove_item;
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Edit, Node, Target};

const JWT: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html";
const LAMBDA: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html";

const fn error(code: &'static str, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc }
}

/// The issuer is no address of an issuer.
pub(super) static ISSUER: Check = error(
    "API042",
    "Issuer must have a valid discovery endpoint ended with '/.well-known/openid-configuration'",
    JWT,
);
/// What is to be asked is no function.
pub(super) static NO_FUNCTION: Check = error("API043", "", LAMBDA);
/// No route asks for it.
pub(super) static UNUSED: Check = Check { code: "API044", severity: Severity::Hint, aws: "", doc: JWT };
/// Two have one name.
pub(super) static SAME_NAME: Check = error("API045", "", JWT);
/// It looks where API Gateway cannot.
pub(super) static SOURCE: Check = error("API048", "", LAMBDA);
/// Answers are kept, but not for whom.
pub(super) static CACHE: Check = error("API049", "", LAMBDA);
/// There are more than an API may have.
pub(super) static TOO_MANY: Check =
    error("API055", "", "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html");
/// A token is looked for in one place only.
pub(super) static ONE_SOURCE: Check = error("API056", "", JWT);

/// Where tokens usually are.
const TOKEN: &str = "$request.header.Authorization";

/// How many authorizers an API may have.
const MOST: usize = 10;

pub(super) fn check(design: &Design, node: &Node, api: &HttpApi, out: &mut Findings) {
    for (index, authorizer) in api.authorizers.iter().enumerate() {
        let at = |field: &str| format!("authorizers.{index}.{field}");
        if api.authorizers[..index].iter().any(|earlier| earlier.name == authorizer.name) {
            let finding = out.report(&SAME_NAME, &node.id).at(at("name")).with("name", &authorizer.name);
            finding.fix(remove_item(design, &Target::from(&node.id), "authorizers", index));
        } else if !authorizer.name.is_empty() && !is_used(design, node, &authorizer.name) {
            out.report(&UNUSED, &node.id).at(at("name")).with("name", &authorizer.name);
        }
        match authorizer.kind {
            AuthorizerType::Jwt => check_jwt(node, authorizer, &at, out),
            AuthorizerType::Lambda => check_lambda(node, authorizer, &at, out),
        }
        for (place, source) in authorizer.identity_sources.iter().enumerate() {
            if !source.is_empty() && !is_source(source, authorizer.kind) {
                let finding = out.report(&SOURCE, &node.id).at(at(&format!("identitySources.{place}")));
                finding.with("source", source);
                if let Some(better) = better_source(source, authorizer.kind) {
                    finding.fix(Edit::set(&node.id, at(&format!("identitySources.{place}")), better));
                }
            }
        }
    }
    if api.authorizers.len() > MOST {
        out.report(&TOO_MANY, &node.id).at("authorizers").with("most", MOST);
    }
}

fn is_used(design: &Design, node: &Node, name: &str) -> bool {
    backends(design, &node.id).any(|(_, backend)| {
        backend.authorizer == Some(name) || backend.routes.iter().any(|route| backend.access(route).0 == name)
    })
}

fn check_jwt(node: &Node, authorizer: &Authorizer, at: &dyn Fn(&str) -> String, out: &mut Findings) {
    let issuer = authorizer.issuer.as_str();
    if !issuer.is_empty() && !is_issuer(issuer) {
        let finding = out.report(&ISSUER, &node.id).at(at("issuer")).with("issuer", issuer);
        if let Some(better) = better_issuer(issuer) {
            finding.fix(Edit::set(&node.id, at("issuer"), better));
        }
    }
    if authorizer.identity_sources.len() != 1 {
        let first = authorizer.identity_sources.first().map_or(TOKEN, String::as_str);
        let fix = Edit::set(&node.id, at("identitySources"), serde_json::json!([first]));
        out.report(&ONE_SOURCE, &node.id).at(at("identitySources")).fix(fix);
    }
}

fn check_lambda(node: &Node, authorizer: &Authorizer, at: &dyn Fn(&str) -> String, out: &mut Findings) {
    let arn = authorizer.function_arn.as_str();
    if authorizer.function.is_none() && !arn.is_empty() && !is_function_arn(arn) {
        out.report(&NO_FUNCTION, &node.id).at(at("functionArn")).with("arn", arn);
    }
    if authorizer.cache_seconds > 0 && authorizer.identity_sources.is_empty() {
        out.report(&CACHE, &node.id).at(at("cacheSeconds")).fix(Edit::set(&node.id, at("cacheSeconds"), 0));
    }
}

const DISCOVERY: &str = ".well-known/openid-configuration";

/// `https://` and a host, perhaps a path; not the address of what is found there.
fn is_issuer(text: &str) -> bool {
    let host = text.strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    !host.is_empty() && text.bytes().all(|b| b.is_ascii_graphic()) && !text.ends_with(DISCOVERY) && !text.contains('?')
}

fn better_issuer(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let rest = rest.strip_suffix(DISCOVERY).map_or(rest, |rest| rest.trim_end_matches('/'));
    let better = format!("https://{rest}");
    (rest.contains('.') && is_issuer(&better)).then_some(better)
}

/// `arn:aws:lambda:us-east-1:123456789012:function:name`, perhaps with a version or an alias.
fn is_function_arn(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let word = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_$".contains(&b)) && !part.is_empty();
    (7..=8).contains(&parts.len())
        && parts.iter().all(|part| word(part))
        && parts[0] == "arn"
        && parts[1].starts_with("aws")
        && parts[2] == "lambda"
        && (2..=4).contains(&parts[3].matches('-').count())
        && parts[4].len() == 12
        && parts[4].bytes().all(|b| b.is_ascii_digit())
        && parts[5] == "function"
}

/// `$request.header.name` or `$request.querystring.name`; for functions `$context.…` and `$stageVariables.…` as well.
fn is_source(text: &str, kind: AuthorizerType) -> bool {
    let lambda = kind == AuthorizerType::Lambda;
    let prefixes = [
        ("$request.header.", true),
        ("$request.querystring.", true),
        ("$context.", lambda),
        ("$stageVariables.", lambda),
    ];
    let named = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic() && !b",$".contains(&b));
    prefixes.iter().any(|(prefix, fits)| *fits && text.strip_prefix(prefix).is_some_and(named))
}

/// What was meant by the form of REST APIs, or by the name of a header alone.
fn better_source(text: &str, kind: AuthorizerType) -> Option<String> {
    let text = text.trim();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    let better = match text.strip_prefix("method.request.").or_else(|| text.strip_prefix("request.")) {
        Some(rest) => format!("$request.{rest}"),
        None if text.bytes().all(plain) => format!("$request.header.{text}"),
        None => return None,
    };
    is_source(&better, kind).then_some(better)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers() {
        for (text, better) in [
            ("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC", None),
            ("https://tienda.eu.auth0.com/", None),
            ("http://id.example.com", Some("https://id.example.com")),
            ("id.example.com", Some("https://id.example.com")),
            ("https://id.example.com/.well-known/openid-configuration", Some("https://id.example.com")),
        ] {
            assert_eq!(is_issuer(text), better.is_none(), "{text}");
            if better.is_some() {
                assert_eq!(better_issuer(text).as_deref(), better);
            }
        }
        assert_eq!(better_issuer("mi emisor"), None);
    }

    #[test]
    fn sources() {
        use AuthorizerType::{Jwt, Lambda};
        assert!(is_source("$request.header.Authorization", Jwt));
        assert!(is_source("$context.identity.sourceIp", Lambda));
        assert!(!is_source("$context.identity.sourceIp", Jwt));
        assert!(!is_source("$request.header.", Lambda));
        assert!(!is_source("$request.body.a", Lambda));
        let better = |text| better_source(text, Jwt);
        assert_eq!(better("Authorization").as_deref(), Some("$request.header.Authorization"));
        assert_eq!(better("method.request.header.Auth").as_deref(), Some("$request.header.Auth"));
        assert_eq!(better("$context.a"), None);
    }

    #[test]
    fn arns_of_functions() {
        assert!(is_function_arn("arn:aws:lambda:us-east-1:123456789012:function:autorizador"));
        assert!(is_function_arn("arn:aws:lambda:us-east-1:123456789012:function:autorizador:prod"));
        assert!(!is_function_arn("arn:aws:lambda:us-east-1:123456789012:layer:a:1"));
        assert!(!is_function_arn("autorizador"));
    }
}
