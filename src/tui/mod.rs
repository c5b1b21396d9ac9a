//! Screens: state in, picture out. `update` turns a message into a new state
//! and effects as data; `view` paints the state and changes nothing; a worker
//! thread owns the store and carries effects out.
//!
//! One table of bindings ([`keymap`]) drives dispatch, footers, `?`, the
//! palette and the key table of the README.

pub mod app;
pub mod entry;
pub mod field;
pub mod input;
pub mod keymap;
pub mod message;
pub mod paint;
pub mod prompt;
pub mod run;
pub mod screens;
pub mod secret;
pub mod signals;
pub mod terminal;
pub mod theme;
pub mod unlock;

use crate::base::clock::Zone;
use crate::base::{Lang, Result};
use crate::workflow::{Round, Sitting};

/// How screens look and speak; settled by `cli`, which alone reads settings and
/// the environment.
#[derive(Debug, Clone)]
pub struct Options {
    /// The language.
    pub lang: Lang,
    /// Whether colours may be used.
    pub color: bool,
    /// Whether the terminal draws East Asian ambiguous signs two cells wide.
    pub wide_signs: bool,
    /// The zone times are shown in.
    pub zone: Zone,
}

/// The expert's screen.
pub mod score {
    use super::{Options, Result, Sitting, app, run, screens};
    use crate::workflow::copies::Copied;

    /// Opens the expert's screen on a sitting and returns when it is left, with
    /// what came of the copy on the stick then.
    ///
    /// # Errors
    /// The terminal fails; everything answered as saved is on the disk.
    pub fn run(sitting: Sitting, options: Options) -> Result<Option<Copied>> {
        let state = screens::score::State::new(&sitting, options);
        run::run(&mut app::App::Score(Box::new(state)), run::Work::Sitting(Box::new(sitting)))
    }
}

/// The standing's screen.
pub mod standing {
    use super::{Options, Result, Round, app, run, screens};

    /// Opens the standing of a round and returns when it is left.
    ///
    /// # Errors
    /// Nothing to rank yet, or the terminal fails.
    pub fn run(round: &Round, options: Options) -> Result<()> {
        let state = screens::standing::State::new(round, options)?;
        run::run(&mut app::App::Standing(Box::new(state)), run::Work::Nothing).map(drop)
    }
}

/// The screen of leaks.
pub mod review {
    use super::{Options, Result, app, run, screens};
    use crate::domain::leak::Review;

    pub use run::Save;
    pub use screens::review::Material;

    /// Opens the leaks to be gone through one after another and returns when the
    /// screen is left, with the list as it is kept. `save` is called for each
    /// stroke, on another thread; one it refuses is not made.
    ///
    /// # Errors
    /// The terminal fails; everything shown as saved was kept.
    pub fn run(material: Material, save: Save, options: Options) -> Result<Review> {
        let mut app = app::App::Review(Box::new(screens::review::State::new(material, options)));
        run::run(&mut app, run::Work::Decisions(save))?;
        Ok(match app {
            app::App::Review(state) => state.into_review(),
            app::App::Score(_) | app::App::Standing(_) => Review::default(),
        })
    }
}
