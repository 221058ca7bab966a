//! The configuration that a plan was made of: what resources say, what modules are given and what they give.

use std::collections::BTreeMap;

use crate::import::Node;

/// Longer paths of modules are not followed.
const LONGEST: usize = 400;

/// What a configuration says, by addresses without keys.
#[derive(Default)]
pub(super) struct Configuration<'a> {
    resources: BTreeMap<String, &'a Node>,
    /// What a module is called with, by its path with a dot behind it.
    given: BTreeMap<String, &'a Node>,
    /// What a module gives.
    gives: BTreeMap<String, &'a Node>,
}

impl<'a> Configuration<'a> {
    /// The configuration of a file; empty where it has none.
    pub(super) fn new(root: &'a Node) -> Self {
        let mut all = Self::default();
        if let Some(module) = root.at("configuration.root_module") {
            all.module(module, String::new());
        }
        all
    }

    fn module(&mut self, module: &'a Node, path: String) {
        if path.len() > LONGEST {
            return;
        }
        for resource in module.get("resources").map(Node::items).unwrap_or_default() {
            if let (Some(address), Some(said)) = (resource.text_of("address"), resource.get("expressions")) {
                self.resources.insert(format!("{path}{address}"), said);
            }
        }
        for entry in module.get("module_calls").map(Node::entries).unwrap_or_default() {
            let inner = format!("{path}module.{}.", entry.key());
            if let Some(given) = entry.value.get("expressions") {
                self.given.insert(inner.clone(), given);
            }
            if let Some(called) = entry.value.get("module") {
                if let Some(gives) = called.get("outputs") {
                    self.gives.insert(inner.clone(), gives);
                }
                self.module(called, inner);
            }
        }
    }

    /// What the configuration says of a resource.
    pub(super) fn expressions(&self, address: &str) -> Option<&'a Node> {
        self.resources.get(address).copied()
    }

    /// The expression that a variable of a module is given.
    pub(super) fn given(&self, module: &str, variable: &str) -> Option<&'a Node> {
        self.given.get(module)?.get(variable)
    }

    /// The expression of what a module gives under a name.
    pub(super) fn gives(&self, module: &str, name: &str) -> Option<&'a Node> {
        self.gives.get(module)?.get(name)?.get("expression")
    }
}

/// The module around a module, both with a dot behind them: of `module.a["x"].module.b.` it is `module.a["x"].`.
pub(super) fn around(module: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut begins = None;
    for (at, letter) in module.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            'm' if depth == 0
                && module.get(at..).is_some_and(|rest| rest.starts_with("module."))
                && (at == 0 || module.get(..at).is_some_and(|before| before.ends_with('.')))
                // A module of the name `module` is none that begins here.
                && begins.is_none_or(|begin: usize| at > begin + "module.".len()) =>
            {
                begins = Some(at);
            }
            _ => {}
        }
    }
    begins.and_then(|at| module.get(..at))
}
