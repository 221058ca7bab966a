//! Designs to begin with.

use trazo_model::Design;

/// A template.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Its name in text keys (`template.<key>.name`, `.help`) and on the command line.
    pub key: &'static str,
    /// What it looks like from afar: a line of text that the build makes of its manifest (see `build.rs`).
    pub sketch: &'static str,
}

/// Two tables: a page can show what there is to choose from without carrying all manifests.
macro_rules! templates {
    ($($key:literal,)*) => {
        /// All templates, in the order in which they are offered.
        pub static ALL: &[Template] =
            &[$(Template { key: $key, sketch: include_str!(concat!(env!("OUT_DIR"), "/", $key, ".sketch")) }),*];

        static MANIFESTS: &[(&str, &str)] =
            &[$(($key, include_str!(concat!("../templates/", $key, ".trazo.json")))),*];
    };
}

templates! {
    "tienda-virtual",
    "tienda-virtual-privada",
    "https-privada",
    "learner-lab",
    "lambda-y-ecs",
    "rest-con-claves",
    "web-publica",
    "imagen-propia",
    "microservicios",
    "spot-programado",
    "ecs-en-ec2",
    "azul-verde",
}

/// The template of a name.
pub fn find(key: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.key == key)
}

impl Template {
    /// Its manifest.
    pub fn manifest(&self) -> &'static str {
        MANIFESTS.iter().find(|(key, _)| *key == self.key).map_or("", |(_, manifest)| manifest)
    }

    /// The design.
    ///
    /// # Errors
    /// None for the templates of [`ALL`]; a test holds it.
    pub fn design(&self) -> Result<Design, crate::manifest::OpenError> {
        crate::manifest::read(self.manifest())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_written_as_trazo_writes_it_and_has_no_finding() {
        for template in ALL {
            let design = template.design().unwrap();
            assert_eq!(crate::manifest::write(&design), template.manifest(), "{}", template.key);
            let findings: Vec<_> = trazo_model::check(&design)
                .into_iter()
                .map(|finding| format!("{} {:?} {} {:?}", finding.code, finding.target, finding.field, finding.args))
                .collect();
            assert_eq!(findings, Vec::<String>::new(), "{}", template.key);
        }
    }

    #[test]
    fn the_fixtures_of_the_tests_are_written_so_too() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures");
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let design = crate::manifest::read(&text).unwrap();
            assert_eq!(crate::manifest::write(&design), text, "{:?}: `trazo import` writes it anew", entry.path());
        }
    }
}
