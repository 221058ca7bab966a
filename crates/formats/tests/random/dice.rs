//! Numbers that follow from a seed alone, the same on any machine.

/// SplitMix64 (Steele, Lea, Flood 2014): small, and good enough to choose by.
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    /// Dice that always fall the same way.
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Any number.
    pub(crate) fn any(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let number = self.any();
        usize::try_from(number.checked_rem(end as u64).unwrap_or(0)).unwrap_or(0)
    }

    /// Whether something happens that does so `percent` times in a hundred.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.any() % 100 < percent
    }

    /// One of these.
    pub(crate) fn of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// A number in this range, its ends more often than others.
    pub(crate) fn between(&mut self, min: i64, max: i64, step: i64) -> i64 {
        let span = u64::try_from(max.saturating_sub(min)).unwrap_or(0);
        let near = i64::try_from(self.any() % 8).unwrap_or(0).saturating_mul(step.max(1));
        match self.below(6) {
            0 => min,
            1 => max,
            2 | 3 => min.saturating_add(near).min(max),
            _ => min.saturating_add(i64::try_from(self.any() % span.saturating_add(1)).unwrap_or(0)),
        }
    }
}
