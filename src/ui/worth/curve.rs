//! The bills over the rate of requests, both on scales of tens, and what is marked on them.
//!
//! With dots of braille each pattern has its own stroke, so that it needs no color: dotted, dashed, drawn through. In
//! ASCII each is drawn with its number.

use ratatui::buffer::Buffer;

use super::{PATTERN_MARKS, headed_rule};
use crate::app::geometry::Area;
use crate::app::worth::Worth;
use crate::app::worth::curve::{Curve, Marked};
use crate::app::worth::sheet::NAMES;
use crate::mesh_view::figures::thousands;
use crate::ui::text::{clipped_at_word, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Columns for dollars at the left.
const AXIS: u16 = 9;
/// Dots of a braille cell.
const ACROSS: usize = 2;
const DOWN: usize = 4;
/// Bits of a braille cell, a column of dots each.
const DOTS: [[u8; DOWN]; ACROSS] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

pub fn draw(worth: &Worth, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    let head = rest.cut_top(1);
    let mut axis = rest.cut_bottom(1);
    let names = rest.cut_right(if area.width >= 56 { 14 } else { 3 });
    axis.cut_right(names.width);
    let dollars = rest.cut_left(AXIS);
    if rest.is_empty() {
        return;
    }
    let across = if theme.ascii { 1 } else { ACROSS };
    let Some(curve) = worth.curve(usize::from(rest.width) * across) else { return };
    headed_rule(&legend(&curve, theme, area.width), theme, head, 0, buf);
    let plot = Plot::of(&curve, rest, theme.ascii);
    plot.draw(theme, buf);
    plot.draw_marks(theme, buf);
    plot.draw_dollars(dollars, theme, buf);
    plot.draw_names(names, theme, buf);
    plot.draw_rates(axis, theme, buf);
}

/// What is drawn and what is marked on it, as far as it fits.
fn legend(curve: &Curve, theme: Theme, columns: u16) -> String {
    let rates = |kind: Marked| {
        let mut rates: Vec<u64> =
            curve.marks.iter().filter(|(marked, ..)| *marked == kind).map(|(_, rate, _)| *rate).collect();
        rates.sort_unstable();
        rates.dedup();
        rates.into_iter().map(thousands).collect::<Vec<_>>().join(" and ")
    };
    let mut parts = vec!["Bills by requests/s".to_owned()];
    match rates(Marked::BreakEven) {
        found if found.is_empty() => parts.push("no break-even".to_owned()),
        found => parts.push(format!("{} break-even {found}", theme.glyph(Glyph::Here))),
    }
    let usual = rates(Marked::Usual);
    if !usual.is_empty() {
        parts.push(format!("{} at 15-20 % {usual}", theme.glyph(Glyph::Crossing)));
    }
    parts.push(format!("{} you {}", theme.glyph(Glyph::Event), thousands(curve.own)));
    clipped_at_word(&parts.join("  "), usize::from(columns.saturating_sub(6)), theme.glyph(Glyph::Ellipsis))
}

/// A curve and the cells it is drawn in.
struct Plot<'a> {
    curve: &'a Curve,
    area: Area,
    ascii: bool,
    /// Logarithms of the least and the most dollars.
    low: f64,
    high: f64,
}

impl<'a> Plot<'a> {
    fn of(curve: &'a Curve, area: Area, ascii: bool) -> Self {
        let all = curve.points.iter().flat_map(|point| point.totals);
        let low = all.clone().min().unwrap_or(1).max(1);
        let high = all.max().unwrap_or(1).max(low + 1);
        Self { curve, area, ascii, low: libm::log(low as f64), high: libm::log(high as f64) }
    }

    const fn down(&self) -> usize {
        if self.ascii { 1 } else { DOWN }
    }

    /// Rows of dots.
    fn levels(&self) -> usize {
        usize::from(self.area.height) * self.down()
    }

    /// The row of dots of so many micro-dollars, from the top.
    fn level(&self, micro: u64) -> usize {
        let most = self.levels().saturating_sub(1);
        let share = (libm::log(micro.max(1) as f64) - self.low) / (self.high - self.low);
        most - (libm::round(share.clamp(0.0, 1.0) * most as f64) as usize).min(most)
    }

    /// The row of a cell.
    fn row(&self, micro: u64) -> u16 {
        (self.level(micro) / self.down()) as u16
    }

    /// The column of a rate; `None` outside of the range.
    fn column(&self, rate: u64) -> Option<u16> {
        let at = |rate: u64| libm::log(rate.max(1) as f64);
        let share = (at(rate) - at(self.curve.from)) / (at(self.curve.to) - at(self.curve.from));
        let most = f64::from(self.area.width.saturating_sub(1));
        (0.0..=1.0).contains(&share).then(|| libm::round(share * most) as u16)
    }

