//! The three patterns side by side: what each is, the same seconds, one bill, one verdict.
//!
//! ```text
//! ┌ 1 dual ────────┐┌ 2 federation ──┐┏ 3 mesh ━━━━━━━━┓
//! │ E payment ●●◐◐ ││                ││                ┃
//! └────────────────┘└────────────────┘┗━━━━━━━━━━━━━━━━┛
//! ── The same seconds ───────────────────────────────────
//! success  1 dual  ▇▇▇▅▅▅▅▅   91.24 %         68.80 %
//! ── Bill ───────────────────────────────────────────────
//! Verdict: 3 mesh is the cheapest that keeps 99.9 %
//! ```

mod bill;
mod columns;
pub mod spoken;
mod table;
mod tracks;
mod words;

use ratatui::buffer::Buffer;

use super::{figures, running, timebar};
use crate::app::geometry::Area;
use crate::app::lab::compare::Compare;
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// A frame and what is in it.
const COLUMN_ROWS: u16 = 8;
/// A heading, names of columns, a row each, the verdict.
const BILL_ROWS: u16 = 6;
/// A heading, and four figures of three patterns.
const TRACK_ROWS: u16 = 13;

/// What the header says: what is compared, then how it runs.
#[must_use]
pub fn titles(compare: &Compare, theme: Theme) -> (String, String) {
    let scene = compare.scene();
    let left = format!("COMPARE  {} · same users, same failures", scene.view.scenario);
    let left = if theme.ascii { left.replace('·', "-") } else { left };
    (left, running(&scene, "catching up", theme))
}

/// The whole screen.
pub fn draw(compare: &Compare, theme: Theme, area: Area, buf: &mut Buffer) {
    let Some(panes) = panes(area) else { return table::draw(compare, theme, area, buf) };
    timebar::draw(&compare.scene(), theme, panes.time, buf);
    draw_marks(compare, theme, panes.marks, buf);
    columns::draw(compare, theme, panes.columns, buf);
    tracks::draw(compare, theme, panes.tracks, panes.tracks.height >= TRACK_ROWS + 3, buf);
    bill::draw(compare, theme, panes.bill, buf);
}

/// Where time and patterns can be pointed at: the bar, and a column for each pattern.
#[must_use]
pub fn spots(compare: &Compare, area: Area) -> (Area, [Area; 3]) {
    match panes(area) {
        Some(panes) => (panes.time, [0, 1, 2].map(|index| columns::frame(panes.columns, index))),
        None => table::spots(compare, area),
    }
}

/// Where the parts of a large screen are.
struct Panes {
    time: Area,
    marks: Area,
    columns: Area,
    tracks: Area,
    bill: Area,
}

fn panes(area: Area) -> Option<Panes> {
    let least = COLUMN_ROWS + TRACK_ROWS + BILL_ROWS + 1;
    if area.width < 100 || area.height < least {
        return None;
    }
    let mut rest = area;
    let mut spare = area.height - least;
    let mut gap = |wanted: u16| {
        let rows = wanted.min(spare);
        spare -= rows;
        rows
    };
    let (under_bar, in_columns, in_bill, between) = (gap(1), gap(1), gap(1), gap(3));
    let mut marks = rest.cut_bottom(1 + under_bar);
    let time = marks.cut_top(1);
    let columns = rest.cut_top(COLUMN_ROWS + in_columns);
    let tracks = rest.cut_top(TRACK_ROWS + between);
    Some(Panes { time, marks, columns, tracks, bill: rest.cut_top(BILL_ROWS + in_bill) })
}

/// The newest failure in words, and what the shapes of pods mean.
fn draw_marks(compare: &Compare, theme: Theme, row: Area, buf: &mut Buffer) {
    let mut left = row.inset(1, 0);
    let shapes = [
        (Glyph::Ready, Mark::Plain, "serves"),
        (Glyph::Erring, Mark::Failure, "errs"),
        (Glyph::Ejected, Mark::Retry, "ejected"),
        (Glyph::NotReady, Mark::Retry, "not ready"),
        (Glyph::Down, Mark::Failure, "down"),
    ];
    let wide: usize = shapes.iter().map(|(_, _, words)| width(words) + 4).sum();
    let right = left.cut_right(wide as u16);
    let mut at = 0;
    for (glyph, mark, words) in shapes {
        line_at(buf, right, 0, at, theme.glyph(glyph), theme.mark(mark));
        at = line_at(buf, right, 0, at + 2, words, theme.mark(Mark::Quiet)) + 2;
    }
    let scene = compare.scene();
    let words = match scene.view.marks.last() {
        Some((at, words)) => format!("{}  {words}", figures::clock(*at)),
        None => "Nothing is broken: f and a letter breaks it in all of them.".to_owned(),
    };
    let words = clipped(&words, usize::from(left.width.saturating_sub(2)), theme.glyph(Glyph::Ellipsis));
    line_at(buf, left, 0, 0, &words, theme.mark(Mark::Quiet));
}
