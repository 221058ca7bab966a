//! An index that finds rectangles by place: a uniform grid whose cells are hashed into a fixed table.
//!
//! Things are known by small whole numbers (handles), as they come from counting. What is very large is kept in a
//! list of its own, so that one group around everything does not fill a thousand cells.

use crate::geometry::{Point, Rect};

/// The side of a cell in world units: a card with some air around it.
const CELL: f64 = 256.0;
/// How many lists the cells are hashed into; a power of two.
const BUCKETS: usize = 1024;
/// What covers more cells than this goes into the list of large things.
const MANY_CELLS: i64 = 48;

/// Rectangles by place.
#[derive(Clone, Debug, Default)]
pub struct SpatialIndex {
    rects: Vec<Option<Rect>>,
    buckets: Vec<Vec<u32>>,
    large: Vec<u32>,
    len: usize,
}

/// The cells that a rectangle touches, borders included.
#[derive(Clone, Copy, PartialEq)]
struct Cells {
    x0: i64,
    y0: i64,
    x1: i64,
    y1: i64,
}

impl Cells {
    fn of(rect: Rect) -> Self {
        let cell = |v: f64| (v / CELL).floor() as i64;
        Self { x0: cell(rect.x), y0: cell(rect.y), x1: cell(rect.right()), y1: cell(rect.bottom()) }
    }

    fn count(self) -> i64 {
        let side = |a: i64, b: i64| b.saturating_sub(a).saturating_add(1);
        side(self.x0, self.x1).saturating_mul(side(self.y0, self.y1))
    }

    fn for_each(self, mut act: impl FnMut(usize)) {
        for y in self.y0..=self.y1 {
            for x in self.x0..=self.x1 {
                act(bucket(x, y));
            }
        }
    }
}

/// Cells that are near each other must not meet in one bucket, else they can be any.
fn bucket(x: i64, y: i64) -> usize {
    let mixed = (x as u64).wrapping_add((y as u64).wrapping_mul(0x9E37_79B9)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 54) as usize & (BUCKETS - 1)
}

impl SpatialIndex {
    /// An empty index.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many things it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Where a thing is; `None` if it is not held.
    #[must_use]
    pub fn get(&self, handle: u32) -> Option<Rect> {
        self.rects.get(handle as usize).copied().flatten()
    }

    /// Takes a thing in or moves it; gives back where it was before.
    pub fn insert(&mut self, handle: u32, rect: Rect) -> Option<Rect> {
        if self.buckets.is_empty() {
            self.buckets.resize_with(BUCKETS, Vec::new);
        }
        let at = handle as usize;
        if self.rects.len() <= at {
            self.rects.resize(at + 1, None);
        }
        let before = self.rects[at].replace(rect);
        let cells = Cells::of(rect);
        match before {
            // Most moves stay in their cells.
            Some(old) if Cells::of(old) == cells => return before,
            Some(old) => self.unlist(handle, Cells::of(old)),
            None => self.len += 1,
        }
        if cells.count() > MANY_CELLS {
            self.large.push(handle);
        } else {
            cells.for_each(|b| {
                // Two cells of one thing may share a bucket: it is listed once.
                if !self.buckets[b].contains(&handle) {
                    self.buckets[b].push(handle);
                }
            });
        }
        before
    }

