//! The search for a way round: A* over the lines that run beside the obstacles.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{BEND, Obstacles, Plan};
use crate::geometry::{Point, Rect};
use crate::path::simplified;
use crate::ports::Side;

/// How far around the ends a way is looked for.
const AREA: f64 = 240.0;
/// With more obstacles than this in the area there is no search: the grid grows with their square.
const MAX_OBSTACLES: usize = 80;
/// How many steps a search may take.
const MAX_STEPS: usize = 8000;
/// Costs are whole numbers, in quarters of a unit, so that their order is the same everywhere.
const SCALE: f64 = 4.0;

/// Right, down, left, up.
const STEPS: [(i32, i32); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];

/// Where the search looks.
pub(super) fn area(plan: &Plan) -> Rect {
    plan.from.rect.union(plan.to.rect).union(Rect::between(plan.start, plan.goal)).inflate(AREA)
}

/// The cheapest way that stays `clearance` away from all obstacles; `None` if there is none or the search is too long.
pub(super) fn search(plan: &Plan, obstacles: &Obstacles<'_>, clearance: f64) -> Option<Vec<Point>> {
    let area = area(plan);
    let mut walls = Vec::new();
    for handle in obstacles.index.query(area) {
        if (obstacles.blocks)(handle) {
            walls.extend(obstacles.index.get(handle).map(|rect| rect.inflate(clearance)));
        }
    }
    let inside = |p: Point| walls.iter().any(|w| w.overlaps(Rect::between(p, p)));
    if walls.len() > MAX_OBSTACLES || inside(plan.start) || inside(plan.goal) {
        return None;
    }
    let grid = Grid::new(plan, area, &walls);
    let mut points = grid.path(plan)?;
    points.insert(0, plan.from.port.at);
    points.push(plan.to.port.at);
    Some(simplified(&points))
}

/// The lines, and which stretches between their crossings are blocked.
struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// Whether the stretch from a crossing to the next on its right is blocked.
    level: Vec<bool>,
    /// Whether the stretch from a crossing to the next below is blocked.
    upright: Vec<bool>,
}

impl Grid {
    fn new(plan: &Plan, area: Rect, walls: &[Rect]) -> Self {
        let middle = plan.start.middle(plan.goal);
        let mut xs = vec![plan.start.x, plan.goal.x, middle.x.round()];
        let mut ys = vec![plan.start.y, plan.goal.y, middle.y.round()];
        for wall in walls {
            xs.extend([wall.x, wall.right()]);
            ys.extend([wall.y, wall.bottom()]);
        }
        xs.retain(|&x| x >= area.x && x <= area.right());
        ys.retain(|&y| y >= area.y && y <= area.bottom());
        for lines in [&mut xs, &mut ys] {
            lines.sort_by(f64::total_cmp);
            lines.dedup();
        }
        let crossings = xs.len() * ys.len();
        let mut grid = Self { xs, ys, level: vec![false; crossings], upright: vec![false; crossings] };
        for wall in walls {
            grid.block(*wall);
        }
        grid
    }

    fn block(&mut self, wall: Rect) {
        // The lines strictly inside, and the stretches that reach inside.
        let inside = |lines: &[f64], low: f64, high: f64| {
            lines.partition_point(|&v| v <= low)..lines.partition_point(|&v| v < high)
        };
        let across = |lines: &[f64], low: f64, high: f64| {
            lines.partition_point(|&v| v <= low).saturating_sub(1)..lines.partition_point(|&v| v < high)
        };
        let width = self.xs.len();
        for j in inside(&self.ys, wall.y, wall.bottom()) {
            for i in across(&self.xs, wall.x, wall.right()) {
                self.level[j * width + i] = true;
            }
        }
        for j in across(&self.ys, wall.y, wall.bottom()) {
            for i in inside(&self.xs, wall.x, wall.right()) {
                self.upright[j * width + i] = true;
            }
        }
    }

