//! What each expert was given (评审清单): signed by the round's key, and in every
//! part what the log says.

use std::collections::BTreeSet;

use crate::base::{Digest, Limits, PacketCode, Problem, Refusal};
use crate::domain::bundle::{Manifest, PacketEntry};
use crate::domain::round::{Event, Round as State};
use crate::domain::rubric::Rubric;
use crate::formats;
use crate::seal::{Context, signed};

use super::words::say;
use super::{Audit, Check, Evidence, Link};

/// Judges every manifest against the log before it.
pub(super) fn check(evidence: &mut Evidence, audit: &mut Audit) {
    let mut state = State::default();
    let mut read = Vec::new();
    for link in &evidence.links {
        let Some(event) = &link.event else { continue };
        if let Event::Issued { expert, number, manifest: digest, .. } = event
            && let Some(bytes) = evidence.blob(digest)
        {
            audit.looked(Check::Manifests, 1);
            let place = format!("{} {expert}.bundle", link.place());
            match manifest(&bytes, &state) {
                Err(refusal) => audit.find(Check::Manifests, place, say!(manifest_bad, refusal), Some(link.who())),
                Ok(manifest) => {
                    let earlier = state.issued.get(expert).map(|issued| (issued.manifest, issued.number));
                    let mut wrong = differing(&manifest, &state, evidence.rubric.as_ref());
                    if manifest.expert != *expert {
                        wrong.push("expert");
                    }
                    if manifest.number != *number {
                        wrong.push("number");
                    }
                    // The same bundle written again keeps its manifest.
                    let before = earlier.filter(|(manifest, _)| manifest != digest).map(|(manifest, _)| manifest);
                    if earlier.is_none_or(|(manifest, _)| manifest != *digest) && manifest.replaces != before {
                        wrong.push("replaces");
                    }
                    for field in wrong {
                        let said = say!(manifest_field, field.to_owned());
                        audit.find(Check::Manifests, place.clone(), said, Some(link.who()));
                    }
                    witness(evidence, link, &manifest, audit);
                    read.push((*digest, manifest));
                }
            }
        }
        state.apply(event, link.hash, &link.time);
    }
    evidence.manifests = read.into_iter().collect();
}

fn manifest(bytes: &[u8], state: &State) -> Result<Manifest, Refusal> {
    let key = state.secretary.as_ref().map(|keys| keys.verify);
    let key = key.ok_or(Problem::BadSignature)?;
    formats::bundle::decode_manifest(signed::read_by(Context::Manifest, bytes, &key)?.body, &Limits::STANDARD)
}

/// The fields of a manifest that are not what the log says.
fn differing(manifest: &Manifest, state: &State, rubric: Option<&Rubric>) -> Vec<&'static str> {
    let part = state.part(&manifest.expert);
    let known: BTreeSet<PacketCode> = state.codes().into_iter().collect();
    let entries: Option<Vec<PacketEntry>> = part.and_then(|part| {
        let codes = part.codes.iter().filter(|code| known.contains(code));
        codes.map(|code| Some(PacketEntry { code: code.clone(), digest: *state.packets.get(code)? })).collect()
    });
    let openers: Vec<_> = state.secretary.iter().chain(&state.supervisor).cloned().collect();
    let template: Option<Digest> = state.template.as_ref().map(|(digest, ..)| *digest);
    [
        ("round", Some(manifest.round) == state.id),
        ("title", rubric.is_none_or(|rubric| rubric.title_zh == manifest.title)),
        ("demo", manifest.demo == (state.demo || state.practice)),
        ("template", Some(manifest.template) == template),
        ("packets", entries.as_ref() == Some(&manifest.packets)),
        ("recused", part.is_some_and(|part| part.recused == manifest.recused)),
        ("secretary", Some(&manifest.secretary) == state.secretary.as_ref()),
        ("openers", manifest.openers == openers),
        ("amendment", manifest.amendment == state.last_amendment()),
    ]
    .into_iter()
    .filter(|(_, same)| !same)
    .map(|(field, _)| field)
    .collect()
}

/// The head it carries must be one of the log's before it.
fn witness(evidence: &Evidence, link: &Link, manifest: &Manifest, audit: &mut Audit) {
    audit.looked(Check::Witnesses, 1);
    if !evidence.known_before(&manifest.log_head, link.seq) {
        let said = say!(witness_manifest, manifest.expert.to_string(), manifest.log_head.receipt());
        audit.find(Check::Witnesses, link.place(), said, Some(link.who()));
    }
}
