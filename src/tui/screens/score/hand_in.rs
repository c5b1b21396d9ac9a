//! The check before handing in (交卷检查) and the hand-in itself: the safe
//! button first, the number of packets typed to confirm.

use ratatui::Frame;
use ratatui::text::Line;

use crate::base::lang::fill;
use crate::base::text::{pad, wrap};
use crate::base::{CriterionId, PacketCode};
use crate::domain::desk::Desk;
use crate::domain::hand_in::{Check, check};
use crate::tui::keymap::Action;
use crate::tui::message::Effect;
use crate::tui::paint::lines;
use crate::workflow::hand_in::Wish;

use super::overlay::Overlay;
use super::writing::{Edit, Writing};
use super::{Book, Page, Place, State};

/// The check, and what is typed and chosen on its page.
#[derive(Debug, Clone)]
pub(super) struct HandInPage {
    check: Check,
    typed: String,
    /// 0 the safe button, 1 hand in.
    button: usize,
    cursor: usize,
}

struct Item {
    name: &'static str,
    result: String,
    to: Option<(PacketCode, Option<CriterionId>)>,
    bad: bool,
}

impl HandInPage {
    /// Runs the check.
    pub(super) fn new(book: &Book, desk: &Desk) -> Self {
        Self { check: check(&book.rubric, desk, &book.codes), typed: String::new(), button: 0, cursor: 0 }
    }

    /// A digit of the number of packets.
    pub(super) fn digit(&mut self, c: char) {
        if c.is_ascii_digit() && self.typed.len() < 5 {
            self.typed.push(c);
        }
    }
}

fn list(codes: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = codes.collect();
    let mut text = all.iter().take(6).cloned().collect::<Vec<_>>().join("；");
    if all.len() > 6 {
        text.push_str(" ..");
    }
    text
}

/// Marks to be confirmed, once amendments were merged.
fn review_item(state: &State, c: &Check) -> Option<Item> {
    if c.review.is_empty() && state.desk.merged().is_none() {
        return None;
    }
    let a = &state.texts.amending;
    let each = c
        .review
        .iter()
        .flat_map(|(code, marks)| marks.iter().map(move |(id, number)| fill(a.check_review_item, &[code, id, number])));
    Some(Item {
        name: a.check_review,
        result: if c.review.is_empty() { state.t().check_fine.to_owned() } else { list(each) },
        to: c.review.first().and_then(|(code, marks)| Some((code.clone(), Some(marks.first()?.0.clone())))),
        bad: !c.review.is_empty(),
    })
}

fn items(state: &State, page: &HandInPage) -> Vec<Item> {
    let t = state.t();
    let c = &page.check;
    let with = |(code, ids): &(PacketCode, Vec<CriterionId>)| {
        let ids: Vec<String> = ids.iter().take(4).map(ToString::to_string).collect();
        format!("{code} {}", ids.join(" "))
    };
    // Marks that only wait to be confirmed have a line of their own.
    let lacks =
        |(code, ids): &&(PacketCode, Vec<CriterionId>)| !ids.is_empty() || !c.review.iter().any(|(of, _)| of == code);
    let first = |list: &Vec<(PacketCode, Vec<CriterionId>)>| {
        list.first().map(|(code, ids)| (code.clone(), ids.first().cloned()))
    };
    let mut out = vec![Item {
        name: t.check_marks,
        result: if c.incomplete.is_empty() {
            fill(t.check_marks_ok, &[&c.complete.len()])
        } else {
            fill(
                t.check_marks_missing,
                &[&c.complete.len(), &c.missing_marks, &list(c.incomplete.iter().filter(lacks).map(with))],
            )
        },
        to: first(&c.incomplete),
        bad: !c.incomplete.is_empty(),
    }];
    out.push(Item {
        name: t.check_remarks,
        result: if c.remarks.is_empty() {
            t.check_fine.to_owned()
        } else {
            fill(
                t.check_remarks_missing,
                &[&c.remarks.iter().map(|(_, ids)| ids.len()).sum::<usize>(), &list(c.remarks.iter().map(with))],
            )
        },
        to: first(&c.remarks),
        bad: !c.remarks.is_empty(),
    });
    out.extend(review_item(state, c));
    if state.book.rubric.opinion.vote {
        out.push(Item {
            name: t.check_votes,
            result: if c.votes.is_empty() {
                fill(t.check_votes_ok, &[&c.recommended.0, &c.recommended.1])
            } else {
                fill(
                    t.check_votes_missing,
                    &[&c.recommended.0, &c.recommended.1, &list(c.votes.iter().map(ToString::to_string))],
                )
            },
            to: c.votes.first().map(|code| (code.clone(), None)),
            bad: !c.votes.is_empty(),
        });
    }
    out.push(Item {
        name: t.check_equal,
        result: if c.equal.is_empty() {
            t.none.to_owned()
        } else {
            list(c.equal.iter().map(|(total, codes)| {
                format!(
                    "{} = {}",
                    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
                    total.at_least(1)
                )
            }))
        },
        to: c.equal.first().and_then(|(_, codes)| codes.first()).map(|code| (code.clone(), None)),
        bad: false,
    });
    out.push(Item {
        name: t.check_edges,
        result: if c.edges.is_empty() {
            t.none.to_owned()
        } else {
            fill(
                t.check_edges_some,
                &[&c.edges.len(), &list(c.edges.iter().map(|(code, id, mark)| format!("{code} {id} {mark}")))],
            )
        },
        to: c.edges.first().map(|(code, id, _)| (code.clone(), Some(id.clone()))),
        bad: false,
    });
    let recused = c.recused.len() + state.book.recused_before;
    out.push(Item {
        name: t.check_recused,
        result: if recused == 0 {
            t.none.to_owned()
        } else {
            fill(t.check_recused_some, &[&recused, &list(c.recused.iter().map(ToString::to_string))])
        },
        to: c.recused.first().map(|code| (code.clone(), None)),
        bad: false,
    });
    out
}

