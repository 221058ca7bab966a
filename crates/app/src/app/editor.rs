//! The editor of one design: its studio, its keeper, and how it is left.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;

use super::desk::{Opened, copy_name, named};
use super::{Action, Desk, Route, bar, use_desk};
use crate::store::keeper::Calls;
use crate::store::{Clash, Keeper, News, SaveState, files, names, records};
use crate::studio::Studio;
use crate::words::{t, t_with};

/// The editor.
#[component]
pub(crate) fn EditorPage(opened: Opened) -> impl IntoView {
    let desk = use_desk();
    let studio = Studio::new((*opened.design).clone());
    studio.select(opened.selection);
    provide_context(studio);
    let calls =
        Calls { state: Box::new(move |state| desk.save.set(state)), stored: Box::new(move |news| desk.tell(&news)) };
    let keeper = Keeper::new(studio, opened.kept, calls);
    desk.inner().studio.set(Some(studio));
    desk.inner().keeper.replace(Some(Rc::clone(&keeper)));
    let kept = StoredValue::new_local(keeper);
    Effect::new(move |_| {
        studio.revision.track();
        kept.with_value(|keeper| keeper.changed());
        desk.name.set(studio.design(|design| design.name().to_owned()));
    });
    Effect::new(move |_| {
        if let Some(text) = studio.foreign.get() {
            let none = move || studio.warn(untrack(|| t("ui.paste.empty")));
            desk.import_pasted(text, Rc::new(none));
        }
    });
    let listeners = StoredValue::new_local(guard(desk));
    on_cleanup(move || listeners.dispose());
    view! {
        <bar::Bar />
        <crate::shell::Shell />
    }
}

/// What is done when the tab is hidden or closed.
fn guard(desk: Desk) -> Vec<EventListener> {
    let put_by = move || {
        if crate::crash::crashed() {
            return true;
        }
        desk.keeper().is_none_or(|keeper| {
            let safe = keeper.write_down();
            keeper.note_view();
            keeper.save();
            safe
        })
    };
    let hidden = EventListener::new(&document(), "visibilitychange", move |_| {
        if document().hidden() {
            put_by();
        } else {
            desk.catch_up();
        }
    });
    let left = EventListener::new(&window(), "pagehide", move |_| {
        put_by();
    });
    let asked = EventListener::new_with_options(
        &window(),
        "beforeunload",
        EventListenerOptions::enable_prevent_default(),
        move |event| {
            let safe = put_by();
            let unsaved = !matches!(desk.save.get_untracked(), SaveState::Saved | SaveState::Saving);
            if (unsaved || !safe) && !crate::crash::crashed() {
                event.prevent_default();
            }
        },
    );
    vec![hidden, left, asked]
}

impl Desk {
    /// Leaves the open design: what is not stored is stored, or put where it is found again.
    pub(super) fn leave(self) {
        let inner = self.inner();
        self.forget_told();
        let Some(keeper) = inner.keeper.take() else { return };
        keeper.save();
        keeper.note_view();
        match keeper.state() {
            SaveState::Conflict(_) if keeper.is_dirty() => self.save_copy(&keeper),
            SaveState::Unsaved(_) if !keeper.write_down() => self.offer_file(&keeper),
            _ if keeper.is_needless() => self.forget(&keeper),
            _ => {}
        }
        inner.studio.set(None);
        crate::crash::forget();
    }

    /// Takes away a new design in which nothing was ever drawn.
    fn forget(self, keeper: &Keeper) {
        let id = keeper.id().to_owned();
        keeper.let_go();
        leptos::task::spawn_local(async move {
            // Where nothing was stored, nothing has to be taken away.
            if records::remove(&id).await.is_ok() {
                self.tell(&News::Removed(id));
                self.list();
            }
        });
    }

    /// What could be stored nowhere is at least offered as a file.
    fn offer_file(self, keeper: &Keeper) {
        let record = keeper.record();
        let file = names::file_name(&record.entry.name);
        let save = move || {
            files::download(&file, &record.text);
        };
        let action = Action { label: t("ui.storage.save_file"), run: Rc::new(save), stays: true };
        self.toast(t("ui.storage.left"), Some(action));
    }

    /// Stores this tab's version as a design of its own, and says so.
    fn save_copy(self, keeper: &Keeper) {
        let design = keeper.design();
        keeper.let_go();
        self.run(async move {
            let copy = crate::store::record(&names::fresh_id(), 0, &named(design, copy_name));
            let rev = records::save(&copy).await?;
            self.tell(&News::Stored(copy.entry.id, rev));
            self.list();
            self.toast(t_with("ui.tabs.kept", &[("name", &copy.entry.name)]), None);
            Ok(())
        });
    }

    /// Tries again to store the open design.
    pub(super) fn retry(self) {
        if let Some(keeper) = self.keeper() {
            keeper.retry();
        }
    }

    /// Loads the page anew.
    pub(super) fn reload(self) {
        // A refusal leaves the page as it is.
        let _ = window().location().reload();
    }

    /// Goes on with what the other tab has stored. What this tab had can be brought back.
    pub(super) fn take_theirs(self) {
        let Some(keeper) = self.keeper() else { return };
        if keeper.is_dirty() {
            let mine = keeper.design();
            let bring_back = move || self.make(named(mine.clone(), copy_name), false, false);
            let action = Action { label: t("ui.tabs.mine"), run: Rc::new(bring_back), stays: false };
            self.toast(t("ui.tabs.taken"), Some(action));
        }
        self.reopen(keeper.id().to_owned());
    }

    /// Goes on with this tab's version, as a design of its own.
    pub(super) fn keep_copy(self) {
        let Some(keeper) = self.keeper() else { return };
        let design = keeper.design();
        let gone = keeper.state() == SaveState::Conflict(Clash::Gone);
        keeper.let_go();
        let design = if gone { design } else { named(design, copy_name) };
        self.make(design, false, true);
    }

    /// Leaves a design that was deleted in another tab.
    pub(super) fn leave_gone(self) {
        if let Some(keeper) = self.keeper() {
            keeper.let_go();
        }
        Route::Start.go();
    }

    /// After a time in the background: news may have been missed.
    fn catch_up(self) {
        let Some(keeper) = self.keeper() else { return };
        if crate::crash::crashed() {
            return;
        }
        let id = keeper.id().to_owned();
        leptos::task::spawn_local(async move {
            if let Ok(record) = records::load(&id).await {
                let news = News::Stored(id, record.entry.rev);
                if keeper.hear(&news) {
                    self.take_theirs();
                }
            }
        });
    }
}
