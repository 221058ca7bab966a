//! What the parts of the workbench share.

use leptos::prelude::*;
use trazo_model::LinkId;
use trazo_model::mapping::Side;
use trazo_model::mapping::complete::Offer;
use trazo_model::trial::{self, Given, RequestTrial, ResponseTrial};

use super::super::subject::Subject;
use super::sample::{Sample, stored};

/// A handle that can be copied into any closure.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    pub(super) subject: Subject,
    link: StoredValue<LinkId>,
    /// Which way is shown.
    pub(super) side: RwSignal<Side>,
    /// The sample messages, as they are typed.
    pub(super) sample: RwSignal<Sample>,
    /// What comes of the request.
    pub(super) request: Memo<Option<RequestTrial>>,
    /// What comes of the response.
    pub(super) response: Memo<Option<ResponseTrial>>,
}

impl Bench {
    pub(super) fn new(subject: Subject, link: LinkId) -> Self {
        let studio = subject.studio;
        let sample = RwSignal::new(stored(studio, &link));
        let (one, other) = (link.clone(), link.clone());
        let request = Memo::new(move |_| {
            studio.revision.track();
            sample.with(|sample| studio.design(|design| trial::request(design, &one, &sample.request())))
        });
        let response = Memo::new(move |_| {
            studio.revision.track();
            sample.with(|sample| {
                studio.design(|design| trial::response(design, &other, &sample.request(), &sample.response()))
            })
        });
        Self { subject, link: StoredValue::new(link), side: RwSignal::new(Side::Request), sample, request, response }
    }

    pub(super) fn link(self) -> LinkId {
        self.link.get_value()
    }

    /// What the mapping at a position gives. Tracks the trial.
    pub(super) fn given(self, side: Side, index: usize) -> Option<Given> {
        match side {
            Side::Request => self.request.with(|trial| trial.as_ref()?.given.get(index).cloned()),
            Side::Response => self.response.with(|trial| trial.as_ref()?.given.get(index).cloned()),
        }
    }

    /// The values that may be chosen. Tracks nothing.
    pub(super) fn offers(self, side: Side) -> Vec<Offer> {
        let Some(link) = self.link.try_get_value() else { return Vec::new() };
        self.sample.with_untracked(|sample| {
            let (request, response) = (sample.request(), sample.response());
            self.subject.studio.design(|design| trial::offers(design, &link, side, &request, &response))
        })
    }
}
