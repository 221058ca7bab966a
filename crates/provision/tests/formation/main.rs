//! The CloudFormation engine against a simulated CloudFormation, with faults, and against answers in AWS's own shape.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests may fail like tests")]

mod allowed;
mod answers;
mod faults;
mod flow;
mod sim;
mod support;
mod tabs;
mod texts;
