//! What can be asked of a design, each question as one number.
//!
//! The same number names the list that answers the question, what a check has read, and what an edit has changed. Two
//! questions with one number would only make a check run once more than it needs to: whoever looks into a list sees to it that
//! what lies there belongs there.

use crate::{Kind, LinkId, NodeId};

/// A question about a design.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key<'a> {
    /// What are the design's own fields?
    Own,
    /// Which nodes are there, and what is each?
    Nodes,
    /// Which links are there, and what is each?
    Links,
    /// Which nodes and links are there?
    Census,
    /// What is the node of this id, if there is one?
    Node(&'a NodeId),
    /// What is the link of this id, if there is one?
    Link(&'a LinkId),
    /// Which links begin or end there?
    At(&'a NodeId),
    /// Which links begin there?
    From(&'a NodeId),
    /// Which links end there?
    To(&'a NodeId),
    /// Which nodes lie directly in this group?
    In(&'a NodeId),
    /// Which nodes are of this kind?
    Kind(Kind),
    /// Which nodes have this name?
    Name(&'a str),
    /// Which cards have their corner in this cell of the canvas?
    Cell(i32, i32),
    /// Which id would a new node of this kind get?
    FreeNode(Kind),
    /// Which name would a new node of this kind get?
    FreeName(Kind),
    /// Which id would a new link get?
    FreeLink,
}

impl Key<'_> {
    /// The number of the question.
    pub(crate) fn number(self) -> u64 {
        match self {
            Self::Own => fold(0, &[]),
            Self::Nodes => fold(1, &[]),
            Self::Links => fold(2, &[]),
            Self::Census => fold(3, &[]),
            Self::Node(id) => fold(4, id.as_str().as_bytes()),
            Self::Link(id) => fold(5, id.as_str().as_bytes()),
            Self::At(id) => fold(6, id.as_str().as_bytes()),
            Self::From(id) => fold(7, id.as_str().as_bytes()),
            Self::To(id) => fold(8, id.as_str().as_bytes()),
            Self::In(id) => fold(9, id.as_str().as_bytes()),
            Self::Kind(kind) => fold(10, &[kind as u8]),
            Self::Name(name) => fold(11, name.as_bytes()),
            Self::Cell(x, y) => {
                let [x, y] = [x.to_le_bytes(), y.to_le_bytes()];
                fold(12, &[x[0], x[1], x[2], x[3], y[0], y[1], y[2], y[3]])
            }
            Self::FreeNode(kind) => fold(13, &[kind as u8]),
            Self::FreeName(kind) => fold(14, &[kind as u8]),
            Self::FreeLink => fold(15, &[]),
        }
    }
}

/// FNV-1a (<https://datatracker.ietf.org/doc/html/rfc9923>), the tag as its first byte.
fn fold(tag: u8, bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(step(0xcbf2_9ce4_8422_2325, &tag), step)
}

/// Hands on numbers that are spread already.
#[derive(Clone, Default)]
pub(crate) struct Spread(u64);

impl std::hash::Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = fold(0, bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map from the numbers of questions. Nobody goes through it in its order.
pub(crate) type ByKey<T> = std::collections::HashMap<u64, T, std::hash::BuildHasherDefault<Spread>>;
