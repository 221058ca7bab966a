//! What is told of a finding, and how it is mended.

use leptos::prelude::*;
use trazo_model::phrase::filled;
use trazo_model::{Finding, Found};

use crate::inspector::prose;
use crate::studio::Studio;
use crate::ui::Icon;
use crate::words::{t, t_if, t_with};

/// What is wrong, in a sentence.
pub(crate) fn message(finding: &Finding) -> String {
    said(finding, "message").unwrap_or_else(|| finding.code.to_owned())
}

/// What the button that mends it says.
pub(crate) fn fix_label(finding: &Finding) -> String {
    said(finding, "fix").unwrap_or_else(|| t("ui.problems.fix"))
}

/// A text of the finding's check with its places filled; `None` where there is no such text.
fn said(finding: &Finding, part: &str) -> Option<String> {
    let key = format!("check.{}.{part}", finding.code);
    let args = filled(&finding.args, &t_if);
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    trazo_texts::has(&key).then(|| t_with(&key, &args))
}

/// Why it is wrong and what to do, what AWS would answer, and AWS's page.
#[derive(Clone)]
pub(crate) struct More {
    code: &'static str,
    help: Option<String>,
    aws: &'static str,
    doc: &'static str,
}

/// What there is to tell beside the message.
pub(crate) fn more(finding: &Finding) -> More {
    More { code: finding.code, help: said(finding, "help"), aws: finding.aws, doc: finding.doc }
}

impl More {
    pub(crate) fn show(self) -> AnyView {
        let Self { code, help, aws, doc } = self;
        let answer = (!aws.is_empty()).then(|| {
            view! {
                <figure class="aws-answer">
                    <figcaption>{t("ui.problems.aws")}</figcaption>
                    <blockquote lang="en">{aws}</blockquote>
                </figure>
            }
        });
        let link = (!doc.is_empty()).then(|| {
            view! {
                <a class="why-doc" href=doc target="_blank" rel="noreferrer">
                    {t_with("ui.problems.doc", &[("code", code)])} <Icon name="external" />
                    <span class="sr-only">" (" {t("ui.inspector.new_window")} ")"</span>
                </a>
            }
        });
        view! { <div class="why-body">{help.map(|help| view! { <p>{prose(&help)}</p> })} {answer} {link}</div> }
            .into_any()
    }
}

/// Mends what was found, as one step. The fix may have become another one since the finding was shown.
pub(crate) fn mend(studio: Studio, finding: &Finding) {
    let is_this =
        |other: &&Found| other.code == finding.code && other.target == finding.target && other.field == finding.field;
    let now = studio.findings.with_untracked(|all| all.iter().find(is_this).cloned());
    let Some(fix) = now.as_ref().and_then(|finding| finding.fix.as_ref()) else { return };
    studio.seal();
    if studio.edit("edit.fix", fix.edit.clone()).is_ok() {
        studio.inform(untrack(|| t_with("ui.problems.fixed", &[("code", finding.code)])));
    }
}
