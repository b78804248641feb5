//! What each desired retention costs, to choose from.

use super::Scene;
use super::line::{Line, paragraph};
use crate::app::stats::words::{pace, percent};
use crate::learner::stats::{Workload, WorkloadRow};
use crate::mesh_view::figures::thousands;
use crate::srs::Retention;
use crate::ui::theme::{Glyph, Mark};

/// Columns up to which the share stands.
const SHARE: usize = 9;
/// Cells of the bar of minutes.
const BAR: usize = 16;

/// How wide the table is.
#[derive(Clone, Copy)]
struct Layout {
    names: &'static [&'static str],
    /// Columns of a number.
    cell: usize,
    /// Cells of the bar.
    bar: usize,
}

impl Layout {
    fn of(columns: usize) -> Self {
        let (names, cell): (&[&str], usize) = match columns {
            0..46 => (&["ans./day", "min./day", "kept"], 9),
            46..72 => (&["ans./day", "min./day", "minutes", "kept"], 9),
            _ => (&["answers/day", "minutes/day", "minutes", "remembered"], 14),
        };
        let bar = columns.saturating_sub(SHARE + names.len() * cell + 4).min(BAR);
        Self { names, cell, bar }
    }

    /// Where the bar begins.
    const fn bar_at(self) -> usize {
        self.end(self.names.len() - 1) + 3
    }

    /// Where the number in that place ends.
    const fn end(self, at: usize) -> usize {
        SHARE + (at + 1) * self.cell
    }
}

pub(super) fn lines(scene: Scene<'_>) -> Vec<Line> {
    let (stats, columns) = (scene.stats, scene.columns);
    let (days, cards) = (Workload::DAYS, stats.workload.cards());
    let what = format!(
        "The share of due cards you want to recall, and what it costs over {days} days with these {cards} cards."
    );
    let mut lines = paragraph(Mark::Plain, &what, columns);
    lines.push(Line::default());
    let layout = Layout::of(columns);
    let names = layout.names.iter().enumerate();
    let head = names.fold(Line::default(), |line, (at, name)| line.up_to(layout.end(at), Mark::Quiet, *name));
    let over_bar = if layout.bar >= "minutes".len() { "minutes" } else { "" };
    lines.push(head.to(layout.bar_at()).with(Mark::Quiet, over_bar));
    let rows = stats.workload.rows(stats.retention());
    let most = rows.iter().map(|row| row.minutes).fold(1.0, f64::max);
    for (at, choice) in stats.workload.choices().iter().enumerate() {
        let found = rows.get(at).map(|row| (row, row.minutes / most));
        lines.push(row(scene, layout, (at, *choice), found));
    }
    lines.push(Line::default());
    for note in notes(scene) {
        lines.extend(paragraph(Mark::Quiet, &note, columns));
    }
    lines
}

/// A row; with it, its minutes as a share of the most there are.
fn row(
    scene: Scene<'_>,
    layout: Layout,
    (at, choice): (usize, Retention),
    row: Option<(&WorkloadRow, f64)>,
) -> Line {
    let (stats, theme) = (scene.stats, scene.theme);
    let here = at == stats.at;
    let mark = if here { Mark::Strong } else { Mark::Plain };
    let pointer = if here { theme.glyph(Glyph::Pointer) } else { " " };
    let set = if choice == stats.retention() { theme.glyph(Glyph::Ready) } else { " " };
    let line = Line::new(Mark::Local, pointer)
        .with(Mark::Figure, set)
        .up_to(SHARE - 1, mark, percent(choice.as_share()))
        .focused(here);
    let Some((row, cost)) = row else { return line.to(SHARE + 2).with(Mark::Quiet, "being worked out") };
    let mut numbers = vec![
        format!("{:.1}", row.answers_per_day),
        format!("{:.1}", row.minutes_per_day),
        thousands(row.minutes as u64),
        format!("{:.1}", row.remembered),
    ];
    if layout.names.len() < numbers.len() {
        numbers.remove(2);
    }
    let numbers = numbers.into_iter().enumerate();
    let line = numbers.fold(line, |line, (at, number)| line.up_to(layout.end(at), mark, number));
    line.to(layout.bar_at()).bar(cost, layout.bar, theme)
}

fn notes(scene: Scene<'_>) -> [String; 2] {
    let stats = scene.stats;
    let (set, now) = (scene.theme.glyph(Glyph::Ready), percent(stats.retention().as_share()));
    let new = scene.parts.learner.preferences().new_per_day;
    let (pace, cards) = (pace(&stats.workload), stats.workload.cards());
    [
        format!(
            "{set} {now} is what you have. A change holds from each card's next grade on; dates already given stay."
        ),
        format!(
            "Simulated with FSRS-6 from how each card stands now, {new} new a day, {pace}, the same dice for each \
             row; kept or remembered: cards you would recall at the end, of {cards}."
        ),
    ]
}
