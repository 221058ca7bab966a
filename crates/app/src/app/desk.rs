//! What can be done with whole designs: open, make, copy, delete, save as a file. Both screens have it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use trazo_model::{Design, Edit, Target};

use super::notice::Toast;
use super::trouble::Trouble;
use super::{Action, Route};
use crate::import::Import;
use crate::store::{
    self, Entry, Keeper, Kept, News, Record, SaveState, StoreError, Tabs, files, names, records, views,
};
use crate::studio::Studio;
use crate::words::{t, t_with};

/// What is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Screen {
    /// Nothing yet.
    Loading,
    /// The start page.
    Start,
    /// A design.
    Editor(Opened),
}

/// A design that is opened.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    /// Tells one opening from another.
    pub(crate) nth: u32,
    /// What is stored of it.
    pub(crate) kept: Kept,
    pub(crate) design: Arc<Design>,
    /// What is selected to begin with.
    pub(crate) selection: Vec<Target>,
}

impl PartialEq for Opened {
    /// No two openings have one number.
    fn eq(&self, other: &Self) -> bool {
        self.nth == other.nth
    }
}

/// The designs of this browser, as far as is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Recents {
    Loading,
    Known(Vec<Entry>),
    Failed,
}

/// What is behind the handle.
pub(super) struct Inner {
    pub(super) keeper: RefCell<Option<Rc<Keeper>>>,
    pub(super) studio: Cell<Option<Studio>>,
    pub(super) tabs: RefCell<Option<Tabs>>,
    pub(super) nth: Cell<u32>,
}

impl Inner {
    /// Begins another opening; one that is under way is given up.
    pub(super) fn next(&self) -> u32 {
        self.nth.set(self.nth.get() + 1);
        self.nth.get()
    }
}

/// The handle.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    /// What is shown.
    pub(crate) screen: RwSignal<Screen>,
    /// Whether the open design is stored.
    pub(crate) save: RwSignal<SaveState>,
    /// The name of the open design.
    pub(crate) name: RwSignal<String>,
    /// The designs of this browser.
    pub(crate) recents: RwSignal<Recents>,
    /// The design in the list that is to get the focus.
    pub(crate) focus: RwSignal<Option<String>>,
    /// The dialog in which files of other tools are looked at.
    pub(crate) import: Import,
    pub(super) toast: RwSignal<Option<Toast>, LocalStorage>,
    pub(super) trouble: RwSignal<Option<Trouble>>,
    pub(super) troubled: RwSignal<bool>,
    pub(super) input: NodeRef<leptos::html::Input>,
    pub(super) inner: StoredValue<Rc<Inner>, LocalStorage>,
}

/// The desk of the page.
pub(crate) fn use_desk() -> Desk {
    expect_context()
}

impl Desk {
    /// The desk of a page that has just been loaded.
    pub(super) fn new() -> Self {
        let inner =
            Inner { keeper: RefCell::new(None), studio: Cell::new(None), tabs: RefCell::new(None), nth: Cell::new(0) };
        Self {
            screen: RwSignal::new(Screen::Loading),
            save: RwSignal::new(SaveState::Saved),
            name: RwSignal::new(String::new()),
            recents: RwSignal::new(Recents::Loading),
            focus: RwSignal::new(None),
            import: Import::new(),
            toast: RwSignal::new_local(None),
            trouble: RwSignal::new(None),
            troubled: RwSignal::new(false),
            input: NodeRef::new(),
            inner: StoredValue::new_local(Rc::new(inner)),
        }
    }

    pub(super) fn inner(&self) -> Rc<Inner> {
        self.inner.with_value(Rc::clone)
    }

    pub(super) fn keeper(&self) -> Option<Rc<Keeper>> {
        self.inner().keeper.borrow().clone()
    }

    /// Whether a design is open to which something can be added. Tracked.
    pub(crate) fn has_design(&self) -> bool {
        self.screen.with(|screen| matches!(screen, Screen::Editor(_)))
    }

    /// The id under which the open design is kept.
    pub(crate) fn design_id(&self) -> Option<String> {
        self.keeper().map(|keeper| keeper.id().to_owned())
    }

    /// Tells the other tabs, and the start page of this one.
    pub(super) fn tell(&self, news: &News) {
        if let Some(tabs) = &*self.inner().tabs.borrow() {
            tabs.tell(news);
        }
    }

    /// Goes to the start page.
    pub(crate) fn home(&self) {
        Route::Start.go();
    }

    /// Makes an empty design and opens it.
    pub(crate) fn new_design(&self) {
        Route::New(None).go();
    }

    /// Makes a design from a template and opens it.
    pub(crate) fn use_template(&self, key: &str) {
        Route::New(Some(key.to_owned())).go();
    }

    /// Looks anew at what is stored.
    pub(crate) fn list(&self) {
        let desk = *self;
        spawn_local(async move { desk.look().await });
    }

    /// The same; the focus goes to the design of this id.
    fn list_at(&self, id: Option<String>) {
        let desk = *self;
        spawn_local(async move {
            desk.look().await;
            desk.focus.set(id);
        });
    }

    async fn look(&self) {
        let recents = records::list().await.map_or(Recents::Failed, Recents::Known);
        if self.recents.with_untracked(|now| *now != recents) {
            self.recents.set(recents);
        }
    }

    /// The design after the one of this id in the list, else the one before.
    fn neighbour(&self, id: &str) -> Option<String> {
        self.recents.with_untracked(|recents| {
            let Recents::Known(all) = recents else { return None };
            let place = all.iter().position(|entry| entry.id == id)?;
            all.get(place + 1).or_else(|| all.get(place.checked_sub(1)?)).map(|entry| entry.id.clone())
        })
    }

