//! Ports: `8080:80`, `127.0.0.1:53:53/udp`, `9000-9002`, or the long form.

use super::values::list;
use super::{Reader, Service};
use crate::import::Node;

/// So many ports of one range are taken.
const MOST_IN_RANGE: i64 = 20;

/// A port of a container.
pub(super) struct Port {
    pub(super) container: i64,
    pub(super) udp: bool,
    /// The port of the host that leads to it.
    pub(super) published: Option<i64>,
    pub(super) line: usize,
}

/// Adds a port, or what is known of one.
pub(super) fn add(service: &mut Service<'_>, container: i64, udp: bool, published: Option<i64>, line: usize) {
    match service.ports.iter_mut().find(|port| port.container == container && port.udp == udp) {
        Some(port) if port.published.is_none() => (port.published, port.line) = (published, line),
        Some(_) => {}
        None => service.ports.push(Port { container, udp, published, line }),
    }
}

/// A port and whether it speaks UDP.
pub(super) fn exposed(text: &str) -> Option<(i64, bool)> {
    let (port, protocol) = text.trim().split_once('/').unwrap_or((text.trim(), "tcp"));
    let port = port.split('-').next()?.parse().ok().filter(|port| (1..=65_535).contains(port))?;
    Some((port, protocol == "udp"))
}

/// First and last of `9000-9002`, or one port.
fn range(text: &str) -> Option<(i64, i64)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last): (i64, i64) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (1 <= first && first <= last && last <= 65_535).then_some((first, last))
}

impl Reader<'_> {
    pub(super) fn ports(&mut self, service: &mut Service<'_>, node: &Node) {
        for item in list(node) {
            let read = if item.is_map() { self.long_port(service, item) } else { self.short_port(service, item) };
            if read.is_none() {
                self.unclear("ports", item);
            }
        }
    }

    fn short_port(&mut self, service: &mut Service<'_>, item: &Node) -> Option<()> {
        let text = self.text(item)?;
        let (text, protocol) = text.trim().split_once('/').unwrap_or((text.trim(), "tcp"));
        let (published, container) = match text.rsplit_once(':') {
            Some((before, container)) => {
                let published = before.rsplit(':').next().unwrap_or_default();
                // `127.0.0.1::80` takes any port of the host.
                (if published.is_empty() { Some((0, 0)) } else { Some(range(published)?) }, range(container)?)
            }
            // Any free port of the host leads to it, which nobody knows beforehand: it is for the others of the file.
            None => (None, range(text)?),
        };
        self.add_range(service, published, container, protocol == "udp", item.line());
        Some(())
    }

    fn long_port(&mut self, service: &mut Service<'_>, item: &Node) -> Option<()> {
        let container = range(&self.text_of(item, "target")?)?;
        let published = match self.text_of(item, "published") {
            Some(text) => Some(range(&text)?),
            None => None,
        };
        let udp = item.text_of("protocol") == Some("udp");
        // How Docker leads to it means nothing on AWS.
        for key in ["mode", "host_ip", "name", "app_protocol"] {
            if let Some(value) = item.get(key) {
                value.skip();
            }
        }
        self.add_range(service, published, container, udp, item.line());
        Some(())
    }

    fn add_range(
        &mut self,
        service: &mut Service<'_>,
        published: Option<(i64, i64)>,
        (first, last): (i64, i64),
        udp: bool,
        line: usize,
    ) {
        let until = last.min(first + MOST_IN_RANGE - 1);
        if until < last {
            let count = (last - until).to_string();
            self.left("import.note.compose.port_range", &[("count", &count)], line);
        }
        for port in first..=until {
            let outside = published.map(|(from, _)| if from == 0 { 0 } else { from + port - first });
            add(service, port, udp, outside, line);
        }
    }
}
