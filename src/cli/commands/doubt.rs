//! `rank --doubt`, `tally --doubt`: what stands beside a standing.

use crate::base::clean::clean_line;
use crate::base::lang::fill;
use crate::base::text::wrap;
use crate::domain::doubt::page::{Part, Section, of_all, of_panel};
use crate::domain::doubt::report::Report;
use crate::workflow::doubt::{csv, json};

use super::super::args::Format;
use super::super::{Context, table};

/// Cells of a line of text.
const CELLS: usize = 100;

/// Prints the report.
pub(super) fn print(context: &mut Context, report: &Report, format: Format) {
    match format {
        Format::Csv => {
            context.out.bytes(&csv(report));
            if report.panels.iter().any(|panel| panel.of_raw) {
                context.out.note(context.lang.texts().weighing.of_raw);
            }
        }
        Format::Json => context.out.bytes(&json(report)),
        Format::Table => {
            let lang = context.lang;
            let (w, d) = (&lang.texts().weighing, &lang.texts().doubting);
            context.out.line(&format!("{}{}{}", w.title, lang.pick("：", ": "), d.beside));
            for panel in &report.panels {
                context.out.line("");
                if !panel.name.is_empty() {
                    context.out.line(&format!("[{}]", clean_line(&panel.name)));
                }
                context.out.line(&fill(w.who, &[&panel.experts.len(), &panel.places.len(), &panel.marks]));
                sections(context, &of_panel(panel, lang));
            }
            sections(context, &of_all(report, lang));
        }
    }
}

/// Prints sections, each under its name.
pub(super) fn sections(context: &mut Context, sections: &[Section]) {
    for section in sections {
        context.out.line("");
        context.out.line(&format!("── {}", section.title));
        for part in &section.parts {
            match part {
                Part::Text(text) => context.out.lines(wrap(&clean_line(text), CELLS)),
                Part::Table { header, rows, right } => {
                    let lines = table::lay(header, rows, right);
                    context.out.lines(lines.into_iter().skip(usize::from(header.is_empty())));
                }
            }
        }
    }
}
