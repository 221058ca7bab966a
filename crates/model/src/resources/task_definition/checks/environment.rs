//! What can be wrong with environment variables and secrets.

use serde_json::json;

use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::role::SecretSource;
use crate::resources::task_definition::{Container, TaskDefinition, Variable};
use crate::{Design, Node};

const VARIABLES_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/taskdef-envfiles.html";
const SECRETS_DOC: &str = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html";

/// A variable has no name, or one that no variable can have.
pub(super) static NO_NAME: Check = Check { code: "TSK014", severity: Severity::Error, aws: "", doc: VARIABLES_DOC };
/// A shell cannot read a variable of that name.
pub(super) static ODD_NAME: Check = Check { code: "TSK015", severity: Severity::Warning, aws: "", doc: VARIABLES_DOC };
/// A variable is set twice.
pub(super) static TWICE: Check = Check { code: "TSK016", severity: Severity::Warning, aws: "", doc: VARIABLES_DOC };
/// A variable is set in plain text and as a secret.
pub(super) static PLAIN_AND_SECRET: Check = Check {
    code: "TSK017",
    severity: Severity::Error,
    aws: "ClientException: The secret name must be unique and not shared with any new or existing environment \
          variables set on the container",
    doc: SECRETS_DOC,
};
/// What looks like a secret stands in plain text.
pub(super) static IN_THE_OPEN: Check = Check { code: "TSK018", severity: Severity::Warning, aws: "", doc: SECRETS_DOC };
/// What a secret is to be read from is neither a secret nor a parameter.
pub(super) static NO_SECRET: Check = Check {
    code: "TSK022",
    severity: Severity::Error,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html",
};

/// A version is named twice, by stage and by id.
pub(super) static TWO_VERSIONS: Check = Check {
    code: "TSK083",
    severity: Severity::Error,
    aws: "",
    doc: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
};
/// A secret is in another region: without that region no task starts.
pub(super) static SECRET_ELSEWHERE: Check =
    Check { code: "TSK081", severity: Severity::Warning, aws: "", doc: SECRETS_DOC };

pub(super) fn check(design: &Design, node: &Node, task: &TaskDefinition, out: &mut Findings) {
    for (index, container) in task.containers.iter().enumerate() {
        check_names(node, index, container, out);
        check_values(node, index, container, out);
        check_secrets(node, index, container, out);
        check_sources(design, node, index, container, out);
    }
}

fn check_names(node: &Node, index: usize, container: &Container, out: &mut Findings) {
    let list = format!("containers.{index}.environment");
    for (at, variable) in container.environment.iter().enumerate() {
        let name = variable.name.as_str();
        let field = format!("{list}.{at}.name");
        if name.is_empty() || name.contains(['=', '\0']) {
            out.report(&NO_NAME, &node.id).at(field).with("name", name).with("container", &container.name);
            continue;
        }
        if !is_plain_name(name) {
            let finding = out.report(&ODD_NAME, &node.id);
            finding.at(&field).with("name", name).with("container", &container.name);
            finding.fix(Edit::set(&node.id, field.clone(), plain_name(name)));
        }
        if container.environment[..at].iter().any(|earlier| earlier.name == name) {
            let last = container.environment.iter().rposition(|other| other.name == name);
            let rest = container.environment.iter().enumerate();
            let rest: Vec<&Variable> =
                rest.filter(|(at, other)| other.name != name || Some(*at) == last).map(|(_, other)| other).collect();
            let finding = out.report(&TWICE, &node.id);
            finding.at(field).with("name", name).with("container", &container.name);
            finding.fix(Edit::set(&node.id, list.clone(), json!(rest)));
        }
    }
}

