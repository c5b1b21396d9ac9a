//! A command put wrongly, and help: what clap says, in the language chosen.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::base::lang::fill;
use crate::base::{Class, Lang};

use super::output::Output;

/// Says it: help and version on stdout, what is wrong on stderr.
pub(super) fn say(lang: Lang, error: &clap::Error, out: &mut Output) -> Option<Class> {
    let text = in_language(lang, error.render().to_string());
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            out.line(text.trim_end());
            return None;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => out.note(text.trim_end()),
        _ if lang == Lang::En => out.note(text.trim_end()),
        kind => {
            out.note(&in_words(lang, kind, error));
            if let Some(usage) = text.lines().find_map(|line| line.trim().strip_prefix("Usage:")) {
                out.note(&format!("{}{}", lang.texts().commands.usage, usage.trim()));
            }
            out.note(lang.texts().commands.see_help);
        }
    }
    Some(Class::Usage)
}

/// The words of a usage line that clap does not let us choose.
fn in_language(lang: Lang, text: String) -> String {
    if lang == Lang::En {
        return text;
    }
    text.replace("[OPTIONS]", "[选项]").replace("[COMMAND]", "[命令]").replace("<COMMAND>", "<命令>")
}

fn in_words(lang: Lang, kind: ErrorKind, error: &clap::Error) -> String {
    let t = &lang.texts().commands;
    let part = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = || part(ContextKind::InvalidArg);
    match kind {
        ErrorKind::UnknownArgument => fill(t.usage_unknown, &[&argument()]),
        ErrorKind::InvalidSubcommand => fill(t.usage_no_command, &[&part(ContextKind::InvalidSubcommand)]),
        ErrorKind::MissingRequiredArgument => fill(t.usage_missing, &[&argument()]),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if part(ContextKind::InvalidValue).is_empty() => {
            fill(t.usage_missing_value, &[&argument()])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            fill(t.usage_bad_value, &[&argument(), &part(ContextKind::InvalidValue)])
        }
        ErrorKind::ArgumentConflict => fill(t.usage_conflict, &[&argument(), &part(ContextKind::PriorArg)]),
        ErrorKind::InvalidUtf8 => t.usage_not_utf8.to_owned(),
        _ => t.usage_wrong.to_owned(),
    }
}
