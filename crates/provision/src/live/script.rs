//! A caller that answers from a script, and a world whose time passes at once.

use std::cell::{Cell, RefCell};

use serde_json::Value as Json;
use trazo_calls::Call;

use crate::{Answer, CallError, Caller, Later, Outgoing, Refusal, Unsent, World};

/// Answers calls in the order of the script, each of which names its operation.
pub(crate) struct Script {
    answers: RefCell<Vec<(&'static str, Result<Json, &'static str>)>>,
    pub(crate) calls: RefCell<Vec<Call>>,
}

impl Script {
    /// What is answered, in order; the last first to be taken.
    pub(crate) fn new(answers: impl IntoIterator<Item = (&'static str, Result<Json, &'static str>)>) -> Self {
        let mut answers: Vec<_> = answers.into_iter().collect();
        answers.reverse();
        Self { answers: RefCell::new(answers), calls: RefCell::default() }
    }

    /// The input of the call with this number.
    pub(crate) fn input(&self, at: usize) -> Json {
        Json::Object(self.calls.borrow()[at].input.clone())
    }

    pub(crate) fn is_done(&self) -> bool {
        self.answers.borrow().is_empty()
    }
}

impl Caller for Script {
    fn call<'a>(&'a self, call: &'a Call) -> Later<'a, Result<Json, CallError>> {
        let (operation, answer) = self.answers.borrow_mut().pop().expect("a call that the script does not know");
        assert_eq!(call.operation, operation);
        self.calls.borrow_mut().push(call.clone());
        let refused = |code: &str| {
            CallError::Refused(Refusal {
                service: call.service,
                operation: call.operation,
                status: 400,
                code: code.to_owned(),
                message: String::new(),
                request_id: String::new(),
            })
        };
        let answer = answer.map_err(refused);
        Box::pin(async move { answer })
    }

    fn region(&self) -> &str {
        "us-east-1"
    }
}

/// A world in which waiting takes no time, and one answer comes to each request.
#[derive(Default)]
pub(super) struct Still {
    pub(super) time: Cell<u64>,
    pub(super) waits: RefCell<Vec<u32>>,
    pub(super) sent: RefCell<Vec<Outgoing>>,
    pub(super) answer: Option<Answer>,
}

impl World for Still {
    fn now(&self) -> u64 {
        self.time.get()
    }

    fn random(&self) -> u64 {
        4
    }

    fn sleep(&self, millis: u32) -> Later<'_, ()> {
        self.time.set(self.time.get() + u64::from(millis));
        self.waits.borrow_mut().push(millis);
        Box::pin(async {})
    }

    fn send(&self, request: Outgoing) -> Later<'_, Result<Answer, Unsent>> {
        self.time.set(self.time.get() + 120);
        self.sent.borrow_mut().push(request);
        let answer = self.answer.clone().ok_or(Unsent::Blocked);
        Box::pin(async move { answer })
    }
}

/// Runs what needs no real waiting.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("it waits for something"),
    }
}
