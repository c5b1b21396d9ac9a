//! What `allocate` can be given.

use std::path::PathBuf;

use super::{ReportFormat, words};

#[derive(Debug, clap::Args)]
pub(in super::super) struct Allocate {
    #[arg(value_name = "FILE", help = words().funding.arg_file)]
    pub file: Option<PathBuf>,
    #[arg(long, value_name = "ID|FILE", help = words().funding.arg_template)]
    pub template: Option<String>,
    #[arg(long, value_name = "AMOUNT", help = words().funding.arg_total)]
    pub total: Option<String>,
    #[arg(long, value_name = "FILE", help = words().funding.arg_requests)]
    pub requests: Option<PathBuf>,
    #[command(flatten)]
    pub report: ReportFormat,
}
