//! What can be typed behind `rank`, `tally` and `screen`.

use std::path::PathBuf;

use super::{ReportFormat, words};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Rank {
    #[command(flatten)]
    pub report: ReportFormat,
    #[arg(long, value_name = "CODE", help = words().explaining.arg_explain)]
    pub explain: Option<String>,
    #[arg(long, conflicts_with = "explain", help = words().weighing.arg_doubt)]
    pub doubt: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Screen {
    #[arg(long, value_name = "FILE", help = words().commands.arg_names)]
    pub names: Option<PathBuf>,
    #[command(flatten)]
    pub report: ReportFormat,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Tally {
    #[arg(required = true, value_name = "FILE", help = words().tallying.arg_files)]
    pub files: Vec<PathBuf>,
    #[arg(long, value_name = "ID|FILE", help = words().tallying.arg_template)]
    pub template: String,
    #[arg(long, value_name = "FILE", help = words().tallying.arg_factors)]
    pub factors: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = words().tallying.arg_adjust)]
    pub adjust: Option<PathBuf>,
    #[arg(long, conflicts_with = "explain", help = words().weighing.arg_doubt)]
    pub doubt: bool,
    #[arg(long, value_name = "FILE", requires = "doubt", help = words().weighing.arg_employers)]
    pub employers: Vec<PathBuf>,
    #[arg(long, value_name = "CODE", help = words().explaining.arg_explain)]
    pub explain: Option<String>,
    #[arg(long, requires = "explain", value_name = "NAME", help = words().explaining.arg_panel)]
    pub panel: Option<String>,
    #[arg(long, help = words().tallying.arg_drawn)]
    pub drawn: bool,
    #[command(flatten)]
    pub report: ReportFormat,
}
