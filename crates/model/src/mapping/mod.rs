//! The values of parameter mappings of HTTP APIs: how they are read, what they give, and how they are completed while
//! somebody types.
//!
//! A value is static text, one expression that begins with `$`, or text with expressions in it: `${…}`, or a bare `$…`
//! (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html>).

pub mod complete;
pub mod json_path;
pub mod sample;
mod value;

pub(crate) use value::is_variable;

#[cfg(test)]
mod tests;

pub use value::{
    BadValue, CONTEXT, Piece, Side, Source, ValueProblem, all_braced, braced, fill, is_known_context, parse, pieces,
    value_problem,
};