    fn crossing(&self, p: Point) -> Option<usize> {
        let i = self.xs.binary_search_by(|x| x.total_cmp(&p.x)).ok()?;
        let j = self.ys.binary_search_by(|y| y.total_cmp(&p.y)).ok()?;
        Some(j * self.xs.len() + i)
    }

    fn point(&self, crossing: usize) -> Point {
        Point::new(self.xs[crossing % self.xs.len()], self.ys[crossing / self.xs.len()])
    }

    /// The next crossing in a direction, if the way there is free.
    fn next(&self, crossing: usize, direction: usize) -> Option<usize> {
        let width = self.xs.len();
        let (i, j) = (crossing % width, crossing / width);
        match direction {
            0 if i + 1 < width && !self.level[crossing] => Some(crossing + 1),
            1 if j + 1 < self.ys.len() && !self.upright[crossing] => Some(crossing + width),
            2 if i > 0 && !self.level[crossing - 1] => Some(crossing - 1),
            3 if j > 0 && !self.upright[crossing - width] => Some(crossing - width),
            _ => None,
        }
    }

    /// A*: a state is a crossing and the direction of arrival, `crossing × 4 + direction`.
    fn path(&self, plan: &Plan) -> Option<Vec<Point>> {
        let (start, goal) = (self.crossing(plan.start)?, self.crossing(plan.goal)?);
        let first = start * 4 + direction_out(plan.from.port.side);
        let arrival = (direction_out(plan.to.port.side) + 2) % 4;
        let states = self.xs.len() * self.ys.len() * 4;
        let (mut cost, mut before) = (vec![u32::MAX; states], vec![u32::MAX; states]);
        let mut open = BinaryHeap::new();
        cost[first] = 0;
        open.push(Reverse((self.at_least(start, plan.goal), first as u32)));
        for _ in 0..MAX_STEPS {
            let Reverse((estimate, state)) = open.pop()?;
            let (state, here) = (state as usize, state as usize / 4);
            let heading = state % 4;
            if estimate > cost[state].saturating_add(self.at_least(here, plan.goal)) {
                continue;
            }
            if here == goal && heading == arrival {
                return Some(self.trace(&before, state));
            }
            for turn in [0, 1, 3] {
                let direction = (heading + turn) % 4;
                // At the goal, turning on the spot is what is left to do.
                let there = if here == goal && direction == arrival { Some(here) } else { self.next(here, direction) };
                let Some(there) = there else { continue };
                let step = self.point(here).distance(self.point(there)) + if turn == 0 { 0.0 } else { BEND };
                let (next, total) = (there * 4 + direction, cost[state].saturating_add(scaled(step)));
                if total < cost[next] {
                    cost[next] = total;
                    before[next] = state as u32;
                    open.push(Reverse((total.saturating_add(self.at_least(there, plan.goal)), next as u32)));
                }
            }
        }
        None
    }

    /// What the rest of the way costs at least.
    fn at_least(&self, crossing: usize, goal: Point) -> u32 {
        let p = self.point(crossing);
        let (dx, dy) = ((p.x - goal.x).abs(), (p.y - goal.y).abs());
        scaled(dx + dy + if dx > 0.0 && dy > 0.0 { BEND } else { 0.0 })
    }

    fn trace(&self, before: &[u32], last: usize) -> Vec<Point> {
        let mut points = vec![self.point(last / 4)];
        let mut state = last;
        while before[state] != u32::MAX {
            state = before[state] as usize;
            points.push(self.point(state / 4));
        }
        points.reverse();
        points
    }
}

fn scaled(length: f64) -> u32 {
    (length * SCALE).round() as u32
}

/// The index in [`STEPS`] that leads out of a side.
fn direction_out(side: Side) -> usize {
    let (dx, dy) = side.out();
    STEPS.iter().position(|&(x, y)| (f64::from(x), f64::from(y)) == (dx, dy)).unwrap_or(0)
}
