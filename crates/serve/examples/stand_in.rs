//! `trazo serve` for the tests of the page: the same server, whose way out leads to something on this machine that stands in for
//! AWS. It is an example, so that no `trazo` that people run can be brought to send a request anywhere but to AWS.
//!
//! Called with the folder of the page and the port of the stand-in; says its own address once it answers.

use std::process::ExitCode;

use trazo_serve::{Forward, Origin, Reason, Reply, Server, Settings, Upstream, rules, send};

struct StandIn {
    agent: ureq::Agent,
    port: u16,
}

impl Upstream for StandIn {
    fn exchange(&self, request: &Forward, body: &[u8]) -> Result<Reply, Reason> {
        send(&self.agent, &format!("http://127.0.0.1:{}{}", self.port, request.target), request, body)
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (folder, port) = match words.as_slice() {
        [folder, port] | [folder, port, _] => (folder, port.parse()),
        _ => return ExitCode::from(2),
    };
    let other = words.get(2).map(|origin| Origin::new(origin));
    let (Ok(port), Ok(other)) = (port, other.transpose()) else { return ExitCode::from(2) };
    let agent = rules().proxy(None).build().new_agent();
    match Server::bind(Settings { port: 0, page: Some(folder.into()), other }) {
        Ok(server) => {
            println!("http://127.0.0.1:{}/", server.port());
            let told = |it: &trazo_serve::Relayed| eprintln!("{} {} {}", it.method, it.host, it.status);
            server.run(Box::new(StandIn { agent, port }), Box::new(told));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
