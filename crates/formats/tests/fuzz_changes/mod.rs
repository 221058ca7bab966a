//! Changes by chance.

/// What changes are made of.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\t",
    "  ",
    "- ",
    ": ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "|",
    ">",
    "|+",
    "#",
    "&a",
    "*a",
    "<<: *a",
    "!Ref ",
    "!Sub ",
    "!GetAtt ",
    "!If ",
    "!!str ",
    "!!binary ",
    "---\n",
    "...\n",
    "%TAG ! x\n",
    "null",
    "true",
    "~",
    "0",
    "-1",
    "1e309",
    "99999999999999999999",
    "0x1F",
    ".inf",
    "2024-01-01",
    "${A:-b}",
    "${",
    "$$",
    "$(",
    "`",
    "\\",
    "\\u0000",
    "\u{feff}",
    "\u{2028}",
    "é",
    "\u{1F600}",
    "\0",
    "Resources",
    "services",
    "paths",
    "openapi",
    "Ref",
    "Fn::Sub",
    "Type",
    "props",
];

/// Numbers that look like chance, and are the same for the same seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(format: &str) -> Self {
        let seed = std::env::var("TRAZO_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_122);
        Self(format.bytes().fold(seed, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

/// A file: a seed with some changes, of bytes or of whole lines; sometimes nothing but chance.
pub(crate) fn changed(dice: &mut Dice, seeds: &[Vec<u8>]) -> Vec<u8> {
    if dice.below(20) == 0 {
        return (0..dice.below(300)).map(|_| dice.next().to_le_bytes()[0]).collect();
    }
    let mut bytes = seeds[dice.below(seeds.len())].clone();
    for _ in 0..dice.below(6) {
        if dice.below(2) == 0 {
            change_bytes(dice, &mut bytes, seeds);
        } else {
            bytes = change_lines(dice, &bytes, seeds);
        }
    }
    bytes
}

fn change_bytes(dice: &mut Dice, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let at = dice.below(bytes.len() + 1);
    let end = (at + dice.below(12)).min(bytes.len());
    let piece = PIECES[dice.below(PIECES.len())].bytes();
    match dice.below(7) {
        0 => drop(bytes.drain(at..end)),
        1 => drop(bytes.splice(at..at, piece)),
        2 => drop(bytes.splice(at..end, piece)),
        3 if at < bytes.len() => bytes[at] = dice.next().to_le_bytes()[0],
        4 => bytes.truncate(at),
        5 => {
            let other = &seeds[dice.below(seeds.len())];
            let from = dice.below(other.len());
            drop(bytes.splice(at..end, other[from..].to_vec()));
        }
        // The same thing many times over.
        _ => {
            let copy = bytes[at..end].repeat(1 << dice.below(12));
            drop(bytes.splice(at..at, copy));
        }
    }
}

/// Structure: lines are moved, doubled, indented, given the value of another.
fn change_lines(dice: &mut Dice, bytes: &[u8], seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (at, to) = (dice.below(lines.len()), dice.below(lines.len()));
    let end = (at + 1 + dice.below(5)).min(lines.len());
    match dice.below(7) {
        0 => drop(lines.drain(at..end)),
        1 => {
            let moved: Vec<_> = lines[at..end].to_vec();
            drop(lines.splice(to..to, moved));
        }
        2 => lines[at..end].iter_mut().for_each(|line| drop(line.splice(0..0, *b"  "))),
        3 => lines[at..end].iter_mut().for_each(|line| drop(line.drain(..line.len().min(2)))),
        4 => {
            let value = |line: &[u8]| line.iter().position(|byte| *byte == b':').map(|colon| line[colon..].to_vec());
            if let (Some(value), Some(colon)) = (value(&lines[to]), lines[at].iter().position(|byte| *byte == b':')) {
                lines[at].splice(colon.., value);
            }
        }
        5 => {
            let copies: Vec<_> = lines[at..end].iter().cycle().take((end - at) << dice.below(9)).cloned().collect();
            drop(lines.splice(at..at, copies));
        }
        _ => {
            let other: Vec<_> =
                seeds[dice.below(seeds.len())].split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            let from = dice.below(other.len());
            let until = (from + 1 + dice.below(10)).min(other.len());
            drop(lines.splice(at..at, other[from..until].to_vec()));
        }
    }
    lines.join(&b'\n')
}

/// 5 MB of each shape that could take long, or a tenth where it is not compiled for speed.
pub(crate) fn long_files(seeds: &[Vec<u8>]) -> Vec<(String, Vec<u8>)> {
    const LENGTH: usize = if cfg!(debug_assertions) { 500_000 } else { 5_000_000 };
    let filled = |head: &str, part: &dyn Fn(usize) -> String, tail: &str| {
        let mut text = head.to_owned();
        let mut index = 0;
        while text.len() + 200 < LENGTH {
            text.push_str(&part(index));
            index += 1;
        }
        (text + tail).into_bytes()
    };
    let service = |index: usize| {
        format!(
            "  s{index}:\n    image: nginx\n    ports: ['{index}:80']\n    environment: [A=s1, B=http://s2:80]\n    depends_on: [s1]\n"
        )
    };
    let variable = |index: usize| format!("      VARIABLE_{index}: some value of a variable, {index}\n");
    let resource = |index: usize| {
        format!("\"R{index}\":{{\"Type\":\"AWS::S3::Bucket\",\"Properties\":{{\"BucketName\":\"b{index}\"}}}},")
    };
    let path = |index: usize| format!("  /p{index}:\n    get: {{responses: {{'200': {{description: ok}}}}}}\n");
    let mut all = vec![
        ("services".to_owned(), filled("services:\n", &service, "")),
        ("variables".to_owned(), filled("services:\n  a:\n    image: a\n    environment:\n", &variable, "")),
        ("resources".to_owned(), filled("{\"Resources\":{", &resource, "\"Z\":{}}}")),
        ("paths".to_owned(), filled("openapi: 3.0.1\ninfo: {title: a}\npaths:\n", &path, "")),
        ("one line".to_owned(), filled("{\"services\":{\"a\":{\"image\":\"", &|_| "x".repeat(64), "\"}}}")),
        ("small values".to_owned(), filled("[", &|_| "0,".to_owned(), "0]")),
        ("brackets".to_owned(), vec![b'['; LENGTH]),
        ("dashes".to_owned(), b"- ".repeat(LENGTH / 2)),
        ("anchors".to_owned(), filled("", &|index| format!("- &a{index} [x]\n- *a{index}\n"), "")),
        ("quotes".to_owned(), vec![b'"'; LENGTH]),
        ("keys".to_owned(), b"a: ".repeat(LENGTH / 3)),
    ];
    let longest = seeds.iter().max_by_key(|seed| seed.len()).unwrap();
    all.push(("a seed".to_owned(), longest.repeat(LENGTH / longest.len())));
    all
}
