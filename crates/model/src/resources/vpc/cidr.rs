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
