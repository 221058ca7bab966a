//! What the command is called with.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};
use trazo_texts::{Lang, text};

use trazo_provision::plan::Engine;

use crate::commands::import;
use crate::commands::plan::{Asked, Form};
use crate::failure::with_meant;

/// How findings are said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Json,
    Sarif,
}

const FORMATS: &[(&str, Format)] = &[("text", Format::Text), ("json", Format::Json), ("sarif", Format::Sarif)];
const FORMS: &[(&str, Form)] = &[("text", Form::Text), ("json", Form::Json), ("policy", Form::Policy)];
const ENGINES: &[(&str, Engine)] = &[("cloudformation", Engine::Formation), ("steps", Engine::Stepwise)];
/// Where `trazo serve` answers if nothing else is asked.
const PORT: u16 = 8080;
/// Every format at once.
pub(crate) const ALL: &str = "all";
/// The format is the one that the file shows.
const AUTO: &str = "auto";
const TELLINGS: &[(&str, import::Telling)] = &[("text", import::Telling::Text), ("json", import::Telling::Json)];

/// One call.
#[derive(Debug)]
pub(crate) enum Call {
    Templates,
    ShowTemplate(String),
    Check { file: String, format: Format },
    Export { file: String, to: String, out: Option<PathBuf> },
    Import(import::Asked),
    Explain(String),
    Plan(Asked),
    Reference(PathBuf),
    Schema,
    Serve { port: u16, dist: Option<PathBuf>, allow_origin: Option<String> },
}

/// Why there is nothing to do: help was asked for, or the call cannot be understood.
#[derive(Debug)]
pub(crate) enum Stop {
    Help(String),
    Wrong(String),
}

/// The language that was asked for, else that of the environment, else English. It is looked for before the call is
/// understood, since it is also the language in which one that is not is told so.
pub(crate) fn language(arguments: &[OsString]) -> Lang {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let after = words.iter().position(|word| *word == "--lang").and_then(|at| words.get(at + 1).copied());
    let asked = after.or_else(|| words.iter().find_map(|word| word.strip_prefix("--lang=")));
    let of = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let tag = asked.map(str::to_owned).or_else(|| of("LC_ALL")).or_else(|| of("LC_MESSAGES")).or_else(|| of("LANG"));
    tag.map_or(Lang::En, |tag| Lang::from_tag(&tag))
}

/// Understands a call; the first word is the name of the command.
pub(crate) fn read(arguments: Vec<OsString>, lang: Lang) -> Result<Call, Stop> {
    let matches = command(lang).try_get_matches_from(arguments).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Help(error.render().to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Stop::Wrong(error.render().to_string()),
        _ => Stop::Wrong(format!("trazo: {}\n", complaint(lang, &error))),
    })?;
    call(&matches).ok_or_else(|| Stop::Wrong(format!("trazo: {}\n", text(lang, "cli.args.no_command", &[]))))
}

fn call(matches: &ArgMatches) -> Option<Call> {
    let (name, of) = matches.subcommand()?;
    let word = |of: &ArgMatches, name: &str| of.get_one::<String>(name).cloned();
    Some(match name {
        "templates" => match of.subcommand() {
            Some((_, show)) => Call::ShowTemplate(word(show, "name")?),
            None => Call::Templates,
        },
        "check" => Call::Check { file: word(of, "file")?, format: named(FORMATS, &word(of, "format")?)? },
        "export" => {
            Call::Export { file: word(of, "file")?, to: word(of, "to")?, out: of.get_one::<PathBuf>("out").cloned() }
        }
        "plan" => Call::Plan(Asked {
            file: word(of, "file")?,
            form: named(FORMS, &word(of, "plan-format")?)?,
            engine: named(ENGINES, &word(of, "engine")?)?,
            region: word(of, "region"),
            account: word(of, "account"),
        }),
        "import" => Call::Import(import::Asked {
            file: word(of, "import-file")?,
            from: word(of, "from").filter(|from| from != AUTO),
            to: of.get_one::<PathBuf>("import-to").cloned(),
            telling: named(TELLINGS, &word(of, "import-format")?)?,
        }),
        "reference" => Call::Reference(of.get_one::<PathBuf>("folder").cloned()?),
        "serve" => Call::Serve {
            port: of.get_one::<u16>("port").copied().unwrap_or(PORT),
            dist: of.get_one::<PathBuf>("dist").cloned(),
            allow_origin: word(of, "allow-origin"),
        },
        "explain" => Call::Explain(word(of, "what")?),
        _ => Call::Schema,
    })
}

fn named<T: Copy>(all: &[(&str, T)], name: &str) -> Option<T> {
    all.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
}

