//! What can be wrong with a rule and its target group.

use crate::finding::{Check, Findings};
use crate::{Design, Link};

pub(super) static CHECKS: &[&Check] = &[];

pub(super) fn check(_: &Design, _: &Link, _: &mut Findings) {}
