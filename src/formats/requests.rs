//! Units with what they ask for and bring (申请额、自筹), as csv: `code` and any
//! of `rank`, `score`, `requested`, `own`; in yuan, or in 万元 where the column
//! says so.

use std::collections::BTreeSet;

use crate::base::clean::is_unsafe;
use crate::base::limits::Limits;
use crate::base::money::{self, Money, Unit as Of};
use crate::base::points::{self, Points};
use crate::base::{Place, Problem, Refusal, Result, Unfunded};
use crate::domain::funding::{Unit, Units};
use crate::domain::tallied::Rank;

use super::rows::{Rows, read as read_rows};

/// Longest code, in bytes.
const LONGEST_CODE: usize = 256;

/// Columns, with other names for them. The last two are in 万元.
const KNOWN: [(&str, &[&str]); 7] = [
    ("code", &["application", "item", "编号", "申报编号", "材料编号", "单位"]),
    ("rank", &["名次", "排序", "排名"]),
    ("score", &["得分", "分数", "总分", "平均得分"]),
    ("requested", &["申请额", "申请金额", "申请经费", "申请资金", "拟申请项目经费"]),
    ("own", &["自筹", "配套", "自筹额", "自筹资金", "配套资金", "单位配套经费", "自筹配套"]),
    ("requested_wan", &[]),
    ("own_wan", &[]),
];

/// What a column is; nothing: passed over. A unit behind a title says of what
/// its figures are.
fn column(title: &str) -> Option<usize> {
    let title = title.trim();
    let bare = |ends: &[&str]| ends.iter().find_map(|end| title.strip_suffix(end)).map(str::trim_end);
    let (title, wan) = match (bare(&["（万元）", "(万元)"]), bare(&["（元）", "(元)"])) {
        (Some(title), _) => (title, true),
        (None, Some(title)) => (title, false),
        (None, None) => (title, false),
    };
    let is = |(name, others): &(&str, &[&str])| name.eq_ignore_ascii_case(title) || others.contains(&title);
    let at = KNOWN.iter().position(is)?;
    match (wan, at) {
        (true, 3 | 4) => Some(at + 2),
        (true, _) => None,
        (false, at) => Some(at),
    }
}

/// Reads units. Other columns are passed over.
///
/// # Errors
/// No such table, a column twice, a code twice, and what is no place, score or
/// amount; with its line.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Units> {
    let Rows { header, rows } = read_rows(bytes, limits)?;
    let mut at: [Option<usize>; 7] = [None; 7];
    for (place, title) in header.iter().enumerate() {
        let Some(slot) = column(title).and_then(|column| at.get_mut(column)) else { continue };
        if slot.replace(place).is_some() {
            let problem = Problem::Duplicate { what: title.clone() };
            return Err(Refusal::new(Place::default().line(1).field(title.clone()), problem));
        }
    }
    let [code, rank, score, requested, own, requested_wan, own_wan] = at;
    let Some(code) = code else { return Err(Problem::MissingColumn { name: "code".to_owned() }.into()) };
    for (yuan, wan, name) in [(requested, requested_wan, "requested"), (own, own_wan, "own")] {
        if yuan.is_some() && wan.is_some() {
            return Err(Refusal::new(Place::default().line(1), Problem::Duplicate { what: name.to_owned() }));
        }
    }
    let mut out = Units {
        units: Vec::with_capacity(rows.len()),
        ranks: rank.is_some(),
        scores: score.is_some(),
        requests: requested.or(requested_wan).is_some(),
        owns: own.or(own_wan).is_some(),
    };
    let mut seen = BTreeSet::new();
    for (line, cells) in &rows {
        let row = Row { line: *line, cells };
        let code = row.code(code)?;
        if !seen.insert(code.clone()) {
            return Err(row.wrong("code", Problem::Duplicate { what: code }));
        }
        out.units.push(Unit {
            rank: row.rank(rank)?,
            score: row.score(score)?,
            requested: row.money(requested, requested_wan, "requested")?,
            own: row.money(own, own_wan, "own")?,
            line: Some(*line),
            code,
        });
    }
    Ok(out)
}

struct Row<'a> {
    line: u32,
    cells: &'a [String],
}

