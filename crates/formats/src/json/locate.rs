//! Where in a JSON text the value at a path stands.

/// A place in a text, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Where the value at a dotted path begins (for an entry of an object, its key), or the deepest value on the way that is
/// there. The text has to be JSON; of any other text some place in it is given.
pub fn locate(text: &str, path: &str) -> Position {
    let locator = Locator::new(text);
    locator.position(locator.below(0, path))
}

/// Finds many values of one text.
pub struct Locator<'a> {
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl<'a> Locator<'a> {
    /// Of a text that has to be JSON.
    pub fn new(text: &'a str) -> Self {
        let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, lines: std::iter::once(0).chain(after).collect() }
    }

    /// Where the value at a path below the value at `offset` begins: for an entry of an object, its key.
    pub fn below(&self, offset: usize, path: &str) -> usize {
        let mut scanner = Scanner { bytes: self.text.as_bytes(), at: offset };
        scanner.space();
        let mut found = scanner.at;
        for part in path.split('.').filter(|part| !part.is_empty()) {
            match scanner.enter(part) {
                Some(start) => found = start,
                None => break,
            }
        }
        found
    }

    /// Where each item of a list begins that is an entry of the outermost object.
    pub fn items(&self, list: &str) -> Vec<usize> {
        let mut scanner = Scanner { bytes: self.text.as_bytes(), at: 0 };
        scanner.space();
        let mut items = Vec::new();
        if scanner.enter(list).is_none() || scanner.peek() != Some(b'[') {
            return items;
        }
        scanner.at += 1;
        loop {
            scanner.space();
            if scanner.peek().is_none_or(|byte| byte == b']') {
                return items;
            }
            let start = scanner.at;
            items.push(start);
            // What closes something else here is no JSON, and nothing goes past it.
            if scanner.skip().is_none() || scanner.at == start {
                return items;
            }
            scanner.space();
            if scanner.peek() == Some(b',') {
                scanner.at += 1;
            }
        }
    }

    /// Line and column of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.as_bytes().get(start..offset).unwrap_or_default();
        // Bytes that continue a character do not count.
        let column = before.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        Position { line, column: column + 1 }
    }
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Goes to the value of an entry of the value at hand; gives back where its key, or else the item, begins.
    fn enter(&mut self, part: &str) -> Option<usize> {
        let is_object = match self.peek()? {
            b'{' => true,
            b'[' => false,
            _ => return None,
        };
        self.at += 1;
        let mut index = 0_usize;
        loop {
            self.space();
            let start = self.at;
            if matches!(self.peek()?, b'}' | b']') {
                return None;
            }
            let hit = if is_object {
                let key = self.text()?;
                self.space();
                self.at += 1;
                self.space();
                serde_json::from_slice::<String>(key).is_ok_and(|key| key == part)
            } else {
                part.parse() == Ok(index)
            };
            if hit {
                return Some(start);
            }
            self.skip()?;
            self.space();
            if self.peek()? == b',' {
                self.at += 1;
            }
            index += 1;
        }
    }

    /// The text at hand, with its quotes.
    fn text(&mut self) -> Option<&'a [u8]> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek()? {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return self.bytes.get(start..self.at);
                }
                _ => self.at += 1,
            }
        }
    }

    /// Goes behind the value at hand.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.text()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b'}' | b']' if depth == 0 => return Some(()),
                _ => self.at += 1,
            }
            if depth == 0 && matches!(self.peek()?, b',' | b'}' | b']') {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = r#"{
  "trazo": 1, "né\"e": [1, {"a": "}"}],
  "nodes": [
    {"id": "a"},
    {"id": "b", "props": {"cpu": 300}}
  ]
}"#;

    #[test]
    fn finds_values_by_path() {
        for (path, line, column) in [
            ("", 1, 1),
            ("trazo", 2, 3),
            ("né\"e.1.a", 2, 29),
            ("nodes.1.props.cpu", 5, 27),
            ("nodes.1.props.memory", 5, 17),
            ("nodes.7", 3, 3),
        ] {
            assert_eq!(locate(TEXT, path), Position { line, column }, "{path}");
        }
    }

    #[test]
    fn finds_the_items_of_a_list_and_what_lies_below() {
        let locator = Locator::new(TEXT);
        let items = locator.items("nodes");
        assert_eq!(items.len(), 2);
        assert_eq!(locator.position(items[1]), Position { line: 5, column: 5 });
        assert_eq!(locator.position(locator.below(items[1], "props.cpu")), Position { line: 5, column: 27 });
        for none in ["links", "trazo"] {
            assert_eq!(locator.items(none), Vec::<usize>::new());
        }
    }

    proptest! {
        #[test]
        fn any_text_has_items_or_none(text in "[\\[\\]{},:\"a0 ]{0,40}") {
            let text = format!("{{\"a\": {text}");
            prop_assert!(Locator::new(&text).items("a").len() <= text.len());
        }

        #[test]
        fn any_text_gives_a_place(text in ".{0,80}", path in "[a-z0-9.]{0,12}") {
            let place = locate(&text, &path);
            prop_assert!(place.line >= 1 && place.column >= 1);
        }
    }
}
