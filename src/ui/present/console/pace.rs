//! Time: one line, a bar for each section, and what to do about it.
//!
//! ```text
//!  §4 2:05/3:12  lesson 7:10  +0:16 behind  slack 0:38        plan 15:00  now 7:10  at this pace ends 15:16
//!  1 Recall ✓   2 Learni… ✓  3 Three… ✓   4 Service ►  5 Cross…     6 When… cut
//!  1:10/1:12    0:28/0:30    3:40/3:12    2:05/3:12    2:00         0:00/1:12
//!  ██████████   ██████████   █████████+   ███████░░░   ░░░░░░░░░░   ----------
//! ```

use std::time::Duration;

use ratatui::buffer::Buffer;

use super::{headed, key};
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::present::console::{Console, cut_hint};
use crate::app::present::timing::{State, Stretch};
use crate::app::state::Parts;
use crate::pace::{Drift, Pace, words};
use crate::ui::text::{clipped, clipped_at_word, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme, heights};

pub fn draw(
    console: &Console,
    parts: &Parts,
    theme: Theme,
    area: Area,
    ruled: bool,
    wide: bool,
    buf: &mut Buffer,
) {
    let talk = console.talk();
    let pace = talk.pace(parts, console.now_ms());
    let started = talk.session().clocks.is_started();
    let body = headed("Pace", ruled, theme, area, buf);
    let stretches = talk.stretches(parts, console.now_ms());
    draw_line(&pace, started, wide, theme, body, buf);
    if wide {
        draw_columns(&stretches, theme, body, buf);
        let hint = cut_hint(talk, &pace).unwrap_or_else(|| clock_hint(&pace, started));
        let mark = if pace.advice.is_some() { Mark::Key } else { Mark::Quiet };
        line_at(buf, body, 4, 0, &hint, theme.mark(mark));
    } else if body.height > 1 {
        let at = draw_bars(&stretches, theme, body, buf);
        let room = usize::from(body.width.saturating_sub(at + 2));
        let hint = match cut_hint(talk, &pace) {
            Some(hint) => hint,
            None if started => format!("ends {}", words::clock(pace.projected_end)),
            None => clock_hint(&pace, started),
        };
        let hint = clipped(&hint, room, theme.glyph(Glyph::Ellipsis));
        let mark = if pace.advice.is_some() { Mark::Key } else { Mark::Quiet };
        line_at(buf, body, 1, at + 2, &hint, theme.mark(mark));
    }
}

/// The one line that is always there.
fn draw_line(pace: &Pace, started: bool, wide: bool, theme: Theme, body: Area, buf: &mut Buffer) {
    if !started {
        let words = format!("not started, planned for {}", words::clock(pace.total));
        line_at(buf, body, 0, 0, &words, theme.mark(Mark::Strong));
        return;
    }
    let line = words::fitted(pace, usize::from(body.width));
    let at = line_at(buf, body, 0, 0, &line, theme.mark(mark(pace)));
    let projection = words::projection(pace);
    let column = body.width.saturating_sub(width(&projection) as u16);
    if wide && column > at + 2 {
        line_at(buf, body, 0, column, &projection, theme.mark(Mark::Quiet));
    }
}

/// Words and sign say it too.
fn mark(pace: &Pace) -> Mark {
    match (&pace.advice, pace.drift) {
        (Some(_), _) => Mark::Failure,
        (None, Drift::Behind(_)) => Mark::Crossing,
        (None, Drift::On | Drift::Ahead(_)) => Mark::Strong,
    }
}

fn clock_hint(pace: &Pace, started: bool) -> String {
    let key = key(Action::Clock);
    match (started, pace.frozen) {
        (false, _) => format!("{key} or the first step starts the clock"),
        (true, true) => format!("{key} goes on"),
        (true, false) => format!("{key} stops the clock for questions"),
    }
}