impl State {
    pub(super) fn hand_in(&mut self, wish: &Wish) -> Vec<Effect> {
        let correcting = !self.desk.handed_in.is_empty();
        let partial_needed = matches!(&self.page, Page::HandIn(page) if !page.check.incomplete.is_empty());
        let reason = wish.partial.clone().or_else(|| wish.correction.clone()).unwrap_or_default();
        if (correcting || partial_needed) && reason.trim().is_empty() {
            self.say(self.t().notice_needs_reason);
            return Vec::new();
        }
        let wish = Wish {
            partial: partial_needed.then(|| reason.clone()),
            correction: correcting.then_some(reason),
            to: None,
        };
        self.handing_in = true;
        vec![Effect::HandIn(wish)]
    }

    pub(super) fn act_hand_in(&mut self, action: Action) -> Option<Vec<Effect>> {
        let Page::HandIn(page) = &self.page else { return None };
        let mut page = page.clone();
        let items = items(self, &page);
        match action {
            Action::Up => page.cursor = page.cursor.saturating_sub(1),
            Action::Down => page.cursor = (page.cursor + 1).min(items.len()),
            Action::NextButton => page.button = 1 - page.button,
            Action::Back => return Some(self.back_to_mark()),
            Action::Erase => drop(page.typed.pop()),
            Action::Accept => {
                if page.cursor > 0 {
                    let target = items.get(page.cursor - 1).and_then(|item| item.to.clone());
                    return Some(self.look_at(target));
                }
                if page.button == 0 {
                    let first = page.check.incomplete.first();
                    let target = first.map(|(code, ids)| {
                        // What only waits to be confirmed is no word that is missing.
                        let waits = page.check.review.iter().find(|(of, _)| of == code);
                        let waits = waits.and_then(|(_, marks)| marks.first()).map(|(id, _)| id.clone());
                        (code.clone(), ids.first().cloned().or(waits))
                    });
                    return Some(self.look_at(target));
                }
                return Some(self.press_hand_in(&page));
            }
            _ => return None,
        }
        self.page = Page::HandIn(page);
        Some(Vec::new())
    }

    fn look_at(&mut self, target: Option<(PacketCode, Option<CriterionId>)>) -> Vec<Effect> {
        let mut effects = self.back_to_mark();
        let Some((code, criterion)) = target else { return effects };
        let packet = self.book.codes.iter().position(|known| *known == code).unwrap_or(self.place.packet);
        let count = self.book.rubric.criteria_count();
        let criterion = match criterion {
            Some(id) => self.book.rubric.criteria().position(|c| c.id == id).unwrap_or(0),
            None => count,
        };
        effects.extend(self.go(Place { packet, criterion }));
        effects
    }

    fn press_hand_in(&mut self, page: &HandInPage) -> Vec<Effect> {
        let complete = page.check.complete.len();
        if self.book.held_by.is_some() {
            self.say(self.t().read_only);
            return Vec::new();
        }
        if complete == 0 {
            self.say(self.t().notice_nothing_complete);
            return Vec::new();
        }
        if page.typed != complete.to_string() {
            self.say(fill(self.t().notice_type_number, &[&complete]));
            return Vec::new();
        }
        let correcting = !self.desk.handed_in.is_empty();
        if correcting || !page.check.incomplete.is_empty() {
            let writing = if correcting { Writing::Correction } else { Writing::Partial };
            let edit = Edit::new(self, writing);
            self.overlays.push(Overlay::Edit(Box::new(edit)));
            return Vec::new();
        }
        self.hand_in(&Wish::default())
    }
}

