//! What somebody meant who wrote something like it.

/// The name that is most like what was written, if any is like enough.
pub(crate) fn meant<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    const ENOUGH: f64 = 0.8;
    let written = written.to_lowercase();
    let likeness = |name: &str| strsim::jaro_winkler(&written, &name.to_lowercase());
    let best = names.into_iter().map(|name| (likeness(name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness >= ENOUGH).map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_slip_is_understood_and_something_else_is_not() {
        let kinds = ["service", "cluster", "load_balancer", "ALB001"];
        for (written, wanted) in [
            ("servcie", Some("service")),
            ("loadbalancer", Some("load_balancer")),
            ("Clusters", Some("cluster")),
            ("alb01", Some("ALB001")),
            ("xyz", None),
            ("", None),
        ] {
            assert_eq!(meant(written, kinds).as_deref(), wanted, "{written}");
        }
        assert_eq!(meant("service", []), None);
    }
}
