//! The one table of keys: it drives dispatch, footers, `?`, the palette and the
//! README. Everything is reached by digits, arrows, Tab, Enter, Space and
//! Backspace; letters and function keys are second names, since a Chinese input
//! method swallows letters and many terminals take F1, F10 and F11.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::base::keys::{is_text_only, plain_key};
use crate::base::lang::Screens;

/// A key, free of what the terminal makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character, as typed.
    Char(char),
    /// With Ctrl held.
    Ctrl(char),
    /// A function key.
    F(u8),
    /// Enter.
    Enter,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Escape.
    Esc,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// Anything else.
    Other,
}

impl Key {
    /// From the terminal's event.
    #[must_use]
    pub fn from_event(event: &KeyEvent) -> Self {
        match event.code {
            KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::CONTROL) => Self::Ctrl(c.to_ascii_lowercase()),
            KeyCode::Char(_) if event.modifiers.contains(KeyModifiers::ALT) => Self::Other,
            KeyCode::Char(c) => Self::Char(c),
            KeyCode::F(n) => Self::F(n),
            KeyCode::Enter => Self::Enter,
            KeyCode::Tab => Self::Tab,
            KeyCode::BackTab => Self::BackTab,
            KeyCode::Backspace => Self::Backspace,
            KeyCode::Delete => Self::Delete,
            KeyCode::Esc => Self::Esc,
            KeyCode::Up => Self::Up,
            KeyCode::Down => Self::Down,
            KeyCode::Left => Self::Left,
            KeyCode::Right => Self::Right,
            KeyCode::PageUp => Self::PageUp,
            KeyCode::PageDown => Self::PageDown,
            KeyCode::Home => Self::Home,
            KeyCode::End => Self::End,
            _ => Self::Other,
        }
    }

    /// Outside a text field: full-width and Chinese forms as the keys they come
    /// from; what can only be text as it is.
    #[must_use]
    pub fn plain(self) -> Self {
        match self {
            Self::Char(c) => Self::Char(plain_key(c)),
            other => other,
        }
    }

    /// Whether it can only be text, which outside a field does nothing.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::Char(c) if is_text_only(c))
    }

    /// The digit it is, full-width or not.
    #[must_use]
    pub fn digit(self) -> Option<u8> {
        match self.plain() {
            Self::Char(c) => c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()),
            _ => None,
        }
    }
}

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// Giving a mark.
    Mark,
    /// The packet's overall page.
    Overall,
    /// Reading a whole packet.
    Read,
    /// One criterion across all packets.
    Grid,
    /// A list: packets, my ranking.
    List,
    /// The check before handing in.
    HandIn,
    /// A numbered menu.
    Menu,
    /// Writing text.
    Edit,
    /// A line of text to search or filter by.
    Ask,
    /// The help or another page to read.
    Page,
    /// The standing.
    Standing,
    /// A place's detail.
    Detail,
    /// A leak to decide on.
    Review,
    /// How far the decisions on leaks are.
    Progress,
    /// There, typing a reason or a name: every sign is text.
    Reason,
    /// The door before the expert's screen: a code, a button.
    Door,
    /// There, typing a passphrase: every sign is text.
    Secret,
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the table below says in words what each does")]
pub enum Action {
    Accept,
    Up,
    Down,
    Less,
    More,
    PageUp,
    PageDown,
    Top,
    Bottom,
    Read,
    Menu,
    Back,
    Erase,
    Undo,
    Redo,
    NextUnscored,
    Remark,
    Overall,
    Grid,
    Mine,
    Packets,
    PreviousPacket,
    NextPacket,
    Recognise,
    Recuse,
    RedLine,
    HandIn,
    Search,
    NextHit,
    PreviousHit,
    Filter,
    NextButton,
    PreviousButton,
    Show,
    Recommend,
    NotRecommend,
    Phrase,
    Help,
    Palette,
    History,
    Mask,
    Release,
    MaskAll,
    Alias,
    Clear,
    Overview,
    Quit,
}

