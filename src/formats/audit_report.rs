//! The report of an audit (核查报告), in Markdown to be printed and signed.

use super::export::md;

/// What stands on it, in words already.
#[derive(Debug)]
pub struct Page {
    /// Its title.
    pub title: &'static str,
    /// What such a report is and is not.
    pub nature: &'static str,
    /// That the round is a demonstration.
    pub practice: Option<&'static str>,
    /// Round, head, time and the like.
    pub particulars: Vec<(&'static str, String)>,
    /// Titles of the table's columns.
    pub header: [&'static str; 3],
    /// A row a check.
    pub checks: Vec<[String; 3]>,
    /// The heading and the sentence.
    pub conclusion: (&'static str, String),
    /// Findings, notes, what can't be proved; an empty list is left out.
    pub lists: Vec<(String, Vec<String>)>,
    /// Room for signatures.
    pub signatures: &'static str,
}

/// Writes it.
#[must_use]
pub fn write(page: &Page) -> String {
    let mut out = format!("# {}\n\n{}\n\n", page.title, page.nature);
    if let Some(practice) = page.practice {
        out.push_str(&format!("**{practice}**\n\n"));
    }
    for (name, value) in &page.particulars {
        out.push_str(&format!("- {name}：{}\n", md(value)));
    }
    let [check, count, result] = page.header;
    out.push_str(&format!("\n| {check} | {count} | {result} |\n|---|---:|---|\n"));
    for [check, count, result] in &page.checks {
        out.push_str(&format!("| {} | {} | {} |\n", md(check), md(count), md(result)));
    }
    let (heading, sentence) = &page.conclusion;
    out.push_str(&format!("\n**{heading}：{}**\n", md(sentence)));
    for (heading, lines) in page.lists.iter().filter(|(_, lines)| !lines.is_empty()) {
        out.push_str(&format!("\n{heading}\n\n"));
        for line in lines {
            out.push_str(&format!("- {}\n", md(line)));
        }
    }
    out.push_str(&format!("\n{}\n", page.signatures));
    out
}
