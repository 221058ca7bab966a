//! Trials of the parameter mappings of any link: what arrives for a sample message.

use crate::mapping::Side;
use crate::mapping::complete::Offer;
use crate::mapping::sample::{SampleRequest, SampleResponse};
use crate::resources::{http_api, rest_api};
use crate::{Design, LinkId, LinkKind};

pub use crate::resources::http_api::trial::{Given, How, Line, RequestTrial, ResponseTrial, Taken};

/// Which messages a kind of link can map.
pub fn sides(kind: LinkKind) -> &'static [Side] {
    match kind {
        LinkKind::Integration => &[Side::Request, Side::Response],
        LinkKind::RestIntegration => &[Side::Request],
        _ => &[],
    }
}

fn kind(design: &Design, link: &LinkId) -> Option<LinkKind> {
    design.link(link).map(crate::Link::kind)
}

/// What the backend gets for a request; `None` where the link maps none.
pub fn request(design: &Design, link: &LinkId, sample: &SampleRequest) -> Option<RequestTrial> {
    match kind(design, link)? {
        LinkKind::Integration => http_api::trial::request(design, link, sample),
        LinkKind::RestIntegration => rest_api::trial::request(design, link, sample),
        _ => None,
    }
}

/// What the client gets for an answer of the backend to `sent`; `None` where the link maps none.
pub fn response(
    design: &Design,
    link: &LinkId,
    sent: &SampleRequest,
    sample: &SampleResponse,
) -> Option<ResponseTrial> {
    http_api::trial::response(design, link, sent, sample)
}

/// A request that fits the link, and an answer to it.
pub fn samples(design: &Design, link: &LinkId) -> Option<(SampleRequest, SampleResponse)> {
    match kind(design, link)? {
        LinkKind::Integration => http_api::trial::samples(design, link),
        LinkKind::RestIntegration => rest_api::trial::samples(design, link),
        _ => None,
    }
}

/// The values that may be offered for a mapping, with what they give in the samples.
pub fn offers(
    design: &Design,
    link: &LinkId,
    side: Side,
    request: &SampleRequest,
    response: &SampleResponse,
) -> Vec<Offer> {
    match kind(design, link) {
        Some(LinkKind::Integration) => http_api::trial::offers(design, link, side, request, response),
        Some(LinkKind::RestIntegration) => rest_api::trial::offers(design, link, request),
        _ => Vec::new(),
    }
}