/// A row of the table.
#[derive(Debug)]
pub struct Binding {
    /// Where.
    pub contexts: &'static [Context],
    /// Keys, the essential one first.
    pub keys: &'static [Key],
    /// What it does.
    pub action: Action,
    /// Its words; the hint is empty where the footer leaves it out.
    pub words: fn(&Screens) -> (&'static str, &'static str),
}

use Context as C;
use Key as K;

macro_rules! binding {
    ([$($context:ident),+] [$($key:expr),+] $action:ident $hint:ident $help:ident) => {
        Binding {
            contexts: &[$(C::$context),+],
            keys: &[$($key),+],
            action: Action::$action,
            words: |t| (t.$hint, t.$help),
        }
    };
}

/// The table. Order is that of the footer and of the help.
pub static BINDINGS: &[Binding] = &[
    binding!([Mark] [K::Enter] Accept hint_next help_next),
    binding!([Overall] [K::Enter] Accept hint_next_packet help_next_packet),
    binding!([Grid] [K::Enter] Accept hint_next_row help_next_row),
    binding!([List] [K::Enter] Accept hint_open help_open),
    binding!([Menu] [K::Enter] Accept hint_choose help_choose),
    binding!([Edit] [K::Enter, K::Esc] Accept hint_keep help_keep),
    binding!([Ask] [K::Enter] Accept hint_find help_find),
    binding!([HandIn] [K::Enter] Accept hint_press help_press),
    binding!([Standing] [K::Enter] Accept hint_detail help_detail),
    binding!([Overall] [K::Char('1')] Recommend hint_recommend help_recommend),
    binding!([Overall] [K::Char('2')] NotRecommend hint_not help_not),
    binding!([Review] [K::Char('1')] Mask no_hint help_leak_mask),
    binding!([Review] [K::Char('2')] Release no_hint help_leak_release),
    binding!([Review] [K::Char('3')] MaskAll no_hint help_leak_all),
    binding!([Review] [K::Char('4')] Alias no_hint help_leak_alias),
    binding!([Review] [K::Char('5')] Clear no_hint help_leak_clear),
    binding!([Review] [K::Enter] Accept hint_leak_next help_leak_next),
    binding!([Review] [K::Up, K::Left, K::Char('k')] PreviousHit hint_leak_move help_leak_previous),
    binding!([Review] [K::Down, K::Right, K::Char('j')] NextHit no_hint help_leak_following),
    binding!([Review] [K::Backspace, K::Char('u'), K::Ctrl('z')] Undo hint_leak_undo help_leak_undo),
    binding!([Review] [K::Tab] Overview hint_leak_overview help_leak_overview),
    binding!([Progress] [K::Enter] Accept hint_leak_packet help_leak_packet),
    binding!([Progress] [K::Tab, K::Esc] Back hint_leak_back help_leak_back),
    binding!([Progress] [K::Char('0'), K::Char('q'), K::F(10)] Quit hint_leak_quit help_quit),
    binding!([Progress] [K::Backspace, K::Char('u'), K::Ctrl('z')] Undo hint_leak_undo help_leak_undo),
    binding!([Reason] [K::Enter] Accept hint_leak_keep help_leak_keep),
    binding!([Reason] [K::Esc, K::Tab] Back hint_leak_cancel help_leak_cancel),
    binding!([Mark, Overall] [K::Up, K::Char('k')] Up hint_updown help_up),
    binding!([Mark, Overall] [K::Down, K::Char('j')] Down no_hint help_down),
    binding!([Grid, List, HandIn, Standing, Progress] [K::Up, K::Char('k')] Up hint_rows help_row_up),
    binding!([Menu] [K::Up, K::Char('k')] Up no_hint help_row_up),
    binding!([Grid, List, Menu, HandIn, Standing, Progress] [K::Down, K::Char('j')] Down no_hint help_row_down),
    binding!([Read, Page, Detail] [K::Up, K::Char('k')] Up hint_scroll help_scroll_up),
    binding!([Read, Page, Detail] [K::Down, K::Char('j')] Down no_hint help_scroll_down),
    binding!([Mark] [K::Left, K::Char('-')] Less hint_step help_less),
    binding!([Mark] [K::Right, K::Char('+')] More no_hint help_more),
    binding!([Grid] [K::Left, K::Char('-')] Less hint_columns help_previous_column),
    binding!([Grid] [K::Right, K::Char('+')] More no_hint help_next_column),
    binding!([Read, Page, Grid, List, Standing, Detail, Progress] [K::PageDown, K::Ctrl('d')] PageDown hint_page help_page_down),
    binding!([Review] [K::PageDown, K::Ctrl('d')] PageDown no_hint help_page_down),
    binding!([Review] [K::PageUp, K::Ctrl('u')] PageUp no_hint help_page_up),
    binding!([Mark, Overall] [K::PageDown, K::Ctrl('d')] PageDown hint_evidence help_evidence_down),
    binding!([Mark, Overall] [K::PageUp, K::Ctrl('u')] PageUp no_hint help_evidence_up),
    binding!([Read, Page, Grid, List, Standing, Detail, Progress] [K::PageUp, K::Ctrl('u')] PageUp no_hint help_page_up),
    binding!([Read, Page, Grid, List, Standing, Detail, Progress] [K::Home, K::Char('g')] Top no_hint help_top),
    binding!([Read, Page, Grid, List, Standing, Detail, Progress] [K::End, K::Char('G')] Bottom no_hint help_bottom),
    binding!([Mark, Overall] [K::Tab] Read hint_read help_read),
    binding!([Read] [K::Tab, K::Esc, K::Char('q')] Back hint_back_to_mark help_back_to_mark),
    binding!([Read] [K::Char('/'), K::Char('1')] Search hint_search help_search),
    binding!([Read] [K::Char('n'), K::Char('2')] NextHit hint_next_hit help_next_hit),
    binding!([Read] [K::Char('N'), K::Char('3')] PreviousHit no_hint help_previous_hit),
    binding!([Menu, HandIn, Ask] [K::Esc, K::Char('q')] Back hint_back help_back),
    binding!([Grid, List, Page, Detail] [K::Esc, K::Char('q')] Back hint_back help_back),
    binding!([HandIn] [K::Tab, K::Right] NextButton hint_buttons help_buttons),
    binding!([List] [K::Tab, K::Char('f')] Filter hint_filter help_filter),
    binding!([Edit] [K::Tab] Phrase hint_phrase help_phrase),
    binding!([Mark, Overall, Read, Grid, List, Standing, Review, Progress] [K::Char(' ')] Menu hint_menu help_menu),
    binding!([Mark, Overall] [K::Backspace] Erase hint_erase help_erase),
    binding!([Grid, HandIn] [K::Backspace] Erase no_hint help_erase_typed),
    binding!([Mark, Overall] [K::Char('o')] NextUnscored no_hint help_unscored),
    binding!([Mark, Overall] [K::Char('r'), K::F(2)] Remark no_hint help_remark),
    binding!([Mark, Overall] [K::Char('v')] Overall no_hint help_overall),
    binding!([Mark, Overall] [K::Char('c')] Grid no_hint help_grid),
    binding!([Mark, Overall] [K::Char('m')] Mine no_hint help_mine),
    binding!([Mark, Overall, Read] [K::Char('p')] Packets no_hint help_packets),
    binding!([Mark, Overall, Read] [K::Char('[')] PreviousPacket no_hint help_previous_packet),
    binding!([Mark, Overall, Read] [K::Char(']')] NextPacket no_hint help_skip_packet),
    binding!([Mark, Overall] [K::Char('w')] Recognise no_hint help_recognise),
    binding!([Mark, Overall] [K::Char('x')] Recuse no_hint help_recuse),
    binding!([Mark, Overall] [K::Char('!')] RedLine no_hint help_red_line),
    binding!([Mark, Overall, List, Grid] [K::Char('u'), K::Ctrl('z')] Undo no_hint help_undo),
    binding!([Mark, Overall, List, Grid] [K::Char('y'), K::Ctrl('y'), K::Ctrl('r')] Redo no_hint help_redo),
    binding!([Mark, Overall] [K::Char('h')] History no_hint help_history),
    binding!([Mark, Overall, List, Grid] [K::Char('s'), K::F(9)] HandIn no_hint help_hand_in),
    binding!([Mark, Overall, Read, Grid, List, HandIn, Standing, Detail, Review, Progress] [K::Char('?'), K::F(1)] Help no_hint help_help),
    binding!([Mark, Overall, Read, Grid, List, Standing, Review, Progress] [K::Char(':'), K::Ctrl('p')] Palette no_hint help_palette),
    binding!([Mark, Overall, Read, Grid, List, HandIn, Menu, Page, Standing, Detail, Edit, Ask, Review, Progress, Reason] [K::Ctrl('c')] Quit no_hint help_quit),
    binding!([Mark, Overall] [K::Char('q'), K::F(10)] Quit no_hint help_leave),
    binding!([Standing] [K::Char('q'), K::Esc, K::F(10)] Quit hint_quit help_leave),
    binding!([Review] [K::Char('0'), K::Char('q'), K::Esc, K::F(10)] Quit hint_leak_quit help_quit),
    binding!([Door, Secret] [K::Enter] Accept hint_go_on help_go_on),
    binding!([Door, Secret] [K::Tab, K::Down] NextButton hint_next_field help_next_field),
    binding!([Door, Secret] [K::Up, K::BackTab] PreviousButton no_hint help_previous_field),
    binding!([Secret] [K::F(2)] Show hint_show help_show),
    binding!([Door, Secret] [K::Backspace] Erase hint_erase_sign help_erase_sign),
    binding!([Door, Secret] [K::Esc, K::Ctrl('c')] Quit hint_leave_door help_leave_door),
    binding!([Door] [K::Char('?'), K::F(1)] Help no_hint help_help),
    binding!([Secret] [K::F(1)] Help no_hint help_help),
];

