//! A world that follows a script: its time passes only in waits, and each request gets the next answer.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, pending, ready};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use trazo_provision::{Answer, Client, Credentials, Endpoints, Later, Outgoing, Secret, Unsent, World};

/// 2026-11-22T16:00:00Z.
pub(crate) const NOW: u64 = 1_795_363_200_000;
pub(crate) const TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLETOKEN";
pub(crate) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// What happens to a request.
pub(crate) enum Event {
    Answer(Answer),
    Fails(Unsent),
    /// It takes so long and ends so.
    Late(u64, Unsent),
    /// Nothing, for ever.
    Hangs,
}

#[derive(Default)]
pub(crate) struct Script {
    now: Cell<u64>,
    random: Cell<u64>,
    events: RefCell<VecDeque<Event>>,
    /// What was sent, and when.
    pub(crate) sent: RefCell<Vec<(u64, Outgoing)>>,
    /// How long was waited.
    pub(crate) waits: RefCell<Vec<u32>>,
}

impl World for Script {
    fn now(&self) -> u64 {
        self.now.get()
    }

    fn random(&self) -> u64 {
        self.random.get()
    }

    fn sleep(&self, millis: u32) -> Later<'_, ()> {
        self.waits.borrow_mut().push(millis);
        self.now.set(self.now.get() + u64::from(millis));
        Box::pin(ready(()))
    }

    fn send(&self, request: Outgoing) -> Later<'_, Result<Answer, Unsent>> {
        self.sent.borrow_mut().push((self.now.get(), request));
        match self.events.borrow_mut().pop_front().expect("one more request than the script knows") {
            Event::Answer(answer) => Box::pin(ready(Ok(answer))),
            Event::Fails(unsent) => Box::pin(ready(Err(unsent))),
            Event::Late(millis, unsent) => {
                self.now.set(self.now.get() + millis);
                Box::pin(ready(Err(unsent)))
            }
            Event::Hangs => Box::pin(pending()),
        }
    }
}

impl Script {
    /// Each wait is drawn as long as it can be.
    pub(crate) fn new(events: impl IntoIterator<Item = Event>) -> Rc<Self> {
        let script = Self::default();
        script.now.set(NOW);
        script.random.set(20_000 * 1001 * 2001 - 1);
        script.events.borrow_mut().extend(events);
        Rc::new(script)
    }

    pub(crate) fn draw(&self, random: u64) {
        self.random.set(random);
    }

    pub(crate) fn is_done(&self) -> bool {
        self.events.borrow().is_empty()
    }

    pub(crate) fn number_sent(&self) -> usize {
        self.sent.borrow().len()
    }

    pub(crate) fn header(&self, request: usize, name: &str) -> Option<String> {
        let sent = self.sent.borrow();
        sent[request].1.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone())
    }

    pub(crate) fn client(self: &Rc<Self>, endpoints: Endpoints) -> Client {
        let client = Client::new(Rc::<Self>::clone(self), "us-east-1", endpoints);
        client.enter(credentials());
        client
    }

    pub(crate) fn direct(self: &Rc<Self>) -> Client {
        self.client(Endpoints::Direct)
    }
}

pub(crate) fn credentials() -> Credentials {
    Credentials {
        access_key_id: "ASIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: Secret::new(SECRET.to_owned()),
        session_token: Some(Secret::new(TOKEN.to_owned())),
        expires: Some(NOW + 3_600_000),
    }
}

pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Event {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Event::Answer(Answer { status, headers, body: body.as_bytes().to_vec() })
}

/// A refusal as the JSON services write it.
pub(crate) fn refused(status: u16, code: &str, message: &str) -> Event {
    answer(status, &[], &serde_json::json!({"__type": code, "message": message}).to_string())
}

pub(crate) fn done() -> Event {
    answer(200, &[], "{}")
}

/// Polls once.
pub(crate) fn poll<T>(future: impl Future<Output = T>) -> Poll<T> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// The outcome of what needs nobody to wake it.
pub(crate) fn outcome<T>(future: impl Future<Output = T>) -> T {
    match poll(future) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("it waits for something that is not in the script"),
    }
}
