//! The `trazo` command: check, export and explain designs.
//!
//! Exit codes: 0 all is well, 1 the design has errors, 2 the input or the call cannot be used.

mod arguments;
mod commands;
mod failure;
mod input;
mod meant;
mod output;
mod png;
mod words;

use std::process::ExitCode;

use trazo_texts::Lang;

use arguments::{Call, Stop};
use failure::Failure;
use output::Said;

/// The call, the input, or the output cannot be used.
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let lang = arguments::language(&words);
    let said = match arguments::read(words, lang) {
        Ok(call) => run(call, lang),
        Err(Stop::Help(text)) => Ok(Said::well(text)),
        Err(Stop::Wrong(text)) => {
            complain(&text);
            return ExitCode::from(UNUSABLE);
        }
    };
    match said.and_then(|said| said.say().map(|()| said.code)) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            complain(&format!("trazo: {}\n", failure.text(lang)));
            ExitCode::from(UNUSABLE)
        }
    }
}

/// Where nobody reads complaints, there is nobody to tell.
fn complain(text: &str) {
    let _ = std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes());
}

fn run(call: Call, lang: Lang) -> Result<Said, Failure> {
    match call {
        Call::Templates => Ok(commands::templates::list(lang)),
        Call::ShowTemplate(name) => commands::templates::show(&name),
        Call::Check { file, format } => commands::check::run(&file, format, lang),
        Call::Export { file, to, out } => commands::export::run(&file, &to, out.as_deref(), lang),
        Call::Import(asked) => commands::import::run(&asked, lang),
        Call::Explain(what) => commands::explain::run(&what, lang),
        Call::Plan(asked) => commands::plan::run(&asked, lang),
        Call::Reference(folder) => commands::reference::run(&folder),
        Call::Schema => Ok(commands::schema::run(lang)),
        Call::Serve { port, dist, allow_origin } => commands::serve::run(port, dist, allow_origin.as_deref(), lang),
    }
}
