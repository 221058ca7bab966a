//! The tools: what pointer and keys do to the design. Each gesture is a small state machine in a file of its own.

mod drag;
pub(crate) mod keylink;
mod link;
mod marquee;
mod pan;
pub(crate) mod place;
mod resize;
pub(crate) mod select;
mod touch;

use trazo_model::Kind;

use crate::changes::Changes;
use crate::editor::Editor;
use crate::geometry::{Point, Rect};
use crate::hit::Hit;
use crate::input::{Button, Input, Pointer, Wheel};
use crate::overlay::{Cursor, Overlay};
use crate::wheel::{WheelAction, read};

pub(crate) use keylink::KeyLink;

/// What the pointer does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Selects, moves, resizes; draws links from ports.
    #[default]
    Select,
    /// Moves the view.
    Pan,
    /// Draws links from anywhere on a card.
    Link,
    /// Places a node of a kind, then gives way to [`Tool::Select`].
    Place(Kind),
}

impl Tool {
    /// Its name in text keys.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Pan => "pan",
            Self::Link => "link",
            Self::Place(Kind::Note) => "note",
            Self::Place(_) => "place",
        }
    }
}

/// What is under way.
#[derive(Clone, Debug, Default)]
pub(crate) enum Gesture {
    /// Nothing.
    #[default]
    Idle,
    /// A button is down, and it is not known yet what for.
    Press(select::Press),
    /// Nodes are being moved.
    Drag(drag::Drag),
    /// A frame is being drawn.
    Marquee(marquee::Marquee),
    /// A group or note is being resized.
    Resize(resize::Resize),
    /// The view is being moved.
    Pan(pan::Pan),
    /// A link is being drawn.
    Draft(link::Drafting),
    /// A link is being made by keyboard.
    KeyLink(KeyLink),
    /// A node is about to be placed.
    Place(place::Placing),
    /// Two fingers are down.
    Pinch,
}

/// What is known of the pointer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pointers {
    /// The last event of it, while it is over the canvas.
    pub(crate) last: Option<Pointer>,
    /// When and where it was last pressed, to know a double click.
    pressed: Option<(Point, f64)>,
    /// Fingers that are down.
    fingers: Vec<(i32, Point)>,
    /// Whether Space is held.
    pub(crate) space: bool,
}

/// Two presses within this many milliseconds …
const DOUBLE_MS: f64 = 450.0;
/// … and pixels are a double click.
const DOUBLE_PX: f64 = 6.0;
/// So near to the edge of the screen a drag moves the view.
const EDGE: f64 = 28.0;
/// By how many pixels a millisecond at most.
const EDGE_SPEED: f64 = 0.9;

impl Pointers {
    fn is_double(&mut self, p: &Pointer) -> bool {
        let near = |(at, time): (Point, f64)| p.time - time <= DOUBLE_MS && at.distance(p.at) <= DOUBLE_PX;
        let double = self.pressed.is_some_and(near);
        // The third press of three begins anew.
        self.pressed = (!double).then_some((p.at, p.time));
        double
    }
}

impl Editor {
    /// Takes in one event, and says what changed.
    pub fn input(&mut self, input: Input) -> Changes {
        match input {
            Input::PointerDown(p) => self.pointer_down(&p),
            Input::PointerMove(p) => self.pointer_move(&p),
            Input::PointerUp(p) => self.pointer_up(&p),
            Input::PointerLeave => {
                self.pointers.last = None;
                if matches!(self.gesture, Gesture::Idle) {
                    self.set_hover(None);
                    self.set_overlay(Overlay { ghost: None, ..self.overlay.clone() });
                }
            }
            Input::Wheel(wheel) => self.wheel(&wheel),
            Input::KeyDown(key) => self.key_down(&key),
            Input::KeyUp(key) => self.key_up(&key),
            Input::Cancel => {
                self.pointers = Pointers::default();
                self.cancel_gesture();
                self.gesture = Gesture::Idle;
                self.refresh_cursor();
            }
            Input::Resize(size) => {
                self.screen = size;
                self.changes.viewport = true;
            }
            Input::Tick { ms } => self.tick(ms),
        }
        self.finish()
    }

    /// Whether [`Input::Tick`] is wanted once a frame: something is held at the edge of the screen.
    #[must_use]
    pub fn wants_ticks(&self) -> bool {
        self.edge_pull() != (0.0, 0.0)
    }

    /// Takes another tool in hand.
    pub fn set_tool(&mut self, tool: Tool) -> Changes {
        self.cancel_gesture();
        self.take_tool(tool);
        self.finish()
    }

