//! Roles, not hues: the terminal's own 16 colours, or none at all. What a
//! colour says is always said by a word or a sign too.

use ratatui::style::{Color, Modifier, Style};

/// Styles by role.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// Running text.
    pub base: Style,
    /// Less important text.
    pub muted: Style,
    /// Titles and headings.
    pub title: Style,
    /// The row or level in force.
    pub focus: Style,
    /// The row under the cursor.
    pub select: Style,
    /// What was typed.
    pub entry: Style,
    /// All is well.
    pub ok: Style,
    /// Look at this.
    pub warn: Style,
    /// Something failed.
    pub bad: Style,
    /// Words searched for.
    pub hit: Style,
    /// Rules between parts.
    pub rule: Style,
}

impl Theme {
    /// The theme for a terminal that may or may not use colours.
    #[must_use]
    pub const fn new(color: bool) -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let reversed = plain.add_modifier(Modifier::REVERSED);
        if color {
            // Blue and yellow rather than green and red: one man in twelve
            // can't tell those apart.
            Self {
                base: plain,
                // Dark grey is unreadable on half of the palettes people have.
                muted: plain,
                title: bold,
                focus: bold.fg(Color::Cyan),
                select: reversed,
                entry: bold.add_modifier(Modifier::REVERSED),
                ok: plain.fg(Color::Cyan),
                warn: plain.fg(Color::Yellow),
                bad: bold.fg(Color::Yellow).add_modifier(Modifier::REVERSED),
                hit: bold.fg(Color::Yellow),
                rule: plain.fg(Color::DarkGray),
            }
        } else {
            Self {
                base: plain,
                muted: plain,
                title: bold,
                focus: bold,
                select: reversed,
                entry: bold.add_modifier(Modifier::REVERSED),
                ok: plain,
                warn: bold,
                bad: reversed,
                hit: bold.add_modifier(Modifier::UNDERLINED),
                rule: plain,
            }
        }
    }
}
