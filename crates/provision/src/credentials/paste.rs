//! Reads access keys from whatever people paste.

use std::fmt;

use super::clean::clean;
use super::instant::instant;
use super::scan::{Piece, Slot, scan};
use super::shape;
use super::{Credentials, Secret};

/// One access key that was found in a text, with what stood beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// The profile that it stood under (`default`).
    pub profile: Option<String>,
    /// The key.
    pub credentials: Credentials,
    /// The region that stood beside it.
    pub region: Option<String>,
}

/// What is wrong with a pasted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is nothing in it.
    Empty,
    /// It is far longer than what anybody copies for it.
    TooLong,
    /// Nothing in it belongs to an access key.
    Nothing,
    /// The id of the key is missing.
    NoId,
    /// What stands for the id is not one.
    Id,
    /// What stands for the id is that of a user or a role.
    NotAKey,
    /// The secret key is missing.
    NoSecret,
    /// The secret key has not 40 characters but these.
    SecretLength(usize),
    /// The secret key holds characters that none has.
    SecretCharacters,
    /// A temporary key is without its session token.
    NoToken,
    /// The session token holds characters that none has: it was shortened, or is a placeholder.
    TokenCharacters,
    /// A long-term key has a session token: they are of two different keys.
    TokenOfAnother,
}

impl Fault {
    /// All, for the tests of the texts.
    pub const ALL: &'static [Self] = &[
        Self::Empty,
        Self::TooLong,
        Self::Nothing,
        Self::NoId,
        Self::Id,
        Self::NotAKey,
        Self::NoSecret,
        Self::SecretLength(0),
        Self::SecretCharacters,
        Self::NoToken,
        Self::TokenCharacters,
        Self::TokenOfAnother,
    ];

    /// The key of the text that tells it; [`Fault::SecretLength`] has the argument `{n}`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "deploy.paste.error.empty",
            Self::TooLong => "deploy.paste.error.too-long",
            Self::Nothing => "deploy.paste.error.nothing",
            Self::NoId => "deploy.paste.error.no-id",
            Self::Id => "deploy.paste.error.id",
            Self::NotAKey => "deploy.paste.error.not-a-key",
            Self::NoSecret => "deploy.paste.error.no-secret",
            Self::SecretLength(_) => "deploy.paste.error.secret-length",
            Self::SecretCharacters => "deploy.paste.error.secret-characters",
            Self::NoToken => "deploy.paste.error.no-token",
            Self::TokenCharacters => "deploy.paste.error.token-characters",
            Self::TokenOfAnother => "deploy.paste.error.token-of-another",
        }
    }
}

/// Why no access key could be read. It holds nothing of what was pasted but the name of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasteError {
    /// What is wrong.
    pub fault: Fault,
    /// The profile in which it is wrong.
    pub profile: Option<String>,
}

impl fmt::Display for PasteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.profile {
            Some(profile) => write!(out, "{} ({profile})", self.fault.key()),
            None => out.write_str(self.fault.key()),
        }
    }
}

impl std::error::Error for PasteError {}

/// Longer texts are not read, in bytes: a file with all profiles of a person is much shorter, and words may be looked for at each
/// place of a text.
const LONGEST: usize = 64 << 10;

/// Reads the access keys in a text of any form: the block of an AWS Academy Learner Lab, files of the AWS CLI, lines for any shell,
/// JSON of the AWS CLI and of STS, the three options of IAM Identity Center, with anything around them. Where there are several, the
/// person has to choose; those of them that cannot be used are left out.
///
/// # Errors
/// [`PasteError`] where no key can be used: what is missing or wrong in the first one.
pub fn paste(text: &str) -> Result<Vec<Pasted>, PasteError> {
    if text.len() > LONGEST {
        return Err(PasteError { fault: Fault::TooLong, profile: None });
    }
    let text = clean(text);
    let mut found = Found::default();
    scan(&text, false, &mut |line, piece| found.take(line, piece));
    if !found.keys.iter().any(Key::is_one) {
        // A prompt of `root` begins as a comment does.
        found = Found::default();
        scan(&text, true, &mut |line, piece| found.take(line, piece));
    }
    let mut good: Vec<Pasted> = Vec::new();
    let mut wrong = None;
    for key in found.keys.iter().filter(|key| key.is_one()) {
        match key.read(&found.keys) {
            Ok(pasted) if good.iter().any(|other| other.credentials == pasted.credentials) => {}
            Ok(pasted) => good.push(pasted),
            Err(fault) => {
                wrong.get_or_insert(PasteError { fault, profile: key.profile.map(str::to_owned) });
            }
        }
    }
    let nothing = if text.trim().is_empty() { Fault::Empty } else { Fault::Nothing };
    match good.is_empty() {
        true => Err(wrong.unwrap_or(PasteError { fault: nothing, profile: None })),
        false => Ok(good),
    }
}

