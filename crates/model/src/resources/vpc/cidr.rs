//! IPv4 blocks: reading them, and dividing one into subnets.

use std::fmt;

/// The shortest prefix of a VPC or subnet that AWS takes
/// (<https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html>).
pub const SHORTEST: u32 = 16;
/// The longest prefix of a VPC or subnet that AWS takes.
pub const LONGEST: u32 = 28;

/// An IPv4 block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its first address.
    pub first: u32,
    /// Length of its prefix, 0 to 32.
    pub prefix: u32,
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.first.to_be_bytes();
        write!(f, "{a}.{b}.{c}.{d}/{}", self.prefix)
    }
}

impl Block {
    /// The block that `text` names (`10.0.0.0/16`); bits behind the prefix are cleared, as AWS does.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.trim().split_once('/')?;
        let prefix = number(prefix).filter(|prefix| *prefix <= 32)?;
        let mut first = 0;
        let mut parts = 0;
        for part in address.split('.') {
            let byte = number(part).filter(|byte| *byte <= 255)?;
            first = (first << 8) | byte;
            parts += 1;
            if parts > 4 {
                return None;
            }
        }
        (parts == 4).then_some(Self { first, prefix }.canonical())
    }

    /// The same block with the bits behind its prefix cleared.
    #[must_use]
    pub fn canonical(self) -> Self {
        Self { first: self.first & mask(self.prefix), ..self }
    }

    /// Whether all of it is in the ranges that are set aside for private networks (RFC 1918).
    pub fn is_private(&self) -> bool {
        [(0x0A00_0000, 8), (0xAC10_0000, 12), (0xC0A8_0000, 16)]
            .iter()
            .any(|(first, prefix)| self.prefix >= *prefix && self.first & mask(*prefix) == *first)
    }

    /// Whether an address lies in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let shorter = mask(self.prefix.min(other.prefix));
        self.first & shorter == other.first & shorter
    }

    /// The `n`th block of those with `prefix` that divide it.
    fn part(&self, prefix: u32, n: u32) -> Self {
        let size = 1u32.checked_shl(32 - prefix).unwrap_or(0);
        Self { first: self.first.wrapping_add(size.wrapping_mul(n)), prefix }
    }
}

fn mask(prefix: u32) -> u32 {
    u32::MAX.checked_shl(32 - prefix).unwrap_or(0)
}

/// A number of one to three digits.
fn number(text: &str) -> Option<u32> {
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// The subnets of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subnets {
    /// One for each zone.
    pub public: Vec<Block>,
    /// One for each zone, or none at all.
    pub private: Vec<Block>,
}

/// Divides a block: public subnets from its beginning, private ones from its middle, all of one size. `None` where they would
/// be smaller than AWS allows.
pub fn divide(block: Block, zones: u32, private: bool) -> Option<Subnets> {
    let least = match (zones, private) {
        (0..=2, false) => 1,
        (0..=2, true) | (_, false) => 2,
        (_, true) => 3,
    };
    // Sixteen parts, as AWS's console proposes, as long as each keeps at least 256 addresses.
    let bits = if block.prefix <= 20 { 4 } else { least };
    let prefix = block.prefix + bits;
    if block.prefix < SHORTEST || prefix > LONGEST {
        return None;
    }
    let half = 1u32 << (bits - 1);
    Some(Subnets {
        public: (0..zones).map(|zone| block.part(prefix, zone)).collect(),
        private: if private { (0..zones).map(|zone| block.part(prefix, half + zone)).collect() } else { Vec::new() },
    })
}

