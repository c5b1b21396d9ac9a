//! A score worked out step by step, in words: lines that a person checks with a
//! calculator. A figure without an end is cut where its rounding can be told and
//! followed by its fraction; among the terms of a sum it stands as the fraction.

mod compared;
mod place;
mod table;

use crate::base::Lang;
use crate::base::clean::clean_line;
use crate::base::lang::{Explaining, fill};
use crate::domain::explained::{
    Amount, Choice, Cut, Explained, Fate, Formula, Listed, Of, Part, Pass, Rounded, Step, Sum, What,
};
use crate::domain::rubric::Rounding;

/// Words with what they need to know.
struct Words<'a> {
    t: &'static Explaining,
    lang: Lang,
    of: &'a Explained,
}

/// All lines, each whole; those of the table are at most `cells` wide, others
/// are broken by who prints them.
#[must_use]
pub fn lines(lang: Lang, of: &Explained, rule: &str, quota: &dyn Fn(&Cut) -> String, cells: usize) -> Vec<String> {
    let words = Words { t: &lang.texts().explaining, lang, of };
    let mut out = words.head();
    out.push(fill(words.t.rule, &[&rule]));
    out.push(words.t.marks.to_owned());
    out.extend(words.table(&of.marks, cells));
    if !of.parts.is_empty() {
        out.push(words.t.calculation.to_owned());
        out.extend(of.parts.iter().flat_map(|part| words.part(part)).map(|line| format!("  {line}")));
    }
    if !of.passes.is_empty() {
        out.push(words.t.passes.to_owned());
        out.extend(of.passes.iter().map(|pass| format!("  {}", words.pass(pass))));
    }
    if !of.groups.is_empty() {
        let note = if of.by_criterion { "" } else { words.t.groups_note };
        out.push(format!("{}{note}", words.t.groups));
        out.extend(of.groups.iter().flat_map(|part| words.part(part)).map(|line| format!("  {line}")));
    }
    let compared = of.compared.as_ref();
    // The place is that in the combined list, or the panel's own.
    let combined = compared.filter(|compared| compared.step.is_some() && compared.stands.is_none());
    out.extend(combined.into_iter().flat_map(|compared| words.compared(compared)));
    if let Some(place) = &of.place {
        out.push(if combined.is_some() { words.t.combined_place } else { words.t.place }.to_owned());
        out.extend(words.place(place, of.rank, quota).into_iter().map(|line| format!("  {line}")));
    }
    if combined.is_none() {
        out.extend(compared.into_iter().flat_map(|compared| words.compared(compared)));
    }
    if let Some(stands) = compared.and_then(|compared| compared.stands.as_ref())
        && let Some(place) = &stands.place
    {
        out.push(words.t.combined_place.to_owned());
        out.extend(words.place(place, stands.rank, quota).into_iter().map(|line| format!("  {line}")));
    }
    if !of.reasons.is_empty() {
        out.push(if of.place.is_some() { words.t.reasons } else { words.t.no_result }.to_owned());
        out.extend(of.reasons.iter().map(|reason| format!("  {}", words.reason(reason))));
    }
    out.into_iter().map(|line| keep_indent(&line)).collect()
}

/// What is hidden in names is taken out; the blanks before a line stay.
fn keep_indent(line: &str) -> String {
    let text = line.trim_start();
    format!("{}{}", " ".repeat(line.len() - text.len()), clean_line(text))
}