/// The parts of one key. Not to be printed.
#[derive(Default)]
struct Key<'t> {
    profile: Option<&'t str>,
    id: Option<&'t str>,
    secret: Option<&'t str>,
    token: Option<Secret>,
    expires: Option<u64>,
    region: Option<&'t str>,
}

/// The keys so far; the last one is being filled.
#[derive(Default)]
struct Found<'t> {
    keys: Vec<Key<'t>>,
    /// The line in which the last token ended.
    token_line: Option<usize>,
}

impl<'t> Found<'t> {
    fn take(&mut self, line: usize, piece: Piece<'t>) {
        match piece {
            Piece::Section(name) => self.begin(Some(name)),
            Piece::Field(slot, value) => self.put(line, slot, value),
            Piece::Line(part) => self.part(line, part),
        }
    }

    fn begin(&mut self, profile: Option<&'t str>) {
        self.keys.push(Key { profile, ..Key::default() });
    }

    fn last(&mut self) -> &mut Key<'t> {
        if self.keys.is_empty() {
            self.begin(None);
        }
        let at = self.keys.len() - 1;
        &mut self.keys[at]
    }

    /// A value that is good takes the place of one that is not; another good one is of another key.
    fn put(&mut self, line: usize, slot: Slot, value: &'t str) {
        let is_good = match slot {
            Slot::Id => shape::is_key_id,
            Slot::Secret => shape::is_secret,
            Slot::Token => return self.token(line, value),
            Slot::Expires => {
                let key = self.last();
                key.expires = key.expires.or_else(|| instant(value));
                return;
            }
            Slot::Region => {
                let key = self.last();
                key.region = key.region.or(Some(value).filter(|value| shape::is_region(value)));
                return;
            }
        };
        let key = self.last();
        let profile = key.profile;
        let place = if slot == Slot::Id { &mut key.id } else { &mut key.secret };
        match *place {
            Some(old) if old == value || !is_good(value) => {}
            Some(old) if is_good(old) => {
                self.begin(profile);
                self.put(line, slot, value);
            }
            _ => *place = Some(value),
        }
    }

    fn token(&mut self, line: usize, value: &str) {
        let key = self.last();
        if key.token.as_ref().is_none_or(|old| !shape::is_base64(old.reveal())) {
            key.token = Some(Secret::new(value.to_owned()));
            self.token_line = Some(line);
        }
    }

    /// A line of base64 goes on with the token that ended in the line before.
    fn part(&mut self, line: usize, part: &'t str) {
        let goes_on = self.token_line.is_some_and(|last| last + 1 == line);
        let key = self.last();
        let secret = shape::is_bare_secret(part) && key.secret.is_none();
        match &key.token {
            Some(token) if goes_on && !secret => {
                let mut whole = String::with_capacity(token.reveal().len() + part.len());
                whole.push_str(token.reveal());
                whole.push_str(part);
                key.token = Some(Secret::new(whole));
                self.token_line = Some(line);
            }
            _ if shape::is_bare_secret(part) => self.put(line, Slot::Secret, part),
            _ if shape::is_bare_token(part) => self.token(line, part),
            _ => {}
        }
    }
}

impl Key<'_> {
    /// Whether anything of a key is there.
    fn is_one(&self) -> bool {
        self.id.is_some() || self.secret.is_some() || self.token.is_some()
    }

    /// The key, where all of it is there and right.
    fn read(&self, all: &[Self]) -> Result<Pasted, Fault> {
        let id = match self.id {
            None => return Err(Fault::NoId),
            Some(id) if shape::is_key_id(id) => id,
            Some(id) if shape::is_other_id(id) => return Err(Fault::NotAKey),
            Some(_) => return Err(Fault::Id),
        };
        let secret = match self.secret {
            None => return Err(Fault::NoSecret),
            Some(secret) if secret.chars().count() != shape::SECRET => {
                return Err(Fault::SecretLength(secret.chars().count()));
            }
            Some(secret) if !shape::is_secret(secret) => return Err(Fault::SecretCharacters),
            Some(secret) => secret,
        };
        let temporary = id.starts_with("ASIA");
        match &self.token {
            None if temporary => return Err(Fault::NoToken),
            Some(token) if !shape::is_base64(token.reveal()) => return Err(Fault::TokenCharacters),
            Some(_) if !temporary => return Err(Fault::TokenOfAnother),
            _ => {}
        }
        // The region may stand in the same profile of the file `config`, or before everything.
        let mut others = all.iter().filter(|other| !other.is_one());
        let region = self.region.or_else(|| others.find(|other| [None, self.profile].contains(&other.profile))?.region);
        Ok(Pasted {
            profile: self.profile.map(str::to_owned),
            credentials: Credentials {
                access_key_id: id.to_owned(),
                secret_access_key: Secret::new(secret.to_owned()),
                session_token: self.token.clone(),
                expires: self.expires,
            },
            region: region.map(str::to_owned),
        })
    }
}

#[cfg(test)]
mod tests;
