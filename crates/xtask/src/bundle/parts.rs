//! The page in parts: the module is cut where `crates/app/src/parts` says so, and what is not needed for the first screen
//! becomes a file of its own, which the page fetches when it is.
//!
//! The cut lies between the compiler and wasm-bindgen, and trunk calls both. So trunk is given this very program under the
//! name of wasm-bindgen: it cuts the module, and hands the first part on.

use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use super::write;
use crate::failure::{Failure, Outcome};
use crate::project::Project;
use crate::tools::Splitter;

/// The names under which the stand-in is told what it needs.
const FOLDER: &str = "TRAZO_PARTS";
const SPLIT: &str = "TRAZO_WASM_SPLIT";
const BINDGEN: &str = "TRAZO_WASM_BINDGEN";

/// The part that whoever opens a design waits for: it is fetched beside the rest of the page.
const AWAITED: &str = "editor";

/// What the splitter calls the script that fetches the parts.
const LOADER: &str = "__wasm_split.js";

/// Where the parts lie until they are put into `dist/`.
fn folder(project: &Project) -> PathBuf {
    project.target().join("xtask/parts")
}

/// Gives a command of trunk the stand-in.
pub(super) fn stand_in_for(project: &Project, splitter: &Splitter, trunk: &mut Command) -> Outcome<()> {
    let parts = folder(project);
    let _ = std::fs::remove_dir_all(&parts);
    let beside = project.target().join("xtask/bin");
    std::fs::create_dir_all(&beside).map_err(|error| Failure::file(&beside, &error))?;
    let stand_in = beside.join(format!("wasm-bindgen{}", std::env::consts::EXE_SUFFIX));
    let myself = std::env::current_exe().map_err(|error| Failure::file(&stand_in, &error))?;
    // A running one cannot be written over, a removed one can be made anew.
    let _ = std::fs::remove_file(&stand_in);
    std::fs::copy(&myself, &stand_in).map_err(|error| Failure::file(&stand_in, &error))?;
    let path = trunk.get_envs().find_map(|(name, value)| if name == "PATH" { value } else { None });
    let path = path.map(OsString::from).or_else(|| std::env::var_os("PATH")).unwrap_or_default();
    let all = std::iter::once(beside).chain(std::env::split_paths(&path));
    if let Ok(path) = std::env::join_paths(all) {
        trunk.env("PATH", path);
    }
    trunk.env(FOLDER, &parts).env(SPLIT, &splitter.program).env(BINDGEN, &splitter.wasm_bindgen);
    Ok(())
}

/// Does what is asked of wasm-bindgen, if this program was called by that name.
pub(crate) fn stand_in() -> Option<ExitCode> {
    let called = PathBuf::from(std::env::args_os().next()?);
    if called.file_stem()? != "wasm-bindgen" {
        return None;
    }
    let settings = (std::env::var_os(FOLDER)?, std::env::var_os(SPLIT)?, std::env::var_os(BINDGEN)?);
    let (parts, split, bindgen) = settings;
    let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let Some(input) = arguments.iter().position(|it| Path::new(it).extension().is_some_and(|end| end == "wasm")) {
        let name = value_of(&arguments, "--out-name").unwrap_or_else(|| "main".to_owned());
        let mut command = Command::new(split);
        command.arg(&arguments[input]).arg(&parts).arg("--out-name").arg(&name);
        if !ran(&mut command) {
            return Some(ExitCode::FAILURE);
        }
        arguments[input] = Path::new(&parts).join(format!("{name}.wasm")).into();
        // The parts share the memory and the tables of the first.
        arguments.push("--keep-lld-exports".into());
    }
    let done = ran(Command::new(bindgen).args(&arguments));
    Some(if done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn ran(command: &mut Command) -> bool {
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("{}: {error}", command.get_program().to_string_lossy());
            false
        }
    }
}

