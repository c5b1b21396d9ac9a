//! Leaks (泄露线索): what in a packet may say whose it is, how surely, and what
//! the secretary made of it.
//!
//! A text that leaks names somebody, so leaks lie in the register only; the
//! log knows them by number.

mod decided;
mod review;

use serde::{Deserialize, Serialize};

use crate::base::PacketCode;

use super::document::CarrierKind;

pub use decided::{Change, Decided, Made};
pub use review::{Act, Item, Review};

/// Something in a packet that may say whose it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leak {
    /// The field or section it is in: `plan.goals`, `mgmt.rules[].title[2]`.
    pub field: String,
    /// Where it begins in that field's text, in characters from 0.
    pub offset: usize,
    /// What it is.
    pub kind: LeakKind,
    /// The text as it stands there.
    pub text: String,
    /// Whether it stops `issue`.
    pub level: Level,
    /// Whether it is one beyond doubt: a string of the register, a right check digit.
    pub certain: bool,
}

/// Whether a leak stops `issue`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// It does, until somebody decides.
    Block,
    /// It is said, and no more.
    Warn,
}

impl Level {
    /// Its word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Warn => "warn",
        }
    }
}

/// What becomes of a leak (处理).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is masked in this field (遮去).
    Mask,
    /// It stays: it says nothing about whose packet this is (放行).
    Release,
    /// The text is masked wherever it stands, in all packets (全部遮去).
    MaskEverywhere,
    /// The reason is a name of this packet's applicant (单位简称) and goes to its
    /// list of aliases, so that it is masked wherever it stands from now on.
    Alias,
}

impl Decision {
    /// Its word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mask => "mask",
            Self::Release => "release",
            Self::MaskEverywhere => "mask_everywhere",
            Self::Alias => "alias",
        }
    }
}

/// A leak by its number, with what was decided. It is known by packet, kind,
/// text and field, so that a decision outlives the packet's being made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hit {
    /// Its number in the round, from 1; never given twice.
    pub number: u32,
    /// The packet.
    pub code: PacketCode,
    /// What it is.
    pub kind: LeakKind,
    /// The text.
    pub text: String,
    /// Where.
    pub field: String,
    /// What was decided.
    pub decision: Option<Decision>,
}

impl Hit {
    /// Whether this is the hit of a leak in this packet.
    #[must_use]
    pub fn is_of(&self, code: &PacketCode, leak: &Leak) -> bool {
        self.code == *code && self.kind == leak.kind && self.text == leak.text && self.field == leak.field
    }
}

/// A place of a packet's text that was masked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Masked {
    /// The field or section.
    pub field: String,
    /// Where it began in the text as it came, in characters from 0.
    pub offset: usize,
    /// What it was.
    pub kind: LeakKind,
    /// What stood there.
    pub text: String,
}

/// Something beside the text of an applicant's files, held against the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLeak {
    /// What carries it.
    pub kind: CarrierKind,
    /// The part of the file.
    pub place: String,
    /// What it says.
    pub text: String,
    /// Whether it names this applicant.
    pub names: bool,
}

/// Kinds of leaks: the enum, the word in files, and what is put in its place.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $word:literal $label:literal,)*) => {
        /// What a leak is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum LeakKind { $($(#[$doc])* $name,)* }

        impl LeakKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its word in files, as `unit_name`.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// What stands in its place once it is masked.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }
        }
    };
}

kinds! {
    /// The applicant's name.
    UnitName "unit_name" "【本单位】",
    /// A short or English form of the name.
    Abbreviation "abbreviation" "【本单位】",
    /// Another applicant of the round.
    OtherApplicant "other_applicant" "【另一申报单位】",
    /// The pilot's lead (试点负责人).
    Lead "lead" "【负责人】",
    /// The contact (联系人).
    Contact "contact" "【联系人】",
    /// The legal representative (法定代表人).
    LegalRep "legal_rep" "【法定代表人】",
    /// A person.
    Person "person" "【人名】",
    /// An address.
    Address "address" "【地址】",
    /// The city of the applicant.
    City "city" "【市】",
    /// A place.
    Place "place" "【地名】",
    /// A telephone, mobile or fax number.
    Phone "phone" "【电话】",
    /// A mail address.
    Email "email" "【邮箱】",
    /// A site, domain or network address.
    Url "url" "【网址】",
    /// 微信, 公众号, QQ.
    Wechat "wechat" "【社交账号】",
    /// 统一社会信用代码, 组织机构代码.
    CreditCode "credit_code" "【信用代码】",
    /// An identity card.
    IdCard "id_card" "【证件号】",
    /// The number of a patent, application or publication.
    PatentNo "patent_no" "【专利号】",
    /// The number of a document (文号).
    DocNo "doc_no" "【文号】",
    /// 邮政编码.
    PostCode "post_code" "【邮编】",
    /// A bank account.
    Bank "bank" "【账号】",
    /// An organisation.
    Organisation "organisation" "【某单位】",
    /// A laboratory or centre that has one name.
    Platform "platform" "【某平台】",
    /// An honour or award.
    Honour "honour" "【某荣誉】",
    /// When it was founded, and under whom.
    Anniversary "anniversary" "【建校时间】",
    /// Figures that no other packet has.
    UniqueFigure "unique_figure" "【数字】",
}
