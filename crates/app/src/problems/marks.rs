//! The mark on a card: how many problems an element has, and how bad the worst is.

use leptos::prelude::*;
use trazo_model::{Severity, Target};

use crate::studio::use_studio;
use crate::ui::Icon;
use crate::words::t_count;

/// The mark of one element; nothing where nothing is wrong.
#[component]
pub(crate) fn Marks(
    /// The element.
    target: Target,
) -> impl IntoView {
    let studio = use_studio();
    // Compared, so that only marks whose numbers changed are drawn again.
    let counts = Memo::new(move |_| {
        let mut counts = [0_usize; 3];
        for finding in studio.findings.read().iter().filter(|finding| finding.target == target) {
            counts[finding.severity as usize] += 1;
        }
        counts
    });
    let words = move |counts: [usize; 3]| {
        let said = |(n, key): (usize, &str)| (n > 0).then(|| t_count(&format!("ui.problems.{key}"), n));
        counts.into_iter().zip(["errors", "warnings", "hints"]).filter_map(said).collect::<Vec<_>>().join(", ")
    };
    move || {
        let counts = counts.get();
        let all = [Severity::Error, Severity::Warning, Severity::Hint];
        let (worst, n) = all.into_iter().zip(counts).find(|(_, n)| *n > 0)?;
        let key = worst.key();
        let words = words(counts);
        Some(view! {
            <span class=format!("mark {key}") role="img" aria-label=words.clone() title=words>
                <Icon name=key />
                {(n > 1).then(|| view! { <span>{n}</span> })}
            </span>
        })
    }
}
