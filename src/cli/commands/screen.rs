//! `screen`: marks held against the register, for the secretary to look at.

use crate::domain::doubt::page::{of_all, section_of_pairs};
use crate::workflow::screen::screen;

use super::super::args::{Format, Screen};
use super::super::{Context, Outcome};
use super::doubt;

/// Screens.
pub(super) fn run(context: &mut Context, args: &Screen) -> Outcome {
    let mut round = context.open_unlocked()?;
    let report = screen(&mut round, args.names.as_deref())?;
    match args.report.format {
        Format::Csv => context.out.bytes(&crate::workflow::screen::csv(&report)),
        Format::Json => context.out.bytes(&crate::workflow::screen::json(&report)),
        Format::Table => {
            let lang = context.lang;
            context.out.line(&format!(
                "{}{}{}",
                lang.texts().weighing.register,
                lang.pick("：", ": "),
                lang.texts().doubting.beside
            ));
            let mut sections = of_all(&report, lang);
            sections.extend(report.panels.iter().map(|panel| section_of_pairs(panel, lang)));
            doubt::sections(context, &sections);
        }
    }
    Ok(None)
}
