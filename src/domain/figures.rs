//! Figures: the numbers of all packets of a bundle side by side, what can be
//! worked out from them, and their medians. Exact decimals, rounded once, for
//! showing; nothing here decides a mark.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::base::PacketCode;

use super::form::{FieldKind, Form, TOTAL};
use super::packet::Packet;
use super::rubric::{Derived, DerivedKind};

/// The figures of all packets of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// Packets, in the bundle's order.
    pub codes: Vec<PacketCode>,
    /// Field ids, in the form's order.
    pub fields: Vec<String>,
    /// One row a packet, one cell a field; nothing where it was left empty.
    pub rows: Vec<Vec<Option<Decimal>>>,
}

/// The year columns' place in a pattern.
const STAR: &str = "*";

impl Figures {
    /// Collects the figures of packets.
    #[must_use]
    pub fn collect<'a>(form: &Form, packets: impl IntoIterator<Item = &'a Packet>) -> Self {
        let is_figure = |kind: FieldKind, id: &str| kind.is_figure() && !id.contains("[]");
        let fields: Vec<String> = form
            .fields()
            .iter()
            .filter(|f| f.blind.may_show() && is_figure(f.kind, &f.id))
            .map(|f| f.id.clone())
            .collect();
        let mut figures = Self { fields, ..Self::default() };
        for packet in packets {
            figures.codes.push(packet.code.clone());
            figures.rows.push(figures.fields.iter().map(|id| packet.figure(id)).collect());
        }
        figures
    }

    /// One figure of one packet.
    #[must_use]
    pub fn get(&self, code: &PacketCode, id: &str) -> Option<Decimal> {
        let row = self.codes.iter().position(|known| known == code)?;
        self.cell(row, id)
    }

    fn cell(&self, row: usize, id: &str) -> Option<Decimal> {
        let column = self.fields.iter().position(|known| known == id)?;
        *self.rows.get(row)?.get(column)?
    }

    /// The median of a field over all packets that give it.
    #[must_use]
    pub fn median(&self, id: &str) -> Option<Decimal> {
        let column = self.fields.iter().position(|known| known == id)?;
        median(self.rows.iter().filter_map(|row| *row.get(column)?).collect())
    }

    /// The median of a derived figure's total over all packets.
    #[must_use]
    pub fn derived_median(&self, form: &Form, derived: &Derived) -> Option<Decimal> {
        let totals = (0..self.rows.len()).filter_map(|row| derive(form, derived, TOTAL, |id| self.cell(row, id)));
        median(totals.collect())
    }

    /// A derived figure of one packet, in total.
    #[must_use]
    pub fn derived_total(&self, form: &Form, derived: &Derived, code: &PacketCode) -> Option<Decimal> {
        derive(form, derived, TOTAL, |id| self.get(code, id))
    }
}

/// The middle value; of an even number the mean of the middle two.
#[must_use]
pub fn median(mut values: Vec<Decimal>) -> Option<Decimal> {
    values.sort();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(middle.checked_sub(1)?)?;
    lower.checked_add(upper)?.checked_div(Decimal::TWO)
}

/// Adds a row's years up, for a total the applicant left empty.
#[must_use]
pub fn sum_of_years(form: &Form, pattern: &str, get: impl Fn(&str) -> Option<Decimal>) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for year in &form.years {
        sum = sum.checked_add(get(&pattern.replace(STAR, year))?)?;
    }
    Some(sum)
}

/// A value of a pattern in a column; a total left empty is added up.
fn value(form: &Form, pattern: &str, column: &str, get: &impl Fn(&str) -> Option<Decimal>) -> Option<Decimal> {
    if !pattern.contains(STAR) {
        return (column == TOTAL).then(|| get(pattern)).flatten();
    }
    get(&pattern.replace(STAR, column))
        .or_else(|| (column == TOTAL).then(|| sum_of_years(form, pattern, get)).flatten())
}

fn added(form: &Form, patterns: &[String], column: &str, get: &impl Fn(&str) -> Option<Decimal>) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for pattern in patterns {
        sum = sum.checked_add(value(form, pattern, column, get)?)?;
    }
    Some(sum)
}

/// A derived figure in a column, as a percentage; nothing where a part is
/// missing or would divide by zero.
#[must_use]
pub fn derive(form: &Form, derived: &Derived, column: &str, get: impl Fn(&str) -> Option<Decimal>) -> Option<Decimal> {
    let ratio = match derived.kind {
        DerivedKind::Ratio => {
            let over = added(form, &derived.over, column, &get)?;
            let under = added(form, &derived.under, column, &get)?;
            over.checked_div(under)?
        }
        DerivedKind::LaterOverFirst => {
            if column != TOTAL {
                return None;
            }
            let (first, later) = form.years.split_first()?;
            let base = added(form, &derived.over, first, &get)?;
            let mut sum = Decimal::ZERO;
            for year in later {
                sum = sum.checked_add(added(form, &derived.over, year, &get)?)?;
            }
            let years = Decimal::from(u32::try_from(later.len()).ok()?);
            sum.checked_div(years)?.checked_div(base)?
        }
    };
    let percent = ratio.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(percent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn medians_are_exact_and_skip_what_is_missing() {
        assert_eq!(median(vec![dec("3"), dec("1"), dec("2")]), Some(dec("2")));
        assert_eq!(median(vec![dec("1"), dec("2")]), Some(dec("1.5")));
        assert_eq!(median(vec![]), None);
    }

    #[test]
    fn a_share_needs_both_parts_and_no_zero_below() {
        let form = Form::new("f".into(), vec!["2020".into(), "2021".into()], vec![]);
        let derived = Derived {
            id: "d".into(),
            zh: String::new(),
            en: String::new(),
            kind: DerivedKind::Ratio,
            over: vec!["a.*".into()],
            under: vec!["b.*".into()],
        };
        let given = |id: &str| match id {
            "a.2020" | "b.2021" => Some(dec("1")),
            "a.2021" => Some(dec("2")),
            "b.2020" => Some(dec("3")),
            _ => None,
        };
        assert_eq!(derive(&form, &derived, "2020", given), Some(dec("33.3")));
        assert_eq!(derive(&form, &derived, TOTAL, given), Some(dec("75.0")), "totals left empty are added up");
        assert_eq!(derive(&form, &derived, "2020", |id| (id != "b.2020").then(|| dec("1"))), None);
        assert_eq!(derive(&form, &derived, "2020", |id| Some(if id == "b.2020" { dec("0") } else { dec("1") })), None);
    }
}
