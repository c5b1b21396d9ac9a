//! A question on a command's line, for what is not given otherwise: no screen is
//! taken over, it is asked on stderr, and the terminal is given back on every
//! way out.
//!
//! What is typed stands on one line; where it is longer, its end is in sight.

use std::io::{self, IsTerminal, Write};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{disable_raw_mode, enable_raw_mode, size};

use crate::base::lang::{Unlock, fill, problem};
use crate::base::text::width;
use crate::base::{Lang, Problem, Refusal, Result};

use super::entry::{Entry, Refused, Takes};
use super::input::{self, Input};
use super::keymap::Key;
use super::secret::wipe;
use super::signals::Hold;

use cells::tail;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A passphrase (口令): stars, unless it is shown.
    Passphrase,
    /// A code from paper: letters, digits, hyphens.
    Code,
    /// A line of text.
    Line,
    /// `yes` or `no`, typed as 1 or 2, y or n, 是 or 否.
    YesNo,
}

/// A question being answered; free of the terminal.
#[derive(Debug)]
struct Line {
    kind: Kind,
    entry: Entry,
    shown: bool,
}

/// What an input came to.
#[derive(Debug, PartialEq, Eq)]
enum Came {
    /// The line stands as it is now.
    Typed,
    /// Something was not taken.
    Refused(Refused),
    /// It is answered.
    Entered,
    /// It is given up.
    Left,
}

impl Line {
    fn new(kind: Kind) -> Self {
        let takes = match kind {
            Kind::Passphrase => Takes::Passphrase,
            Kind::Code => Takes::Code,
            Kind::Line | Kind::YesNo => Takes::Line,
        };
        Self { kind, entry: Entry::new(takes), shown: false }
    }

    fn take(&mut self, input: Input) -> Came {
        let said = match input {
            Input::Terminate | Input::Key(Key::Ctrl('c' | 'd') | Key::Esc) => return Came::Left,
            Input::Key(Key::Enter) => return Came::Entered,
            Input::Key(Key::Tab | Key::F(2)) if self.kind == Kind::Passphrase => {
                self.shown = !self.shown;
                Ok(())
            }
            Input::Key(Key::Char(c)) => self.entry.type_sign(c),
            Input::Key(key) => {
                self.entry.key(key);
                Ok(())
            }
            Input::Paste(text) => self.entry.paste(text),
            Input::Resize(..) => Ok(()),
        };
        said.map_or_else(Came::Refused, |()| Came::Typed)
    }

    /// The answer, to be looked at by who asked; nothing where there is none yet.
    fn answer(&self) -> Option<String> {
        let text = self.entry.text().copy().into_text();
        if self.kind != Kind::YesNo {
            return Some(text).filter(|text| !text.trim().is_empty());
        }
        let typed: String = text.trim().chars().map(crate::base::keys::plain_key).collect();
        match typed.to_lowercase().as_str() {
            "1" | "y" | "yes" | "是" => Some("yes".to_owned()),
            "2" | "n" | "no" | "否" => Some("no".to_owned()),
            _ => None,
        }
    }

    /// The line as it is painted, at most so many cells, and the cells before
    /// the caret.
    fn painted(&self, question: &str, t: &Unlock, cells: usize) -> (String, usize) {
        let hint = match self.kind {
            Kind::Passphrase if self.shown => format!(" ({})", t.prompt_shown),
            Kind::Passphrase => format!(" ({})", t.prompt_hidden),
            Kind::YesNo => format!(" ({})", t.prompt_yes_no),
            Kind::Code | Kind::Line => String::new(),
        };
        let lead = crate::base::clean::clean_line(&format!("{question}{hint}: "));
        let (typed, before) = self.entry.painted(self.shown);
        let line = format!("{lead}{typed}");
        let kept = tail(&line, cells);
        let cut = width(&line) - width(kept);
        (kept.to_owned(), (width(&lead) + before).saturating_sub(cut))
    }
}

/// Cutting by cells.
mod cells {
    use crate::base::text::width;

    /// The end of a text that fits into so many cells.
    pub(super) fn tail(text: &str, cells: usize) -> &str {
        let starts = text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len()));
        let ends = starts.filter_map(|at| text.get(at..));
        ends.into_iter().find(|end| width(end) <= cells).unwrap_or("")
    }
}

