//! Everything that the engine may say has its words in both languages.

use trazo_provision::steps::{Phase, StepState, TroubleKind};
use trazo_texts::{Lang, text};

#[test]
fn each_state_and_each_trouble_has_its_words() {
    let mut keys: Vec<String> = Vec::new();
    keys.extend(StepState::ALL.iter().map(|state| format!("state.{}", state.key())));
    keys.extend(Phase::ALL.iter().map(|phase| format!("phase.{}", phase.key())));
    for kind in TroubleKind::ALL {
        keys.extend([format!("trouble.{}", kind.key()), format!("advice.{}", kind.key())]);
    }
    keys.extend(
        ["waiting", "in_use", "checking", "kept", "settling", "throttled"].map(|key| format!("progress.{key}")),
    );
    for key in keys.iter().map(|key| format!("deploy.engine.{key}")) {
        for lang in Lang::ALL {
            assert_ne!(text(lang, &key, &[]), key);
        }
        assert_ne!(text(Lang::ALL[0], &key, &[]), text(Lang::ALL[1], &key, &[]), "{key}");
    }
}
