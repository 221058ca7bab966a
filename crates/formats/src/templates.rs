//! Designs to begin with.

use trazo_model::Design;

/// A template.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Its name in text keys (`template.<key>.name`, `.help`) and on the command line.
    pub key: &'static str,
    /// Its manifest.
    pub manifest: &'static str,
}

/// All templates, in the order in which they are offered.
pub static ALL: &[Template] = &[
    Template { key: "tienda-virtual", manifest: include_str!("../templates/tienda-virtual.trazo.json") },
    Template {
        key: "tienda-virtual-privada",
        manifest: include_str!("../templates/tienda-virtual-privada.trazo.json"),
    },
    Template { key: "https-privada", manifest: include_str!("../templates/https-privada.trazo.json") },
    Template { key: "learner-lab", manifest: include_str!("../templates/learner-lab.trazo.json") },
    Template { key: "lambda-y-ecs", manifest: include_str!("../templates/lambda-y-ecs.trazo.json") },
    Template { key: "web-publica", manifest: include_str!("../templates/web-publica.trazo.json") },
];

/// The template of a name.
pub fn find(key: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.key == key)
}

impl Template {
    /// The design.
    ///
    /// # Errors
    /// None for the templates of [`ALL`]; a test holds it.
    pub fn design(&self) -> Result<Design, crate::manifest::OpenError> {
        crate::manifest::read(self.manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_written_as_trazo_writes_it_and_has_no_finding() {
        for template in ALL {
            let design = template.design().unwrap();
            assert_eq!(crate::manifest::write(&design), template.manifest, "{}", template.key);
            let findings: Vec<_> = trazo_model::check(&design)
                .into_iter()
                .map(|finding| format!("{} {:?} {} {:?}", finding.code, finding.target, finding.field, finding.args))
                .collect();
            assert_eq!(findings, Vec::<String>::new(), "{}", template.key);
        }
    }
}
