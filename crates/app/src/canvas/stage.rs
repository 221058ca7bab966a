//! The canvas at work: brings input to the editor and what changed to the screen, once a frame.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use trazo_editor::geometry::{Point, Size};
use trazo_editor::viewport::Viewport;
use trazo_editor::{Editor, Input, Pointer, Request, Wheel};
use trazo_model::{Found, Kind, NodeId, Target, View};
use web_sys::{HtmlElement, PointerEvent};

use super::placing::Placing;
use super::scene::Scene;
use crate::studio::{Deployed, Screen, Studio};

/// How long the view has to be at rest until it is drawn sharp, in milliseconds. Longer than a glide.
const REST: u32 = 180;

/// What the browser calls before a frame.
type FrameCallback = Closure<dyn FnMut(f64)>;

/// One mounted canvas.
pub(super) struct Stage {
    pub(super) studio: Studio,
    pub(super) root: HtmlElement,
    pub(super) scene: RefCell<Scene>,
    /// What is being dragged from the palette.
    pub(super) placing: Cell<Option<Placing>>,
    /// Where the menu is open, in pixels of the window.
    pub(super) menu: RwSignal<Option<(f64, f64)>>,
    /// What listens to the name or note that is being written in place.
    pub(super) writing: RefCell<Vec<EventListener>>,
    /// Where the canvas begins in the window.
    corner: Cell<Point>,
    /// The last move of each pointer since the last frame.
    moves: RefCell<Vec<Pointer>>,
    /// What the wheel has turned since the last frame.
    wheel: Cell<Option<Wheel>>,
    focus: RefCell<Option<Target>>,
    frame: RefCell<Option<FrameCallback>>,
    asked: Cell<bool>,
    drawing: Cell<bool>,
    /// Whether the pointer itself moves the view: then it does not glide.
    direct: Cell<bool>,
    /// What is seen of a design that nobody has looked at yet.
    first_view: Cell<Option<Viewport>>,
    time: Cell<f64>,
    rest: RefCell<Option<Timeout>>,
    this: Weak<Self>,
}

impl Stage {
    /// A stage inside `root`; `None` if the browser cannot make what it consists of.
    pub(super) fn new(studio: Studio, root: HtmlElement, menu: RwSignal<Option<(f64, f64)>>) -> Option<Rc<Self>> {
        let scene = RefCell::new(Scene::new(&root)?);
        let stage = Rc::new_cyclic(|this: &Weak<Self>| {
            let late = this.clone();
            let frame = Closure::new(move |time: f64| {
                if let Some(stage) = late.upgrade() {
                    stage.draw(time);
                }
            });
            Self {
                studio,
                root,
                scene,
                placing: Cell::new(None),
                menu,
                writing: RefCell::default(),
                corner: Cell::default(),
                moves: RefCell::default(),
                wheel: Cell::default(),
                focus: RefCell::default(),
                frame: RefCell::new(Some(frame)),
                asked: Cell::new(false),
                drawing: Cell::new(false),
                direct: Cell::new(true),
                first_view: Cell::new(None),
                time: Cell::new(0.0),
                rest: RefCell::default(),
                this: this.clone(),
            }
        });
        Some(stage)
    }

    /// Takes the canvas's place and size from the page. Reads the layout, so it is called when they may have changed, not in
    /// each frame.
    pub(super) fn measure(&self) {
        let rect = self.root.get_bounding_client_rect();
        self.corner.set(Point::new(rect.left(), rect.top()));
        let size = Size::new(rect.width(), rect.height());
        let known = self.studio.editor(|editor| editor.screen() == size).unwrap_or(true);
        if !known && size.w > 0.0 && size.h > 0.0 {
            // Who has asked for all of the design goes on seeing all of it beside what is opened.
            let is_fitted = self.studio.editor(Editor::is_fitted) == Some(true);
            let is_untouched = self.first_view.get().is_some() && self.first_view.get() == self.view();
            self.direct.set(true);
            self.studio.act(|editor| editor.input(Input::Resize(size)));
            if is_untouched || is_fitted {
                self.see_all();
            }
        }
    }

    fn view(&self) -> Option<Viewport> {
        self.studio.editor(trazo_editor::Editor::viewport)
    }

    /// Shows the whole design, and again when the canvas changes its size, until the person moves the view.
    fn see_all(&self) {
        self.direct.set(true);
        self.studio.act(Editor::fit);
        self.first_view.set(self.view());
    }

    /// Shows the whole of a design that nobody has looked at yet, where not all of it is seen as it is.
    pub(super) fn see_all_at_first(&self) {
        let is_hidden = self.studio.editor(|editor| editor.design().view == View::default() && !editor.sees_all());
        if is_hidden == Some(true) {
            self.see_all();
        }
    }

    /// A point of the window as one of the canvas.
    pub(super) fn inside(&self, x: f64, y: f64) -> Point {
        let corner = self.corner.get();
        Point::new(x - corner.x, y - corner.y)
    }

    /// A point of the canvas as one of the window.
    pub(super) fn outside(&self, at: Point) -> (f64, f64) {
        let corner = self.corner.get();
        (at.x + corner.x, at.y + corner.y)
    }

    /// Hands an input to the editor, after those that wait for the frame. Says whether it meant something.
    pub(super) fn input(&self, input: Input) -> bool {
        self.flush();
        self.studio.act(|editor| editor.input(input))
    }