/// A letter or `_`, then letters, digits and `_`: what POSIX calls a name, and every shell can read.
fn is_plain_name(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn plain_name(name: &str) -> String {
    let plain: String = name.trim().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if plain.starts_with(|c: char| c.is_ascii_digit()) { format!("_{plain}") } else { plain }
}

fn check_values(node: &Node, index: usize, container: &Container, out: &mut Findings) {
    for (at, variable) in container.environment.iter().enumerate() {
        if looks_secret(variable) {
            out.report(&IN_THE_OPEN, &node.id)
                .at(format!("containers.{index}.environment.{at}.value"))
                .with("name", &variable.name)
                .with("container", &container.name);
        }
    }
}

/// Whether a variable seems to hold a password or a key, by its name or by its value. Better one too few than one too
/// many: who is warned wrongly once does not read the next warning.
pub(in crate::resources) fn looks_secret(variable: &Variable) -> bool {
    const NAMES: [&str; 8] =
        ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "API_KEY", "APIKEY", "PRIVATE_KEY", "ACCESS_KEY"];
    // What ends so tells of a secret, but is none.
    const ABOUT: [&str; 12] = [
        "_URL",
        "_URI",
        "_ARN",
        "_NAME",
        "_FILE",
        "_PATH",
        "_HEADER",
        "_TTL",
        "_EXPIRY",
        "_EXPIRATION",
        "_LENGTH",
        "_ID",
    ];
    let value = variable.value.trim();
    if value.is_empty() || value.starts_with("arn:") {
        return false;
    }
    let name = variable.name.to_uppercase().replace('-', "_");
    let by_name = NAMES.iter().any(|word| name.contains(word)) && !ABOUT.iter().any(|end| name.ends_with(end));
    let access_key = value.len() == 20
        && (value.starts_with("AKIA") || value.starts_with("ASIA"))
        && value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let password_in_url = value.split_once("://").is_some_and(|(_, rest)| {
        let authority = rest.split('/').next().unwrap_or_default();
        authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':')).is_some_and(|(_, word)| !word.is_empty())
    });
    by_name || access_key || password_in_url || value.starts_with("-----BEGIN")
}

fn check_secrets(node: &Node, index: usize, container: &Container, out: &mut Findings) {
    for (at, secret) in container.secrets.iter().enumerate() {
        let field = |name: &str| format!("containers.{index}.secrets.{at}.{name}");
        let plain = container.environment.iter().any(|variable| variable.name == secret.name);
        let earlier = container.secrets[..at].iter().any(|other| other.name == secret.name);
        if !secret.name.is_empty() && (plain || earlier) {
            let finding = out.report(&PLAIN_AND_SECRET, &node.id);
            finding.at(field("name")).with("name", &secret.name).with("container", &container.name);
            if plain {
                let rest: Vec<&Variable> =
                    container.environment.iter().filter(|variable| variable.name != secret.name).collect();
                finding.fix(Edit::set(&node.id, format!("containers.{index}.environment"), json!(rest)));
            }
        }
        let from = secret.value_from.trim();
        if !from.is_empty() && SecretSource::of(from).is_none() {
            let finding = out.report(&NO_SECRET, &node.id);
            finding.at(field("valueFrom")).with("name", &secret.name).with("from", from);
        }
    }
}

fn check_sources(design: &Design, node: &Node, index: usize, container: &Container, out: &mut Findings) {
    for (at, secret) in container.secrets.iter().enumerate() {
        let field = |name: &str| format!("containers.{index}.secrets.{at}.{name}");
        if !secret.version_stage.trim().is_empty() && !secret.version_id.trim().is_empty() {
            let finding = out.report(&TWO_VERSIONS, &node.id);
            finding.at(field("versionId")).with("name", &secret.name);
            finding.fix(Edit::set(&node.id, field("versionId"), ""));
        }
        let from = secret.value_from.trim();
        let region = from.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(2)).unwrap_or_default();
        if !region.is_empty() && region != design.region() && SecretSource::of(from).is_some() {
            out.report(&SECRET_ELSEWHERE, &node.id)
                .at(field("valueFrom"))
                .with("name", &secret.name)
                .with("region", region)
                .with("own", design.region());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(name: &str, value: &str) -> bool {
        looks_secret(&Variable { name: name.to_owned(), value: value.to_owned() })
    }

    #[test]
    fn secrets_are_seen_by_name_or_value() {
        assert!(secret("DB_PASSWORD", "hunter2"));
        assert!(secret("jwt-secret", "abc"));
        assert!(secret("KEY", "AKIAIOSFODNN7EXAMPLE"));
        assert!(secret("DATABASE", "postgres://shop:hunter2@db/shop"));
        assert!(secret("PEM", "-----BEGIN RSA PRIVATE KEY-----"));
    }

    #[test]
    fn what_only_tells_of_a_secret_is_left_alone() {
        assert!(!secret("DB_PASSWORD", ""));
        assert!(!secret("TOKEN_URL", "https://id.example/token"));
        assert!(!secret("SECRET_ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:a"));
        assert!(!secret("DATABASE", "postgres://db/shop"));
        assert!(!secret("CALLBACK", "https://example.com/@user:name"));
    }

    #[test]
    fn names_are_made_plain() {
        assert!(["A", "_a1", "HTTP_PORT"].into_iter().all(is_plain_name));
        assert_eq!(["MI VARIABLE", "1a", "á-b"].map(plain_name), ["MI_VARIABLE", "_1a", "__b"]);
    }
}