/// What was not taken, in words.
fn refused_words(refused: Refused, t: &Unlock) -> String {
    match refused {
        Refused::Chinese => t.refused_chinese.to_owned(),
        Refused::LookAlike(c) => fill(t.refused_look_alike, &[&c]),
        Refused::Sign('?') => t.refused_control.to_owned(),
        Refused::Sign(c) => fill(t.refused_sign, &[&c]),
        Refused::Full => t.refused_long.to_owned(),
    }
}

/// The terminal's line in our hands until dropped.
struct Raw;

impl Raw {
    fn enter() -> Result<Self> {
        enable_raw_mode().map_err(|error| failed(&error))?;
        let raw = Self;
        execute!(io::stderr(), EnableBracketedPaste).map_err(|error| failed(&error))?;
        Ok(raw)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // Nothing can be done about a terminal that is gone.
        let _left = execute!(io::stderr(), DisableBracketedPaste);
        let _cooked = disable_raw_mode();
    }
}

fn failed(error: &io::Error) -> Refusal {
    Problem::CannotWrite(error.to_string()).into()
}

fn write(text: &str) -> Result<()> {
    let mut err = io::stderr();
    err.write_all(text.as_bytes()).and_then(|()| err.flush()).map_err(|error| failed(&error))
}

/// Asks a question until `check` is content with the answer; nothing where it
/// was given up (Ctrl+C, Ctrl+D, Esc).
///
/// # Errors
/// There is no terminal to ask at, or it fails.
pub fn ask(
    question: &str,
    kind: Kind,
    lang: Lang,
    check: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<Option<String>> {
    let t = &lang.texts().unlock;
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        let instead = if kind == Kind::Passphrase { t.prompt_instead_passphrase } else { t.prompt_instead };
        return Err(Problem::NoTerminal { instead: instead.to_owned() }.into());
    }
    let hold = Hold::while_asking();
    let raw = Raw::enter()?;
    let answer = converse(question, kind, lang, check, &hold);
    drop(raw);
    let ended = write("\n");
    let answer = answer?;
    ended?;
    Ok(answer)
}

fn converse(
    question: &str,
    kind: Kind,
    lang: Lang,
    check: &mut dyn FnMut(&str) -> Result<()>,
    hold: &Hold,
) -> Result<Option<String>> {
    let t = &lang.texts().unlock;
    let mut line = Line::new(kind);
    let mut last = String::new();
    paint(&line, question, t)?;
    loop {
        let notes = match line.take(input::wait(hold)) {
            Came::Typed => {
                last.clear();
                String::new()
            }
            Came::Left => {
                conceal(&mut line, question, t)?;
                return Ok(None);
            }
            Came::Refused(refused) => refused_words(refused, t),
            Came::Entered => match line.answer() {
                None if kind == Kind::YesNo => t.prompt_choose.to_owned(),
                None => t.prompt_empty.to_owned(),
                Some(answer) => match check(&answer) {
                    Ok(()) => {
                        conceal(&mut line, question, t)?;
                        return Ok(Some(answer));
                    }
                    Err(refusal) => {
                        wipe(answer);
                        // What can't be seen can't be mended.
                        if kind == Kind::Passphrase && !line.shown {
                            line.entry.clear();
                        }
                        last.clear();
                        refusal_words(lang, &refusal)
                    }
                },
            },
        };
        // Said once, not once for each sign.
        if !notes.is_empty() && notes != last {
            let shown = line.shown;
            conceal(&mut line, question, t)?;
            line.shown = shown;
            write(&format!("\r\n{}\r\n", notes.replace('\n', "\r\n")))?;
            last = notes;
        }
        if !input::is_waiting() {
            paint(&line, question, t)?;
        }
    }
}

/// What was refused and how to mend it, a line each.
fn refusal_words(lang: Lang, refusal: &Refusal) -> String {
    let lines = refusal.faults().flat_map(|fault| {
        let said = problem(lang, fault);
        [Some(said.what), said.mend].into_iter().flatten()
    });
    lines.map(|line| crate::base::clean::clean_line(&line)).collect::<Vec<_>>().join("\n")
}

/// Hides what can be read, on a line that is about to stay behind.
fn conceal(line: &mut Line, question: &str, t: &Unlock) -> Result<()> {
    line.shown = false;
    paint(line, question, t)
}

