//! One file per command. A command calls one step of the workflow and says
//! what came of it.

mod assign;
mod collect;
mod demo;
mod export;
mod home;
mod issue;
mod meet;
mod new;
mod packets;
mod panel;
mod publish;
mod rank;
mod score;
mod status;
mod template;

use crate::base::{Class, Refusal};

use super::args::Command;
use super::{Context, Outcome};

/// Does what was typed; nothing typed is the home page.
pub(super) fn run(command: Option<Command>, context: &mut Context) -> Outcome {
    match command {
        None => home::run(context),
        Some(Command::Demo(args)) => demo::run(context, &args),
        Some(Command::Template(args)) => template::run(context, &args),
        Some(Command::New(args)) => new::run(context, &args),
        Some(Command::Packets { files }) => packets::run(context, &files),
        Some(Command::Panel { file }) => panel::run(context, &file),
        Some(Command::Assign) => assign::run(context),
        Some(Command::Issue) => issue::run(context),
        Some(Command::Score(args)) => score::run(context, &args),
        Some(Command::Collect(args)) => collect::run(context, &args),
        Some(Command::Status(args)) => status::run(context, args.format),
        Some(Command::Rank(args)) => rank::run(context, &args),
        Some(Command::Meet) => meet::run(context),
        Some(Command::Export(args)) => export::run(context, &args),
        Some(Command::Publish { names }) => publish::run(context, &names),
    }
}

/// What a command given many inputs ends with: the refusal's own class where
/// there was one input only, else that some data is bad.
fn ended(refused: &[&Refusal], given: usize) -> Option<Class> {
    match refused {
        [] => None,
        [only] if given == 1 => Some(only.class()),
        _ => Some(Class::BadData),
    }
}
