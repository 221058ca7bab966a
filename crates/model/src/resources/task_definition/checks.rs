use crate::finding::{Check, Findings};
use crate::{Design, Link, Node};
pub(super) static CHECKS: &[&Check] = &[];
pub(super) static LINK_CHECKS: &[&Check] = &[];
pub(super) fn check(_: &Design, _: &Node, _: &mut Findings) {}
pub(super) fn check_link(_: &Design, _: &Link, _: &mut Findings) {}
