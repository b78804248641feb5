//! One bill, and what it buys.

use ratatui::buffer::Buffer;

use super::words;
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::compare::Compare;
use crate::app::lab::compare::tally::{Cost, cheapest};
use crate::ui::lab::panel;
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// A part of the bill: its name, where its figures end, and which figure.
type Part = (&'static str, u16, fn(&Cost) -> Option<f64>);

/// In the order of the sum.
pub const PARTS: [Part; 6] = [
    ("pods", 22, |bill| Some(bill.pods)),
    ("mesh", 31, |bill| Some(bill.mesh)),
    ("control", 40, |bill| Some(bill.control_plane)),
    ("dns", 49, |bill| bill.dns),
    ("transfer", 59, |bill| bill.transfer),
    ("total", 69, |bill| Some(bill.total)),
];
const MEETS: u16 = 75;

pub fn draw(compare: &Compare, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    let head = rest.cut_top(1);
    panel::headed_rule("Bill, $ an hour", theme, head, 0, buf);
    let key = keymap::shown(Context::Compare, Action::NextSlo);
    let asked = words::objective(compare.slo());
    let words = format!(" SLO {asked}, {key} changes it ");
    line_at(buf, head, 0, head.width.saturating_sub(width(&words) as u16 + 1), &words, theme.mark(Mark::Key));
    let names = rest.cut_top(1);
    let quiet = theme.mark(Mark::Quiet);
    for (name, end, _) in PARTS {
        line_at(buf, names, 0, end - width(name) as u16, name, quiet);
    }
    line_at(buf, names, 0, MEETS, &format!("keeps {asked}"), quiet);
    line_at(buf, names, 0, names.width.saturating_sub(17), "failed requests", quiet);
    for index in 0..compare.lanes().len() {
        draw_row(compare, index, theme, rest.cut_top(1), buf);
    }
    if rest.height > 1 {
        rest.cut_top(1);
    }
    draw_verdict(compare, theme, rest, buf);
}

fn draw_row(compare: &Compare, index: usize, theme: Theme, row: Area, buf: &mut Buffer) {
    let lane = &compare.lanes()[index];
    let on = if lane.is_on() { Mark::Plain } else { Mark::Quiet };
    line_at(buf, row, 0, 1, &lane.name(), theme.mark(on));
    if !lane.is_on() {
        line_at(buf, row, 0, 18, "left out", theme.mark(Mark::Quiet));
        return;
    }
    let tally = lane.tally();
    for (name, end, of) in PARTS {
        let figure = words::dollars(of(&tally.bill));
        let mark = if name == "total" { Mark::Strong } else { Mark::Plain };
        line_at(buf, row, 0, end.saturating_sub(width(&figure) as u16), &figure, theme.mark(mark));
    }
    if cheapest(words::tallies(compare), |_| true) == Some(index) {
        line_at(buf, row, 0, 70, theme.glyph(Glyph::ArrowLeft), theme.mark(Mark::Key));
    }
    let (meets, mark, takes) = words::meets(compare, index);
    let at = line_at(buf, row, 0, MEETS, meets, theme.mark(mark));
    if takes {
        let words = format!("{} cheapest that does", theme.glyph(Glyph::ArrowLeft));
        line_at(buf, row, 0, at + 1, &words, theme.mark(Mark::Key));
    }
    let failed = words::failed(tally);
    let mark = if tally.failed > 0 { Mark::Failure } else { Mark::Plain };
    line_at(buf, row, 0, row.width.saturating_sub(width(&failed) as u16 + 2), &failed, theme.mark(mark));
}

/// `Verdict: only 3 mesh keeps 99.9 %`.
fn draw_verdict(compare: &Compare, theme: Theme, row: Area, buf: &mut Buffer) {
    let at = line_at(buf, row, 0, 1, "Verdict: ", theme.mark(Mark::Key));
    let words = words::verdict(compare);
    let room = usize::from(row.width.saturating_sub(at));
    line_at(buf, row, 0, at, &clipped(&words, room, theme.glyph(Glyph::Ellipsis)), theme.mark(Mark::Strong));
}
