//! What lies under the pointer.
//!
//! Ports and resize handles come first since they are small; then cards and notes, the last drawn on top; then the headers
//! and borders of groups, inner ones first; then links; last the inside of groups.

use crate::geometry::{Point, Rect};
use crate::path;
use crate::ports::Side;
use crate::spatial::SpatialIndex;

/// The height of a group's header in world units.
pub const HEADER: f64 = 40.0;
/// How near the pointer must be to a port, in pixels.
const PORT: f64 = 9.0;
/// How near the pointer must be to a handle, in pixels.
const HANDLE: f64 = 7.0;
/// How near the pointer must be to a group's border, in pixels.
const BORDER: f64 = 5.0;
/// How near the pointer must be to a link, in pixels.
const LINK: f64 = 7.0;

/// The handles by which a node is resized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// Upper left corner.
    TopLeft,
    /// Upper side.
    Top,
    /// Upper right corner.
    TopRight,
    /// Right side.
    Right,
    /// Lower right corner.
    BottomRight,
    /// Lower side.
    Bottom,
    /// Lower left corner.
    BottomLeft,
    /// Left side.
    Left,
}

/// All grips, clockwise from the upper left corner.
pub const GRIPS: [Grip; 8] = [
    Grip::TopLeft,
    Grip::Top,
    Grip::TopRight,
    Grip::Right,
    Grip::BottomRight,
    Grip::Bottom,
    Grip::BottomLeft,
    Grip::Left,
];

impl Grip {
    /// Which edges it moves: -1 the left or upper, 1 the right or lower, 0 none.
    #[must_use]
    pub const fn pulls(self) -> (i8, i8) {
        match self {
            Self::TopLeft => (-1, -1),
            Self::Top => (0, -1),
            Self::TopRight => (1, -1),
            Self::Right => (1, 0),
            Self::BottomRight => (1, 1),
            Self::Bottom => (0, 1),
            Self::BottomLeft => (-1, 1),
            Self::Left => (-1, 0),
        }
    }

    /// Where it is on `rect`.
    #[must_use]
    pub fn at(self, rect: Rect) -> Point {
        let (x, y) = self.pulls();
        let c = rect.center();
        Point::new(c.x + f64::from(x) * rect.w / 2.0, c.y + f64::from(y) * rect.h / 2.0)
    }
}

/// What kind of thing a node is for the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A card, which has ports.
    Card,
    /// A group.
    Group,
    /// A note.
    Note,
}

/// What has to be known of a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    /// Where it lies.
    pub rect: Rect,
    /// What it is.
    pub form: Form,
    /// How many groups it lies in.
    pub depth: u32,
    /// Its place in the document: of two cards the later one is on top.
    pub order: u32,
    /// Whether its handles are shown.
    pub has_grips: bool,
}

impl Item {
    /// What is drawn over what, least first: groups, outer ones first, then cards and notes as the document has them.
    #[must_use]
    pub fn layer(&self) -> (bool, u32, u32) {
        match self.form {
            Form::Group => (false, self.depth, self.order),
            Form::Card | Form::Note => (true, 0, self.order),
        }
    }
}

/// Everything that can be hit.
#[derive(Clone, Copy)]
pub struct Things<'a> {
    /// The nodes by place.
    pub nodes: &'a SpatialIndex,
    /// What a node is.
    pub item: &'a dyn Fn(u32) -> Option<Item>,
    /// The rectangles around the links.
    pub links: &'a SpatialIndex,
    /// The way of a link.
    pub line: &'a dyn Fn(u32) -> Option<&'a [Point]>,
}

/// What was hit. Numbers are handles of nodes and links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hit {
    /// The empty canvas.
    #[default]
    Nothing,
    /// A handle to resize a node with.
    Grip(u32, Grip),
    /// A port of a card.
    Port(u32, Side),
    /// A card.
    Card(u32),
    /// A note.
    Note(u32),
    /// The header of a group.
    Header(u32),
    /// The border of a group.
    Border(u32),
    /// The inside of a group.
    Body(u32),
    /// A link.
    Link(u32),
}