/// Divides a block into subnets of given sizes: public ones from its beginning, private ones from its middle where both halves
/// hold theirs, else behind the public ones. `None` where they do not fit, or AWS does not allow their size.
pub fn divide_into(block: Block, zones: u32, public: u32, private: Option<u32>) -> Option<Subnets> {
    let allowed = |prefix: u32| (SHORTEST.max(block.prefix)..=LONGEST).contains(&prefix);
    if block.prefix > 32 || !allowed(public) || private.is_some_and(|prefix| !allowed(prefix)) {
        return None;
    }
    let size = |prefix: u32| 1u64 << (32 - prefix);
    let (whole, zones) = (size(block.prefix), u64::from(zones));
    // Where the `n`th of those blocks begins that are put one behind the other from `start` on.
    let blocks = |start: u64, prefix: u32| -> Vec<Block> {
        let first = |n: u64| u32::try_from(start + n * size(prefix)).unwrap_or(0);
        (0..zones).map(|n| Block { first: block.first.wrapping_add(first(n)), prefix }).collect()
    };
    let taken = zones * size(public);
    let Some(prefix) = private else {
        return (taken <= whole).then(|| Subnets { public: blocks(0, public), private: Vec::new() });
    };
    let wanted = zones * size(prefix);
    let half = whole / 2;
    let start = if taken <= half && wanted <= half { half } else { taken.next_multiple_of(size(prefix)) };
    (start + wanted <= whole).then(|| Subnets { public: blocks(0, public), private: blocks(start, prefix) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(blocks: &[Block]) -> Vec<String> {
        blocks.iter().map(Block::to_string).collect()
    }

    #[test]
    fn reads_blocks() {
        assert_eq!(Block::parse("10.1.2.3/16").unwrap().to_string(), "10.1.0.0/16");
        assert_eq!(Block::parse("0.0.0.0/0").unwrap().to_string(), "0.0.0.0/0");
        for bad in [
            "",
            "10.0.0.0",
            "10.0.0/16",
            "10.0.0.0.0/16",
            "10.0.0.256/16",
            "10.0.0.0/33",
            "10.0.0.0/",
            "a.b.c.d/16",
            "10.0.0.0/+8",
        ] {
            assert_eq!(Block::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn knows_private_ranges() {
        for (text, private) in [
            ("10.0.0.0/16", true),
            ("172.16.0.0/16", true),
            ("172.31.0.0/16", true),
            ("172.32.0.0/16", false),
            ("192.168.0.0/16", true),
            ("192.169.0.0/16", false),
            ("8.8.0.0/16", false),
        ] {
            assert_eq!(Block::parse(text).unwrap().is_private(), private, "{text}");
        }
    }

    #[test]
    fn divides_as_the_console_does() {
        let subnets = divide(Block::parse("10.0.0.0/16").unwrap(), 2, true).unwrap();
        assert_eq!(texts(&subnets.public), ["10.0.0.0/20", "10.0.16.0/20"]);
        assert_eq!(texts(&subnets.private), ["10.0.128.0/20", "10.0.144.0/20"]);
    }

    #[test]
    fn subnets_of_given_sizes_do_not_overlap() {
        let block = |text| Block::parse(text).unwrap();
        let subnets = divide_into(block("10.0.0.0/16"), 3, 24, Some(20)).unwrap();
        assert_eq!(texts(&subnets.public), ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]);
        assert_eq!(texts(&subnets.private), ["10.0.128.0/20", "10.0.144.0/20", "10.0.160.0/20"]);
        // Private subnets that fill more than half of the block follow the public ones.
        let subnets = divide_into(block("10.0.0.0/16"), 3, 24, Some(18)).unwrap();
        assert_eq!(texts(&subnets.private), ["10.0.64.0/18", "10.0.128.0/18", "10.0.192.0/18"]);
        for (public, private) in [(17, Some(17)), (15, None), (29, None), (24, Some(29))] {
            assert_eq!(divide_into(block("10.0.0.0/16"), 2, public, private), None, "{public} {private:?}");
        }
        let all = |subnets: Subnets| [subnets.public, subnets.private].concat();
        for (public, private) in [(18, 20), (20, 18), (19, 19), (28, 18), (18, 28)] {
            let blocks = all(divide_into(block("10.0.0.0/16"), 2, public, Some(private)).unwrap());
            for (at, one) in blocks.iter().enumerate() {
                assert_eq!(one.canonical(), *one);
                assert!(blocks[..at].iter().all(|other| !other.overlaps(one)), "{public} {private}: {one}");
            }
        }
    }

    #[test]
    fn small_blocks_are_divided_as_far_as_they_go() {
        let subnets = divide(Block::parse("192.168.1.0/24").unwrap(), 3, true).unwrap();
        assert_eq!(texts(&subnets.public), ["192.168.1.0/27", "192.168.1.32/27", "192.168.1.64/27"]);
        assert_eq!(texts(&subnets.private), ["192.168.1.128/27", "192.168.1.160/27", "192.168.1.192/27"]);
        let block = |text| Block::parse(text).unwrap();
        assert!(divide(block("10.0.0.0/27"), 2, false).is_some());
        assert!(divide(block("10.0.0.0/27"), 2, true).is_none());
        assert!(divide(block("10.0.0.0/28"), 2, false).is_none());
        assert!(divide(block("10.0.0.0/15"), 2, false).is_none());
    }
}
