//! What tabs of one browser tell each other.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "trazo.designs";

/// What happened to a stored design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// It was stored; the number is its version.
    Stored(String, u32),
    /// It was taken away.
    Removed(String),
}

impl News {
    /// As it goes through the channel.
    fn line(&self) -> String {
        match self {
            Self::Stored(id, rev) => format!("stored {id} {rev}"),
            Self::Removed(id) => format!("removed {id}"),
        }
    }

    fn from_line(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        match (words.next()?, words.next()?, words.next()) {
            ("stored", id, Some(rev)) => Some(Self::Stored(id.to_owned(), rev.parse().ok()?)),
            ("removed", id, None) => Some(Self::Removed(id.to_owned())),
            _ => None,
        }
    }
}

/// The channel; closed when dropped.
pub(crate) struct Tabs {
    // A browser without channels has no news: a save then finds out by the stored version.
    channel: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl Tabs {
    /// Listens to the other tabs.
    pub(crate) fn open(hear: impl Fn(News) + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        let listener = channel.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                let data = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                if let Some(news) = data.as_deref().and_then(News::from_line) {
                    hear(news);
                }
            })
        });
        Self { channel, _listener: listener }
    }

    /// Tells the other tabs.
    pub(crate) fn tell(&self, news: &News) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&news.line().into());
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
