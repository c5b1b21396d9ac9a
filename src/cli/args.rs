//! What can be typed: commands, options and their help, in the language that
//! was chosen before parsing.

mod allocate;
mod assign;
mod counting;

use std::path::PathBuf;
use std::sync::OnceLock;

use clap::{Arg, ArgAction, ArgGroup, Command as Clap, CommandFactory, Parser, Subcommand, ValueEnum, value_parser};

use crate::base::Lang;
use crate::base::lang::{Amending, Commands, Stick, Texts};
use crate::domain::day::Day;

pub(super) use allocate::Allocate;
pub(super) use assign::Assign;
pub(super) use counting::{Rank, Screen, Tally};

static TEXTS: OnceLock<&'static Texts> = OnceLock::new();

/// Chooses the language of the help; once, before parsing.
pub(super) fn speak(lang: Lang) {
    TEXTS.get_or_init(|| lang.texts());
}

fn t() -> &'static Commands {
    &words().commands
}

fn words() -> &'static Texts {
    TEXTS.get_or_init(|| Lang::En.texts())
}

fn a() -> &'static Amending {
    &TEXTS.get_or_init(|| Lang::En.texts()).amending
}

fn stick() -> &'static Stick {
    &TEXTS.get_or_init(|| Lang::En.texts()).stick
}

fn day(text: &str) -> Result<Day, String> {
    Day::read(text).ok_or_else(|| words().checking.bad_day.to_owned())
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
    #[arg(long, global = true, value_name = "FILE", help = t().arg_passphrase_file)]
    pub passphrase_file: Option<PathBuf>,
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
    #[command(about = words().intake.about)]
    Intake(Intake),
    #[command(about = t().about_packets)]
    Packets {
        #[arg(required = true, value_name = "FILE", help = t().arg_packet_files)]
        files: Vec<PathBuf>,
    },
    #[command(about = words().checking.about)]
    Check(Check),
    #[command(about = words().blinding.about)]
    Blind(Blind),
    #[command(about = t().about_panel)]
    Panel(Panel),
    #[command(about = words().assigning.about)]
    Assign(Assign),
    #[command(about = t().about_enrol)]
    Enrol(Enrol),
    #[command(subcommand, about = t().about_keys)]
    Keys(Keys),
    #[command(about = t().about_issue)]
    Issue(Issue),
    #[command(subcommand, about = a().about_amend)]
    Amend(Amend),
    #[command(about = t().about_score)]
    Score(Box<Score>),
    #[command(about = t().about_collect)]
    Collect(Collect),
    #[command(about = t().about_open)]
    Open(Open),
    #[command(about = t().about_status)]
    Status(ReportFormat),
    #[command(about = t().about_rank)]
    Rank(Rank),
    #[command(about = words().tallying.about_tally)]
    Tally(Tally),
    #[command(about = words().weighing.about_screen)]
    Screen(Screen),
    #[command(about = words().funding.about)]
    Allocate(Allocate),
    #[command(about = t().about_meet)]
    Meet,
    #[command(subcommand, about = t().about_export)]
    Export(Export),
    #[command(about = words().audit.about)]
    Audit(Audit),
    #[command(about = words().history.about)]
    Log(Log),
    #[command(about = t().about_publish)]
    Publish {
        #[arg(long, value_name = "FILE", help = t().arg_names)]
        names: Option<PathBuf>,
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
    #[arg(long, value_name = "FILE", conflicts_with = "practice", help = t().arg_supervisor)]
    pub supervisor: Option<PathBuf>,
    #[arg(long, help = t().arg_practice)]
    pub practice: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[arg(value_name = "FILE", conflicts_with = "letters", help = words().checking.arg_files)]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = "ID|FILE", default_value = "ln-pilot-selection", hide_default_value = true, help = words().checking.arg_template)]
    pub template: String,
    #[arg(long, value_name = "FILE", help = words().checking.arg_supply)]
    pub supply: Option<PathBuf>,
    #[arg(long, help = words().checking.arg_letters)]
    pub letters: bool,
    #[arg(short = 'o', long, value_name = "DIR", requires = "letters", help = words().checking.arg_output)]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "DATE", requires = "letters", value_parser = day, help = words().checking.arg_by)]
    pub by: Option<Day>,
    #[command(flatten)]
    pub report: ReportFormat,
}

