// Archives whose files are kept as they are, without compression: that is how Trazo writes them.

/** The files of an archive: path and text. */
export function unzipped(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error("this is no archive");
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error(`no entry at ${at}`);
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [number, number, number];
    if (bytes.readUInt16LE(at + 10) !== 0) throw new Error("compressed");
    const size = bytes.readUInt32LE(at + 24);
    const local = bytes.readUInt32LE(at + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const path = bytes.toString("utf8", at + 46, at + 46 + name);
    files.set(path, bytes.toString("utf8", begin, begin + size));
    at += 46 + name + extra + comment;
  }
  return files;
}
