//! What the machine and the user say beforehand: settings, environment,
//! terminal. The only place that reads the environment.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::base::{Lang, Result};
use crate::workflow::settings::{Ambiguous, Color, Settings, read};

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "pingshen")
}

/// The user's settings; nothing set where there is no file.
///
/// # Errors
/// A settings file that can't be read.
pub(super) fn load() -> Result<Settings> {
    project().map_or_else(|| Ok(Settings::default()), |dirs| read(&dirs.config_dir().join("settings.toml")))
}

/// Where the demonstration lies unless said otherwise.
pub(super) fn demo_dir() -> PathBuf {
    project().map_or_else(|| PathBuf::from("pingshen-demo"), |dirs| dirs.data_local_dir().join("demo"))
}

/// Where drafts of bundles on sticks lie; where the user has no folder, the
/// bundle's own.
pub(super) fn drafts_dir(bundle: &Path) -> PathBuf {
    let beside = || bundle.parent().unwrap_or(bundle).to_owned();
    project().map_or_else(beside, |dirs| dirs.data_local_dir().join("drafts"))
}

/// The language of the interface: as asked for on the command line, in
/// `PINGSHEN_LANG`, in the settings, or by the machine.
pub(super) fn language(args: &[OsString], settings: Settings) -> Lang {
    let set = |name: &str| std::env::var(name).ok().filter(|tag| !tag.trim().is_empty());
    let asked = asked_for(args).or_else(|| set("PINGSHEN_LANG")).map(|tag| Lang::from_tag(&tag));
    let machine = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).map(|tag| Lang::from_tag(&tag));
    asked.or(settings.lang).or_else(machine).unwrap_or(Lang::En)
}

/// The value of `--lang`, before anything is parsed.
fn asked_for(args: &[OsString]) -> Option<String> {
    let mut args = args.iter().skip(1).filter_map(|arg| arg.to_str()).take_while(|arg| *arg != "--");
    while let Some(arg) = args.next() {
        if arg == "--lang" {
            return args.next().map(str::to_owned);
        }
        if let Some(value) = arg.strip_prefix("--lang=") {
            return Some(value.to_owned());
        }
    }
    None
}

/// Whether colour may be used: `NO_COLOR` and `never` say no.
pub(super) fn color(asked: Option<Color>, settings: Settings) -> Color {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match asked.unwrap_or(settings.color) {
        Color::Auto if unwanted => Color::Never,
        color => color,
    }
}

/// Whether doubtful signs (`“”—…`) are two cells wide here. Consoles of older
/// Windows draw them so with Chinese fonts; the newer terminal says who it is.
pub(super) fn wide_signs(settings: Settings) -> bool {
    match settings.ambiguous {
        Ambiguous::Wide => true,
        Ambiguous::Narrow => false,
        Ambiguous::Auto => cfg!(windows) && std::env::var_os("WT_SESSION").is_none(),
    }
}

/// A variable of the environment, where it is set.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Whether something can be asked here: messages go to stderr.
pub(super) fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Whether a screen can be drawn here.
pub(super) fn can_draw() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !dumb && std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_found_before_parsing() {
        let asked = |args: &[&str]| asked_for(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked(&["pingshen", "--lang", "zh", "rank"]).as_deref(), Some("zh"));
        assert_eq!(asked(&["pingshen", "rank", "--lang=en"]).as_deref(), Some("en"));
        assert_eq!(asked(&["pingshen", "rank", "--", "--lang=en"]), None);
        assert_eq!(asked(&["pingshen", "rank", "--lang"]), None);
    }
}
