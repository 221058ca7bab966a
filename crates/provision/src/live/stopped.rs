//! Why tasks stop: AWS's codes and words, and the texts that explain them.
//!
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html>

/// All pieces that must be in the words (in small letters), and the key of the text. The first that fits is taken, so that
/// what says more comes first.
type Rule = (&'static [&'static str], &'static str);

const RULES: &[Rule] = &[
    (&["cannotpull", "toomanyrequests"], "deploy.live.stopped.pull_limit"),
    (&["cannotpull", "rate limit"], "deploy.live.stopped.pull_limit"),
    (&["cannotpull", "matching platform"], "deploy.live.stopped.pull_platform"),
    (&["cannotpull", "no matching manifest"], "deploy.live.stopped.pull_platform"),
    (&["cannotpull", "access denied"], "deploy.live.stopped.pull_denied"),
    (&["cannotpull", "not authorized"], "deploy.live.stopped.pull_denied"),
    (&["cannotpull", "accessdenied"], "deploy.live.stopped.pull_denied"),
    (&["cannotpull", "403 forbidden"], "deploy.live.stopped.pull_denied"),
    (&["cannotpull", "no basic auth"], "deploy.live.stopped.pull_denied"),
    (&["cannotpull", "i/o timeout"], "deploy.live.stopped.pull_network"),
    (&["cannotpull", "deadline exceeded"], "deploy.live.stopped.pull_network"),
    (&["cannotpull", "request canceled"], "deploy.live.stopped.pull_network"),
    (&["cannotpull", "no such host"], "deploy.live.stopped.pull_network"),
    (&["cannotpull", "connection"], "deploy.live.stopped.pull_network"),
    (&["cannotpull", "no space left"], "deploy.live.stopped.pull_space"),
    (&["cannotpull", "not found"], "deploy.live.stopped.pull_missing"),
    (&["cannotpull", "manifest unknown"], "deploy.live.stopped.pull_missing"),
    (&["cannotpull", "does not exist"], "deploy.live.stopped.pull_missing"),
    (&["cannotpull"], "deploy.live.stopped.pull"),
    (&["log group does not exist"], "deploy.live.stopped.log_group"),
    (&["resourceinitializationerror", "logger"], "deploy.live.stopped.logs"),
    (&["resourceinitializationerror", "logging driver"], "deploy.live.stopped.logs"),
    (&["resourceinitializationerror", "efs"], "deploy.live.stopped.efs"),
    (&["resourceinitializationerror", "mount"], "deploy.live.stopped.efs"),
    (&["resourceinitializationerror", "accessdenied"], "deploy.live.stopped.init_denied"),
    (&["resourceinitializationerror", "not authorized"], "deploy.live.stopped.init_denied"),
    (&["resourceinitializationerror", "resourcenotfound"], "deploy.live.stopped.secret_missing"),
    (&["resourceinitializationerror", "invalid ssm parameters"], "deploy.live.stopped.secret_missing"),
    (&["resourceinitializationerror", "did not contain json key"], "deploy.live.stopped.secret_missing"),
    (&["resourceinitializationerror", "canceled"], "deploy.live.stopped.init_network"),
    (&["resourceinitializationerror", "deadline"], "deploy.live.stopped.init_network"),
    (&["resourceinitializationerror", "timeout"], "deploy.live.stopped.init_network"),
    (&["resourceinitializationerror", "connection issue"], "deploy.live.stopped.init_network"),
    (&["resourceinitializationerror"], "deploy.live.stopped.init"),
    (&["exec format error"], "deploy.live.stopped.platform"),
    (&["outofmemory"], "deploy.live.stopped.memory"),
    (&["cannotstartcontainererror"], "deploy.live.stopped.start"),
    (&["containerruntime"], "deploy.live.stopped.runtime"),
    (&["cannotcreatevolumeerror"], "deploy.live.stopped.volume"),
    (&["elb health checks"], "deploy.live.stopped.load_balancer"),
    (&["container health checks"], "deploy.live.stopped.container_health"),
    (&["unable to assume"], "deploy.live.stopped.role"),
    (&["insufficientfreeaddresses"], "deploy.live.stopped.addresses"),
    (&["network interface"], "deploy.live.stopped.interface"),
    (&["capacity is unavailable"], "deploy.live.stopped.capacity"),
    (&["scaling activity initiated"], "deploy.live.stopped.replaced"),
    (&["essential container in task exited"], "deploy.live.stopped.essential"),
    (&["host ec2"], "deploy.live.stopped.host"),
];

/// AWS's code of why a task stopped, and the text where its words tell no more.
///
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html>
const CODES: &[(&str, &str)] = &[
    ("EssentialContainerExited", "deploy.live.stopped.essential"),
    ("InfrastructureHealth", "deploy.live.stopped.host"),
    ("ServiceSchedulerInitiated", "deploy.live.stopped.replaced"),
    ("SpotInterruption", "deploy.live.stopped.spot"),
    ("TaskFailedToStart", "deploy.live.stopped.not_started"),
    ("TerminationNotice", "deploy.live.stopped.maintenance"),
    ("UserInitiated", "deploy.live.stopped.by_user"),
];

/// The key of the text that tells what a stop means and what to do: from AWS's code, the task's words, and those of its
/// container.
pub fn stop_reason(code: &str, reason: &str, container: &str) -> &'static str {
    let by_words = |words: &str| {
        let words = words.to_lowercase();
        RULES.iter().find(|(pieces, _)| pieces.iter().all(|piece| words.contains(piece))).map(|(_, key)| *key)
    };
    // Spot tells nothing but its code; an essential container that ended has often said why.
    let by_code = CODES.iter().find(|(name, _)| *name == code).map(|(_, key)| *key);
    match by_code {
        Some(key) if matches!(code, "SpotInterruption" | "TerminationNotice") => key,
        _ => by_words(container).or_else(|| by_words(reason)).or(by_code).unwrap_or("deploy.live.stopped.other"),
    }
}

/// The key of the text on the code with which a process ended
/// (<https://docs.docker.com/engine/containers/run/#exit-status>; from 128 on it is a signal's number).
pub fn exit_code(code: i64) -> &'static str {
    match code {
        0 => "deploy.live.exit.done",
        1 => "deploy.live.exit.failed",
        125 => "deploy.live.exit.engine",
        126 => "deploy.live.exit.not_executable",
        127 => "deploy.live.exit.not_found",
        134 => "deploy.live.exit.aborted",
        137 => "deploy.live.exit.killed",
        139 => "deploy.live.exit.memory_fault",
        143 => "deploy.live.exit.told_to_end",
        _ => "deploy.live.exit.other",
    }
}
