//! Services that let no page read what they say: whether one answers is found out before it is asked to do anything.

use trazo_calls::{Call, Service};

use super::{Around, Run, Trouble};
use crate::CallError;

impl Run {
    /// Asks a service that may not answer this way for something harmless first. Where nothing comes, it is certain that it was not
    /// asked to do anything, and nobody has to look later whether it was done.
    pub(super) async fn knock(&self, around: &Around<'_>, service: Service) -> Result<(), Trouble> {
        if around.caller.reaches(service) {
            return Ok(());
        }
        let Some(call) = harmless(service) else { return Ok(()) };
        match around.caller.call(&call).await {
            Err(error @ (CallError::Unsent(_) | CallError::Expired)) => Err(Trouble::from_call(&error, &call)),
            // Any word of it, a refusal too, can be read here.
            _ => Ok(()),
        }
    }
}

/// A question that changes nothing, to one of the services of which it is not sure that they answer.
fn harmless(service: Service) -> Option<Call> {
    (service == Service::ApiGatewayV2).then(|| Call::new(service, "GetApis").with("MaxResults", "1"))
}
