//! Where on its way the run is: what was seen, what happened when, and now.

use ratatui::buffer::Buffer;

use super::figures;
use crate::app::geometry::Area;
use crate::app::lab::scene::Scene;
use crate::app::manner::Motion;
use crate::mesh_view::Nanos;
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

const SECOND: Nanos = 1_000_000_000;
/// The bar covers this much, and grows by this much.
const STEP: Nanos = 60 * SECOND;
const LEAST: Nanos = 3 * STEP;

/// The bar in cells, and what it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// From one end's glyph to the other's, one row.
    pub bar: Area,
    end: Nanos,
}

impl Scale {
    /// The bar in an area; `None` where there is no room for one.
    #[must_use]
    pub fn of(scene: &Scene<'_>, area: Area) -> Option<Self> {
        let marks = &scene.view.marks;
        let newest = marks.iter().map(|(at, _)| *at).fold(scene.newest.max(scene.view.at), Nanos::max);
        let end = (newest / STEP + 1).saturating_mul(STEP).max(LEAST);
        let mut bar = Area { height: 1.min(area.height), ..area }.inset(1, 0);
        bar.cut_left(width(START) as u16);
        bar.cut_right(width(&figures::minutes(end)) as u16 + 1);
        (bar.width >= 4 && bar.height > 0).then_some(Self { bar, end })
    }

    /// Where on the bar a moment is.
    #[must_use]
    pub fn column(&self, at: Nanos) -> u16 {
        1 + (u128::from(at.min(self.end)) * u128::from(self.bar.width - 3) / u128::from(self.end)) as u16
    }

    /// The first moment that is there.
    #[must_use]
    pub fn moment(&self, column: u16) -> Nanos {
        let steps = u64::from(column.min(self.bar.width - 2).saturating_sub(1));
        (u128::from(steps) * u128::from(self.end)).div_ceil(u128::from(self.bar.width - 3)) as Nanos
    }
}

/// Before the bar.
const START: &str = "0:00 ";

pub fn draw(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let Some(scale) = Scale::of(scene, area) else { return };
    let (bar, quiet) = (scale.bar, theme.mark(Mark::Quiet));
    line_at(buf, area.inset(1, 0), 0, 0, START, quiet);
    let right = bar.x + bar.width - area.x;
    line_at(buf, area, 0, right, &format!(" {}", figures::minutes(scale.end)), quiet);
    let column = |at| scale.column(at);
    let seen = column(scene.newest);
    for at in 1..bar.width - 1 {
        let (glyph, mark) = if at <= seen { (Glyph::Ran, Mark::Plain) } else { (Glyph::Ahead, Mark::Frame) };
        line_at(buf, bar, 0, at, theme.glyph(glyph), theme.mark(mark));
    }
    line_at(buf, bar, 0, 0, theme.glyph(Glyph::Start), theme.mark(Mark::Frame));
    line_at(buf, bar, 0, bar.width - 1, theme.glyph(Glyph::End), theme.mark(Mark::Frame));
    for (at, _) in &scene.view.marks {
        line_at(buf, bar, 0, column(*at), theme.glyph(Glyph::Event), theme.mark(Mark::Failure));
    }
    line_at(buf, bar, 0, column(scene.view.at), theme.glyph(Glyph::Here), theme.mark(Mark::Key));
    if area.height > 1 {
        draw_below(scene, theme, Area { y: area.y + 1, height: 1, ..area }.inset(1, 0), bar, &column, buf);
    }
}

/// The words of the newest mark under it, and what the dots are.
fn draw_below(
    scene: &Scene<'_>,
    theme: Theme,
    row: Area,
    bar: Area,
    column: &dyn Fn(Nanos) -> u16,
    buf: &mut Buffer,
) {
    let legend = legend(scene, theme);
    let wide: u16 = legend.iter().map(|(glyph, _, words)| (width(glyph) + width(words)) as u16 + 3).sum();
    let mut left = row;
    let mut right = left.cut_right(wide.min(row.width));
    for (glyph, mark, words) in legend {
        let at = line_at(buf, right, 0, 0, glyph, theme.mark(mark));
        let at = line_at(buf, right, 0, at + 1, &words, theme.mark(Mark::Quiet));
        right.cut_left(at + 2);
    }
    if let Some((at, words)) = scene.view.marks.last() {
        let words = format!("{} {words}", figures::clock(*at));
        left.cut_right(2);
        let words = clipped(&words, usize::from(left.width), theme.glyph(Glyph::Ellipsis));
        let start = (bar.x - row.x + column(*at)).min(left.width.saturating_sub(width(&words) as u16));
        line_at(buf, left, 0, start, &words, theme.mark(Mark::Quiet));
    }
}

/// What the dots mean; the shapes of the pods are named where they stand.
#[must_use]
pub fn legend(scene: &Scene<'_>, theme: Theme) -> Vec<(&'static str, Mark, String)> {
    if scene.motion != Motion::Full {
        let retries = format!("{} retries/s", scene.view.now.retries);
        return vec![
            (theme.glyph(Glyph::Crossing), Mark::Crossing, "crosses".to_owned()),
            (theme.glyph(Glyph::Failure), Mark::Failure, "fails".to_owned()),
            (theme.glyph(Glyph::Retry), Mark::Retry, retries),
            (theme.glyph(Glyph::Event), Mark::Strong, "just changed".to_owned()),
        ];
    }
    let sample = scene.view.sample.max(1);
    let here = match sample {
        1 => "1 dot = 1 request".to_owned(),
        n => format!("1 dot = {n} requests"),
    };
    vec![
        (theme.glyph(Glyph::Request), Mark::Local, here),
        (theme.glyph(Glyph::Crossing), Mark::Crossing, "crosses".to_owned()),
        (theme.glyph(Glyph::Failure), Mark::Failure, "failed (all)".to_owned()),
        (theme.glyph(Glyph::Retry), Mark::Retry, "retry".to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_of_a_column_is_drawn_in_that_column() {
        for (width, end) in [(4, LEAST), (49, LEAST), (101, 7 * STEP), (7, 61)] {
            let scale = Scale { bar: Area { x: 3, y: 9, width, height: 1 }, end };
            for column in 1..width - 1 {
                assert_eq!(scale.column(scale.moment(column)), column, "{width} columns for {end} ns");
            }
            assert_eq!((scale.moment(0), scale.moment(width - 1)), (0, end));
        }
    }
}
