//! Routes of links: at right angles, around nodes, with few bends.
//!
//! The plain shapes (straight, L, Z, U) are tried first, cheapest first; nearly every link is one of them. Where all of them
//! run into something, a search over the lines beside the obstacles finds a way round. It is bounded, and what it cannot
//! find is drawn as the plain shape that runs into least.
//!
//! A route depends on nothing but its ends and the obstacles that touch its [`Route::reach`]; whoever keeps routes needs to
//! ask again only when one of these changes.

mod search;
mod shapes;

use crate::geometry::{Point, Rect};
use crate::ports::{Port, STUB};
use crate::spatial::SpatialIndex;

/// How far routes stay away from obstacles where there is room, and where there is not.
const CLEARANCES: [f64; 2] = [12.0, TIGHT];
/// The least that routes stay away from obstacles.
pub const TIGHT: f64 = 3.0;
/// What a bend costs, as units of length.
const BEND: f64 = 40.0;

/// What routes go around.
#[derive(Clone, Copy)]
pub struct Obstacles<'a> {
    /// Where things are.
    pub index: &'a SpatialIndex,
    /// Which of them are in the way of this link.
    pub blocks: &'a dyn Fn(u32) -> bool,
}

impl Obstacles<'_> {
    fn hit(&self, a: Point, b: Point, clearance: f64) -> bool {
        let stretch = Rect::between(a, b);
        self.index.any(stretch.inflate(clearance), &mut |handle, rect| {
            rect.inflate(clearance).overlaps(stretch) && (self.blocks)(handle)
        })
    }
}

/// Whether a stretch can be moved to where it goes from `a` to `b`.
#[must_use]
pub fn is_free(obstacles: &Obstacles<'_>, a: Point, b: Point) -> bool {
    !obstacles.hit(a, b, TIGHT)
}

/// One end of a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// The port.
    pub port: Port,
    /// The node that the port is on; of no size for a link that ends in the air.
    pub rect: Rect,
}

impl End {
    /// An end in the air.
    #[must_use]
    pub fn loose(port: Port) -> Self {
        Self { port, rect: Rect::between(port.at, port.at) }
    }
}

/// The way of a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// From port to port; each stretch is level or upright.
    pub points: Vec<Point>,
    /// The part of the world that was looked at: obstacles that do not touch it do not matter.
    pub reach: Rect,
}

/// Finds the way from `from` to `to`.
#[must_use]
pub fn route(from: End, to: End, obstacles: &Obstacles<'_>) -> Route {
    let plan = Plan::new(from, to);
    let shapes = shapes::shapes(&plan);
    let mut reach = Rect::between(from.port.at, to.port.at);
    for clearance in CLEARANCES {
        for shape in &shapes {
            reach = reach.union(around(&shape.points).inflate(clearance));
            if plan.is_clear(&shape.points, obstacles, clearance) {
                return Route { points: shape.points.clone(), reach };
            }
        }
        reach = reach.union(search::area(&plan));
        if let Some(points) = search::search(&plan, obstacles, clearance) {
            return Route { points, reach };
        }
    }
    let hits = |points: &[Point]| points.windows(2).filter(|p| obstacles.hit(p[0], p[1], TIGHT)).count();
    let least = shapes.into_iter().min_by_key(|shape| hits(&shape.points));
    let points = least.map_or_else(|| vec![from.port.at, to.port.at], |shape| shape.points);
    Route { points, reach }
}

fn around(points: &[Point]) -> Rect {
    Rect::around(points).unwrap_or_default()
}

/// What is asked for: the ends, and the points at which the link may first and last turn.
struct Plan {
    from: End,
    to: End,
    start: Point,
    goal: Point,
}

impl Plan {
    fn new(from: End, to: End) -> Self {
        let stub = stub(from.port, to.port);
        Self { from, to, start: from.port.ahead(stub), goal: to.port.ahead(stub) }
    }

    /// Whether all but the stubs stays `clearance` away from what is in the way.
    fn is_clear(&self, points: &[Point], obstacles: &Obstacles<'_>, clearance: f64) -> bool {
        let last = points.len().saturating_sub(1);
        points.windows(2).enumerate().all(|(i, pair)| {
            // A stub is too near its own node by its nature.
            let a = if i == 0 { nearer(pair[0], self.start, pair[1]) } else { pair[0] };
            let b = if i + 1 == last { nearer(pair[1], self.goal, pair[0]) } else { pair[1] };
            !obstacles.hit(a, b, clearance)
        })
    }
}

/// The end of a stub if it lies on the stretch from `port` to `other`, else `other`.
fn nearer(port: Point, stub: Point, other: Point) -> Point {
    if port.distance(stub) <= port.distance(other) { stub } else { other }
}

/// How far straight out of both ports: less where they face each other closely.
fn stub(from: Port, to: Port) -> f64 {
    let (dx, dy) = from.side.out();
    let (ox, oy) = to.side.out();
    let gap = (to.at.x - from.at.x) * dx + (to.at.y - from.at.y) * dy;
    let facing = dx == -ox && dy == -oy && gap > 0.0;
    if facing { STUB.min(gap / 2.0) } else { STUB }
}

#[cfg(test)]
mod tests;
