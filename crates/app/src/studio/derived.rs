//! What is made from the design after a change: findings and stack. Once a frame at the most, after the change is drawn.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::Studio;

impl Studio {
    /// Makes findings and stack for the first time, once the design is on the screen and takes input: much of the module is
    /// compiled when it first runs, and nobody shall wait for the checks' part of it.
    pub(super) fn derive_first(&self) {
        let studio = *self;
        request_animation_frame(move || {
            set_timeout(
                move || {
                    studio.derive_now();
                    studio.judged.try_set(true);
                },
                Duration::ZERO,
            );
        });
    }

    /// Makes findings and stack anew before the next frame.
    pub(super) fn derive_soon(&self) {
        let Some(core) = self.core() else { return };
        if core.stale.replace(true) {
            return;
        }
        let studio = *self;
        request_animation_frame(move || studio.derive_now());
    }

    /// Makes findings and stack anew, unless the editor was left meanwhile.
    pub(super) fn derive_now(&self) {
        let Some(core) = self.core() else { return };
        core.stale.set(false);
        let findings = self.design(|design| core.checker.borrow_mut().check(design));
        if self.findings.with_untracked(|now| !Arc::ptr_eq(now, &findings)) {
            self.findings.set(findings);
        }
        let mut stack = self.design(trazo_model::lower);
        if !self.stack.with_untracked(|now| stack.keep_from(now)) {
            self.stack.set(Arc::new(stack));
        }
        if !core.settles.replace(true) {
            let studio = *self;
            set_timeout(move || studio.settle(), Duration::ZERO);
        }
    }

    /// Tells those who write files of the design that all is made anew: once for each frame, in a task of its own, so that the
    /// frame in which the change is drawn does not wait for them.
    fn settle(&self) {
        let Some(core) = self.core() else { return };
        core.settles.set(false);
        self.settled.try_update(|n| *n += 1);
    }
}
