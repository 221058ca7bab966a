//! What can be wrong with the variables of a stage.

use super::HttpApi;
use super::fields::STAGE_VARIABLES;
use crate::commands::remove_item;
use crate::finding::{Check, Findings, Severity};
use crate::mapping::is_variable;
use crate::{Design, Node, Target};

const fn error(code: &'static str) -> Check {
    Check { code, severity: Severity::Error, aws: "", doc: STAGE_VARIABLES }
}

/// The name is no name of a stage variable.
pub(super) static BAD_NAME: Check = error("MAP008");
/// The value has characters that AWS does not take.
pub(super) static BAD_VALUE: Check = error("MAP009");
/// Two variables of one name.
pub(super) static TWICE: Check = error("MAP010");

pub(super) fn check(design: &Design, node: &Node, api: &HttpApi, out: &mut Findings) {
    for (index, variable) in api.stage_variables.iter().enumerate() {
        let at = format!("stageVariables.{index}");
        if !is_variable(&variable.name) {
            out.report(&BAD_NAME, &node.id).at(format!("{at}.name")).with("name", &variable.name);
        } else if api.stage_variables[..index].iter().any(|other| other.name == variable.name) {
            let remove = remove_item(design, &Target::from(&node.id), "stageVariables", index);
            out.report(&TWICE, &node.id).at(format!("{at}.name")).with("name", &variable.name).fix(remove);
        }
        if !is_value(&variable.value) {
            out.report(&BAD_VALUE, &node.id).at(format!("{at}.value")).with("value", &variable.value);
        }
    }
}

/// `[A-Za-z0-9-._~:/?#&=,]+`
/// (<https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html>).
fn is_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/?#&=,".contains(&b))
}
