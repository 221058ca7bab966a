//! The sample messages: how they are kept while the design is open, and how they are typed.

use std::collections::BTreeMap;

use leptos::prelude::*;
use trazo_model::LinkId;
use trazo_model::mapping::Side;
use trazo_model::mapping::sample::{SampleRequest, SampleResponse, read_lines, write_lines};
use trazo_model::trial;

use super::state::Bench;
use crate::studio::Studio;
use crate::ui::Button;
use crate::words::{t, t_with};

/// The samples that somebody has changed, by link. They are not part of the design.
pub(crate) type Samples = StoredValue<BTreeMap<LinkId, Sample>>;

/// The parts of both messages, as they are typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sample {
    method: String,
    path: String,
    query: String,
    headers: String,
    body: String,
    status: String,
    answer_headers: String,
    answer: String,
}

impl Sample {
    fn of(request: &SampleRequest, response: &SampleResponse) -> Self {
        Self {
            method: request.method.clone(),
            path: request.path.clone(),
            query: write_lines(&request.query, "="),
            headers: write_lines(&request.headers, ": "),
            body: request.body.clone(),
            status: response.status.to_string(),
            answer_headers: write_lines(&response.headers, ": "),
            answer: response.body.clone(),
        }
    }

    /// The request. A query that is typed behind the path counts too.
    pub(super) fn request(&self) -> SampleRequest {
        let (path, more) = self.path.trim().split_once('?').unwrap_or((self.path.trim(), ""));
        let mut query = read_lines(&more.replace('&', "\n"), '=').0;
        query.extend(read_lines(&self.query, '=').0);
        let slash = if path.starts_with('/') { "" } else { "/" };
        SampleRequest {
            method: self.method.clone(),
            path: format!("{slash}{path}"),
            query,
            headers: read_lines(&self.headers, ':').0,
            body: self.body.clone(),
        }
    }

    /// The response.
    pub(super) fn response(&self) -> SampleResponse {
        SampleResponse {
            status: self.status.trim().parse().unwrap_or(200),
            headers: read_lines(&self.answer_headers, ':').0,
            body: self.answer.clone(),
        }
    }
}

/// The samples of a link: those that somebody has typed, else what fits the link.
pub(super) fn stored(studio: Studio, link: &LinkId) -> Sample {
    let kept = studio.samples.with_value(|all| all.get(link).cloned());
    kept.unwrap_or_else(|| fresh(studio, link))
}

fn fresh(studio: Studio, link: &LinkId) -> Sample {
    let found = studio.design(|design| trial::samples(design, link));
    found.map(|(request, response)| Sample::of(&request, &response)).unwrap_or_default()
}

/// One part of a message: its key in text keys and ids, and where it is kept.
#[derive(Clone, Copy)]
struct Part {
    key: &'static str,
    get: fn(&Sample) -> &String,
    set: fn(&mut Sample, String),
    /// What parts name and value in its lines; none for free text.
    mark: Option<char>,
    rows: u32,
}

const PATH: Part =
    Part { key: "path", get: |sample| &sample.path, set: |sample, text| sample.path = text, mark: None, rows: 1 };
const STATUS: Part =
    Part { key: "status", get: |sample| &sample.status, set: |sample, text| sample.status = text, mark: None, rows: 1 };
const REQUEST: [Part; 3] = [
    Part {
        key: "query",
        get: |sample| &sample.query,
        set: |sample, text| sample.query = text,
        mark: Some('='),
        rows: 2,
    },
    Part {
        key: "headers",
        get: |sample| &sample.headers,
        set: |sample, text| sample.headers = text,
        mark: Some(':'),
        rows: 3,
    },
    Part { key: "body", get: |sample| &sample.body, set: |sample, text| sample.body = text, mark: None, rows: 2 },
];
const RESPONSE: [Part; 2] = [
    Part {
        key: "headers",
        get: |sample| &sample.answer_headers,
        set: |sample, text| sample.answer_headers = text,
        mark: Some(':'),
        rows: 3,
    },
    Part { key: "body", get: |sample| &sample.answer, set: |sample, text| sample.answer = text, mark: None, rows: 3 },
];
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

impl Part {
    fn change(self, bench: Bench, text: String) {
        bench.sample.update(|sample| (self.set)(sample, text));
        let (link, now) = (bench.link(), bench.sample.get_untracked());
        bench.subject.studio.samples.update_value(|all| {
            all.insert(link, now);
        });
    }

