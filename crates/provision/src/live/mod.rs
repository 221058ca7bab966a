//! What became of it: the state of what is up, and small acts upon it.
//!
//! All of this asks a [`crate::Caller`] and gives plain data. What a person should know of a state that AWS gives in a word or a
//! code is a key of a text (`deploy.live.…`) beside AWS's own words; no text is made here.

mod act;
pub mod console;
mod events;
mod health;
mod logs;
mod look;
mod pace;
mod places;
mod read;
mod service;
mod stopped;

pub use act::{Bounds, Scaled, bounds, redeploy, scale};
pub use health::{Target, target_health};
pub use logs::{Line, Lines, Wanted, log_lines};
pub use look::{Sight, look};
pub use pace::{Pace, watch};
pub use places::{Address, Gate, LogPlace, Place, addresses, places};
pub use service::{Container, Deployment, Event, ServiceState, Task, service_state};
pub use stopped::{exit_code, stop_reason};

#[cfg(test)]
pub(crate) mod script;
#[cfg(test)]
mod tests;
