//! What a call says, and saying it.

use std::io::{ErrorKind, Write};

use crate::failure::Failure;

/// What goes to standard output, and the exit code.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) code: u8,
}

impl Said {
    /// All is well.
    pub(crate) fn well(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: 0 }
    }

    /// Writes it. That whoever reads has heard enough (`trazo check … | head`) is no failure.
    pub(crate) fn say(&self) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        match out.write_all(self.text.as_bytes()).and_then(|()| out.flush()) {
            Err(source) if source.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(source)),
            _ => Ok(()),
        }
    }
}