/// What a key does somewhere.
#[must_use]
pub fn resolve(context: Context, key: Key) -> Option<Action> {
    BINDINGS.iter().find(|b| b.contexts.contains(&context) && b.keys.contains(&key)).map(|b| b.action)
}

/// The rows of a context, in the table's order.
pub fn rows(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |b| b.contexts.contains(&context))
}

/// A key's name.
#[must_use]
pub fn name(key: Key, t: &Screens) -> String {
    match key {
        Key::Char(' ') => t.key_space.to_owned(),
        Key::Char(c) => c.to_string(),
        Key::Ctrl(c) => format!("Ctrl+{}", c.to_ascii_uppercase()),
        Key::F(n) => format!("F{n}"),
        Key::Enter => "Enter".to_owned(),
        Key::Tab => "Tab".to_owned(),
        Key::BackTab => "Shift+Tab".to_owned(),
        Key::Backspace => t.key_backspace.to_owned(),
        Key::Delete => "Delete".to_owned(),
        Key::Esc => "Esc".to_owned(),
        Key::Up => t.key_up.to_owned(),
        Key::Down => t.key_down.to_owned(),
        Key::Left => t.key_left.to_owned(),
        Key::Right => t.key_right.to_owned(),
        Key::PageUp => "PgUp".to_owned(),
        Key::PageDown => "PgDn".to_owned(),
        Key::Home => "Home".to_owned(),
        Key::End => "End".to_owned(),
        Key::Other => "?".to_owned(),
    }
}