fn names<T>(all: &[(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(name, _)| *name).collect()
}

fn command(lang: Lang) -> Command {
    let make = Make { lang };
    let one_of = |names: Vec<&'static str>| -> ValueParser { PossibleValuesParser::new(names).into() };
    let formats = names(FORMATS);
    let exports = exports();
    let format = make.option("format").value_parser(one_of(formats)).default_value("text");
    let to = make.option("to").value_parser(one_of(exports)).required(true);
    let from = make.option("from").value_parser(one_of(imports())).default_value(AUTO);
    let target = make.option("import-to").long("to").value_parser(clap::value_parser!(PathBuf));
    let telling =
        make.option("import-format").long("format").value_parser(one_of(names(TELLINGS))).default_value("text");
    let out = make.option("out").value_parser(clap::value_parser!(PathBuf));
    let form = make.option("plan-format").long("format").value_parser(one_of(names(FORMS))).default_value("text");
    let engine = make.option("engine").value_parser(one_of(names(ENGINES))).default_value("cloudformation");
    let port = make.option("port").value_parser(clap::value_parser!(u16));
    let dist = make.option("dist").value_parser(clap::value_parser!(PathBuf));
    let folder = make.positional("folder").value_parser(clap::value_parser!(PathBuf));
    let langs = Lang::ALL.iter().map(|lang| lang.code()).collect();
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let show = make.command("show", "show").arg(make.positional("name"));
    make.command("trazo", "trazo")
        .version(env!("CARGO_PKG_VERSION"))
        .arg(make.named(make.option("lang").value_parser(one_of(langs)).global(true).ignore_case(true), "lang"))
        .arg(make.named(help, "help"))
        .arg(make.named(version, "version"))
        .arg_required_else_help(true)
        .subcommands([
            make.command("templates", "templates").subcommand(show),
            make.command("check", "check").arg(make.positional("file")).arg(format),
            make.command("plan", "plan").arg(make.positional("file")).args([
                form,
                engine,
                make.option("region"),
                make.option("account"),
            ]),
            make.command("export", "export").arg(make.positional("file")).args([to, out]),
            make.command("import", "import").arg(make.positional("import-file")).args([from, target, telling]),
            make.command("explain", "explain").arg(make.positional("what")),
            make.command("schema", "schema"),
            make.command("serve", "serve").args([port, dist, make.option("allow-origin")]),
            make.command("reference", "reference").arg(folder),
        ])
}

/// Names of the formats that designs are written in.
fn exports() -> Vec<&'static str> {
    trazo_formats::export::ALL.iter().map(|format| format.key).chain([ALL]).collect()
}

/// Names of the formats that designs are read from.
fn imports() -> Vec<&'static str> {
    std::iter::once(AUTO).chain(trazo_formats::import::ALL.iter().map(|format| format.key)).collect()
}

/// Makes commands and arguments whose words are in the texts.
struct Make {
    lang: Lang,
}

impl Make {
    fn say(&self, key: &str) -> String {
        let list = |names: Vec<&str>| names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let imports = list(imports().into_iter().filter(|name| *name != AUTO).collect());
        text(self.lang, key, &[("formats", &list(exports())), ("imports", &imports)])
    }

    fn command(&self, name: &'static str, key: &str) -> Command {
        let usage = crate::words::plain(&self.say(&format!("cli.usage.{key}")));
        let template = format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}\n", self.say("cli.heading.usage"));
        Command::new(name)
            .about(self.say(&format!("cli.help.{key}")))
            .override_usage(usage)
            .help_template(template)
            .subcommand_help_heading(self.say("cli.heading.commands"))
            .disable_help_flag(true)
            .disable_version_flag(true)
            .disable_help_subcommand(true)
    }

    fn positional(&self, name: &'static str) -> Arg {
        let value = self.say(&format!("cli.value.{name}"));
        let arg = Arg::new(name).required(true).value_name(value).help(self.say(&format!("cli.arg.{name}")));
        arg.help_heading(self.say("cli.heading.arguments"))
    }

    fn option(&self, name: &'static str) -> Arg {
        let arg = Arg::new(name).long(name).value_name(self.say(&format!("cli.value.{name}")));
        self.named(arg.hide_possible_values(true).hide_default_value(true), name)
    }

    fn named(&self, arg: Arg, name: &str) -> Arg {
        arg.help(self.say(&format!("cli.arg.{name}"))).help_heading(self.say("cli.heading.options"))
    }
}

/// Why a call cannot be understood.
fn complaint(lang: Lang, error: &clap::Error) -> String {
    let of = |kind| match error.get(kind) {
        Some(ContextValue::String(one)) => one.clone(),
        Some(ContextValue::Strings(all)) => all.join(", "),
        _ => String::new(),
    };
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let (key, meant) = match error.kind() {
        ErrorKind::UnknownArgument => ("unknown", of(ContextKind::SuggestedArg)),
        ErrorKind::InvalidSubcommand => ("command", of(ContextKind::SuggestedSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => ("no_value", String::new()),
        ErrorKind::InvalidValue => ("value", of(ContextKind::SuggestedValue)),
        ErrorKind::ValueValidation => ("not_valid", String::new()),
        ErrorKind::MissingRequiredArgument => ("missing", String::new()),
        ErrorKind::ArgumentConflict => ("twice", String::new()),
        _ => ("bad", String::new()),
    };
    let arg = if key == "command" { of(ContextKind::InvalidSubcommand) } else { arg };
    let args = [("arg", arg.as_str()), ("value", value.as_str()), ("all", &of(ContextKind::ValidValue))];
    let said = text(lang, &format!("cli.args.{key}"), &args);
    // Of several that might be meant, the one that is most like what was written.
    let written = if value.is_empty() { &arg } else { &value };
    let meant = crate::meant::meant(written, meant.split(", ").filter(|name| !name.is_empty()));
    let said = with_meant(lang, said, meant.as_deref());
    format!("{said} {}", text(lang, "cli.args.help", &[]))
}
