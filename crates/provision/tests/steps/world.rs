//! Time that passes only when somebody waits, and a driver of futures that can close the tab.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use trazo_provision::{Answer, Later, Outgoing, Unsent, World};

/// Gives the others a turn.
pub(crate) struct Yield(bool);

impl Future for Yield {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

pub(crate) fn give_way() -> Yield {
    Yield(false)
}

#[derive(Default)]
pub(crate) struct Clock {
    pub(crate) now: Cell<u64>,
    seed: Cell<u64>,
}

impl World for Clock {
    fn now(&self) -> u64 {
        self.now.get()
    }

    fn random(&self) -> u64 {
        self.seed.set(self.seed.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
        self.seed.get()
    }

    fn sleep(&self, millis: u32) -> Later<'_, ()> {
        Box::pin(async move {
            let until = self.now.get() + u64::from(millis);
            give_way().await;
            self.now.set(self.now.get().max(until));
        })
    }

    fn send(&self, _: Outgoing) -> Later<'_, Result<Answer, Unsent>> {
        Box::pin(async { Err(Unsent::Offline) })
    }
}

/// Drives a future to its end, or drops it as soon as the tab is closed.
pub(crate) fn drive<T>(future: impl Future<Output = T>, closed: &Cell<bool>) -> Option<T> {
    let mut future = Box::pin(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..1_000_000 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
        if closed.get() {
            return None;
        }
    }
    panic!("it never ends");
}

/// Drives two futures in turns, the first `lead` times ahead.
pub(crate) fn drive_both(one: impl Future<Output = ()>, other: impl Future<Output = ()>, lead: usize) {
    let (mut one, mut other) = (Box::pin(one), Box::pin(other));
    let mut context = Context::from_waker(Waker::noop());
    let (mut first, mut second) = (false, false);
    for turn in 0..1_000_000 {
        first = first || one.as_mut().poll(&mut context).is_ready();
        second = second || turn >= lead && other.as_mut().poll(&mut context).is_ready();
        if first && second {
            return;
        }
    }
    panic!("they never end");
}
