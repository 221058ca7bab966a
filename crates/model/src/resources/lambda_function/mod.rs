//! A Lambda function: code that runs when it is called, the other backend of an API.

mod checks;
mod fields;
pub mod links;
pub(in crate::resources) mod lower;
pub mod runtime;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::task_definition::Variable;
use crate::field::TextRule;
use crate::spec::{Family, KindSpec, KindWork, Shape};
use crate::{Kind, Node, Phrase, Props, Typed};

/// Where the code of a function comes from
/// (<https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-package.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Package {
    /// It stands in the template.
    #[default]
    Inline,
    /// A zip file in S3.
    S3,
    /// A container image in ECR.
    Image,
}

/// Processors that Lambda has
/// (<https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Architecture {
    /// Intel and AMD.
    #[default]
    #[serde(rename = "x86_64")]
    X86,
    /// Graviton.
    #[serde(rename = "arm64")]
    Arm,
}

impl Architecture {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::X86 => "x86_64",
            Self::Arm => "arm64",
        }
    }
}

/// The form of the lines that Lambda writes to its logs
/// (<https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogFormat {
    /// Plain lines.
    #[default]
    Text,
    /// One JSON object a line.
    #[serde(rename = "JSON")]
    Json,
}

impl LogFormat {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Json => "JSON",
        }
    }
}

/// The properties of a Lambda function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LambdaFunction {
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Where its code comes from.
    pub package: Package,
    /// Id of its runtime (`python3.14`); means nothing for images.
    pub runtime: String,
    /// What is called in its code (`index.handler`); means nothing for images.
    pub handler: String,
    /// Its code, where that stands in the template.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Bucket of the zip file, in the same region.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub s3_bucket: String,
    /// Key of the zip file.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub s3_key: String,
    /// Version of the zip file, in a bucket that keeps versions.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub s3_version: String,
    /// ARNs of layers with libraries; not for images.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<String>,
    /// URI of its image in ECR.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub image_uri: String,
    /// What replaces the image's own command.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub image_command: Vec<String>,
    /// The processor that it runs on.
    pub architecture: Architecture,
    /// MiB of memory, 128 to 10240. CPU grows with it: 1769 MiB are one vCPU.
    pub memory: i64,
    /// Seconds that a call may take, 1 to 900.
    pub timeout: i64,
    /// MiB of `/tmp`, 512 to 10240; `None` is the 512 that cost nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage: Option<i64>,
    /// How many copies may run at once, kept free for it in the account; `None` shares what the account has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reserved_concurrency: Option<i64>,
    /// Environment variables in plain text.
    pub environment: Vec<Variable>,
    /// Whether X-Ray traces its calls.
    pub tracing: bool,
    /// The form of its logs.
    pub log_format: LogFormat,
    /// Days for which its logs are kept; 0 is for ever.
    pub log_retention: i64,
}

impl Default for LambdaFunction {
    fn default() -> Self {
        Self {
            description: String::new(),
            package: Package::Inline,
            runtime: "python3.13".to_owned(),
            handler: "index.handler".to_owned(),
            code: String::new(),
            s3_bucket: String::new(),
            s3_key: String::new(),
            s3_version: String::new(),
            layers: Vec::new(),
            image_uri: String::new(),
            image_command: Vec::new(),
            architecture: Architecture::X86,
            memory: 128,
            timeout: 10,
            ephemeral_storage: None,
            reserved_concurrency: None,
            environment: Vec::new(),
            tracing: false,
            log_format: LogFormat::Text,
            log_retention: 30,
        }
    }
}

/// A new function works as it is.
fn new() -> Props {
    let function = LambdaFunction::default();
    let code = runtime::sample(&function.runtime).unwrap_or_default().to_owned();
    Props::LambdaFunction(Box::new(LambdaFunction { code, ..function }))
}

/// The sample code follows the runtime as long as nobody has changed it.
fn settle(node: &Node, path: &str) -> Vec<(String, Value)> {
    let Some(function) = LambdaFunction::of(&node.props) else { return Vec::new() };
    let unwritten = function.code.is_empty()
        || ["python3.13", "nodejs24.x"].into_iter().any(|id| runtime::sample(id) == Some(&function.code));
    match runtime::sample(&function.runtime) {
        Some(sample) if path == "runtime" && unwritten && function.code != sample => {
            vec![("code".to_owned(), sample.into())]
        }
        _ => Vec::new(),
    }
}

fn summary(node: &Node) -> Vec<Phrase> {
    let Some(function) = LambdaFunction::of(&node.props) else { return Vec::new() };
    let what = match function.package {
        Package::Image => Phrase::new("summary.lambda_function.image"),
        Package::Inline | Package::S3 => Phrase::plain(runtime::label(&function.runtime)),
    };
    vec![what, Phrase::plain(format!("{} MB", function.memory))]
}

/// What Lambda takes as the name of a function: up to 64 letters, digits, `-` and `_`
/// (<https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html>).
const FUNCTION_NAME: TextRule = TextRule::new(1, 64, "function_name", |text| {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
});

pub(super) static SPEC: KindSpec = KindSpec {
    kind: Kind::LambdaFunction,
    key: "lambda_function",
    id_prefix: "fn",
    family: Family::Compute,
    shape: Shape::Card,
    doc: "https://docs.aws.amazon.com/lambda/latest/dg/welcome.html",
    name_rule: FUNCTION_NAME,
    fields: fields::FIELDS,
    lies_in: &[Kind::Vpc],
    links: &[&links::FUNCTION_ROLE],
    new,
    read: |json| Ok(Props::LambdaFunction(serde::Deserialize::deserialize(json)?)),
    summary: |_, node| summary(node),
    settle,
};

pub(super) static WORK: KindWork = KindWork {
    checks: checks::CHECKS,
    check: checks::check,
    lower: lower::lower,
};
