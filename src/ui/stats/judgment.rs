//! How sure the learner was and how right: of cards, and of predictions.

use super::Scene;
use super::line::{Line, paragraph};
use crate::app::stats::words::{OVER_SURE, furthest, is_over_sure, lean, percent, tally};
use crate::learner::stats::{LEAST, Sureness};
use crate::mesh_view::figures::thousands;
use crate::ui::theme::Mark;

/// Columns up to which numbers of answers and shares stand.
const COUNT: usize = 21;
const SHARE: usize = 29;
/// Cells of a bar.
const BAR: usize = 20;
/// Stands behind a bar.
const VERDICT: &str = " over-sure";

pub(super) fn lines(scene: Scene<'_>) -> Vec<Line> {
    let figures = &scene.stats.figures;
    let head =
        |what: &str| Line::quiet(what).up_to(COUNT, Mark::Quiet, "n").up_to(SHARE, Mark::Quiet, "right");
    let mut lines = vec![head("cards")];
    lines.extend(degrees(scene, &figures.confidence));
    if scene.alone {
        lines.push(Line::quiet(format!("Hard counts as right; shown from {LEAST} answers on")));
        lines.extend(note(&figures.confidence));
        lines.push(Line::default());
    }
    let predictions = &figures.predictions;
    lines.push(head("predictions"));
    lines.extend(degrees(scene, &predictions.confidence));
    if scene.alone {
        lines.extend(note(&predictions.confidence));
    }
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
        let furthest = furthest(&points.biggest, scene.parts);
        lines.extend(paragraph(Mark::Quiet, &furthest, scene.columns));
    }
    lines
}

/// What the verdict means, where it is given.
fn note(rows: &[Sureness]) -> Option<Line> {
    rows.iter().any(|row| is_over_sure(row, rows)).then(|| Line::quiet(OVER_SURE))
}

fn degrees(scene: Scene<'_>, rows: &[Sureness]) -> Vec<Line> {
    let line = |row: &Sureness| {
        let line = Line::plain(row.said.word()).up_to(COUNT, Mark::Plain, thousands(row.was.n.into()));
        let Some(share) = row.was.share else { return line.up_to(SHARE, Mark::Quiet, "–") };
        let room = scene.columns.saturating_sub(SHARE + 2);
        let has_room = room > 2 * VERDICT.len();
        let cells = if has_room { room - VERDICT.len() } else { room }.min(BAR);
        let verdict = if has_room && is_over_sure(row, rows) { VERDICT } else { "" };
        let line = line.up_to(SHARE, Mark::Figure, percent(share)).to(SHARE + 2);
        line.bar(share, cells, scene.theme).with(Mark::Crossing, verdict)
    };
    rows.iter().map(line).collect()
}
