//! What can be wrong, as data: the code of the problem, the place, the figures.
//! The language tables put it into words; the exit code follows from it.

use std::fmt;

use super::points::NotPoints;

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file, as the user named it.
    pub file: Option<String>,
    /// Line or row, from 1.
    pub line: Option<u32>,
    /// The table, criterion, field or column: `A1.max`, `A-07 fields grant.in_force`.
    pub field: Option<String>,
}

impl Place {
    /// A place that is a whole file.
    #[must_use]
    pub fn file(name: impl Into<String>) -> Self {
        Self { file: Some(name.into()), ..Self::default() }
    }

    /// The same place, at this line.
    #[must_use]
    pub fn line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// The same place, at this field.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

/// The kinds of failure, one exit code each (BSD `sysexits` where they fit).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 1: a check (lint, completeness, an altered file) says no.
    Check,
    /// 2: the command was put wrongly.
    Usage,
    /// 65: what a file says is wrong.
    BadData,
    /// 66: a file is not there or can't be read.
    NoInput,
    /// 70: our own fault.
    Internal,
    /// 73: a file can't be made.
    CannotWrite,
    /// 74: reading or writing failed midway.
    Io,
    /// 77: not now, or not by you.
    NotPermitted,
}

impl Class {
    /// The exit code.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Check => 1,
            Self::Usage => 2,
            Self::BadData => 65,
            Self::NoInput => 66,
            Self::Internal => 70,
            Self::CannotWrite => 73,
            Self::Io => 74,
            Self::NotPermitted => 77,
        }
    }
}

/// What is wrong with a code copied by hand: a paper code or a slip. The code
/// itself is secret and is never repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadSigns {
    /// So many signs were read, and so many belong to it.
    Length {
        /// Signs read.
        read: usize,
        /// Signs of a whole code.
        wanted: usize,
    },
    /// A sign that occurs in no code, as 0 O 1 I do not.
    Sign {
        /// It.
        sign: char,
    },
    /// As many signs as there must be, but one of them is another.
    Check,
}

