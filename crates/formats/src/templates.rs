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
pub static ALL: &[Template] = &[];

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
