//! Events of a round's log.
//!
//! An event carries the digest of a thing, never its content, so that the fold
//! needs no key and holds no mark and no name.

use serde::{Deserialize, Serialize};

use crate::base::{ApplicationNo, Digest, ExpertCode, PacketCode, PublicKeys, VerifyKey};

use super::super::amendment::Amendment;
use super::super::assignment::{Part, Rule};
use super::super::leak::Decision as LeakDecision;
use super::super::panel::{Recusal, Seat};
use super::super::sheet::Source;

/// One event of a round's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The round was made; always first, and its digest is the round's id.
    Created {
        /// Random, so that no two rounds have the same id.
        nonce: String,
        /// The template's bytes.
        template: Digest,
        /// The template's id.
        template_id: String,
        /// The template's version.
        template_version: String,
        /// How many places, where the round sets it.
        quota: Option<u32>,
        /// Whether it is a demonstration: all in it is fictional.
        demo: bool,
        /// Whether it is for practice (演练): sealed with published keys, so that
        /// it proves nothing and hides nothing.
        practice: bool,
        /// The round's keys, which the secretary holds under a passphrase.
        secretary: PublicKeys,
        /// The key of the round's folder, which signs what needs no passphrase.
        desk: VerifyKey,
        /// The supervisor's keys, where two must open.
        supervisor: Option<PublicKeys>,
    },
    /// A file of the round's folder is kept under this digest from now on.
    FileKept {
        /// Its path within the folder, with `/`.
        file: String,
        /// Its bytes.
        digest: Digest,
        /// Why it is as it is, as a word of the log.
        why: String,
    },
    /// The round's spare code was typed in and is right, so the envelope holds
    /// what it must.
    SpareConfirmed,
    /// A spare code was used in place of a passphrase.
    SpareUsed {
        /// Whose keys.
        whose: String,
        /// Why.
        reason: String,
    },
    /// The register was opened.
    RegisterOpened {
        /// For which step.
        why: String,
    },
    /// An expert's keys are known from now on.
    KeyAdmitted {
        /// The expert.
        expert: ExpertCode,
        /// The keys.
        keys: PublicKeys,
        /// How they were known to be the expert's.
        how: Admission,
    },
    /// An application was taken in, or a new version of it; what it says lies in
    /// the register.
    ApplicationReceived {
        /// Its receipt number.
        no: ApplicationNo,
        /// Its version, from 1.
        version: u32,
        /// The reading, as the register keeps it.
        digest: Digest,
        /// The files it came in.
        files: Vec<Digest>,
    },
    /// The figures as read were confirmed by the applicant (申报单位确认).
    ApplicationConfirmed {
        /// The application.
        no: ApplicationNo,
        /// The version confirmed.
        version: u32,
        /// How, in the secretary's words.
        how: String,
    },
    /// An application is out of the round: withdrawn by the applicant, or not
    /// taken up (不予受理). What it said stays in the register.
    ApplicationWithdrawn {
        /// The application.
        no: ApplicationNo,
        /// Its code, where one had been drawn: the packet is out with it.
        code: Option<PacketCode>,
        /// Why.
        reason: String,
    },
    /// A packet came in.
    PacketAdded {
        /// Its code.
        code: PacketCode,
        /// Its bytes.
        digest: Digest,
    },
    /// Codes were drawn at random for applications; which is whose is in the register.
    CodesDrawn {
        /// The codes.
        codes: Vec<PacketCode>,
    },
    /// A packet made from an application was made again, before bundles went out.
    PacketRebuilt {
        /// Its code.
        code: PacketCode,
        /// Its bytes.
        digest: Digest,
    },
    /// The secretary decided what becomes of a leak; the text is in the register.
    LeakDecided {
        /// The packet.
        code: PacketCode,
        /// The leak's number.
        number: u32,
        /// What; nothing where a decision was taken back.
        decision: Option<LeakDecision>,
        /// Why.
        reason: String,
    },
    /// The panel was set, or set anew.
    PanelSet {
        /// The panel's bytes (names stay out of the log).
        digest: Digest,
        /// Its experts.
        experts: Vec<Seat>,
    },
    /// An expert's signed declaration was entered.
    Declared {
        /// The expert.
        expert: ExpertCode,
        /// What the expert is recused from by it: codes and grounds, no names.
        recuse: Vec<Recusal>,
    },
    /// Everybody has a part.
    Assigned {
        /// One part an expert.
        parts: Vec<Part>,
        /// How it was made; nothing where everybody reads everything.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<Box<Rule>>,
    },
    /// A bundle was made for an expert.
    Issued {
        /// The expert.
        expert: ExpertCode,
        /// Number of the manifest.
        number: u32,
        /// The manifest's bytes.
        manifest: Digest,
        /// The bundle file.
        bundle: Digest,
    },
    /// A file came in, and is listed before anything is opened.
    SheetListed {
        /// Its bytes, sealed as they came.
        digest: Digest,
        /// Its name in `inbox`.
        file: String,
        /// Why it came after the opening, where it did.
        late: Option<String>,
    },
    /// Sheets stay sealed until `open`.
    KeptSealed,
    /// The list is closed; these are opened now.
    Opening {
        /// Files, by the digests listed.
        files: Vec<Digest>,
        /// Experts without a file, and why.
        missing: Vec<Missing>,
    },
    /// A sheet was opened and is one of this round's.
    SheetReceived {
        /// The sheet: its signed bytes.
        digest: Digest,
        /// The file it came in.
        file: Digest,
        /// The key it is signed with.
        signer: VerifyKey,
        /// The last amendment its expert had seen; 0 before the first.
        amendment: u32,
        /// Whose it is.
        expert: ExpertCode,
        /// Its revision.
        revision: u32,
        /// The sheet it corrects.
        replaces: Option<Digest>,
        /// How the marks were entered.
        source: Source,
        /// How many packets it holds.
        packets: u32,
        /// How many it lists as not scored.
        unscored: u32,
    },
    /// A file came in and was refused; its bytes are kept.
    SheetRefused {
        /// Its bytes.
        digest: Digest,
        /// Why, as a word of the log.
        why: String,
    },
    /// The secretary decided on a sheet.
    SheetDecided {
        /// The sheet.
        digest: Digest,
        /// Count what is complete, or void it.
        decision: Decision,
        /// Why.
        reason: String,
    },
    /// An amendment to what was issued.
    Amended {
        /// What it changes, and why.
        amendment: Amendment,
        /// The signed document.
        document: Digest,
    },
    /// The secretary said what becomes of a sheet that an amendment touches.
    SheetReviewed {
        /// The sheet.
        digest: Digest,
        /// The amendment.
        amendment: u32,
        /// Whether it stands as it is; else its expert was asked for a revision.
        stands: bool,
        /// Why.
        reason: String,
    },
    /// Something was exported.
    Exported {
        /// What.
        what: String,
        /// Its bytes.
        digest: Digest,
        /// Where in the round's folder, with `/`; nothing where it went elsewhere.
        file: Option<String>,
    },
}

impl Event {
    /// Whether it binds somebody, so that only the round's own key may sign it:
    /// the folder's key is not under a passphrase.
    #[must_use]
    pub const fn binds(&self) -> bool {
        !matches!(
            self,
            Self::PacketAdded { .. }
                | Self::Assigned { .. }
                | Self::SheetListed { .. }
                | Self::KeptSealed
                | Self::Exported { .. }
        )
    }
}

/// How an expert's keys were known to be the expert's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// Sent in beforehand (`panel --keys`).
    Enrolled,
    /// The 核对码 was compared with the signed sign-in sheet.
    Compared,
    /// Nobody compared anything: a demonstration or practice.
    Practice,
}

/// An expert without a file at the opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// The expert.
    pub expert: ExpertCode,
    /// Why.
    pub reason: String,
}

/// What the secretary decided on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Count what is complete.
    Count,
    /// Void it (作废).
    Void,
}