    pub(crate) fn take_tool(&mut self, tool: Tool) {
        if tool != self.tool {
            self.tool = tool;
            self.changes.tool = true;
        }
        self.set_overlay(Overlay::default());
        self.refresh_cursor();
    }

    fn pointer_down(&mut self, p: &Pointer) {
        self.changes.handled = true;
        self.pointers.last = Some(*p);
        if p.touch && touch::down(self, p) {
            return;
        }
        let double = p.button == Button::Primary && self.pointers.is_double(p);
        let gesture = std::mem::take(&mut self.gesture);
        self.gesture = match gesture {
            // A second button during a gesture means nothing.
            Gesture::Draft(draft) if p.button == Button::Primary => link::down(self, draft, p),
            Gesture::Idle => self.begin(p, double),
            Gesture::KeyLink(_) => {
                self.set_overlay(Overlay::default());
                self.begin(p, double)
            }
            other => other,
        };
        self.refresh_cursor();
    }

    fn begin(&mut self, p: &Pointer, double: bool) -> Gesture {
        self.set_hover(None);
        if p.button == Button::Secondary {
            return select::menu(self, p);
        }
        if p.button == Button::Middle || self.pointers.space || self.tool == Tool::Pan {
            return Gesture::Pan(pan::Pan::new(p));
        }
        match self.tool {
            Tool::Select | Tool::Pan => select::down(self, p, double),
            Tool::Link => link::begin_anywhere(self, p),
            Tool::Place(kind) => place::down(self, kind, p),
        }
    }

    fn pointer_move(&mut self, p: &Pointer) {
        if p.touch && touch::moved(self, p) {
            return;
        }
        self.pointers.last = Some(*p);
        self.move_gesture(p);
        self.refresh_cursor();
    }

    fn move_gesture(&mut self, p: &Pointer) {
        let gesture = std::mem::take(&mut self.gesture);
        self.gesture = match gesture {
            Gesture::Idle => {
                self.idle_move(p);
                Gesture::Idle
            }
            Gesture::Press(press) => select::moved(self, press, p),
            Gesture::Drag(drag) => drag::moved(self, drag, p),
            Gesture::Marquee(marquee) => marquee::moved(self, marquee, p),
            Gesture::Resize(resize) => resize::moved(self, resize, p),
            Gesture::Pan(pan) => pan::moved(self, pan, p),
            Gesture::Draft(draft) => link::moved(self, draft, p),
            Gesture::Place(placing) => place::moved(self, placing, p),
            same @ (Gesture::KeyLink(_) | Gesture::Pinch) => same,
        };
    }

    fn idle_move(&mut self, p: &Pointer) {
        if let Tool::Place(kind) = self.tool {
            place::ghost(self, kind, p);
        } else {
            let hit = self.hit(p.at);
            let hover = if matches!(hit, Hit::Body(_)) { None } else { self.target(hit) };
            self.set_hover(hover);
        }
    }

    fn pointer_up(&mut self, p: &Pointer) {
        if p.touch && touch::up(self, p) {
            return;
        }
        // Moves are told once a frame at most: the last one may not have been.
        self.move_gesture(p);
        self.pointers.last = if p.touch { None } else { Some(*p) };
        let gesture = std::mem::take(&mut self.gesture);
        self.gesture = match gesture {
            Gesture::Press(press) => select::up(self, &press),
            Gesture::Drag(drag) => drag::up(self, &drag),
            Gesture::Marquee(_) => {
                self.set_overlay(Overlay::default());
                self.announce_selection();
                Gesture::Idle
            }
            Gesture::Resize(resize) => resize::up(self, &resize),
            Gesture::Pan(_) => Gesture::Idle,
            Gesture::Draft(draft) => link::up(self, draft, p),
            Gesture::Place(placing) => place::up(self, placing, p),
            same @ (Gesture::Idle | Gesture::KeyLink(_) | Gesture::Pinch) => same,
        };
        self.refresh_cursor();
    }

    fn wheel(&mut self, wheel: &Wheel) {
        self.changes.handled = true;
        let delta = (wheel.dx, wheel.dy);
        match read(delta, wheel.mode, self.screen, wheel.mods.shift, wheel.mods.ctrl) {
            WheelAction::Pan(dx, dy) => self.set_viewport(self.viewport.panned(dx, dy)),
            WheelAction::Zoom(factor) => self.set_viewport(self.viewport.zoomed_by(factor, wheel.at)),
        }
        self.follow_pointer();
    }

