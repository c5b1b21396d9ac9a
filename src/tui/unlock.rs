//! The loop of the door: one input, one picture; what is tried is carried out
//! between two pictures, so that "checking" stands there while it takes its
//! tenth of a second.

use crate::base::Result;
use crate::workflow::unlock::{Door, Need};

use super::Options;
use super::input::{self, Input};
use super::paint::screen;
use super::screens::unlock::{Codes, Effect, End, Message, Reply, Standing, State, Try, update, view};
use super::secret::Secret;
use super::signals::Hold;
use super::terminal::Guard;

fn standing(door: &Door) -> Standing {
    Standing { need: door.need(), steps: door.steps() }
}

/// Asks at the screen for what a bundle needs; the open door, or nothing where
/// the expert left.
///
/// # Errors
/// The terminal fails.
pub fn run(mut door: Door, options: &Options) -> Result<Option<Door>> {
    if door.need() == Need::Nothing {
        return Ok(Some(door));
    }
    let mut state = State::new(standing(&door), door.expert_hint(), options);
    let hold = Hold::while_asking();
    let mut guard = Guard::enter()?;
    draw(&mut guard, &mut state)?;
    while state.end.is_none() {
        if let Some(effect) = update(&mut state, Message::Input(input::wait(&hold))) {
            draw(&mut guard, &mut state)?;
            let reply = carry_out(&mut door, effect);
            update(&mut state, Message::Reply(reply));
        }
        if state.end.is_none() && !input::is_waiting() {
            draw(&mut guard, &mut state)?;
        }
    }
    drop(guard);
    Ok((state.end == Some(End::Opened)).then_some(door))
}

fn draw(guard: &mut Guard, state: &mut State) -> Result<()> {
    let (width, height) = guard.size()?;
    update(state, Message::Input(Input::Resize(width, height)));
    guard.draw(|frame| screen(frame, (width, height), |frame| view(state, frame)))
}

fn carry_out(door: &mut Door, effect: Effect) -> Reply {
    let outcome = match effect {
        Effect::Forgot => {
            door.forgot();
            Ok(None)
        }
        Effect::Try(Try::Slip, text) => door.slip(text.as_str()).map(|()| None),
        Effect::Try(Try::Spare, text) => door.spare(text.as_str()).map(|()| None),
        Effect::Try(Try::Passphrase, text) => door.passphrase(text.as_str()).map(|()| None),
        Effect::Try(Try::Choose, text) => door.choose(text.as_str()).map(|made| {
            Some(Codes { check: Secret::from_text(made.check_code), spare: Secret::from_text(made.spare) })
        }),
    };
    Reply { outcome, now: standing(door) }
}
