//! All files of a design in one ZIP archive.

use std::io::Write;

use rawzip::ZipArchiveWriter;

use crate::export::{self, File, Source};

/// All formats, each in a folder of its own, with a page that says what is what. Empty where it cannot be written, which no
/// input brings about.
pub fn of_all(source: &Source<'_>) -> Vec<u8> {
    let mut files = export::read_me(source).files;
    for format in export::ALL {
        let written = (format.write)(source).files.into_iter();
        files.extend(written.map(|file| File { path: format!("{}/{}", format.key, file.path), ..file }));
    }
    write(&files).unwrap_or_default()
}

/// Files as they are, without compression: they are small, and a compressor is not.
fn write(files: &[File]) -> Result<Vec<u8>, rawzip::Error> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for file in files {
        let (mut entry, config) = archive.new_file(&file.path).start()?;
        let mut writer = config.wrap(&mut entry);
        writer.write_all(file.document.text.as_bytes())?;
        let (_, descriptor) = writer.finish()?;
        entry.finish(descriptor)?;
    }
    archive.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Keys;

    #[test]
    fn what_was_put_in_comes_out() {
        let design = crate::templates::ALL[0].design().unwrap();
        let stack = trazo_model::lower(&design);
        let source = Source { design: &design, stack: &stack, voice: &Keys, route: &|_| Vec::new() };
        let bytes = of_all(&source);
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
}
