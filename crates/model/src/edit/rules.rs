//! The rules of the document.

use crate::edit::{EditError, kind_of};
use crate::ids::is_id;
use crate::node::Placement;
use crate::spec::{LinkSpec, Shape};
use crate::{Design, Kind, Link, Node, NodeId};

/// No coordinate lies farther from the origin, and nothing is larger.
const FAR: i32 = 1_000_000;

/// Why two nodes cannot be linked. The text for a person is `refusal.<key>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A node cannot be linked with itself.
    Itself,
    /// These kinds cannot be linked in this direction.
    Kinds,
    /// These kinds can be linked, but the other way round.
    Backwards,
    /// They are linked already.
    Already,
    /// No further link of this kind may begin there.
    FullFrom,
    /// No further link of this kind may end there.
    FullTo,
}

impl Refusal {
    /// Its name in text keys.
    pub fn key(self) -> &'static str {
        match self {
            Self::Itself => "itself",
            Self::Kinds => "kinds",
            Self::Backwards => "backwards",
            Self::Already => "already",
            Self::FullFrom => "full_from",
            Self::FullTo => "full_to",
        }
    }
}

/// Whether a link may be drawn from one node to another, and what it would be.
///
/// # Errors
/// The reason why not. Nodes that do not exist count as [`Refusal::Kinds`].
pub fn can_link(design: &Design, from: &NodeId, to: &NodeId) -> Result<&'static LinkSpec, Refusal> {
    if from == to {
        return Err(Refusal::Itself);
    }
    let (Some(start), Some(end)) = (design.node(from), design.node(to)) else {
        return Err(Refusal::Kinds);
    };
    let Some(spec) = start.kind().link_to(end.kind()) else {
        let backwards = end.kind().link_to(start.kind()).is_some();
        return Err(if backwards { Refusal::Backwards } else { Refusal::Kinds });
    };
    if design.link_between(from, to).is_some() {
        return Err(Refusal::Already);
    }
    let full = |max: usize, count: usize| max > 0 && count >= max;
    if full(spec.max_out, design.links_from(from).filter(|link| link.kind() == spec.kind).count()) {
        return Err(Refusal::FullFrom);
    }
    if full(spec.max_in, design.links_to(to).filter(|link| link.kind() == spec.kind).count()) {
        return Err(Refusal::FullTo);
    }
    Ok(spec)
}

/// Whether a node of `kind` may lie in `group`; anything may lie in none.
pub fn can_lie_in(design: &Design, kind: Kind, group: Option<&NodeId>) -> bool {
    match group {
        None => true,
        Some(id) => design.node(id).is_some_and(|group| kind.spec().lies_in.contains(&group.kind())),
    }
}

pub(super) fn node_may_be_added(design: &Design, node: &Node) -> Result<(), EditError> {
    if !is_id(node.id.as_str()) || design.node(&node.id).is_some() {
        return Err(EditError::BadId(node.id.to_string()));
    }
    place_is_legal(design, node.kind(), &node.id, &node.place)
}

pub(super) fn node_may_be_removed(design: &Design, id: &NodeId) -> Result<(), EditError> {
    kind_of(design, id)?;
    if design.links_of(id).next().is_some() || design.children(id).next().is_some() {
        return Err(EditError::InUse(id.clone()));
    }
    Ok(())
}

pub(super) fn link_may_be_added(design: &Design, link: &Link) -> Result<(), EditError> {
    if !is_id(link.id.as_str()) || design.link(&link.id).is_some() {
        return Err(EditError::BadId(link.id.to_string()));
    }
    kind_of(design, &link.from)?;
    kind_of(design, &link.to)?;
    let spec = can_link(design, &link.from, &link.to).map_err(EditError::Link)?;
    if spec.kind == link.kind() { Ok(()) } else { Err(EditError::Link(Refusal::Kinds)) }
}

pub(super) fn node_may_be_placed(design: &Design, id: &NodeId, place: &Placement) -> Result<(), EditError> {
    let kind = kind_of(design, id)?;
    place_is_legal(design, kind, id, place)?;
    // A group can not lie in itself, nor in anything that lies in it.
    if let Some(parent) = &place.parent
        && (parent == id || design.ancestors(parent).any(|above| &above.id == id))
    {
        return Err(EditError::BadParent(id.clone(), parent.clone()));
    }
    Ok(())
}

fn place_is_legal(design: &Design, kind: Kind, id: &NodeId, place: &Placement) -> Result<(), EditError> {
    let shape = kind.spec().shape;
    let in_range = |n: i32| (-FAR..=FAR).contains(&n);
    let size_fits = match place.size {
        None => shape == Shape::Card,
        Some(size) => {
            let min = shape.min_size();
            shape != Shape::Card && size.w >= min.w && size.h >= min.h && in_range(size.w) && in_range(size.h)
        }
    };
    if !size_fits || !in_range(place.x) || !in_range(place.y) {
        return Err(EditError::BadPlace(id.clone()));
    }
    match &place.parent {
        Some(parent) if !can_lie_in(design, kind, Some(parent)) => {
            Err(EditError::BadParent(id.clone(), parent.clone()))
        }
        _ => Ok(()),
    }
}
