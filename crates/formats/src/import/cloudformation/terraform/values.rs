//! Arguments as properties.

use serde_json::Value as Json;

use super::Block;
use super::links::Links;
use crate::import::Node;
use crate::import::cloudformation::ecs::{self, OWN_KEYS};
use crate::import::cloudformation::source::{Shape, Source, shape};
use crate::import::cloudformation::value::{Entries, Form, Val};
use crate::terraform::reverse::{self, Reading};

/// What a provider tells by itself: of states it cannot be told apart by form.
const COMPUTED: [&str; 32] = [
    "id",
    "arn",
    "tags_all",
    "region",
    "owner_id",
    "timeouts",
    "arn_suffix",
    "dns_name",
    "zone_id",
    "hosted_zone_id",
    "revision",
    "arn_without_revision",
    "repository_url",
    "registry_id",
    "invoke_arn",
    "qualified_arn",
    "version",
    "api_endpoint",
    "execution_arn",
    "invoke_url",
    "create_date",
    "unique_id",
    "created_date",
    "last_updated_date",
    "load_balancer_arns",
    "default_network_acl_id",
    "default_route_table_id",
    "default_security_group_id",
    "main_route_table_id",
    "dhcp_options_id",
    "ipv6_association_id",
    "track_latest",
];

/// Properties that hold a list though they are not named as one, and the other way round.
const LISTS: [&str; 3] = ["CapacityProviderStrategy", "DefaultCapacityProviderStrategy", "VPCZoneIdentifier"];
const NO_LISTS: [&str; 9] = [
    "Alarms",
    "AccessLogSettings",
    "DefaultRouteSettings",
    "ServiceConnectDefaults",
    "Ebs",
    "Stickiness",
    "AccessLogs",
    "ConnectionLogs",
    "MetadataOptions",
];

/// The properties of a resource.
pub(super) fn properties(block: &Block<'_>, links: &Links<'_, '_>) -> Entries {
    let mut out = Entries::new();
    let reader = Reader { block, links };
    reader.map("", block.values, block.expressions, &mut out);
    out
}

/// Puts a value at a dotted path.
pub(super) fn put(entries: &mut Entries, path: &str, value: Val) {
    let Some((key, rest)) = path.split_once('.') else {
        entries.insert(path.to_owned(), value);
        return;
    };
    let line = value.line;
    let inner = entries.entry(key.to_owned()).or_insert_with(|| Val::new(Form::Map(Entries::new()), line));
    if let Form::Map(inner) = &mut inner.form {
        put(inner, rest, value);
    }
}

/// A text with its line.
pub(super) fn text(value: &str, line: usize) -> Val {
    Val::new(Form::Text(value.to_owned()), line)
}

/// Whether Terraform made up the name of what has none in the configuration.
fn is_generated(values: &Node) -> bool {
    let rest = values.text_of("name").and_then(|name| name.strip_prefix("terraform-"));
    rest.is_some_and(|rest| rest.len() >= 18 && rest.chars().all(|it| it.is_ascii_hexdigit()))
}

struct Reader<'a, 'b> {
    block: &'b Block<'a>,
    links: &'b Links<'a, 'b>,
}

impl Reader<'_, '_> {
    fn map(&self, path: &str, values: &Node, said: Option<&Node>, out: &mut Entries) {
        let said = said.filter(|said| said.is_map());
        let is_told = |name: &str| match said {
            Some(said) => said.has(name),
            None => !path.is_empty() || !(COMPUTED.contains(&name) || name == "name" && is_generated(values)),
        };
        let names = said.unwrap_or(values).entries().iter().map(|entry| entry.key());
        for name in names.filter(|name| is_told(name)) {
            let (place, reading) = reverse::property(self.block.kind, path, name);
            let whole = if path.is_empty() { place.clone() } else { format!("{path}.{place}") };
            let said = said.and_then(|said| said.get(name));
            if let Some(value) = self.one(&whole, reading, values.get(name), said) {
                put(out, &place, value);
            }
        }
    }

    fn one(&self, path: &str, reading: Reading, value: Option<&Node>, said: Option<&Node>) -> Option<Val> {
        let Some(node) = value else {
            // What a document holds cannot be told from what it is made of.
            let is_document = matches!(reading, Reading::Json | Reading::Api);
            return if is_document { self.not_known(path, said) } else { self.unknown(path, said) };
        };
        let line = node.line();
        if path == "Tags" && node.is_map() {
            return tags(node);
        }
        let form = match reading {
            Reading::Json | Reading::Api => {
                let json: Json = serde_json::from_str(node.text()?).ok()?;
                return self.json(&json, "", reading == Reading::Api, line);
            }
            Reading::Only => Form::List(vec![self.one(path, Reading::Blocks, value, said)?]),
            Reading::Plain => {
                let own = node.entries().iter();
                let held = own.filter_map(|it| {
                    Some((it.key().to_owned(), self.scalar(&format!("{path}.{}", it.key()), &it.value)?))
                });
                Form::Map(held.collect())
            }
            Reading::Blocks if node.is_list() => return self.list(path, node, said),
            Reading::Blocks if node.is_map() => {
                let mut inner = Entries::new();
                self.map(path, node, said, &mut inner);
                Form::Map(inner)
            }
            Reading::Blocks => return self.scalar(path, node),
        };
        Some(Val::new(form, line))
    }

