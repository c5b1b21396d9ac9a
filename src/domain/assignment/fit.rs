//! How well experts fit packets (专业匹配度): whole points, a pair that is not
//! named having none.

use std::collections::BTreeMap;

use crate::base::{ExpertCode, PacketCode};

/// Points by expert and packet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fit(BTreeMap<ExpertCode, BTreeMap<PacketCode, u32>>);

impl Fit {
    /// Most points of a pair.
    pub const MOST: u32 = 1_000_000_000;

    /// Notes the points of a pair; whether it had none noted yet.
    pub fn note(&mut self, code: &PacketCode, expert: &ExpertCode, points: u32) -> bool {
        self.0.entry(expert.clone()).or_default().insert(code.clone(), points.min(Self::MOST)).is_none()
    }

    /// The points of a pair.
    #[must_use]
    pub fn of(&self, code: &PacketCode, expert: &ExpertCode) -> u32 {
        self.0.get(expert).and_then(|codes| codes.get(code)).copied().unwrap_or(0)
    }

    /// All pairs that have points, by packet and expert.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&PacketCode, &ExpertCode, u32)> {
        let all =
            self.0.iter().flat_map(|(expert, codes)| codes.iter().map(move |(code, points)| (code, expert, *points)));
        let mut pairs: Vec<_> = all.filter(|(.., points)| *points > 0).collect();
        pairs.sort_unstable();
        pairs
    }

    /// The most points any pair has.
    pub(super) fn top(&self) -> u32 {
        self.0.values().flat_map(BTreeMap::values).copied().max().unwrap_or(0)
    }
}
