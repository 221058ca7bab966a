//! The plain shapes of links: straight, L, Z and U, cheapest first.

use super::{BEND, Plan};
use crate::geometry::{Point, Rect};
use crate::path::simplified;
use crate::ports::STUB;

/// A way, and what it costs.
pub(super) struct Shape {
    pub(super) points: Vec<Point>,
    cost: f64,
}

/// All plain ways from end to end that do not turn back on themselves, cheapest first.
pub(super) fn shapes(plan: &Plan) -> Vec<Shape> {
    let (start, goal) = (plan.start, plan.goal);
    let both = plan.from.rect.union(plan.to.rect).union(Rect::between(start, goal));
    let middle = start.middle(goal);
    let xs = [middle.x.round(), start.x, goal.x, both.x - STUB, both.right() + STUB];
    let ys = [middle.y.round(), start.y, goal.y, both.y - STUB, both.bottom() + STUB];
    let mut shapes: Vec<Shape> = Vec::with_capacity(10);
    for (x, y) in xs.into_iter().zip(ys) {
        add(&mut shapes, plan, Point::new(x, start.y), Point::new(x, goal.y));
        add(&mut shapes, plan, Point::new(start.x, y), Point::new(goal.x, y));
    }
    // Stable: of two that cost the same, the first one is taken, which bends in the middle.
    trazo_model::sort::sort_by(&mut shapes, |a, b| a.cost.total_cmp(&b.cost));
    shapes
}

fn add(shapes: &mut Vec<Shape>, plan: &Plan, a: Point, b: Point) {
    let points = simplified(&[plan.from.port.at, plan.start, a, b, plan.goal, plan.to.port.at]);
    if turns_back(&points) || shapes.iter().any(|s| s.points == points) {
        return;
    }
    let length: f64 = points.windows(2).map(|p| p[0].distance(p[1])).sum();
    let bends = points.len().saturating_sub(2);
    shapes.push(Shape { cost: length + BEND * bends as f64, points });
}

/// Whether two stretches in a row lie on one another.
fn turns_back(points: &[Point]) -> bool {
    points.windows(3).any(|p| (p[0].x == p[1].x && p[1].x == p[2].x) || (p[0].y == p[1].y && p[1].y == p[2].y))
}
