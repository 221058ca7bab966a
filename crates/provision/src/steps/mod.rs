//! The step-by-step engine: the stack as single calls in the order in which one needs the other, one at a time or all, taken
//! back in reverse.
//!
//! [`Run`] does it. It writes a [`Record`] before each call and after it, so that a tab that is closed, a network that breaks and
//! a token that expires lose nothing: what was asked without a known outcome is looked up before it is asked again. A future of
//! [`Run`] may be dropped at any moment; that is how one cancels.

mod asking;
mod begun;
mod changed;
mod door;
mod head;
mod journal;
mod looking;
mod making;
mod past;
mod record;
mod removing;
mod run;
mod state;
mod sweeping;
mod tagged;
mod trouble;
mod waiting;

pub use begun::{Begun, begun};
pub use changed::Changed;
pub use head::{Head, Order, Untaken};
pub use journal::{BEAT, Journal, JournalError, Lease, Memory, STALE};
pub use record::{Record, What};
pub use run::{Around, Run};
pub use state::{Change, Exchange, Hold, Phase, Progress, StepState, StepView};
pub use sweeping::{Left, Removal};
pub use trouble::{Trouble, TroubleKind};
