//! The bar above the editor when the design cannot be stored, or was changed in another tab: what happened, what to do.

use leptos::prelude::*;

use super::use_desk;
use crate::store::{Clash, Reason, SaveState};
use crate::ui::{Button, IconButton};
use crate::words::t;

/// What a button of the bar does.
#[derive(Clone, Copy)]
enum Way {
    SaveFile,
    Retry,
    Reload,
    TakeTheirs,
    KeepCopy,
    Leave,
}

/// What the bar says: text keys of what happened and what follows, and the buttons.
type Words = (&'static str, &'static str, &'static [(&'static str, Way)]);

fn words(state: SaveState) -> Option<Words> {
    match state {
        SaveState::Saved | SaveState::Saving => None,
        SaveState::Unsaved(Reason::Full) => Some((
            "ui.storage.full",
            "ui.storage.full_help",
            &[("ui.storage.save_file", Way::SaveFile), ("ui.dialog.retry", Way::Retry)],
        )),
        SaveState::Unsaved(Reason::Refused) => {
            Some(("ui.storage.refused", "ui.storage.refused_help", &[("ui.storage.save_file", Way::SaveFile)]))
        }
        SaveState::Unsaved(Reason::Newer) => Some((
            "ui.storage.newer",
            "",
            &[("ui.storage.save_file", Way::SaveFile), ("ui.storage.reload", Way::Reload)],
        )),
        SaveState::Unsaved(Reason::Failed) => Some((
            "ui.storage.failed",
            "ui.storage.failed_help",
            &[("ui.storage.save_file", Way::SaveFile), ("ui.dialog.retry", Way::Retry)],
        )),
        SaveState::Conflict(Clash::Changed) => Some((
            "ui.tabs.clash",
            "ui.tabs.clash_help",
            &[("ui.tabs.theirs", Way::TakeTheirs), ("ui.tabs.mine", Way::KeepCopy)],
        )),
        SaveState::Conflict(Clash::Gone) => Some((
            "ui.tabs.gone",
            "ui.tabs.gone_help",
            &[("ui.tabs.leave", Way::Leave), ("ui.tabs.mine", Way::KeepCopy)],
        )),
    }
}

/// The bar.
#[component]
pub(crate) fn Bar() -> impl IntoView {
    let desk = use_desk();
    // What was read and put away; a new state is shown again.
    let away = RwSignal::new(SaveState::Saved);
    let act = move |way: Way| match way {
        Way::SaveFile => desk.save_file(),
        Way::Retry => desk.retry(),
        Way::Reload => desk.reload(),
        Way::TakeTheirs => desk.take_theirs(),
        Way::KeepCopy => desk.keep_copy(),
        Way::Leave => desk.leave_gone(),
    };
    let shown = move || {
        let state = desk.save.get();
        let (what, help, ways) = words(state).filter(|_| away.get() != state)?;
        let button = |&(key, way): &(&'static str, Way)| {
            view! { <Button label=move || t(key) on_press=move || act(way) /> }
        };
        // Between two versions one has to choose.
        let close = matches!(state, SaveState::Unsaved(_)).then(|| {
            view! { <IconButton icon="close" label=move || t("ui.dialog.dismiss") on_press=move || away.set(state) /> }
        });
        Some(view! {
            <div class="bar">
                <p><strong>{t(what)}</strong>" "{(!help.is_empty()).then(|| t(help))}</p>
                <p class="bar-buttons">{ways.iter().map(button).collect_view()}{close}</p>
            </div>
        })
    };
    view! { <div class="bar-place" role="alert">{shown}</div> }
}
