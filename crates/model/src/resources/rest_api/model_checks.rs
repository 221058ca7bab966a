//! What can be wrong with the models of a REST API.

use super::checks::{any_route, check_of};
use super::schema::{SchemaProblem, schema_problem};
use super::{RestApi, fields::MODELS};
use crate::finding::{Check, Findings, Severity};
use crate::{Design, Node};

const INVALID: &str =
    "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]";

/// The schema is none.
pub(super) static BAD_SCHEMA: Check = check_of("RST022", Severity::Error, INVALID, MODELS);
/// The schema has words that draft 4 does not have.
pub(super) static NOT_DRAFT_4: Check = check_of("RST023", Severity::Warning, INVALID, MODELS);
/// The schema refers to something that API Gateway cannot reach.
pub(super) static REFERENCE: Check =
    check_of("RST024", Severity::Error, "Model reference must be in canonical form", MODELS);
/// No method has the model.
pub(super) static UNUSED: Check = check_of("RST027", Severity::Hint, "", MODELS);

pub(super) fn check(design: &Design, node: &Node, api: &RestApi, out: &mut Findings) {
    for (index, model) in api.models.iter().enumerate() {
        // Only JSON has schemas; an empty one is told by its field.
        let text = Some(&model.schema).filter(|text| model.content_type.contains("json") && !text.trim().is_empty());
        if let Some(problem) = text.and_then(|text| schema_problem(text)) {
            report(node, index, &model.name, &problem, out);
        }
        let name = &model.name;
        if !name.is_empty() && !any_route(design, node, |route| route.model == *name) {
            out.report(&UNUSED, &node.id).at(format!("models.{index}.name")).with("model", name);
        }
    }
}

fn report(node: &Node, index: usize, model: &str, problem: &SchemaProblem, out: &mut Findings) {
    let (check, part) = match problem {
        SchemaProblem::NotJson(line, column) => (&BAD_SCHEMA, format!("{line}:{column}")),
        SchemaProblem::NotObject(part)
        | SchemaProblem::Type(part)
        | SchemaProblem::Required(part)
        | SchemaProblem::Enum(part) => (&BAD_SCHEMA, part.clone()),
        SchemaProblem::Reference(part) => (&REFERENCE, part.clone()),
        SchemaProblem::Word(part) => (&NOT_DRAFT_4, part.clone()),
    };
    out.report(check, &node.id).at(format!("models.{index}.schema")).with("model", model).with("part", part);
}
