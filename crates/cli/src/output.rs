//! What a call says, and saying it.

use std::io::{ErrorKind, Write};

use crate::failure::Failure;

/// What goes to standard output, and the exit code.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) code: u8,
    /// What goes out instead of text, where a file that is no text was asked for.
    pub(crate) bytes: Option<Vec<u8>>,
}

impl Said {
    /// All is well.
    pub(crate) fn well(text: impl Into<String>) -> Self {
        Self::with_code(text, 0)
    }

    /// Something is not well, but was told in full.
    pub(crate) fn with_code(text: impl Into<String>, code: u8) -> Self {
        Self { text: text.into(), code, bytes: None }
    }

    /// A file that is no text.
    pub(crate) fn bytes(bytes: Vec<u8>) -> Self {
        Self { text: String::new(), code: 0, bytes: Some(bytes) }
    }

    /// Writes it. That whoever reads has heard enough (`trazo check … | head`) is no failure.
    pub(crate) fn say(&self) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        match out.write_all(self.bytes.as_deref().unwrap_or(self.text.as_bytes())).and_then(|()| out.flush()) {
            Err(source) if source.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(source)),
            _ => Ok(()),
        }
    }
}
