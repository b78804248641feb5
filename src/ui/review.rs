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
use super::text::{clipped, line_at, width};
use super::theme::{Glyph, Mark, Theme};
use crate::app::geometry::Area;
use crate::app::keymap::Context;
use crate::app::review::{Asked, Attempt, Over, Revealed, Review, Stage, Why, words};
use crate::app::state::Parts;
use crate::course::quiz::{self, Card, CardKind};
use crate::course::{Role, Span, markdown, typeset};
use crate::learner::Confidence;
use crate::srs::Grade;

mod page;

/// The text is never wider: long lines are hard to read.
const TEXT_COLUMNS: u16 = 84;
/// From this width on the grade buttons have room for their words.
const BUTTONS_COLUMNS: u16 = 68;
/// Rows of the grade buttons with their labels.
const BUTTON_ROWS: u16 = 4;

#[must_use]
pub fn title(review: &Review, parts: &Parts) -> (String, String) {
    let (done, all) = review.progress();
    let left = match &review.stage {
        Stage::Over(_) => "REVIEW".to_owned(),
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
        Stage::Over(_) => None,
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
            draw_answer((revealed, review.top), card, parts, theme, inside, buf);
        }
        (Stage::Saving(saving), Some(card)) => {
            if let Some(shown) = &saving.shown {
                draw_answer((shown, review.top), card, parts, theme, inside, buf);
            }
        }
        (Stage::Over(over), _) => {
            page::draw(inside, review.top, theme, buf, |page| draw_over(page, over, parts));
        }
        _ => {}
    }
}

fn question(page: &mut Page<'_>, card: &Card, asked: &Asked) {
    page.gap();
    let mut spans = markdown::inline(&card.question);
    for span in &mut spans {
        if span.role == Role::Text {
            span.role = Role::Strong;
        }
    }
    page.spans(0, &spans);
    if asked.is_edited {
        page.text(0, Role::Warning, "edited since you last answered it");
    }
    page.gap();
}

fn draw_question(page: &mut Page<'_>, asked: &Asked, card: &Card) {
    question(page, card, asked);
    match &asked.attempt {
        Attempt::Text { text, typed } => draw_typing(page, text, *typed),
        Attempt::Choice { shown, picked } => draw_options(page, card, shown, *picked),
        Attempt::Order { items, at } => draw_order(page, card, items, *at),
    }
    page.gap();
    draw_confidence(page, asked);
    if asked.is_early {
        page.text(0, Role::Quiet, "back a little early: it is still being learned");
    }
}

