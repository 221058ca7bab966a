//! What refers to what.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::configuration::{Configuration, around};
use super::{Block, plain};
use crate::import::Node;
use crate::import::cloudformation::value::Form;
use crate::terraform::reverse;

/// Attributes whose values say which resource they are of.
const TELLING: [&str; 8] =
    ["arn", "id", "dns_name", "repository_url", "invoke_arn", "arn_suffix", "api_endpoint", "execution_arn"];
/// Properties that say the name of another resource, and its type.
const NAMED: [(&str, &str); 7] = [
    ("CapacityProviders", "aws_ecs_capacity_provider"),
    ("CapacityProvider", "aws_ecs_capacity_provider"),
    ("awslogs-group", "aws_cloudwatch_log_group"),
    ("RequestModels", "aws_api_gateway_model"),
    ("Roles", "aws_iam_role"),
    ("LogGroup", "aws_cloudwatch_log_group"),
    ("FunctionName", "aws_lambda_function"),
];
/// Shorter values may stand in a text by chance.
const TELLING_LENGTH: usize = 8;
/// So many letters are looked through for values within texts.
const BUDGET: usize = 40_000_000;

/// References lead through no more variables and modules.
const DEEPEST: usize = 20;

/// The resources of a file by their addresses, and by their values.
pub(super) struct Links<'a, 'b> {
    by_address: BTreeMap<String, usize>,
    /// The first of those that a resource without a key stands for.
    by_plain: BTreeMap<String, usize>,
    by_value: BTreeMap<&'a str, Option<(usize, &'static str)>>,
    by_name: BTreeMap<(&'a str, &'a str), usize>,
    kinds: Vec<(&'a str, String)>,
    budget: Cell<usize>,
    configuration: &'b Configuration<'a>,
    /// The account that all of it is in, where the file says so.
    pub(super) account: Option<String>,
    /// Values that a plan does not know, with their lines.
    pub(super) unknown: RefCell<Vec<(String, usize)>>,
}

/// A logical id for a resource: its name as templates have names, with its type and a number where another has that.
pub(super) fn id(address: &str, kind: &str, taken: &mut BTreeSet<String>) -> String {
    let word = |text: &str| reverse::pascal(&text.replace(|it: char| !it.is_ascii_alphanumeric(), "_"));
    let base = plain(address);
    let name = word(base.rsplit('.').next().unwrap_or_default());
    let longer = format!("{name}{}", word(kind.trim_start_matches("aws_")));
    let numbered = (2..).map(|count| format!("{longer}{count}"));
    let free = [name, longer.clone()].into_iter().chain(numbered).find(|id| !taken.contains(id)).unwrap_or_default();
    taken.insert(free.clone());
    free
}

