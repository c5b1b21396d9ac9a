//! The marks as a table.

use crate::base::clean::clean_line;
use crate::base::lang::fill;
use crate::base::text::{pad, pad_left, width};
use crate::domain::explained::{Amount, MarkTable};

use super::{Words, operand};

impl Words<'_> {
    /// The marks, in blocks of as many experts as fit.
    pub(super) fn table(&self, marks: &MarkTable, cells: usize) -> Vec<String> {
        let mut first: Vec<Vec<String>> = vec![vec![self.t.criterion.to_owned()]];
        let mut rest: Vec<Vec<String>> = vec![marks.experts.iter().map(|name| clean_line(name)).collect()];
        let factors = marks.rows.iter().any(|row| row.factor.is_some());
        let bases = marks.rows.iter().any(|row| row.base.is_some());
        if let Some(head) = first.first_mut() {
            head.extend(factors.then(|| self.t.factor.to_owned()));
            head.extend(bases.then(|| self.t.base.to_owned()));
        }
        for row in &marks.rows {
            let own = |value: &Option<Amount>, none: &str| value.map_or_else(|| none.to_owned(), operand);
            let mut head = vec![clean_line(&row.criterion)];
            head.extend(factors.then(|| own(&row.factor, "1")));
            head.extend(bases.then(|| own(&row.base, "")));
            first.push(head);
            let mark = |(mark, dropped): (&Option<crate::base::Points>, &bool)| match mark {
                Some(mark) if *dropped => format!("({mark})"),
                Some(mark) => mark.to_string(),
                None => "-".to_owned(),
            };
            rest.push(row.marks.iter().zip(&row.dropped).map(mark).collect());
        }
        if !marks.totals.is_empty() {
            let columns = first.first().map_or(1, Vec::len);
            let mut head = vec![self.t.total.to_owned()];
            head.resize(columns, String::new());
            first.push(head);
            let total = |(expert, total): (&String, &Option<Amount>)| match total {
                Some(total) if self.is_dropped(expert) => format!("({})", operand(*total)),
                Some(total) => operand(*total),
                None => "-".to_owned(),
            };
            rest.push(marks.experts.iter().zip(&marks.totals).map(total).collect());
        }
        let wide = |rows: &[Vec<String>], column: usize| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0)
        };
        let heads: Vec<usize> = (0..first.first().map_or(0, Vec::len)).map(|column| wide(&first, column)).collect();
        let columns: Vec<usize> = (0..marks.experts.len()).map(|column| wide(&rest, column)).collect();
        let before = heads.iter().map(|wide| wide + 2).sum::<usize>();
        let mut out = Vec::new();
        let mut from = 0;
        while from < columns.len().max(1) {
            let (mut to, mut used) = (from, before);
            while let Some(wide) = columns.get(to) {
                if used + wide + 2 > cells && to > from {
                    break;
                }
                used += wide + 2;
                to += 1;
            }
            for (head, row) in first.iter().zip(&rest) {
                let mut line = String::from("  ");
                for (place, (cell, wide)) in head.iter().zip(&heads).enumerate() {
                    line.push_str(&if place == 0 { pad(cell, *wide) } else { format!("  {}", pad_left(cell, *wide)) });
                }
                for (cell, wide) in row.iter().zip(&columns).take(to).skip(from) {
                    line.push_str(&format!("  {}", pad_left(cell, *wide)));
                }
                out.push(line.trim_end().to_owned());
            }
            from = to.max(from + 1);
        }
        // What a mark is worth, where it is not itself.
        for row in marks.rows.iter().filter(|row| !row.worth.is_empty()) {
            let worth = row.marks.iter().zip(&row.worth).zip(&marks.experts).filter_map(|((mark, worth), expert)| {
                let what = format!("{} {}", expert, row.criterion);
                Some(fill(self.t.worth, &[&what, &(*mark)?, &operand((*worth)?)]))
            });
            out.extend(worth.map(|line| format!("  {line}")));
        }
        out
    }
}
