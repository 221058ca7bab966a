//! Short messages at the edge of the screen, and what a screen reader says.

use leptos::prelude::*;

use super::Studio;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoticeKind {
    Info,
    Warning,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) id: u32,
    pub(crate) kind: NoticeKind,
    pub(crate) text: String,
}

impl Studio {
    /// Tells that something was done.
    pub(crate) fn inform(&self, text: String) {
        self.notify(NoticeKind::Info, text);
    }

    /// Tells that something was not done, and why.
    pub(crate) fn warn(&self, text: String) {
        self.notify(NoticeKind::Warning, text);
    }

    fn notify(&self, kind: NoticeKind, text: String) {
        self.notices.update(|notices| {
            let id = notices.last().map_or(0, |last| last.id + 1);
            // The same message again replaces the old one, so that a repeated refusal does not pile up; of what was done the last counts.
            let done = |notice: &Notice| kind == NoticeKind::Info && notice.kind == NoticeKind::Info;
            notices.retain(|notice| notice.text != text && !done(notice));
            notices.push(Notice { id, kind, text });
        });
    }

    /// Takes a message away.
    pub(crate) fn dismiss(&self, id: u32) {
        self.notices.update(|notices| notices.retain(|notice| notice.id != id));
    }

    /// Lets a screen reader say something.
    pub(crate) fn say(&self, text: String) {
        self.said.set(text);
    }
}
