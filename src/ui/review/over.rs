//! The end of a session: what was answered, what does not stick, what comes next.

use super::page::Page;
use super::{grade_words, plain};
use crate::app::Action;
use crate::app::keymap::{Context, shown};
use crate::app::review::{Over, Why, words};
use crate::app::state::Parts;
use crate::course::{Role, Span};
use crate::ui::text::{clipped, line_at};
use crate::ui::theme::{Glyph, Mark};

pub(super) fn draw(page: &mut Page<'_>, over: &Over, parts: &Parts) {
    page.gap();
    let words = match over.why {
        Why::Done if over.left > 0 && over.left == over.missed => {
            "Every card was asked; what was missed is still to come."
        }
        Why::Done if over.left > 0 => "This session is done. There is more, if you like.",
        Why::Done => "Done for today: every card had its success.",
        Why::Enough => "That is enough for today. What is left will wait.",
        Why::NothingDue if over.suspended == parts.course.cards.len() && over.suspended > 0 => {
            "All cards are suspended."
        }
        Why::NothingDue => "Nothing is due.",
        Why::Practiced if over.answers.is_empty() => "There is nothing to practice: all of it is put aside.",
        Why::Practiced => "Practice is over: every card was right once. The schedule is as it was.",
    };
    page.text(0, Role::Strong, words);
    page.gap();
    let outlook = &over.outlook;
    let ahead = format!(
        "tomorrow {} (about {} min) · the six days after {} · later {}",
        outlook.tomorrow_in_words(),
        over.minutes_tomorrow,
        outlook.week,
        outlook.later
    );
    page.text(0, Role::Text, &ahead);
    if let Some(countdown) = &over.countdown {
        page.text(0, Role::Strong, &words::countdown(countdown));
    }
    if over.left > 0 {
        page.text(0, Role::Text, &left_words(over));
        let them = if over.left == 1 { "it" } else { "them" };
        let on = Span::new(Role::Text, format!("  goes on with {them}"));
        page.spans(0, &[Span::new(Role::Key, "Enter"), on]);
    }
    draw_leeches(page, over, parts);
    draw_suspended(page, over);
    draw_answers(page, over, parts);
    draw_practice(page, parts);
    if matches!(over.why, Why::NothingDue) {
        let key = shown(Context::Global, Action::GoPrefix);
        page.spans(0, &[Span::new(Role::Key, format!("{key} c")), Span::new(Role::Text, "  the lesson")]);
        page.spans(0, &[Span::new(Role::Key, format!("{key} l")), Span::new(Role::Text, "  the lab")]);
    }
}

/// `3 could be asked now, 1 of them missed before`.
fn left_words(over: &Over) -> String {
    let missed = match (over.left, over.missed) {
        (_, 0) => String::new(),
        (1, _) => ", missed before".to_owned(),
        (left, missed) if left == missed => ", all missed before".to_owned(),
        (_, missed) => format!(", {missed} of them missed before"),
    };
    format!("{} could be asked now{missed}", over.left)
}

/// Every answer of the session: the grade, when the card comes back, the question.
fn draw_answers(page: &mut Page<'_>, over: &Over, parts: &Parts) {
    let (theme, area) = (page.theme, page.area);
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
}

/// The cards that were forgotten once too often, and the key that leads to their text.
fn draw_leeches(page: &mut Page<'_>, over: &Over, parts: &Parts) {
    if over.leeches.is_empty() {
        return;
    }
    page.gap();
    let key = shown(Context::ReviewDone, Action::OpenSection);
    page.spans(
        0,
        &[
            Span::new(Role::Warning, "These do not stick. "),
            Span::new(Role::Key, key),
            Span::new(Role::Text, "  reads the text of the marked one"),
        ],
    );
    let ellipsis = page.theme.glyph(Glyph::Ellipsis);
    for (at, leech) in over.leeches.iter().enumerate() {
        let Some(card) = parts.course.card(&leech.card) else { continue };
        let pointer = if at == over.reading { page.theme.glyph(Glyph::Pointer) } else { " " };
        line_at(page.buf, page.area, page.row, 0, pointer, page.theme.mark(Mark::Local));
        let said = format!("forgotten {} times", leech.lapses);
        let x = line_at(page.buf, page.area, page.row, 2, &said, page.theme.mark(Mark::Strong));
        let section = format!("§{}", card.section);
        let x = line_at(page.buf, page.area, page.row, x + 2, &section, page.theme.mark(Mark::Quiet));
        let room = usize::from(page.area.width.saturating_sub(x + 2));
        let question = clipped(&plain(&card.question), room, ellipsis);
        line_at(page.buf, page.area, page.row, x + 2, &question, page.theme.mark(Mark::Plain));
        page.row += 1;
    }
}

/// There is always something to do that harms no schedule.
fn draw_practice(page: &mut Page<'_>, parts: &Parts) {
    page.gap();
    let key = |action| Span::new(Role::Key, shown(Context::ReviewDone, action));
    let objectives = parts.course.lesson.objectives.len() as u8;
    let mut spans =
        vec![key(Action::Cram), Span::new(Role::Text, "  practices every card until it is right once")];
    if objectives > 1 {
        spans.push(Span::new(Role::Text, ", "));
        spans.push(key(Action::Choose(1)));
        spans.push(Span::new(Role::Text, " to "));
        spans.push(key(Action::Choose(objectives)));
        spans.push(Span::new(Role::Text, " those of an objective"));
    }
    spans.push(Span::new(Role::Text, "; the schedule stays as it is"));
    page.spans(0, &spans);
}

fn draw_suspended(page: &mut Page<'_>, over: &Over) {
    let words = match over.suspended {
        0 => return,
        1 => "  lists 1 suspended card".to_owned(),
        count => format!("  lists {count} suspended cards"),
    };
    let key = shown(Context::ReviewDone, Action::Suspend);
    page.spans(0, &[Span::new(Role::Key, key), Span::new(Role::Text, words)]);
}
