//! What a resource of the stack comes to, as it is kept: an edit changes few of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use trazo_stack::{Expr, Object, Origin, Resource, Value, list, references};

use super::names::{self, Names};
use super::writer::Writer;
use crate::export::{Note, Source};
use crate::{Document, json, kept};

/// All that were written last.
#[derive(Default)]
pub(crate) struct Parts {
    all: kept::Parts<Arc<Resource>, Rc<Part>>,
    around: Around,
    names: Rc<Names>,
}

/// What a part says of more than its resource: names, types and parameters that it may refer to.
#[derive(Default, PartialEq)]
struct Around {
    name: String,
    parameters: Vec<String>,
    resources: Vec<(String, &'static str)>,
}

impl Around {
    fn new(source: &Source<'_>) -> Self {
        Self {
            name: source.design.name().to_owned(),
            parameters: source.stack.parameters.keys().cloned().collect(),
            resources: source.stack.resources.iter().map(|(id, it)| (id.clone(), it.type_name)).collect(),
        }
    }
}

/// What a resource of the stack comes to.
pub(super) struct Part {
    /// Its logical id.
    pub(super) id: String,
    /// What it asks for: kind, name, body.
    pub(super) data: Vec<(String, String, Value)>,
    /// Its documents by name.
    pub(super) locals: Vec<(String, Arc<Document>)>,
    pub(super) resources: Vec<Said>,
    /// The addresses of what stands beside it.
    pub(super) beside: Vec<String>,
    pub(super) notes: Vec<Note>,
    /// Addresses that it waits for, as it is told to.
    told: Vec<String>,
    /// Logical ids that it waits for the company of.
    company: Vec<String>,
}

/// A resource of Terraform.
pub(super) struct Said {
    pub(super) kind: String,
    name: String,
    body: Body,
}

enum Body {
    /// As it always is.
    Whole(Arc<Document>),
    /// What waits for others: as it is without, and how it was printed last.
    Waiting { body: Object, origin: Option<Origin>, last: RefCell<Option<(Vec<String>, Arc<Document>)>> },
}

/// The parts of a stack, from what was kept where there is something, and who writes what is left. Where two of them would give the same name, all are
/// written anew with care.
pub(super) fn of<'a>(source: &'a Source<'a>) -> (Vec<Rc<Part>>, Writer<'a>) {
    let mut kept = source.kept.terraform.borrow_mut();
    let around = Around::new(source);
    if kept.around != around {
        *kept = Parts { around, names: names::of(source.stack).into(), ..Parts::default() };
    }
    let mut writer = Writer::new(source, kept.names.clone());
    let mut parts = Vec::with_capacity(source.stack.resources.len());
    let items = source.stack.resources.iter().map(|(id, it)| (id.as_str(), it));
    kept.all
        .each(items, &mut |id, it| Rc::new(Part::new(&mut writer, id, it)), &mut |_, part| parts.push(part.clone()));
    if has_doubles(&parts) {
        let mut writer = Writer::careful(source, kept.names.clone());
        parts = source.stack.resources.iter().map(|(id, it)| Rc::new(Part::new(&mut writer, id, it))).collect();
    }
    (parts, writer)
}

fn has_doubles(parts: &[Rc<Part>]) -> bool {
    let mut seen = BTreeSet::new();
    let said = parts.iter().flat_map(|part| &part.resources).map(|it| (it.kind.as_str(), it.name.as_str()));
    let locals = parts.iter().flat_map(|part| &part.locals).map(|(name, _)| ("local", name.as_str()));
    said.chain(locals).any(|one| !seen.insert(one))
}

impl Part {
    fn new(writer: &mut Writer<'_>, id: &str, resource: &Resource) -> Self {
        let known = writer.resource(id, resource);
        writer.take_names();
        let main = writer.address(id).filter(|_| known);
        let locals = std::mem::take(&mut writer.locals).into_iter();
        let locals = locals.map(|(name, value)| (name.clone(), Arc::new(json::part(Some(&name), &value, 2)))).collect();
        let resources = std::mem::take(&mut writer.resources).into_iter();
        let resources =
            resources.flat_map(|(kind, all)| all.into_iter().map(move |(name, value)| (kind.clone(), name, value)));
        let resources: Vec<Said> =
            resources.map(|(kind, name, value)| Said::new(kind, name, value, main.as_deref())).collect();
        let of_role =
            |other: &String| writer.source.stack.resource(other).is_some_and(|it| it.type_name == "AWS::IAM::Role");
        let waits = known.then(|| references(resource).into_iter().filter(of_role)).into_iter().flatten();
        let company = resource.depends_on.iter().filter(|_| known).cloned().chain(waits).collect();
        let told = resource.depends_on.iter().filter(|_| known).filter_map(|other| writer.address(other)).collect();
        Self {
            id: id.to_owned(),
            data: std::mem::take(&mut writer.data),
            locals,
            resources,
            beside: std::mem::take(&mut writer.beside),
            notes: std::mem::take(&mut writer.notes),
            told,
            company,
        }
    }

