//! Blocks of IPv4 addresses, divided as `Fn::Cidr` does
//! (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html>).

use std::net::Ipv4Addr;

/// The first `count` blocks of `bits` host bits each in a block (`10.0.0.0/16`); none where it cannot be divided so.
pub(crate) fn divide(block: &str, count: u32, bits: u32) -> Option<Vec<String>> {
    let (address, prefix) = block.split_once('/')?;
    let (address, prefix) = (u32::from(address.parse::<Ipv4Addr>().ok()?), prefix.parse::<u32>().ok()?);
    if prefix > 32 || bits > 32 - prefix || !(1..=256).contains(&count) {
        return None;
    }
    let room = 1_u64 << (32 - prefix);
    let size = 1_u64 << bits;
    if u64::from(count) * size > room {
        return None;
    }
    let start = u64::from(address) / room * room;
    let part = |at: u64| u32::try_from(start + at * size).ok().map(Ipv4Addr::from);
    (0..u64::from(count)).map(|at| part(at).map(|first| format!("{first}/{}", 32 - bits))).collect()
}

#[cfg(test)]
mod tests {
    use super::divide;

    #[test]
    fn blocks_are_divided_in_order() {
        assert_eq!(divide("10.0.0.0/16", 3, 8).unwrap(), ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]);
        assert_eq!(divide("192.168.0.0/24", 2, 5).unwrap(), ["192.168.0.0/27", "192.168.0.32/27"]);
        assert_eq!(divide("0.0.0.0/0", 2, 31).unwrap(), ["0.0.0.0/1", "128.0.0.0/1"]);
    }

    #[test]
    fn what_has_no_room_is_none() {
        for (block, count, bits) in [("10.0.0.0/24", 2, 8), ("10.0.0.0/33", 1, 1), ("10.0.0/8", 1, 1), ("x", 1, 1)] {
            assert_eq!(divide(block, count, bits), None, "{block}");
        }
    }
}
