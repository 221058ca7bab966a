//! Answers in XML: of the Query protocol, and of EC2.

use roxmltree::{Document, Node};
use serde_json::{Map, Value as Json};

use super::names;

/// Reads `<OperationResponse><OperationResult>…`: the result's members. None for anything else.
pub(super) fn query(operation: &str, body: &[u8]) -> Option<Json> {
    let text = std::str::from_utf8(body).ok()?;
    let document = Document::parse(text).ok()?;
    let root = document.root_element();
    if root.tag_name().name().strip_suffix("Response") != Some(operation) || is_deep(root) {
        return None;
    }
    let result = elements(root).find(|node| node.tag_name().name().strip_suffix("Result") == Some(operation));
    let reader = Reader { operation, of_ec2: false };
    Some(result.map_or_else(|| Json::Object(Map::new()), |node| Json::Object(reader.members(node, ""))))
}

/// Reads `<OperationResponse>…`: its members, without the request's id. None for anything else.
pub(super) fn ec2(operation: &str, body: &[u8]) -> Option<Json> {
    let text = std::str::from_utf8(body).ok()?;
    let document = Document::parse(text).ok()?;
    let root = document.root_element();
    if root.tag_name().name().strip_suffix("Response") != Some(operation) || is_deep(root) {
        return None;
    }
    let mut members = Reader { operation, of_ec2: true }.members(root, "");
    members.shift_remove("RequestId");
    Some(Json::Object(members))
}

/// No answer of AWS has so many elements one in another.
const DEEPEST: usize = 64;

/// Whether more elements lie one in another than are read.
fn is_deep(root: Node<'_, '_>) -> bool {
    let mut open = vec![(root, 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > DEEPEST {
            return true;
        }
        open.extend(elements(node).map(|inner| (inner, depth + 1)));
    }
    false
}

/// The elements in one.
pub(super) fn elements<'a, 'input>(node: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> + use<'a, 'input> {
    node.children().filter(Node::is_element)
}

/// The text of an element; empty where there is none.
pub(super) fn text(node: Node<'_, '_>) -> String {
    node.children().filter_map(|child| child.text()).collect()
}

/// A policy as IAM answers it: JSON, percent-encoded (<https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>).
fn policy(text: &str) -> Option<Json> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    serde_json::from_slice(&bytes).ok().filter(Json::is_object)
}

struct Reader<'a> {
    operation: &'a str,
    of_ec2: bool,
}

impl Reader<'_> {
    /// The members of a structure, which is an item of the list `within` or stands in one.
    fn members(&self, node: Node<'_, '_>, within: &str) -> Map<String, Json> {
        let mut members = Map::new();
        for child in elements(node) {
            let tag = child.tag_name().name();
            let name = if self.of_ec2 { names::ec2_answer(self.operation, within, tag) } else { tag.to_owned() };
            members.insert(name, self.value(child));
        }
        members
    }

    fn value(&self, node: Node<'_, '_>) -> Json {
        let tag = node.tag_name().name();
        let item = if self.of_ec2 { "item" } else { "member" };
        let mut children = elements(node).peekable();
        let Some(first) = children.peek() else {
            let is_list = if self.of_ec2 { names::ec2_is_list(tag) } else { names::query_is_list(tag) };
            let text = text(node);
            return if is_list && text.trim().is_empty() {
                Json::Array(Vec::new())
            } else if tag.ends_with("PolicyDocument") {
                policy(&text).unwrap_or(Json::String(text))
            } else {
                Json::String(text)
            };
        };
        match first.tag_name().name() {
            // The one list of EC2 whose entries are called otherwise.
            "groupId" if self.of_ec2 && tag == "groupSet" => {
                Json::Array(children.map(|child| self.item(child, tag)).collect())
            }
            name if name == item => Json::Array(children.map(|child| self.item(child, tag)).collect()),
            "entry" if !self.of_ec2 => Json::Object(children.filter_map(|entry| self.entry(entry)).collect()),
            _ => Json::Object(self.members(node, "")),
        }
    }

    fn item(&self, node: Node<'_, '_>, list: &str) -> Json {
        match elements(node).next() {
            Some(_) => Json::Object(self.members(node, list)),
            None => Json::String(text(node)),
        }
    }

    /// One entry of a map.
    fn entry(&self, node: Node<'_, '_>) -> Option<(String, Json)> {
        let of = |name: &str| elements(node).find(|child| child.tag_name().name() == name);
        Some((text(of("key")?), self.value(of("value")?)))
    }
}