    /// The addresses that it waits for: what CloudFormation would have made before it, what it is told to wait for, and the policies
    /// of the roles that it names.
    pub(super) fn waits(&self, beside: &BTreeMap<&str, &[String]>) -> Vec<String> {
        let company = self.company.iter().filter_map(|id| beside.get(id.as_str()));
        let mut all: Vec<String> = company.copied().flatten().chain(&self.told).cloned().collect();
        all.sort();
        all.dedup();
        all
    }
}

impl Said {
    fn new(kind: String, name: String, value: Value, main: Option<&str>) -> Self {
        let is_main = main.and_then(|main| main.strip_prefix(kind.as_str())?.strip_prefix('.')) == Some(name.as_str());
        let body = match value {
            Value { expr: Expr::Map(body), origin } if is_main => {
                Body::Waiting { body, origin, last: RefCell::default() }
            }
            value => Body::Whole(Arc::new(json::part(Some(&name), &value, 3))),
        };
        Self { kind, name, body }
    }

    /// Its text, as it waits for others.
    pub(super) fn printed(&self, waits: &[String]) -> Arc<Document> {
        match &self.body {
            Body::Whole(printed) => printed.clone(),
            Body::Waiting { body, origin, last } => {
                let mut last = last.borrow_mut();
                if let Some((before, printed)) = &*last
                    && before == waits
                {
                    return printed.clone();
                }
                let mut body = body.clone();
                if !waits.is_empty() {
                    body.insert("depends_on".into(), list(waits.iter().map(String::as_str)));
                }
                let value = Value { expr: Expr::Map(body), origin: origin.clone() };
                let printed = Arc::new(json::part(Some(&self.name), &value, 3));
                *last = Some((waits.to_vec(), printed.clone()));
                printed
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use trazo_model::Design;
    use trazo_stack::{Element, Stack, map};

    use crate::Kept;
    use crate::export::{Keys, Source};
    use crate::terraform::write;
    use trazo_stack::{Origin, Resource};

    fn role(policy: &str, action: &str) -> Resource {
        let mut role = Resource::new("AWS::IAM::Role", Origin::whole(Element::Design));
        let said = map([("Action", action.into())]);
        role.set("Policies", vec![map([("PolicyName", policy.into()), ("PolicyDocument", said)])]);
        role
    }

    fn written(stack: &Stack, kept: &Kept) -> String {
        let design = Design::default();
        write(&Source { design: &design, stack, voice: &Keys, route: &|_| Vec::new(), kept }).files[0].document.text()
    }

    #[test]
    fn none_of_two_that_would_have_the_same_name_is_lost() {
        let mut stack = Stack::default();
        stack.resources.insert("Web".into(), role("x_y", "one").into());
        let kept = Kept::default();
        let alone = written(&stack, &kept);
        assert!(alone.contains("\"web_x_y\"") && !alone.contains("_more"));
        // The second comes with an edit, and goes again.
        stack.resources.insert("WebX".into(), role("y", "two").into());
        for kept in [&kept, &Kept::default()] {
            let text = written(&stack, kept);
            let read: serde_json::Value = serde_json::from_str(&text).unwrap();
            let policies = &read["resource"]["aws_iam_role_policy"];
            assert_eq!(policies["web_x_y"]["role"], "${aws_iam_role.web.name}");
            assert_eq!(policies["web_x_y_more"]["role"], "${aws_iam_role.web_x.name}");
            assert_eq!(read["locals"].as_object().unwrap().len(), 2, "{text}");
        }
        stack.resources.shift_remove("WebX");
        assert_eq!(written(&stack, &kept), alone);
    }
}
