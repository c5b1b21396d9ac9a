//! An assignment held against its rule, and made again from what it was made
//! from: the draw from its seed, the parts from the panel and the points of fit.

use std::collections::BTreeSet;

use crate::base::{Digest, ExpertCode, Limits, PacketCode};
use crate::domain::assignment::{Broken, Fit, Part, Rule, assign, broken};
use crate::domain::round::Round as State;
use crate::formats;

use super::Evidence;
use super::words::{Say, say};

/// What an assignment gives out that was never taken in, or leaves out, and how
/// it is not what its rule gives.
pub(super) fn faults(parts: &[Part], rule: Option<&Rule>, before: &State, evidence: &Evidence) -> Vec<Say> {
    let foreign = foreign(parts, before);
    let mut faults = Vec::new();
    if !foreign.is_empty() {
        faults.push(say!(step_assigned, foreign));
    }
    let Some((_, seats)) = &before.panel else { return faults };
    let codes: Vec<PacketCode> = before.packets.keys().cloned().collect();
    for wrong in broken(parts, seats, &codes, rule) {
        faults.push(match wrong {
            Broken::Readers(codes) => say!(step_readers, list(&codes)),
            Broken::Loads(experts) => say!(step_loads, list(&experts)),
            Broken::Groups(codes) => say!(step_groups, list(&codes)),
            Broken::Drawn(codes) => say!(step_drawn, list(&codes)),
        });
    }
    let Some(rule) = rule.filter(|_| faults.is_empty()) else { return faults };
    // Points that are not there are missed among the originals.
    let Some(points) = rule.fit.map_or(Some(Vec::new()), |digest| evidence.blob(&digest)) else { return faults };
    let experts = seats.iter().map(|seat| seat.expert.clone()).collect();
    match fit(&points, rule.fit, &experts, &codes) {
        Err(said) => faults.push(said),
        Ok(fit) => {
            if assign(seats, &codes, rule, &fit).as_deref() != Ok(parts) {
                faults.push(say!(step_anew));
            }
        }
    }
    faults
}

fn fit(bytes: &[u8], digest: Option<Digest>, experts: &BTreeSet<ExpertCode>, codes: &[PacketCode]) -> Result<Fit, Say> {
    if digest.is_none() {
        return Ok(Fit::default());
    }
    let codes = codes.iter().cloned().collect();
    formats::assigning::fit(bytes, &Limits::STANDARD, &codes, experts).map_err(|refusal| say!(step_fit, refusal))
}

fn list<T: ToString>(codes: &[T]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn foreign(parts: &[Part], before: &State) -> String {
    let mut foreign: Vec<String> = Vec::new();
    for part in parts {
        let seat = before.panel.iter().flat_map(|(_, seats)| seats).find(|seat| seat.expert == part.expert);
        if seat.is_none_or(|seat| seat.recuse != part.recused) {
            foreign.push(part.expert.to_string());
        }
        let recused = |code: &PacketCode| part.recused.iter().any(|recusal| recusal.code == *code);
        let wrong = part.codes.iter().filter(|code| !before.packets.contains_key(code) || recused(code));
        foreign.extend(wrong.map(|code| format!("{} {code}", part.expert)));
    }
    foreign.join(" ")
}
