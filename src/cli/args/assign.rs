//! What can be typed behind `assign`.

use std::path::PathBuf;

use clap::{ArgGroup, value_parser};

use crate::base::lang::Assigning;

use super::{ReportFormat, words};

fn t() -> &'static Assigning {
    &words().assigning
}

#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("ruled").args(["per", "groups"]).multiple(true))]
pub(in crate::cli) struct Assign {
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=10_000), help = t().arg_per)]
    pub per: Option<u32>,
    #[arg(long, value_name = "N", requires = "per", value_parser = value_parser!(u32).range(1..), help = t().arg_most)]
    pub most: Option<u32>,
    #[arg(long, value_name = "N", requires = "per", value_parser = value_parser!(u32), help = t().arg_least)]
    pub least: Option<u32>,
    #[arg(long, value_name = "FILE", requires = "per", help = t().arg_fit)]
    pub fit: Option<PathBuf>,
    #[arg(long, requires = "per", help = t().arg_mix)]
    pub mix: bool,
    #[arg(long, value_name = "FILE|draw", requires_if("draw", "seed"), help = t().arg_groups)]
    pub groups: Option<PathBuf>,
    #[arg(long, value_name = "TEXT", requires = "ruled", help = t().arg_seed)]
    pub seed: Option<String>,
    #[arg(long, help = t().arg_dry_run)]
    pub dry_run: bool,
    #[command(flatten)]
    pub report: ReportFormat,
}
