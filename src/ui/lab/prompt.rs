//! The question before a break, over the numbers so that the mesh it is about stays in sight.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::log::{shown_as, wrapped};
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::bet::Bet;
use crate::app::lab::question::Choice;
use crate::app::predict::Said;
use crate::ui::overlay::framed;
use crate::ui::text::{keys_in, line_at, rule, width};
use crate::ui::theme::{Glyph, Mark, Theme};

const COLUMNS: u16 = 74;
/// How sure, two rows of keys, and the frame but for one row.
const FIXED_ROWS: u16 = 4;

/// Draws it into the first of these areas that holds it, or else into the last.
pub fn draw(bet: &Bet, theme: Theme, areas: [Area; 2], buf: &mut Buffer) {
    let columns = COLUMNS.min(areas[1].width);
    let room = usize::from(columns.saturating_sub(6)).max(8);
    let question = &bet.question;
    let shown = |text: &str| wrapped(&shown_as(text, theme), room);
    let (deed, ask) = (shown(&question.deed), shown(&question.ask));
    let answers = question.choices().len().max(1) as u16;
    let least = (deed.len() + ask.len()) as u16 + answers + FIXED_ROWS + 1;
    let area = if areas[0].height >= least { areas[0] } else { areas[1] };
    // Five places want an empty row; the first ones get theirs.
    let mut spare = area.height.saturating_sub(least).min(5);
    let frame = area.centered(columns, least + spare);
    let mut rest = framed(frame, " Before you break it: what will happen? ", theme, buf).inset(2, 0);
    let mut gap = |rest: &mut Area| {
        rest.cut_top(u16::from(spare > 0));
        spare = spare.saturating_sub(1);
    };
    for text in &deed {
        line_at(buf, rest.cut_top(1), 0, 0, text, Style::new());
    }
    gap(&mut rest);
    for text in &ask {
        line_at(buf, rest.cut_top(1), 0, 0, text, theme.mark(Mark::Strong));
    }
    gap(&mut rest);
    match bet.said {
        Some(Said::Percent(said)) => draw_scale(said, theme, rest.cut_top(1), buf),
        said => draw_choices(question.choices(), said, theme, rest.cut_top(answers), buf),
    }
    gap(&mut rest);
    if rest.height > 1 {
        let sure = rest.cut_top(1);
        let at = line_at(buf, sure, 0, 0, "How sure?  ", theme.mark(Mark::Quiet));
        line_at(buf, sure, 0, at, bet.sure.word(), theme.mark(Mark::Strong));
    }
    gap(&mut rest);
    draw_keys(theme, rest, buf);
}

/// `1 nothing`, one a row, the chosen one marked.
fn draw_choices(choices: &[Choice], said: Option<Said>, theme: Theme, area: Area, buf: &mut Buffer) {
    for (at, choice) in choices.iter().enumerate() {
        let row = at as u16;
        let chosen = said == Some(Said::Choice(at));
        let mark = theme.mark(if chosen { Mark::Strong } else { Mark::Plain });
        if chosen {
            line_at(buf, area, row, 0, theme.glyph(Glyph::Pointer), theme.mark(Mark::Key));
        }
        line_at(buf, area, row, 2, &(at + 1).to_string(), theme.mark(Mark::Key));
        line_at(buf, area, row, 4, choice.words, mark);
    }
}

/// `0 % ├────●────┤ 100 %   50 %`
fn draw_scale(said: u8, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut bar = area;
    let figure = format!("{said:>4} %");
    line_at(buf, bar.cut_left(4), 0, 0, "0 %", theme.mark(Mark::Quiet));
    line_at(buf, bar.cut_right(6), 0, 0, &figure, theme.mark(Mark::Key));
    line_at(buf, bar.cut_right(7), 0, 0, " 100 %", theme.mark(Mark::Quiet));
    if bar.width < 5 {
        return;
    }
    rule(buf, bar, 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
    line_at(buf, bar, 0, 0, theme.glyph(Glyph::Start), theme.mark(Mark::Frame));
    line_at(buf, bar, 0, bar.width - 1, theme.glyph(Glyph::End), theme.mark(Mark::Frame));
    let at = 1 + (u32::from(said.min(100)) * u32::from(bar.width - 3) / 100) as u16;
    line_at(buf, bar, 0, at, theme.glyph(Glyph::Here), theme.mark(Mark::Key));
}

fn draw_keys(theme: Theme, area: Area, buf: &mut Buffer) {
    let keys = [
        (Action::Confirm, "lock in and run"),
        (Action::Less, "less"),
        (Action::More, "more"),
        (Action::Skip, "skip"),
        (Action::Confidence, "how sure"),
        (Action::TogglePredict, "stop asking"),
    ];
    let (mut row, mut column) = (0, 0);
    for (action, words) in keys {
        let Some(chord) = keymap::key_for(Context::LabPredict, action) else { continue };
        let key = keys_in(&chord.shown(), theme);
        let wide = (width(&key) + 1 + width(words)) as u16;
        if column > 0 && column + wide > area.width {
            (row, column) = (row + 1, 0);
        }
        let at = line_at(buf, area, row, column, &key, theme.mark(Mark::Key));
        line_at(buf, area, row, at + 1, words, Style::new());
        column += wide + 3;
    }
}
