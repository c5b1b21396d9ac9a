//! A page of the door: which question, its boxes and buttons, and which of them
//! the keys go to.

use crate::tui::entry::{Entry, Takes};
use crate::workflow::unlock::Need;

/// Which question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The slip.
    Slip,
    /// The spare code.
    Spare,
    /// The passphrase.
    Passphrase,
    /// A new passphrase, twice.
    Choose,
    /// Two codes to copy.
    Copy,
    /// What was copied, held to the codes.
    Verify,
}

impl Kind {
    /// The question for a need.
    pub(super) const fn of(need: Need) -> Self {
        match need {
            Need::Slip => Self::Slip,
            Need::Choose => Self::Choose,
            Need::Spare => Self::Spare,
            Need::Passphrase | Need::Nothing => Self::Passphrase,
        }
    }

    const fn takes(self) -> &'static [Takes] {
        match self {
            Self::Slip => &[Takes::Signs { groups: 4, each: 4 }],
            Self::Spare => &[Takes::Signs { groups: 6, each: 5 }],
            Self::Passphrase => &[Takes::Passphrase],
            Self::Choose => &[Takes::Passphrase, Takes::Passphrase],
            Self::Copy => &[],
            Self::Verify => &[Takes::Digits(4), Takes::Signs { groups: 1, each: 5 }],
        }
    }

    /// The buttons below the boxes.
    pub(super) const fn buttons(self) -> &'static [Button] {
        match self {
            Self::Slip | Self::Spare | Self::Copy => &[],
            Self::Passphrase => &[Button::Show, Button::Forgot],
            Self::Choose => &[Button::Show],
            Self::Verify => &[Button::Again],
        }
    }
}

/// A button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Button {
    /// Show what is typed, or hide it.
    Show,
    /// The passphrase is forgotten.
    Forgot,
    /// The two codes once more.
    Again,
}

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) kind: Kind,
    pub(super) fields: Vec<Entry>,
    /// The box the keys go to; after the last box come the buttons.
    pub(super) focus: usize,
    /// Whether a passphrase can be read.
    pub(super) shown: bool,
}

impl Page {
    /// An empty page.
    pub(super) fn new(kind: Kind) -> Self {
        let fields = kind.takes().iter().map(|takes| Entry::new(*takes)).collect();
        Self { kind, fields, focus: 0, shown: false }
    }

    /// The box the keys go to.
    pub(super) fn field(&self) -> Option<&Entry> {
        self.fields.get(self.focus)
    }

    /// The box the keys go to.
    pub(super) fn field_mut(&mut self) -> Option<&mut Entry> {
        self.fields.get_mut(self.focus)
    }

    /// The button the keys go to.
    pub(super) fn button(&self) -> Option<Button> {
        let at = self.focus.checked_sub(self.fields.len())?;
        self.kind.buttons().get(at).copied()
    }

    /// The first box that is still empty, else the last.
    pub(super) fn first_open(&self) -> usize {
        let open = self.fields.iter().position(|field| field.count() == 0);
        open.unwrap_or_else(|| self.fields.len().saturating_sub(1))
    }

    /// Boxes and buttons.
    pub(super) fn places(&self) -> usize {
        self.fields.len() + self.kind.buttons().len()
    }

    /// To the next or the one before, round and round.
    pub(super) fn step(&mut self, forward: bool) {
        let places = self.places().max(1);
        self.focus = (self.focus + if forward { 1 } else { places - 1 }) % places;
    }
}
