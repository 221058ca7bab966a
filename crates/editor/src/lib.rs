//! The editor without a screen: geometry, hit-testing, routing, layout, tools, selection and history.
//!
//! It knows no browser. Input comes in as plain values, and each answer says exactly what changed, so that whoever
//! draws touches nothing else.

pub mod geometry;
pub mod hit;
pub mod lanes;
pub mod layout;
pub mod path;
pub mod ports;
pub mod router;
pub mod scene;
pub mod snap;
pub mod spatial;
pub mod viewport;
pub mod wheel;