impl Hit {
    /// The node that was hit, if it was one.
    #[must_use]
    pub const fn node(self) -> Option<u32> {
        match self {
            Self::Nothing | Self::Link(_) => None,
            Self::Grip(n, _) | Self::Port(n, _) => Some(n),
            Self::Card(n) | Self::Note(n) | Self::Header(n) | Self::Border(n) | Self::Body(n) => Some(n),
        }
    }
}

/// What lies at `p` (world), where a pixel is `pixel` world units long.
#[must_use]
pub fn hit(things: &Things<'_>, p: Point, pixel: f64) -> Hit {
    let near = Rect::between(p, p).inflate(PORT.max(HANDLE) * pixel);
    let mut items: Vec<(u32, Item)> =
        things.nodes.query(near).into_iter().filter_map(|n| Some((n, (things.item)(n)?))).collect();
    // What is on top first: cards over groups, inner groups over outer ones, later over earlier.
    trazo_model::sort::sort_by_key(&mut items, |(_, item)| std::cmp::Reverse(item.layer()));
    grip(&items, p, pixel)
        .or_else(|| card(&items, p, pixel))
        .or_else(|| frame(&items, p, pixel))
        .or_else(|| link(things, p, pixel))
        .or_else(|| body(&items, p))
        .unwrap_or_default()
}

fn grip(items: &[(u32, Item)], p: Point, pixel: f64) -> Option<Hit> {
    let reach = HANDLE * pixel;
    items.iter().filter(|(_, item)| item.has_grips).find_map(|(node, item)| {
        let near = |grip: Grip| {
            let (x, y) = grip.pulls();
            let at = grip.at(item.rect);
            // Sides can be pulled anywhere along their length, corners only near the corner.
            let (dx, dy) = ((p.x - at.x).abs(), (p.y - at.y).abs());
            let along = |pull: i8, d: f64, half: f64| if pull == 0 { d <= half } else { d <= reach };
            along(x, dx, item.rect.w / 2.0) && along(y, dy, item.rect.h / 2.0)
        };
        let corners = GRIPS.iter().filter(|g| g.pulls().0 != 0 && g.pulls().1 != 0);
        let sides = GRIPS.iter().filter(|g| g.pulls().0 == 0 || g.pulls().1 == 0);
        corners.chain(sides).find(|g| near(**g)).map(|g| Hit::Grip(*node, *g))
    })
}

/// A card that lies under the pointer hides the ports of those below it.
fn card(items: &[(u32, Item)], p: Point, pixel: f64) -> Option<Hit> {
    for (node, item) in items {
        match item.form {
            Form::Card => {
                let port = [Side::Right, Side::Left].into_iter();
                let near = |side: &Side| side.middle(item.rect).distance(p) <= PORT * pixel;
                if let Some(side) = port.into_iter().find(near) {
                    return Some(Hit::Port(*node, side));
                }
                if item.rect.contains(p) {
                    return Some(Hit::Card(*node));
                }
            }
            Form::Note if item.rect.contains(p) => return Some(Hit::Note(*node)),
            Form::Note | Form::Group => {}
        }
    }
    None
}

fn frame(items: &[(u32, Item)], p: Point, pixel: f64) -> Option<Hit> {
    let border = BORDER * pixel;
    items.iter().filter(|(_, item)| item.form == Form::Group).find_map(|(node, item)| {
        let rect = item.rect;
        if !rect.inflate(border).contains(p) {
            None
        } else if rect.contains(p) && p.y <= rect.y + HEADER {
            Some(Hit::Header(*node))
        } else {
            (!rect.inflate(-border).contains(p)).then_some(Hit::Border(*node))
        }
    })
}

fn link(things: &Things<'_>, p: Point, pixel: f64) -> Option<Hit> {
    let reach = LINK * pixel;
    let mut best: Option<(f64, u32)> = None;
    for handle in things.links.query(Rect::between(p, p).inflate(reach)) {
        let distance = (things.line)(handle).map_or(f64::INFINITY, |points| path::distance(points, p));
        if distance <= reach && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, handle));
        }
    }
    best.map(|(_, handle)| Hit::Link(handle))
}

