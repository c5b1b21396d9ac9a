//! X7 and X8: the budget's cap, and that its rows add up (经费预算).

use rust_decimal::Decimal;

use crate::base::lang::Remark;
use crate::domain::application::Origin;
use crate::domain::packet::{Value, read_number};

use super::finding::{Case, Finding, Severity, if_sure};

/// Whose money a row asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Money {
    /// 拟定申请.
    Requested,
    /// 拟定配套.
    Matched,
    /// It does not say.
    Unsaid,
}

/// A row of the budget.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its number, from 1.
    pub(super) number: usize,
    /// 经费开支项目.
    pub(super) item: String,
    /// 说明.
    pub(super) note: String,
    /// In 万元, where it was read.
    pub(super) amount: Option<Decimal>,
    /// Whose money.
    pub(super) money: Money,
    /// Where it stands.
    pub(super) origin: Option<Origin>,
}

/// The rows of the budget; rows with nothing in them are left out.
pub(super) fn rows(case: Case<'_>) -> Vec<Row> {
    let list = |name: &str| -> &[Option<String>] {
        match case.app.value(&format!("budget.rows[].{name}")) {
            Some(Value::List(cells)) => cells,
            _ => &[],
        }
    };
    let (items, notes, amounts, sources) = (list("item"), list("note"), list("amount"), list("source"));
    let most = [items, notes, amounts, sources].into_iter().map(<[_]>::len).max().unwrap_or(0);
    let at = |cells: &[Option<String>], row: usize| -> String {
        cells.get(row).cloned().flatten().unwrap_or_default().trim().to_owned()
    };
    let column = case.app.fields.get("budget.rows[].item").map(|entry| &entry.origin);
    let mut out = Vec::new();
    for row in 0..most {
        let (item, note, amount, source) = (at(items, row), at(notes, row), at(amounts, row), at(sources, row));
        if item.is_empty() && amount.is_empty() {
            continue;
        }
        let money = match (source.contains("申请"), source.contains("配套")) {
            (true, false) => Money::Requested,
            (false, true) => Money::Matched,
            _ => Money::Unsaid,
        };
        out.push(Row { number: row + 1, item, note, amount: read_number(&amount), money, origin: place(column, row) });
    }
    out
}

/// The row's own place, where the column's says from where it runs.
fn place(column: Option<&Origin>, row: usize) -> Option<Origin> {
    let mut origin = column?.clone();
    if origin.to_row.take().is_some() {
        origin.row = origin.row.saturating_add(u32::try_from(row).unwrap_or(0));
    }
    Some(origin)
}

/// Amounts of some rows added up, and whether none of theirs is missing.
fn sum<'a>(rows: impl Iterator<Item = &'a Row>) -> (Decimal, bool) {
    rows.fold((Decimal::ZERO, true), |(sum, whole), row| match row.amount.and_then(|amount| sum.checked_add(amount)) {
        Some(sum) => (sum, whole),
        None => (sum, false),
    })
}

/// The cap, the total, the subtotals.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let rows = rows(case);
    let of = |money: Money| sum(rows.iter().filter(|row| row.money == money));
    let (requested, matched) = (of(Money::Requested), of(Money::Matched));
    let clause = case.budget_clause();
    if let Some(rules) = case.rules {
        let written = case.seen("budget.applied").filter(|seen| seen.sure).map(|seen| seen.value);
        let most = written.map_or(requested.0, |written| written.max(requested.0));
        if most > rules.request_cap {
            let args = vec![most.into(), rules.request_cap.into()];
            let field = if most > requested.0 { "budget.applied" } else { "budget.rows[].amount" };
            let finding = Finding::new("X7", Severity::Error, field, Remark::RequestOverCap, args).of(case.app);
            out.push(finding.value(super::finding::shown(&Value::Number(most))).clause(clause));
        }
    }
    for row in &rows {
        let said = || vec![row.number.to_string().into(), row.item.as_str().into()];
        if row.money == Money::Unsaid {
            let finding = Finding::new("X8", Severity::Warn, "budget.rows[].source", Remark::BudgetNoSource, said());
            out.push(finding.at(row.origin.as_ref()).value(row.item.as_str()).clause(clause));
        }
        if let Some(amount) = row.amount.filter(|amount| *amount < Decimal::ZERO) {
            let args = vec![amount.into()];
            let finding = Finding::new("X8", Severity::Error, "budget.rows[].amount", Remark::NegativeFigure, args);
            out.push(finding.at(row.origin.as_ref()).value(amount.normalize().to_string()));
        }
        if row.amount.is_none() {
            let finding = Finding::new("X8", Severity::Warn, "budget.rows[].amount", Remark::BudgetNoAmount, said());
            out.push(finding.at(row.origin.as_ref()).value(row.item.as_str()));
        }
    }
    if rows.is_empty() {
        return;
    }
    let (all, whole) = sum(rows.iter());
    if let Some(total) = case.seen("budget.total") {
        let apart = (all - total.value).abs();
        let severity = if_sure(total.sure, Severity::Error);
        if whole && apart > Decimal::ZERO {
            let args = vec![all.into(), total.value.into(), apart.into()];
            out.push(Finding::new("X8", severity, "budget.total", Remark::BudgetTotalDiffers, args).of(case.app));
        } else if all > total.value {
            let args = vec![all.into(), total.value.into()];
            out.push(Finding::new("X8", severity, "budget.total", Remark::BudgetTotalTooSmall, args).of(case.app));
        }
    }
    for (field, (part, whole)) in [("budget.applied", requested), ("budget.matched", matched)] {
        if let Some(written) = case.seen(field)
            && whole
            && written.value != part
        {
            let args = vec![part.into(), written.value.into()];
            let severity = if_sure(written.sure, Severity::Error);
            out.push(Finding::new("X8", severity, field, Remark::BudgetPartDiffers, args).of(case.app));
        }
    }
}
