//! Ways to a design: by an address, a file, a template, from another tab.

use std::rc::Rc;
use std::sync::Arc;

use gloo::events::EventListener;
use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_formats::{manifest, templates};
use trazo_model::{Design, Target};
use web_sys::File;

use super::desk::{Opened, Screen, named, shown_name};
use super::trouble::Trouble;
use super::{Desk, Route, parts};
use crate::import::Given;
use crate::store::files::{self, Unreadable};
use crate::store::{Kept, News, Record, StoreError, Tabs, journal, names, records, views};
use crate::words::{say_why, t, t_with};

/// Where a new design is to be created on AWS until somebody chooses another region.
const REGION: &str = "us-east-1";

impl Desk {
    /// Goes where the address points, now and whenever it changes, and listens to other tabs.
    pub(super) fn begin(self) {
        let tabs = Tabs::open(move |news| self.hear(&news));
        self.inner().tabs.replace(Some(tabs));
        EventListener::new(&window(), "hashchange", move |_| self.follow()).forget();
        self.follow();
    }

    fn hear(self, news: &News) {
        if self.screen.with_untracked(|screen| *screen == Screen::Start) {
            self.list();
        }
        if let Some(work) = parts::work() {
            work.hear(self, news);
        }
    }

    /// Goes where the address points.
    fn follow(self) {
        match Route::here() {
            Route::Start => self.start(),
            Route::Unknown => self.start_with(t("ui.open.not_found")),
            route => {
                let again = route.clone();
                self.with_work(move |work| work.go(self, route), Rc::new(move || again.go()));
            }
        }
    }

    /// Goes to a design, or makes one.
    pub(super) fn go(self, route: Route) {
        let open = self.keeper().map(|keeper| keeper.id().to_owned());
        match route {
            Route::Design(id) if open.as_ref() == Some(&id) => {}
            Route::Design(id) => {
                self.leave();
                self.open(id, Vec::new());
            }
            Route::New(None) => self.make(Design::new(&t("ui.start.new_name"), REGION), true, true),
            Route::New(Some(key)) => match templates::find(&key).map(|template| template.design()) {
                Some(Ok(design)) => {
                    let name = t(&format!("template.{key}.name"));
                    self.make(named(design, |_| name.clone()), false, true);
                }
                Some(Err(_)) | None => self.start_with(t("ui.open.no_template")),
            },
            Route::Start | Route::Unknown => {}
        }
    }

    /// Shows the start page.
    pub(super) fn start(self) {
        if let Some(work) = parts::work() {
            work.leave(self);
        }
        // Not to be overtaken by a design that is being loaded.
        self.inner().next();
        self.screen.set(Screen::Start);
        self.list();
    }

    /// Shows the start page, and why.
    fn start_with(self, reason: String) {
        Route::Start.write(true);
        self.start();
        self.toast(reason, None);
    }

    /// Makes a new stored design and opens it. `empty`: it is forgotten again if it is left as it is. `replace`: the way back
    /// leads past the present address.
    pub(super) fn make(self, design: Design, empty: bool, replace: bool) {
        self.leave();
        let id = names::fresh_id();
        Route::Design(id.clone()).write(replace);
        self.enter(Kept { id, rev: 0, dirty: true, empty, text: String::new() }, design, Vec::new());
    }

    /// Opens a stored design.
    fn open(self, id: String, selection: Vec<Target>) {
        let inner = self.inner();
        let nth = inner.next();
        spawn_local(async move {
            let loaded = records::load(&id).await;
            // Something else was asked for meanwhile.
            if inner.nth.get() != nth {
                return;
            }
            match loaded {
                Ok(record) => self.open_record(record, selection),
                Err(error) => self.open_pending(&id, &error),
            }
        });
    }