#[derive(Debug, clap::Args)]
pub(super) struct Intake {
    #[arg(value_name = "FILE|FOLDER", required_unless_present_any = ["form", "supply", "confirm", "withdraw"], help = words().intake.arg_files)]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = "F.csv", requires = "files", help = words().intake.arg_cities)]
    pub cities: Option<PathBuf>,
    #[arg(long, value_name = "F.csv", conflicts_with_all = ["files", "form", "confirm", "dry_run"], help = words().intake.arg_supply)]
    pub supply: Option<PathBuf>,
    #[arg(long, value_name = "NO", num_args = 1.., requires = "reason", conflicts_with_all = ["files", "form", "dry_run", "confirm", "supply"], help = words().intake.arg_withdraw)]
    pub withdraw: Vec<String>,
    #[arg(long, value_name = "NO|all", num_args = 1.., requires = "reason", conflicts_with_all = ["files", "form", "dry_run"], help = words().intake.arg_confirm)]
    pub confirm: Vec<String>,
    #[arg(long, value_name = "WHY", help = words().intake.arg_how)]
    pub reason: Option<String>,
    #[arg(long, help = words().intake.arg_dry_run)]
    pub dry_run: bool,
    #[arg(long, value_name = "ID", help = words().intake.arg_template)]
    pub template: Option<String>,
    #[arg(long, value_name = "F.xlsx|F.csv", conflicts_with = "files", help = words().intake.arg_form)]
    pub form: Option<PathBuf>,
    #[command(flatten)]
    pub report: ReportFormat,
}