fn draw_typing(page: &mut Page<'_>, text: &str, typed: bool) {
    let mut rest = page.area;
    rest.cut_top(page.row);
    let height = if typed || !page.roomy { 3 } else { 6 };
    let label = if typed { " Your answer " } else { " Your answer, in words or only in your head " };
    let frame = rest.cut_top(height.min(rest.height));
    let inside = boxed(frame, label, true, page.theme, page.buf).inset(1, 0);
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
    let CardKind::Choice(options) = &card.kind else { return };
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
fn draw_confidence(page: &mut Page<'_>, asked: &Asked) {
    let mut spans = vec![Span::new(Role::Quiet, "how sure?  ")];
    for (confidence, words) in
        [(Confidence::Guess, "guess"), (Confidence::Fairly, "fairly sure"), (Confidence::Certain, "certain")]
    {
        if confidence == asked.confidence {
            spans.push(Span::new(Role::Strong, format!("[{words}]")));
        } else {
            spans.push(Span::new(Role::Quiet, format!(" {words} ")));
        }
        spans.push(Span::new(Role::Quiet, " "));
    }
    spans.push(Span::new(Role::Key, " Tab"));
    page.spans(0, &spans);
}

/// The answer, from its row `top` on, over the buttons.
fn draw_answer(
    (revealed, top): (&Revealed, u16),
    card: &Card,
    parts: &Parts,
    theme: Theme,
    area: Area,
    buf: &mut Buffer,
) {
    let mut upper = area;
    let is_narrow = area.width < BUTTONS_COLUMNS;
    let buttons = upper.cut_bottom(if is_narrow { 1 } else { BUTTON_ROWS.min(area.height / 3) });
    page::draw(upper, top, theme, buf, |page| draw_right(page, revealed, card));
    if is_narrow {
        draw_dates(revealed, parts, theme, buttons, buf);
    } else {
        draw_buttons(revealed, parts, theme, buttons, buf);
    }
}

/// Question, verdict, answer, reason, points and source.
fn draw_right(page: &mut Page<'_>, revealed: &Revealed, card: &Card) {
    question(page, card, &revealed.asked);
    draw_verdict(page, revealed, card);
    page.gap();
    page.rule("Answer");
    draw_right_answer(page, revealed, card);
    if !card.reason.is_empty() {
        page.gap();
        let mut spans = vec![Span::new(Role::Label, "why: ")];
        spans.extend(markdown::inline(&card.reason));
        page.spans(0, &spans);
    }
    draw_points(page, revealed, card);
    page.gap();
    page.text(0, Role::Quiet, &source_words(card));
}

/// Where the answer comes from; many sources name the section themselves.
fn source_words(card: &Card) -> String {
    if card.source.to_lowercase().contains("section") {
        card.source.clone()
    } else {
        format!("section {} · {}", card.section, card.source)
    }
}

/// What the learner said, and what marking says of it.
fn draw_verdict(page: &mut Page<'_>, revealed: &Revealed, card: &Card) {
    let said = match &revealed.asked.attempt {
        Attempt::Text { text, .. } if text.trim().is_empty() => "(in your head)".to_owned(),
        Attempt::Text { text, .. } => text.trim().to_owned(),
        Attempt::Choice { shown, picked } => match (&card.kind, picked.and_then(|at| shown.get(at))) {
            (CardKind::Choice(options), Some(&at)) => {
                options.get(at).map(|option| plain(&option.text)).unwrap_or_default()
            }
            _ => String::new(),
        },
        // Where each item stood is said beside the item: all of them again would fill the page.
        Attempt::Order { .. } => String::new(),
    };
    let (glyph, role, verdict) = match revealed.mark {
        Some(quiz::Mark::Wrong) if revealed.is_surprise() => {
            (Glyph::Failure, Role::Bad, "certain, and not right: this is the one to look at")
        }
        Some(quiz::Mark::Wrong) => (Glyph::Failure, Role::Bad, "not right"),
        Some(mark) if mark.is_right() => (Glyph::Done, Role::Good, "right"),
        _ => (Glyph::Dot, Role::Quiet, "compare"),
    };
    let mut spans = vec![Span::new(role, format!("{} {verdict}", page.theme.glyph(glyph)))];
    if !said.is_empty() {
        spans.push(Span::new(Role::Quiet, " · you said: "));
        spans.push(Span::new(Role::Text, said));
    }
    page.spans(0, &spans);
}

fn draw_right_answer(page: &mut Page<'_>, revealed: &Revealed, card: &Card) {
    match &card.kind {
        CardKind::Choice(options) => {
            for option in options.iter().filter(|option| option.right) {
                let mut spans = markdown::inline(&option.text);
                for span in &mut spans {
                    span.role = Role::Strong;
                }
                page.spans(0, &spans);
                page.spans(0, &markdown::inline(&option.why));
            }
            if let Some(wrong) = picked_wrong(revealed, card) {
                page.gap();
                let mut spans = vec![Span::new(Role::Label, "yours: ")];
                spans.extend(markdown::inline(&wrong.why));
                page.spans(0, &spans);
            }
        }
        CardKind::Order(items) => {
            for (place, item) in items.iter().enumerate() {
                let mut spans = vec![Span::new(Role::Text, item.as_str())];
                if let Some(other) = put_elsewhere(revealed, place) {
                    spans.push(Span::new(Role::Bad, format!(" · you: {}", other + 1)));
                }
                line_at(
                    page.buf,
                    page.area,
                    page.row,
                    0,
                    &format!("{}", place + 1),
                    page.theme.mark(Mark::Key),
                );
                page.spans(3, &spans);
            }
        }
        CardKind::Recall { .. } | CardKind::Typed { .. } => {}
    }
    if !card.answer.is_empty() {
        page.spans(0, &markdown::inline(&card.answer));
    }
}

/// Where the learner put the item that belongs at this place, if it was another place.
fn put_elsewhere(revealed: &Revealed, place: usize) -> Option<usize> {
    let Attempt::Order { items, .. } = &revealed.asked.attempt else { return None };
    items.iter().position(|&item| item == place).filter(|&put| put != place)
}

/// The option that was picked, if it is not the right one.
fn picked_wrong<'a>(revealed: &Revealed, card: &'a Card) -> Option<&'a quiz::CardOption> {
    let (Attempt::Choice { shown, picked }, CardKind::Choice(options)) =
        (&revealed.asked.attempt, &card.kind)
    else {
        return None;
    };
    options.get(*shown.get((*picked)?)?).filter(|option| !option.right)
}

/// The check-list that turns "I sort of knew" into a grade.
fn draw_points(page: &mut Page<'_>, revealed: &Revealed, card: &Card) {
    let CardKind::Recall { points } = &card.kind else { return };
    if points.is_empty() {
        return;
    }
    page.gap();
    page.text(0, Role::Quiet, "you had:");
    for (at, (point, had)) in points.iter().zip(&revealed.points).enumerate() {
        let here = if at == revealed.at_point { page.theme.glyph(Glyph::Pointer) } else { " " };
        line_at(page.buf, page.area, page.row, 0, here, page.theme.mark(Mark::Local));
        let tick = if *had { "[x]" } else { "[ ]" };
        line_at(page.buf, page.area, page.row, 2, tick, page.theme.mark(Mark::Plain));
        let start = page.row;
        page.spans(6, &markdown::inline(point));
        if at == revealed.at_point && at > 0 {
            page.focus = start..page.row;
        }
    }
}

