//! A ZIP archive of one file, stored as it is: what Lambda takes for code that stands in the design.
//!
//! <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>

/// 1 January 1980, the first day that an archive can tell: the same code gives the same archive.
const DATE: u16 = 0x0021;
/// A plain file that everybody may read: Lambda runs as another user than the one who packed it.
const MODE: u32 = 0o100_644 << 16;
/// Version 2.0 of the format, made on Unix, which gives the mode its meaning.
const VERSION: u16 = 20;
const MADE_ON: u16 = 3 << 8 | VERSION;

/// An archive with one file.
pub(crate) fn archive(name: &str, content: &[u8]) -> Vec<u8> {
    // Whoever writes code of 4 GB into a design has other worries; the sizes then say less than there is.
    let size = u32::try_from(content.len()).unwrap_or(u32::MAX);
    let mut about = Vec::new();
    for number in [VERSION, 0, 0, 0, DATE] {
        about.extend(number.to_le_bytes());
    }
    for number in [checksum(content), size, size] {
        about.extend(number.to_le_bytes());
    }
    about.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    // No further fields.
    about.extend(0_u16.to_le_bytes());

    let mut out = b"PK\x03\x04".to_vec();
    out.extend(&about);
    out.extend(name.as_bytes());
    out.extend(content);
    let list = out.len();
    out.extend(b"PK\x01\x02");
    out.extend(MADE_ON.to_le_bytes());
    out.extend(&about);
    // No comment, on the first disk, no attributes of its own, then those of the system and where the file begins.
    out.extend([0; 6]);
    out.extend(MODE.to_le_bytes());
    out.extend([0; 4]);
    out.extend(name.as_bytes());
    let length = out.len() - list;
    out.extend(b"PK\x05\x06");
    for number in [0_u16, 0, 1, 1] {
        out.extend(number.to_le_bytes());
    }
    for number in [length, list] {
        out.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
    }
    out.extend([0; 2]);
    out
}

/// CRC-32 as ZIP counts it.
fn checksum(bytes: &[u8]) -> u32 {
    let turned = bytes.iter().fold(u32::MAX, |mut sum, byte| {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
        }
        sum
    });
    !turned
}

#[cfg(test)]
mod tests {
    use super::{archive, checksum};

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b""), 0);
    }

    #[test]
    fn an_archive_has_the_length_that_it_tells() {
        let (name, content) = ("index.py", "print('ñ')\n".as_bytes());
        let packed = archive(name, content);
        let list = 30 + name.len() + content.len();
        assert_eq!(packed.len(), list + 46 + name.len() + 22);
        assert_eq!(&packed[..4], b"PK\x03\x04");
        assert_eq!(&packed[list..list + 4], b"PK\x01\x02");
        let end = packed.len() - 22;
        assert_eq!(packed[end + 16..end + 20], u32::try_from(list).unwrap().to_le_bytes());
        assert_eq!(packed[end + 12..end + 16], u32::try_from(46 + name.len()).unwrap().to_le_bytes());
        assert_eq!(archive(name, content), packed);
    }

    /// What other tools read out of it is what was put in.
    #[cfg(unix)]
    #[test]
    fn others_can_read_it() {
        use std::io::Write as _;
        let script = "import io, sys, zipfile\n\
            archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))\n\
            assert archive.testzip() is None\n\
            entry, = archive.infolist()\n\
            print(entry.filename, oct(entry.external_attr >> 16), archive.read(entry).decode())";
        let python = std::process::Command::new("python3")
            .args(["-c", script])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn();
        // A machine without Python still has the test above.
        let Ok(mut python) = python else { return };
        python.stdin.take().unwrap().write_all(&archive("index.js", "exports.a = 'ñ';".as_bytes())).unwrap();
        let out = python.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(out.stdout).unwrap().trim_end(), "index.js 0o100644 exports.a = 'ñ';");
    }
}