/// Paints the check.
pub(super) fn view(state: &State, page: &HandInPage, frame: &mut Frame) {
    let t = state.t();
    let theme = state.brush.theme;
    let area = frame.area();
    let cells = usize::from(area.width);
    let c = &page.check;
    let demo = if state.book.demo { format!("{} | ", t.demo) } else { String::new() };
    let due = state.book.codes.len() - c.recused.len().min(state.book.codes.len());
    let mut out = vec![
        state.brush.ends(
            &format!(" {demo}{}", fill(t.check_title, &[&state.book.expert])),
            &format!("{} ", fill(t.check_due, &[&due, &(state.book.codes.len() + state.book.recused_before)])),
            cells,
            theme.title,
        ),
        state.brush.rule(cells),
    ];
    if let Some(handed) = &state.handed {
        let unplug = handed.unplug.then(|| state.texts.stick.unplug.to_owned());
        for line in [
            fill(t.handed_done, &[&handed.packets, &handed.unscored]),
            fill(t.handed_file, &[&handed.file.display()]),
            fill(t.handed_receipt, &[&handed.digest.receipt()]),
        ]
        .into_iter()
        .chain(unplug)
        {
            for line in wrap(&state.brush.words(&line), cells.saturating_sub(4)) {
                out.push(state.brush.line(&format!("  {line}"), cells, theme.focus));
            }
        }
        out.push(Line::default());
    }
    let items = items(state, page);
    let name_width = if state.zh() { 22 } else { 26 };
    for (at, item) in items.iter().enumerate() {
        let here = page.cursor == at + 1;
        let style = if here {
            theme.select
        } else if item.bad {
            theme.warn
        } else {
            theme.base
        };
        let wrapped = wrap(&state.brush.words(&item.result), cells.saturating_sub(name_width + 8));
        for (part, line) in wrapped.into_iter().take(2).enumerate() {
            let lead = if part == 0 {
                format!(
                    "  {} {}",
                    if here {
                        ">"
                    } else if item.bad {
                        "!"
                    } else {
                        " "
                    },
                    pad(item.name, name_width)
                )
            } else {
                " ".repeat(name_width + 4)
            };
            out.push(state.brush.line(&format!("{lead}{line}"), cells, style));
        }
    }
    out.push(Line::default());
    let order: Vec<String> =
        c.order.iter().take(10).map(|(code, total)| format!("{code} {}", total.at_least(1))).collect();
    if !order.is_empty() {
        for line in wrap(&fill(t.check_order, &[&order.join("  ")]), cells.saturating_sub(4)) {
            out.push(state.brush.line(&format!("  {line}"), cells, theme.base));
        }
        out.push(Line::default());
    }
    let height = usize::from(area.height);
    let buttons = buttons(state, page, cells);
    let room = height.saturating_sub(3 + buttons.len());
    for line in t.check_after.split('\n') {
        if out.len() < room {
            out.push(state.brush.line(&format!("  {line}"), cells, theme.muted));
        }
    }
    out.truncate(room);
    while out.len() < room {
        out.push(Line::default());
    }
    out.extend(buttons);
    lines(frame, area, out);
    super::mark::paint_foot(state, frame);
}

fn buttons(state: &State, page: &HandInPage, cells: usize) -> Vec<Line<'static>> {
    let t = state.t();
    let theme = state.brush.theme;
    let c = &page.check;
    let partial = !c.incomplete.is_empty();
    let words = if state.desk.handed_in.is_empty() {
        if partial {
            fill(t.button_partial, &[&c.complete.len()])
        } else {
            fill(t.button_hand_in, &[&c.complete.len()])
        }
    } else {
        fill(t.button_correct, &[&c.complete.len()])
    };
    let safe = if partial { t.button_back } else { t.button_look };
    let style = |button: usize| if page.cursor == 0 && page.button == button { theme.select } else { theme.base };
    let ask = fill(t.check_type, &[&page.typed, &c.complete.len()]);
    vec![
        state.brush.line(&format!("  {ask}"), cells, theme.title),
        Line::from(vec![
            ratatui::text::Span::raw("     "),
            ratatui::text::Span::styled(format!("[ {safe} ]"), style(0)),
            ratatui::text::Span::raw("     "),
            ratatui::text::Span::styled(format!("[ {words} ]"), style(1)),
        ]),
    ]
}
