//! Tables for a terminal: columns aligned by cells, a Chinese character two.

use crate::base::clean::clean_line;
use crate::base::text::{pad, pad_left, width};

/// Lays rows out under their header; columns named in `right` are aligned at
/// the right. Gives one line a row, the header first.
pub(super) fn lay(header: &[&str], rows: &[Vec<String>], right: &[usize]) -> Vec<String> {
    let header: Vec<String> = header.iter().map(|title| (*title).to_owned()).collect();
    let all: Vec<Vec<String>> =
        std::iter::once(&header).chain(rows).map(|row| row.iter().map(|cell| clean_line(cell)).collect()).collect();
    let columns = all.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| all.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    all.iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .enumerate()
                .map(|(at, (cell, wide))| if right.contains(&at) { pad_left(cell, *wide) } else { pad(cell, *wide) })
                .collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_in_line_by_cells() {
        let rows = vec![
            vec!["1".to_owned(), "评审".to_owned(), "9.5".to_owned()],
            vec!["10".to_owned(), "a".to_owned(), "10".to_owned()],
        ];
        assert_eq!(lay(&["#", "x", "分"], &rows, &[0, 2]), [" #  x      分", " 1  评审  9.5", "10  a      10"]);
    }
}