fn body(items: &[(u32, Item)], p: Point) -> Option<Hit> {
    items.iter().find(|(_, item)| item.form == Form::Group && item.rect.contains(p)).map(|(node, _)| Hit::Body(*node))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(rect: Rect, form: Form, depth: u32, order: u32) -> Item {
        Item { rect, form, depth, order, has_grips: false }
    }

    /// A group with a group in it, with a card in that, a second card half over the first, and a link.
    fn scene() -> Vec<Item> {
        vec![
            item(Rect::new(0.0, 0.0, 800.0, 600.0), Form::Group, 0, 0),
            item(Rect::new(40.0, 80.0, 500.0, 400.0), Form::Group, 1, 1),
            item(Rect::new(80.0, 160.0, 200.0, 72.0), Form::Card, 2, 2),
            item(Rect::new(180.0, 160.0, 200.0, 72.0), Form::Card, 0, 3),
            item(Rect::new(80.0, 300.0, 200.0, 120.0), Form::Note, 2, 4),
        ]
    }

    fn at(items: &[Item], x: f64, y: f64) -> Hit {
        let mut nodes = SpatialIndex::new();
        for (i, item) in items.iter().enumerate() {
            nodes.insert(i as u32, item.rect);
        }
        let line = [Point::new(380.0, 196.0), Point::new(700.0, 196.0), Point::new(700.0, 500.0)];
        let mut links = SpatialIndex::new();
        links.insert(0, Rect::new(380.0, 196.0, 320.0, 304.0));
        let things =
            Things { nodes: &nodes, item: &|n| items.get(n as usize).copied(), links: &links, line: &|_| Some(&line) };
        hit(&things, Point::new(x, y), 1.0)
    }

    #[test]
    fn cards_lie_over_links_and_links_over_groups() {
        let scene = scene();
        assert_eq!(at(&scene, 100.0, 200.0), Hit::Card(2));
        assert_eq!(at(&scene, 100.0, 350.0), Hit::Note(4));
        assert_eq!(at(&scene, 450.0, 200.0), Hit::Link(0));
        assert_eq!(at(&scene, 450.0, 220.0), Hit::Body(1));
        assert_eq!(at(&scene, 700.0, 300.0), Hit::Link(0));
        assert_eq!(at(&scene, 600.0, 300.0), Hit::Body(0));
        assert_eq!(at(&scene, 900.0, 300.0), Hit::Nothing);
    }

    #[test]
    fn inner_groups_lie_over_outer_ones() {
        let mut scene = scene();
        assert_eq!(at(&scene, 450.0, 10.0), Hit::Header(0));
        assert_eq!(at(&scene, 450.0, 90.0), Hit::Header(1));
        assert_eq!(at(&scene, 42.0, 300.0), Hit::Border(1));
        assert_eq!(at(&scene, 803.0, 300.0), Hit::Border(0));
        scene[1].depth = 0;
        scene[1].order = 9;
        assert_eq!(at(&scene, 450.0, 90.0), Hit::Header(1));
    }

    #[test]
    fn ports_reach_beyond_their_card_but_not_through_another() {
        let scene = scene();
        assert_eq!(at(&scene, 385.0, 196.0), Hit::Port(3, Side::Right));
        assert_eq!(at(&scene, 75.0, 196.0), Hit::Port(2, Side::Left));
        // The right port of the lower card is hidden.
        assert_eq!(at(&scene, 280.0, 196.0), Hit::Card(3));
    }

    #[test]
    fn handles_are_there_when_they_are_shown() {
        let mut scene = scene();
        scene[1].has_grips = true;
        assert_eq!(at(&scene, 540.0, 480.0), Hit::Grip(1, Grip::BottomRight));
        assert_eq!(at(&scene, 543.0, 300.0), Hit::Grip(1, Grip::Right));
        assert_eq!(at(&scene, 800.0, 600.0), Hit::Border(0));
    }
}
