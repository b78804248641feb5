//! True retention by window, and what the model said against what came.

use super::Scene;
use super::line::{Line, paragraph};
use crate::app::stats::words::{days, percent};
use crate::learner::stats::{RecallBin, Tally, Window};
use crate::mesh_view::figures::thousands;
use crate::ui::theme::Mark;

/// Columns of the name of a row.
const NAME: usize = 10;

pub(super) fn lines(scene: Scene<'_>) -> Vec<Line> {
    let figures = &scene.stats.figures;
    let column = (scene.columns.saturating_sub(NAME) / 4).clamp(6, 14);
    let ends: Vec<usize> = (1..=4).map(|at| NAME + at * column).collect();
    let head =
        figures.retention.iter().zip(&ends).fold(Line::default(), |line, (window, end)| {
            line.up_to(*end, Mark::Quiet, heading(window, column))
        });
    let mut lines = vec![head];
    let row = |name: &str, mark, of: fn(&Window) -> Tally| {
        let cells = figures.retention.iter().map(of).zip(&ends);
        cells.fold(Line::plain(name), |line, (tally, end)| line.up_to(*end, mark, share(&tally)))
    };
    lines.push(row("young", Mark::Plain, |window| window.young));
    lines.push(row("mature", Mark::Plain, |window| window.mature));
    lines.push(row("all", Mark::Figure, |window| window.all));
    let counts = figures.retention.iter().zip(&ends).fold(Line::quiet("answers"), |line, (window, end)| {
        line.up_to(*end, Mark::Quiet, thousands(window.all.n.into()))
    });
    lines.push(counts);
    let wanted = format!("wanted {}", percent(figures.desired_retention));
    if scene.alone {
        let how = format!("{wanted}: right at the first answer of a day, of cards with an interval");
        lines.extend(paragraph(Mark::Quiet, &how, scene.columns));
        lines.push(Line::default());
        lines.push(Line::new(Mark::Strong, "Recall that was predicted, and that came"));
    } else {
        lines.push(Line::quiet(wanted));
    }
    lines.extend(bins(scene));
    lines
}

/// A column for each range of predicted recall.
fn bins(scene: Scene<'_>) -> Vec<Line> {
    let bins: Vec<&RecallBin> = scene.stats.figures.forgetting.iter().collect();
    let column = (scene.columns.saturating_sub(NAME) / bins.len().max(1)).clamp(4, 10);
    let cells = |name: &str, mark, of: &dyn Fn(&RecallBin) -> String| {
        bins.iter()
            .enumerate()
            .fold(Line::plain(name), |line, (at, bin)| line.up_to(NAME + (at + 1) * column, mark, of(bin)))
    };
    let dash = || "–".to_owned();
    let whole = |share: f64| format!("{:.0}", share * 100.0);
    vec![
        cells("FSRS %", Mark::Quiet, &|bin| format!("{:.0}-{:.0}", bin.from * 100.0, bin.to * 100.0)),
        cells("said", Mark::Plain, &|bin| bin.predicted.map_or_else(dash, whole)),
        cells("was", Mark::Figure, &|bin| bin.actual.share.map_or_else(dash, whole)),
        cells("answers", Mark::Quiet, &|bin| thousands(bin.actual.n.into())),
    ]
}

/// The window's length, in as many letters as there is room for.
fn heading(window: &Window, column: usize) -> String {
    let whole = days(window);
    if whole.len() < column { whole } else { whole.replace(" days", " d") }
}

fn share(tally: &Tally) -> String {
    tally.share.map_or_else(|| "–".to_owned(), percent)
}