/// The value of `--name value` or `--name=value`.
fn value_of(arguments: &[OsString], name: &str) -> Option<String> {
    let texts: Vec<String> = arguments.iter().map(|it| it.to_string_lossy().into_owned()).collect();
    let at = texts.iter().position(|it| it == name || it.starts_with(&format!("{name}=")))?;
    match texts[at].split_once('=') {
        Some((_, value)) => Some(value.to_owned()),
        None => texts.get(at + 1).cloned(),
    }
}

/// Puts the parts into `dist/` under names that carry the hash of their contents.
pub(super) fn settle(project: &Project) -> Outcome<()> {
    let (parts, dist) = (folder(project), project.dist());
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error));
    let mut loader = taking_early(&read(&parts.join(LOADER))?)?;
    for part in files(&parts, "wasm")? {
        let old = name_of(&part);
        if !loader.contains(&old) {
            // The first part: wasm-bindgen has made its own file of it.
            continue;
        }
        let bytes = std::fs::read(&part).map_err(|error| Failure::file(&part, &error))?;
        let stem = old.trim_start_matches("split_").trim_end_matches(".wasm");
        let new = format!("{stem}-{:016x}.wasm", hash_of(&bytes));
        let target = dist.join(&new);
        std::fs::write(&target, without_names(&bytes)).map_err(|error| Failure::file(&target, &error))?;
        loader = loader.replace(&old, &new);
        if is_awaited(&loader, stem) {
            name_part(&dist.join("index.html"), &new)?;
        }
    }
    for script in files(&dist, "js")? {
        let text = read(&script)?;
        if !text.contains(LOADER) {
            continue;
        }
        // Each names the other: trunk has given the first a hash, so that name comes first.
        let first = name_of(&script);
        let plain = first.rsplit_once('-').map_or(first.as_str(), |(stem, _)| stem);
        let loader = loader.replace(&format!("./{plain}.js"), &format!("./{first}"));
        let new = format!("parts-{:016x}.js", hash_of(loader.as_bytes()));
        write(&dist.join(&new), &loader)?;
        return write(&script, &with_import(&text, &new));
    }
    Err(Failure::new("no script of the page fetches its parts", "Delete target/xtask and build again."))
}

/// The loader, so changed that it takes a module which `boot.js` has begun to fetch and compile, where there is one. One that
/// could not be had is taken once: the next try fetches.
fn taking_early(loader: &str) -> Outcome<String> {
    let fetched = "const src = fetch(new URL(";
    let (before, after) = ("import.meta.url));", "(WebAssembly.instantiateStreaming(src, imports))");
    if [fetched, before, after].iter().any(|part| !loader.contains(part)) {
        return Err(Failure::new(
            "the splitter's loader is not the one that this build knows",
            "Compare target/xtask/parts/__wasm_split.js with crates/xtask/src/bundle/parts.rs.",
        ));
    }
    let early = "import.meta.url);\n    const early = globalThis.trazoParts?.get(url.href);\n    \
                 globalThis.trazoParts?.delete(url.href);\n    const src = early ?? fetch(url);";
    let made = "early ? { instance: await WebAssembly.instantiate(await early, imports) } : \
                WebAssembly.instantiateStreaming(src, imports)";
    Ok(loader.replace(fetched, "const url = new URL(").replace(before, early).replace(after, made))
}

/// Whether the awaited part needs a file: its own, or a chunk that it shares with others. Above each chunk the splitter
/// writes for which parts it is.
fn is_awaited(loader: &str, stem: &str) -> bool {
    let chunk = format!("const __{stem} = ");
    let before = loader.split_once(&chunk).map(|(before, _)| before.trim_end());
    let users = before.and_then(|text| text.strip_suffix("*/")?.rsplit_once("/*"));
    match users {
        Some((_, users)) => users.split(',').any(|user| user.trim() == AWAITED),
        None => stem == AWAITED,
    }
}

/// Tells `boot.js` of a file that the awaited part needs.
fn name_part(page: &Path, file: &str) -> Outcome<()> {
    let text = std::fs::read_to_string(page).map_err(|error| Failure::file(page, &error))?;
    write(page, &text.replacen("<script", &format!("<meta name=\"trazo-part\" content=\"./{file}\"><script"), 1))
}

