//! A way to stop what is under way.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::Later;

/// Stops the calls that it was given to: those under way and those to come. Copies are one and the same.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Rc<State>);

#[derive(Debug, Default)]
struct State {
    cancelled: Cell<bool>,
    /// Who waits now, by a number of its own.
    waiting: RefCell<Vec<(u64, Waker)>>,
    next: Cell<u64>,
}

impl Cancel {
    /// One that has not been used yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops everything. A request that is under way is dropped; whether AWS has carried it out is then unknown.
    pub fn cancel(&self) {
        self.0.cancelled.set(true);
        // Taken out first: who is woken may come back here.
        let waiting = self.0.waiting.take();
        for (_, waker) in waiting {
            waker.wake();
        }
    }

    /// Whether it was used.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.get()
    }

    /// Waits for something, at most until it is cancelled: then it is dropped, and there is nothing.
    pub fn unless<'a, T>(&'a self, inner: Later<'a, T>) -> Unless<'a, T> {
        let number = self.0.next.get();
        self.0.next.set(number.wrapping_add(1));
        Unless { cancel: self, number, inner }
    }
}

/// What [`Cancel::unless`] waits for.
pub struct Unless<'a, T> {
    cancel: &'a Cancel,
    number: u64,
    inner: Later<'a, T>,
}

impl<T> Future for Unless<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.cancel.is_cancelled() {
            return Poll::Ready(None);
        }
        let polled = self.inner.as_mut().poll(context).map(Some);
        if polled.is_pending() {
            self.forget();
            self.cancel.0.waiting.borrow_mut().push((self.number, context.waker().clone()));
        }
        polled
    }
}

impl<T> Unless<'_, T> {
    fn forget(&self) {
        self.cancel.0.waiting.borrow_mut().retain(|(number, _)| *number != self.number);
    }
}

impl<T> Drop for Unless<'_, T> {
    fn drop(&mut self) {
        self.forget();
    }
}