    /// Takes a thing out; gives back where it was.
    pub fn remove(&mut self, handle: u32) -> Option<Rect> {
        let before = self.rects.get_mut(handle as usize)?.take()?;
        self.unlist(handle, Cells::of(before));
        self.len -= 1;
        Some(before)
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn unlist(&mut self, handle: u32, cells: Cells) {
        if cells.count() > MANY_CELLS {
            self.large.retain(|&h| h != handle);
        } else {
            cells.for_each(|b| self.buckets[b].retain(|&h| h != handle));
        }
    }

    /// Everything that touches `area`, by rising handle, added to `found` after what it has.
    pub fn query_into(&self, area: Rect, found: &mut Vec<u32>) {
        let start = found.len();
        let touches = |handle: &u32| self.get(*handle).is_some_and(|rect| rect.touches(area));
        let cells = Cells::of(area);
        if cells.count() > BUCKETS as i64 / 2 {
            let all = self.rects.iter().enumerate();
            found.extend(all.filter(|(_, r)| r.is_some_and(|r| r.touches(area))).map(|(h, _)| h as u32));
            return;
        }
        found.extend(self.large.iter().copied().filter(touches));
        if !self.buckets.is_empty() {
            cells.for_each(|b| found.extend(self.buckets[b].iter().copied().filter(touches)));
        }
        found[start..].sort_unstable();
        dedup_from(found, start);
    }

    /// Everything that touches `area`, by rising handle.
    #[must_use]
    pub fn query(&self, area: Rect) -> Vec<u32> {
        let mut found = Vec::new();
        self.query_into(area, &mut found);
        found
    }

    /// Whether `test` holds of anything that touches `area`. It may be asked about one thing more than once.
    pub fn any(&self, area: Rect, test: &mut dyn FnMut(u32, Rect) -> bool) -> bool {
        let mut holds = |handle: u32| self.get(handle).is_some_and(|r| r.touches(area) && test(handle, r));
        let cells = Cells::of(area);
        if cells.count() > BUCKETS as i64 / 2 {
            return (0..self.rects.len() as u32).any(holds);
        }
        if self.large.iter().any(|&h| holds(h)) {
            return true;
        }
        let mut found = false;
        if !self.buckets.is_empty() {
            cells.for_each(|b| found = found || self.buckets[b].iter().any(|&h| holds(h)));
        }
        found
    }

    /// Everything under a point, borders included, by rising handle.
    #[must_use]
    pub fn at(&self, p: Point) -> Vec<u32> {
        self.query(Rect::new(p.x, p.y, 0.0, 0.0))
    }
}

/// Removes repeated neighbours from `start` on.
fn dedup_from(list: &mut Vec<u32>, start: usize) {
    let mut kept = start;
    for i in start..list.len() {
        if i == start || list[i] != list[kept - 1] {
            list[kept] = list[i];
            kept += 1;
        }
    }
    list.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn rects() -> impl Strategy<Value = Rect> {
        (-3000i32..3000, -3000i32..3000, 0i32..900, 0i32..900, 1i32..6)
            .prop_map(|(x, y, w, h, scale)| Rect::new(x.into(), y.into(), (w * scale).into(), (h * scale).into()))
    }

    #[test]
    fn finds_what_lies_under_a_point() {
        let mut index = SpatialIndex::new();
        index.insert(3, Rect::new(0.0, 0.0, 200.0, 72.0));
        index.insert(1, Rect::new(-1000.0, -1000.0, 5000.0, 5000.0));
        assert_eq!(index.at(Point::new(200.0, 72.0)), [1, 3]);
        assert_eq!(index.at(Point::new(201.0, 72.0)), [1]);
        assert_eq!(index.remove(1), Some(Rect::new(-1000.0, -1000.0, 5000.0, 5000.0)));
        assert!(index.at(Point::new(201.0, 72.0)).is_empty());
        assert_eq!(index.remove(1), None);
        assert_eq!(index.len(), 1);
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        assert!(SpatialIndex::new().query(Rect::new(-10.0, -10.0, 20.0, 20.0)).is_empty());
    }

    proptest! {
        #[test]
        fn agrees_with_looking_at_everything(
            steps in prop::collection::vec((0u32..30, prop::option::weighted(0.8, rects())), 1..80),
            areas in prop::collection::vec(rects(), 1..6),
        ) {
            let (mut index, mut plain) = (SpatialIndex::new(), BTreeMap::new());
            for (handle, rect) in steps {
                match rect {
                    Some(rect) => prop_assert_eq!(index.insert(handle, rect), plain.insert(handle, rect)),
                    None => prop_assert_eq!(index.remove(handle), plain.remove(&handle)),
                }
            }
            prop_assert_eq!(index.len(), plain.len());
            for area in areas {
                let expected: Vec<u32> = plain.iter().filter(|(_, r)| r.touches(area)).map(|(h, _)| *h).collect();
                let last = expected.last().copied();
                prop_assert_eq!(index.query(area), expected);
                prop_assert_eq!(index.any(area, &mut |h, _| Some(h) == last), last.is_some());
            }
        }
    }
}