/// Four buttons with the real next date; the one that Enter gives is marked by its border.
fn draw_buttons(revealed: &Revealed, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    rest.cut_top(area.height.saturating_sub(4));
    let wide = rest.width / 4;
    for (place, grade) in Grade::ALL.into_iter().enumerate() {
        let mut button = rest.cut_left(wide);
        button.width = button.width.saturating_sub(1);
        let chosen = grade == revealed.suggested();
        let inside = boxed(button, "", chosen, theme, buf);
        let mark = if chosen { Mark::Strong } else { Mark::Plain };
        let x = line_at(buf, inside, 0, 1, &format!("{}", place + 1), theme.mark(Mark::Key));
        line_at(buf, inside, 0, x + 1, grade_words(grade), theme.mark(mark));
        let words::When { span, date } = revealed.when(parts, grade);
        let right = |text: &str| inside.width.saturating_sub(width(text) as u16 + 1);
        line_at(buf, inside, 0, right(&span).max(x + 6), &span, theme.mark(mark));
        let date = date.unwrap_or_else(|| "today".to_owned());
        line_at(buf, inside, 1, right(&date), &date, theme.mark(Mark::Quiet));
    }
}

/// The buttons where there is no room for boxes: key and next date in a row; the footer names the grades.
fn draw_dates(revealed: &Revealed, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    for (place, grade) in Grade::ALL.into_iter().enumerate() {
        let cell = rest.cut_left(area.width / 4);
        let mark = if grade == revealed.suggested() { Mark::Selected } else { Mark::Plain };
        let x = line_at(buf, cell, 0, 0, &format!("{}", place + 1), theme.mark(Mark::Key));
        line_at(buf, cell, 0, x + 1, &revealed.when(parts, grade).span, theme.mark(mark));
    }
}

const fn grade_words(grade: Grade) -> &'static str {
    match grade {
        Grade::Again => "Again",
        Grade::Hard => "Hard",
        Grade::Good => "Good",
        Grade::Easy => "Easy",
    }
}

fn draw_over(page: &mut Page<'_>, over: &Over, parts: &Parts) {
    let (theme, area) = (page.theme, page.area);
    page.gap();
    let words = match over.why {
        Why::Done => "Done for today: every card had its success.",
        Why::Enough => "That is enough for today. What is left will wait.",
        Why::NothingDue => "Nothing is due.",
    };
    page.text(0, Role::Strong, words);
    page.gap();
    let outlook = &over.outlook;
    let ahead = format!(
        "tomorrow {} (about {} min) · the six days after {} · later {}",
        outlook.tomorrow, over.minutes_tomorrow, outlook.week, outlook.later
    );
    page.text(0, Role::Text, &ahead);
    if over.left > 0 {
        page.text(
            0,
            Role::Text,
            &format!("{} could be asked now, {} of them missed before", over.left, over.missed),
        );
        page.spans(0, &[Span::new(Role::Key, "Enter"), Span::new(Role::Text, "  goes on with them")]);
    }
    page.gap();
    let rollover = parts.learner.preferences().schedule.rollover_hour;
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    for (id, grade, due) in &over.answers {
        let question = parts.course.card(id).map(|card| plain(&card.question)).unwrap_or_default();
        let back = due.map_or_else(String::new, |due| words::when(due, over.at, rollover).span);
        let room = usize::from(area.width).saturating_sub(26);
        line_at(page.buf, area, page.row, 0, grade_words(*grade), theme.mark(Mark::Strong));
        line_at(page.buf, area, page.row, 8, &back, theme.mark(Mark::Quiet));
        line_at(page.buf, area, page.row, 20, &clipped(&question, room, ellipsis), theme.mark(Mark::Plain));
        page.row += 1;
    }
    if matches!(over.why, Why::NothingDue) {
        let lab = crate::app::keymap::key_for(Context::Global, crate::app::Action::GoPrefix);
        let key = lab.map_or_else(String::new, crate::app::chord::Chord::shown);
        page.spans(0, &[Span::new(Role::Key, format!("{key} c")), Span::new(Role::Text, "  the lesson")]);
        page.spans(0, &[Span::new(Role::Key, format!("{key} l")), Span::new(Role::Text, "  the lab")]);
    }
}

fn plain(text: &str) -> String {
    markdown::inline(text).into_iter().map(|span| span.text).collect()
}
