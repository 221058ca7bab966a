//! The small request console: a request to what was made, sent from the page as any page would send it, and its answer.
//!
//! It is not signed and carries no credentials. What a browser does not let a page do is said beforehand where it can be known,
//! and explained afterwards where not.

mod blocked;
mod curl;
mod draft;
mod names;
mod reply;

pub use blocked::{Blocked, blocked};
pub use curl::curl;
pub use draft::{Draft, Fault, METHODS};
pub use reply::{Body, Reply};

use crate::{Unsent, World};

/// Sends a request and reads its answer.
///
/// # Errors
/// [`Failed`] where the request cannot go out so, or no answer came.
pub async fn send(world: &dyn World, draft: &Draft) -> Result<Reply, Failed> {
    let request = draft.request().map_err(Failed::Draft)?;
    let begun = world.now();
    let answer = world.send(request).await.map_err(Failed::Unsent)?;
    Ok(Reply::read(&answer, world.now().saturating_sub(begun)))
}

/// Why there is no reply.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// The request cannot go out as it was written.
    #[error("{0}")]
    Draft(Fault),
    /// No answer came: see [`blocked`].
    #[error("{0}")]
    Unsent(Unsent),
}

#[cfg(test)]
mod tests;
