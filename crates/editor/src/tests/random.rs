//! Anything at all may be done in any order: everything that has to hold does after each input, all of it can be undone, and
//! done again.

use proptest::prelude::*;
use trazo_model::Kind;

use super::desk::*;
use crate::geometry::Point;
use crate::input::{Button, Input, Key, Mods, Pointer, Wheel};
use crate::{Align, Axis, Editor, Tool};

#[derive(Clone, Debug)]
enum Act {
    Add(u8),
    AddAt(u8, f64, f64),
    Palette(u8, f64, f64),
    /// From one node to another, by their places in the document; where on them.
    Drag(u8, u8, Spot),
    Click(u8, bool, Spot),
    Raw(Raw, f64, f64),
    Key(&'static str),
    Wheel(f64, f64, bool),
    Command(u8),
    Cancel,
}

#[derive(Clone, Copy, Debug)]
enum Spot {
    Middle,
    Right,
    Left,
    Corner,
    Header,
}

#[derive(Clone, Copy, Debug)]
enum Raw {
    Down,
    Move,
    Up,
    Middle,
    Finger(i32),
    FingerMove(i32),
    FingerUp(i32),
}

const KEYS: [&str; 33] = [
    "Tab",
    "Shift+Tab",
    "Enter",
    "Escape",
    "Delete",
    "ArrowLeft",
    "ArrowRight",
    "Shift+ArrowUp",
    "ArrowDown",
    "l",
    "v",
    "h",
    "n",
    " ",
    "Ctrl+a",
    "Ctrl+c",
    "Ctrl+x",
    "Ctrl+d",
    "Ctrl+z",
    "Ctrl+y",
    "Ctrl+Shift+z",
    "Ctrl+g",
    "Shift+1",
    "Shift+2",
    "Ctrl+0",
    "+",
    "-",
    ".",
    ",",
    "F2",
    "Ctrl+z",
    "l",
    "Enter",
];

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let spot =
        prop_oneof![Just(Spot::Middle), Just(Spot::Right), Just(Spot::Left), Just(Spot::Corner), Just(Spot::Header)];
    let raw = prop_oneof![
        Just(Raw::Down),
        Just(Raw::Move),
        Just(Raw::Move),
        Just(Raw::Up),
        Just(Raw::Middle),
        (1..4).prop_map(Raw::Finger),
        (1..4).prop_map(Raw::FingerMove),
        (1..4).prop_map(Raw::FingerUp),
    ];
    let (x, y) = (-20.0..1250.0, -20.0..820.0);
    let act = prop_oneof![
        4 => any::<u8>().prop_map(Act::Add),
        3 => (any::<u8>(), x.clone(), y.clone()).prop_map(|(k, x, y)| Act::AddAt(k, x, y)),
        1 => (any::<u8>(), x.clone(), y.clone()).prop_map(|(k, x, y)| Act::Palette(k, x, y)),
        8 => (any::<u8>(), any::<u8>(), spot.clone()).prop_map(|(a, b, s)| Act::Drag(a, b, s)),
        3 => (any::<u8>(), any::<bool>(), spot).prop_map(|(n, s, at)| Act::Click(n, s, at)),
        6 => (raw, x, y).prop_map(|(r, x, y)| Act::Raw(r, x, y)),
        8 => prop::sample::select(KEYS.as_slice()).prop_map(Act::Key),
        2 => (-300.0..300.0, -300.0..300.0, any::<bool>()).prop_map(|(x, y, z)| Act::Wheel(x, y, z)),
        2 => any::<u8>().prop_map(Act::Command),
        1 => Just(Act::Cancel),
    ];
    prop::collection::vec(act, 1..60)
}

fn kind(n: u8) -> Kind {
    Kind::ALL[n as usize % Kind::ALL.len()]
}

/// A spot on a node, on the screen.
fn at(desk: &Desk, n: u8, spot: Spot) -> Option<(f64, f64)> {
    let count = desk.editor.design().nodes().len();
    let node = desk.editor.design().nodes().nth(n as usize % count.max(1))?;
    let rect = desk.editor.viewport().rect_to_screen(desk.editor.node_rect(&node.id)?);
    let c = rect.center();
    Some(match spot {
        Spot::Middle => (c.x, c.y),
        Spot::Right => (rect.right(), c.y),
        Spot::Left => (rect.x, c.y),
        Spot::Corner => (rect.right(), rect.bottom()),
        Spot::Header => (rect.x + 12.0, rect.y + 12.0),
    })
}