    fn open_record(self, record: Record, selection: Vec<Target>) {
        let Record { entry, text } = record;
        let pending = journal::read(&entry.id).filter(|pending| pending.text != text);
        let (text, dirty) = match pending {
            Some(pending) if pending.rev == entry.rev => (pending.text, true),
            Some(pending) => {
                self.rescue(&entry.id, &pending.text);
                (text, false)
            }
            None => {
                journal::forget(&entry.id);
                (text, false)
            }
        };
        match manifest::read(&text) {
            Ok(mut design) => {
                design.view = views::read(&entry.id).unwrap_or(design.view);
                self.enter(Kept { id: entry.id, rev: entry.rev, dirty, empty: false, text }, design, selection);
            }
            Err(error) => {
                let name = shown_name(&entry.name);
                Route::Start.write(true);
                self.start();
                let title = t_with("ui.open.failed", &[("file", &name)]);
                let save = Some((names::file_name(&entry.name), text.clone()));
                self.tell_trouble(Trouble { save, ..Trouble::of_manifest(title, &error, &text) });
            }
        }
    }

    /// A design that is not stored may have been written down when its tab was closed.
    fn open_pending(self, id: &str, error: &StoreError) {
        let pending = journal::read(id).and_then(|pending| Some((manifest::read(&pending.text).ok()?, pending.text)));
        match (pending, error) {
            (Some((design, text)), _) => {
                self.enter(Kept { id: id.to_owned(), rev: 0, dirty: true, empty: false, text }, design, Vec::new());
            }
            (None, StoreError::Gone) => self.start_with(t("ui.open.not_found")),
            (None, error) => self.start_with(super::desk::say_error(error)),
        }
    }

    /// Keeps a text that was made from a version that is no longer the stored one, as a design of its own.
    fn rescue(self, id: &str, text: &str) {
        let Ok(design) = manifest::read(text) else { return };
        let id = id.to_owned();
        let design = named(design, super::desk::copy_name);
        self.run(async move {
            let copy = crate::store::record(&names::fresh_id(), 0, &design);
            let rev = records::save(&copy).await?;
            journal::forget(&id);
            self.tell(&News::Stored(copy.entry.id, rev));
            self.toast(t_with("ui.tabs.kept", &[("name", &copy.entry.name)]), None);
            Ok(())
        });
    }

    /// Shows a design in the editor.
    fn enter(self, kept: Kept, design: Design, selection: Vec<Target>) {
        let nth = self.inner().next();
        self.name.set(design.name().to_owned());
        self.screen.set(Screen::Editor(Opened { nth, kept, design: Arc::new(design), selection }));
    }

    /// Opens what is stored in place of what this tab has, with the same view and selection.
    pub(super) fn reopen(self, id: String) {
        let Some(studio) = self.inner().studio.get() else { return };
        let (view, selection) = (studio.design(|design| design.view), studio.selection.get_untracked());
        let inner = self.inner();
        let nth = inner.next();
        spawn_local(async move {
            let loaded = records::load(&id).await;
            if inner.nth.get() != nth {
                return;
            }
            let read = loaded.map(|record| (manifest::read(&record.text), record));
            match read {
                Ok((Ok(mut design), Record { entry, text })) => {
                    design.view = view;
                    let selection = selection.into_iter().filter(|target| has(&design, target)).collect();
                    if let Some(keeper) = self.keeper() {
                        keeper.let_go();
                    }
                    self.enter(Kept { id, rev: entry.rev, dirty: false, empty: false, text }, design, selection);
                }
                Ok((Err(_), _)) => {}
                Err(error) => self.toast(super::desk::say_error(&error), None),
            }
        });
    }

    /// Asks for a file and opens it.
    pub(crate) fn ask_for_file(&self) {
        if let Some(input) = self.input.get_untracked() {
            input.click();
        }
    }

    /// Opens a file as a new design.
    pub(crate) fn open_file(&self, file: File) {
        let desk = *self;
        spawn_local(async move {
            let name = file.name();
            match files::read(&file).await {
                // While the dialog is open, it is what a file is for.
                Ok(text) if desk.import.open.get_untracked() => desk.import.show(&name, &text),
                Ok(text) => desk.open_text(&name, &text),
                Err(reason) => desk.say_unreadable(&name, reason),
            }
        });
    }

