//! The list of all failures over the lab: targets and effects, and of the one that one stands on what it does, how one
//! sees it in a real cluster, and the words that do it.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::log::{shown_as, wrapped};
use super::panel::{ARMED, broken};
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::failures::board::{Listed, ListedRow};
use crate::app::lab::scene::Scene;
use crate::ui::overlay::framed;
use crate::ui::text::{clipped, line_at, rule, width};
use crate::ui::theme::{Glyph, Mark, Theme};

const COLUMNS_MAX: u16 = 112;
/// What is said of a failure stands beside the list from here on, else under it.
const BESIDE: u16 = 96;
/// The list beside it.
const LIST_COLUMNS: u16 = 46;
/// Under the list at least these rows of it stay.
const LIST_ROWS_MIN: u16 = 4;

pub fn draw(list: &Listed, scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let columns = COLUMNS_MAX.min(area.width);
    let frame = area.centered(columns, area.height.min(list.rows.len() as u16 + 2));
    let lasts =
        scene.failures.lasts.as_ref().map_or_else(|| "until healed".to_owned(), |span| format!("for {span}"));
    let title = format!(" All failures · {} of {} · {lasts} ", list.row + 1, list.rows.len());
    let title = if theme.ascii { title.replace('·', "-") } else { title };
    let title = clipped(&title, usize::from(frame.width.saturating_sub(3)), theme.glyph(Glyph::Ellipsis));
    let mut rest = framed(frame, &title, theme, buf).inset(1, 0);
    if columns >= BESIDE {
        let rows = rest.cut_left(LIST_COLUMNS);
        draw_rows(list, theme, rows, buf);
        rest.cut_left(2);
        draw_words(&words(list, theme, rest.width), theme, rest, buf);
        return;
    }
    let words = words(list, theme, rest.width);
    let wanted = words.len() as u16 + 1;
    let below = rest.cut_bottom(wanted.min(rest.height.saturating_sub(LIST_ROWS_MIN)));
    draw_rows(list, theme, rest, buf);
    if below.height > 1 {
        let mut below = below;
        rule(buf, below.cut_top(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
        draw_words(&words, theme, below, buf);
    }
}

fn draw_rows(list: &Listed, theme: Theme, area: Area, buf: &mut Buffer) {
    let height = usize::from(area.height);
    // The row one stands on is in the middle where the list is longer than the window.
    let above = list.row.saturating_sub(height / 2).min(list.rows.len().saturating_sub(height));
    for (at, row) in list.rows.iter().enumerate().skip(above).take(height) {
        draw_row(row, at == list.row, theme, area, (at - above) as u16, buf);
    }
}

fn draw_row(row: &ListedRow, here: bool, theme: Theme, area: Area, at: u16, buf: &mut Buffer) {
    if here {
        for column in 0..area.width {
            line_at(buf, area, at, column, " ", theme.mark(Mark::Selected));
        }
    }
    let style = |mark| theme.mark(if here { Mark::Selected } else { mark });
    let (glyph, mark, state) = match row.holds {
        _ if !row.heading.is_empty() => (None, Mark::Quiet, row.heading.clone()),
        Some(left) => (Some(Glyph::Down), Mark::Failure, broken(left)),
        None if row.armed => (Some(ARMED.0), ARMED.1, "armed".to_owned()),
        None => (None, Mark::Quiet, String::new()),
    };
    let indent = if row.heading.is_empty() { 4 } else { 1 };
    if let Some(glyph) = glyph {
        line_at(buf, area, at, 2, theme.glyph(glyph), style(mark));
    }
    let strong = if row.heading.is_empty() { Mark::Plain } else { Mark::Strong };
    let turned = if here && row.turns { turning(&row.words, theme) } else { row.words.clone() };
    let next = line_at(buf, area, at, indent, &turned, style(strong));
    let from = area.width.saturating_sub(width(&state) as u16 + 1);
    if from > next {
        line_at(buf, area, at, from, &state, style(mark));
    }
}

/// With signs that left and right change it.
fn turning(words: &str, theme: Theme) -> String {
    if theme.ascii { format!("< {words} >") } else { format!("‹ {words} ›") }
}

/// A line and how it looks.
type Line = (String, Mark);

fn words(list: &Listed, theme: Theme, columns: u16) -> Vec<Line> {
    let room = usize::from(columns).max(8);
    let prose = |text: &str, mark| {
        wrapped(&shown_as(text, theme), room).into_iter().map(move |line| (line, mark)).collect::<Vec<Line>>()
    };
    if list.words.is_empty() {
        let turns = list.rows.get(list.row).is_some_and(|row| row.turns);
        let key = |action| keymap::shown(Context::LabFailures, action);
        let which = if turns {
            format!("{} and {} change which one.", key(Action::Less), key(Action::More))
        } else {
            format!("{} takes the other region.", key(Action::OtherRegion))
        };
        return prose(&format!("{which} Its failures are in the rows below."), Mark::Quiet);
    }
    let mut lines = prose(&list.does, Mark::Plain);
    lines.extend(prose(&list.seen, Mark::Quiet));
    lines.extend(prose(&format!("--do \"TIME {}\"", list.words), Mark::Figure));
    lines
}

fn draw_words(lines: &[Line], theme: Theme, area: Area, buf: &mut Buffer) {
    let spread = usize::from(area.height) > lines.len() + 2;
    let mut row = 0;
    let mut last = lines.first().map(|(_, mark)| *mark);
    for (line, mark) in lines {
        // An empty row between what it does, how one sees it and the words, where there is room.
        if spread && Some(*mark) != last {
            row += 1;
        }
        last = Some(*mark);
        let style = if *mark == Mark::Plain { Style::new() } else { theme.mark(*mark) };
        line_at(buf, area, row, 0, line, style);
        row += 1;
    }
}