    /// Saves the open design as a file.
    pub(crate) fn save_file(&self) {
        if let Some(keeper) = self.keeper() {
            self.save_record(&keeper.record());
        }
    }

    fn save_record(&self, record: &Record) {
        let file = names::file_name(&record.entry.name);
        if files::download(&file, &record.text) {
            self.toast(t_with("ui.files.downloaded", &[("file", &file)]), None);
        }
    }

    /// Saves a stored design as a file.
    pub(crate) fn save_stored(&self, id: String) {
        let desk = *self;
        self.run(async move {
            desk.save_record(&records::load(&id).await?);
            Ok(())
        });
    }

    /// Makes a copy of a stored design.
    pub(crate) fn duplicate_stored(&self, id: String) {
        let (desk, same) = (*self, id.clone());
        let again = Rc::new(move || desk.duplicate_stored(same.clone()));
        self.with_work(move |work| work.duplicate(desk, id), again);
    }

    /// The same, where designs can be read.
    pub(super) fn duplicate_now(&self, id: String) {
        let desk = *self;
        self.run(async move {
            let record = records::load(&id).await?;
            let copy = renamed(&record, &copy_name(&record.entry.name));
            let copy = Record { entry: Entry { id: names::fresh_id(), rev: 0, ..copy.entry }, ..copy };
            desk.stored(&copy.entry.id.clone(), records::save(&copy).await?);
            desk.toast(t_with("ui.start.recent.duplicated", &[("name", &copy.entry.name)]), None);
            Ok(())
        });
    }

    /// Gives a stored design another name.
    pub(crate) fn rename_stored(&self, id: String, name: String) {
        let (desk, same) = (*self, (id.clone(), name.clone()));
        let again = Rc::new(move || desk.rename_stored(same.0.clone(), same.1.clone()));
        self.with_work(move |work| work.rename(desk, id, name), again);
    }

    /// The same, where designs can be read.
    pub(super) fn rename_now(&self, id: String, name: String) {
        let desk = *self;
        self.run(async move {
            let record = renamed(&records::load(&id).await?, &name);
            desk.stored(&id, records::save(&record).await?);
            Ok(())
        });
    }

    /// Takes a stored design away, and offers to bring it back.
    pub(crate) fn delete_stored(&self, id: String) {
        let desk = *self;
        self.run(async move {
            let next = desk.neighbour(&id);
            let record = records::remove(&id).await?;
            views::forget(&id);
            desk.tell(&News::Removed(id));
            desk.list_at(next);
            let name = shown_name(&record.entry.name);
            let bring_back = move || desk.restore(record.clone());
            let action = Action { label: t("ui.dialog.undo"), run: Rc::new(bring_back), stays: false };
            desk.toast(t_with("ui.delete_design.done", &[("name", &name)]), Some(action));
            Ok(())
        });
    }

    fn restore(&self, record: Record) {
        let desk = *self;
        self.run(async move {
            let record = Record { entry: Entry { rev: 0, ..record.entry }, ..record };
            desk.stored(&record.entry.id.clone(), records::save(&record).await?);
            Ok(())
        });
    }

    fn stored(&self, id: &str, rev: u32) {
        self.tell(&News::Stored(id.to_owned(), rev));
        self.list_at(Some(id.to_owned()));
    }

    /// Copies the open design and opens the copy.
    pub(crate) fn duplicate_open(&self) {
        let Some(studio) = self.inner().studio.get() else { return };
        let design = studio.design(Clone::clone);
        self.make(named(design, copy_name), false, false);
    }

    /// Deletes the open design, goes to the start page, and offers to bring it back.
    pub(crate) fn delete_open(&self) {
        let Some(keeper) = self.keeper() else { return };
        let (id, record) = (keeper.id().to_owned(), keeper.record());
        keeper.let_go();
        Route::Start.go();
        if record.entry.rev > 0 {
            self.delete_stored(id);
        }
    }

    /// Does something with the store; a failure is said.
    pub(super) fn run(&self, work: impl Future<Output = Result<(), StoreError>> + 'static) {
        let desk = *self;
        spawn_local(async move {
            if let Err(error) = work.await {
                desk.toast(say_error(&error), None);
                desk.list();
            }
        });
    }
}

/// What a person is told of a failure.
pub(super) fn say_error(error: &StoreError) -> String {
    t(match error {
        StoreError::Full => "ui.storage.full",
        StoreError::Refused => "ui.storage.refused",
        StoreError::Newer => "ui.storage.newer",
        StoreError::Changed => "ui.tabs.clash",
        StoreError::Gone => "ui.open.not_found",
        StoreError::Failed(_) => "ui.storage.failed",
    })
}

/// The name of a copy of what has this name.
pub(super) fn copy_name(name: &str) -> String {
    t_with("ui.start.copy_name", &[("name", &shown_name(name))])
}

/// A name, or what stands for none.
pub(crate) fn shown_name(name: &str) -> String {
    if name.trim().is_empty() { t("ui.top.unnamed") } else { name.to_owned() }
}

/// The design under another name.
pub(super) fn named(design: Design, rename: impl Fn(&str) -> String) -> Design {
    let name = rename(design.name());
    let mut design = design;
    // A design takes any text as its name.
    let _ = trazo_model::edit::apply(&mut design, Edit::set(Target::Design, "name", name));
    design
}

/// The record under another name; one that cannot be read gets it in the list only.
fn renamed(record: &Record, name: &str) -> Record {
    match trazo_formats::manifest::read(&record.text) {
        Ok(design) => store::record(&record.entry.id, record.entry.rev, &named(design, |_| name.to_owned())),
        Err(_) => Record { entry: Entry { name: name.to_owned(), ..record.entry.clone() }, ..record.clone() },
    }
}
