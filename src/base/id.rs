//! Codes: what stands in for a name everywhere but in the register.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Longest code, in characters.
const LONGEST: usize = 32;

/// Letters, digits, `-`, `_` and `.`, first a letter or digit: safe in a file
/// name, a csv cell and on a screen, and never the start of a formula.
fn well_formed(text: &str) -> bool {
    text.len() <= LONGEST
        && text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads a code of 1 to 32 of `A-Z a-z 0-9 - _ .`, beginning with
            /// a letter or digit; nothing otherwise.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                well_formed(text).then(|| Self(text.to_owned()))
            }

            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                Self::parse(&text).ok_or_else(|| {
                    serde::de::Error::custom(format!("not a code: {text:?}"))
                })
            }
        }
    };
}

code! {
    /// The code of an anonymised packet (匿名材料编号), such as `A-07`.
    PacketCode
}
code! {
    /// The receipt number of an application (受理号), such as `S-001`: it names
    /// nobody, so it may stand in the log.
    ApplicationNo
}
code! {
    /// The code of an expert (专家代号), such as `E03`.
    ExpertCode
}
code! {
    /// The id of a criterion (二级指标) or dimension (一级指标), such as `B5`.
    CriterionId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_safe_everywhere() {
        assert!(PacketCode::parse("A-07").is_some());
        for wrong in ["", "-1", "=A1", "A 7", "../x", "甲1", "a/b", &"x".repeat(33)] {
            assert!(PacketCode::parse(wrong).is_none(), "{wrong}");
        }
    }
}
