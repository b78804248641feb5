//! The heat map of the last half year, and the time it took.

use super::Scene;
use super::line::{Line, paragraph};
use crate::app::stats::words::{span, totals, totals_and_busiest};
use crate::learner::stats::HEAT_WEEKS;
use crate::srs::Day;
use crate::ui::theme::{Mark, shades};

/// Columns of the weekday's name.
const NAME: usize = 4;
/// Days of the list under the map of a panel that is alone.
const LISTED: usize = 30;

pub(super) fn lines(scene: Scene<'_>) -> Vec<Line> {
    let activity = &scene.stats.figures.activity;
    let most = activity.busiest().map_or(0, |day| day.answers);
    let cell = if scene.columns >= NAME + 2 * HEAT_WEEKS as usize { 2 } else { 1 };
    let weeks = (scene.columns.saturating_sub(NAME) / cell).min(HEAT_WEEKS as usize) as u32;
    // The oldest weeks go where there is no room.
    let monday = activity.from.plus(7 * (HEAT_WEEKS - weeks));
    let mut lines = vec![months(monday, weeks, cell)];
    for weekday in 0..7 {
        let name = monday.plus(weekday).weekday();
        let mut line = Line::quiet(name).to(NAME);
        for week in 0..weeks {
            let day = monday.plus(7 * week + weekday);
            let (glyph, mark) = shade(scene, day, most);
            line = line.with(mark, glyph).with(Mark::Plain, " ".repeat(cell - 1));
        }
        lines.push(line);
    }
    lines.push(legend(scene, most));
    let words = if scene.alone { totals_and_busiest(activity) } else { totals(activity) };
    lines.extend(paragraph(Mark::Plain, &words, scene.columns));
    if scene.alone {
        lines.push(Line::default());
        lines.push(Line::quiet("day").up_to(26, Mark::Quiet, "answers").up_to(36, Mark::Quiet, "time"));
        lines.extend(activity.days.iter().rev().take(LISTED).map(|it| {
            Line::plain(format!("{} {}", it.day.weekday(), it.day))
                .up_to(26, Mark::Figure, it.answers.to_string())
                .up_to(36, Mark::Plain, span(it.seconds))
        }));
    }
    lines
}

/// The name of each month over the first week that begins in it.
fn months(monday: Day, weeks: u32, cell: usize) -> Line {
    let starts = (0..weeks).map(|week| (NAME + week as usize * cell, monday.plus(7 * week)));
    let mut names: Vec<(usize, &str)> = Vec::new();
    for (column, day) in starts {
        if names.last().is_none_or(|(_, last)| *last != day.month_name()) {
            names.push((column, day.month_name()));
        }
    }
    let end = NAME + weeks as usize * cell;
    let mut line = Line::default();
    for (at, (column, name)) in names.iter().enumerate() {
        // What is left of a month at either edge may have no room for its name.
        let next = names.get(at + 1).map_or(end + 1, |(next, _)| *next);
        if column + name.len() < next {
            line = line.to(*column).with(Mark::Quiet, *name);
        }
    }
    line
}

/// The shade of a day; days to come have none.
fn shade(scene: Scene<'_>, day: Day, most: u32) -> (&'static str, Mark) {
    let figures = &scene.stats.figures;
    if day > figures.day {
        return (" ", Mark::Plain);
    }
    match level(figures.activity.on(day).answers, most) {
        0 => (shades(scene.theme.ascii)[0], Mark::Quiet),
        level => (shades(scene.theme.ascii)[level], Mark::Local),
    }
}

/// 0 for none, else 1 to 4 by quarters of the most.
fn level(answers: u32, most: u32) -> usize {
    (u64::from(answers) * 4).div_ceil(u64::from(most.max(1))) as usize
}

/// Which shade stands for how many.
fn legend(scene: Scene<'_>, most: u32) -> Line {
    let mut line = Line::quiet("a day:");
    let mut from = 1;
    for level in 1..=4_u32 {
        let to = (u64::from(most) * u64::from(level) / 4) as u32;
        if to < from {
            continue;
        }
        let range = if from == to { format!(" {to}") } else { format!(" {from}-{to}") };
        line = line
            .with(Mark::Plain, "  ")
            .with(Mark::Local, shades(scene.theme.ascii)[level as usize])
            .with(Mark::Plain, range);
        from = to + 1;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    fn shades_are_quarters_of_the_most() {
        assert_eq!([0, 1, 5, 6, 10, 11, 15, 16, 20].map(|n| level(n, 20)), [0, 1, 1, 2, 2, 3, 3, 4, 4]);
        assert_eq!([0, 1].map(|n| level(n, 1)), [0, 4]);
    }
}
