//! What can be wrong with the code of a function, its runtime and its handler.

use super::super::runtime::{Language, Standing, language, standing, successor};
use super::super::{LambdaFunction, Package};
use crate::edit::Edit;
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Node};

const RUNTIMES: &str = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtime-support-policy";
const CODE: &str =
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html";
const NODE: &str = "https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html";
const IMAGES: &str = "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html";

const fn error(code: &'static str, aws: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws, doc }
}

const fn warning(code: &'static str, doc: &'static str) -> Check {
    Check { code, severity: Severity::Warning, aws: "", doc }
}

/// The runtime gets no fixes any more.
pub(super) static DEPRECATED: Check = warning("FUN002", RUNTIMES);
/// No function can be made with the runtime.
pub(super) static BLOCKED: Check = error(
    "FUN003",
    "The runtime parameter of … is no longer supported for creating or updating AWS Lambda functions.",
    RUNTIMES,
);
/// Code of this language cannot stand in the template.
pub(super) static NOT_INLINE: Check = error("FUN004", "", CODE);
/// There is more code than CloudFormation takes.
pub(super) static TOO_LONG: Check = error("FUN005", "", CODE);
/// There is more code than a template may have that is sent with a request.
pub(super) static LONG: Check =
    warning("FUN006", "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html");
/// The handler does not name a file and a function in it.
pub(super) static HANDLER: Check = error("FUN007", "", CODE);
/// The code has no function of the handler's name.
pub(super) static NO_HANDLER: Check = error("FUN008", "", CODE);
/// The image is none of ECR's.
pub(super) static IMAGE: Check =
    error("FUN009", "Source image … is not valid. Provide a valid source image.", IMAGES);
/// The image lies in another region.
pub(super) static IMAGE_REGION: Check = error("FUN010", "", IMAGES);
/// A handler with a callback, on a runtime that calls none.
pub(super) static CALLBACK: Check = error(
    "FUN017",
    "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.",
    NODE,
);
/// An ES module, where the file is a CommonJS module.
pub(super) static MODULE: Check = error("FUN018", "", CODE);

/// There are more layers than a function takes.
pub(super) static LAYERS: Check = error(
    "FUN020",
    "",
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
);
/// A layer, or a word of the image's command, stands there twice.
pub(super) static REPEATED: Check =
    error("FUN021", "", "https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html");

/// How many layers a function takes.
const MOST_LAYERS: usize = 5;

/// What CloudFormation packs into a zip file, in bytes.
const MOST_CODE: usize = 4 * 1024 * 1024;
/// What leaves room for the rest of a template of 51,200 bytes, in bytes.
const MUCH_CODE: usize = 40_000;

pub(super) fn check_runtime(node: &Node, function: &LambdaFunction, out: &mut Findings) {
    let check = match standing(&function.runtime) {
        Standing::Deprecated => &DEPRECATED,
        Standing::Blocked => &BLOCKED,
        // One that never was is told by the field table.
        Standing::Supported | Standing::Unknown => return,
    };
    let new = successor(&function.runtime);
    let finding = out.report(check, &node.id).at("runtime").with("runtime", &function.runtime).with("new", new);
    finding.fix(Edit::set(&node.id, "runtime", new));
}

pub(super) fn check_inline(node: &Node, function: &LambdaFunction, out: &mut Findings) {
    let language = language(&function.runtime);
    if !language.may_be_inline() {
        let finding = out.report(&NOT_INLINE, &node.id).at("package").with("runtime", &function.runtime);
        finding.fix(Edit::set(&node.id, "package", "s3"));
        return;
    }
    let length = function.code.len();
    if length > MOST_CODE {
        out.report(&TOO_LONG, &node.id).at("code").fix(Edit::set(&node.id, "package", "s3"));
    } else if length > MUCH_CODE {
        out.report(&LONG, &node.id).at("code").with("size", length / 1000).fix(Edit::set(&node.id, "package", "s3"));
    }
    if function.handler.is_empty() || function.code.trim().is_empty() {
        return;
    }
    match function.handler.split_once('.') {
        Some(("index", name)) if !name.is_empty() => {
            if !has_word(&function.code, name) {
                out.report(&NO_HANDLER, &node.id).at("handler").with("name", name);
            }
        }
        other => {
            let name = other.map_or(function.handler.as_str(), |(_, name)| name);
            let better = format!("index.{}", if name.is_empty() { "handler" } else { name });
            let finding = out.report(&HANDLER, &node.id).at("handler").with("handler", &function.handler);
            finding.with("example", &better).fix(Edit::set(&node.id, "handler", better));
        }
    }
    if language == Language::Node {
        check_node(node, function, out);
    }
}