#[derive(Debug, clap::Args)]
pub(super) struct Blind {
    #[command(flatten)]
    pub report: ReportFormat,
    #[arg(long, conflicts_with_all = ["mask", "mask_everywhere", "release"], help = words().blinding.arg_review)]
    pub review: bool,
    #[arg(long, value_name = "N", num_args = 1.., help = words().blinding.arg_mask)]
    pub mask: Vec<u32>,
    #[arg(long, value_name = "N", num_args = 1.., help = words().blinding.arg_mask_everywhere)]
    pub mask_everywhere: Vec<u32>,
    #[arg(long, value_name = "N", num_args = 1.., requires = "reason", help = words().blinding.arg_release)]
    pub release: Vec<u32>,
    #[arg(long, value_name = "WHY", help = t().arg_reason)]
    pub reason: Option<String>,
    #[arg(long, value_name = "FILE", help = words().blinding.arg_aliases)]
    pub aliases: Option<PathBuf>,
    #[arg(long, value_name = "CODE", conflicts_with_all = ["format", "mask", "mask_everywhere", "release", "aliases"], help = words().blinding.arg_show)]
    pub show: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Panel {
    #[arg(value_name = "FILE", required_unless_present_any = ["keys", "declare"], help = t().arg_panel_file)]
    pub file: Option<PathBuf>,
    #[arg(long, value_name = "EXPERT", conflicts_with_all = ["file", "keys"], help = words().declaring.arg_declare)]
    pub declare: Option<String>,
    #[arg(long, requires = "declare", conflicts_with = "recuse", help = words().declaring.arg_none)]
    pub none: bool,
    #[arg(long, value_name = "NAME GROUND", num_args = 1.., requires = "declare", help = words().declaring.arg_recuse)]
    pub recuse: Vec<String>,
    #[arg(long, value_name = "FILE", num_args = 1.., help = t().arg_keys)]
    pub keys: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Enrol {
    #[arg(value_name = "NAME", help = t().arg_enrol_name)]
    pub stem: PathBuf,
    #[arg(long, value_name = "CODE", help = t().arg_enrol_expert)]
    pub expert: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    #[command(about = t().about_keys_show)]
    Show,
    #[command(about = t().about_keys_spare)]
    Spare,
    #[command(about = t().about_keys_passphrase)]
    Passphrase {
        #[arg(long, help = t().arg_with_spare)]
        spare: bool,
        #[arg(long, value_name = "FILE", help = t().arg_spare_file)]
        spare_file: Option<PathBuf>,
        #[arg(long, value_name = "FILE", help = t().arg_new_passphrase_file)]
        new_passphrase_file: Option<PathBuf>,
        #[arg(long, value_name = "WHY", requires = "spare", help = t().arg_reason)]
        reason: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Issue {
    #[arg(long, help = a().arg_issue_update)]
    pub update: bool,
    #[arg(long, value_name = "FILE", help = t().arg_spare_file)]
    pub spare_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Amend {
    #[command(about = a().about_withdraw)]
    Withdraw {
        #[arg(value_name = "CODE", help = a().arg_code)]
        code: String,
        #[command(flatten)]
        why: Why,
    },
    #[command(about = a().about_correct)]
    Correct {
        #[arg(value_name = "FILE", help = a().arg_packet)]
        file: PathBuf,
        #[command(flatten)]
        why: Why,
    },
    #[command(about = a().about_add_expert)]
    AddExpert {
        #[arg(value_name = "FILE", help = a().arg_row)]
        file: PathBuf,
        #[command(flatten)]
        why: Why,
    },
    #[command(about = a().about_replace)]
    Replace {
        #[arg(value_name = "EXPERT", help = a().arg_expert)]
        expert: String,
        #[arg(value_name = "FILE", help = a().arg_row)]
        file: PathBuf,
        #[command(flatten)]
        why: Why,
    },
    #[command(about = a().about_erratum)]
    Erratum {
        #[arg(value_name = "CRITERION", help = a().arg_criterion)]
        criterion: String,
        #[arg(long, value_name = "TEXT", help = a().arg_text)]
        text: String,
        #[command(flatten)]
        why: Why,
    },
    #[command(about = a().about_void)]
    Void {
        #[arg(value_name = "CRITERION", help = a().arg_criterion)]
        criterion: String,
        #[command(flatten)]
        why: Why,
    },
    #[command(about = a().about_quota)]
    Quota {
        #[arg(value_name = "N", value_parser = value_parser!(u32).range(1..), help = a().arg_new_quota)]
        number: u32,
        #[command(flatten)]
        why: Why,
    },
    #[command(about = a().about_accept)]
    Accept(Review),
    #[command(about = a().about_ask)]
    Ask(Review),
    #[command(about = a().about_list)]
    List,
}

/// `E03 [--number N] --reason WHY`.
#[derive(Debug, clap::Args)]
pub(super) struct Review {
    #[arg(value_name = "EXPERT", help = a().arg_expert)]
    pub expert: String,
    #[arg(long, value_name = "N", help = a().arg_number)]
    pub number: Option<u32>,
    #[command(flatten)]
    pub why: Why,
}

/// `--reason WHY`.
#[derive(Debug, clap::Args)]
pub(super) struct Why {
    #[arg(long, value_name = "WHY", default_value = "", hide_default_value = true, help = t().arg_reason)]
    pub reason: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct Open {
    #[arg(long, value_name = "FILE", help = t().arg_supervisor_key)]
    pub supervisor_key: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = t().arg_supervisor_passphrase_file)]
    pub supervisor_passphrase_file: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = t().arg_codes)]
    pub codes: Option<PathBuf>,
    #[arg(long, value_name = "WHY", help = t().arg_missing_reason)]
    pub reason: Option<String>,
}

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "one a flag; the modes exclude each other")]
#[command(group = ArgGroup::new("mode").multiple(false))]
#[command(group = ArgGroup::new("reasoned").args(["partial", "clear"]).multiple(true))]
pub(super) struct Score {
    #[arg(value_name = "BUNDLE", help = t().arg_bundle)]
    pub bundle: PathBuf,
    #[arg(long, value_name = "PATH", help = t().arg_draft)]
    pub draft: Option<PathBuf>,
    #[arg(long, value_name = "CODE", help = t().arg_slip)]
    pub slip: Option<String>,
    #[arg(long, help = t().arg_forgot)]
    pub spare: bool,
    #[arg(long, value_name = "FILE", requires = "spare", help = t().arg_spare_file)]
    pub spare_file: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = a().arg_score_update)]
    pub update: Option<PathBuf>,
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
    #[arg(long, group = "mode", help = stick().about_clear)]
    pub clear: bool,
    #[arg(long, requires = "clear", value_name = "CODE", help = stick().arg_receipt)]
    pub receipt: Option<String>,
    #[arg(long, requires = "form", help = t().arg_force)]
    pub force: bool,
    #[arg(long, requires = "seal", help = t().arg_seal_partial)]
    pub partial: bool,
    #[arg(long, requires = "reasoned", value_name = "WHY", help = t().arg_seal_reason)]
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
    #[arg(long, help = t().arg_keep_sealed)]
    pub keep_sealed: bool,
    #[arg(long, value_name = "FILE", help = t().arg_codes)]
    pub codes: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "count|void", hide_possible_values = true, help = t().arg_partial)]
    pub partial: Option<Partial>,
    #[arg(long, conflicts_with = "partial", help = t().arg_void)]
    pub void: bool,
    #[arg(long, value_name = "WHY", help = t().arg_reason)]
    pub reason: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Export {
    #[command(about = words().declaring.about_export)]
    Declarations {
        #[arg(short = 'o', value_name = "DIR", help = words().declaring.arg_out)]
        output: Option<PathBuf>,
    },
    #[command(about = t().about_export_shortlist)]
    Shortlist {
        #[arg(long, value_enum, value_name = "csv|json|md", default_value = "csv", hide_default_value = true, hide_possible_values = true, help = t().arg_export_format)]
        format: DocumentFormat,
        #[arg(short = 'o', value_name = "FILE", help = t().arg_export_out)]
        output: Option<PathBuf>,
    },
}

