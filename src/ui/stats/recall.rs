//! What would be recalled today, by objective, and how the cards stand.

use super::Scene;
use super::line::{Line, cut, paragraph};
use crate::app::stats::words::{objective_text, percent, standing};
use crate::learner::stats::MATURE_DAYS;
use crate::ui::theme::Mark;

/// Cells of a bar.
const BAR: usize = 10;
/// Columns of the share and of the cards seen.
const SHARE: usize = 7;
const SEEN: usize = 10;

pub(super) fn lines(scene: Scene<'_>) -> Vec<Line> {
    let figures = &scene.stats.figures;
    let (end, bar) = (scene.columns, if scene.columns >= 48 { BAR } else { 0 });
    let share_end = end - SEEN.min(end);
    let name = share_end.saturating_sub(SHARE + bar + 1);
    let head =
        Line::quiet("objective").up_to(share_end, Mark::Quiet, "recall").up_to(end, Mark::Quiet, "seen");
    let mut lines = vec![head];
    for row in &figures.objectives {
        let text = format!("{} {}", row.objective, objective_text(scene.parts, row.objective));
        let share = row.recall.map_or_else(|| "–".to_owned(), percent);
        let line = Line::plain(cut(&text, name.saturating_sub(1), scene.theme)).to(name);
        lines.push(
            line.bar(row.recall.unwrap_or(0.0), bar, scene.theme)
                .up_to(share_end, Mark::Figure, share)
                .up_to(end, Mark::Plain, format!("{} of {}", row.seen, row.cards)),
        );
    }
    lines.push(Line::default());
    let standing = format!("cards: {}", standing(&figures.cards, " · "));
    lines.extend(paragraph(Mark::Plain, &standing, scene.columns));
    if !scene.alone {
        lines.extend(paragraph(Mark::Quiet, "recall: the mean chance over cards seen", scene.columns));
        return lines;
    }
    let note = format!(
        "recall: the mean chance over cards seen, unseen ones apart; mature: due {MATURE_DAYS} days or more after they were asked"
    );
    lines.extend(paragraph(Mark::Quiet, &note, scene.columns));
    lines
}
