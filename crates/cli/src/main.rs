//! The `trazo` command: check, export and explain designs.
//!
//! Exit codes: 0 all is well, 1 the design has errors, 2 the input cannot be used.

mod commands;
mod failure;
mod input;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use trazo_texts::Lang;

/// Designs of container architectures on AWS: check, export, explain.
#[derive(Parser)]
#[command(name = "trazo", version, propagate_version = true)]
struct Arguments {
    /// Language of what is said (es, en); else that of LC_ALL, LC_MESSAGES or LANG
    #[arg(long, global = true)]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Names of the templates, or the manifest of one
    Templates {
        #[command(subcommand)]
        command: Option<TemplatesCommand>,
    },
    /// Says what is wrong with a design
    Check {
        /// A manifest; `-` reads standard input
        file: String,
        /// How it is said
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Writes a design in another format
    Export {
        /// A manifest; `-` reads standard input
        file: String,
        /// The format
        #[arg(long, value_enum)]
        to: Export,
        /// A folder for the file; without one it goes to standard output
        #[arg(long)]
        out: Option<std::path::PathBuf>,
    },
    /// Reads a design and writes its manifest, in the form that Trazo gives it
    Import {
        /// A file; `-` reads standard input
        file: String,
        /// The format it has
        #[arg(long, value_enum, default_value_t = Import::Manifest)]
        from: Import,
    },
    /// Tells what a kind of resource is, or one of its fields (`service.desiredCount`)
    Explain {
        /// A kind, or a kind and a field
        what: String,
    },
    /// The JSON Schema of the manifest
    Schema,
    /// Writes the pages about kinds, fields and checks, in all languages
    Reference {
        /// The folder to write into
        folder: std::path::PathBuf,
    },
}

#[derive(Subcommand)]
enum TemplatesCommand {
    /// The manifest of a template
    Show {
        /// Its name
        name: String,
    },
}

/// How findings are said.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
}

/// Formats that designs are written in.
#[derive(Clone, Copy, ValueEnum)]
enum Export {
    Manifest,
    Cloudformation,
}

/// Formats that designs are read from.
#[derive(Clone, Copy, ValueEnum)]
enum Import {
    Manifest,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = words::language(arguments.lang.as_deref());
    match run(&arguments.command, lang) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            eprintln!("trazo: {}", failure.text(lang));
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command, lang: Lang) -> Result<u8, failure::Failure> {
    match command {
        Command::Templates { command: None } => commands::templates::list(lang),
        Command::Templates { command: Some(TemplatesCommand::Show { name }) } => commands::templates::show(name),
        Command::Check { file, format } => commands::check::run(file, *format, lang),
        Command::Export { file, to, out } => commands::export::run(file, *to, out.as_deref()),
        Command::Import { file, from: Import::Manifest } => commands::export::run(file, Export::Manifest, None),
        Command::Explain { what } => commands::explain::run(what, lang),
        Command::Schema => commands::schema::run(lang),
        Command::Reference { folder } => commands::reference::run(folder),
    }
}