    /// Lets a person choose what to open of several files. What is no text is left out, and that is said.
    pub(crate) fn open_all(&self, all: Vec<File>) {
        let desk = *self;
        spawn_local(async move {
            let (mut texts, mut last, of) = (Vec::new(), None, all.len());
            for file in all {
                match files::read(&file).await {
                    Ok(text) => texts.push(Given { name: file.name().into(), text: text.into() }),
                    Err(reason) => last = Some((file.name(), reason)),
                }
            }
            match (last, texts.is_empty()) {
                (Some((name, reason)), true) => desk.say_unreadable(&name, reason),
                _ => desk.import_several(texts, of),
            }
        });
    }

    /// Opens the text of a file as a new design; where that cannot be done, it is said why, and nothing changes.
    pub(crate) fn open_text(&self, file: &str, text: &str) {
        let (desk, file, text) = (*self, Rc::<str>::from(file), Rc::<str>::from(text));
        let again: Rc<dyn Fn()> = {
            let (file, text) = (Rc::clone(&file), Rc::clone(&text));
            Rc::new(move || desk.open_text(&file, &text))
        };
        self.with_work(move |work| work.open_text(desk, &file, &text), again);
    }

    /// The same, where designs can be read.
    pub(super) fn open_manifest(&self, file: &str, text: &str) {
        let foreign = !file.ends_with(".trazo.json");
        // What holds no word of Trazo's need not be read to know that it is no manifest.
        if foreign && !text.contains("\"trazo\"") {
            return self.import.show(file, text);
        }
        match manifest::read(text) {
            Ok(design) => self.open_design(file, design),
            Err(error) if foreign && error.is_foreign() => self.import.show(file, text),
            Err(error) => {
                let title = t_with("ui.open.failed", &[("file", file)]);
                let trouble = Trouble::of_manifest(title, &error, text);
                self.tell_trouble(self.reassured(trouble));
            }
        }
    }

    /// Opens a design that came from a file as a new one, called as the file if it has no name.
    pub(super) fn open_design(&self, file: &str, design: Design) {
        let design = if design.name().is_empty() { named(design, |_| names::of_file(file).to_owned()) } else { design };
        self.make(design, false, false);
        self.toast(t_with("ui.open.done", &[("file", file)]), None);
    }

    /// Adds a design to the open one.
    pub(super) fn add_design(&self, part: &Design) {
        let Some(studio) = self.inner().studio.get() else { return };
        if let Err(error) = studio.attempt(|editor| editor.add_design(part)) {
            studio.warn(say_why(&error.phrase()));
        }
    }

    fn say_unreadable(self, file: &str, reason: Unreadable) {
        let what = match reason {
            Unreadable::TooLarge(size, limit) => {
                t_with("ui.open.too_large", &[("file", file), ("size", &size), ("limit", &limit)])
            }
            Unreadable::NotText => t_with("ui.open.not_text", &[("file", file)]),
            Unreadable::Lost => t_with("ui.open.lost", &[("file", file)]),
        };
        let title = t_with("ui.open.failed", &[("file", file)]);
        let trouble = Trouble { title, what, ..Trouble::default() };
        self.tell_trouble(self.reassured(trouble));
    }

    /// With a word on the design that is open.
    fn reassured(self, trouble: Trouble) -> Trouble {
        if self.screen.with_untracked(|screen| matches!(screen, Screen::Start | Screen::Loading)) {
            return trouble;
        }
        let help = format!("{} {}", trouble.help, t("ui.open.untouched"));
        Trouble { help: help.trim().to_owned(), ..trouble }
    }
}

fn has(design: &Design, target: &Target) -> bool {
    match target {
        Target::Node(id) => design.node(id).is_some(),
        Target::Link(id) => design.link(id).is_some(),
        Target::Design => true,
    }
}
