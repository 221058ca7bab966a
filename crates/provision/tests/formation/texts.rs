//! Whatever the engine says has its text, in both languages.

use trazo_provision::formation::{
    Action, DriftState, KEPT, Problem, Replacement, STATUSES, State, explanation_keys, loss_keys, status_key,
};
use trazo_provision::{CallError, Unsent};

#[test]
fn every_word_has_its_text() {
    let name = || "s".to_owned();
    let stand = || (name(), "CREATE_IN_PROGRESS".to_owned());
    let problems = [
        Problem::Empty,
        Problem::TooLarge { bytes: 60_000, most: vec![(name(), 1)] },
        Problem::Missing(vec![name()]),
        Problem::Foreign(name()),
        Problem::Busy { name: stand().0, status: stand().1 },
        Problem::MustDelete { name: stand().0, status: stand().1 },
        Problem::MustContinue(name()),
        Problem::NoChanges,
        Problem::Invalid(name()),
        Problem::ChangeSetFailed { reason: name(), causes: Vec::new() },
        Problem::Stale,
        Problem::Slow,
        Problem::NothingToCancel { name: stand().0, status: stand().1 },
        Problem::Call(CallError::Expired),
        Problem::Call(CallError::Unsent(Unsent::Offline)),
    ];
    for problem in &problems {
        let phrase = problem.phrase();
        for lang in trazo_texts::Lang::ALL {
            let said = trazo_texts::phrase(lang, phrase.key, phrase.count, &phrase.args);
            assert!(!said.contains(['{', '}']) && said != phrase.key, "{said}");
        }
    }
    let mut keys: Vec<String> = STATUSES.iter().map(|it| status_key(it)).collect();
    keys.extend(loss_keys().chain(explanation_keys()).chain([KEPT]).map(str::to_owned));
    keys.extend(problems.iter().map(|it| it.phrase().key.to_owned()));
    let states = [
        State::Pending,
        State::Active,
        State::Done,
        State::Failed,
        State::Undoing,
        State::Undone,
        State::Removed,
        State::Kept,
    ];
    keys.extend(states.map(|it| it.key().to_owned()));
    let actions = [Action::Add, Action::Change, Action::Replace, Action::Remove, Action::Import];
    keys.extend(actions.map(|it| it.key().to_owned()));
    keys.extend([Replacement::Always, Replacement::Conditional, Replacement::Never].map(|it| it.key().to_owned()));
    let drifts = [DriftState::InSync, DriftState::Modified, DriftState::Deleted, DriftState::NotChecked];
    keys.extend(drifts.map(|it| it.key().to_owned()));
    assert_eq!(trazo_texts::missing(&keys), Vec::<String>::new());
}
