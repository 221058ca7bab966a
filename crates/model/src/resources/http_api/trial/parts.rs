//! Small parts of a trial: lines of a message, and what a mapping does to them.

use crate::resources::http_api::integration::Action;

/// What became of a part of a message on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It went through as it was.
    Same,
    /// A mapping added it.
    Added,
    /// A mapping changed it.
    Changed,
    /// A mapping, or API Gateway, took it away.
    Removed,
    /// API Gateway wrote it.
    Gateway,
}

impl How {
    /// Its name in text keys and styles.
    pub fn key(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Gateway => "gateway",
        }
    }
}

/// A header, or a parameter of the query string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// What became of it.
    pub how: How,
}

impl Line {
    pub(in crate::resources) fn new(name: &str, value: &str, how: How) -> Self {
        Self { name: name.to_owned(), value: value.to_owned(), how }
    }

    fn is_there(&self) -> bool {
        self.how != How::Removed
    }
}

/// What a mapping gave in a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// This value.
    Value(String),
    /// It needs none.
    Done,
    /// What it reads is not there: it changes nothing.
    Nothing,
    /// It is wrong: AWS would not take it.
    Wrong,
    /// It is for responses with another status.
    Elsewhere,
}

/// Whether lines of one name are put into one, with commas between, as headers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::resources) enum Fold {
    Header,
    Query,
}

/// Does to the lines what a mapping says.
pub(in crate::resources) fn apply(lines: &mut Vec<Line>, action: Action, name: &str, value: &str, fold: Fold) {
    let is_it = |line: &Line| match fold {
        Fold::Header => line.name.eq_ignore_ascii_case(name),
        Fold::Query => line.name == name,
    };
    let here: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].is_there() && is_it(&lines[*at])).collect();
    match (action, here.as_slice()) {
        (Action::Remove, all) => all.iter().for_each(|at| lines[*at].how = How::Removed),
        (Action::Overwrite, [first, others @ ..]) => {
            lines[*first].how = if lines[*first].how == How::Added { How::Added } else { How::Changed };
            value.clone_into(&mut lines[*first].value);
            others.iter().for_each(|at| lines[*at].how = How::Removed);
        }
        (Action::Append, [.., last]) if fold == Fold::Header => {
            let line = &mut lines[*last];
            line.value = format!("{},{value}", line.value);
            line.how = if line.how == How::Added { How::Added } else { How::Changed };
        }
        _ => lines.push(Line::new(name, value, How::Added)),
    }
}

/// The order in which mappings are carried out. AWS tells none; values are always read from the message as it came, so that
/// the order matters only where several mappings have one target.
pub(super) const ORDER: [Action; 3] = [Action::Remove, Action::Overwrite, Action::Append];
