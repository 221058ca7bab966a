//! What can be wrong with the environment variables of a function.

use serde_json::json;

use super::super::LambdaFunction;
use crate::Node;
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::resources::task_definition::{Variable, looks_secret};

const DOC: &str = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html";

const fn error(code: &'static str, aws: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc: DOC }
}

/// The name is Lambda's own.
pub(super) static RESERVED: Check = error(
    "FUN011",
    "Lambda was unable to configure your environment variables because the environment variables you have provided \
     contains reserved keys that are currently not supported for modification.",
);
/// The name is none that Lambda takes.
pub(super) static NAME: Check = error("FUN012", "");
/// All together are too long.
pub(super) static TOO_MUCH: Check = error(
    "FUN013",
    "Lambda was unable to configure your environment variables because the environment variables you have provided \
     exceeded the 4KB limit.",
);
/// What looks like a secret stands in plain text.
pub(super) static IN_THE_OPEN: Check = Check { code: "FUN014", severity: Severity::Warning, aws: "", doc: DOC };
/// A variable is set twice.
pub(super) static TWICE: Check = Check { code: "FUN019", severity: Severity::Warning, aws: "", doc: DOC };

/// Names that Lambda keeps for itself
/// (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime>).
const OWN_NAMES: [&str; 18] = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_DEFAULT_REGION",
    "AWS_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
];

/// Bytes that all variables may take together, as the JSON object that Lambda measures.
const MOST: usize = 4096;

pub(super) fn check(node: &Node, function: &LambdaFunction, out: &mut Findings) {
    let variables = &function.environment;
    for (index, variable) in variables.iter().enumerate() {
        let name = variable.name.as_str();
        let field = |part: &str| format!("environment.{index}.{part}");
        let without = || -> Vec<&Variable> {
            variables.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, other)| other).collect()
        };
        if OWN_NAMES.contains(&name) {
            let finding = out.report(&RESERVED, &node.id).at(field("name")).with("name", name);
            finding.fix(Edit::set(&node.id, "environment", json!(without())));
        } else if !is_name(name) {
            let finding = out.report(&NAME, &node.id).at(field("name")).with("name", name);
            if let Some(better) = better_name(name) {
                finding.fix(Edit::set(&node.id, field("name"), better));
            }
        } else if variables[index + 1..].iter().any(|later| later.name == name) {
            // The last one holds.
            let finding = out.report(&TWICE, &node.id).at(field("name")).with("name", name);
            finding.fix(Edit::set(&node.id, "environment", json!(without())));
        } else if looks_secret(variable) {
            out.report(&IN_THE_OPEN, &node.id).at(field("value")).with("name", name);
        }
    }
    let quoted = |text: &str| serde_json::Value::from(text).to_string().len();
    let total: usize = variables.iter().map(|variable| quoted(&variable.name) + quoted(&variable.value) + 2).sum();
    if total > MOST {
        out.report(&TOO_MUCH, &node.id).at("environment").with("size", total);
    }
}

/// A letter, then one letter, digit or `_` or more.
fn is_name(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    name.len() > 1 && name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(fits)
}

fn better_name(name: &str) -> Option<String> {
    let plain: String = name.trim().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let better = plain.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    is_name(better).then(|| better.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_plain() {
        assert!(["AB", "a_1"].into_iter().all(is_name));
        assert!(!["A", "_AB", "1AB", "A-B", "", "AÑO"].into_iter().any(is_name));
        assert_eq!(["MI VAR", "_AB", "1"].map(better_name), [Some("MI_VAR".into()), Some("AB".into()), None]);
    }
}