/// What Node.js itself would refuse, as far as a glance at the text shows it.
fn check_node(node: &Node, function: &LambdaFunction, out: &mut Findings) {
    let lines = || function.code.lines().map(str::trim_start);
    let import = |line: &str| line.starts_with("import ") && line.contains(['"', '\'']);
    if let Some(line) = lines().find(|line| line.starts_with("export ") || import(line)) {
        out.report(&MODULE, &node.id).at("code").with("line", line.trim_end());
    }
    if function.runtime == "nodejs24.x" && lines().any(|line| !line.starts_with("//") && has_third_parameter(line)) {
        out.report(&CALLBACK, &node.id).at("code");
    }
}

/// `(event, context, callback)`, as every example of old names it.
fn has_third_parameter(line: &str) -> bool {
    let names = line.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(names, _)| names);
    let mut lists = names.map(|names| names.split(',').map(str::trim).collect::<Vec<_>>());
    lists.any(|list| matches!(list[..], [_, "context" | "ctx" | "_context" | "_", "callback" | "cb" | "done"]))
}

/// Whether a name stands in a text as a word of its own.
fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    text.split(|c| !part(c)).any(|found| found == word)
}

/// The form of a handler whose file lies in a zip file.
pub(super) fn check_handler(node: &Node, function: &LambdaFunction, out: &mut Findings) {
    let dotted = matches!(language(&function.runtime), Language::Node | Language::Python | Language::Ruby);
    let whole = function.handler.rsplit_once('.').is_some_and(|(file, name)| !file.is_empty() && !name.is_empty());
    if dotted && !whole && !function.handler.is_empty() {
        let better = format!("{}.handler", function.handler.trim_matches('.'));
        let finding = out.report(&HANDLER, &node.id).at("handler").with("handler", &function.handler);
        finding.with("example", &better).fix(Edit::set(&node.id, "handler", better));
    }
}

pub(super) fn check_image(design: &Design, node: &Node, function: &LambdaFunction, out: &mut Findings) {
    let uri = function.image_uri.trim();
    // That there is none at all is told by the field table.
    if uri.is_empty() {
        return;
    }
    let Some(region) = ecr_region(uri) else {
        out.report(&IMAGE, &node.id).at("imageUri").with("image", uri);
        return;
    };
    if region != design.region() {
        let finding = out.report(&IMAGE_REGION, &node.id).at("imageUri");
        finding.with("region", region).with("own", design.region());
    }
}

/// CloudFormation takes each layer, and each word of a command, once.
pub(super) fn check_lists(node: &Node, function: &LambdaFunction, out: &mut Findings) {
    let image = function.package == Package::Image;
    let (field, list) =
        if image { ("imageCommand", &function.image_command) } else { ("layers", &function.layers) };
    if !image && list.len() > MOST_LAYERS {
        out.report(&LAYERS, &node.id).at(field).with("most", MOST_LAYERS);
    }
    for (index, word) in list.iter().enumerate() {
        if list[..index].contains(word) {
            let mut rest = list.clone();
            rest.remove(index);
            let finding = out.report(&REPEATED, &node.id).at(format!("{field}.{index}")).with("word", word);
            finding.fix(Edit::set(&node.id, field, serde_json::json!(rest)));
        }
    }
}

/// The region of `123456789012.dkr.ecr.us-east-1.amazonaws.com/name:tag`; `None` where it is no image of a private registry.
fn ecr_region(uri: &str) -> Option<&str> {
    let (host, image) = uri.split_once('/')?;
    let (account, rest) = host.split_once(".dkr.ecr.")?;
    let (region, domain) = rest.split_once('.')?;
    let digits = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
    let plain = |b: u8| b.is_ascii_graphic();
    let good = digits && domain.starts_with("amazonaws.com") && !image.is_empty() && image.bytes().all(plain);
    good.then_some(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_of_private_registries() {
        assert_eq!(ecr_region("123456789012.dkr.ecr.us-east-1.amazonaws.com/a/b:1.0"), Some("us-east-1"));
        assert_eq!(ecr_region("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/a@sha256:0"), Some("cn-north-1"));
        for other in ["nginx", "public.ecr.aws/docker/library/nginx", "1.dkr.ecr.us-east-1.amazonaws.com/a", "a/b"] {
            assert_eq!(ecr_region(other), None, "{other}");
        }
    }

    #[test]
    fn callbacks_are_seen() {
        assert!(has_third_parameter("exports.handler = (event, context, callback) => {"));
        assert!(has_third_parameter("exports.handler = function (e, ctx, cb) {"));
        assert!(!has_third_parameter("exports.handler = async (event, context) => {"));
        assert!(!has_third_parameter("items.map((a, b, c) => a)"));
    }

    #[test]
    fn words_stand_alone() {
        assert!(has_word("def handler(event):", "handler"));
        assert!(!has_word("def my_handler(event):", "handler"));
    }
}
