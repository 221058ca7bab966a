//! Looking again and again, less often while nothing changes.

use crate::{CallError, Later, World};

/// How often to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    wait: u32,
}

impl Pace {
    /// The shortest wait, in milliseconds.
    const SHORT: u32 = 5_000;
    /// The longest wait, in milliseconds.
    const LONG: u32 = 30_000;

    /// How long to wait before the next look, in milliseconds: 5 s after a change, then half as long again each time, up to 30 s.
    pub fn next(&mut self, changed: bool) -> u32 {
        self.wait = if changed { Self::SHORT } else { (self.wait + self.wait / 2).clamp(Self::SHORT, Self::LONG) };
        self.wait
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self { wait: Self::SHORT }
    }
}

/// Looks, shows what is new, waits, and looks again, until it is told to stop or the credentials are gone. Whoever drops the
/// future stops it at once.
///
/// What `look` gives is shown when it differs from the last; errors too, and then it goes on.
pub async fn watch<'a, T: PartialEq>(
    world: &dyn World,
    look: &mut dyn FnMut() -> Later<'a, Result<T, CallError>>,
    show: &mut dyn FnMut(&Result<T, CallError>),
    stopped: &dyn Fn() -> bool,
) {
    let (mut pace, mut last) = (Pace::default(), None);
    while !stopped() {
        let seen = Some(look().await);
        if stopped() {
            return;
        }
        let changed = seen != last;
        if let Some(seen) = seen.as_ref().filter(|_| changed) {
            show(seen);
        }
        if matches!(seen, Some(Err(CallError::Expired))) {
            return;
        }
        last = seen;
        world.sleep(pace.next(changed)).await;
    }
}
