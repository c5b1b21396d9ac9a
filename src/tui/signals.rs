//! Told to end while the terminal is ours: the terminal is given back first.
//!
//! While a [`Hold`] lives, such a signal is only noted; without one it does
//! what it always does, so that a command goes on being stopped as usual after
//! a question was asked in it.

#[cfg(unix)]
mod noted {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, OnceLock};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::flag;

    struct Flags {
        /// Nobody holds the terminal: the signal does what it always does.
        idle: Arc<AtomicBool>,
        /// The same for the loss of the terminal.
        idle_of_loss: Arc<AtomicBool>,
        told: Arc<AtomicBool>,
    }

    fn flags() -> &'static Flags {
        static FLAGS: OnceLock<Flags> = OnceLock::new();
        FLAGS.get_or_init(|| {
            let off = || Arc::new(AtomicBool::new(false));
            let flags = Flags { idle: off(), idle_of_loss: off(), told: off() };
            for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
                let idle = if signal == SIGHUP { &flags.idle_of_loss } else { &flags.idle };
                // One that can't be had ends the program as it always did.
                let _ended = flag::register_conditional_default(signal, Arc::clone(idle));
                let _noted = flag::register(signal, Arc::clone(&flags.told));
            }
            flags
        })
    }

    pub(super) fn hold(loss_too: bool) {
        flags().told.store(false, Ordering::SeqCst);
        flags().idle.store(false, Ordering::SeqCst);
        flags().idle_of_loss.store(!loss_too, Ordering::SeqCst);
    }

    pub(super) fn release() {
        flags().idle.store(true, Ordering::SeqCst);
        flags().idle_of_loss.store(true, Ordering::SeqCst);
    }

    pub(super) fn told() -> bool {
        flags().told.load(Ordering::SeqCst)
    }
}

#[cfg(not(unix))]
mod noted {
    pub(super) const fn hold(_loss_too: bool) {}
    pub(super) const fn release() {}
    pub(super) const fn told() -> bool {
        false
    }
}

/// While it lives, being told to end is noted and not done.
#[derive(Debug)]
pub struct Hold(());

impl Hold {
    /// Begins to hold. One at a time.
    #[must_use]
    pub fn new() -> Self {
        noted::hold(true);
        Self(())
    }

    /// Begins to hold, but lets the loss of the terminal end the program: where
    /// nothing typed so far is worth keeping, and the events are read on this
    /// very thread, which a terminal that is gone would never give back.
    #[must_use]
    pub fn while_asking() -> Self {
        noted::hold(false);
        Self(())
    }

    /// Whether we were told to end.
    #[must_use]
    pub fn told(&self) -> bool {
        noted::told()
    }
}

impl Default for Hold {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        noted::release();
    }
}
