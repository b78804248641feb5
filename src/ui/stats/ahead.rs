//! What falls due when: a bar a day, and the numbers.

use super::Scene;
use super::line::{Line, paragraph};
use crate::app::stats::words::due_words;
use crate::learner::stats::AHEAD_DAYS;
use crate::ui::theme::{Mark, heights};

/// Rows of the bars.
const ROWS: u32 = 6;
/// Eighths of a cell that a bar can end at.
const EIGHTHS: u32 = 8;

pub(super) fn lines(scene: Scene<'_>) -> Vec<Line> {
    let ahead = &scene.stats.figures.ahead;
    let cell = if scene.columns >= 2 * AHEAD_DAYS + 23 { 2 } else { 1 };
    let width = AHEAD_DAYS * cell;
    let most = ahead.by_day.iter().copied().max().unwrap_or(0);
    // Few cards are low bars: a row a card.
    let scale = most.max(ROWS);
    let has_room = scene.columns >= width + 23;
    let beside = if has_room { numbers(scene, most) } else { Vec::new() };
    let mut lines = Vec::new();
    for row in 0..ROWS {
        let below = (ROWS - 1 - row) * EIGHTHS;
        let mut line = Line::default();
        for count in &ahead.by_day {
            let (glyph, mark) = piece(scene, *count, scale, below);
            line = line.with(mark, glyph).with(Mark::Plain, " ".repeat(cell - 1));
        }
        if let Some((name, number)) = beside.get(row as usize) {
            line = line.to(width + 3).with(Mark::Plain, name.as_str());
            line = line.up_to(width + 22, Mark::Figure, number.as_str());
        }
        lines.push(line);
    }
    lines.push(axis(cell));
    if !has_room {
        lines.extend(paragraph(Mark::Plain, &due_words(ahead), scene.columns));
    }
    lines.push(Line::quiet("dates as they are now; each card once"));
    if scene.alone {
        lines.push(Line::default());
        lines.push(Line::quiet("day").up_to(26, Mark::Quiet, "cards"));
        let days = ahead.by_day.iter().enumerate().filter(|(_, count)| **count > 0);
        lines.extend(days.map(|(at, count)| {
            let day = scene.stats.figures.day.plus(at as u32);
            Line::plain(format!("{} {day}", day.weekday())).up_to(26, Mark::Figure, count.to_string())
        }));
    }
    lines
}

/// What of a day's bar stands in the row that begins `below` eighths up.
fn piece(scene: Scene<'_>, count: u32, scale: u32, below: u32) -> (&'static str, Mark) {
    let whole = u64::from(ROWS * EIGHTHS);
    // A day with anything due is never empty.
    let height = (u64::from(count) * whole).div_ceil(u64::from(scale)) as u32;
    match height.saturating_sub(below).min(EIGHTHS) {
        0 if below == 0 => (if scene.theme.ascii { "." } else { "·" }, Mark::Quiet),
        0 => (" ", Mark::Plain),
        eighths => (heights(scene.theme.ascii)[eighths as usize - 1], Mark::Local),
    }
}

fn numbers(scene: Scene<'_>, most: u32) -> Vec<(String, String)> {
    let ahead = &scene.stats.figures.ahead;
    let row = |name: &str, number: u32| (name.to_owned(), number.to_string());
    let today = if ahead.late > 0 { format!("today ({} late)", ahead.late) } else { "today".to_owned() };
    vec![
        (today, ahead.by_day.first().copied().unwrap_or_default().to_string()),
        row("14 days", ahead.next_14),
        row("30 days", ahead.next_30),
        row("later", ahead.later),
        row("unseen", ahead.unseen),
        row("most on a day", most),
    ]
}

/// `today  7      14     21     28`.
fn axis(cell: usize) -> Line {
    [7, 14, 21, 28]
        .iter()
        .fold(Line::quiet("today"), |line, day| line.to(day * cell).with(Mark::Quiet, day.to_string()))
}
