//! The loop: messages in, one picture out. An input thread, a thread that waits
//! for signals, and a worker that owns the expert's sitting; no tick, so that
//! nothing happens when nothing happens.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event, KeyEventKind};

use crate::base::{Problem, Result};
use crate::workflow::Sitting;

use super::app::App;
use super::keymap::Key;
use super::message::{Effect, Message, Reply};
use super::terminal::Guard;

/// How long a picture waits for an answer of the store, so that "saved" is in
/// the same picture as the mark.
const PATIENCE: Duration = Duration::from_millis(12);

/// Runs an app until it is left.
///
/// # Errors
/// The terminal fails.
pub fn run(mut app: App, sitting: Option<Sitting>) -> Result<()> {
    let (tell, inbox) = mpsc::channel();
    let worker = worker(sitting, tell.clone());
    // Before the terminal is taken over, so that no signal finds it unguarded.
    signals(tell.clone());
    let mut guard = Guard::enter()?;
    let size = guard.terminal.size().map_err(|error| Problem::CannotWrite(error.to_string()))?;
    carry_out(app.update(Message::Resize(size.width, size.height)), &worker);
    settle(&mut app, &inbox, &worker);
    draw(&mut guard, &mut app, &worker)?;
    listen(tell);
    while !app.is_done() {
        let Ok(first) = inbox.recv() else { break };
        carry_out(app.update(first), &worker);
        while let Ok(next) = inbox.try_recv() {
            carry_out(app.update(next), &worker);
        }
        settle(&mut app, &inbox, &worker);
        if !app.is_done() {
            draw(&mut guard, &mut app, &worker)?;
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
    Ok(())
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
    let size = guard.terminal.size().map_err(|error| Problem::CannotWrite(error.to_string()))?;
    carry_out(app.update(Message::Resize(size.width, size.height)), worker);
    let drawn = guard.terminal.draw(|frame| app.view(frame));
    drawn.map(drop).map_err(|error| Problem::CannotWrite(error.to_string()).into())
}

/// The worker: owns the sitting, carries effects out, answers each.
fn worker(sitting: Option<Sitting>, tell: Sender<Message>) -> Sender<Effect> {
    let (ask, asked) = mpsc::channel::<Effect>();
    thread::spawn(move || {
        let Some(mut sitting) = sitting else { return };
        for effect in asked {
            let reply = match effect {
                Effect::Record(act) => Reply::Recorded(act.clone(), sitting.record(&act)),
                Effect::Load(code) => {
                    let packet = sitting.packet(&code);
                    Reply::Loaded(code, packet.map(Box::new))
                }
                Effect::HandIn(wish) => Reply::HandedIn(sitting.hand_in(&wish)),
            };
            if tell.send(Message::Reply(reply)).is_err() {
                break;
            }
        }
    });
    ask
}

fn listen(tell: Sender<Message>) {
    thread::spawn(move || {
        loop {
            let message = match event::read() {
                // Windows sends presses and releases; only presses count.
                Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => Message::Key(Key::from_event(&key)),
                Ok(Event::Paste(text)) => Message::Paste(text),
                Ok(Event::Resize(width, height)) => Message::Resize(width, height),
                Ok(_) => continue,
                Err(_) => {
                    let _told = tell.send(Message::Terminate);
                    return;
                }
            };
            if tell.send(message).is_err() {
                return;
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
