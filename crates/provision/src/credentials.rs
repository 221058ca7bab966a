//! Who asks: an access key, for as long as a tab holds it.

use std::fmt;

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
#[derive(Clone, Debug, PartialEq, Eq)]
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
