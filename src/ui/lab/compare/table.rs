//! The comparison as a table, where there is no room for pictures: the same facts, the most wanted ones first.

use ratatui::buffer::Buffer;

use super::bill::PARTS;
use super::tracks::{self, TRACKS};
use super::words;
use crate::app::geometry::Area;
use crate::app::lab::compare::tally::{Tally, best, cheapest};
use crate::app::lab::compare::{Compare, Lane};
use crate::ui::lab::log::wrapped;
use crate::ui::lab::{figures, timebar};
use crate::ui::text::{clipped, line_at, rule};
use crate::ui::theme::{Glyph, Mark, Theme};

/// A row: what it is, how much it is wanted (more is more), and what it holds.
struct Line {
    name: String,
    rank: u8,
    holds: Holds,
}

enum Holds {
    /// Text for each pattern, and which is best.
    Cells([(String, Mark); 3], Option<usize>),
    /// Pods of a region.
    Pods(usize),
    /// The seconds of success.
    Seconds,
}

pub fn draw(compare: &Compare, theme: Theme, area: Area, buf: &mut Buffer) {
    let Panes { time, verdict, said, mut rest, labels } = panes(compare, area);
    timebar::draw(&compare.scene(), theme, time, buf);
    for (row, text) in said.iter().enumerate() {
        line_at(buf, verdict, row as u16, 1, text, theme.mark(Mark::Strong));
    }
    draw_names(compare, theme, labels, rest.cut_top(1), buf);
    let mut lines = lines(compare);
    if usize::from(rest.height) > lines.len() {
        rule(buf, rest.cut_top(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
    }
    let mut ranks: Vec<u8> = lines.iter().map(|line| line.rank).collect();
    ranks.sort_unstable_by(|one, other| other.cmp(one));
    let least = ranks.get(usize::from(rest.height).saturating_sub(1)).copied().unwrap_or(0);
    lines.retain(|line| line.rank >= least);
    for line in &lines {
        draw_line(compare, line, theme, labels, rest.cut_top(1), buf);
    }
}

/// Where the parts are, and the verdict in lines.
struct Panes {
    /// Empty where there is no room for it.
    time: Area,
    verdict: Area,
    said: Vec<String>,
    /// The names of the patterns, and a row each.
    rest: Area,
    /// Columns of the rows' names.
    labels: u16,
}

fn panes(compare: &Compare, area: Area) -> Panes {
    let mut rest = area;
    let labels = match area.width {
        76.. => 15,
        56.. => 12,
        _ => 9,
    };
    let time = rest.cut_bottom(u16::from(area.height >= 12));
    let said = wrapped(&format!("Verdict: {}", words::verdict(compare)), usize::from(area.width.max(12)) - 2);
    let verdict = rest.cut_bottom((said.len() as u16).min(2));
    Panes { time, verdict, said, rest, labels }
}

/// The bar of time, and the column of each pattern.
#[must_use]
pub fn spots(compare: &Compare, area: Area) -> (Area, [Area; 3]) {
    let panes = panes(compare, area);
    (panes.time, [0, 1, 2].map(|index| cell(panes.rest, panes.labels, index)))
}

/// The column of a pattern in a row.
fn cell(row: Area, labels: u16, index: usize) -> Area {
    let (room, index) = (row.width.saturating_sub(labels + 1), index as u16);
    let (from, to) = (room * index / 3, room * (index + 1) / 3);
    Area { x: row.x + labels + 1 + from, width: (to - from).saturating_sub(1), ..row }
}

fn draw_names(compare: &Compare, theme: Theme, labels: u16, row: Area, buf: &mut Buffer) {
    line_at(buf, row, 0, 1, &format!("SLO {}", words::objective(compare.slo())), theme.mark(Mark::Key));
    for (index, lane) in compare.lanes().iter().enumerate() {
        let mark = match (compare.column == index, lane.is_on()) {
            (true, _) => Mark::Selected,
            (false, true) => Mark::Strong,
            (false, false) => Mark::Quiet,
        };
        line_at(buf, cell(row, labels, index), 0, 0, &lane.name(), theme.mark(mark));
    }
}

fn draw_line(compare: &Compare, line: &Line, theme: Theme, labels: u16, row: Area, buf: &mut Buffer) {
    let name = clipped(&line.name, usize::from(labels.saturating_sub(1)), "");
    line_at(buf, row, 0, 1, &name, theme.mark(Mark::Quiet));
    for (index, lane) in compare.lanes().iter().enumerate() {
        let cell = cell(row, labels, index);
        match &line.holds {
            _ if !lane.is_on() => drop(line_at(buf, cell, 0, 0, "-", theme.mark(Mark::Quiet))),
            Holds::Cells(cells, winner) => {
                let (text, mark) = &cells[index];
                let at = line_at(buf, cell, 0, 0, text, theme.mark(*mark));
                if *winner == Some(index) {
                    line_at(buf, cell, 0, at + 1, theme.glyph(Glyph::ArrowLeft), theme.mark(Mark::Key));
                }
            }
            Holds::Pods(region) => draw_pods(lane, *region, theme, cell, buf),
            Holds::Seconds => {
                let scale = tracks::scale(compare, &TRACKS[0], usize::from(cell.width));
                tracks::spark(lane, &TRACKS[0], scale, theme, cell, buf);
            }
        }
    }
}

fn draw_pods(lane: &Lane, region: usize, theme: Theme, cell: Area, buf: &mut Buffer) {
    let view = lane.view();
    let mut at = 0;
    for (text, mark) in words::pods(view, region, 6, theme) {
        at = line_at(buf, cell, 0, at, &text, theme.mark(mark));
    }
    let split = words::split(view, region);
    // Where there is little room the share that stays is what is wanted.
    let short = split.split(',').next().unwrap_or_default();
    let room = usize::from(cell.width.saturating_sub(at + 1));
    line_at(buf, cell, 0, at + 1, &clipped(short, room, ""), theme.mark(Mark::Quiet));
}

fn lines(compare: &Compare) -> Vec<Line> {
    let view = compare.scene().view;
    let mut lines: Vec<Line> = (0..view.regions.len().min(2))
        .map(|region| Line {
            name: format!("{} {}", figures::initial(&view.regions[region].name), words::service(view)),
            rank: 10,
            holds: Holds::Pods(region),
        })
        .collect();
    for (track, rank) in TRACKS.iter().zip([20, 19, 18, 12]) {
        let whole = |tally: &Tally| (track.whole)(tally);
        lines.push(figures_line(compare, (track.name, rank), track.shown, &whole, Some(track.more)));
        if track.name == "success" {
            lines.push(Line { name: "each second".to_owned(), rank: 9, holds: Holds::Seconds });
            let worst = |tally: &Tally| (track.worst)(tally);
            lines.push(figures_line(compare, ("worst 10 s", 11), track.shown, &worst, None));
        }
    }
    for ((name, _, of), rank) in PARTS.into_iter().zip([5, 6, 6, 5, 8, 17]) {
        let part = |tally: &Tally| of(&tally.bill);
        let (name, more) = if name == "total" { ("total $/h", Some(false)) } else { (name, None) };
        lines.push(figures_line(compare, (name, rank), words::dollars, &part, more));
    }
    let takes = cheapest(words::tallies(compare), |tally| tally.meets(compare.slo()));
    let meets = [0, 1, 2].map(|index| {
        let (words, mark, _) = words::meets(compare, index);
        (words.to_owned(), mark)
    });
    lines.push(Line { name: "keeps it".to_owned(), rank: 16, holds: Holds::Cells(meets, takes) });
    let failed = words::tallies(compare).map(|tally| {
        let mark = if tally.is_some_and(|tally| tally.failed > 0) { Mark::Failure } else { Mark::Plain };
        (tally.map_or_else(String::new, words::failed), mark)
    });
    lines.push(Line { name: "failed".to_owned(), rank: 13, holds: Holds::Cells(failed, None) });
    lines
}

fn figures_line(
    compare: &Compare,
    (name, rank): (&str, u8),
    shown: fn(Option<f64>) -> String,
    of: &dyn Fn(&Tally) -> Option<f64>,
    more: Option<bool>,
) -> Line {
    let values = words::tallies(compare).map(|tally| tally.and_then(of));
    let winner = more.and_then(|more| best(values, more));
    let cells = values.map(|value| (shown(value), Mark::Plain));
    Line { name: name.to_owned(), rank, holds: Holds::Cells(cells, winner) }
}