/// Every problem the program can name. A field holds what a person needs to
/// find and mend it; the wording is in `lang`, one arm a language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a problem's figures are named as its sentence names them")]
pub enum Problem {
    // Files and encodings.
    /// The file is not there.
    NotFound,
    /// Reading failed; the system's own words.
    CannotRead(String),
    /// Writing failed; the system's own words.
    CannotWrite(String),
    /// The disk is full.
    DiskFull,
    /// The folder or file can only be read.
    ReadOnly,
    /// Larger than is read, in bytes.
    TooBig { limit: u64 },
    /// More of something than is read.
    TooMany { what: super::limits::Counted, limit: u64 },
    /// Neither UTF-8 nor GB18030, from this byte on.
    BadEncoding { at: usize },
    /// Not JSON of the kind expected; the reader's own words.
    BadJson(String),
    /// Not TOML; the reader's own words.
    BadToml(String),
    /// Not csv; the reader's own words.
    BadCsv(String),
    /// Not one of our files, or another kind of them.
    NotOurs { wanted: &'static str },
    /// Cut short or altered: the digest does not match.
    Altered,
    /// The zip inside a bundle is broken; the reader's own words.
    BadArchive(String),
    /// A name outside the manifest, or missing from it.
    NotInManifest { name: String },

    // Documents of strangers.
    /// A document that was not read.
    Unreadable(super::Unreadable),

    // Money.
    /// Money was not allotted.
    Unfunded(super::Unfunded),

    // Rows, columns, keys.
    /// A column is missing.
    MissingColumn { name: String },
    /// A column or key nobody knows.
    UnknownColumn { name: String, known: String },
    /// The same key, code or id a second time.
    Duplicate { what: String },
    /// A value is missing.
    MissingValue { name: String },
    /// Not a code.
    BadCode { text: String },
    /// One of a list was wanted.
    BadChoice { text: String, choices: String },
    /// A number was wanted.
    NotNumber { text: String },
    /// A whole number from 0 on was wanted.
    NotWhole { text: String },

    // Templates.
    /// A mark or weight without quotes.
    NotQuoted { text: String },
    /// Not a number of points.
    BadPoints { text: String, why: NotPoints },
    /// Parts do not add up.
    SumDiffers { of: String, parts: String, stated: String },
    /// Weight or maximum zero.
    ZeroWeight { of: String },
    /// Two levels overlap.
    BandOverlap { upper: String, lower: String },
    /// A gap between two levels.
    BandGap { upper: String, lower: String, from: String, to: String },
    /// A level's bound is not on the grid.
    OffGrid { value: String, step: String },
    /// A level's lower bound is above its upper one.
    BandReversed { level: String },
    /// The levels do not reach the maximum.
    BandTop { level: String, max: String, reached: String },
    /// The levels do not begin at zero.
    BandBottom { level: String, from: String },
    /// Fewer than two levels.
    TooFewLevels,
    /// Evidence that is not in the form.
    UnknownEvidence { id: String, like: Option<String> },
    /// A derived figure that is not defined.
    UnknownDerived { id: String },
    /// A tie key that is neither dimension nor criterion.
    UnknownTieKey { id: String, known: String },
    /// A form the program does not have.
    UnknownForm { id: String, known: String },
    /// `item` where the product says `criterion`.
    ItemIsCriterion,
    /// More marks dropped than there are.
    DropTooMany { dropped: u32, from: u32 },
    /// Something the office must still decide before opening.
    Undecided { what: String },
    /// A version of the schema we do not read.
    UnknownSchema { version: String },

    // Packets and panels.
    /// A field the form does not have.
    UnknownField { id: String, like: Option<String> },
    /// A field that would name the applicant.
    IdentifyingField { id: String },
    /// A field's value is of the wrong kind.
    WrongKind { id: String, wanted: &'static str, text: String },
    /// Arrays of one table differ in length.
    RaggedTable { group: String },
    /// The same code with other content.
    PacketDiffers { code: String },
    /// Nothing to read in it.
    EmptyPacket,
    /// A folder in which nothing is an application form.
    NoForms,
    /// A folder in which nothing is a table of marks.
    NoScores,
    /// Files of marks without a mark.
    NoMarks,
    /// More files in a folder than are read.
    TooManyFiles { limit: usize },
    /// An applicant of whom there is a scan only.
    ScanOnly { files: usize },
    /// A declaration without a word of what is declared.
    NothingDeclared,
    /// An answer of a declaration that is not an applicant and a ground.
    BadAnswer { text: String },
    /// A value supplied for a field that the form gives itself.
    ProvedAlready { id: String, there: String },
    /// A receipt number nobody has.
    UnknownApplication { no: String, known: String },
    /// An expert's recusal names no packet of the round.
    UnknownPacket { code: String, known: String },
    /// No such expert.
    UnknownExpert { code: String, known: String },
    /// No such criterion.
    UnknownCriterion { id: String },

    // A mark.
    /// Above the maximum.
    AboveMax { value: String, max: String },
    /// Not a whole number of steps.
    NotOnGrid { value: String, step: String },
    /// Not a name: too long, or something in it that can't be seen.
    BadName { text: String },
    /// Larger than is counted with.
    DoesNotFit,
    /// A figure of an application's grows beyond what is counted with.
    TooLarge { code: String },
    /// Stages that take their scores over from one another.
    CarryCircle { panels: String },
    /// No mark: blank is not zero.
    NoMark,
    /// Not assigned to this expert.
    NotAssigned { code: String },
    /// The expert is recused from it.
    Recused { code: String },
    /// A line that is not `CODE CRITERION MARK`.
    BadLine { wanted: &'static str },

    // The round.
    /// The folder holds no round.
    NoRound { dir: String },
    /// The folder already holds something.
    NotEmpty { dir: String },
    /// A step that must come first.
    TooEarly { first: &'static str },
    /// A step that can't be done any more.
    TooLate { because: &'static str },
    /// The template leaves the quota open.
    QuotaOpen,
    /// The template fixes the quota, or wants none.
    QuotaFixed,
    /// A template of that name is not known.
    UnknownTemplate { id: String, known: String },
    /// An assignment that can't be begun.
    Misassigned(super::Misassigned),
    /// Fewer experts than the template's least.
    TooFewExperts { given: usize, least: u32 },

    // Drafts, sheets, logs.
    /// Another window holds the draft or round.
    Held { by: String },
    /// The draft belongs to another bundle.
    OtherDraft { file: String },
    /// The store is not as it must be.
    BrokenLog { seq: u64, why: &'static str },
    /// The store's settings did not take.
    BadStore { why: String },
    /// A sheet of another round.
    OtherRound { round: String },
    /// A sheet made with another template.
    OtherTemplate,
    /// A sheet for other content of a packet.
    OtherPacket { code: String },
    /// A sheet that says it was encoded otherwise than we write.
    NotOurEncoding,
    /// Marks are missing; how many, and the first of them.
    Incomplete { packets: usize, missing: usize, first: String },
    /// Nothing is complete.
    NothingComplete,
    /// A correction without its reason.
    NeedsReason,
    /// Two sheets of one expert, neither replacing the other.
    Conflict { expert: String },
    /// Another process appended first.
    MovedOn,

    // Keys, passphrases, signatures.
    /// A paper code that can't be right.
    BadSpare(BadSigns),
    /// A one-time slip that can't be right.
    BadSlip(BadSigns),
    /// The passphrase does not open the keys.
    WrongPassphrase,
    /// The keys are under a passphrase, and none was given.
    NeedsPassphrase,
    /// Han or full-width text in a passphrase.
    ChinesePassphrase,
    /// A character in a passphrase that no one can see or type again.
    HiddenInPassphrase,
    /// A passphrase too easy to guess.
    WeakPassphrase { least: usize },
    /// Encrypted, but to none of the keys at hand.
    NoKeyFits,
    /// Not a public key that can be encrypted to.
    BadPublicKey { key: String },
    /// The signature does not fit the bytes and the key.
    BadSignature,
    /// Rightly signed, but with another's key.
    OtherSigner,

    // Keys, slips, the opening.
    /// The one-time slip must be typed in.
    SlipWanted,
    /// A slip, but another bundle's.
    OtherSlip,
    /// The round's spare code must be typed in before bundles go out.
    SpareWanted,
    /// A spare code, but another round's or expert's.
    OtherSpare,
    /// The supervisor's key is wanted too.
    SupervisorWanted,
    /// Other keys than those known to be this expert's.
    OtherKeys { expert: String },
    /// A demonstration or practice round has no passphrase.
    PracticeOnly,
    /// The passphrase typed again is another one.
    PassphrasesDiffer,
    /// The 核对码 has not been compared with the sign-in sheet.
    CodeNotCompared { expert: String, code: String },
    /// A sheet sealed for another round's keys.
    SealedForOthers,
    /// Listed and kept sealed until `open`.
    KeptSealed,
    /// A sheet that came after the opening, without a reason.
    LateSheet,

    // Blinding.
    /// A leak that blocks, and that nobody decided on.
    LeakUndecided { number: u32 },
    /// No leak of that number.
    UnknownLeak { number: u32 },
    /// Applications or decisions that are newer than their packets.
    NotBlinded,
    /// A reason that names an applicant: reasons are in the log, names never.
    ReasonNames,

    // The audit.
    /// Not a head of a log.
    BadHead { text: String },
    /// A report within the folder audited.
    ReportInside { dir: String },

    // Amendments and updates.
    /// An amendment nobody made.
    UnknownAmendment { number: u32 },
    /// It was amended so already, for another reason.
    AmendedAlready { number: u32 },
    /// The packet was withdrawn.
    Withdrawn { code: String },
    /// The criterion is void.
    VoidCriterion { id: String },
    /// No criterion would be left.
    LastCriterion { id: String },
    /// The expert was replaced.
    Replaced { expert: String },
    /// It would change nothing.
    NothingChanges,
    /// One row was wanted.
    OneRow { rows: usize },
    /// No amendment touches a sheet of this expert.
    NothingToReview { expert: String },
    /// No amendment touches this mark.
    NothingToConfirm { code: String, id: String },
    /// Marks wait to be confirmed since an amendment.
    NeedsReview { code: String, id: String, number: u32 },
    /// An update of another bundle.
    OtherBundle,
    /// Amendments that do not follow each other, or not the bundle.
    BrokenChain,
    /// An update that brings less than was merged already.
    OldUpdate { number: u32, merged: u32 },

    // Drafts on sticks, clearing.
    /// The draft here and its copy on the stick part ways: path, entries, last
    /// time of each, and how many they have in common.
    DraftsPart { sides: Box<[(String, usize, String); 2]>, common: usize },
    /// The receipt code must be typed in.
    ReceiptWanted,
    /// Another sheet's receipt code.
    OtherReceipt,
    /// No sheet was handed in from this draft.
    NotHandedIn,
    /// Something was changed after the last sheet.
    ChangedSince,
    /// A file that was being written when its process was cut off.
    PartFile,

    // The terminal.
    /// Not a terminal, or a dumb one.
    NoTerminal { instead: String },
    /// Something that ought not to happen.
    Internal(String),
}

impl Problem {
    /// The class, hence the exit code.
    #[must_use]
    pub const fn class(&self) -> Class {
        match self {
            Self::NotFound | Self::CannotRead(_) => Class::NoInput,
            Self::CannotWrite(_) | Self::DiskFull | Self::ReadOnly | Self::NotEmpty { .. } => Class::CannotWrite,
            Self::NoRound { .. } => Class::NoInput,
            Self::SlipWanted
            | Self::SpareWanted
            | Self::OtherSlip
            | Self::OtherSpare
            | Self::SupervisorWanted
            | Self::LateSheet => Class::NotPermitted,
            Self::Misassigned(
                super::Misassigned::LeastAboveMost { .. }
                | super::Misassigned::NoSeed
                | super::Misassigned::NoSpecialty,
            ) => Class::Usage,
            Self::PassphrasesDiffer
            | Self::PracticeOnly
            | Self::NothingChanges
            | Self::OneRow { .. }
            | Self::BadHead { .. }
            | Self::ReportInside { .. } => Class::Usage,
            Self::NeedsReview { .. } | Self::LeakUndecided { .. } => Class::Check,
            Self::NotBlinded => Class::NotPermitted,
            Self::UnknownLeak { .. } | Self::ReasonNames => Class::Usage,
            Self::AmendedAlready { .. }
            | Self::Withdrawn { .. }
            | Self::VoidCriterion { .. }
            | Self::LastCriterion { .. }
            | Self::Replaced { .. }
            | Self::NothingToReview { .. }
            | Self::OldUpdate { .. } => Class::NotPermitted,
            Self::DraftsPart { .. } | Self::NotHandedIn | Self::ChangedSince => Class::NotPermitted,
            Self::ReceiptWanted => Class::Usage,
            Self::OtherReceipt => Class::Check,
            Self::CodeNotCompared { .. } | Self::KeptSealed => Class::Check,
            Self::TooEarly { .. } | Self::TooLate { .. } | Self::Held { .. } | Self::Recused { .. } => {
                Class::NotPermitted
            }
            Self::WrongPassphrase | Self::NeedsPassphrase | Self::NoKeyFits => Class::NotPermitted,
            Self::BadSpare(_)
            | Self::BadSlip(_)
            | Self::ChinesePassphrase
            | Self::HiddenInPassphrase
            | Self::WeakPassphrase { .. } => Class::Usage,
            Self::QuotaOpen
            | Self::QuotaFixed
            | Self::NoTerminal { .. }
            | Self::UnknownTemplate { .. }
            | Self::NothingDeclared
            | Self::BadAnswer { .. }
            | Self::NeedsReason => Class::Usage,
            Self::Incomplete { .. } | Self::NothingComplete | Self::Undecided { .. } => Class::Check,
            Self::Unfunded(why) => why.class(),
            Self::BadStore { .. } | Self::MovedOn => Class::Io,
            Self::Internal(_) => Class::Internal,
            _ => Class::BadData,
        }
    }
}

/// One thing wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What.
    pub problem: Problem,
}

/// A step refused: one or more faults, never none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    first: Box<Fault>,
    more: Vec<Fault>,
}

impl Refusal {
    /// Refused for one reason.
    #[must_use]
    pub fn new(place: Place, problem: Problem) -> Self {
        Self { first: Box::new(Fault { place, problem }), more: Vec::new() }
    }

    /// Refused for these reasons, if there is one.
    #[must_use]
    pub fn from_faults(faults: Vec<Fault>) -> Option<Self> {
        let mut faults = faults.into_iter();
        let first = Box::new(faults.next()?);
        Some(Self { first, more: faults.collect() })
    }

    /// The reasons.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        std::iter::once(self.first.as_ref()).chain(&self.more)
    }

    /// The first reason.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.first.problem
    }

    /// The class of the first reason.
    #[must_use]
    pub const fn class(&self) -> Class {
        self.first.problem.class()
    }

    /// The same refusal, in this file where none is named yet.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        for fault in std::iter::once(self.first.as_mut()).chain(&mut self.more) {
            fault.place.file.get_or_insert_with(|| file.to_owned());
        }
        self
    }

    /// From a failed read of this file.
    #[must_use]
    pub fn reading(file: &str, error: &std::io::Error) -> Self {
        let problem = match error.kind() {
            std::io::ErrorKind::NotFound => Problem::NotFound,
            _ => Problem::CannotRead(error.to_string()),
        };
        Self::new(Place::file(file), problem)
    }

    /// From a failed write of this file.
    #[must_use]
    pub fn writing(file: &str, error: &std::io::Error) -> Self {
        let problem = match error.kind() {
            std::io::ErrorKind::StorageFull => Problem::DiskFull,
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => Problem::ReadOnly,
            _ => Problem::CannotWrite(error.to_string()),
        };
        Self::new(Place::file(file), problem)
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::new(Place::default(), problem)
    }
}

/// For logs and tests; people are given the language tables' words.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", self.first.place, self.first.problem)
    }
}

impl std::error::Error for Refusal {}
