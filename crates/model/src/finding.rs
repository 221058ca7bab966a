//! Findings: what would fail on AWS, work badly, or could be better.

use crate::edit::{Edit, Target};
use crate::{LinkId, NodeId};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// AWS refuses it, or it cannot work.
    Error,
    /// It works badly, is unsafe or costs more than it needs to.
    Warning,
    /// It could be better.
    Hint,
}

impl Severity {
    /// `error`, `warning` or `hint`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// A check: one thing that can be wrong. Its texts are `check.<code>.message` (with the finding's arguments), `.help`
/// (why, and what to do) and, where findings have a fix, `.fix` (the button).
pub struct Check {
    /// Its code, which stays for ever (`SVC001`).
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What AWS itself answers, word for word as AWS writes it; empty where AWS says nothing.
    pub aws: &'static str,
    /// AWS's page about it.
    pub doc: &'static str,
}

/// A change that mends a finding. Its text is `check.<code>.fix`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// The change.
    pub edit: Edit,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The code of its check.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The element that it is about.
    pub target: Target,
    /// Dotted path of the field; empty for the whole element.
    pub field: String,
    /// What goes into the places of the texts.
    pub args: Vec<(&'static str, String)>,
    /// What AWS answers; empty where it says nothing.
    pub aws: &'static str,
    /// AWS's page about it.
    pub doc: &'static str,
    /// How it can be mended.
    pub fix: Option<Fix>,
}

impl Finding {
    /// The node that it is about, if it is about one.
    pub fn node(&self) -> Option<&NodeId> {
        match &self.target {
            Target::Node(id) => Some(id),
            _ => None,
        }
    }

    /// The link that it is about, if it is about one.
    pub fn link(&self) -> Option<&LinkId> {
        match &self.target {
            Target::Link(id) => Some(id),
            _ => None,
        }
    }

    /// Names the field.
    pub fn at(&mut self, field: impl Into<String>) -> &mut Self {
        self.field = field.into();
        self
    }

    /// Fills a place of the texts.
    pub fn with(&mut self, name: &'static str, value: impl ToString) -> &mut Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Offers a change that mends it.
    pub fn fix(&mut self, edit: Edit) -> &mut Self {
        self.fix = Some(Fix { edit });
        self
    }
}

/// Where checks put what they find.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// Reports `check` of `target`; the field, arguments and fix are added to what is given back.
    pub fn report(&mut self, check: &'static Check, target: impl Into<Target>) -> &mut Finding {
        let at = self.list.len();
        self.list.push(Finding {
            code: check.code,
            severity: check.severity,
            target: target.into(),
            field: String::new(),
            args: Vec::new(),
            aws: check.aws,
            doc: check.doc,
            fix: None,
        });
        &mut self.list[at]
    }

    /// All findings, in the order in which they were found.
    pub(crate) fn into_list(self) -> Vec<Finding> {
        self.list
    }

    /// All findings: errors first, then by the order in which they were found.
    pub fn into_sorted(mut self) -> Vec<Finding> {
        crate::sort::sort_by_key(&mut self.list, |finding| finding.severity);
        self.list
    }
}