/// A column for each section: name and mark, time, bar.
fn draw_columns(stretches: &[Stretch], theme: Theme, body: Area, buf: &mut Buffer) {
    let count = (stretches.len() as u16).max(1);
    let each = body.width / count;
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    for (index, stretch) in stretches.iter().enumerate() {
        let mut column = body;
        column.cut_left(each * index as u16);
        column.width = each.saturating_sub(1).min(column.width);
        let (sign, look) = look(stretch, theme);
        let room = usize::from(column.width)
            - (width(sign) + usize::from(!sign.is_empty())).min(usize::from(column.width));
        let name = format!("{} {}", stretch.number, stretch.title);
        let whole = clipped_at_word(&name, room, ellipsis);
        let name = if whole.contains(' ') { whole } else { clipped(&name, room, ellipsis) };
        let at = line_at(buf, column, 1, 0, &name, theme.mark(look));
        line_at(buf, column, 1, at + 1, sign, theme.mark(look));
        let over = is_over(stretch);
        let time = if over { Mark::Crossing } else { Mark::Quiet };
        line_at(buf, column, 2, 0, &times(stretch), theme.mark(time));
        draw_bar(stretch, theme, column, 3, buf);
    }
}

fn times(stretch: &Stretch) -> String {
    let planned = words::clock(stretch.planned);
    match (stretch.spent.is_zero(), stretch.planned.is_zero()) {
        // Passed over.
        (true, true) => "-".to_owned(),
        (true, false) => planned,
        (false, _) => format!("{}/{planned}", words::clock(stretch.spent)),
    }
}

fn draw_bar(stretch: &Stretch, theme: Theme, column: Area, row: u16, buf: &mut Buffer) {
    let cells = column.width;
    if stretch.state == State::Cut {
        for at in 0..cells {
            line_at(buf, column, row, at, theme.glyph(Glyph::Rule), theme.mark(Mark::Quiet));
        }
        return;
    }
    let full = (share(stretch) * f64::from(cells)).floor().min(f64::from(cells)) as u16;
    let over = is_over(stretch);
    for at in 0..cells {
        let glyph = match at < full {
            true if over && at + 1 == cells => "+",
            true => theme.glyph(Glyph::Full),
            false => theme.glyph(Glyph::Empty),
        };
        let mark = if over { Mark::Crossing } else { Mark::Quiet };
        line_at(buf, column, row, at, glyph, theme.mark(mark));
    }
}

/// All sections in one row: number, sign, and how much of its time is gone; gives the column after it.
fn draw_bars(stretches: &[Stretch], theme: Theme, body: Area, buf: &mut Buffer) -> u16 {
    let mut at = 0;
    for stretch in stretches {
        let (sign, look) = look(stretch, theme);
        at = line_at(buf, body, 1, at, &stretch.number.to_string(), theme.mark(look));
        let bar = match stretch.state {
            State::Here => level(stretch, theme),
            State::Cut => "x",
            State::Done => sign,
            State::ToCome => theme.glyph(Glyph::Empty),
        };
        let over = if is_over(stretch) { "+" } else { "" };
        let mark = theme.mark(if over.is_empty() { look } else { Mark::Crossing });
        at = line_at(buf, body, 1, at, &format!("{bar}{over}"), mark) + 1;
    }
    at
}

/// How full: one of eight heights.
fn level(stretch: &Stretch, theme: Theme) -> &'static str {
    let heights = heights(theme.ascii);
    heights[((share(stretch) * 7.0).floor().max(0.0) as usize).min(7)]
}

fn share(stretch: &Stretch) -> f64 {
    let planned = stretch.planned.max(Duration::from_millis(1));
    stretch.spent.as_secs_f64() / planned.as_secs_f64()
}

/// Over its time by a second or more.
fn is_over(stretch: &Stretch) -> bool {
    stretch.spent >= stretch.planned + Duration::from_secs(1)
}

fn look(stretch: &Stretch, theme: Theme) -> (&'static str, Mark) {
    match stretch.state {
        State::Done => (theme.glyph(Glyph::Done), Mark::Quiet),
        State::Here => (theme.glyph(Glyph::Pointer), Mark::Strong),
        State::Cut => ("cut", Mark::Crossing),
        State::ToCome => ("", Mark::Plain),
    }
}
