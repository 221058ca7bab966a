//! Makes calls in earnest: signs, sends, tries again, reads.

mod cancel;
mod clock;
mod endpoints;
mod retry;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde_json::Value as Json;
use trazo_calls::{Call, Service};

pub use cancel::{Cancel, Unless};
pub use endpoints::Endpoints;
pub use retry::{ATTEMPTS, ATTEMPTS_WHEN_THROTTLED, PATIENCE, is_read, is_safe_to_repeat};

use crate::sign::{Manner, Scope, sign};
use crate::{Answer, CallError, Caller, Credentials, Later, Outgoing, Secret, Unsent, World, wire};
use retry::Tries;

/// How long one request may take, in milliseconds.
pub const TIMEOUT: u32 = 30_000;
/// How large an answer may be, in bytes.
pub const LIMIT: usize = 8 << 20;

/// What AWS says of a token whose time is over.
const EXPIRED: &[&str] = &["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"];

/// What EC2 says of such a token, and of a wrong clock as well
/// (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>).
const EXPIRED_OR_SKEWED: &str = "RequestExpired";

/// Makes calls in earnest. Copies share credentials, endpoints and what was learned of AWS's clock.
#[derive(Clone)]
pub struct Client {
    shared: Rc<Shared>,
    region: Rc<str>,
    cancel: Cancel,
}

struct Shared {
    world: Rc<dyn World>,
    endpoints: RefCell<Endpoints>,
    keys: RefCell<Option<Credentials>>,
    /// By how many milliseconds AWS's clock is ahead of the machine's.
    ahead: Cell<i64>,
}

impl Client {
    /// A client without credentials.
    pub fn new(world: Rc<dyn World>, region: &str, endpoints: Endpoints) -> Self {
        let endpoints = RefCell::new(endpoints);
        let shared = Shared { world, endpoints, keys: RefCell::new(None), ahead: Cell::new(0) };
        Self { shared: Rc::new(shared), region: region.into(), cancel: Cancel::new() }
    }

    /// Takes credentials; earlier ones are wiped.
    pub fn enter(&self, credentials: Credentials) {
        *self.shared.keys.borrow_mut() = Some(credentials);
    }

    /// Wipes the credentials. A call that is under way ends as it ends; none goes out any more.
    pub fn wipe(&self) {
        *self.shared.keys.borrow_mut() = None;
    }

    /// Whether there are credentials that have not expired.
    pub fn is_ready(&self) -> bool {
        self.keys().is_ok()
    }

    /// When the credentials end, in milliseconds since 1970, where there are any and it is known.
    pub fn expires(&self) -> Option<u64> {
        self.shared.keys.borrow().as_ref()?.expires
    }

    /// AWS's time as far as it is known, in milliseconds since 1970.
    pub fn now(&self) -> u64 {
        self.shared.world.now().saturating_add_signed(self.shared.ahead.get())
    }

    /// The world that it was made with.
    pub fn world(&self) -> &dyn World {
        &*self.shared.world
    }

    /// Where requests go.
    pub fn endpoints(&self) -> Endpoints {
        self.shared.endpoints.borrow().clone()
    }

    /// Sends requests another way from now on.
    pub fn go_by(&self, endpoints: Endpoints) {
        *self.shared.endpoints.borrow_mut() = endpoints;
    }

    /// The same client, whose calls are stopped by `cancel`.
    #[must_use]
    pub fn until(&self, cancel: &Cancel) -> Self {
        Self { cancel: cancel.clone(), ..self.clone() }
    }

    /// The same client for another region.
    #[must_use]
    pub fn in_region(&self, region: &str) -> Self {
        Self { region: region.into(), ..self.clone() }
    }

    fn keys(&self) -> Result<Credentials, CallError> {
        let keys = self.shared.keys.borrow().clone().ok_or(CallError::Expired)?;
        if keys.has_expired(self.now()) {
            self.wipe();
            return Err(CallError::Expired);
        }
        Ok(keys)
    }

