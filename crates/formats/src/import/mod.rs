//! Files of other tools as designs: one module a format, one row a format in [`ALL`].
//!
//! JSON and YAML are read once, into a [`Tree`] that knows of each value the line it stands on and whether anybody has read it. An
//! importer fills a [`Draft`], which becomes a design by the model's own rules. Nothing is lost in silence: what the model
//! refuses is a note, and so is every value of the file that the importer did not read.

mod cloudformation;
mod compose;
mod draft;
mod drawio;
mod error;
mod note;
mod openapi;
mod tree;

use trazo_model::Design;

pub use draft::{Draft, Handle, LinkHandle};
pub use error::ImportError;
pub use note::{Level, Note};
pub use tree::{Entry, Node, Tree};

/// Longer files are refused: none that people write is longer.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;

/// A format that can be read.
#[derive(Clone, Copy, Debug)]
pub struct Importer {
    /// Its name on the command line and in text keys (`import.<key>.title`).
    pub key: &'static str,
    /// How it is read.
    pub reading: Reading,
}

/// How a format is read.
#[derive(Clone, Copy, Debug)]
pub enum Reading {
    /// JSON or YAML.
    Tree {
        /// Whether a file is of this format, by what stands in it.
        recognises: fn(&Tree) -> bool,
        /// Reads it. Nothing in it may panic; what it does not read becomes a note.
        read: fn(&Tree, &mut Draft),
    },
    /// Text of another kind, such as XML.
    Text {
        /// Whether a file is of this format.
        recognises: fn(&str) -> bool,
        /// Reads it.
        read: fn(&str, &mut Draft) -> Result<(), ImportError>,
    },
    /// JSON that is a design already.
    Design {
        /// Whether a file is of this format.
        recognises: fn(&Tree) -> bool,
        /// Reads it.
        read: fn(&str) -> Result<Design, ImportError>,
    },
}

/// All formats, in the order in which they are tried.
pub static ALL: &[Importer] = &[
    Importer {
        key: "manifest",
        reading: Reading::Design {
            recognises: |tree| tree.root().has("trazo") && tree.root().has("nodes"),
            read: |text| crate::manifest::read(text).map_err(ImportError::Manifest),
        },
    },
    Importer {
        key: "cloudformation",
        reading: Reading::Tree { recognises: cloudformation::recognises, read: cloudformation::read },
    },
    Importer {
        key: "ecs",
        reading: Reading::Tree { recognises: cloudformation::ecs::recognises, read: cloudformation::ecs::read },
    },
    Importer {
        key: "terraform",
        reading: Reading::Tree {
            recognises: cloudformation::terraform::recognises,
            read: cloudformation::terraform::read,
        },
    },
    Importer { key: "drawio", reading: Reading::Text { recognises: drawio::recognises, read: drawio::read } },
    Importer { key: "openapi", reading: Reading::Tree { recognises: openapi::recognises, read: openapi::read } },
    Importer { key: "compose", reading: Reading::Tree { recognises: compose::recognises, read: compose::read } },
];

/// The format of a name.
pub fn find(key: &str) -> Option<&'static Importer> {
    ALL.iter().find(|importer| importer.key == key)
}

/// What a file is understood as.
#[derive(Clone, Debug)]
pub struct Understood {
    /// The design.
    pub design: Design,
    /// What was guessed, what was left out, in the order of the file.
    pub notes: Vec<Note>,
    /// The key of the format.
    pub format: &'static str,
    /// Whether its nodes have places; else the caller lays them out.
    pub placed: bool,
}

/// Reads a file of any format; its name gives the design one where it holds none. `wish` names the format, else it is recognised by
/// what stands in the file.
///
/// # Errors
/// An [`ImportError`] with the place, where there is one.
pub fn read(name: &str, bytes: &[u8], wish: Option<&str>) -> Result<Understood, ImportError> {
    if bytes.len() > MOST_BYTES {
        return Err(ImportError::TooLong);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ImportError::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let wished = match wish {
        Some(key) => Some(find(key).ok_or_else(|| ImportError::NoFormat(key.to_owned()))?),
        None => None,
    };
    let mut understood = if text.trim_start().starts_with('<') {
        read_text(name, text, wished)?
    } else {
        read_tree(name, text, wished)?
    };
    trazo_model::sort::sort_by_key(&mut understood.notes, |note| (note.line, note.level as usize));
    Ok(understood)
}

fn read_text(name: &str, text: &str, wished: Option<&'static Importer>) -> Result<Understood, ImportError> {
    for importer in ALL {
        let Reading::Text { recognises, read } = importer.reading else { continue };
        if wished.is_none_or(|wished| wished.key == importer.key) && recognises(text) {
            let mut draft = Draft::new(name);
            read(text, &mut draft)?;
            return Ok(draft.finish(importer.key));
        }
    }
    Err(ImportError::Unknown)
}

fn read_tree(name: &str, text: &str, wished: Option<&'static Importer>) -> Result<Understood, ImportError> {
    let tree = Tree::read(text)?;
    for importer in ALL {
        if wished.is_some_and(|wished| wished.key != importer.key) {
            continue;
        }
        match importer.reading {
            Reading::Tree { recognises, read } if wished.is_some() || recognises(&tree) => {
                tree.forget();
                let mut draft = Draft::new(name);
                read(&tree, &mut draft);
                tree.tell_unread(&mut draft);
                return Ok(draft.finish(importer.key));
            }
            Reading::Design { recognises, read } if recognises(&tree) => {
                let design = read(text)?;
                return Ok(Understood { design, notes: Vec::new(), format: importer.key, placed: true });
            }
            _ => {}
        }
    }
    Err(ImportError::Unknown)
}

#[cfg(test)]
mod tests;
