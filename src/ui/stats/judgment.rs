//! How sure the learner was and how right: of cards, and of predictions.

use super::Scene;
use super::line::{Line, paragraph};
use crate::app::stats::words::{lean, percent, tally};
use crate::learner::stats::{LEAST, Sureness};
use crate::mesh_view::figures::thousands;
use crate::ui::theme::Mark;

/// Columns up to which numbers of answers and shares stand.
const COUNT: usize = 21;
const SHARE: usize = 29;
/// Cells of a bar.
const BAR: usize = 20;

pub(super) fn lines(scene: Scene<'_>) -> Vec<Line> {
    let figures = &scene.stats.figures;
    let head =
        |what: &str| Line::quiet(what).up_to(COUNT, Mark::Quiet, "n").up_to(SHARE, Mark::Quiet, "right");
    let mut lines = vec![head("cards")];
    lines.extend(figures.confidence.iter().map(|row| degree(scene, row)));
    if scene.alone {
        lines.push(Line::quiet(format!("Hard counts as right; shown from {LEAST} answers on")));
        lines.push(Line::default());
    }
    let predictions = &figures.predictions;
    lines.push(head("predictions"));
    lines.extend(predictions.confidence.iter().map(|row| degree(scene, row)));
    let mut rest = format!("{} predictions right", tally(&predictions.all));
    if predictions.all.n == 0 {
        "no prediction yet: the lab and the lesson ask before a break".clone_into(&mut rest);
    }
    lines.extend(paragraph(Mark::Plain, &rest, scene.columns));
    if let Some(points) = &predictions.points {
        let off =
            format!("off by {:.1} points over {}, {}", points.mean_off, points.n, lean(points.mean_lean));
        lines.extend(paragraph(Mark::Plain, &off, scene.columns));
        if !scene.alone {
            return lines;
        }
        let miss = &points.biggest;
        let furthest = format!("furthest off: {}, said {} %, was {} %", miss.of, miss.said, miss.was);
        lines.extend(paragraph(Mark::Quiet, &furthest, scene.columns));
    }
    lines
}

fn degree(scene: Scene<'_>, row: &Sureness) -> Line {
    let line = Line::plain(row.said.word()).up_to(COUNT, Mark::Plain, thousands(row.was.n.into()));
    let cells = scene.columns.saturating_sub(SHARE + 2).min(BAR);
    match row.was.share {
        Some(share) => {
            line.up_to(SHARE, Mark::Figure, percent(share)).to(SHARE + 2).bar(share, cells, scene.theme)
        }
        None => line.up_to(SHARE, Mark::Quiet, "–"),
    }
}
