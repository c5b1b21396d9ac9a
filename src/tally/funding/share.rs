//! Shares of a total by weight, with caps: what one can't take goes to the
//! others (注水法), and what is left over of whole fen goes to the largest
//! remainders (最大余数法), never to one of equals.

use std::cmp::Ordering;

/// What one is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Given {
    /// Whole fen.
    pub(super) whole: i128,
    /// One fen more of what is left over.
    pub(super) odd: bool,
    /// The cap is reached.
    pub(super) full: bool,
}

/// Divides `total` (not below zero) by weights (not below zero), each under its
/// cap. The sum is never more than the total. Nothing where a product would not
/// fit.
///
/// A share without its odd fen never falls when the total grows; with it, it may
/// by one fen, as under any rule of largest remainders.
pub(super) fn share(total: i128, parts: &[(i128, Option<i128>)]) -> Option<Vec<Given>> {
    let mut out = vec![Given::default(); parts.len()];
    let mut rest = total;
    let mut weight: i128 = 0;
    let mut open: Vec<(usize, i128, Option<i128>)> = Vec::with_capacity(parts.len());
    for (at, (one, cap)) in parts.iter().enumerate().filter(|(_, (one, _))| *one > 0) {
        weight = weight.checked_add(*one)?;
        open.push((at, *one, *cap));
    }
    // Those that are full first: the least cap for its weight.
    let mut fits = true;
    let mut times = |a: i128, b: i128| {
        a.checked_mul(b).unwrap_or_else(|| {
            fits = false;
            0
        })
    };
    open.sort_by(|(_, w, a), (_, v, b)| match (a, b) {
        (Some(a), Some(b)) => times(*a, *v).cmp(&times(*b, *w)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    if !fits {
        return None;
    }
    let mut full = 0;
    for (at, one, cap) in &open {
        let Some(cap) = cap else { break };
        if cap.checked_mul(weight)? > rest.checked_mul(*one)? {
            break;
        }
        *out.get_mut(*at)? = Given { whole: *cap, odd: false, full: true };
        rest = rest.checked_sub(*cap)?;
        weight = weight.checked_sub(*one)?;
        full += 1;
    }
    let mut remainders: Vec<(usize, i128)> = Vec::with_capacity(open.len() - full);
    let mut over = rest;
    for (at, one, _) in open.iter().skip(full) {
        let product = rest.checked_mul(*one)?;
        let whole = product.checked_div(weight)?;
        out.get_mut(*at)?.whole = whole;
        over = over.checked_sub(whole)?;
        remainders.push((*at, product.checked_rem(weight)?));
    }
    if remainders.is_empty() {
        return Some(out);
    }
    let over = usize::try_from(over).ok()?;
    remainders.sort_by_key(|(_, remainder)| std::cmp::Reverse(*remainder));
    // What the first one without an odd fen has: its equals get none either.
    let line = remainders.get(over).map_or(0, |(_, remainder)| *remainder);
    for (at, _) in remainders.iter().take(over).filter(|(_, remainder)| *remainder > line) {
        out.get_mut(*at)?.odd = true;
    }
    Some(out)
}
