//! The order of a public draw (抽签): by SHA-256 of the seed followed by the
//! code. Anybody can repeat it with `printf '%s%s' SEED CODE | sha256sum`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use crate::base::{Digest, PacketCode};

/// Codes in the order the seed gives them; without a seed, in their own.
#[must_use]
pub fn in_order<T: Display + Ord + Clone>(codes: &[T], seed: Option<&str>) -> Vec<T> {
    let place = |code: &T| seed.map(|seed| Digest::of(format!("{seed}{code}").as_bytes()));
    let mut codes = codes.to_vec();
    codes.sort_by_cached_key(|code| (place(code), code.clone()));
    codes
}

/// Deals packets to groups (抽签分组): in the seed's order, one after another, to
/// the groups in order of name, so that no two differ by more than one packet.
#[must_use]
pub fn groups(codes: &[PacketCode], names: &BTreeSet<String>, seed: &str) -> BTreeMap<PacketCode, String> {
    in_order(codes, Some(seed)).into_iter().zip(names.iter().cycle().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(many: usize) -> Vec<PacketCode> {
        (1..=many).map(|n| PacketCode::parse(&format!("A-{n:02}")).unwrap()).collect()
    }

    #[test]
    fn groups_differ_by_one_at_most_and_the_order_given_does_not_matter() {
        let names = BTreeSet::from(["甲", "乙", "丙"].map(str::to_owned));
        let mut all = codes(17);
        let drawn = groups(&all, &names, "20260301-4417");
        let sizes: Vec<usize> =
            names.iter().map(|name| drawn.values().filter(|group| *group == name).count()).collect();
        assert_eq!(sizes.iter().sum::<usize>(), 17);
        assert!(sizes.iter().all(|size| (5..=6).contains(size)), "{sizes:?}");
        all.reverse();
        assert_eq!(groups(&all, &names, "20260301-4417"), drawn);
        assert_ne!(groups(&all, &names, "20260301-4418"), drawn);
    }

    #[test]
    fn the_order_is_that_of_sha256sum() {
        // printf '%s%s' 7 A-01 | sha256sum, and so on.
        let hash = |code: &PacketCode| Digest::of(format!("7{code}").as_bytes());
        let order = in_order(&codes(5), Some("7"));
        assert!(order.windows(2).all(|pair| hash(&pair[0]) < hash(&pair[1])));
        assert_eq!(in_order(&order, None), codes(5));
    }
}
