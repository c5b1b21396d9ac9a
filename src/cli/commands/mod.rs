//! One file per command. A command calls one step of the workflow and says
//! what came of it.

mod allocate;
mod amend;
mod assign;
mod audit;
mod blind;
mod check;
mod collect;
mod demo;
mod doubt;
mod enrol;
mod explain;
mod export;
mod home;
mod intake;
mod issue;
mod keys;
mod log;
mod meet;
mod new;
mod open;
mod packets;
mod panel;
mod publish;
mod rank;
mod score;
mod screen;
mod status;
mod tally;
mod template;

use crate::base::{Class, Problem, Refusal};

use super::args::Command;
use super::{Context, Outcome};

/// Does what was typed; nothing typed is the home page.
pub(super) fn run(command: Option<Command>, context: &mut Context) -> Outcome {
    match command {
        None => home::run(context),
        Some(Command::Demo(args)) => demo::run(context, &args),
        Some(Command::Template(args)) => template::run(context, &args),
        Some(Command::New(args)) => new::run(context, &args),
        Some(Command::Intake(args)) => intake::run(context, &args),
        Some(Command::Packets { files }) => packets::run(context, &files),
        Some(Command::Check(args)) => check::run(context, &args),
        Some(Command::Blind(args)) => blind::run(context, &args),
        Some(Command::Panel(args)) => panel::run(context, &args),
        Some(Command::Assign(args)) => assign::run(context, &args),
        Some(Command::Enrol(args)) => enrol::run(context, &args),
        Some(Command::Keys(args)) => keys::run(context, &args),
        Some(Command::Issue(args)) => issue::run(context, &args),
        Some(Command::Amend(args)) => amend::run(context, &args),
        Some(Command::Score(args)) => score::run(context, &args),
        Some(Command::Collect(args)) => collect::run(context, &args),
        Some(Command::Open(args)) => open::run(context, &args),
        Some(Command::Status(args)) => status::run(context, args.format),
        Some(Command::Rank(args)) => rank::run(context, &args),
        Some(Command::Tally(args)) => tally::run(context, &args),
        Some(Command::Screen(args)) => screen::run(context, &args),
        Some(Command::Allocate(args)) => allocate::run(context, &args),
        Some(Command::Meet) => meet::run(context),
        Some(Command::Export(args)) => export::run(context, &args),
        Some(Command::Audit(args)) => audit::run(context, &args),
        Some(Command::Log(args)) => log::run(context, &args),
        Some(Command::Publish { names }) => publish::run(context, names.as_deref()),
    }
}

/// What a command given many inputs ends with: the refusal's own class where
/// there was one input only, that a check says no where codes wait to be compared,
/// else that some data is bad.
fn ended(refused: &[&Refusal], given: usize) -> Option<Class> {
    match refused {
        [] => None,
        [only] if given == 1 => Some(only.class()),
        all if all.iter().all(|refusal| matches!(refusal.problem(), Problem::CodeNotCompared { .. })) => {
            Some(Class::Check)
        }
        _ => Some(Class::BadData),
    }
}
