//! The one encoding of log events: compact JSON, written once. A body is never
//! written again from what was read.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::{Limits, Problem, Result, limits};
use crate::domain::desk::Act;
use crate::domain::round::Event;

/// The bytes of a value; our types always have some.
pub(super) fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| Problem::Internal(error.to_string()).into())
}

/// Reads a value strictly and refuses bytes that we would not have written.
pub(super) fn from_bytes<T: Serialize + DeserializeOwned>(bytes: &[u8], limit: u64) -> Result<T> {
    limits::bytes(bytes, limit)?;
    let value: T = serde_json::from_slice(bytes).map_err(|error| Problem::BadJson(error.to_string()))?;
    if to_bytes(&value)? != bytes {
        return Err(Problem::NotOurEncoding.into());
    }
    Ok(value)
}

/// A round's event: its kind and bytes.
///
/// # Errors
/// None that a round's event can give.
pub fn encode_event(event: &Event) -> Result<(String, Vec<u8>)> {
    let kind = match event {
        Event::Created { .. } => "created",
        Event::ApplicationReceived { .. } => "application_received",
        Event::ApplicationConfirmed { .. } => "application_confirmed",
        Event::ApplicationWithdrawn { .. } => "application_withdrawn",
        Event::PacketAdded { .. } => "packet_added",
        Event::CodesDrawn { .. } => "codes_drawn",
        Event::PacketRebuilt { .. } => "packet_rebuilt",
        Event::LeakDecided { .. } => "leak_decided",
        Event::PanelSet { .. } => "panel_set",
        Event::Declared { .. } => "declared",
        Event::Assigned { .. } => "assigned",
        Event::Issued { .. } => "issued",
        Event::FileKept { .. } => "file_kept",
        Event::SpareConfirmed => "spare_confirmed",
        Event::SpareUsed { .. } => "spare_used",
        Event::RegisterOpened { .. } => "register_opened",
        Event::KeyAdmitted { .. } => "key_admitted",
        Event::SheetListed { .. } => "sheet_listed",
        Event::KeptSealed => "kept_sealed",
        Event::Opening { .. } => "opening",
        Event::SheetReceived { .. } => "sheet_received",
        Event::SheetRefused { .. } => "sheet_refused",
        Event::SheetDecided { .. } => "sheet_decided",
        Event::Amended { .. } => "amended",
        Event::SheetReviewed { .. } => "sheet_reviewed",
        Event::Exported { .. } => "exported",
    };
    Ok((kind.to_owned(), to_bytes(event)?))
}

/// Reads a round's event.
///
/// # Errors
/// Bytes that we did not write.
pub fn decode_event(bytes: &[u8], limits: &Limits) -> Result<Event> {
    from_bytes(bytes, limits.event)
}

/// The bytes of a draft's act.
///
/// # Errors
/// None that an act can give.
pub fn encode_act(act: &Act) -> Result<Vec<u8>> {
    to_bytes(act)
}

/// Reads an act of a draft.
///
/// # Errors
/// Bytes that we did not write.
pub fn decode_act(bytes: &[u8], limits: &Limits) -> Result<Act> {
    from_bytes(bytes, limits.event)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assignment::{Groups, Rule};

    #[test]
    fn logs_from_before_specialties_groups_and_rules_keep_their_bytes() {
        let digest = crate::base::Digest::of(b"");
        for text in [
            r#"{"event":"assigned","parts":[{"expert":"E1","codes":["A1"],"recused":[]}]}"#.to_owned(),
            format!(r#"{{"event":"panel_set","digest":"{digest}","experts":[{{"expert":"E1","recuse":[]}}]}}"#),
        ] {
            let event = decode_event(text.as_bytes(), &Limits::STANDARD).unwrap();
            assert_eq!(encode_event(&event).unwrap().1, text.as_bytes());
        }
    }

    #[test]
    fn a_rule_is_read_back_as_it_was() {
        let code = crate::base::PacketCode::parse("A-01").unwrap();
        let groups = Groups { drawn: true, of: [(code, "甲".to_owned())].into() };
        let rule = Rule {
            per: Some(3),
            most: Some(4),
            mix: true,
            seed: Some("七".to_owned()),
            groups: Some(groups),
            fit: Some(crate::base::Digest::of(b"x")),
            ..Rule::default()
        };
        let event = Event::Assigned { parts: Vec::new(), rule: Some(Box::new(rule)) };
        let bytes = encode_event(&event).unwrap().1;
        assert_eq!(decode_event(&bytes, &Limits::STANDARD).unwrap(), event);
    }
}
