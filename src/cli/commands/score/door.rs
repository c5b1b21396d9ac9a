//! What opens a bundle: a slip and a passphrase chosen, the first time; the
//! passphrase later; on the screen, or by line and from the environment.

use crate::base::lang::fill;
use crate::base::{Problem, Result};
use crate::workflow::Sitting;
use crate::workflow::places::Places;
use crate::workflow::unlock::{Door, Made, Need};

use super::super::super::args::Score;
use super::super::super::{Context, screens, secrets, settings};
use super::super::keys::typed_spare;

/// The door as the screen opens it; nothing where it was left.
pub(super) fn on_screen(context: &mut Context, args: &Score, places: &Places) -> Result<Option<Door>> {
    let mut door = Sitting::door(&args.bundle, Some(places.draft()), true)?;
    if args.spare {
        door.forgot();
    }
    given(context, args, &mut door)?;
    if door.need() == Need::Nothing { Ok(Some(door)) } else { screens::unlock(door, &context.look) }
}

/// The door opened by what is given, and by asking line by line for the rest.
pub(super) fn by_line(context: &mut Context, args: &Score, places: &Places, write: bool) -> Result<Door> {
    let mut door = Sitting::door(&args.bundle, Some(places.draft()), write)?;
    if args.spare {
        door.forgot();
    }
    given(context, args, &mut door)?;
    if door.need() == Need::Nothing || !settings::can_ask() {
        return Ok(door);
    }
    let t = &context.lang.texts().sealing;
    loop {
        let left = match door.need() {
            Need::Nothing => return Ok(door),
            Need::Slip => screens::ask_code(t.ask_slip, &context.look, &mut |typed| door.slip(typed))?.is_none(),
            Need::Passphrase => {
                screens::ask_passphrase(t.ask_own_passphrase, &context.look, &mut |typed| door.passphrase(typed))?
                    .is_none()
            }
            Need::Spare => screens::ask_code(t.ask_spare, &context.look, &mut |typed| door.spare(typed))?.is_none(),
            Need::Choose => {
                let chosen = context.ask_twice(t.ask_own_new, &mut |typed| Door::check_new(typed))?;
                match chosen {
                    Some(chosen) => {
                        let made = door.choose(&chosen)?;
                        say(context, &door, &made);
                        false
                    }
                    None => true,
                }
            }
        };
        if left {
            return Err(Problem::NeedsPassphrase.into());
        }
    }
}

/// What scripts give: slip, spare code and passphrase, as far as they go.
fn given(context: &mut Context, args: &Score, door: &mut Door) -> Result<()> {
    let passphrase = context.given_passphrase()?;
    for _ in 0..4 {
        let before = door.need();
        match before {
            Need::Nothing => break,
            Need::Slip => {
                if let Some(slip) = args.slip.clone().or_else(|| settings::variable("PINGSHEN_SLIP")) {
                    door.slip(&slip)?;
                }
            }
            Need::Spare => {
                if secrets::given(args.spare_file.as_deref(), "PINGSHEN_SPARE")?.is_some() {
                    let spare = typed_spare(context, args.spare_file.as_deref(), &mut |_| Ok(()))?;
                    door.spare(&spare)?;
                }
            }
            Need::Passphrase => {
                if let Some(passphrase) = &passphrase {
                    door.passphrase(passphrase)?;
                }
            }
            Need::Choose => {
                if let Some(passphrase) = &passphrase {
                    let made = door.choose(passphrase)?;
                    say(context, door, &made);
                }
            }
        }
        if door.need() == before {
            break;
        }
    }
    Ok(())
}

/// Says what must be written down of keys just made.
fn say(context: &mut Context, door: &Door, made: &Made) {
    let t = &context.lang.texts().sealing;
    context.out.note(&fill(t.keys_made, &[&door.key_path().display()]));
    context.out.note(&fill(t.own_code, &[&made.check_code]));
    context.out.note(&fill(t.own_spare, &[&made.spare]));
}
