//! A page in Markdown that tells of an architecture: for a review, or to hand in.

mod costs;

use trazo_model::{Node, Props, Target};
use trazo_stack::{Element, Origin, Value};

use crate::Document;
use crate::export::{Source, Written};
use crate::mermaid;

pub(crate) fn write(source: &Source<'_>) -> Written {
    let mut page = Page { source, out: Document::default() };
    page.head();
    page.picture();
    page.parts();
    page.exposure();
    page.resources();
    page.costs();
    page.findings();
    Written::one("report.md", page.out)
}

struct Page<'a> {
    source: &'a Source<'a>,
    out: Document,
}

impl Page<'_> {
    fn say(&self, key: &str) -> String {
        self.source.voice.say(&format!("export.report.{key}"), &[])
    }

    fn line(&mut self, text: &str) {
        self.out.push(text, None);
    }

    fn title(&mut self, key: &str) {
        let title = self.say(key);
        self.line("");
        self.line(&format!("## {title}"));
        self.line("");
    }

    fn head(&mut self) {
        let design = self.source.design;
        let made = self.source.voice.say("export.made", &[("name", design.name()), ("region", design.region())]);
        self.line(&format!("# {}", cell(design.name())));
        self.line("");
        self.line(&cell(&made));
    }

    fn picture(&mut self) {
        self.title("picture");
        self.line("```mermaid");
        let chart = mermaid::chart(self.source);
        for (at, line) in chart.lines.iter().enumerate() {
            self.out.push(chart.line(at), line.origin.as_ref());
        }
        self.line("```");
        // What was noted on the canvas belongs to what a reader shall know.
        let notes: Vec<(Origin, String)> = self
            .source
            .design
            .nodes()
            .filter_map(|node| match &node.props {
                Props::Note(note) => Some((origin(node), note.text.trim().to_owned())),
                _ => None,
            })
            .collect();
        for (origin, text) in notes {
            self.line("");
            for line in text.lines() {
                self.out.push(&format!("> {line}"), Some(&origin));
            }
        }
    }

    fn parts(&mut self) {
        self.title("parts");
        let (kind, name, what) = (self.say("kind"), self.say("name"), self.say("what"));
        self.line(&format!("| {kind} | {name} | {what} |"));
        self.line("|---|---|---|");
        for node in self.source.design.nodes() {
            if matches!(node.props, Props::Note(_)) {
                continue;
            }
            let spec = node.kind().spec();
            let kind = self.source.voice.say(&format!("kind.{}.name", spec.key), &[]);
            let said = self.source.tell_all(&(spec.summary)(self.source.design, node));
            let row = format!("| {} | {} | {} |", cell(&kind), cell(&node.name), cell(&said));
            self.out.push(&row, Some(&origin(node)));
        }
    }

    /// Which ports are open to whom.
    fn exposure(&mut self) {
        self.title("exposure");
        let heads = ["what_opens", "port", "from"].map(|key| self.say(key));
        let mut rows = Vec::new();
        for (id, group) in self.source.stack.of_type("AWS::EC2::SecurityGroup") {
            for rule in group.items("SecurityGroupIngress") {
                rows.push((group.origin.clone(), id.to_owned(), ports(rule), self.who(rule)));
            }
        }
        if rows.is_empty() {
            let none = self.say("nothing_open");
            return self.line(&none);
        }
        self.line(&format!("| {} |", heads.join(" | ")));
        self.line("|---|---|---|");
        for (origin, id, ports, from) in rows {
            self.out.push(&format!("| `{id}` | {ports} | {} |", cell(&from)), Some(&origin));
        }
    }

    fn who(&self, rule: &Value) -> String {
        let block = |key: &str| rule.get(key).and_then(Value::as_str);
        match block("CidrIp").or(block("CidrIpv6")) {
            Some("0.0.0.0/0" | "::/0") => self.say("anybody"),
            Some(other) => other.to_owned(),
            None => rule
                .get("SourceSecurityGroupId")
                .and_then(Value::names)
                .map(|id| format!("`{id}`"))
                .or_else(|| block("Description").map(str::to_owned))
                .unwrap_or_else(|| "VPC".to_owned()),
        }
    }

    fn resources(&mut self) {
        self.title("resources");
        let stack = self.source.stack;
        let count = stack.resources.len().to_string();
        let intro = self.source.voice.say("export.report.resources_made", &[("count", &count)]);
        self.line(&intro);
        self.line("");
        let mut types: Vec<(&str, usize)> = Vec::new();
        for resource in stack.resources.values() {
            match types.iter_mut().find(|(name, _)| *name == resource.type_name) {
                Some((_, number)) => *number += 1,
                None => types.push((resource.type_name, 1)),
            }
        }
        types.sort_unstable();
        for (name, number) in types {
            self.line(&format!("- {number} × `{name}`"));
        }
    }

    fn findings(&mut self) {
        self.title("findings");
        let found = self.source.kept.checker.borrow_mut().check(self.source.design);
        if found.is_empty() {
            let none = self.say("no_findings");
            return self.line(&none);
        }
        for one in found.iter() {
            let severity = one.severity.key();
            let (word, message) = (self.say(severity), self.source.voice.message(one).replace('\n', " "));
            let origin = match &one.target {
                Target::Node(id) => Some(Origin::whole(Element::Node(id.shared()))),
                Target::Link(id) => Some(Origin::whole(Element::Link(id.shared()))),
                Target::Design => None,
            };
            self.out.push(&format!("- **{word}** `{}`: {message}", one.code), origin.as_ref());
        }
    }
}

fn origin(node: &Node) -> Origin {
    Origin::whole(Element::Node(node.id.shared()))
}

fn ports(rule: &Value) -> String {
    let port = |key: &str| rule.get(key).and_then(Value::as_int);
    let protocol = rule.get("IpProtocol").and_then(Value::as_str).unwrap_or("-1");
    match (protocol, port("FromPort"), port("ToPort")) {
        ("-1", ..) => "*".to_owned(),
        (protocol, Some(from), Some(to)) if from == to => format!("{protocol} {from}"),
        (protocol, Some(from), Some(to)) => format!("{protocol} {from}–{to}"),
        (protocol, ..) => protocol.to_owned(),
    }
}

/// A text that stands in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ").replace('<', "&lt;")
}