/// The footer of a context: as many hints as fit, each the key and a word, and
/// the way to the help at the right.
#[must_use]
pub fn footer(context: Context, t: &Screens, lead: &str, cells: usize) -> String {
    footer_of(context, t, lead, cells, |_| true)
}

/// The same, of those actions alone that do something here.
#[must_use]
pub fn footer_of(context: Context, t: &Screens, lead: &str, cells: usize, does: impl Fn(Action) -> bool) -> String {
    use crate::base::text::{pad, width};
    // Where every sign is text, the question mark is too.
    let typed = resolve(context, Key::Char('?')).is_none() && resolve(context, Key::F(1)) == Some(Action::Help);
    let help = if typed { t.hint_help_f1 } else { t.hint_help };
    let mut left = format!(" {lead}");
    for binding in rows(context) {
        let (hint, _) = (binding.words)(t);
        if hint.is_empty() || !does(binding.action) {
            continue;
        }
        let piece = if width(&left) > 1 { format!("  {hint}") } else { hint.to_owned() };
        if width(&left) + width(&piece) + width(help) + 2 > cells {
            break;
        }
        left.push_str(&piece);
    }
    let room = cells.saturating_sub(width(help) + 1);
    format!("{}{help} ", pad(&left, room))
}

/// The README's key table, in this language.
#[must_use]
pub fn markdown(t: &Screens) -> String {
    let contexts = [
        (C::Mark, t.context_mark),
        (C::Overall, t.context_overall),
        (C::Read, t.context_read),
        (C::Grid, t.context_grid),
        (C::List, t.context_list),
        (C::Edit, t.context_edit),
        (C::HandIn, t.context_hand_in),
        (C::Standing, t.context_standing),
        (C::Review, t.context_review),
        (C::Progress, t.context_progress),
        (C::Reason, t.context_reason),
        (C::Door, t.context_door),
        (C::Secret, t.context_secret),
    ];
    let mut out = String::new();
    for (context, title) in contexts {
        out.push_str(&format!("**{title}**\n\n| {} | {} |\n|---|---|\n", t.column_keys, t.column_does));
        for binding in rows(context) {
            let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{}`", name(*key, t))).collect();
            out.push_str(&format!("| {} | {} |\n", keys.join(" "), (binding.words)(t).1));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;

    #[test]
    fn no_two_bindings_of_a_context_share_a_key() {
        for (at, one) in BINDINGS.iter().enumerate() {
            for other in &BINDINGS[at + 1..] {
                for context in one.contexts {
                    if other.contexts.contains(context) {
                        for key in one.keys {
                            assert!(!other.keys.contains(key), "{context:?} {key:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_essential_key_of_every_page_is_no_letter() {
        for context in [
            C::Mark,
            C::Read,
            C::Grid,
            C::List,
            C::Menu,
            C::Edit,
            C::HandIn,
            C::Review,
            C::Progress,
            C::Reason,
            C::Door,
            C::Secret,
        ] {
            for needed in [Action::Accept, Action::Back, Action::Menu] {
                for binding in rows(context).filter(|b| b.action == needed) {
                    assert!(
                        !matches!(binding.keys[0], Key::Char(c) if c.is_ascii_alphabetic()),
                        "{context:?} {needed:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn footers_fit_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            for cells in [60, 80, 100, 160] {
                for context in [
                    C::Mark,
                    C::Overall,
                    C::Read,
                    C::Grid,
                    C::List,
                    C::Menu,
                    C::Edit,
                    C::HandIn,
                    C::Standing,
                    C::Review,
                    C::Progress,
                    C::Reason,
                    C::Door,
                    C::Secret,
                ] {
                    let line = footer(context, &lang.texts().screens, "", cells);
                    assert_eq!(crate::base::text::width(&line), cells, "{line}");
                }
            }
        }
    }
}
