//! Who asks: an access key, for as long as a tab holds it.

mod clean;
pub(crate) mod instant;
pub mod paste;
mod scan;
mod shape;

use std::fmt;

pub use paste::{Fault, PasteError, Pasted, paste};
use zeroize::Zeroize;

/// Text that is wiped from memory when it is dropped, and that no message shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for signing only.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// An access key with what belongs to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The id of the key (`ASIA…`, `AKIA…`). It is no secret, but nothing shows more than its ends.
    pub access_key_id: String,
    /// The secret key.
    pub secret_access_key: Secret,
    /// The token of temporary credentials.
    pub session_token: Option<Secret>,
    /// When they end, in milliseconds since 1970, where that is known.
    pub expires: Option<u64>,
}

impl Credentials {
    /// The ends of the key's id, which tell it from others: `ASIA…WXYZ`.
    pub fn short_id(&self) -> String {
        let id: Vec<char> = self.access_key_id.chars().collect();
        let text = |part: &[char]| part.iter().collect::<String>();
        match id.len() {
            // Ids shorter than any of AWS's are those of emulators.
            0..12 => text(&id),
            length => format!("{}…{}", text(&id[..4]), text(&id[length - 4..])),
        }
    }

    /// Whether the key has no end: it is that of a user and works until somebody deletes it.
    pub fn is_long_term(&self) -> bool {
        self.access_key_id.starts_with("AKIA")
    }

    /// Whether they have ended at `now`, in milliseconds since 1970; false where nobody knows when they end.
    pub fn has_expired(&self, now: u64) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Credentials")
            .field("access_key_id", &self.short_id())
            .field("session_token", &self.session_token.is_some())
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}