fn paint(line: &Line, question: &str, t: &Unlock) -> Result<()> {
    let cells = size().map_or(80, |(width, _)| usize::from(width)).saturating_sub(1).max(8);
    let (text, before) = line.painted(question, t, cells);
    let column = u16::try_from(before).unwrap_or(0);
    write(&format!("\r\u{1b}[2K{text}"))?;
    execute!(io::stderr(), crossterm::cursor::MoveToColumn(column)).map_err(|error| failed(&error))?;
    // What was painted may have been a passphrase that is shown.
    wipe(text);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(kind: Kind, text: &str) -> Line {
        let mut line = Line::new(kind);
        for c in text.chars() {
            line.take(Input::Key(Key::Char(c)));
        }
        line
    }

    fn painted(line: &Line, cells: usize) -> (String, usize) {
        line.painted("口令", &Lang::Zh.texts().unlock, cells)
    }

    #[test]
    fn a_passphrase_is_stars_until_it_is_shown() {
        let mut line = typed(Kind::Passphrase, "ab　c");
        assert_eq!(painted(&line, 79), ("口令 (Tab 显示): ****".to_owned(), 21));
        for key in [Key::Tab, Key::F(2), Key::F(2)] {
            line.take(Input::Key(key));
        }
        assert_eq!(painted(&line, 79).0, "口令 (Tab 不显示): ab c");
        assert_eq!(line.answer().as_deref(), Some("ab c"));
        assert_eq!(line.take(Input::Key(Key::Char('评'))), Came::Refused(Refused::Chinese));
        assert!(!format!("{line:?}").contains("ab c"));
    }

    #[test]
    fn a_narrow_terminal_keeps_the_end_in_sight() {
        let line = typed(Kind::Line, "辽宁省知识产权局");
        let (text, before) = painted(&line, 11);
        assert_eq!((text.as_str(), before), ("知识产权局", 10), "no half of a wide sign");
        let mut line = typed(Kind::Code, "3058-1197");
        line.take(Input::Key(Key::Left));
        assert_eq!(painted(&line, 6), ("8-1197".to_owned(), 5));
    }

    #[test]
    fn a_code_is_taken_as_it_comes() {
        let mut line = typed(Kind::Code, "７f3k 22qd");
        assert_eq!(line.answer().as_deref(), Some("7F3K22QD"));
        assert_eq!(line.take(Input::Paste("-0975 2246\n".to_owned())), Came::Typed);
        assert_eq!(line.answer().as_deref(), Some("7F3K22QD-09752246"));
        assert_eq!(line.take(Input::Key(Key::Char('#'))), Came::Refused(Refused::Sign('#')));
    }

    #[test]
    fn yes_and_no_are_reached_with_any_input_method() {
        for (text, answer) in [
            ("1", Some("yes")),
            ("ｙ", Some("yes")),
            ("是", Some("yes")),
            ("２", Some("no")),
            ("No", Some("no")),
            ("否", Some("no")),
            ("", None),
            ("3", None),
        ] {
            assert_eq!(typed(Kind::YesNo, text).answer().as_deref(), answer, "{text}");
        }
    }

    #[test]
    fn it_is_given_up_or_entered() {
        for key in [Key::Ctrl('c'), Key::Ctrl('d'), Key::Esc] {
            assert_eq!(typed(Kind::Line, "x").take(Input::Key(key)), Came::Left);
        }
        assert_eq!(typed(Kind::Line, "x").take(Input::Terminate), Came::Left);
        assert_eq!(typed(Kind::Line, "x").take(Input::Key(Key::Enter)), Came::Entered);
        assert_eq!(typed(Kind::Line, "  ").answer(), None);
    }

    #[test]
    fn without_a_terminal_it_says_what_to_do_instead() {
        // Tests have none on stdin or stderr; where there is one, this says nothing.
        if io::stdin().is_terminal() && io::stderr().is_terminal() {
            return;
        }
        let refused = ask("?", Kind::Passphrase, Lang::Zh, &mut |_| Ok(())).unwrap_err();
        assert!(
            matches!(refused.problem(), Problem::NoTerminal { instead } if instead.contains("PINGSHEN_PASSPHRASE"))
        );
    }
}
