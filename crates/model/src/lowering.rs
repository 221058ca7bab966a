//! Lowering: from the design to the stack.
//!
//! It is total: any design that can be opened is lowered, also one with errors, so that the preview is always live. What is
//! missing is left out; the findings say so.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use trazo_stack::{Element, Origin, Output, Parameter, Resource, Stack, Value};

use crate::resources::{other_resource, role, vpc};
use crate::{Design, Kind, LinkId, Node, NodeId, Props};

/// No base of logical ids is longer, so that two of them with a suffix stay below the 255 characters of a logical id
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>).
const MAX_BASE: usize = 96;

/// The stack that is being made, and the names in it.
pub struct Lowering<'a> {
    /// The design that is lowered.
    pub design: &'a Design,
    /// What was made so far.
    pub stack: Stack,
    bases: IndexMap<NodeId, Base>,
}

/// What the logical ids of a node begin with.
struct Base {
    text: String,
    /// The suffix that it ends with already, since another node has the shorter base.
    kind: Option<String>,
}

/// The origin that names a node.
pub fn node_origin(id: &NodeId) -> Origin {
    Origin::whole(Element::Node(id.shared()))
}

/// The origin that names a link.
pub fn link_origin(id: &LinkId) -> Origin {
    Origin::whole(Element::Link(id.shared()))
}

/// Lowers a whole design.
pub fn lower(design: &Design) -> Stack {
    let mut lowering = Lowering { design, stack: Stack::default(), bases: bases(design) };
    lowering.stack.description = design.name().to_owned();
    for kind in Kind::ALL {
        let work = kind.work();
        for node in design.nodes_of(kind) {
            (work.lower)(&mut lowering, node);
        }
    }
    other_resource::references::put(design, &mut lowering.stack);
    lowering.stack
}

impl Lowering<'_> {
    /// The logical id of what is made from a node: its name in PascalCase and `suffix` (`CatalogoService`). The same
    /// wherever it is asked for, whether it was made already or not.
    pub fn id(&self, node: &NodeId, suffix: &str) -> String {
        match self.bases.get(node) {
            Some(base) if base.kind.as_deref() == Some(suffix) => base.text.clone(),
            Some(base) => format!("{}{suffix}", base.text),
            None => format!("Unknown{suffix}"),
        }
    }

    /// The logical id of what is made from a link between two nodes (`PublicoCatalogoTargetGroup`).
    pub fn link_id(&self, from: &NodeId, to: &NodeId, suffix: &str) -> String {
        format!("{}{}", self.id(from, ""), self.id(to, suffix))
    }

    /// Adds a resource.
    pub fn add(&mut self, id: impl Into<String>, resource: Resource) {
        self.stack.resources.insert(id.into(), resource.into());
    }

    /// Adds a parameter, once.
    pub fn parameter(&mut self, name: &str, parameter: Parameter) {
        self.stack.parameters.entry(name.to_owned()).or_insert(parameter);
    }

    /// Adds an output.
    pub fn output(&mut self, name: impl Into<String>, description: &str, value: Value, origin: Origin) {
        self.stack.outputs.insert(name.into(), Output { description: description.to_owned(), value, origin });
    }

    /// The tags of a node as a list of `Key` and `Value`; `None` where it has none.
    pub fn tags(&self, node: &Node) -> Option<Value> {
        if node.tags.is_empty() {
            return None;
        }
        let origin = node_origin(&node.id);
        let tags = node.tags.iter().enumerate().map(|(index, tag)| {
            trazo_stack::map([("Key", tag.key.as_str().into()), ("Value", tag.value.as_str().into())])
                .from_origin(origin.field(format!("tags.{index}")))
        });
        Some(trazo_stack::list(tags).from_origin(origin.field("tags")))
    }
}

/// One base of logical ids for each node: unique, letters and digits only
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html>).
///
/// Those that make nothing come last: what a template does not hold gives no other id to what it holds.
fn bases(design: &Design) -> IndexMap<NodeId, Base> {
    let mut taken = BTreeSet::new();
    // Users and notes never make anything; the ids of other resources are their names.
    let apart = [Kind::Users, Kind::Note, Kind::OtherResource];
    let drawn = || design.nodes().filter(|node| !apart.contains(&node.kind()));
    let makes = |node: &&Node| makes_something(design, node);
    let ordered = drawn().filter(makes).chain(drawn().filter(|node| !makes(node)));
    ordered.map(|node| (node.id.clone(), base(node, &mut taken))).collect()
}

/// Whether a node makes anything: not so what exists in the account, and no role in a Learner Lab.
fn makes_something(design: &Design, node: &Node) -> bool {
    match &node.props {
        Props::Vpc(vpc) => vpc.source == vpc::Source::New,
        Props::EcrRepository(repository) => repository.source == role::Source::Made,
        Props::Role(role) => role.source == role::Source::Made && !design.is_learner_lab(),
        _ => true,
    }
}

/// What the logical ids of a node of a name begin with, alone and beside another node of that name.
pub fn base_of(kind: Kind, name: &str) -> (String, String) {
    // `catalogo-service` is `Catalogo`: the suffix says what it is.
    let kind = pascal_case(kind.spec().key);
    let mut text = pascal_case(name);
    if let Some(short) = text.strip_suffix(&kind).filter(|short| !short.is_empty()) {
        text = short.to_owned();
    }
    if text.is_empty() || text.starts_with(|c: char| c.is_ascii_digit()) {
        text = format!("{kind}{text}");
    }
    // Letters and digits of ASCII only, so that any place is between two of them.
    text.truncate(MAX_BASE);
    let long = format!("{text}{kind}");
    (text, long)
}

fn base(node: &Node, taken: &mut BTreeSet<String>) -> Base {
    let (text, long) = base_of(node.kind(), &node.name);
    if taken.insert(text.clone()) {
        return Base { text, kind: None };
    }
    // The kind parts nodes of one name and different kinds, a number those of one kind.
    let kind = long.get(text.len()..).unwrap_or_default().to_owned();
    if taken.insert(long.clone()) {
        return Base { text: long, kind: Some(kind) };
    }
    let numbered = (2..).map(|n: u32| format!("{long}{n}")).find(|text| taken.insert(text.clone()));
    Base { text: numbered.unwrap_or(long), kind: None }
}

/// `tienda-virtual` → `TiendaVirtual`; what is not a letter or digit of ASCII parts words, accents are dropped.
pub fn pascal_case(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut upper = true;
    for c in text.chars().map(without_accent) {
        if !c.is_ascii_alphanumeric() {
            upper = true;
        } else if upper {
            out.push(c.to_ascii_uppercase());
            upper = false;
        } else {
            out.push(c);
        }
    }
    out
}

/// The first `most` characters of a text.
pub fn short(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// The letter without the accent that Spanish and its neighbours write on it.
pub fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'ä' | 'â' => 'a',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'Á' => 'A',
        'É' => 'E',
        'Í' => 'I',
        'Ó' => 'O',
        'Ú' => 'U',
        'ñ' => 'n',
        'Ñ' => 'N',
        'ç' => 'c',
        other => other,
    }
}