    /// Keeps a move until the next frame; of each pointer only the last matters.
    pub(super) fn move_later(&self, pointer: Pointer) {
        let mut moves = self.moves.borrow_mut();
        match moves.iter_mut().find(|known| known.id == pointer.id) {
            Some(known) => *known = pointer,
            None => moves.push(pointer),
        }
        drop(moves);
        self.ask();
    }

    /// Keeps a turn of the wheel until the next frame.
    pub(super) fn wheel_later(&self, wheel: Wheel) {
        let sum = match self.wheel.get() {
            Some(waiting) if waiting.mods == wheel.mods && waiting.mode == wheel.mode => {
                Wheel { dx: waiting.dx + wheel.dx, dy: waiting.dy + wheel.dy, ..wheel }
            }
            Some(_) => {
                self.flush();
                wheel
            }
            None => wheel,
        };
        self.wheel.set(Some(sum));
        self.ask();
    }

    /// Hands on what waits for the frame.
    fn flush(&self) {
        if let Some(wheel) = self.wheel.take() {
            self.direct.set(true);
            self.studio.act(|editor| editor.input(Input::Wheel(wheel)));
        }
        let moves = std::mem::take(&mut *self.moves.borrow_mut());
        for pointer in moves {
            self.direct.set(true);
            self.studio.act(|editor| editor.input(Input::PointerMove(pointer)));
        }
    }

    /// Asks for a frame.
    fn ask(&self) {
        if self.drawing.get() || self.asked.replace(true) {
            return;
        }
        if let Some(frame) = &*self.frame.borrow() {
            let _ = window().request_animation_frame(frame.as_ref().unchecked_ref());
        }
    }

    /// Does something with a node after the next frame, if it is on the screen then.
    pub(super) fn once_drawn(&self, id: NodeId, act: fn(&Self, &NodeId)) {
        let late = self.this.clone();
        self.ask();
        request_animation_frame(move || {
            let Some(stage) = late.upgrade() else { return };
            let is_there = stage.scene.borrow().element(&Target::Node(id.clone())).is_some();
            if is_there {
                act(&stage, &id);
            }
        });
    }

    /// One frame.
    fn draw(&self, time: f64) {
        self.asked.set(false);
        if !self.studio.is_open() {
            return;
        }
        self.drawing.set(true);
        self.flush();
        let ms = (time - self.time.replace(time)).clamp(0.0, 100.0);
        if self.wants_ticks() {
            self.direct.set(true);
            self.studio.act(|editor| editor.input(Input::Tick { ms }));
        }
        let changes = self.studio.take_changes();
        let glides = changes.viewport && !self.direct.replace(false);
        self.studio.editor(|editor| {
            let mut scene = self.scene.borrow_mut();
            if changes.viewport {
                scene.glide(glides);
            }
            untrack(|| scene.draw(editor, &changes));
            if changes.cursor {
                let _ = self.root.style().set_property("cursor", editor.cursor().css());
            }
        });
        if changes.viewport {
            self.rest_later();
        }
        self.move_focus();
        self.drawing.set(false);
        if self.wants_ticks() {
            self.ask();
        }
    }

    fn wants_ticks(&self) -> bool {
        self.studio.editor(Editor::wants_ticks).unwrap_or(false)
    }

    /// Draws the view sharp once it has come to rest.
    fn rest_later(&self) {
        let late = self.this.clone();
        let rest = Timeout::new(REST, move || {
            if let Some(stage) = late.upgrade() {
                stage.settle();
            }
        });
        // The one before is cancelled by being dropped.
        *self.rest.borrow_mut() = Some(rest);
    }

    fn settle(&self) {
        self.studio.editor(|editor| {
            let mut scene = self.scene.borrow_mut();
            scene.glide(false);
            untrack(|| scene.settle(editor));
        });
    }

    fn move_focus(&self) {
        let Some(target) = self.focus.take() else { return };
        let scene = self.scene.borrow();
        let element = scene.element(&target).cloned();
        drop(scene);
        let element = element.map_or_else(|| self.root.clone(), JsCast::unchecked_into::<HtmlElement>);
        // A name that is being written in it keeps the focus.
        let has_it = document().active_element().is_some_and(|active| element.contains(Some(&active)));
        if !has_it || element == self.root {
            focus(&element);
        }
    }

    /// Draws everything: after mounting, and when the language is another.
    pub(super) fn draw_all(&self) {
        self.studio.editor(|editor| untrack(|| self.scene.borrow_mut().draw_all(editor)));
    }

    /// Writes all texts anew.
    pub(super) fn say_all(&self) {
        self.studio.editor(|editor| untrack(|| self.scene.borrow_mut().say_all(editor)));
    }

    /// Marks what has findings, and what is being deployed.
    pub(super) fn mark(&self, findings: &[Found], deployed: &Deployed) {
        self.studio.editor(|editor| untrack(|| self.scene.borrow_mut().mark(editor, findings, deployed)));
    }

    /// The theme is another.
    pub(super) fn recolour(&self) {
        self.studio.editor(|editor| untrack(|| self.scene.borrow_mut().recolour(editor)));
    }
}

/// Focuses without letting the browser scroll: the canvas has its own way of showing things.
pub(super) fn focus(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

impl Screen for Stage {
    fn changed(&self) {
        self.ask();
    }

    fn asked(&self, request: Request) {
        super::requests::answer(self, request);
    }

    fn focus(&self, target: Target) {
        *self.focus.borrow_mut() = Some(target);
        self.ask();
    }

    fn place(&self, kind: Kind, event: &PointerEvent) {
        super::placing::start(self, kind, event);
    }
}
