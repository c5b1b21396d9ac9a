//! Settings of one user, in TOML: language, width of doubtful characters,
//! colour.

use serde::Deserialize;

use crate::base::{Lang, Limits, Place, Problem, Refusal, Result, limits};

/// What a user has set; what is missing is found out by the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Language of the interface.
    pub lang: Option<Lang>,
    /// Width of characters that some fonts draw two cells wide.
    pub ambiguous: Ambiguous,
    /// Colour.
    pub color: Color,
}

/// Width of characters that some fonts draw two cells wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ambiguous {
    /// As the terminal says.
    #[default]
    Auto,
    /// One cell.
    Narrow,
    /// Two cells.
    Wide,
}

/// Colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Color {
    /// Where the terminal has it.
    #[default]
    Auto,
    /// Never.
    Never,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    lang: Option<LangWord>,
    #[serde(default)]
    ambiguous: Ambiguous,
    #[serde(default)]
    color: Color,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum LangWord {
    Zh,
    En,
}

/// Reads settings.
///
/// # Errors
/// Not TOML of this shape, with its line.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Settings> {
    limits::bytes(bytes, limits.settings)?;
    let text = super::decode::text(bytes, limits)?;
    let file: File = toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or("");
        let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
        Refusal::new(Place::default().line(line), Problem::BadToml(error.message().to_owned()))
    })?;
    let lang = file.lang.map(|word| match word {
        LangWord::Zh => Lang::Zh,
        LangWord::En => Lang::En,
    });
    Ok(Settings { lang, ambiguous: file.ambiguous, color: file.color })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Settings> {
        super::read(bytes, &Limits::STANDARD)
    }

    #[test]
    fn reads_what_is_set_and_names_what_is_wrong() {
        let set = read(b"lang = \"zh\"\nambiguous = \"wide\"\n").unwrap();
        assert_eq!((set.lang, set.ambiguous), (Some(Lang::Zh), Ambiguous::Wide));
        assert_eq!(read(b"").unwrap(), Settings::default());
        for wrong in ["color = \"red\"", "colour = \"auto\"", "lang = 3", "lang ="] {
            assert!(read(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
