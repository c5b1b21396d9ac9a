//! The standing's screen: the ranking as material for the meeting, to be read
//! on a projector and not changed. One table with the cut line through it; the
//! detail of a place, the rule and the help as pages over it.

mod detail;
mod doubt;
mod marks;
mod material;
mod order;
mod page;
mod paper;
mod strip;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use material::Material;

use ratatui::Frame;
use ratatui::text::Line;

use crate::base::Result;
use crate::base::lang::Texts;
use crate::base::text::pad;
use crate::domain::standing::Standee;
use crate::tui::Options;
use crate::tui::keymap::{self, Action, Context, Key};
use crate::tui::message::Message;
use crate::tui::paint::{self, Brush};
use crate::tui::theme::Theme;
use crate::workflow::Round;

use order::Row;
use strip::Scale;

/// The screen's state.
#[derive(Debug, Clone)]
pub struct State {
    /// Whether it was left.
    pub done: bool,
    options: Options,
    t: &'static Texts,
    material: Material,
    scale: Scale,
    by_code: bool,
    rows: Vec<Row>,
    /// Rows that are places.
    stops: Vec<usize>,
    /// Which of them the cursor is on.
    cursor: usize,
    /// The first row shown.
    from: usize,
    pub(crate) size: (u16, u16),
    layers: Vec<Layer>,
    notice: Option<&'static str>,
}

/// What lies over the table; the last one gets the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    /// The menu, with the item under the cursor.
    Menu(usize),
    /// A page, with the first line shown.
    Page(PageOf, usize),
}

/// A page to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PageOf {
    Detail,
    Rule,
    Doubt,
    Help,
}

/// An item of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Detail,
    Line,
    Rule,
    Order,
    Doubt,
    Leave,
}

/// The menu: digits and items, in order.
const MENU: [(u8, Item); 6] =
    [(1, Item::Detail), (2, Item::Line), (3, Item::Rule), (4, Item::Order), (5, Item::Doubt), (0, Item::Leave)];

impl State {
    /// The standing of a round.
    ///
    /// # Errors
    /// Nothing to rank yet, or a sheet that can't be read back.
    pub fn new(round: &Round, options: Options) -> Result<Self> {
        Ok(Self::of(Material::of(round)?, options))
    }

    /// From plain data.
    #[must_use]
    pub fn of(material: Material, options: Options) -> Self {
        let mut state = Self {
            done: false,
            t: options.lang.texts(),
            options,
            scale: Scale::of(material.standing()),
            material,
            by_code: false,
            rows: Vec::new(),
            stops: Vec::new(),
            cursor: 0,
            from: 0,
            size: (80, 24),
            layers: Vec::new(),
            notice: None,
        };
        state.arrange();
        state
    }

    fn brush(&self) -> Brush {
        Brush { theme: Theme::new(self.options.color), wide_signs: self.options.wide_signs }
    }

    /// Puts the rows in order; the cursor stays on its place.
    fn arrange(&mut self) {
        let on = self.place_number();
        self.rows = order::rows(self.material.standing(), self.by_code);
        self.stops = order::stops(&self.rows);
        self.cursor = on.and_then(|on| self.stop_of(|place| place == on)).unwrap_or(0);
    }

    /// The row under the cursor.
    fn row(&self) -> usize {
        self.stops.get(self.cursor).copied().unwrap_or(0)
    }

    fn place_number(&self) -> Option<usize> {
        match self.rows.get(self.row()) {
            Some(Row::Place(place)) => Some(*place),
            _ => None,
        }
    }

    /// The place under the cursor.
    fn place(&self) -> Option<&Standee> {
        self.place_number().and_then(|place| self.material.place(place))
    }

    /// The first stop whose place is wanted.
    fn stop_of(&self, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        self.stops.iter().position(|row| matches!(self.rows.get(*row), Some(Row::Place(place)) if wanted(*place)))
    }

    /// Where keys are pressed.
    fn context(&self) -> Context {
        match self.layers.last() {
            None => Context::Standing,
            Some(Layer::Menu(_)) => Context::Menu,
            Some(Layer::Page(PageOf::Detail, _)) => Context::Detail,
            Some(Layer::Page(..)) => Context::Page,
        }
    }

    /// Scrolls so that what is looked at is on the screen.
    fn settle(&mut self) {
        self.from = order::window(&self.rows, self.from, self.row(), table::room(self.size.1));
        if let Some(Layer::Page(of, from)) = self.layers.last().copied() {
            let most = page::lines(self, of, usize::from(self.size.0)).len().saturating_sub(page::room(self.size.1));
            if let Some(Layer::Page(_, kept)) = self.layers.last_mut() {
                *kept = from.min(most);
            }
        }
    }

    /// Goes to the line: to the first tied at it, or the last above it.
    fn go_to_line(&mut self) {
        let cut = self.material.standing().cut.clone();
        if cut.quota.is_none() {
            self.notice = Some(self.t.standing.notice_no_quota);
            return;
        }
        if self.by_code {
            self.by_code = false;
            self.arrange();
        }
        let wanted = cut.tied_at_line.first().or(cut.above.last());
        let number =
            wanted.and_then(|code| self.material.standing().places.iter().position(|place| place.code == *code));
        self.cursor = number.and_then(|number| self.stop_of(|place| place == number)).unwrap_or(0);
    }

