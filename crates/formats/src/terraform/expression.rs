//! Values as Terraform's templates and expressions
//! (<https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping>).

use trazo_stack::{Expr, Object, Value, map};

use super::Writer;
use super::names::snake;
use super::rows;

/// A part of a template.
pub(super) enum Piece {
    /// Text that means itself.
    Text(String),
    /// An expression.
    Code(String),
}

/// Text in which Terraform sees no template.
pub(super) fn literal(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

/// A text between quotation marks inside an expression.
fn quoted(pieces: &[Piece]) -> String {
    let mut out = String::from("\"");
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                let text = literal(text).replace('\\', "\\\\").replace('"', "\\\"");
                out.push_str(&text.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t"));
            }
            Piece::Code(code) => out.push_str(&format!("${{{code}}}")),
        }
    }
    out.push('"');
    out
}

/// A text in JSON, which is a template.
fn template(pieces: &[Piece]) -> String {
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => literal(text),
        Piece::Code(code) => format!("${{{code}}}"),
    };
    pieces.iter().map(part).collect()
}

impl Writer<'_> {
    /// A value with its own keys.
    pub(super) fn value(&mut self, value: &Value) -> Value {
        let expr = match &value.expr {
            Expr::Map(entries) => {
                let mut all = Object::new();
                for (key, inner) in entries {
                    all.insert(literal(key), self.value(inner));
                }
                Expr::Map(all)
            }
            Expr::List(items) => Expr::List(items.iter().map(|item| self.value(item)).collect()),
            Expr::Null | Expr::Bool(_) | Expr::Int(_) | Expr::Num(_) => value.expr.clone(),
            Expr::Ref(id) if id == "AWS::NoValue" => Expr::Null,
            _ => Expr::Str(template(&self.pieces(value))),
        };
        Value { expr, origin: value.origin.clone() }
    }

    /// A value inside an expression.
    pub(super) fn code(&mut self, value: &Value) -> String {
        let pieces = self.pieces(value);
        match pieces.as_slice() {
            [Piece::Code(code)] => code.clone(),
            _ => quoted(&pieces),
        }
    }

    fn pieces(&mut self, value: &Value) -> Vec<Piece> {
        match &value.expr {
            Expr::Str(text) => self.resolved(text),
            Expr::Ref(id) => self.place(id, None),
            Expr::Att(id, name) => self.place(id, Some(name)),
            Expr::Sub(text) => self.places(text),
            Expr::Join(by, items) => self.joined(by, items),
            Expr::Select(index, from) => self.selected(*index, from),
            Expr::Zones => vec![Piece::Code(self.zones())],
            Expr::Cidr(block, count, bits) => {
                let part = self.part_of(block, *bits, "i");
                vec![Piece::Code(format!("[for i in range({count}) : {part}]"))]
            }
            Expr::Base64(text) => {
                let text = self.code(text);
                vec![Piece::Code(format!("base64encode({text})"))]
            }
            Expr::Int(number) => vec![Piece::Text(number.to_string())],
            Expr::Num(number) => vec![Piece::Text(number.to_string())],
            Expr::Bool(flag) => vec![Piece::Text(flag.to_string())],
            Expr::Null | Expr::List(_) | Expr::Map(_) => Vec::new(),
        }
    }

    /// A text that may stand for a parameter of Systems Manager.
    fn resolved(&mut self, text: &str) -> Vec<Piece> {
        let Some(name) = text.strip_prefix("{{resolve:ssm:").and_then(|rest| rest.strip_suffix("}}")) else {
            return vec![Piece::Text(text.to_owned())];
        };
        let called = snake(name.trim_matches('/'));
        self.data("aws_ssm_parameter", &called, map([("name", name.into())]));
        vec![Piece::Code(format!("data.aws_ssm_parameter.{called}.insecure_value"))]
    }

    fn joined(&mut self, by: &str, items: &[Value]) -> Vec<Piece> {
        if let [only] = items
            && self.is_list(only)
        {
            let (by, list) = (quoted(&[Piece::Text(by.to_owned())]), self.code(only));
            return vec![Piece::Code(format!("join({by}, {list})"))];
        }
        let mut all = Vec::new();
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                all.push(Piece::Text(by.to_owned()));
            }
            all.extend(self.pieces(item));
        }
        all
    }

    fn is_list(&self, value: &Value) -> bool {
        let Expr::Ref(id) = &value.expr else { return matches!(value.expr, Expr::Zones | Expr::Cidr(..)) };
        self.source.stack.parameters.get(id).is_some_and(|it| it.type_name.starts_with("List<"))
    }

    fn selected(&mut self, index: u32, from: &Value) -> Vec<Piece> {
        let nth = usize::try_from(index).unwrap_or_default();
        match &from.expr {
            Expr::List(items) => items.get(nth).map(|item| self.pieces(item)).unwrap_or_default(),
            Expr::Cidr(block, _, bits) => vec![Piece::Code(self.part_of(block, *bits, &index.to_string()))],
            _ => vec![Piece::Code(format!("{}[{index}]", self.code(from)))],
        }
    }

    /// One of the blocks with so many free bits that divide a block.
    fn part_of(&mut self, block: &Value, bits: u32, index: &str) -> String {
        let code = self.code(block);
        let known = block.as_str().and_then(|text| text.split_once('/')?.1.parse::<u32>().ok());
        let more = match known {
            Some(prefix) => (32_u32.saturating_sub(bits)).saturating_sub(prefix).to_string(),
            None => format!("{} - tonumber(split(\"/\", {code})[1])", 32_u32.saturating_sub(bits)),
        };
        format!("cidrsubnet({code}, {more}, {index})")
    }

    fn zones(&mut self) -> String {
        self.data("aws_availability_zones", "available", map([("state", "available".into())]));
        "data.aws_availability_zones.available.names".to_owned()
    }

    /// The `${…}` places of a text.
    fn places(&mut self, text: &str) -> Vec<Piece> {
        let mut all = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            all.push(Piece::Text(before.to_owned()));
            let Some((name, behind)) = after.split_once('}') else {
                all.push(Piece::Text("${".to_owned()));
                rest = after;
                break;
            };
            match (name.strip_prefix('!'), name.split_once('.')) {
                (Some(itself), _) => all.push(Piece::Text(format!("${{{itself}}}"))),
                (None, Some((id, attribute))) => all.extend(self.place(id, Some(attribute))),
                (None, None) => all.extend(self.place(name, None)),
            }
            rest = behind;
        }
        all.push(Piece::Text(rest.to_owned()));
        // `$` before a place would make it mean itself.
        all.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        all
    }

    /// What `Ref` (without an attribute) and `Fn::GetAtt` give.
    fn place(&mut self, id: &str, attribute: Option<&str>) -> Vec<Piece> {
        if id.starts_with("AWS::") {
            return vec![self.of_account(id)];
        }
        if self.source.stack.parameters.contains_key(id) {
            return vec![Piece::Code(format!("var.{}", snake(id)))];
        }
        let known = self.source.stack.resources.get(id).and_then(|it| rows::of(it.type_name));
        let Some(row) = known else { return vec![Piece::Text(id.to_owned())] };
        let found = attribute.map(|name| row.attributes.iter().find(|(from, _)| *from == name).map(|(_, to)| *to));
        let name = match (found, attribute) {
            (Some(Some(to)), _) => to.to_owned(),
            (_, Some(name)) => snake(name),
            _ => row.reference.to_owned(),
        };
        let address = format!("{}.{}", row.to, self.name(id));
        match name.strip_suffix(":*") {
            Some(name) => vec![Piece::Code(format!("{address}.{name}")), Piece::Text(":*".to_owned())],
            None => vec![Piece::Code(format!("{address}.{name}"))],
        }
    }

    /// What only the account knows.
    fn of_account(&mut self, id: &str) -> Piece {
        let (source, attribute) = match id {
            "AWS::Region" => ("aws_region", "region"),
            "AWS::AccountId" => ("aws_caller_identity", "account_id"),
            "AWS::Partition" => ("aws_partition", "partition"),
            "AWS::URLSuffix" => ("aws_partition", "dns_suffix"),
            _ => return Piece::Text(self.slug()),
        };
        self.data(source, "current", Object::new().into());
        Piece::Code(format!("data.{source}.current.{attribute}"))
    }
}
