//! A world without a browser: this machine's clock, and `ureq` for the network.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use trazo_provision::{Answer, Later, Outgoing, Unsent, World};

/// An emulator does in milliseconds what takes AWS minutes, so nobody waits longer than that.
const PAUSE: u32 = 60;

/// The world.
#[derive(Default)]
pub(crate) struct Native {
    drawn: Cell<u64>,
}

impl World for Native {
    fn now(&self) -> u64 {
        let real = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_millis());
        u64::try_from(real).unwrap_or(0)
    }

    fn random(&self) -> u64 {
        self.drawn.set(self.drawn.get() + 1);
        RandomState::new().hash_one(self.drawn.get())
    }

    fn sleep(&self, millis: u32) -> Later<'_, ()> {
        Box::pin(async move {
            let pause = millis.min(PAUSE);
            std::thread::sleep(Duration::from_millis(u64::from(pause)));
        })
    }

    fn send(&self, request: Outgoing) -> Later<'_, Result<Answer, Unsent>> {
        Box::pin(async move { send(&request) })
    }
}

fn send(request: &Outgoing) -> Result<Answer, Unsent> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .timeout_global(Some(Duration::from_millis(u64::from(request.timeout))))
        .build()
        .new_agent();
    let mut builder = ureq::http::Request::builder().method(request.method).uri(request.url.as_str());
    for (name, value) in &request.headers {
        builder = builder.header(*name, value.as_str());
    }
    let outgoing = builder.body(request.body.clone()).map_err(|_| Unsent::Blocked)?;
    let mut answer = agent.run(outgoing).map_err(|error| match error {
        ureq::Error::Timeout(_) => Unsent::TimedOut,
        _ => Unsent::Blocked,
    })?;
    let headers = answer
        .headers()
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect();
    let limit = u64::try_from(request.limit).unwrap_or(u64::MAX);
    let body = answer.body_mut().with_config().limit(limit).read_to_vec().map_err(|_| Unsent::Blocked)?;
    Ok(Answer { status: answer.status().as_u16(), headers, body })
}
