//! The fields of a Lambda function.

use serde_json::Value;

use super::runtime;
use crate::field::{Choice, Control, Field, Place, TextRule};
use crate::retention;

const RUNTIMES: &str = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html";
const CODE: &str =
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html";
const IMAGES: &str = "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html";
const LAYERS: &str = "https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html";
const MEMORY: &str = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html";
const TIMEOUT: &str = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html";
const STORAGE: &str = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html";
const CONCURRENCY: &str = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html";
const VARIABLES: &str = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html";
const LOGS: &str = "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html";
const TRACING: &str = "https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html";

/// The maintained runtimes, and an older one where it is set already: that it is old is told by a check.
fn runtimes(place: &Place<'_>) -> Vec<Choice> {
    let choice = |id: &str, name: &str| Choice { value: id.into(), label: Some(name.to_owned()) };
    let mut all: Vec<Choice> = runtime::SUPPORTED.iter().map(|(id, name)| choice(id, name)).collect();
    let set = place.props.get("runtime").and_then(Value::as_str).unwrap_or_default();
    if matches!(runtime::standing(set), runtime::Standing::Deprecated | runtime::Standing::Blocked) {
        all.push(choice(set, set));
    }
    all
}

/// Up to 128 characters without spaces
/// (<https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html>).
const HANDLER: TextRule = TextRule::new(1, 128, "no_spaces", |text| !text.contains(char::is_whitespace));

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
const BUCKET: TextRule = TextRule::new(3, 63, "bucket", |text| {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let ends = [text.bytes().next(), text.bytes().last()];
    ends.into_iter().flatten().all(plain) && text.bytes().all(|b| plain(b) || b == b'.' || b == b'-')
});

/// ARN of one version of a layer (<https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html>).
const LAYER: TextRule = TextRule::new(1, 140, "layer", |text| {
    let word = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    match text.split(':').collect::<Vec<_>>()[..] {
        ["arn", partition, "lambda", region, account, "layer", name, version] => {
            [partition, region, name, version].into_iter().all(word)
                && account.len() == 12
                && digits(account)
                && digits(version)
        }
        _ => false,
    }
});

/// More than this stands in no template (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>);
/// how much CloudFormation takes is a matter of checks.
const CODE_LENGTH: usize = 16 * 1024 * 1024;

fn is_inline(props: &Value) -> bool {
    props["package"] == "inline"
}

fn is_in_s3(props: &Value) -> bool {
    props["package"] == "s3"
}

fn is_image(props: &Value) -> bool {
    props["package"] == "image"
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("description", Control::Lines { rule: TextRule::any(256) }),
    Field::new("package", Control::Choice(&["inline", "s3", "image"])).section("code").doc(CODE),
    Field::new("runtime", Control::ChoiceOf(runtimes)).section("code").when(|props| !is_image(props)).doc(RUNTIMES),
    Field::new("handler", Control::Text { rule: HANDLER, example: "index.handler" })
        .section("code")
        .required()
        .when(|props| !is_image(props))
        .doc(CODE),
    Field::new("code", Control::Lines { rule: TextRule::any(CODE_LENGTH) })
        .section("code")
        .required()
        .when(is_inline)
        .doc(CODE),
    Field::new("s3Bucket", Control::Text { rule: BUCKET, example: "tienda-codigo" })
        .section("code")
        .required()
        .when(is_in_s3)
        .doc(CODE),
    Field::new("s3Key", Control::Text { rule: TextRule::some(1024), example: "confirmaciones-1.0.zip" })
        .section("code")
        .required()
        .when(is_in_s3)
        .doc(CODE),
    Field::new("s3Version", Control::Text { rule: TextRule::any(1024), example: "" }).section("code").when(is_in_s3).doc(CODE),
    Field::new("layers", Control::Texts { rule: LAYER, example: "arn:aws:lambda:us-east-1:123456789012:layer:comun:1" })
        .section("code")
        .when(|props| !is_image(props))
        .doc(LAYERS),
    Field::new(
        "imageUri",
        Control::Text {
            rule: TextRule::any(1024),
            example: "123456789012.dkr.ecr.us-east-1.amazonaws.com/confirmaciones:1.0",
        },
    )
    .section("code")
    .required()
    .when(is_image)
    .doc(IMAGES),
    Field::new("imageCommand", Control::Texts { rule: TextRule::some(1000), example: "app.handler" })
        .section("code")
        .when(is_image)
        .doc(IMAGES),
    Field::new("architecture", Control::Choice(&["x86_64", "arm64"]))
        .section("capacity")
        .doc("https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html"),
    Field::new("memory", Control::Number { min: 128, max: 10_240, step: 64 }).section("capacity").unit("mib").doc(MEMORY),
    Field::new("timeout", Control::Number { min: 1, max: 900, step: 1 }).section("capacity").unit("seconds").doc(TIMEOUT),
    Field::new("ephemeralStorage", Control::Number { min: 512, max: 10_240, step: 512 })
        .section("capacity")
        .unit("mib")
        .doc(STORAGE),
    Field::new("reservedConcurrency", Control::Number { min: 0, max: 100_000, step: 1 })
        .section("capacity")
        .doc(CONCURRENCY),
    Field::new("environment", Control::Env).section("environment").doc(VARIABLES),
    Field::new("tracing", Control::Toggle).section("observability").doc(TRACING),
    Field::new("logFormat", Control::Choice(&["Text", "JSON"])).section("observability").doc(LOGS),
    Field::new("logRetention", Control::ChoiceOf(retention::choices)).section("observability").unit("days").doc(LOGS),
];
