//! Worth it? on the screen: figures on the left, three bills and what they come to on the right, the curve below.
//!
//! ```text
//! ── Your figures ─────────────────┬─ Dollars an hour ──── 1 dual  2 federation  3 mesh ──
//! ► requests/s       360  scenario │ pods                   0.864         0.864   0.864
//!   …                              ├─ Worth it? ────────────────────────────────────────
//!                                  │ Cheapest is dual …
//! ── By requests/s ── ● break-even ────────────────────────────────────────────────────
//!  $9.40 │                       ⣀⡠⠔⠊ 2 federation
//!  $1.07 │⠤⠤⠤⠤⠤⠤●⠤⠤◆⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤ 3 mesh
//!         10         100        1k
//! ```

mod bills;
mod curve;
mod figures;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::lab::log::wrapped;
use super::lab::panel::headed_rule;
use super::lab::words_view;
use super::text::{clipped_at_word, line_at};
use super::theme::{Glyph, Mark, Theme};
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::words;
use crate::app::worth::Worth;
use crate::app::{App, Screen};
use crate::course::claim::How;
use crate::course::directive::Directive;
use crate::course::document::BlockKind;

/// The looks of the patterns, in the lesson's order: what crosses is a federation's.
const PATTERN_MARKS: [Mark; 3] = [Mark::Plain, Mark::Crossing, Mark::Local];
/// Rows that three short findings take.
const BRIEF_ROWS: u16 = 3;
/// Fewer rows than this hold no sentences below a heading.
const SENTENCE_ROWS: u16 = 5;

/// What it is, and what it starts from.
#[must_use]
pub fn title(worth: &Worth) -> (String, String) {
    if worth.is_text() {
        // The text begins with all of it.
        return ("Worth it? as text".to_owned(), String::new());
    }
    ("WORTH IT?".to_owned(), format!("figures of {}", worth.scenario()))
}

pub fn draw(worth: &Worth, theme: Theme, area: Area, buf: &mut Buffer) {
    if worth.is_text() {
        let rows = worth.text(words::columns(area.width));
        let key = |action| keymap::shown(Context::Worth, action);
        let keys = [key(Action::PageDown), key(Action::PageUp)];
        return words_view::draw_rows(&rows, worth.top(), Some(keys), theme, area, buf);
    }
    let panes = panes(worth, area);
    figures::draw(worth, theme, panes.figures, buf);
    bills::draw(worth, theme, panes.bills, buf);
    draw_verdict(worth, theme, panes.verdict, buf);
    curve::draw(worth, theme, panes.curve, buf);
}

/// Where the parts of the screen are.
struct Panes {
    figures: Area,
    bills: Area,
    verdict: Area,
    curve: Area,
}

fn panes(worth: &Worth, area: Area) -> Panes {
    let mut rest = area;
    if area.width >= 100 && area.height >= 28 {
        let curve = rest.cut_bottom((area.height * 2 / 5).clamp(10, 18));
        let figures = rest.cut_left(48);
        rest.cut_left(1);
        let bills = rest.cut_top(bills::rows(worth));
        return Panes { figures, bills, verdict: rest, curve };
    }
    let wide = area.width >= 72;
    let verdict = rest.cut_bottom(BRIEF_ROWS + u16::from(area.height >= 18));
    let curve = rest.cut_bottom(match area.height {
        24.. => 9,
        14.. => 6,
        _ => 0,
    });
    let figures = if area.width >= 56 { rest.cut_left(if wide { 30 } else { 28 }) } else { rest.cut_top(3) };
    if area.width >= 56 {
        rest.cut_left(1);
    }
    Panes { figures, bills: rest, verdict, curve }
}

/// What the bills come to: whole sentences where there is room, else three short ones.
fn draw_verdict(worth: &Worth, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    if area.height > BRIEF_ROWS {
        headed_rule("Worth it?", theme, rest.cut_top(1), 0, buf);
    }
    let trouble = worth.answer().is_err();
    let mark = theme.mark(if trouble { Mark::Failure } else { Mark::Plain });
    let columns = usize::from(rest.width.saturating_sub(2));
    let sentences: Vec<Vec<String>> = worth.findings().iter().map(|text| wrapped(text, columns)).collect();
    let fit = sentences.iter().map(Vec::len).sum::<usize>() <= usize::from(rest.height);
    if trouble || (rest.height >= SENTENCE_ROWS && fit) {
        let mut row = 0;
        for lines in sentences {
            for (at, line) in lines.iter().enumerate() {
                let style = if at == 0 && row == 0 && !trouble { theme.mark(Mark::Strong) } else { mark };
                line_at(buf, rest, row, 1, line, style);
                row += 1;
            }
        }
        return;
    }
    for (row, text) in worth.brief().iter().enumerate() {
        let style = if row == 0 { theme.mark(Mark::Strong) } else { Style::new() };
        let text = clipped_at_word(text, columns, theme.glyph(Glyph::Ellipsis));
        line_at(buf, rest, row as u16, 1, &text, style);
    }
}

/// Where the text works out bills, the keys that lead here.
#[must_use]
pub fn hint(app: &App) -> Option<(String, &'static str)> {
    let Screen::Reader(reader) = app.screen() else { return None };
    if !matches!(app.context(), Context::Reader | Context::Predict) {
        return None;
    }
    let mut has_bills = false;
    reader.section(app.parts())?.document.visit(&mut |block| {
        if let BlockKind::Directive(directive) = &block.kind
            && let Directive::Calc(calc) = &**directive
        {
            has_bills |= matches!(calc.claim.how, How::Cost(_));
        }
    });
    let keys =
        [keymap::shown(Context::Reader, Action::GoPrefix), keymap::shown(Context::Go, Action::GoWorth)];
    has_bills.then(|| (keys.join(" "), Action::GoWorth.words()))
}
