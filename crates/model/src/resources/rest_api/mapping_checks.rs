//! What can be wrong with the parameter mappings of a REST API.

use super::checks::check_of;
use super::integration::{RestIntegration, RestMapping};
use super::mapping::{better_value, value_problem, variables};
use crate::commands::remove_item;
use crate::finding::{Check, Findings, Severity};
use crate::resources::http_api::integration::RequestPart;
use crate::{Design, Edit, Link, Target};

const MAPPING: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html";
const INVALID: &str = "Invalid mapping expression specified: Validation Result: warnings : [], errors : […]";

/// The value is no expression that API Gateway knows.
pub(super) static BAD_VALUE: Check = check_of("RST010", Severity::Error, INVALID, MAPPING);
/// The name has characters that API Gateway refuses.
pub(super) static BAD_NAME: Check = check_of("RST011", Severity::Error, INVALID, MAPPING);
/// Two mappings of one target.
pub(super) static SAME_TARGET: Check = check_of("RST012", Severity::Error, "", MAPPING);
/// The value reads a variable that no method has.
pub(super) static NO_VARIABLE: Check = check_of("RST013", Severity::Error, INVALID, MAPPING);

pub(super) fn check(design: &Design, link: &Link, integration: &RestIntegration, out: &mut Findings) {
    let all = &integration.request_parameters;
    for (index, mapping) in all.iter().enumerate() {
        let at = format!("requestParameters.{index}");
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"._$-".contains(&b);
        // What is empty is told by its field.
        if !mapping.name.bytes().all(fits) {
            out.report(&BAD_NAME, &link.id).at(format!("{at}.name")).with("name", &mapping.name);
        }
        if !mapping.value.is_empty() && value_problem(&mapping.value).is_some() {
            let field = format!("{at}.value");
            let finding = out.report(&BAD_VALUE, &link.id).at(field.clone()).with("value", &mapping.value);
            if let Some(better) = better_value(&mapping.value) {
                finding.fix(Edit::set(&link.id, field, better));
            }
        }
        if all[..index].iter().any(|earlier| target(earlier) == target(mapping)) && !mapping.name.is_empty() {
            let remove = remove_item(design, &Target::from(&link.id), "requestParameters", index);
            out.report(&SAME_TARGET, &link.id).at(at.clone()).with("key", mapping.key()).fix(remove);
        }
        if let Some(name) = mapping.value.strip_prefix("method.request.path.") {
            let known = integration.routes.iter().any(|route| variables(&route.path).any(|own| own == name));
            if !known && !name.is_empty() {
                out.report(&NO_VARIABLE, &link.id).at(format!("{at}.value")).with("variable", name);
            }
        }
    }
}

/// Names of headers do not tell capitals from small letters.
fn target(mapping: &RestMapping) -> String {
    if mapping.location == RequestPart::Header { mapping.key().to_ascii_lowercase() } else { mapping.key() }
}