impl<'a, 'b> Links<'a, 'b> {
    pub(super) fn new(blocks: &[Block<'a>], configuration: &'b Configuration<'a>) -> Self {
        let mut links = Self {
            by_address: BTreeMap::new(),
            by_plain: BTreeMap::new(),
            by_value: BTreeMap::new(),
            by_name: BTreeMap::new(),
            kinds: blocks.iter().map(|block| (block.kind, block.id.clone())).collect(),
            budget: Cell::new(BUDGET),
            configuration,
            account: None,
            unknown: RefCell::default(),
        };
        for (at, block) in blocks.iter().enumerate() {
            links.by_address.insert(block.address.to_owned(), at);
            links.by_plain.entry(plain(block.address)).or_insert(at);
            if reverse::type_of(block.kind).is_none() {
                continue;
            }
            if let Some(name) = block.values.text_of("name").or_else(|| block.values.text_of("function_name")) {
                links.by_name.insert((block.kind, name), at);
            }
            for attribute in TELLING {
                let Some(value) =
                    block.values.text_of(attribute).filter(|it| it.len() >= TELLING_LENGTH || attribute == "name")
                else {
                    continue;
                };
                // What two resources have in common tells of neither.
                let other = links.by_value.get(value).copied();
                let is_new = other.is_none_or(|known| known.is_some_and(|(whose, _)| whose == at));
                let first = other.flatten().unwrap_or((at, attribute));
                links.by_value.insert(value, is_new.then_some(first));
            }
        }
        links
    }

    /// Keeps in mind that a value is not known.
    pub(super) fn not_known(&self, path: String, line: usize) {
        self.unknown.borrow_mut().push((path, line));
    }

    fn refers(&self, at: usize, attribute: &str) -> Form {
        let Some((kind, id)) = self.kinds.get(at) else { return Form::Null };
        if reverse::type_of(kind).is_none() && attribute != "id" {
            return Form::Att(id.clone(), attribute.to_owned());
        }
        match reverse::attribute(kind, attribute) {
            Some(attribute) => Form::Att(id.clone(), attribute),
            None => Form::Ref(id.clone()),
        }
    }

    fn place(&self, at: usize, attribute: &str) -> String {
        match self.refers(at, attribute) {
            Form::Att(id, attribute) => format!("${{{id}.{attribute}}}"),
            Form::Ref(id) => format!("${{{id}}}"),
            _ => String::new(),
        }
    }

    /// A text of the values: what is another resource's is a reference.
    pub(super) fn text(&self, block: &Block<'_>, path: &str, text: &str) -> Form {
        let named = NAMED.iter().find(|(property, _)| path.contains(property));
        let found = named.and_then(|(_, kind)| self.by_name.get(&(*kind, text)));
        if let Some(at) = found.filter(|at| self.kinds.get(**at).is_some_and(|(_, id)| *id != block.id)) {
            return self.refers(*at, "name");
        }
        let own = |at: usize| self.kinds.get(at).is_some_and(|(_, id)| *id == block.id);
        if let Some(Some((at, attribute))) = self.by_value.get(text)
            && !own(*at)
        {
            return self.refers(*at, attribute);
        }
        if let Some(repository) = self.account.as_deref().and_then(|account| repository(text, account)) {
            return Form::Sub(repository);
        }
        let is_long = text.len() > TELLING_LENGTH && text.contains([':', '/']);
        let cost = text.len().saturating_mul(self.by_value.len());
        if !is_long || self.budget.get() < cost {
            return Form::Text(text.to_owned());
        }
        self.budget.set(self.budget.get() - cost);
        let mut inside: Vec<(&str, usize, &str)> = self
            .by_value
            .iter()
            .filter_map(|(value, whose)| whose.map(|(at, attribute)| (*value, at, attribute)))
            .filter(|(value, at, _)| text.contains(value) && !own(*at))
            .collect();
        inside.sort_by_key(|(value, ..)| std::cmp::Reverse(value.len()));
        let mut out = text.replace("${", "${!");
        for (value, at, attribute) in &inside {
            out = out.replace(value, &self.place(*at, attribute));
        }
        if inside.is_empty() { Form::Text(text.to_owned()) } else { Form::Sub(out) }
    }

    /// The resource that a reference of the configuration names, seen from a module, and the attribute. Variables are what the
    /// module was called with, and what a module gives is what it takes from its own resources.
    fn named(&self, module: &str, reference: &str, depth: usize) -> Option<(usize, String)> {
        let reference = reference.trim();
        if depth > DEEPEST {
            return None;
        }
        if let Some(variable) = reference.strip_prefix("var.") {
            let given = self.configuration.given(&plain(module), first(variable))?;
            return self.named_by(around(module)?, given, depth);
        }
        if reference.starts_with("module.") {
            let (called, output) = called(reference)?;
            let inner = format!("{module}{called}.");
            return self.named_by(&inner, self.configuration.gives(&plain(&inner), first(output))?, depth);
        }
        let (address, attribute) = match reference.matches('.').count() {
            0 => return None,
            1 => (reference, "id"),
            _ => {
                let mut cut = reference.match_indices('.').map(|(at, _)| at).skip(1);
                let at = cut.next()?;
                (reference.get(..at)?, reference.get(at + 1..)?)
            }
        };
        let whole = format!("{module}{address}");
        let at = self.by_address.get(&whole).or_else(|| self.by_plain.get(&plain(&whole)))?;
        Some((*at, first(attribute).to_owned()))
    }

    /// The first resource that an expression names.
    fn named_by(&self, module: &str, expression: &Node, depth: usize) -> Option<(usize, String)> {
        let references = expression.get("references").map(Node::items).unwrap_or_default();
        references.iter().filter_map(Node::text).find_map(|reference| self.named(module, reference, depth + 1))
    }

    /// What the configuration says of a value that is not known yet.
    pub(super) fn said(&self, block: &Block<'_>, expression: &Node) -> Option<Form> {
        if let Some(template) = expression.text_of("constant_value").filter(|text| text.contains("${")) {
            return self.template(block, template);
        }
        self.named_by(&block.module, expression, 0).map(|(at, attribute)| self.refers(at, &attribute))
    }

    /// A template of a configuration in JSON.
    pub(super) fn template(&self, block: &Block<'_>, text: &str) -> Option<Form> {
        let mut out = String::new();
        let mut rest = text;
        let mut only = None;
        while let Some((before, after)) = rest.split_once("${") {
            let (code, behind) = after.split_once('}')?;
            let (at, attribute) = self.named(&block.module, code, 0)?;
            if before.is_empty() && out.is_empty() && behind.is_empty() {
                only = Some(self.refers(at, &attribute));
            }
            out.push_str(before);
            out.push_str(&self.place(at, &attribute));
            rest = behind;
        }
        out.push_str(rest);
        only.or(Some(Form::Sub(out)))
    }
}

/// The first name of a path: of `vpc.id` or `subnets[0]` that is `vpc` and `subnets`.
fn first(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// `module.a["x.y"].output.b` in its two parts: the module, and what is taken from it.
fn called(reference: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, letter) in reference.char_indices().skip("module.".len()) {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => return Some((reference.get(..at)?, reference.get(at + 1..)?)),
            _ => {}
        }
    }
    None
}

/// An image in a repository of the account, as templates name it.
fn repository(image: &str, account: &str) -> Option<String> {
    let (host, path) = image.strip_prefix(account)?.strip_prefix(".dkr.ecr.")?.split_once('/')?;
    let is_host =
        host.split_once('.').is_some_and(|(region, domain)| !region.is_empty() && domain.starts_with("amazonaws.com"));
    is_host.then(|| format!("${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/{path}"))
}
