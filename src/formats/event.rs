//! The one encoding of log events: compact JSON, written once. A body is never
//! written again from what was read.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::{Problem, Result};
use crate::domain::desk::Act;
use crate::domain::round::Event;

/// The bytes of a value; our types always have some.
pub(super) fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| Problem::Internal(error.to_string()).into())
}

/// Reads a value strictly and refuses bytes that we would not have written.
pub(super) fn from_bytes<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<T> {
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
        Event::PacketAdded { .. } => "packet_added",
        Event::PanelSet { .. } => "panel_set",
        Event::Assigned { .. } => "assigned",
        Event::Issued { .. } => "issued",
        Event::SheetReceived { .. } => "sheet_received",
        Event::SheetRefused { .. } => "sheet_refused",
        Event::SheetDecided { .. } => "sheet_decided",
        Event::Exported { .. } => "exported",
    };
    Ok((kind.to_owned(), to_bytes(event)?))
}

/// Reads a round's event.
///
/// # Errors
/// Bytes that we did not write.
pub fn decode_event(bytes: &[u8]) -> Result<Event> {
    from_bytes(bytes)
}

/// An act of a draft: its kind and bytes.
///
/// # Errors
/// None that an act can give.
pub fn encode_act(act: &Act) -> Result<(String, Vec<u8>)> {
    let kind = match act {
        Act::Begin { .. } => "begin",
        Act::Mark { .. } => "mark",
        Act::Remark { .. } => "remark",
        Act::Opinion { .. } => "opinion",
        Act::Vote { .. } => "vote",
        Act::Recuse { .. } => "recuse",
        Act::Recognise { .. } => "recognise",
        Act::RedLine { .. } => "red_line",
        Act::Undo => "undo",
        Act::Redo => "redo",
        Act::HandIn { .. } => "hand_in",
    };
    Ok((kind.to_owned(), to_bytes(act)?))
}

/// Reads an act of a draft.
///
/// # Errors
/// Bytes that we did not write.
pub fn decode_act(bytes: &[u8]) -> Result<Act> {
    from_bytes(bytes)
}

/// The panel as kept beside the log.
///
/// # Errors
/// None that a panel can give.
pub fn encode_panel(panel: &crate::domain::panel::Panel) -> Result<Vec<u8>> {
    to_bytes(panel)
}

/// Reads the panel as kept beside the log.
///
/// # Errors
/// Bytes that we did not write.
pub fn decode_panel(bytes: &[u8]) -> Result<crate::domain::panel::Panel> {
    from_bytes(bytes)
}
