//! The answer beside what was said, why it is so, and the buttons to grade it with.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::page::{self, Page};
use super::{grade_words, manifest, question, source_words};
use crate::app::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{Context, shown};
use crate::app::review::{Attempt, Revealed, contrast, words};
use crate::app::state::Parts;
use crate::course::quiz::{self, Card, CardKind, FreshRun, GAP, See};
use crate::course::typeset::figure_text;
use crate::course::{Role, Span, markdown};
use crate::srs::{Grade, leech};
use crate::ui::overlay::boxed;
use crate::ui::text::{line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// From this width on the grade buttons have room for their words.
const BUTTONS_COLUMNS: u16 = 68;
/// Rows of the grade buttons with their labels.
const BUTTON_ROWS: u16 = 4;

/// The answer, from its row `top` on, over the buttons.
pub(super) fn draw(
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
    draw_see(page, card);
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
    draw_leech(page, revealed);
}

/// A card that was forgotten too often needs its text more than another try.
fn draw_leech(page: &mut Page<'_>, revealed: &Revealed) {
    let lapses = revealed.asked.lapses;
    if !leech::is_leech(lapses) {
        return;
    }
    let key = |action| Span::new(Role::Key, shown(Context::ReviewRevealed, action));
    page.spans(
        0,
        &[
            Span::new(Role::Warning, format!("forgotten {lapses} times")),
            Span::new(Role::Text, ": "),
            key(Action::OpenSection),
            Span::new(Role::Text, " reads its section, "),
            key(Action::Suspend),
            Span::new(Role::Text, " asks it no more"),
        ],
    );
}

/// In the rule over the answer: there is something to see behind it.
fn draw_see(page: &mut Page<'_>, card: &Card) {
    let words = match card.see() {
        Some(See::Run(_)) => "see it in the lab ",
        Some(See::Manifest(_)) => "see the manifest ",
        None => return,
    };
    let theme = page.theme;
    // The rule is dim, and a look adds to what is there.
    let look = |mark| Style::reset().patch(theme.mark(mark));
    let key = format!(" {} ", shown(Context::ReviewRevealed, Action::SeeIt));
    let row = page.row.saturating_sub(1);
    let column = page.area.width.saturating_sub((width(&key) + width(words)) as u16 + 2);
    let column = line_at(page.buf, page.area, row, column, &key, look(Mark::Key));
    line_at(page.buf, page.area, row, column, words, look(Mark::Strong));
}

/// What the learner said, and what marking says of it.
fn draw_verdict(page: &mut Page<'_>, revealed: &Revealed, card: &Card) {
    let said = match &revealed.asked.attempt {
        Attempt::Text { .. } | Attempt::Choice { .. } => contrast::said(&revealed.asked.attempt, card),
        // Where each item stood is said beside the item, and a line is marked in the manifest itself.
        Attempt::Order { .. } | Attempt::Line { .. } => Vec::new(),
    };
    let (glyph, role, verdict) = match revealed.mark {
        Some(quiz::Mark::Wrong) if revealed.is_surprise() => {
            (Some(Glyph::Failure), Role::Bad, "certain, and not right: this is the one to look at")
        }
        Some(quiz::Mark::Wrong) => (Some(Glyph::Failure), Role::Bad, "not right"),
        Some(mark) if mark.is_right() => (Some(Glyph::Done), Role::Good, "right"),
        _ => (None, Role::Quiet, ""),
    };
    let head = glyph.map_or_else(String::new, |glyph| format!("{} {verdict} · ", page.theme.glyph(glyph)));
    let head = if said.is_empty() { head.trim_end_matches([' ', '·']).to_owned() } else { head };
    let mut spans = vec![Span::new(role, head)];
    if !said.is_empty() {
        let words = if glyph.is_some() { "you said: " } else { "compare with what you said: " };
        spans.push(Span::new(Role::Quiet, words));
        spans.extend(said.into_iter().flatten());
    }
    page.spans(0, &spans);
}

fn draw_right_answer(page: &mut Page<'_>, revealed: &Revealed, card: &Card) {
    match &card.kind {
        CardKind::Choice { options, .. } => {
            for option in options.iter().filter(|option| option.right) {
                let mut spans = markdown::inline(&option.text);
                for span in &mut spans {
                    span.role = Role::Strong;
                }
                page.spans(0, &spans);
                page.spans(0, &markdown::inline(&option.why));
            }
            let picked = contrast::picked(&revealed.asked.attempt, card);
            if let Some(wrong) = picked.filter(|option| !option.right) {
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
        CardKind::Number(number) => {
            let within = figure_text(number.tolerance);
            let rest = format!(" · within {within} is right");
            let rest = if number.tolerance > 0.0 { rest } else { String::new() };
            page.spans(0, &[Span::new(Role::Strong, number.words()), Span::new(Role::Quiet, rest)]);
        }
        CardKind::Fault(fault) => {
            let Attempt::Line { at, .. } = &revealed.asked.attempt else { return };
            manifest::draw_shown(page, fault, *at);
            page.gap();
        }
        CardKind::Run(run) => draw_came_out(page, revealed, run),
        CardKind::Cloze { .. } => return page.spans(0, &filled(card)),
        CardKind::Recall { .. } | CardKind::Typed { .. } => {}
    }
    if !card.answer.is_empty() {
        page.spans(0, &markdown::inline(&card.answer));
    }
}

/// What the run came to, and how to have it again.
fn draw_came_out(page: &mut Page<'_>, revealed: &Revealed, run: &FreshRun) {
    match &revealed.came_out {
        Some(Ok(number)) => {
            let within = figure_text(run.claim.tolerance);
            let unit = if run.unit == "%" { " points" } else { "" };
            let number = Span::new(Role::Strong, run.number(*number).words());
            let rest = format!(" came out · within {within}{unit} is right");
            page.spans(0, &[number, Span::new(Role::Quiet, rest)]);
        }
        Some(Err(why)) => page.text(0, Role::Bad, why),
        None => {}
    }
}

/// The sentence with its gap filled.
fn filled(card: &Card) -> Vec<Span> {
    let (before, after) = card.question.split_once(GAP).unwrap_or((&card.question, ""));
    let mut spans = markdown::inline(before);
    spans.push(Span::new(Role::Text, if before.ends_with(' ') { " " } else { "" }));
    spans.extend(markdown::inline(&card.answer).into_iter().map(|span| Span::new(Role::Strong, span.text)));
    spans.push(Span::new(Role::Text, if after.starts_with(' ') { " " } else { "" }));
    spans.extend(markdown::inline(after));
    spans
}

/// Where the learner put the item that belongs at this place, if it was another place.
fn put_elsewhere(revealed: &Revealed, place: usize) -> Option<usize> {
    let Attempt::Order { items, .. } = &revealed.asked.attempt else { return None };
    items.iter().position(|&item| item == place).filter(|&put| put != place)
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
        let words::When { span, date } = revealed.when(parts, grade);
        // Where it would touch the border it begins at it.
        let taken = width(grade_words(grade)) + width(&span) + 4;
        let start = u16::from(taken < usize::from(inside.width));
        if chosen && theme.ascii {
            // Without lines of two weights the border does not tell.
            line_at(buf, button, 1, 0, ">", theme.mark(Mark::Strong));
        }
        let x = line_at(buf, inside, 0, start, &format!("{}", place + 1), theme.mark(Mark::Key));
        line_at(buf, inside, 0, x + 1, grade_words(grade), theme.mark(mark));
        let right = |text: &str| inside.width.saturating_sub(width(text) as u16 + start);
        line_at(buf, inside, 0, right(&span).max(x + 6), &span, theme.mark(mark));
        let date = date.unwrap_or_else(|| "today".to_owned());
        line_at(buf, inside, 1, right(&date), &date, theme.mark(Mark::Quiet));
    }
}

/// The buttons where there is no room for boxes: key and next date in a row; the footer names the grades.
fn draw_dates(revealed: &Revealed, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    // `1 10 min` reads as a number of minutes, but a phone has no room for more.
    let colon = if area.width / 4 > 10 { ":" } else { "" };
    for (place, grade) in Grade::ALL.into_iter().enumerate() {
        let cell = rest.cut_left(area.width / 4);
        let chosen = grade == revealed.suggested();
        let (mark, between) = match (chosen, theme.ascii) {
            (true, true) => (Mark::Selected, ">"),
            (true, false) => (Mark::Selected, colon),
            (false, _) => (Mark::Plain, colon),
        };
        let x = line_at(buf, cell, 0, 0, &format!("{}", place + 1), theme.mark(Mark::Key));
        let x = line_at(buf, cell, 0, x, between, theme.mark(Mark::Quiet));
        line_at(buf, cell, 0, x + 1, &revealed.when(parts, grade).span, theme.mark(mark));
    }
}
