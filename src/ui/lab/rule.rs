//! The rule panel over the numbers: all fields on the left, what there is to say of one on the right; one above the
//! other where it is narrow. The mesh goes on above it, or in a line.

use ratatui::buffer::Buffer;
use ratatui::widgets::{Clear, Widget};

use super::log::{shown_as, wrapped};
use super::strip;
use crate::app::geometry::Area;
use crate::app::lab::rule::view::{Detail, FieldView, RuleView};
use crate::app::lab::scene::Scene;
use crate::ui::overlay::framed;
use crate::ui::text::{clipped, line_at, rule as line_across, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Fewer rows than this under the picture, and the panel covers it.
const ROWS_MIN: u16 = 12;
/// Fewer columns than this hold no list beside the words.
const COLUMNS_MIN: u16 = 72;
/// The longest names with their values.
const LIST_COLUMNS: u16 = 50;
/// Rows of the list that stay above the words.
const LIST_ROWS_MIN: u16 = 2;

/// Words of a row, with their looks.
type Line = Vec<(String, Mark)>;

/// Draws it into the first area, or, where that is too low, over all of the second but a line for the mesh.
pub fn draw(scene: &Scene<'_>, view: &RuleView, theme: Theme, areas: [Area; 2], buf: &mut Buffer) {
    let mut area = areas[0];
    if area.height < ROWS_MIN {
        area = areas[1];
        Clear.render(crate::ui::rect(area), buf);
        strip::draw(scene, theme, area.cut_top(u16::from(area.height > ROWS_MIN)), buf);
    }
    let title = format!(" Rule · {} ", view.preset.unwrap_or(&scene.policy));
    let title = clipped(
        &shown_as(&title, theme),
        usize::from(area.width.saturating_sub(3)),
        theme.glyph(Glyph::Ellipsis),
    );
    let mut inner = framed(area, &title, theme, buf).inset(1, 0);
    if inner.width >= COLUMNS_MIN {
        let list = inner.cut_left(LIST_COLUMNS.min(inner.width / 2 + 2));
        for row in 0..inner.height {
            line_at(buf, inner, row, 1, theme.glyph(Glyph::Bar), theme.mark(Mark::Frame));
        }
        inner.cut_left(3);
        draw_list(view, theme, list, buf);
        return draw_lines(&detail(&view.detail, false, theme, inner), theme, inner, buf);
    }
    let lines = detail(&view.detail, true, theme, inner);
    let below = inner.cut_bottom((lines.len() as u16).min(inner.height.saturating_sub(LIST_ROWS_MIN + 1)));
    line_across(buf, inner.cut_bottom(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
    draw_list(view, theme, inner, buf);
    draw_lines(&lines, theme, below, buf);
}

fn draw_lines(lines: &[Line], theme: Theme, area: Area, buf: &mut Buffer) {
    // Empty rows go first where there is no room for them.
    let too_many = lines.len() > usize::from(area.height);
    let lines = lines.iter().filter(|line| !(too_many && line.is_empty()));
    for (row, line) in lines.enumerate().take(usize::from(area.height)) {
        let mut at = 0;
        for (words, mark) in line {
            at = line_at(buf, area, row as u16, at, words, theme.mark(*mark));
        }
    }
}

/// The rows of the list around the one that one stands on, each group under its heading.
fn draw_list(view: &RuleView, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rows: Vec<Result<(usize, &FieldView), &'static str>> = Vec::new();
    let mut heading = None;
    for (index, field) in view.fields.iter().enumerate() {
        if heading != Some(field.group) {
            heading = Some(field.group);
            rows.push(Err(field.group.title()));
        }
        rows.push(Ok((index, field)));
    }
    let here = rows.iter().position(|row| row.is_ok_and(|(index, _)| index == view.row)).unwrap_or(0);
    let shown = usize::from(area.height);
    let top = here.saturating_sub(shown / 2).min(rows.len().saturating_sub(shown));
    for (at, row) in rows.iter().skip(top).take(shown).enumerate() {
        match row {
            Err(title) => {
                line_at(buf, area, at as u16, 0, title, theme.mark(Mark::Strong));
            }
            Ok((index, field)) => draw_field(field, *index == view.row, theme, area, at as u16, buf),
        }
    }
}

/// Its name on the left, its value on the right; a mark before what was changed or has no effect.
fn draw_field(field: &FieldView, selected: bool, theme: Theme, area: Area, row: u16, buf: &mut Buffer) {
    let style = |mark| theme.mark(if selected { Mark::Selected } else { mark });
    if selected {
        line_across(buf, area, row, " ", theme.mark(Mark::Selected));
    }
    let changed = field.default.is_some();
    let (glyph, look) = match (field.idle, changed) {
        (true, _) => (theme.glyph(Glyph::Dot), Mark::Quiet),
        (false, true) => (theme.glyph(Glyph::You), Mark::Strong),
        (false, false) => (" ", Mark::Plain),
    };
    let value = field.default.as_ref().map_or_else(
        || field.value.clone(),
        |default| shown_as(&format!("{default} → {}", field.value), theme),
    );
    let room = usize::from(area.width);
    let value = clipped(&value, room.saturating_sub(12), theme.glyph(Glyph::Ellipsis));
    let value_at = room.saturating_sub(width(&value)) as u16;
    let name = clipped(field.name, usize::from(value_at).saturating_sub(3), theme.glyph(Glyph::Ellipsis));
    line_at(buf, area, row, 0, glyph, style(look));
    line_at(buf, area, row, 2, &name, style(look));
    line_at(buf, area, row, value_at, &value, style(if field.idle { Mark::Quiet } else { Mark::Figure }));
}

/// All there is to say of a field, what matters most first; `tight` is in as few rows as will do.
fn detail(detail: &Detail, tight: bool, theme: Theme, area: Area) -> Vec<Line> {
    let room = usize::from(area.width).max(8);
    let prose = |words: &str, mark: Mark| {
        let rows = wrapped(&shown_as(words, theme), room);
        rows.into_iter().map(move |row| vec![(row, mark)]).collect::<Vec<Line>>()
    };
    let mut lines = Vec::new();
    if !tight {
        lines.push(vec![(detail.key.to_owned(), Mark::Strong)]);
    }
    lines.extend(match &detail.typed {
        Some(typed) => vec![vec![("new value ".to_owned(), Mark::Quiet), (format!("{typed}_"), Mark::Key)]],
        None => prose_of_value(detail, room),
    });
    lines.extend(detail.trouble.iter().flat_map(|why| prose(why, Mark::Failure)));
    lines.extend(detail.idle.iter().flat_map(|why| prose(&format!("No effect now. {why}"), Mark::Crossing)));
    lines.extend(prose(&detail.range, Mark::Quiet));
    lines.push(Line::new());
    lines.extend(prose(detail.says, Mark::Plain));
    lines.push(Line::new());
    lines.extend(prose(&format!("{}:", detail.object), Mark::Quiet));
    lines.extend(
        broken(&shown_as(&detail.line, theme), room).into_iter().map(|row| vec![(row, Mark::Figure)]),
    );
    if let Some(seen) = &detail.seen {
        lines.push(Line::new());
        lines.extend(prose(seen, Mark::Plain));
    }
    lines
}

/// `100   default 10`, in two rows where one is too short.
fn prose_of_value(detail: &Detail, room: usize) -> Vec<Line> {
    let now = (detail.value.clone(), Mark::Key);
    let is_default = detail.value == detail.default;
    let default = if is_default { "the default".to_owned() } else { format!("default: {}", detail.default) };
    if width(&detail.value) + width(&default) + 3 <= room {
        return vec![vec![now, (format!("   {default}"), Mark::Quiet)]];
    }
    vec![vec![now], vec![(default, Mark::Quiet)]]
}

/// A line of YAML in rows: cut after a blank, and inside a long path after a dot or a slash.
fn broken(line: &str, room: usize) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = String::new();
    for piece in pieces(line) {
        if !row.is_empty() && width(&row) + width(piece.trim_end()) > room {
            rows.push(std::mem::replace(&mut row, "  ".to_owned()));
        }
        row.push_str(piece);
    }
    rows.push(row);
    rows
}

/// What stays together. A slash before a star is part of a locality.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices() {
        let next = at + c.len_utf8();
        let in_path = c == '/' && line[next..].starts_with(|c: char| c.is_ascii_alphabetic());
        if in_path || [' ', '.', ','].contains(&c) {
            pieces.push(&line[start..next]);
            start = next;
        }
    }
    pieces.push(&line[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn a_long_path_is_cut_after_a_dot() {
        assert_eq!(broken("a.bc: 1", 20), ["a.bc: 1"]);
        assert_eq!(broken("first.second.third: 10", 14), ["first.second.", "  third: 10"]);
        assert_eq!(broken("{\"us-east-1/*\": 95}", 8), ["{\"us-east-1/*\": ", "  95}"]);
    }
}
