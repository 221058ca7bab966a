//! A CloudFormation of one region in memory: what it is asked, it does as AWS documents it. Time passes while somebody waits.

mod account;
mod answer;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::task::Poll;

use serde_json::Value as Json;
use trazo_calls::Call;
use trazo_provision::{Answer, CallError, Caller, Later, Outgoing, Refusal, Unsent, World};

pub(crate) use account::Account;

/// What goes wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// The tab is closed before it was sent.
    GoneBefore,
    /// The tab is closed before the answer came.
    GoneAfter,
    /// The network is cut before it was sent.
    CutBefore,
    /// The network is cut before the answer came.
    CutAfter,
    /// The token has expired.
    Expired,
    /// Too many calls.
    Throttled,
    /// AWS did it, and said that it failed.
    BrokenAfter,
    /// These credentials may not do that.
    Denied,
    /// There are as many already as there may be.
    Quota,
}

/// CloudFormation, and the world around it.
pub(crate) struct Sim {
    pub(crate) account: RefCell<Account>,
    /// By the number of the call, counted from 0.
    pub(crate) faults: RefCell<BTreeMap<usize, Fault>>,
    /// How many calls were made.
    pub(crate) calls: Cell<usize>,
    /// Calls that change something, in their order.
    pub(crate) log: RefCell<Vec<String>>,
    /// All that was asked, by service.
    pub(crate) asked: RefCell<BTreeSet<(&'static str, &'static str)>>,
    now: Cell<u64>,
}

impl Sim {
    pub(crate) fn new() -> Self {
        Self {
            account: RefCell::default(),
            faults: RefCell::default(),
            calls: Cell::new(0),
            log: RefCell::default(),
            asked: RefCell::default(),
            now: Cell::new(1_700_000_000_000),
        }
    }

    /// The same with a fault at one call.
    pub(crate) fn fault(&self, at: usize, fault: Fault) {
        self.faults.borrow_mut().insert(at, fault);
    }

    /// Begins to count anew, without faults.
    pub(crate) fn heal(&self) {
        self.faults.borrow_mut().clear();
        self.calls.set(0);
    }

    fn serve(&self, call: &Call) -> Result<Json, CallError> {
        if !call.operation.starts_with("Describe") && !call.operation.starts_with("Get") {
            self.log.borrow_mut().push(call.operation.to_owned());
        }
        answer::answer(&mut self.account.borrow_mut(), call)
    }
}

fn refusal(call: &Call, status: u16, code: &str, message: &str) -> CallError {
    CallError::Refused(Refusal {
        service: call.service,
        operation: call.operation,
        status,
        code: code.to_owned(),
        message: message.to_owned(),
        request_id: "r".to_owned(),
    })
}

/// Lets others have their turn, once.
async fn give_way() {
    let mut given = false;
    std::future::poll_fn(move |_| {
        if given {
            return Poll::Ready(());
        }
        given = true;
        Poll::Pending
    })
    .await;
}

impl Caller for Sim {
    fn call<'a>(&'a self, call: &'a Call) -> Later<'a, Result<Json, CallError>> {
        Box::pin(async move {
            let at = self.calls.get();
            self.calls.set(at + 1);
            self.asked.borrow_mut().insert((call.service.signing_name(), call.operation));
            give_way().await;
            let fault = self.faults.borrow().get(&at).copied();
            match fault {
                None => {
                    let answer = self.serve(call);
                    give_way().await;
                    answer
                }
                Some(Fault::GoneBefore) => std::future::pending().await,
                Some(Fault::GoneAfter) => {
                    let _ = self.serve(call);
                    std::future::pending().await
                }
                Some(Fault::CutBefore) => Err(CallError::Unsent(Unsent::Blocked)),
                Some(Fault::CutAfter) => {
                    let _ = self.serve(call);
                    Err(CallError::Unsent(Unsent::Blocked))
                }
                Some(Fault::Expired) => {
                    Err(refusal(call, 403, "ExpiredToken", "The security token included in the request is expired"))
                }
                Some(Fault::Throttled) => Err(refusal(call, 400, "Throttling", "Rate exceeded")),
                Some(Fault::Denied) => {
                    let words = format!("User: x is not authorized to perform: cloudformation:{}", call.operation);
                    Err(refusal(call, 403, "AccessDenied", &words))
                }
                Some(Fault::Quota) => Err(refusal(call, 400, "LimitExceededException", "Limit has been reached")),
                Some(Fault::BrokenAfter) => {
                    let _ = self.serve(call);
                    Err(refusal(call, 500, "InternalFailure", ""))
                }
            }
        })
    }

    fn region(&self) -> &str {
        "us-east-1"
    }
}

impl World for Sim {
    fn now(&self) -> u64 {
        self.now.get()
    }

    fn random(&self) -> u64 {
        4
    }

    fn sleep(&self, millis: u32) -> Later<'_, ()> {
        Box::pin(async move {
            self.now.set(self.now.get() + u64::from(millis));
            self.account.borrow_mut().pass();
            give_way().await;
        })
    }

    fn send(&self, _request: Outgoing) -> Later<'_, Result<Answer, Unsent>> {
        Box::pin(async { Err(Unsent::Offline) })
    }
}
