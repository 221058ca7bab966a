//! All files of a design in one ZIP archive.

use std::io::Write;

use rawzip::ZipArchiveWriter;

use crate::export::{self, File, Source};

/// The files of all formats, each in a folder of its own, and a page that says what is what.
pub fn files(source: &Source<'_>) -> Vec<File> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for format in export::ALL {
        let written = (format.write)(source).files;
        if !written.is_empty() {
            folders.push(format.key);
        }
        let placed = written.into_iter().map(|file| File { path: format!("{}/{}", format.key, file.path), ..file });
        files.extend(placed);
    }
    let mut all = export::read_me(source, &folders).files;
    all.extend(files);
    all
}

/// The archive of files, each with its path. Empty where it cannot be written, which no input brings about.
pub fn of(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    write(files).unwrap_or_default()
}

/// Files as they are, without compression: they are small, and a compressor is not.
fn write(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, rawzip::Error> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (path, bytes) in files {
        let (mut entry, config) = archive.new_file(path).start()?;
        let mut writer = config.wrap(&mut entry);
        writer.write_all(bytes)?;
        let (_, descriptor) = writer.finish()?;
        entry.finish(descriptor)?;
    }
    archive.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Form, Keys};

    #[test]
    fn what_was_put_in_comes_out() {
        let design = crate::templates::ALL[0].design().unwrap();
        let stack = trazo_model::lower(&design);
        let source = Source {
            design: &design,
            stack: &stack,
            voice: &Keys,
            route: &|_| Vec::new(),
            kept: &crate::Kept::default(),
        };
        let all = files(&source);
        // Of a picture there is only what it is drawn from.
        let drawn: Vec<&str> =
            all.iter().filter(|file| file.form == Form::Png).map(|file| file.path.as_str()).collect();
        assert_eq!(drawn, ["png/architecture.png"]);
        let bytes = of(&all.into_iter().map(|file| (file.path, file.document.text().into_bytes())).collect::<Vec<_>>());
        let archive = rawzip::ZipArchive::from_slice(&bytes).unwrap();
        let mut found = Vec::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().unwrap() {
            let name = entry.file_path().try_normalize().unwrap().as_ref().to_owned();
            let local = archive.get_entry(entry.wayfinder()).unwrap();
            let text = std::io::read_to_string(local.verifying_reader(local.data())).unwrap();
            found.push((name, text.len()));
        }
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.contains(&"README.md") && names.contains(&"cloudformation/cloudformation.json"), "{names:?}");
        assert!(found.iter().all(|(_, size)| *size > 0), "{found:?}");
    }

    #[test]
    fn the_page_names_the_folders_that_there_are() {
        for template in crate::templates::ALL {
            let design = template.design().unwrap();
            let stack = trazo_model::lower(&design);
            let all = files(&Source {
                design: &design,
                stack: &stack,
                voice: &Keys,
                route: &|_| Vec::new(),
                kept: &crate::Kept::default(),
            });
            for format in export::ALL {
                let folder = format!("{}/", format.key);
                let is_there = all.iter().any(|file| file.path.starts_with(&folder));
                assert_eq!(all[0].document.text().contains(&format!("`{folder}`")), is_there, "{folder}");
            }
        }
    }
}
