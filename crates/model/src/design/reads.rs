//! What is read of designs while somebody wants to know.
//!
//! [`Design`](crate::Design) notes each question that it is asked; its fields can be reached in no other way. So whoever
//! computes something from a design need not say what it depends on: it is found out.

use std::cell::{Cell, RefCell};

use super::key::Key;

thread_local! {
    static WANTED: Cell<bool> = const { Cell::new(false) };
    static READ: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// Notes that a question was asked.
pub(super) fn note(key: Key<'_>) {
    if WANTED.get() {
        let number = key.number();
        READ.with_borrow_mut(|read| {
            if read.last() != Some(&number) {
                read.push(number);
            }
        });
    }
}

/// Stops the noting, also where what was watched breaks off.
struct Watch;

impl Drop for Watch {
    fn drop(&mut self) {
        WANTED.set(false);
    }
}

/// The numbers of the questions that designs are asked while `work` runs, in order, some of them several times. Of one
/// recording inside another, the outer one learns nothing.
pub(crate) fn record(work: &mut dyn FnMut()) -> Vec<u64> {
    READ.take();
    WANTED.set(true);
    let watch = Watch;
    work();
    drop(watch);
    READ.take()
}
