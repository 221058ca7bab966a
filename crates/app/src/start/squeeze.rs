//! One axis of a drawing, drawn together: cards are made narrower and the empty space between them smaller, so that a small
//! picture shows cards and not the space between them. What was left of something stays left of it.

/// How an axis is drawn together.
pub(super) struct Squeeze {
    /// Stretches that are filled, in order, parted by gaps.
    filled: Vec<(f64, f64)>,
    /// What a unit of a filled stretch becomes.
    scale: f64,
    /// The most that a gap becomes.
    gap: f64,
}

impl Squeeze {
    /// An axis on which cards lie at these stretches.
    pub(super) fn new(stretches: impl Iterator<Item = (i32, i32)>, scale: f64, gap: f64) -> Self {
        let mut all: Vec<(f64, f64)> = stretches.map(|(a, b)| (f64::from(a), f64::from(b))).collect();
        trazo_model::sort::sort_by(&mut all, |a, b| a.0.total_cmp(&b.0));
        let mut filled: Vec<(f64, f64)> = Vec::new();
        for (from, to) in all {
            match filled.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => filled.push((from, to)),
            }
        }
        Self { filled, scale, gap }
    }

    /// Where a place comes to lie.
    pub(super) fn at(&self, place: i32) -> f64 {
        let place = f64::from(place);
        let Some(&(first, _)) = self.filled.first() else { return place * self.scale };
        if place <= first {
            return (place - first) * self.scale;
        }
        let mut sum = 0.0;
        let mut end = first;
        for &(from, to) in &self.filled {
            let gap = from - end;
            let shrink = if gap > 0.0 { (self.gap / gap).min(self.scale) } else { 1.0 };
            if place < from {
                return sum + (place - end) * shrink;
            }
            sum += gap * shrink;
            if place <= to {
                return sum + (place - from) * self.scale;
            }
            sum += (to - from) * self.scale;
            end = to;
        }
        sum + (place - end) * self.scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squeeze() -> Squeeze {
        Squeeze::new([(400, 600), (0, 200), (500, 700), (2000, 2200)].into_iter(), 0.5, 50.0)
    }

    #[test]
    fn cards_shrink_and_gaps_are_cut() {
        let squeeze = squeeze();
        assert_eq!([0, 200, 400, 700].map(|place| squeeze.at(place)), [0.0, 100.0, 150.0, 300.0]);
        assert_eq!(squeeze.at(2000), 350.0);
    }

    #[test]
    fn what_was_left_of_something_stays_left_of_it() {
        let squeeze = squeeze();
        let places: Vec<f64> = (-500..3000).map(|place| squeeze.at(place)).collect();
        assert!(places.is_sorted_by(|a, b| a < b));
        assert!(Squeeze::new([].into_iter(), 0.5, 50.0).at(3) > 0.0);
    }
}
