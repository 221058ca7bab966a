//! What a service's events mean.

/// A piece of an event's words, and the key of the text that explains it. The first that fits is taken.
///
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html>
const EVENTS: &[(&str, &str)] = &[
    ("has reached a steady state", "deploy.live.event.steady"),
    ("deployment completed", "deploy.live.event.completed"),
    ("rolling back", "deploy.live.event.rolling_back"),
    ("deployment failed", "deploy.live.event.failed"),
    ("is unable to consistently start tasks", "deploy.live.event.impaired"),
    ("is unhealthy in", "deploy.live.event.unhealthy"),
    ("failed container health checks", "deploy.live.event.container_health"),
    ("because no container instance met", "deploy.live.event.no_instance"),
    ("capacity is unavailable", "deploy.live.event.no_capacity"),
    ("unable to assume", "deploy.live.event.role"),
    ("was unable to place a task", "deploy.live.event.not_placed"),
    ("was unable to start a task", "deploy.live.event.not_placed"),
    ("begun draining connections", "deploy.live.event.draining"),
    ("operations are being throttled", "deploy.live.event.throttled"),
];

/// The key of a text that tells what an event means, where there is more to say than AWS does.
pub(super) fn explain(message: &str) -> Option<&'static str> {
    let message = message.to_lowercase();
    EVENTS.iter().find(|(piece, _)| message.contains(piece)).map(|(_, key)| *key)
}
