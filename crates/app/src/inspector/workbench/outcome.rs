//! What arrives: the message as it goes over the wire, with what was changed on the way.

use leptos::prelude::*;
use trazo_model::mapping::Side;
use trazo_model::mapping::sample::encoded;
use trazo_model::trial::{How, Line, RequestTrial, ResponseTrial, Taken};

use super::super::parts::prose;
use super::state::Bench;
use crate::ui::Icon;
use crate::words::{t, t_with};

/// What becomes of the sample.
pub(super) fn outcome(bench: Bench, side: Side) -> AnyView {
    let (title, shown) = match side {
        Side::Request => {
            let shown = move || bench.request.with(|trial| trial.as_ref().map(request)).into_any();
            ("ui.bench.outcome.request", shown.into_any())
        }
        Side::Response => {
            let shown = move || bench.response.with(|trial| trial.as_ref().map(response)).into_any();
            ("ui.bench.outcome.response", shown.into_any())
        }
    };
    view! {
        <section class="bench-part bench-outcome" aria-labelledby="bench-outcome-title">
            <header class="bench-head">
                <h3 id="bench-outcome-title">{move || t(title)}</h3>
            </header>
            {shown}
            <p class="wire-legend">{move || legend()}</p>
        </section>
    }
    .into_any()
}

/// The marks, and what they mean.
const MARKS: [(How, &str); 4] = [(How::Added, "+"), (How::Changed, "~"), (How::Removed, "−"), (How::Gateway, "·")];

fn legend() -> AnyView {
    let one = |(how, mark): (How, &'static str)| {
        view! { <span class=how.key()><b aria-hidden="true">{mark}</b> {word(how)}</span> }
    };
    MARKS.map(one).collect_view().into_any()
}

fn word(how: How) -> String {
    t(&format!("ui.bench.how.{}", how.key()))
}

/// A line of a message, with its mark.
fn line(how: How, content: AnyView) -> AnyView {
    let mark = MARKS.iter().find(|(known, _)| *known == how).map_or("", |(_, mark)| *mark);
    let said = (how != How::Same).then(|| view! { <span class="sr-only">{word(how)} ": "</span> });
    view! {
        <li class=format!("wire-line {}", how.key()) data-how=how.key()>
            <span class="wire-mark" aria-hidden="true">{mark}</span>
            <span class="wire-text">{said} {content}</span>
        </li>
    }
    .into_any()
}

fn header(header: &Line) -> AnyView {
    let content = view! { <span class="code-key">{header.name.clone()}</span> ": " {header.value.clone()} };
    line(header.how, content.into_any())
}

fn body(text: &str) -> Option<AnyView> {
    (!text.is_empty()).then(|| line(How::Same, view! { <span class="wire-body">{text.to_owned()}</span> }.into_any()))
}

fn request(trial: &RequestTrial) -> AnyView {
    let (path, path_how) = &trial.path;
    let (method, method_how) = &trial.method;
    let is_there = |one: &&Line| one.how != How::Removed;
    let part = |(at, one): (usize, &Line)| {
        let mark = if at == 0 { "?" } else { "&" };
        let text = format!("{mark}{}={}", encoded(&one.name), encoded(&one.value));
        view! { <span class=one.how.key()>{text}</span> }
    };
    let query = trial.query.iter().filter(is_there).enumerate().map(part).collect_view();
    let first = view! {
        <span class=method_how.key()>{method.clone()}</span> " "
        <span class=path_how.key() data-wire="path">{path.clone()}</span> {query} " HTTP/1.1"
    };
    // The line as a whole is changed where a mapping has changed any part of it.
    let parts = [*method_how, *path_how].into_iter().chain(trial.query.iter().map(|one| one.how));
    let (mut how, mut text) = (How::Same, String::new());
    for part in parts {
        how = match (how, part) {
            (_, How::Added | How::Changed | How::Removed) | (How::Changed, _) => How::Changed,
            (_, How::Gateway) | (How::Gateway, _) => How::Gateway,
            (other, How::Same) => other,
        };
    }
    for (at, one) in trial.query.iter().filter(is_there).enumerate() {
        let mark = if at == 0 { "?" } else { "&" };
        text.push_str(&format!("{mark}{}={}", encoded(&one.name), encoded(&one.value)));
    }
    let gone = trial.query.iter().filter(|one| !is_there(one)).map(|one| {
        let text = format!("?{}={}", encoded(&one.name), encoded(&one.value));
        line(How::Removed, text.into_any())
    });
    let url = format!("{}{path}{text}", trial.origin);
    view! {
        {taken(&trial.taken)}
        <ul class="wire code">
            {line(how, first.into_any())} {gone.collect_view()} {trial.headers.iter().map(header).collect_view()} {body(&trial.body)}
        </ul>
        <p class="field-help bench-url">{move || t("ui.bench.sent_to")} " " <code>{url}</code></p>
    }
    .into_any()
}

/// Which route takes the request.
fn taken(taken: &Taken) -> AnyView {
    let (severity, text) = match taken {
        Taken::Here(route, _) => {
            let text = t_with("ui.bench.taken.here", &[("route", route)]);
            return view! { <p class="field-help bench-taken">{prose(&text)}</p> }.into_any();
        }
        Taken::Elsewhere(route, name) => {
            ("warning", t_with("ui.bench.taken.elsewhere", &[("route", route), ("name", name)]))
        }
        Taken::Nowhere(status) => ("warning", t_with("ui.bench.taken.nowhere", &[("status", &status.to_string())])),
    };
    view! {
        <div class=format!("field-finding bench-taken {severity}")>
            <Icon name=severity />
            <p>{prose(&text)}</p>
        </div>
    }
    .into_any()
}

fn response(trial: &ResponseTrial) -> AnyView {
    let (status, how) = trial.status;
    let first = view! { "HTTP/1.1 " <span class=how.key() data-wire="status">{status}</span> };
    view! {
        <ul class="wire code">
            {line(how, first.into_any())} {trial.headers.iter().map(header).collect_view()} {body(&trial.body)}
        </ul>
    }
    .into_any()
}
