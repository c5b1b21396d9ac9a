//! The loop: messages in, one picture out. An input thread, a thread that waits
//! for signals, and a worker that owns what is written to; no tick, so that
//! nothing happens when nothing happens.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event;

use crate::base::{Problem, Result};
use crate::domain::leak::Decided;
use crate::workflow::Sitting;
use crate::workflow::copies::{Copied, Copier};

use super::app::App;
use super::input;
use super::message::{Effect, Message, Reply};
use super::signals::Hold;
use super::terminal::Guard;

/// How long a picture waits for an answer of the store, so that "saved" is in
/// the same picture as the mark.
const PATIENCE: Duration = Duration::from_millis(12);

/// How long a stick that does not answer is waited for when the screen is left.
const FOR_THE_STICK: Duration = Duration::from_secs(30);

/// Keeps what was decided on leaks.
pub type Save = Box<dyn FnMut(&Decided) -> Result<()> + Send>;

/// What the worker owns.
pub enum Work {
    /// Nothing: the screen only shows.
    Nothing,
    /// The expert's sitting.
    Sitting(Box<Sitting>),
    /// Decisions on leaks.
    Decisions(Save),
}

/// Runs an app until it is left; gives what came of the last copy on the stick,
/// where there was one to make.
///
/// # Errors
/// The terminal fails.
pub fn run(app: &mut App, work: Work) -> Result<Option<Copied>> {
    let (tell, inbox) = mpsc::channel();
    let (worker, left) = worker(work, tell.clone());
    // Before the terminal is taken over, so that no signal finds it unguarded.
    let _hold = Hold::new();
    signals(tell.clone());
    let mut guard = Guard::enter()?;
    let (width, height) = guard.size()?;
    carry_out(app.update(Message::Resize(width, height)), &worker);
    settle(app, &inbox, &worker);
    draw(&mut guard, app, &worker)?;
    listen(tell);
    while !app.is_done() {
        let Ok(first) = inbox.recv() else { break };
        carry_out(app.update(first), &worker);
        while let Ok(next) = inbox.try_recv() {
            carry_out(app.update(next), &worker);
        }
        settle(app, &inbox, &worker);
        if !app.is_done() {
            draw(&mut guard, app, &worker)?;
        }
    }
    // What was sent to the worker is carried out before the program ends.
    drop(worker);
    let deadline = Instant::now() + Duration::from_secs(5);
    while app.is_waiting() && Instant::now() < deadline {
        match inbox.recv_timeout(Duration::from_millis(100)) {
            Ok(message @ Message::Reply(_)) => drop(app.update(message)),
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    Ok(match left.recv_timeout(FOR_THE_STICK) {
        Ok(copied) => copied,
        Err(RecvTimeoutError::Disconnected) => None,
        Err(RecvTimeoutError::Timeout) => {
            let error = std::io::Error::from(std::io::ErrorKind::TimedOut);
            Some(Err(Problem::CannotWrite(error.to_string()).into()))
        }
    })
}

/// Waits a moment for the answers to what was just asked.
fn settle(app: &mut App, inbox: &Receiver<Message>, worker: &Sender<Effect>) {
    let until = Instant::now() + PATIENCE;
    while app.is_waiting() && !app.is_done() {
        let left = until.saturating_duration_since(Instant::now());
        match inbox.recv_timeout(left) {
            Ok(message) => carry_out(app.update(message), worker),
            Err(_) => break,
        }
    }
}

fn carry_out(effects: Vec<Effect>, worker: &Sender<Effect>) {
    for effect in effects {
        // The worker lives as long as this sender does.
        let _sent = worker.send(effect);
    }
}

fn draw(guard: &mut Guard, app: &mut App, worker: &Sender<Effect>) -> Result<()> {
    // The terminal may have changed since its last message came.
    let (width, height) = guard.size()?;
    carry_out(app.update(Message::Resize(width, height)), worker);
    guard.draw(|frame| app.view(frame))
}

/// The worker: owns what is written to, carries effects out, answers each; at
/// the end it says what came of the last copy on the stick.
fn worker(work: Work, tell: Sender<Message>) -> (Sender<Effect>, Receiver<Option<Copied>>) {
    let (ask, asked) = mpsc::channel::<Effect>();
    let (leave, left) = mpsc::channel();
    thread::spawn(move || {
        let copied = match work {
            Work::Nothing => None,
            Work::Sitting(sitting) => score(*sitting, &asked, &tell),
            Work::Decisions(save) => decide(save, &asked, &tell),
        };
        let _told = leave.send(copied);
    });
    (ask, left)
}

/// Keeps decisions, one after another.
fn decide(mut save: Save, asked: &Receiver<Effect>, tell: &Sender<Message>) -> Option<Copied> {
    for effect in asked {
        let Effect::Decide(decided) = effect else { continue };
        if tell.send(Message::Reply(Reply::Decided(save(&decided)))).is_err() {
            break;
        }
    }
    None
}

/// Records what an expert does. Copies on the stick are written behind its
/// back, so that no key waits for them.
fn score(mut sitting: Sitting, asked: &Receiver<Effect>, tell: &Sender<Message>) -> Option<Copied> {
    let copier = sitting.has_copies().then(|| {
        let tell = tell.clone();
        Copier::new(move |copied| drop(tell.send(Message::Reply(Reply::Copied(copied)))))
    });
    for effect in asked {
        let reply = match effect {
            Effect::Record(act) => Reply::Recorded(act.clone(), sitting.record(&act)),
            Effect::Load(code) => {
                let packet = sitting.packet(&code);
                Reply::Loaded(code, packet.map(Box::new))
            }
            Effect::HandIn(wish) => {
                let handed_in = sitting.hand_in(&wish);
                // "You can unplug it" is said when the copy is there, too.
                if let Some(copier) = &copier {
                    copier.rest();
                }
                if let Some(copied) = sitting.copy_if_due() {
                    let _told = tell.send(Message::Reply(Reply::Copied(copied)));
                }
                Reply::HandedIn(handed_in)
            }
            Effect::Decide(_) => continue,
        };
        if tell.send(Message::Reply(reply)).is_err() {
            break;
        }
        if let Some(copier) = &copier
            && sitting.copy_is_due()
        {
            match sitting.snapshot() {
                Ok(Some(snapshot)) => copier.offer(snapshot),
                Ok(None) => {}
                Err(refusal) => drop(tell.send(Message::Reply(Reply::Copied(Err(refusal))))),
            }
        }
    }
    drop(copier);
    sitting.leave()
}

fn listen(tell: Sender<Message>) {
    thread::spawn(move || {
        loop {
            match event::read().map(input::of) {
                Ok(None) => {}
                Ok(Some(input)) => {
                    if tell.send(input.into()).is_err() {
                        return;
                    }
                }
                Err(_) => {
                    let _told = tell.send(Message::Terminate);
                    return;
                }
            }
        }
    });
}

#[cfg(unix)]
fn signals(tell: Sender<Message>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM]) {
        thread::spawn(move || {
            if signals.forever().next().is_some() {
                let _told = tell.send(Message::Terminate);
            }
        });
    }
}

#[cfg(not(unix))]
fn signals(_tell: Sender<Message>) {}
