//! Bytes to nouns and back: the one encoding of events, sheets, manifests and
//! bundles; templates; packets, panels and forms as people send them; what is
//! exported. Every reader takes bytes and gives a noun or a refusal with a
//! place; none opens a file.

pub mod allotment;
pub mod amendment;
pub mod application;
pub mod assigning;
pub mod audit_report;
pub mod beyond_words;
pub mod bundle;
pub mod check_report;
pub mod confirmation;
pub mod declaration;
pub mod decode;
pub mod document;
pub mod doubt_csv;
pub mod doubt_json;
pub mod event;
pub mod explanation;
pub mod explanation_json;
pub mod export;
mod form_places;
pub mod form_schema;
pub mod funding_words;
pub mod given;
pub mod letter;
pub mod long_csv;
pub mod packet;
pub mod packet_write;
pub mod paper;
pub mod plain_workbook;
pub mod public_file;
pub mod register;
pub mod report;
pub mod requests;
pub mod rows;
pub mod rule_words;
pub mod score_form;
pub mod settings;
pub mod sheet;
pub mod sign_in;
pub mod standing_csv;
pub mod standing_json;
pub mod tally_csv;
pub mod tally_json;
pub mod template;
pub mod update;
