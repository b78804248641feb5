//! The same seconds under each pattern, one row each, on one scale.

use ratatui::buffer::Buffer;

use super::words;
use crate::app::geometry::Area;
use crate::app::lab::compare::tally::{Tally, best};
use crate::app::lab::compare::{Compare, Lane};
use crate::mesh_view::Gauges;
use crate::ui::lab::{figures, panel};
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme, heights};

/// Columns of the names before a row's seconds.
const NAMES: u16 = 26;
/// Columns of its figures behind them.
const FIGURES: u16 = 38;
/// The full block is left out: rows would run into each other.
const TOP: f64 = 6.0;
const SECOND: u64 = 1_000_000_000;

/// A figure that is compared.
pub struct Track {
    pub name: &'static str,
    pub of: fn(&Gauges) -> Option<f64>,
    pub whole: fn(&Tally) -> Option<f64>,
    pub worst: fn(&Tally) -> Option<f64>,
    pub shown: fn(Option<f64>) -> String,
    /// More is better.
    pub more: bool,
    /// How a second of that value looks.
    look: fn(f64) -> Mark,
}

pub const TRACKS: [Track; 4] = [
    Track {
        name: "success",
        of: figures::success,
        whole: Tally::success_percent,
        worst: |tally| tally.worst.success_percent,
        shown: |value| words::percent(value, 2),
        more: true,
        look: |share| if share < 100.0 { Mark::Failure } else { Mark::Quiet },
    },
    Track {
        name: "p99",
        of: |second| second.p99_ms,
        whole: |tally| tally.p99_ms,
        worst: |tally| tally.worst.p99_ms,
        shown: words::millis,
        more: false,
        look: |_| Mark::Local,
    },
    Track {
        name: "local",
        of: |second| second.local_percent,
        whole: |tally| tally.local_percent,
        worst: |tally| tally.worst.local_percent,
        shown: |value| words::percent(value, 1),
        more: true,
        look: |share| if share < 99.95 { Mark::Crossing } else { Mark::Quiet },
    },
    Track {
        name: "cross GB/h",
        of: |second| Some(second.cross_bytes as f64 * 3600.0 / 1e9),
        whole: |tally| tally.gb_per_hour,
        worst: |tally| tally.worst.gb_per_hour,
        shown: words::gigabytes,
        more: false,
        look: |rate| if rate > 0.0 { Mark::Crossing } else { Mark::Quiet },
    },
];

pub fn draw(compare: &Compare, theme: Theme, area: Area, airy: bool, buf: &mut Buffer) {
    let mut rest = area;
    let head = rest.cut_top(1);
    let mut seconds = head;
    seconds.cut_left(NAMES);
    seconds.cut_right(FIGURES);
    panel::headed_rule("The same seconds", theme, head, 0, buf);
    draw_marks(compare, theme, seconds, buf);
    right(buf, head, head.width - 25, " whole run ", theme.mark(Mark::Quiet));
    right(buf, head, head.width - 1, " worst 10 s ", theme.mark(Mark::Quiet));
    for (index, track) in TRACKS.iter().enumerate() {
        if airy && index > 0 {
            rest.cut_top(1);
        }
        draw_track(compare, track, theme, rest.cut_top(3), buf);
    }
}

/// When something was done, above the second in which it was.
fn draw_marks(compare: &Compare, theme: Theme, seconds: Area, buf: &mut Buffer) {
    let scene = compare.scene();
    let known = scene.view.seconds.len().min(usize::from(seconds.width));
    let end = scene.view.at / SECOND;
    for (at, _) in &scene.view.marks {
        let back = end.saturating_sub(at / SECOND) as usize;
        if (1..=known).contains(&back) {
            let column = (known - back) as u16;
            line_at(buf, seconds, 0, column, theme.glyph(Glyph::Event), theme.mark(Mark::Failure));
        }
    }
}

fn draw_track(compare: &Compare, track: &Track, theme: Theme, rows: Area, buf: &mut Buffer) {
    let quiet = theme.mark(Mark::Quiet);
    line_at(buf, rows, 0, 1, track.name, theme.mark(Mark::Strong));
    let scale = scale(compare, track, usize::from(rows.width));
    let winner = best(words::tallies(compare).map(|tally| tally.and_then(track.whole)), track.more);
    for (index, lane) in compare.lanes().iter().enumerate() {
        let mut row = Area { y: rows.y + index as u16, height: 1, ..rows };
        if row.y >= rows.y + rows.height {
            break;
        }
        line_at(buf, row, 0, 12, &lane.name(), if lane.is_on() { theme.mark(Mark::Plain) } else { quiet });
        if !lane.is_on() {
            line_at(buf, row, 0, NAMES, "left out", quiet);
            continue;
        }
        let whole = row;
        row.cut_left(NAMES);
        row.cut_right(FIGURES);
        spark(lane, track, scale, theme, row, buf);
        let figure = (track.shown)((track.whole)(lane.tally()));
        right(buf, whole, whole.width - 26, &figure, theme.mark(Mark::Strong));
        if winner == Some(index) {
            let words = format!("{} best", theme.glyph(Glyph::ArrowLeft));
            line_at(buf, whole, 0, whole.width - 24, &words, theme.mark(Mark::Key));
        }
        right(buf, whole, whole.width - 2, &(track.shown)((track.worst)(lane.tally())), quiet);
    }
}

/// Text that ends before a column.
fn right(buf: &mut Buffer, row: Area, end: u16, text: &str, style: ratatui::style::Style) {
    line_at(buf, row, 0, end.saturating_sub(width(text) as u16), &clipped(text, 24, ""), style);
}

/// The bottom and the top, the same for all patterns.
pub fn scale(compare: &Compare, track: &Track, columns: usize) -> (f64, f64) {
    let on = compare.lanes().iter().filter(|lane| lane.is_on());
    let values = on.flat_map(|lane| lane.view().seconds.iter().rev().take(columns)).filter_map(track.of);
    let (least, most) = values.fold((100.0_f64, 0.0_f64), |(least, most), v| (least.min(v), most.max(v)));
    match track.name {
        // Nearly all is not enough to be seen on a scale from 0: the bottom is the worst second.
        "success" => (least.min(99.0) - 1.0, 100.0),
        "local" => (0.0, 100.0),
        _ => (0.0, most.max(1.0)),
    }
}

/// From the left, and once it is full the newest second is at the right end.
pub fn spark(lane: &Lane, track: &Track, (low, high): (f64, f64), theme: Theme, row: Area, buf: &mut Buffer) {
    let levels = heights(theme.ascii);
    let seconds = &lane.view().seconds;
    let known = &seconds[seconds.len().saturating_sub(usize::from(row.width))..];
    for (column, second) in known.iter().enumerate() {
        let Some(value) = (track.of)(second) else { continue };
        let part = ((value - low) / (high - low).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        let level = levels[(part * TOP).round() as usize];
        line_at(buf, row, 0, column as u16, level, theme.mark((track.look)(value)));
    }
}
