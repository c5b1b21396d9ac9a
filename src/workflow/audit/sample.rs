//! A sample (抽样) for comparison with paper, drawn so that nobody chooses: by
//! SHA-256 of a seed settled in public and the sheet's digest. Anybody can
//! repeat it with `printf '%s%s' SEED DIGEST | sha256sum`.

use crate::base::{Digest, ExpertCode, PacketCode, Points};
use crate::domain::sheet::Sheet;

/// A sheet drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Whose.
    pub expert: ExpertCode,
    /// Which revision.
    pub revision: u32,
    /// Its digest; 回执码 is its short form.
    pub sheet: Digest,
    /// 核对码 of the keys it is signed with.
    pub check_code: String,
    /// Packets with the total the expert gave.
    pub totals: Vec<(PacketCode, Points)>,
}

/// Draws so many sheets.
#[must_use]
pub fn draw(sheets: &[(Digest, Sheet)], number: usize, seed: &str) -> Vec<Drawn> {
    let mut order: Vec<(Digest, &(Digest, Sheet))> =
        sheets.iter().map(|sheet| (Digest::of(format!("{seed}{}", sheet.0).as_bytes()), sheet)).collect();
    order.sort_by_key(|(place, (digest, _))| (*place, *digest));
    order.into_iter().take(number).map(|(_, (digest, sheet))| drawn(*digest, sheet)).collect()
}

fn drawn(digest: Digest, sheet: &Sheet) -> Drawn {
    let total = |marks: &[crate::domain::sheet::Mark]| {
        let units = crate::base::points::sum(marks.iter().map(|mark| mark.points));
        Points::from_units(i64::try_from(units).unwrap_or(i64::MAX))
    };
    Drawn {
        expert: sheet.expert.clone(),
        revision: sheet.revision,
        sheet: digest,
        check_code: sheet.keys.check_code(),
        totals: sheet.packets.iter().map(|packet| (packet.code.clone(), total(&packet.marks))).collect(),
    }
}