/// Formats of an audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Short {
    #[default]
    Table,
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct Audit {
    #[arg(value_name = "ARCHIVE", help = words().audit.arg_archive)]
    pub archive: Option<PathBuf>,
    #[arg(long, value_name = "HEAD", help = words().audit.arg_since)]
    pub since: Option<String>,
    #[arg(long, value_name = "F.md", help = words().audit.arg_report)]
    pub report: Option<PathBuf>,
    #[arg(long, value_name = "N", requires = "seed", value_parser = value_parser!(u32).range(1..), help = words().audit.arg_sample)]
    pub sample: Option<u32>,
    #[arg(long, value_name = "S", requires = "sample", help = words().audit.arg_seed)]
    pub seed: Option<String>,
    #[arg(long, help = words().audit.arg_open)]
    pub open: bool,
    #[arg(long, value_name = "FILE", requires = "open", help = t().arg_supervisor_key)]
    pub supervisor_key: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "supervisor_key", help = t().arg_supervisor_passphrase_file)]
    pub supervisor_passphrase_file: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "table|json", default_value = "table", hide_default_value = true, hide_possible_values = true, help = words().audit.arg_format)]
    pub format: Short,
}

#[derive(Debug, clap::Args)]
pub(super) struct Log {
    #[arg(long, value_name = "CODE", help = words().history.arg_packet)]
    pub packet: Option<String>,
    #[arg(long, value_name = "CODE", help = words().history.arg_expert)]
    pub expert: Option<String>,
    #[arg(long, value_name = "WORD", help = words().history.arg_act)]
    pub act: Option<String>,
    #[command(flatten)]
    pub report: ReportFormat,
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