    fn label(self) -> String {
        t(&format!("ui.bench.sample.{}", self.key))
    }

    fn line(self, bench: Bench) -> AnyView {
        let id = format!("bench-sample-{}", self.key);
        view! {
            <div class="bench-field">
                <label for=id.clone()>{move || self.label()}</label>
                <input
                    class="input"
                    id=id
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=move || bench.sample.with(|sample| (self.get)(sample).clone())
                    on:input=move |event| self.change(bench, event_target_value(&event))
                />
            </div>
        }
        .into_any()
    }

    fn area(self, bench: Bench) -> AnyView {
        let id = format!("bench-sample-{}", self.key);
        let told = format!("{id}-problem");
        let (describes, named) = (told.clone(), told);
        let bad = Memo::new(move |_| {
            let lines = self.mark.map(|mark| bench.sample.with(|sample| read_lines((self.get)(sample), mark).1));
            lines.unwrap_or_default()
        });
        let problem = move || {
            let lines = bad.get().iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
            let id = named.clone();
            let text = || t_with("ui.bench.sample.bad_line", &[("lines", &lines)]);
            (!lines.is_empty()).then(|| view! { <p class="field-problem" id=id>{text()}</p> })
        };
        let is_bad = move || bad.with(|bad| !bad.is_empty());
        let example = match self.mark {
            Some('=') => "q=abc",
            Some(_) => "x-id: abc",
            None => "",
        };
        view! {
            <div class="bench-field">
                <label for=id.clone()>{move || self.label()}</label>
                <textarea
                    class="textarea"
                    id=id
                    rows=self.rows
                    spellcheck="false"
                    placeholder=example
                    aria-invalid=move || is_bad().then_some("true")
                    aria-describedby=move || is_bad().then(|| describes.clone())
                    prop:value=move || bench.sample.with(|sample| (self.get)(sample).clone())
                    on:input=move |event| self.change(bench, event_target_value(&event))
                ></textarea>
                {problem}
            </div>
        }
        .into_any()
    }
}

/// The fields of a message.
pub(super) fn editor(bench: Bench, side: Side) -> AnyView {
    let reset = move || {
        let (studio, link) = (bench.subject.studio, bench.link());
        bench.sample.set(fresh(studio, &link));
        studio.samples.update_value(|all| {
            all.remove(&link);
        });
    };
    let (title, first, areas): (_, _, Vec<AnyView>) = match side {
        Side::Request => {
            let first = view! { {method(bench)} {PATH.line(bench)} }.into_any();
            ("ui.bench.sample.request", first, REQUEST.into_iter().map(|part| part.area(bench)).collect())
        }
        Side::Response => {
            let areas = RESPONSE.into_iter().map(|part| part.area(bench)).collect();
            ("ui.bench.sample.response", STATUS.line(bench), areas)
        }
    };
    view! {
        <section class="bench-part bench-sample" aria-labelledby="bench-sample-title">
            <header class="bench-head">
                <h3 id="bench-sample-title">{move || t(title)}</h3>
                <Button icon="reset" look="plain" label=|| t("ui.bench.sample.reset") on_press=reset />
            </header>
            <div class="bench-first" class:answer=side == Side::Response>{first}</div>
            {areas}
        </section>
    }
    .into_any()
}

fn method(bench: Bench) -> AnyView {
    const METHOD: Part = Part {
        key: "method",
        get: |sample| &sample.method,
        set: |sample, text| sample.method = text,
        mark: None,
        rows: 1,
    };
    let option = move |name: &'static str| {
        let is_it = move || bench.sample.with(|sample| sample.method == name);
        view! { <option value=name prop:selected=is_it>{name}</option> }
    };
    view! {
        <div class="bench-field">
            <label for="bench-sample-method">{move || METHOD.label()}</label>
            <select
                class="select"
                id="bench-sample-method"
                on:change=move |event| METHOD.change(bench, event_target_value(&event))
            >
                {METHODS.map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_may_stand_behind_the_path() {
        let sample = Sample { path: "productos?q=a&r".into(), query: "s=1".into(), ..Sample::default() };
        let request = sample.request();
        assert_eq!(request.path, "/productos");
        let names: Vec<&str> = request.query.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["q", "r", "s"]);
    }
}