    async fn exchange(&self, call: &Call) -> Result<Json, CallError> {
        let request = wire::write(call)?;
        let world = &*self.shared.world;
        let mut tries = Tries::begin(world.now());
        let mut corrected = false;
        loop {
            if self.cancel.is_cancelled() {
                return Err(CallError::Unsent(Unsent::Cancelled));
            }
            let keys = self.keys()?;
            let signed_at = self.now();
            let outgoing = self.sign(call, &request, &keys, signed_at, tries.left(world.now()))?;
            let sent = self.wait_for(world.send(outgoing)).await?;
            let answer = sent.as_ref().ok();
            let error = match sent.as_ref().map_err(|unsent| self.unsent(call, *unsent)) {
                Ok(answer) => match self.read(call, answer) {
                    Ok(json) => return Ok(json),
                    Err(error) => without_secrets(error, &keys),
                },
                Err(error) => error,
            };
            let theirs = answer.zip(error.refusal()).and_then(|(answer, said)| clock::told(said, answer, signed_at));
            if let (Some(theirs), false) = (theirs, corrected) {
                // Whatever was asked was not done: asked again with AWS's own time, once.
                corrected = true;
                self.shared.ahead.set(theirs.wrapping_sub(world.now()).cast_signed());
                continue;
            }
            if has_ended(&error, &keys, theirs.is_some()) {
                self.wipe();
                return Err(CallError::Expired);
            }
            let asked = answer.and_then(|answer| retry::asked(answer, self.now()));
            match tries.next(call, &error, asked, world.now(), world.random()) {
                Some(wait) => self.wait_for(world.sleep(wait)).await?,
                None => return Err(error),
            }
        }
    }

    fn read(&self, call: &Call, answer: &Answer) -> Result<Json, CallError> {
        match self.shared.endpoints.borrow().refused(answer) {
            Some(error) => Err(error),
            None => wire::read(call, answer),
        }
    }

    fn unsent(&self, call: &Call, unsent: Unsent) -> CallError {
        CallError::Unsent(self.shared.endpoints.borrow().unsent(call.service, unsent))
    }

    /// Waits for something of the world, at most until somebody cancels.
    async fn wait_for<T>(&self, later: Later<'_, T>) -> Result<T, CallError> {
        self.cancel.unless(later).await.ok_or(CallError::Unsent(Unsent::Cancelled))
    }

    fn sign(
        &self,
        call: &Call,
        request: &wire::Request,
        keys: &Credentials,
        time: u64,
        left: u32,
    ) -> Result<Outgoing, CallError> {
        let endpoints = self.shared.endpoints.borrow();
        let mut url = endpoints.origin(call.service, &self.region) + &request.path;
        if !request.query.is_empty() {
            url.push('?');
            url.push_str(&request.query);
        }
        let scope = Scope {
            credentials: keys,
            region: call.service.signing_region(&self.region),
            service: call.service.signing_name(),
            time,
            manner: Manner::default(),
        };
        let headers: Vec<(&str, &str)> = request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let signed = sign(request.method, &url, &headers, &request.body, &scope)
            .map_err(|_| CallError::Unsendable(call.service.cli(), call.operation))?;
        let mut headers = request.headers.clone();
        headers.extend(request.unsigned.iter().map(|(name, value)| (*name, (*value).to_owned())));
        headers.extend(signed.headers);
        headers.extend(endpoints.token().map(|token| ("x-trazo-token", token.reveal().to_owned())));
        Ok(Outgoing {
            method: request.method,
            url: endpoints.address(&signed.url),
            headers,
            body: request.body.clone(),
            timeout: TIMEOUT.min(left),
            limit: LIMIT,
        })
    }
}

impl Caller for Client {
    fn call<'a>(&'a self, call: &'a Call) -> Later<'a, Result<Json, CallError>> {
        Box::pin(self.exchange(call))
    }

    fn region(&self) -> &str {
        &self.region
    }

    fn reaches(&self, service: Service) -> bool {
        self.shared.endpoints.borrow().reaches(service)
    }
}

/// Whether AWS says that the credentials' time is over; `skewed` is whether the clock is known to be wrong.
fn has_ended(error: &CallError, keys: &Credentials, skewed: bool) -> bool {
    let Some(refusal) = error.refusal() else { return false };
    EXPIRED.contains(&refusal.code.as_str())
        || (refusal.code == EXPIRED_OR_SKEWED && keys.session_token.is_some() && !skewed)
}

/// AWS repeats in some refusals what it was sent, with the session's token; no error of Trazo holds it.
fn without_secrets(error: CallError, keys: &Credentials) -> CallError {
    let CallError::Refused(mut refusal) = error else { return error };
    let secrets = [Some(&keys.secret_access_key), keys.session_token.as_ref()];
    // Emulators take any word for a secret, which then may occur in any message.
    for secret in secrets.into_iter().flatten().map(Secret::reveal).filter(|secret| secret.len() >= 16) {
        refusal.message = refusal.message.replace(secret, "…");
    }
    if !keys.access_key_id.is_empty() {
        refusal.message = refusal.message.replace(&keys.access_key_id, &keys.short_id());
    }
    CallError::Refused(refusal)
}
