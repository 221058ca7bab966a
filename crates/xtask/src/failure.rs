//! What went wrong and what to do about it: the only two things that a person needs.

/// A task that could not be done.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub(crate) struct Failure {
    /// What went wrong, in one line.
    pub(crate) what: String,
    /// What the person can do now.
    pub(crate) remedy: String,
    /// The end of the output of the command that failed, if one ran.
    pub(crate) output: String,
}

/// The result of a task.
pub(crate) type Outcome<T> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into(), output: String::new() }
    }

    /// A file or folder that cannot be read or written.
    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new(
            format!("{}: {error}", path.display()),
            "Check that the file is there and that you may read and write it.",
        )
    }

    pub(crate) fn with_output(mut self, output: &str) -> Self {
        self.output = output.to_owned();
        self
    }
}
