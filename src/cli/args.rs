//! What can be typed: commands, options and their help, in the language that
//! was chosen before parsing.

use std::path::PathBuf;
use std::sync::OnceLock;

use clap::{Arg, ArgAction, ArgGroup, Command as Clap, CommandFactory, Parser, Subcommand, ValueEnum, value_parser};

use crate::base::Lang;
use crate::base::lang::{Commands, Texts};

static TEXTS: OnceLock<&'static Texts> = OnceLock::new();

/// Chooses the language of the help; once, before parsing.
pub(super) fn speak(lang: Lang) {
    TEXTS.get_or_init(|| lang.texts());
}

fn t() -> &'static Commands {
    &TEXTS.get_or_init(|| Lang::En.texts()).commands
}

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "pingshen", about = t().about, after_help = t().exit_codes)]
pub(super) struct Args {
    #[arg(short = 'C', global = true, value_name = "DIR", help = t().arg_dir)]
    pub dir: Option<PathBuf>,
    #[arg(long, global = true, value_name = "zh|en", hide_possible_values = true, help = t().arg_lang)]
    pub lang: Option<Language>,
    #[arg(long, global = true, value_name = "auto|never", hide_possible_values = true, help = t().arg_color)]
    pub color: Option<Colour>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Language {
    Zh,
    En,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Never,
}

/// Formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    #[default]
    Table,
    Csv,
    Json,
}

/// Formats of a shortlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DocumentFormat {
    Csv,
    Json,
    Md,
}

/// Whose screen the demonstration opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Role {
    Expert,
    Secretary,
    Meeting,
}

/// What the secretary says of a sheet that is not complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Partial {
    Count,
    Void,
}

/// `--format table|csv|json`.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct ReportFormat {
    #[arg(long, value_enum, value_name = "table|csv|json", default_value = "table", hide_default_value = true, hide_possible_values = true, help = t().arg_format)]
    pub format: Format,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    #[command(about = t().about_demo)]
    Demo(Demo),
    #[command(subcommand, about = t().about_template)]
    Template(Template),
    #[command(about = t().about_new)]
    New(New),
    #[command(about = t().about_packets)]
    Packets {
        #[arg(required = true, value_name = "FILE", help = t().arg_packet_files)]
        files: Vec<PathBuf>,
    },
    #[command(about = t().about_panel)]
    Panel {
        #[arg(value_name = "FILE", help = t().arg_panel_file)]
        file: PathBuf,
    },
    #[command(about = t().about_assign)]
    Assign,
    #[command(about = t().about_issue)]
    Issue,
    #[command(about = t().about_score)]
    Score(Box<Score>),
    #[command(about = t().about_collect)]
    Collect(Collect),
    #[command(about = t().about_status)]
    Status(ReportFormat),
    #[command(about = t().about_rank)]
    Rank(Rank),
    #[command(about = t().about_meet)]
    Meet,
    #[command(subcommand, about = t().about_export)]
    Export(Export),
    #[command(about = t().about_publish)]
    Publish {
        #[arg(long, value_name = "FILE", help = t().arg_names)]
        names: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    #[arg(long, value_enum, value_name = "expert|secretary|meeting", default_value = "expert", hide_default_value = true, hide_possible_values = true, help = t().arg_role)]
    pub role: Role,
    #[arg(long = "dir", value_name = "D", help = t().arg_demo_dir)]
    pub folder: Option<PathBuf>,
    #[arg(long, help = t().arg_prepare)]
    pub prepare: bool,
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=9999), help = t().arg_demo_packets)]
    pub packets: Option<u16>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Template {
    #[command(about = t().about_template_list)]
    List(ReportFormat),
    #[command(about = t().about_template_show)]
    Show {
        #[arg(value_name = "ID|FILE", help = t().arg_template)]
        template: String,
    },
    #[command(about = t().about_template_check)]
    Check {
        #[arg(value_name = "FILE|ID", help = t().arg_template)]
        template: String,
        #[command(flatten)]
        report: ReportFormat,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct New {
    #[arg(value_name = "DIR", help = t().arg_new_dir)]
    pub folder: PathBuf,
    #[arg(long, value_name = "ID|FILE", help = t().arg_template)]
    pub template: String,
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..), help = t().arg_quota)]
    pub quota: Option<u32>,
}

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "one a flag; the modes exclude each other")]
#[command(group = ArgGroup::new("mode").multiple(false))]
pub(super) struct Score {
    #[arg(value_name = "BUNDLE", help = t().arg_bundle)]
    pub bundle: PathBuf,
    #[arg(long, value_name = "PATH", help = t().arg_draft)]
    pub draft: Option<PathBuf>,
    #[arg(long, group = "mode", help = t().arg_plain)]
    pub plain: bool,
    #[arg(long, group = "mode", help = t().arg_list)]
    pub list: bool,
    #[arg(long, group = "mode", help = t().arg_stdin)]
    pub stdin: bool,
    #[arg(long, group = "mode", help = t().arg_dump)]
    pub dump: bool,
    #[arg(long, group = "mode", value_name = "FILE", help = t().arg_form)]
    pub form: Option<PathBuf>,
    #[arg(long, group = "mode", value_name = "FILE", help = t().arg_fill)]
    pub fill: Option<PathBuf>,
    #[arg(long, group = "mode", help = t().arg_seal)]
    pub seal: bool,
    #[arg(long, requires = "form", help = t().arg_force)]
    pub force: bool,
    #[arg(long, requires = "seal", help = t().arg_seal_partial)]
    pub partial: bool,
    #[arg(long, requires = "partial", value_name = "WHY", help = t().arg_seal_reason)]
    pub reason: Option<String>,
    #[arg(long, requires = "seal", value_name = "WHY", help = t().arg_correction)]
    pub correction: Option<String>,
    #[arg(short = 'o', requires = "seal", value_name = "FILE", help = t().arg_sheet_out)]
    pub output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Collect {
    #[arg(required = true, value_name = "FILE", help = t().arg_sheet_files)]
    pub files: Vec<PathBuf>,
    #[arg(long, value_enum, value_name = "count|void", hide_possible_values = true, help = t().arg_partial)]
    pub partial: Option<Partial>,
    #[arg(long, conflicts_with = "partial", help = t().arg_void)]
    pub void: bool,
    #[arg(long, value_name = "WHY", help = t().arg_reason)]
    pub reason: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Rank {
    #[command(flatten)]
    pub report: ReportFormat,
    #[arg(long, value_name = "CODE", conflicts_with = "format", help = t().arg_explain)]
    pub explain: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Export {
    #[command(about = t().about_export_shortlist)]
    Shortlist {
        #[arg(long, value_enum, value_name = "csv|json|md", default_value = "csv", hide_default_value = true, hide_possible_values = true, help = t().arg_export_format)]
        format: DocumentFormat,
        #[arg(short = 'o', value_name = "FILE", help = t().arg_export_out)]
        output: Option<PathBuf>,
    },
}

/// The command line as clap knows it, with all headings in the language chosen.
pub(super) fn command_line() -> Clap {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help(t().arg_version);
    localise(Args::command().version(env!("CARGO_PKG_VERSION")).disable_version_flag(true).arg(version))
}

fn localise(command: Clap) -> Clap {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(t().arg_help);
    let template = format!("{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}", t().usage);
    let mut command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(help)
        .help_template(template)
        .subcommand_help_heading(t().heading_commands)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { t().heading_arguments } else { t().heading_options };
            arg.help_heading(heading)
        });
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, localise);
    }
    command
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::command_line().debug_assert();
    }
}