fn act(desk: &mut Desk, act: &Act) {
    match act {
        Act::Add(k) => _ = desk.run(|editor| editor.add_node(kind(*k), None).1),
        Act::AddAt(k, x, y) => _ = desk.run(|editor| editor.add_node(kind(*k), Some(Point::new(*x, *y))).1),
        Act::Palette(k, x, y) => {
            desk.run(|editor| editor.drag_from_palette(kind(*k)));
            desk.to(*x, *y);
            desk.up(*x, *y);
        }
        Act::Drag(a, b, spot) => {
            if let (Some(from), Some(to)) = (at(desk, *a, *spot), at(desk, *b, Spot::Middle)) {
                desk.drag(from, to);
            }
        }
        Act::Click(n, shift, spot) => {
            if let Some((x, y)) = at(desk, *n, *spot) {
                desk.shift(*shift);
                desk.click(x, y);
                desk.shift(false);
            }
        }
        Act::Raw(raw, x, y) => self::raw(desk, *raw, *x, *y),
        Act::Key(key) => {
            desk.key(key);
            if *key == " " {
                desk.input(Input::KeyUp(Key { key: " ".into(), ..Key::default() }));
            }
        }
        Act::Wheel(dx, dy, zoom) => {
            let mods = Mods { ctrl: *zoom, ..Mods::default() };
            desk.input(Input::Wheel(Wheel {
                at: Point::new(300.0, 300.0),
                dx: *dx,
                dy: *dy,
                mods,
                ..Wheel::default()
            }));
        }
        Act::Command(n) => command(desk, *n),
        Act::Cancel => _ = desk.input(Input::Cancel),
    }
}

fn raw(desk: &mut Desk, raw: Raw, x: f64, y: f64) {
    let p = Pointer { at: Point::new(x, y), id: 1, ..Pointer::default() };
    let finger = |id| Pointer { id, touch: true, ..p };
    desk.input(match raw {
        Raw::Down => Input::PointerDown(p),
        Raw::Move => Input::PointerMove(p),
        Raw::Up => Input::PointerUp(p),
        Raw::Middle => Input::PointerDown(Pointer { button: Button::Middle, ..p }),
        Raw::Finger(id) => Input::PointerDown(finger(id)),
        Raw::FingerMove(id) => Input::PointerMove(finger(id)),
        Raw::FingerUp(id) => Input::PointerUp(finger(id)),
    });
}

fn command(desk: &mut Desk, n: u8) {
    let group = desk.editor.design().nodes().find(|node| node.kind() == Kind::Cluster).map(|node| node.id.clone());
    let text = desk.editor.copy();
    desk.run(|editor| match n % 11 {
        0 => editor.tidy(),
        1 => editor.align(Align::Center),
        2 => editor.align(Align::Bottom),
        3 => editor.distribute(Axis::Horizontal),
        4 => editor.fit(),
        5 => editor.undo(),
        6 => editor.redo(),
        7 => editor.set_tool(Tool::Link),
        8 => editor.move_into(None).unwrap_or_else(|_| editor.pending()),
        9 => editor.move_into(group.as_ref()).unwrap_or_else(|_| editor.pending()),
        _ => text.and_then(|text| editor.paste(&text).ok()).unwrap_or_else(|| editor.pending()),
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_holds_and_can_be_undone(acts in acts()) {
        let mut desk = Desk::empty();
        for one in &acts {
            act(&mut desk, one);
        }
        desk.input(Input::Cancel);
        let after = desk.editor.design().clone();
        let steps = desk.undo_all();
        prop_assert!(desk.editor.design().is_empty());
        prop_assert_eq!(desk.editor.design().links().len(), 0);
        for _ in 0..steps {
            desk.run(Editor::redo);
        }
        prop_assert_eq!(desk.editor.design(), &after);
        desk.run(Editor::undo);
    }
}
