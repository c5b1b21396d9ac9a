//! The words of the interface, in both languages side by side. A text that is
//! missing in one does not compile. Documents are always in Chinese.

mod amending;
mod assigning;
mod audit;
mod blinding;
mod checking;
mod commands;
mod declaring;
mod doubting;
mod explaining;
mod funding;
mod history;
mod intake;
mod limits;
mod problems;
mod reviewing;
mod screens;
mod sealing;
mod standing;
mod stick;
mod tallying;
mod unlock;
mod unreadable;
mod weighing;

pub use amending::Amending;
pub use assigning::Assigning;
pub use audit::Audit;
pub use blinding::Blinding;
pub use checking::{Checking, Remark, doubt};
pub use commands::Commands;
pub use declaring::Declaring;
pub use doubting::Doubting;
pub use explaining::Explaining;
pub use funding::Funding;
pub use history::History;
pub use intake::{Intake, why};
pub use problems::{Said, problem};
pub use reviewing::Reviewing;
pub use screens::Screens;
pub use sealing::Sealing;
pub use standing::Standing;
pub use stick::{Stick, copy_trouble};
pub use tallying::Tallying;
pub use unlock::Unlock;
pub use weighing::Weighing;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// From a tag such as `zh`, `zh_CN.UTF-8` or `en`; anything that is not
    /// Chinese is English.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        if tag.trim().to_ascii_lowercase().starts_with("zh") { Self::Zh } else { Self::En }
    }

    /// All words.
    #[must_use]
    pub const fn texts(self) -> &'static Texts {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }

    /// The other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// The Chinese or the English of a pair.
    #[must_use]
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// All tables: the struct, and its value in each language.
macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident: $table:ident;)*) => {
        /// The tables of one language.
        #[derive(Debug)]
        pub struct Texts {
            /// Which it is.
            pub lang: Lang,
            $($(#[$doc])* pub $name: $table,)*
        }
        static ZH: Texts = Texts { lang: Lang::Zh, $($name: $name::ZH,)* };
        static EN: Texts = Texts { lang: Lang::En, $($name: $name::EN,)* };
    };
}

tables! {
    /// Screens.
    screens: Screens;
    /// The standing's screen.
    standing: Standing;
    /// The screen of leaks.
    reviewing: Reviewing;
    /// Commands.
    commands: Commands;
    /// Keys, slips, sealing and opening.
    sealing: Sealing;
    /// The door, and questions on a command's line.
    unlock: Unlock;
    /// Drafts on sticks, clearing.
    stick: Stick;
    /// Amendments and updates.
    amending: Amending;
    /// The assignment.
    assigning: Assigning;
    /// Declarations of recusal.
    declaring: Declaring;
    /// Fund allocation.
    funding: Funding;
    /// Blinding and leaks.
    blinding: Blinding;
    /// The audit.
    audit: Audit;
    /// Plain score files.
    tallying: Tallying;
    /// Agreement and doubt.
    doubting: Doubting;
    /// A score worked out on paper.
    explaining: Explaining;
    /// The log, told.
    history: History;
    /// The check of applications.
    checking: Checking;
    /// Taking applications in.
    intake: Intake;
    /// What a standing rests on.
    weighing: Weighing;
}

/// Puts values in the places of `{}`, in order.
#[must_use]
pub fn fill(text: &str, values: &[&dyn std::fmt::Display]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut values = values.iter();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{}") {
        out.push_str(before);
        if let Some(value) = values.next() {
            out.push_str(&value.to_string());
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A table of texts: `name: "中文", "English";` gives a struct and both values.
macro_rules! texts {
    ($(#[$doc:meta])* $table:ident { $($name:ident: $zh:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[expect(missing_docs, reason = "a text says what it is")]
        pub struct $table { $(pub $name: &'static str,)* }
        pub(super) const ZH: $table = $table { $($name: $zh,)* };
        pub(super) const EN: $table = $table { $($name: $en,)* };
        #[cfg(test)]
        mod tests {
            #[test]
            fn both_languages_have_the_same_places() {
                $(assert_eq!($zh.matches("{}").count(), $en.matches("{}").count(), stringify!($name));)*
            }
        }
    };
}
pub(crate) use texts;
