//! Leaks decided one stroke at a time (逐条处理): each stroke of the review is in
//! the register and in the log before the next is made, and can be taken back.

use crate::base::{Problem, Result};
use crate::domain::leak::{Decided, Decision};
use crate::domain::round::Event;
use crate::identity::{Register, blinding};

use super::{Round, blind, register};

/// A round whose leaks are being decided: the register is opened once.
#[derive(Debug)]
pub struct Deciding {
    round: Round,
    register: Register,
}

impl Deciding {
    /// Opens the register of a round that has been blinded.
    ///
    /// # Errors
    /// Bundles out already, the round not unlocked, a register gone or altered.
    pub fn begin(mut round: Round) -> Result<Self> {
        if !round.state().issued.is_empty() {
            return Err(Problem::TooLate { because: "issued" }.into());
        }
        let register = register::open(&mut round, "blind")?;
        Ok(Self { round, register })
    }

    /// The round, when all is decided.
    #[must_use]
    pub fn end(self) -> Round {
        self.round
    }

    /// Keeps what one stroke decided: all of it or nothing.
    ///
    /// # Errors
    /// A leak nobody knows, a reason that is missing or names somebody, nothing
    /// can be written.
    pub fn keep(&mut self, stroke: &Decided) -> Result<()> {
        let mut register = self.register.clone();
        let mut events = Vec::new();
        for change in &stroke.changes {
            let (decision, reason) = match &change.now {
                // The name itself goes to the list, not into the log.
                Some((Decision::Alias, _)) => (Some(Decision::Alias), String::new()),
                Some((decision, reason)) => (Some(*decision), reason.trim().to_owned()),
                None => (None, String::new()),
            };
            if decision == Some(Decision::Release) && reason.is_empty() {
                return Err(Problem::NeedsReason.into());
            }
            if blinding::names_somebody(&blind::cases(&register), &reason) {
                return Err(Problem::ReasonNames.into());
            }
            let hit = register.hits.iter_mut().find(|hit| hit.number == change.number);
            let hit = hit.ok_or(Problem::UnknownLeak { number: change.number })?;
            hit.decision = decision;
            events.push(Event::LeakDecided { code: hit.code.clone(), number: change.number, decision, reason });
        }
        let owner = |code| self.register.codes.iter().find(|(_, known)| *known == code).map(|(no, _)| no.clone());
        for (code, alias) in &stroke.aliases_added {
            let list = register.aliases.entry(owner(code).ok_or(Problem::NotBlinded)?).or_default();
            if !list.contains(alias) {
                list.push(alias.clone());
            }
        }
        for (code, alias) in &stroke.aliases_removed {
            if let Some(list) = owner(code).and_then(|no| register.aliases.get_mut(&no)) {
                list.retain(|known| known != alias);
            }
        }
        events.insert(0, register::save(&self.round, &register, "blind")?);
        self.round.append(&events, &[])?;
        self.register = register;
        Ok(())
    }
}
