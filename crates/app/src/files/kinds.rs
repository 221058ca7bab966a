//! Which files there are.

use std::sync::Arc;

use leptos::prelude::*;
use trazo_formats::{Document, cloudformation, manifest};

use crate::prefs;
use crate::store::names;
use crate::studio::Studio;

const KEY: &str = "trazo.file";

/// A file that is made from the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum File {
    Manifest,
    CloudFormation,
}

impl File {
    pub(super) const ALL: [Self; 2] = [Self::CloudFormation, Self::Manifest];

    /// Its name in code.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::CloudFormation => "cloudformation",
        }
    }

    /// The file of a name in code.
    pub(super) fn of(id: &str) -> Self {
        Self::ALL.into_iter().find(|file| file.id() == id).unwrap_or(Self::CloudFormation)
    }

    /// The one that was shown last.
    pub(super) fn remembered() -> Self {
        prefs::read(KEY).map_or(Self::CloudFormation, |id| Self::of(&id))
    }

    /// Remembers it as the one that is shown.
    pub(super) fn remember(self) {
        prefs::write(KEY, self.id());
    }

    /// Text key of its title.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Manifest => "ui.files.manifest",
            Self::CloudFormation => "ui.files.cloudformation",
        }
    }

    /// Text key of what it is for.
    pub(super) fn help(self) -> &'static str {
        match self {
            Self::Manifest => "ui.files.manifest_help",
            Self::CloudFormation => "ui.files.cloudformation_help",
        }
    }

    /// Its text. Tracked.
    pub(super) fn document(self, studio: &Studio) -> Arc<Document> {
        match self {
            Self::Manifest => {
                studio.revision.track();
                Arc::new(studio.design(manifest::document))
            }
            Self::CloudFormation => Arc::new(studio.stack.with(|stack| cloudformation::document(stack))),
        }
    }

    /// What it is called when it is downloaded.
    pub(super) fn name(self, studio: &Studio) -> String {
        let name = studio.design(|design| design.name().to_owned());
        let manifest = names::file_name(&name);
        match self {
            Self::CloudFormation => manifest.replace(".trazo.json", ".template.json"),
            Self::Manifest => manifest,
        }
    }
}