impl Words<'_> {
    fn list<T: AsRef<str>>(&self, of: &[T]) -> String {
        of.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(self.lang.pick("、", ", "))
    }

    fn colon(&self) -> &'static str {
        self.lang.pick("：", ": ")
    }

    fn brackets(&self, text: &str) -> String {
        self.lang.pick("（{}）", " ({})").replace("{}", text)
    }

    fn head(&self) -> Vec<String> {
        let (of, t) = (self.of, self.t);
        let rank = match of.rank {
            Some(rank) if of.tied => fill(t.rank_tied, &[&rank]),
            Some(rank) => rank.to_string(),
            None => t.none.to_owned(),
        };
        let score = of.score.as_deref().unwrap_or(t.none);
        let mut out = vec![fill(t.head, &[&of.code, &rank, &score])];
        if !of.panel.is_empty() {
            out.insert(0, fill(t.head_panel, &[&of.panel]));
        }
        out
    }

    /// Whether an expert's total was dropped.
    fn is_dropped(&self, expert: &str) -> bool {
        let totals = self.of.parts.iter().filter(|part| part.of == Of::Totals).flat_map(|part| &part.steps);
        let values = totals.filter_map(|step| if let Step::Order { values, .. } = step { Some(values) } else { None });
        values.flatten().any(|listed| listed.expert == *expert && listed.fate != Fate::Kept)
    }

    /// A part: the whole order of experts' totals line by line, all else in one.
    fn part(&self, part: &Part) -> Vec<String> {
        let what = match &part.of {
            Of::Total(expert) => fill(self.t.of_total, &[expert]),
            Of::Criterion(id) | Of::Group(id) => id.clone(),
            Of::Totals => self.t.of_totals.to_owned(),
            Of::Carried(panel) => fill(self.t.of_carried, &[panel]),
            Of::Score => self.t.score.to_owned(),
        };
        let steps = part.steps.iter().flat_map(|step| self.step(step, &part.of));
        let steps: Vec<String> = steps.filter(|step| !step.is_empty()).collect();
        let apart = matches!(part.of, Of::Totals | Of::Score) || steps.len() > 1 && matches!(part.of, Of::Total(_));
        if apart {
            return steps.into_iter().map(|step| format!("{what}{}{step}", self.colon())).collect();
        }
        vec![format!("{what}{}{}", self.colon(), steps.join(self.lang.pick("；", "; ")))]
    }

    fn step(&self, step: &Step, of: &Of) -> Vec<String> {
        match step {
            Step::Order { values, choices } if *of == Of::Totals => {
                let one = |listed: &Listed| {
                    let text = format!("{} {}", listed.expert, operand(listed.value));
                    match listed.fate {
                        Fate::Kept => text,
                        Fate::Highest => fill(self.t.fate_highest, &[&text]),
                        Fate::Lowest => fill(self.t.fate_lowest, &[&text]),
                    }
                };
                let list: Vec<String> = values.iter().map(one).collect();
                let mut out = vec![fill(self.t.order, &[&self.list(&list)])];
                out.extend(choices.iter().map(|choice| self.choice(choice, self.t.choice)));
                out
            }
            Step::Order { values, choices } => {
                let one = |listed: &Listed| {
                    let text = format!("{} {}", listed.expert, operand(listed.value));
                    match listed.fate {
                        Fate::Kept => None,
                        Fate::Highest => Some(fill(self.t.gone_highest, &[&text])),
                        Fate::Lowest => Some(fill(self.t.gone_lowest, &[&text])),
                    }
                };
                let gone: Vec<String> = values.iter().filter_map(one).collect();
                if gone.is_empty() {
                    return Vec::new();
                }
                let mut out = fill(self.t.gone, &[&self.list(&gone)]);
                // What is only shown need not say whose it was.
                if !matches!(of, Of::Group(_)) {
                    out.extend(choices.iter().map(|choice| self.choice(choice, self.t.choice_short)));
                }
                vec![out]
            }
            Step::Sum(sum) => vec![self.sum(sum)],
        }
    }

    fn choice(&self, choice: &Choice, words: &str) -> String {
        let mut all: Vec<&String> = choice.dropped.iter().chain(&choice.kept).collect();
        all.sort();
        fill(words, &[&self.list(&all), &operand(choice.value), &self.list(&choice.dropped)])
    }

    fn sum(&self, sum: &Sum) -> String {
        let t = self.t;
        let label = match &sum.what {
            What::Mark(criterion) => format!("{criterion} "),
            What::Total | What::Added | What::Carried | What::Score | What::Shown => String::new(),
            What::Mean => t.mean.to_owned(),
            What::Median => t.median.to_owned(),
            What::Factor => t.times.to_owned(),
            What::Base if matches!(sum.formula, Formula::Same(_)) => t.base_only.to_owned(),
            What::Base => t.plus_base.to_owned(),
            What::Criteria => t.criteria.to_owned(),
            What::Bases => t.bases.to_owned(),
            What::Brought => t.brought.to_owned(),
            What::Additions => t.additions.to_owned(),
        };
        let places = sum.rounded.map_or(self.of.places, |rounded| rounded.places);
        let same = matches!(&sum.formula, Formula::Same(_))
            || matches!(&sum.formula, Formula::Sum(terms) if terms.len() == 1 && terms.iter().all(|term| term.factor.is_none()));
        let mut out = label;
        if !same {
            out.push_str(&format!("{} = ", formula(&sum.formula)));
        }
        out.push_str(&self.result(sum.result, places));
        if let Some(rounded) = sum.rounded {
            // `90.92 → 90.92` says nothing.
            if sum.result.decimal() != Some(rounded.to.fixed(rounded.places)) {
                out.push_str(&self.rounded(rounded, sum.result == Amount::of(rounded.to), sum.what == What::Score));
            }
        }
        out
    }

    /// What something comes to: whole, or cut and with its fraction.
    fn result(&self, value: Amount, places: u32) -> String {
        value.decimal().unwrap_or_else(|| format!("{}…{}", value.cut(places), self.brackets(&value.fraction())))
    }

    fn rounded(&self, rounded: Rounded, exact: bool, in_full: bool) -> String {
        let to = rounded.to.fixed(rounded.places);
        let how = match rounded.how {
            Rounding::HalfUp => self.t.half_up,
            Rounding::HalfEven => self.t.half_even,
            Rounding::Down => self.t.cut_off,
        };
        let how = if in_full { fill(self.t.to_places, &[&how, &rounded.places]) } else { how.to_owned() };
        // Nothing is to be told where nothing is rounded away.
        let how = if exact { String::new() } else { self.brackets(&how) };
        format!(" → {to}{how}")
    }

    fn pass(&self, pass: &Pass) -> String {
        let said = if pass.passes { self.t.passed } else { self.t.failed };
        let value = pass.value.fixed(self.of.places);
        match &pass.of {
            None => fill(self.t.pass_total, &[&value, &operand(pass.result), &said]),
            Some(id) => {
                let least = format!("{} = {}", formula(&pass.least), operand(pass.result));
                fill(self.t.pass_group, &[id, &value, &least, &said])
            }
        }
    }
}

/// A figure that goes into something: whole, or as its fraction.
fn operand(value: Amount) -> String {
    value.decimal().unwrap_or_else(|| value.fraction())
}

fn formula(formula: &Formula) -> String {
    match formula {
        Formula::Sum(terms) => {
            let mut out = String::new();
            for (place, term) in terms.iter().enumerate() {
                let below = term.value.is_negative();
                let value = operand(if place > 0 { term.value.abs() } else { term.value });
                out.push_str(match (place, below) {
                    (0, _) => "",
                    (_, true) => " - ",
                    (_, false) => " + ",
                });
                out.push_str(&value);
                if let Some(factor) = term.factor {
                    out.push_str(&format!(" × {}", operand(factor)));
                }
            }
            out
        }
        Formula::Quotient(over, under) => format!("{} ÷ {under}", operand(*over)),
        Formula::Product(factors) => factors.iter().map(|one| operand(*one)).collect::<Vec<_>>().join(" × "),
        Formula::Middle(a, b) => format!("({} + {}) ÷ 2", operand(*a), operand(*b)),
        Formula::Same(value) => operand(*value),
    }
}