/// The script with the loader's new name where it is imported; the name by which the module knows it stays.
fn with_import(script: &str, new: &str) -> String {
    let mut text = script.to_owned();
    for before in ["from '", "from'", "from \"", "from\""] {
        text = text.replace(&format!("{before}./{LOADER}"), &format!("{before}./{new}"));
    }
    text
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn hash_of(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

fn files(folder: &Path, end: &str) -> Outcome<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| Failure::file(folder, &error))?;
    let all = entries.flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = all.filter(|file| file.extension().is_some_and(|it| it == end)).collect();
    found.sort();
    Ok(found)
}

/// The module without its custom sections (names of functions, relocations): they are for tools, and megabytes. What
/// cannot be read as a module is left as it is.
fn without_names(module: &[u8]) -> Vec<u8> {
    let mut kept = module.get(..8).unwrap_or(module).to_vec();
    let mut at = 8;
    while let Some(&id) = module.get(at) {
        let Some((size, start)) = number(module, at + 1) else { return module.to_vec() };
        let Some(section) = module.get(at..start.saturating_add(size)) else { return module.to_vec() };
        if id != 0 {
            kept.extend_from_slice(section);
        }
        at = start + size;
    }
    kept
}

/// An unsigned number in LEB128 at `at`, and where what follows it begins.
fn number(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = *bytes.get(at)?;
        at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((value, at));
        }
        shift += 7;
        if shift > 28 {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_left_out_and_the_rest_is_kept() {
        let head = *b"\0asm\x01\0\0\0";
        let types = [1, 4, 1, 0x60, 0, 0];
        let names = [0, 6, 4, b'n', b'a', b'm', b'e', 0];
        let module = [&head[..], &types, &names, &types].concat();
        assert_eq!(without_names(&module), [&head[..], &types, &types].concat());
        assert_eq!(without_names(b"no module at all"), b"no module at all");
    }

    #[test]
    fn the_loader_takes_what_was_begun_early() {
        let loader = "() => {\n    const src = fetch(new URL(\"./split_a.wasm\", import.meta.url));\n    src.catch(() => {});\n    \
                      return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}";
        let changed = taking_early(loader).unwrap();
        assert!(changed.contains("const url = new URL(\"./split_a.wasm\", import.meta.url);"), "{changed}");
        assert!(changed.contains("const src = early ?? fetch(url);"), "{changed}");
        assert!(changed.contains("=> early ? {"), "{changed}");
        assert!(taking_early("another loader").is_err());
    }

    #[test]
    fn of_the_chunks_only_those_that_the_editor_needs_are_awaited() {
        let loader = "/* deploy, editor */\nconst __chunk_3 = makeLoad();\n/* deploy, import */\nconst __chunk_5 = makeLoad();\n\
                      export const __wasm_split_load_editor = wrapAsyncCb(makeLoad());\n";
        let awaited = |stem: &str| is_awaited(loader, stem);
        assert!(awaited("editor") && awaited("chunk_3"));
        assert!(!awaited("deploy") && !awaited("import") && !awaited("chunk_5"));
    }

    #[test]
    fn only_the_import_takes_the_new_name() {
        let script = "import * as a from './__wasm_split.js';imports={\"./__wasm_split.js\":a}";
        let expected = "import * as a from './parts-1.js';imports={\"./__wasm_split.js\":a}";
        assert_eq!(with_import(script, "parts-1.js"), expected);
    }

    #[test]
    fn both_ways_to_give_a_value_are_read() {
        let words = |all: &[&str]| all.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(value_of(&words(&["--out-name=a", "x.wasm"]), "--out-name").as_deref(), Some("a"));
        assert_eq!(value_of(&words(&["--out-name", "b"]), "--out-name").as_deref(), Some("b"));
        assert_eq!(value_of(&words(&["x.wasm"]), "--out-name"), None);
    }
}
