//! Writes the CloudFormation template of each of Trazo's own templates into a folder, for other tools to judge, and what becomes of
//! those of other authors in `tests/imports/`.
//!
//! Usage: `write_templates FOLDER [MANIFEST…]`; manifests beyond the templates are named by their files.

use std::error::Error;
use std::path::Path;

use trazo_formats::{Kept, cloudformation, import, manifest, templates};
use trazo_model::{Design, lower};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name the folder to write into")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    for template in templates::ALL {
        write(folder, template.key, &template.design()?)?;
    }
    imported(&folder.join("imports"))?;
    for file in arguments {
        let name = Path::new(&file).file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let design = manifest::read(&std::fs::read_to_string(&file)?).map_err(|error| format!("{file}: {error}"))?;
        write(folder, name.trim_end_matches(".trazo.json"), &design)?;
    }
    Ok(())
}

/// Writes what becomes of the templates of other authors when they are imported and exported again.
fn imported(folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/imports/cloudformation"))? {
        let path = file?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let design = import::read(name, &std::fs::read(&path)?, None)?.design;
        std::fs::write(
            folder.join(format!("{name}.json")),
            cloudformation::file(&lower(&design), &design, &Kept::default()).text(),
        )?;
    }
    Ok(())
}

fn write(folder: &Path, name: &str, design: &Design) -> Result<(), Box<dyn Error>> {
    std::fs::write(folder.join(format!("{name}.template.json")), cloudformation::document(&lower(design)).text)?;
    Ok(())
}