    /// The view has moved under the pointer.
    fn follow_pointer(&mut self) {
        if let Some(p) = self.pointers.last
            && !matches!(self.gesture, Gesture::Pan(_) | Gesture::Press(_))
        {
            self.move_gesture(&p);
            self.refresh_cursor();
        }
    }

    fn tick(&mut self, ms: f64) {
        let (dx, dy) = self.edge_pull();
        if (dx, dy) != (0.0, 0.0) && ms > 0.0 {
            let by = EDGE_SPEED * ms.min(50.0);
            self.set_viewport(self.viewport.panned(-dx * by, -dy * by));
            self.follow_pointer();
        }
    }

    /// Where something that is held at the edge of the screen pulls the view: parts of the full speed.
    fn edge_pull(&self) -> (f64, f64) {
        let pulls = match &self.gesture {
            Gesture::Drag(_) | Gesture::Marquee(_) | Gesture::Resize(_) | Gesture::Draft(_) => true,
            Gesture::Place(placing) => placing.pulls(),
            _ => false,
        };
        let Some(p) = self.pointers.last.filter(|_| pulls) else { return (0.0, 0.0) };
        let pull =
            |v: f64, room: f64| ((v - (room - EDGE)) / EDGE).clamp(0.0, 1.0) - ((EDGE - v) / EDGE).clamp(0.0, 1.0);
        (pull(p.at.x, self.screen.w), pull(p.at.y, self.screen.h))
    }

    /// Takes back what is under way, as if it had not been begun.
    pub(crate) fn cancel_gesture(&mut self) {
        let gesture = std::mem::take(&mut self.gesture);
        match gesture {
            Gesture::Drag(drag) => drag::cancel(self, &drag),
            Gesture::Resize(resize) => resize::cancel(self, &resize),
            Gesture::Marquee(marquee) => self.selection = marquee.before,
            Gesture::Place(placing) => place::cancel(self, &placing),
            // The fingers are still there.
            Gesture::Pinch => self.gesture = Gesture::Pinch,
            Gesture::Idle | Gesture::Press(_) | Gesture::Pan(_) | Gesture::Draft(_) | Gesture::KeyLink(_) => {}
        }
        self.set_overlay(Overlay::default());
    }

    /// How the pointer looks, from what is under way, the tool, and what it is over.
    pub(crate) fn refresh_cursor(&mut self) {
        let cursor = match &self.gesture {
            Gesture::Pan(_) | Gesture::Pinch => Cursor::Grabbing,
            Gesture::Drag(_) => Cursor::Move,
            Gesture::Resize(resize) => Cursor::Resize(resize.grip()),
            Gesture::Draft(draft) => draft.cursor(self),
            Gesture::Place(_) => Cursor::Copy,
            Gesture::Idle if self.pointers.space => Cursor::Grab,
            Gesture::Idle => self.idle_cursor(),
            Gesture::Press(press) => press.cursor(),
            Gesture::Marquee(_) | Gesture::KeyLink(_) => Cursor::Default,
        };
        self.set_cursor(cursor);
    }

    fn idle_cursor(&self) -> Cursor {
        let over = || self.pointers.last.map_or(Hit::Nothing, |p| self.hit(p.at));
        match self.tool {
            Tool::Pan => Cursor::Grab,
            Tool::Place(_) => Cursor::Copy,
            Tool::Link => Cursor::Crosshair,
            Tool::Select => match over() {
                Hit::Grip(_, grip) => Cursor::Resize(grip),
                Hit::Port(..) => Cursor::Crosshair,
                Hit::Card(_) | Hit::Note(_) | Hit::Header(_) | Hit::Border(_) | Hit::Link(_) => Cursor::Pointer,
                Hit::Body(_) | Hit::Nothing => Cursor::Default,
            },
        }
    }

    /// The innermost group under `p` (world) that may hold `kind` and is not `excluded`.
    pub(crate) fn group_for(&self, p: Point, kind: Kind, excluded: &dyn Fn(u32) -> bool) -> Option<u32> {
        let under = self.scene.handles_in(Rect::between(p, p));
        let fits = |handle: &u32| {
            let group = self.scene.slot(*handle).map(|slot| slot.kind);
            group.is_some_and(|group| kind.spec().lies_in.contains(&group)) && !excluded(*handle)
        };
        under.into_iter().filter(fits).max_by_key(|h| self.scene.slot(*h).map(|slot| (slot.depth, slot.order)))
    }
}
