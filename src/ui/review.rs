//! A review session on the screen: the question, the attempt, the answer beside it, four buttons.
//!
//! ```text
//!   question
//!   ┌ your answer ───────────┐        before: nothing of the answer is here
//!   └────────────────────────┘
//!   ── answer ───────────────
//!   …, why, points, source
//!   1 Again   2 Hard   3 Good   4 Easy
//! ```

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use self::page::Page;
use super::overlay::boxed;
use super::text::line_at;
use super::theme::{Glyph, Mark, Theme};
use crate::app::geometry::Area;
use crate::app::home::plain;
use crate::app::review::{Asked, Attempt, Early, Review, Stage};
use crate::app::state::Parts;
use crate::course::quiz::{Card, CardKind, FreshRun, Number};
use crate::course::{Role, Span, markdown, typeset};
use crate::learner::Confidence;
use crate::srs::Grade;

mod answer;
mod look;
mod manifest;
mod over;
pub(super) mod page;
mod shelf;

/// The text is never wider: long lines are hard to read.
const TEXT_COLUMNS: u16 = 84;

#[must_use]
pub fn title(review: &Review, parts: &Parts) -> (String, String) {
    let (done, all) = review.progress();
    let left = match &review.stage {
        Stage::Over(_) if review.practice().is_some() => "PRACTICE · not scheduled".to_owned(),
        _ if review.practice().is_some() => {
            format!("PRACTICE  card {} of {all} · not scheduled", (done + 1).min(all.max(1)))
        }
        Stage::Over(_) | Stage::Pause(_) => "REVIEW".to_owned(),
        Stage::Shelf(shelf) => format!("REVIEW  {} suspended", shelf.cards.len()),
        _ => format!("REVIEW  card {} of {all}", (done + 1).min(all.max(1))),
    };
    let right = match (review.card(parts), asked(review)) {
        (Some(card), Some(asked)) => {
            format!("§{} · objective {} · {}", card.section, card.objective, history_words(asked))
        }
        _ => String::new(),
    };
    (left, right)
}

fn asked(review: &Review) -> Option<&Asked> {
    match &review.stage {
        Stage::Asking(asked) => Some(asked),
        Stage::Revealed(revealed) => Some(&revealed.asked),
        Stage::Saving(saving) => saving.shown.as_ref().map(|shown| &shown.asked),
        Stage::Pause(pause) => pause.revealed().map(|revealed| &revealed.asked),
        Stage::Over(_) | Stage::Shelf(_) => None,
    }
}

fn history_words(asked: &Asked) -> String {
    match (asked.seen, asked.days_ago) {
        (0, _) => "new".to_owned(),
        (seen, Some(0)) => format!("seen {}, last today", times(seen)),
        (seen, Some(1)) => format!("seen {}, last yesterday", times(seen)),
        (seen, Some(days)) => format!("seen {}, last {days} days ago", times(seen)),
        (seen, None) => format!("seen {}", times(seen)),
    }
}

fn times(count: u32) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

pub fn draw(review: &Review, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let columns = TEXT_COLUMNS.min(area.width.saturating_sub(4));
    let inside = area.centered(columns, area.height);
    let card = review.card(parts);
    match (&review.stage, card) {
        (Stage::Asking(asked), Some(card)) => {
            page::draw(inside, review.top, theme, buf, |page| draw_question(page, asked, card));
        }
        (Stage::Revealed(revealed), Some(card)) => {
            answer::draw((revealed, review.top), card, parts, theme, inside, buf);
        }
        (Stage::Saving(saving), Some(card)) => {
            if let Some(shown) = &saving.shown {
                answer::draw((shown, review.top), card, parts, theme, inside, buf);
            }
        }
        (Stage::Pause(pause), card) => {
            page::draw(inside, review.top, theme, buf, |page| look::draw(page, pause, card, parts));
        }
        (Stage::Over(over), _) => {
            page::draw(inside, review.top, theme, buf, |page| over::draw(page, over, parts));
        }
        (Stage::Shelf(shelf), _) => {
            page::draw(inside, review.top, theme, buf, |page| shelf::draw(page, shelf, parts));
        }
        _ => {}
    }
}

fn question(page: &mut Page<'_>, card: &Card, asked: &Asked) {
    page.gap();
    page.spans(0, &strong(&card.question));
    if asked.is_edited {
        page.text(0, Role::Warning, "edited since you last answered it");
    }
    page.gap();
}

fn draw_question(page: &mut Page<'_>, asked: &Asked, card: &Card) {
    question(page, card, asked);
    match &asked.attempt {
        Attempt::Text { text, typed } => draw_typing(page, text, typing_label(card, *typed)),
        Attempt::Choice { shown, picked } => draw_options(page, card, shown, *picked),
        Attempt::Order { items, at } => draw_order(page, card, items, *at),
        Attempt::Line { at, .. } => {
            if let CardKind::Fault(fault) = &card.kind {
                manifest::draw(page, fault, *at);
            }
        }
    }
    page.gap();
    draw_confidence(page, asked.confidence);
    let early = match asked.early {
        Some(Early::Step) => "back a little early: it is still being learned",
        Some(Early::Day) => "before its day; the answer counts like any other",
        None => return,
    };
    page.text(0, Role::Quiet, early);
}