    fn list(&self, path: &str, node: &Node, said: Option<&Node>) -> Option<Val> {
        let items = node.items();
        let line = node.line();
        let first = items.first()?;
        if !first.is_map() {
            if items.iter().any(Node::is_null) {
                return self.unknown(path, said);
            }
            return Some(Val::new(Form::List(items.iter().filter_map(|item| self.scalar(path, item)).collect()), line));
        }
        let blocks = items.iter().enumerate().map(|(at, item)| {
            let said = said.and_then(|said| said_of(item, said, at));
            let mut inner = Entries::new();
            self.map(path, item, said, &mut inner);
            Val::new(Form::Map(inner), item.line())
        });
        let mut blocks: Vec<Val> = blocks.collect();
        let name = path.rsplit('.').next().unwrap_or_default();
        let is_list = LISTS.contains(&name) || (name.ends_with('s') && !NO_LISTS.contains(&name));
        if !is_list && blocks.len() == 1 {
            return blocks.pop();
        }
        Some(Val::new(Form::List(blocks), line))
    }

    fn scalar(&self, path: &str, node: &Node) -> Option<Val> {
        let form = match shape(Source::new(node)) {
            Shape::Bool(flag) => Form::Bool(flag),
            Shape::Int(number) => Form::Int(number),
            Shape::Num(number) => Form::Num(number),
            Shape::Text(text) if text.is_empty() => return None,
            Shape::Text(text) => self.links.text(self.block, path, &text),
            Shape::Null | Shape::List | Shape::Map => return None,
        };
        let value = Val::new(form, node.line());
        // Without the configuration nothing tells what somebody said from what the provider filled in.
        if self.block.expressions.is_none() {
            value.mark();
        }
        Some(value)
    }

    /// A value that is known only when everything is made.
    fn unknown(&self, path: &str, said: Option<&Node>) -> Option<Val> {
        let said = said.filter(|said| said.has("references") || said.has("constant_value"))?;
        let line = self.block.line;
        let told = said.get("constant_value").filter(|it| it.is_list());
        let found: Option<Vec<Val>> = match told {
            Some(list) => {
                let one = |item: &Node| {
                    let text = item.text()?;
                    let form = self.links.template(self.block, text).unwrap_or(Form::Text(text.to_owned()));
                    Some(Val::new(form, line))
                };
                Some(list.items().iter().filter_map(one).collect())
            }
            None => None,
        };
        if let Some(items) = found {
            return Some(Val::new(Form::List(items), line));
        }
        match self.links.said(self.block, said) {
            Some(form) => Some(Val::new(form, line)),
            // Who may call a function follows from the links.
            None if self.block.kind == "aws_lambda_permission" => None,
            None => self.not_known(path, Some(said)),
        }
    }

    /// Tells that a value is not known, where the configuration says that there is one.
    fn not_known(&self, path: &str, said: Option<&Node>) -> Option<Val> {
        if said.is_some_and(|said| said.has("references") || said.has("constant_value")) {
            let argument = reverse::argument(self.block.kind, path);
            self.links.not_known(format!("{}.{argument}", self.block.address), self.block.line);
        }
        None
    }

    /// A document in a text, in the words of the API or in its own.
    fn json(&self, json: &Json, key: &str, api: bool, line: usize) -> Option<Val> {
        let own = !api || OWN_KEYS.contains(&key);
        let form = match json {
            Json::Null => return None,
            Json::Bool(flag) => Form::Bool(*flag),
            Json::Number(number) => match number.as_i64() {
                Some(whole) => Form::Int(whole),
                None => Form::Num(number.as_f64().unwrap_or_default()),
            },
            Json::String(text) => self.links.text(self.block, key, text),
            Json::Array(items) if items.is_empty() && api => return None,
            Json::Array(items) => Form::List(items.iter().filter_map(|item| self.json(item, key, api, line)).collect()),
            Json::Object(entries) => {
                let named = |name: &str| if own { name.to_owned() } else { ecs::word(name) };
                let inner =
                    |name: &'_ str| if own && name != "awslogs-group" { String::new() } else { name.to_owned() };
                let kept = entries.iter();
                let kept = kept.filter_map(|(name, it)| Some((named(name), self.json(it, &inner(name), api, line)?)));
                Form::Map(kept.collect())
            }
        };
        Some(Val::new(form, line))
    }
}

/// What the configuration says of a block: those of a set stand in another order there.
fn said_of<'s>(block: &Node, said: &'s Node, at: usize) -> Option<&'s Node> {
    let differs = |entry: &crate::import::Entry| {
        let told = entry.value.text_of("constant_value");
        let known = block.get(entry.key()).and_then(Node::text);
        told.is_some_and(|told| !told.contains("${") && known.is_some_and(|known| known != told))
    };
    let fits = |said: &&Node| !said.entries().iter().any(differs) && lists_fit(block, said);
    let same = said.items().get(at).filter(fits);
    same.or_else(|| said.items().iter().find(fits)).or_else(|| said.items().get(at))
}

/// Whether the same blocks stand in both.
fn lists_fit(block: &Node, said: &Node) -> bool {
    let is_there = |name: &str| block.get(name).is_some_and(|it| !it.items().is_empty());
    said.entries().iter().filter(|entry| entry.value.is_list()).all(|entry| is_there(entry.key()))
}

/// A document in a text, in its own words.
pub(super) fn document(block: &Block<'_>, links: &Links<'_, '_>, json: &Json) -> Option<Val> {
    Reader { block, links }.json(json, "", false, block.line)
}

/// A map of tags as a list of pairs.
fn tags(node: &Node) -> Option<Val> {
    let pair = |entry: &crate::import::Entry| {
        let line = entry.line();
        let value = entry.value.text()?;
        let pair = [("Key".to_owned(), text(entry.key(), line)), ("Value".to_owned(), text(value, line))];
        Some(Val::new(Form::Map(Entries::from_iter(pair)), line))
    };
    let all: Vec<Val> = node.entries().iter().filter_map(pair).collect();
    (!all.is_empty()).then(|| Val::new(Form::List(all), node.line()))
}
