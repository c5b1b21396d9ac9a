//! A score sheet (评分表): everything one expert gave, once and for all.

use serde::{Deserialize, Serialize};

use crate::base::lang::Screens;
use crate::base::{CriterionId, Digest, ExpertCode, PacketCode, Points, PublicKeys};

/// A score sheet. Its bytes are written once and never written again; a
/// correction (更正件) is a new sheet that names the old one and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Always [`FORMAT`].
    pub format: String,
    /// The round.
    pub round: Digest,
    /// The expert.
    pub expert: ExpertCode,
    /// Whose signature it bears: the expert's keys, or the secretary's on a
    /// sheet entered from a spreadsheet.
    pub keys: PublicKeys,
    /// Who opens it, the outermost seal first.
    pub openers: Vec<PublicKeys>,
    /// From 1; a correction counts on.
    pub revision: u32,
    /// The sheet this one corrects.
    pub replaces: Option<Digest>,
    /// Why it corrects it.
    pub reason: Option<String>,
    /// The template the marks were given by.
    pub template: Digest,
    /// Digest of the bundle's manifest.
    pub manifest: Digest,
    /// Head of the round's log the expert had been given: every sheet is a
    /// witness that the log had got that far.
    pub log_head: Digest,
    /// The last amendment the expert had seen; 0 before the first.
    pub amendment: u32,
    /// How the marks were entered.
    pub source: Source,
    /// Packets handed in, by code.
    pub packets: Vec<PacketMarks>,
    /// Packets not handed in, each with why.
    pub unscored: Vec<Unscored>,
    /// Recusals the expert declared.
    pub recusals: Vec<DeclaredRecusal>,
    /// Packets whose applicant the expert thinks to have recognised.
    pub recognised: Vec<Recognised>,
}

/// The format's name inside every sheet.
pub const FORMAT: &str = "pingshen/sheet/v1";

/// How marks were entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// At the screen or line by line, in the program.
    Program,
    /// In a spreadsheet, read by the secretary.
    Spreadsheet,
}

/// What was given to one packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PacketMarks {
    /// The packet.
    pub code: PacketCode,
    /// Digest of the bytes that were read.
    pub digest: Digest,
    /// One a criterion, in the rubric's order; none is missing.
    pub marks: Vec<Mark>,
    /// 推荐 or 不推荐, where the template asks and the expert said.
    pub vote: Option<Vote>,
    /// Overall opinion (总评), empty where there is none.
    pub opinion: String,
    /// Exclusions proposed.
    pub red_lines: Vec<RedLineProposal>,
}

/// A mark (分).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// The criterion.
    pub criterion: CriterionId,
    /// The points given.
    pub points: Points,
    /// The remark (意见), empty where there is none.
    pub remark: String,
}

/// 推荐 or 不推荐.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    /// 推荐.
    Recommend,
    /// 不推荐.
    Not,
}

/// A proposal to exclude (否决提议); it decides nothing by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedLineProposal {
    /// The red line.
    pub id: String,
    /// Why.
    pub note: String,
}

/// A packet the expert did not hand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unscored {
    /// The packet.
    pub code: PacketCode,
    /// How many criteria have a mark.
    pub given: u32,
    /// Why it was not handed in.
    pub reason: String,
}

/// A recusal (回避) declared by the expert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredRecusal {
    /// From this packet.
    pub code: PacketCode,
    /// On this ground.
    pub ground: Ground,
    /// In the expert's words.
    pub note: String,
}

/// A packet whose applicant the expert thinks to have recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognised {
    /// The packet.
    pub code: PacketCode,
    /// In the expert's words.
    pub note: String,
}

/// Grounds of recusal (回避事由).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Employed there within three years, or part-time, or a student.
    Employer,
    /// Officer or member of its committees within three years.
    Officer,
    /// Holder or controller within three years.
    Holder,
    /// Kin of those in charge.
    Kin,
    /// Joint projects, patents or papers within three years.
    Collaborator,
    /// Teacher or student of those in charge.
    Advisor,
    /// Advised on, drafted or filed the application.
    Service,
    /// Of an applicant of the same batch.
    Rival,
    /// Something else that may affect fairness.
    Other,
    /// The applicant may have been recognised in the packet (认出申报单位): not
    /// chosen from the menu, but what saying so comes to at hand-in.
    Recognised,
}

impl Ground {
    /// All that can be chosen, in the order of the menu.
    pub const ALL: [Self; 9] = [
        Self::Employer,
        Self::Officer,
        Self::Holder,
        Self::Kin,
        Self::Collaborator,
        Self::Advisor,
        Self::Service,
        Self::Rival,
        Self::Other,
    ];

    /// In the words of the interface, and of the papers that experts sign.
    #[must_use]
    pub const fn words(self, t: &Screens) -> &'static str {
        match self {
            Self::Employer => t.ground_employer,
            Self::Officer => t.ground_officer,
            Self::Holder => t.ground_holder,
            Self::Kin => t.ground_kin,
            Self::Collaborator => t.ground_collaborator,
            Self::Advisor => t.ground_advisor,
            Self::Service => t.ground_service,
            Self::Rival => t.ground_rival,
            Self::Other => t.ground_other,
            Self::Recognised => t.word_recognised,
        }
    }
}

impl Sheet {
    /// Whether some packet was not handed in.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        !self.unscored.is_empty()
    }
}