    fn choose(&mut self, item: Item) {
        self.layers.pop();
        match item {
            Item::Detail => self.open(PageOf::Detail),
            Item::Line => self.go_to_line(),
            Item::Rule => self.open(PageOf::Rule),
            Item::Doubt => self.open(PageOf::Doubt),
            Item::Order => {
                self.by_code = !self.by_code;
                self.arrange();
            }
            Item::Leave => self.done = true,
        }
    }

    fn open(&mut self, of: PageOf) {
        if of == PageOf::Detail && self.place().is_none() {
            self.notice = Some(self.t.standing.notice_empty);
        } else {
            self.layers.push(Layer::Page(of, 0));
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Quit => self.done = true,
            Action::Help => self.open(PageOf::Help),
            Action::Back => {
                self.layers.pop();
            }
            Action::Menu | Action::Palette => self.layers.push(Layer::Menu(0)),
            Action::Accept => match self.layers.last() {
                Some(Layer::Menu(at)) => {
                    if let Some((_, item)) = MENU.get(*at) {
                        self.choose(*item);
                    }
                }
                Some(Layer::Page(..)) => {}
                None => self.open(PageOf::Detail),
            },
            other => self.go(other),
        }
    }

    /// Up and down, by a row, a page or all the way.
    fn go(&mut self, action: Action) {
        let (at, last, page) = match self.layers.last() {
            None => (self.cursor, self.stops.len().saturating_sub(1), table::room(self.size.1)),
            Some(Layer::Menu(at)) => (*at, MENU.len() - 1, MENU.len()),
            // `settle` keeps it within the page.
            Some(Layer::Page(_, from)) => (*from, usize::MAX, page::room(self.size.1)),
        };
        // A row stays in sight, to hold on to while reading.
        let page = page.saturating_sub(1).max(1);
        let to = match action {
            Action::Up => at.saturating_sub(1),
            Action::Down => at.saturating_add(1),
            Action::PageUp => at.saturating_sub(page),
            Action::PageDown => at.saturating_add(page),
            Action::Top => 0,
            Action::Bottom => last,
            _ => at,
        };
        let to = to.min(last);
        match self.layers.last_mut() {
            None => self.cursor = to,
            Some(Layer::Menu(at)) => *at = to,
            Some(Layer::Page(_, from)) => *from = to,
        }
    }

    fn press(&mut self, key: Key) {
        self.notice = None;
        let context = self.context();
        if let (Context::Menu, Some(digit)) = (context, key.digit()) {
            if let Some((_, item)) = MENU.into_iter().find(|(number, _)| *number == digit) {
                self.choose(item);
            }
            return;
        }
        match keymap::resolve(context, key.plain()) {
            Some(action) => self.act(action),
            None if key.is_text() => self.notice = Some(self.t.standing.notice_text),
            None if context == Context::Standing && key.digit().is_some() => {
                self.notice = Some(self.t.standing.notice_digit);
            }
            None => {}
        }
    }
}

/// Takes a message.
pub fn update(state: &mut State, message: &Message) {
    match message {
        Message::Key(key) => state.press(*key),
        Message::Resize(width, height) => state.size = (*width, *height),
        Message::Paste(_) => state.notice = Some(state.t.standing.notice_text),
        Message::Reply(_) => {}
        Message::Terminate => state.done = true,
    }
    state.settle();
}

/// Paints the screen.
pub fn view(state: &State, frame: &mut Frame) {
    let area = frame.area();
    if area.width < paint::LEAST_WIDTH || area.height < paint::LEAST_HEIGHT {
        paint::too_small(frame, state.t.standing.too_small);
        return;
    }
    let page = state.layers.iter().rev().find_map(|layer| match layer {
        Layer::Page(of, from) => Some((*of, *from)),
        Layer::Menu(_) => None,
    });
    match page {
        Some((of, from)) => page::view(state, frame, of, from),
        None => table::view(state, frame),
    }
    if let Some(Layer::Menu(at)) = state.layers.last() {
        menu(state, frame, *at);
    }
}

fn menu(state: &State, frame: &mut Frame, at: usize) {
    const CELLS: u16 = 50;
    let t = &state.t.standing;
    let brush = state.brush();
    let cells = usize::from(CELLS.min(frame.area().width.saturating_sub(4)));
    let mut rows = vec![Line::default()];
    for (number, (digit, item)) in MENU.into_iter().enumerate() {
        let words = match item {
            Item::Detail => t.menu_detail,
            Item::Line => t.menu_line,
            Item::Rule => t.menu_rule,
            Item::Doubt => t.menu_doubt,
            Item::Order if state.by_code => t.menu_by_rank,
            Item::Order => t.menu_by_code,
            Item::Leave => t.menu_leave,
        };
        let (mark, style) = if number == at { (">", brush.theme.select) } else { (" ", brush.theme.base) };
        if item == Item::Leave {
            rows.push(Line::default());
        }
        rows.push(Line::styled(pad(&format!(" {mark} {digit}  {words}"), cells), style));
    }
    rows.push(Line::default());
    paint::popup(frame, &brush, t.menu_title, rows, CELLS);
}