    fn draw(&self, theme: Theme, buf: &mut Buffer) {
        let columns = usize::from(self.area.width);
        let mut cells = vec![(0_u8, None); columns * usize::from(self.area.height)];
        for pattern in 0..NAMES.len() {
            let levels: Vec<usize> =
                self.curve.points.iter().map(|point| self.level(point.totals[pattern])).collect();
            for (x, &level) in levels.iter().enumerate().filter(|(x, _)| self.ascii || is_drawn(pattern, *x))
            {
                // Steep parts are joined to the point before.
                let before = x.checked_sub(1).map_or(level, |before| levels[before]);
                let (top, bottom) = match before.cmp(&level) {
                    std::cmp::Ordering::Less => (before + 1, level),
                    std::cmp::Ordering::Equal => (level, level),
                    std::cmp::Ordering::Greater => (level, before - 1),
                };
                for y in top..=bottom {
                    let (column, dot) = if self.ascii { (x, 0) } else { (x / ACROSS, x % ACROSS) };
                    let place = y / self.down() * columns + column;
                    if let Some((dots, owner)) = cells.get_mut(place) {
                        *dots |= DOTS[dot][y % self.down()];
                        *owner = Some(pattern);
                    }
                }
            }
        }
        for (place, &(dots, owner)) in cells.iter().enumerate() {
            let Some(pattern) = owner else { continue };
            let glyph = if self.ascii { (b'1' + pattern as u8) as char } else { braille(dots) };
            let (row, column) = ((place / columns) as u16, (place % columns) as u16);
            line_at(buf, self.area, row, column, &glyph.to_string(), theme.mark(PATTERN_MARKS[pattern]));
        }
    }

    fn draw_marks(&self, theme: Theme, buf: &mut Buffer) {
        for &(marked, rate, micro) in &self.curve.marks {
            let glyph = match marked {
                Marked::BreakEven => Glyph::Here,
                Marked::Usual => Glyph::Crossing,
            };
            if let Some(column) = self.column(rate) {
                let style = theme.mark(Mark::Strong);
                line_at(buf, self.area, self.row(micro), column, theme.glyph(glyph), style);
            }
        }
    }

    /// The most dollars at the top, the least at the bottom, and a line beside the plot.
    fn draw_dollars(&self, area: Area, theme: Theme, buf: &mut Buffer) {
        let quiet = theme.mark(Mark::Quiet);
        for row in 0..area.height {
            line_at(buf, area, row, area.width - 1, theme.glyph(Glyph::Bar), theme.mark(Mark::Frame));
        }
        let last = area.height.saturating_sub(1);
        let middle = (last >= 6).then_some((last / 2, f64::midpoint(self.low, self.high)));
        for (row, log) in [(0, self.high), (last, self.low)].into_iter().chain(middle) {
            let words = dollars(libm::exp(log) / 1e6);
            let at = (area.width - 1).saturating_sub(width(&words) as u16 + 1);
            line_at(buf, area, row, at, &words, quiet);
        }
    }

    /// Each name where its curve ends, or in the nearest row that is free.
    fn draw_names(&self, area: Area, theme: Theme, buf: &mut Buffer) {
        let Some(last) = self.curve.points.last() else { return };
        let mut taken: Vec<u16> = Vec::new();
        let mut order: Vec<usize> = (0..NAMES.len()).collect();
        order.sort_by_key(|&pattern| std::cmp::Reverse(last.totals[pattern]));
        for pattern in order {
            let wanted = self.row(last.totals[pattern]);
            let rows = (0..area.height).filter(|row| !taken.contains(row));
            let Some(row) = rows.min_by_key(|row| (row.abs_diff(wanted), *row)) else { return };
            taken.push(row);
            let name = format!("{} {}", pattern + 1, NAMES[pattern]);
            line_at(buf, area, row, 1, &name, theme.mark(PATTERN_MARKS[pattern]));
        }
    }

    /// Powers of ten, and where the learner stands.
    fn draw_rates(&self, area: Area, theme: Theme, buf: &mut Buffer) {
        let mut power = self.curve.from;
        while power <= self.curve.to {
            if let Some(column) = self.column(power) {
                let words = short(power);
                let most = area.width.saturating_sub(width(&words) as u16);
                line_at(buf, area, 0, (AXIS + column).min(most), &words, theme.mark(Mark::Quiet));
            }
            power = power.saturating_mul(10);
        }
        if let Some(column) = self.column(self.curve.own) {
            line_at(buf, area, 0, AXIS + column, theme.glyph(Glyph::Event), theme.mark(Mark::Key));
        }
    }
}

/// Whether a pattern's stroke has ink in a column of dots.
const fn is_drawn(pattern: usize, x: usize) -> bool {
    match pattern {
        0 => x.is_multiple_of(3),
        1 => x % 6 < 4,
        _ => true,
    }
}

fn braille(dots: u8) -> char {
    char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' ')
}

/// `10`, `1k`, `10M`.
fn short(power: u64) -> String {
    match power {
        1_000_000.. => format!("{}M", power / 1_000_000),
        1_000.. => format!("{}k", power / 1_000),
        _ => power.to_string(),
    }
}

/// In at most seven columns.
fn dollars(usd: f64) -> String {
    match usd {
        usd if usd < 10.0 => format!("${usd:.2}"),
        usd if usd < 100.0 => format!("${usd:.1}"),
        usd if usd < 10_000.0 => format!("${usd:.0}"),
        usd if usd < 1e7 => format!("${:.0}k", usd / 1e3),
        usd => format!("${:.0}M", usd / 1e6),
    }
}