/// What to write; `None` for what is rather said, and gets more room.
fn typing_label(card: &Card, typed: bool) -> Option<String> {
    let unit = match &card.kind {
        CardKind::Number(Number { unit, .. }) | CardKind::Run(FreshRun { unit, .. }) => unit.as_str(),
        _ => "",
    };
    let label =
        if unit.is_empty() { " Your answer ".to_owned() } else { format!(" Your answer, in {unit} ") };
    typed.then_some(label)
}

pub(super) fn draw_typing(page: &mut Page<'_>, text: &str, label: Option<String>) {
    let mut rest = page.area;
    rest.cut_top(page.row);
    let height = if label.is_some() || !page.roomy { 3 } else { 6 };
    let label = label.unwrap_or_else(|| " Your answer, in words or only in your head ".to_owned());
    let frame = rest.cut_top(height.min(rest.height));
    let inside = boxed(frame, &label, true, page.theme, page.buf).inset(1, 0);
    let lines = typeset::wrap_spans(&[Span::new(Role::Text, text)], inside.width.max(1));
    let shown = usize::from(inside.height);
    let skipped = lines.len().saturating_sub(shown);
    let mut end = (0, 0);
    for (row, line) in lines.iter().skip(skipped).enumerate() {
        let mut at = 0;
        for span in line {
            at = line_at(page.buf, inside, row as u16, at, &span.text, Style::new());
        }
        end = (row as u16, at);
    }
    let blanks = text.len() - text.trim_end_matches(' ').len();
    let column = (end.1 + blanks as u16).min(inside.width.saturating_sub(1));
    line_at(page.buf, inside, end.0, column, " ", page.theme.mark(Mark::Selected));
    if !text.is_empty() {
        page.focus = page.row..page.row + frame.height;
    }
    page.row += frame.height;
}

fn draw_options(page: &mut Page<'_>, card: &Card, shown: &[usize], picked: Option<usize>) {
    let CardKind::Choice { options, .. } = &card.kind else { return };
    for (place, option) in shown.iter().filter_map(|&at| options.get(at)).enumerate() {
        let chosen = picked == Some(place);
        let mark = if chosen { page.theme.glyph(Glyph::Pointer) } else { " " };
        line_at(page.buf, page.area, page.row, 0, mark, page.theme.mark(Mark::Local));
        line_at(page.buf, page.area, page.row, 2, &format!("{}", place + 1), page.theme.mark(Mark::Key));
        let mut spans = markdown::inline(&option.text);
        if chosen {
            for span in &mut spans {
                span.role = Role::Strong;
            }
        }
        let start = page.row;
        page.spans(5, &spans);
        if chosen {
            page.focus = start..page.row;
        }
    }
}

fn draw_order(page: &mut Page<'_>, card: &Card, items: &[usize], at: usize) {
    let CardKind::Order(texts) = &card.kind else { return };
    page.text(0, Role::Quiet, "first at the top; J and K move the marked one");
    page.gap();
    for (place, text) in items.iter().filter_map(|&item| texts.get(item)).enumerate() {
        let here = place == at;
        let mark = if here { page.theme.glyph(Glyph::Pointer) } else { " " };
        line_at(page.buf, page.area, page.row, 0, mark, page.theme.mark(Mark::Local));
        line_at(page.buf, page.area, page.row, 2, &format!("{}", place + 1), page.theme.mark(Mark::Quiet));
        let start = page.row;
        page.text(5, if here { Role::Strong } else { Role::Text }, text);
        if here && at > 0 {
            page.focus = start..page.row;
        }
    }
}

/// `how sure?  guess · fairly sure · certain`, the chosen one bold and in brackets.
pub(super) fn draw_confidence(page: &mut Page<'_>, chosen: Confidence) {
    let mut spans = vec![Span::new(Role::Quiet, "how sure?  ")];
    for (confidence, words) in
        [(Confidence::Guess, "guess"), (Confidence::Fairly, "fairly sure"), (Confidence::Certain, "certain")]
    {
        if confidence == chosen {
            spans.push(Span::new(Role::Strong, format!("[{words}]")));
        } else {
            spans.push(Span::new(Role::Quiet, format!(" {words} ")));
        }
        spans.push(Span::new(Role::Quiet, " "));
    }
    spans.push(Span::new(Role::Key, " Tab"));
    page.spans(0, &spans);
}

/// Where the answer comes from; many sources name the section themselves.
fn source_words(card: &Card) -> String {
    if card.source.to_lowercase().contains("section") {
        card.source.clone()
    } else {
        format!("section {} · {}", card.section, card.source)
    }
}

/// A question's words: what is not marked otherwise stands out.
pub(super) fn strong(text: &str) -> Vec<Span> {
    let mut spans = markdown::inline(text);
    for span in spans.iter_mut().filter(|span| span.role == Role::Text) {
        span.role = Role::Strong;
    }
    spans
}

const fn grade_words(grade: Grade) -> &'static str {
    match grade {
        Grade::Again => "Again",
        Grade::Hard => "Hard",
        Grade::Good => "Good",
        Grade::Easy => "Easy",
    }
}