impl Row<'_> {
    fn wrong(&self, column: &str, problem: Problem) -> Refusal {
        Refusal::new(Place::default().line(self.line).field(column), problem)
    }

    /// A cell; nothing where it is empty.
    fn cell(&self, at: Option<usize>) -> Option<&str> {
        at.and_then(|at| self.cells.get(at)).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    fn code(&self, at: usize) -> Result<String> {
        let Some(code) = self.cell(Some(at)) else {
            return Err(self.wrong("code", Problem::MissingValue { name: "code".to_owned() }));
        };
        if code.len() > LONGEST_CODE || code.contains(['"', '\n', '\t']) || code.chars().any(is_unsafe) {
            let problem = Problem::BadName { text: code.chars().take(40).collect() };
            return Err(self.wrong("code", problem));
        }
        Ok(code.to_owned())
    }

    /// A place: a whole number from 1, or a half more.
    fn rank(&self, at: Option<usize>) -> Result<Option<Rank>> {
        let Some(text) = self.cell(at) else { return Ok(None) };
        let folded = points::fold(text);
        let plain = folded.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        match Rank::parse(&folded).filter(|rank| plain && rank.whole > 0) {
            Some(rank) => Ok(Some(rank)),
            None => Err(self.wrong("rank", Problem::NotNumber { text: text.to_owned() })),
        }
    }

    fn score(&self, at: Option<usize>) -> Result<Option<Points>> {
        let Some(text) = self.cell(at) else { return Ok(None) };
        Points::parse(&points::fold(text))
            .map(Some)
            .map_err(|why| self.wrong("score", Problem::BadPoints { text: text.to_owned(), why }))
    }

    fn money(&self, yuan: Option<usize>, wan: Option<usize>, column: &str) -> Result<Option<Money>> {
        let (at, of) = if wan.is_some() { (wan, Of::Wan) } else { (yuan, Of::Yuan) };
        let Some(text) = self.cell(at) else { return Ok(None) };
        Money::parse(&money::fold(text, of), of)
            .map(Some)
            .map_err(|why| self.wrong(column, Problem::Unfunded(Unfunded::BadMoney { text: text.to_owned(), why })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> u32 {
        let refusal = read(text.as_bytes(), &Limits::STANDARD).unwrap_err();
        refusal.faults().next().unwrap().place.line.unwrap_or(0)
    }

    #[test]
    fn reads_yuan_and_wan_and_passes_over_the_rest() {
        let text = "编号,单位名称,名次,申请额（万元）,自筹(元)\nA,x,1,89.55,５０００００\nB,y,2.5,,\n";
        let units = read(text.as_bytes(), &Limits::STANDARD).unwrap();
        assert!(units.ranks && !units.scores && units.requests && units.owns);
        assert_eq!(units.units[0].requested, Some(Money::from_fen(89_550_000)));
        assert_eq!(units.units[0].own, Some(Money::from_fen(50_000_000)));
        assert_eq!(units.units[1].rank, Some(Rank { whole: 2, half: true }));
        assert_eq!((units.units[1].requested, units.units[1].own), (None, None));
        assert_eq!(units.units[1].line, Some(3));
    }

    #[test]
    fn what_is_wrong_is_refused_with_its_line() {
        for (text, wanted) in [
            ("code,requested\na,1\nb,1e5\n", 3),
            ("code,requested\na,-1\n", 2),
            ("code,requested\na,NaN\n", 2),
            ("code,requested\na,1_00\n", 2),
            ("code,requested\na,\"1,000\"\n", 2),
            ("code,requested\na,0.001\n", 2),
            ("code,requested\na,99999999999999999999\n", 2),
            ("code,requested\na,50万元\n", 2),
            ("code,requested_wan\na,0.0000001\n", 2),
            ("code,rank\na,0\n", 2),
            ("code,rank\na,+1\n", 2),
            ("code,rank\na,1.25\n", 2),
            ("code,score\na,1e2\n", 2),
            ("code,own\na,1\na,2\n", 3),
            ("code,own\n,1\n", 2),
            ("code,requested,申请额\na,1,1\n", 1),
            ("code,requested,requested_wan\na,1,1\n", 1),
            ("name,requested\na,1\n", 0),
        ] {
            assert_eq!(line(text), wanted, "{text}");
        }
    }
}
