//! Where the boxes of each column stand.

use super::columns::Columns;
use super::tree::Edge;
use super::{GAP_X, GAP_Y};
use crate::geometry::{GRID, Point, Size};

/// How wide the rows of boxes that are linked to nothing may grow, if nothing else is wider.
const ROW: f64 = 776.0;

pub(super) fn place(columns: &Columns, sizes: &[Size], edges: &[Edge]) -> Vec<Point> {
    let mut places = vec![Point::default(); sizes.len()];
    let width = across(&columns.columns, sizes, &mut places);
    heights(&columns.columns, sizes, edges, &mut places);
    let linked = || columns.columns.iter().flatten().copied();
    let top = linked().map(|i| places[i].y).fold(f64::INFINITY, f64::min);
    let mut bottom = 0.0f64;
    for i in linked() {
        places[i].y -= top;
        bottom = bottom.max(places[i].y + sizes[i].h + GAP_Y);
    }
    rows(&columns.alone, sizes, bottom, width.max(ROW), &mut places);
    places
}

/// Columns from left to right, boxes in the middle of theirs; gives back the whole width.
fn across(columns: &[Vec<usize>], sizes: &[Size], places: &mut [Point]) -> f64 {
    let mut x = 0.0;
    for column in columns {
        let width = column.iter().map(|&i| sizes[i].w).fold(0.0, f64::max);
        for &i in column {
            places[i].x = x + down_to_grid((width - sizes[i].w) / 2.0);
        }
        x += width + GAP_X;
    }
    (x - GAP_X).max(0.0)
}

/// Heights: first below one another, then as near as can be to what is linked, from the left, from the right, and from both.
fn heights(columns: &[Vec<usize>], sizes: &[Size], edges: &[Edge], places: &mut [Point]) {
    for column in columns {
        settle(column, sizes, places, &|_| None);
    }
    for (leftwards, rightwards) in [(true, false), (false, true), (true, false), (true, true)] {
        for step in 0..columns.len() {
            let at = if leftwards { step } else { columns.len() - 1 - step };
            let before: Vec<Point> = places.to_vec();
            let wish = |i: usize| {
                let mut wishes = Vec::new();
                for edge in edges {
                    if leftwards && edge.to == i {
                        wishes.push(before[edge.from].y + edge.from_y - edge.to_y);
                    }
                    if rightwards && edge.from == i {
                        wishes.push(before[edge.to].y + edge.to_y - edge.from_y);
                    }
                }
                (!wishes.is_empty()).then(|| wishes.iter().sum::<f64>() / wishes.len() as f64)
            };
            settle(&columns[at], sizes, places, &wish);
        }
    }
}

/// Puts the boxes of a column where they wish to be, but below one another in their order. Those that wish for the same
/// place are moved up and down alike: neighbours are joined into blocks, and a block goes where its members wish on average.
fn settle(column: &[usize], sizes: &[Size], places: &mut [Point], wish: &dyn Fn(usize) -> Option<f64>) {
    // Blocks of (sum of wishes less the heights above, members).
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    let mut above = 0.0;
    for &i in column {
        blocks.push((wish(i).unwrap_or(places[i].y) - above, 1));
        while let [.., a, b] = blocks[..] {
            if a.0 / a.1 as f64 <= b.0 / b.1 as f64 {
                break;
            }
            blocks.truncate(blocks.len() - 2);
            blocks.push((a.0 + b.0, a.1 + b.1));
        }
        above += sizes[i].h + GAP_Y;
    }
    let starts = blocks.iter().flat_map(|&(sum, count)| std::iter::repeat_n(sum / count as f64, count));
    let (mut above, mut least) = (0.0, f64::NEG_INFINITY);
    for (&i, start) in column.iter().zip(starts) {
        places[i].y = to_grid(start + above).max(least);
        least = places[i].y + sizes[i].h + GAP_Y;
        above += sizes[i].h + GAP_Y;
    }
}

/// Rows from `top` on, at most `width` wide.
fn rows(alone: &[usize], sizes: &[Size], top: f64, width: f64, places: &mut [Point]) {
    let (mut x, mut y, mut tallest) = (0.0, top, 0.0f64);
    for &i in alone {
        if x > 0.0 && x + sizes[i].w > width {
            y += tallest + GAP_Y;
            (x, tallest) = (0.0, 0.0);
        }
        places[i] = Point::new(x, y);
        x += sizes[i].w + GAP_Y;
        tallest = tallest.max(sizes[i].h);
    }
}

fn to_grid(v: f64) -> f64 {
    (v / f64::from(GRID)).round() * f64::from(GRID)
}

fn down_to_grid(v: f64) -> f64 {
    (v / f64::from(GRID)).floor() * f64::from(GRID)
}
