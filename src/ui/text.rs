//! Words into cells: clipped to their area, counted by display width.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::theme::Theme;
use crate::app::geometry::Area;
use crate::course::Row;

/// Columns that a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// Writes at a row and column of an area, as far as it fits; gives the column after the last one written.
pub fn line_at(buf: &mut Buffer, area: Area, row: u16, column: u16, text: &str, style: Style) -> u16 {
    if row >= area.height || column >= area.width {
        return column;
    }
    let room = usize::from(area.width - column);
    let (end, _) = buf.set_stringn(area.x + column, area.y + row, text, room, style);
    end - area.x
}

/// A line across the area.
pub fn rule(buf: &mut Buffer, area: Area, row: u16, glyph: &str, style: Style) {
    for column in 0..area.width {
        line_at(buf, area, row, column, glyph, style);
    }
}

/// One typeset row with its roles' looks.
pub fn row_at(buf: &mut Buffer, area: Area, row: u16, column: u16, typeset: &Row, theme: Theme) -> u16 {
    typeset
        .spans
        .iter()
        .fold(column, |at, span| line_at(buf, area, row, at, &span.text, theme.role(span.role)))
}

/// Keys as the terminal can show them: arrows have names where there are none to draw.
#[must_use]
pub fn keys_in(shown: &str, theme: Theme) -> String {
    if !theme.ascii {
        return shown.to_owned();
    }
    let named = [("↑", "Up"), ("↓", "Down"), ("←", "Left"), ("→", "Right")];
    named.iter().fold(shown.to_owned(), |keys, (arrow, name)| keys.replace(arrow, name))
}

/// Drawn characters and typographic signs as ASCII, one for one, so that widths stay.
#[must_use]
pub fn in_ascii(text: &str) -> String {
    let ascii = |c: char| match c {
        '│' | '┃' | '▍' => '|',
        '─' | '━' | '–' | '—' => '-',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' => '+',
        '•' | '●' => '*',
        '…' | '·' => '.',
        '×' => 'x',
        '≈' => '~',
        '≥' | '►' | '▸' => '>',
        '≤' => '<',
        '§' => '#',
        '→' => '>',
        '←' => '<',
        '↑' => '^',
        '↓' => 'v',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        other => other,
    };
    text.chars().map(ascii).collect()
}

/// The text cut to so many columns, with an ellipsis where something is missing.
#[must_use]
pub fn clipped(text: &str, columns: usize, ellipsis: &str) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if (cut.as_str().width() + 2) > columns {
            break;
        }
        cut.push(c);
    }
    cut.push_str(if columns == 0 { "" } else { ellipsis });
    cut
}

/// The same, cut between words where there is a word to leave.
#[must_use]
pub fn clipped_at_word(text: &str, columns: usize, ellipsis: &str) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let cut = clipped(text, columns, "");
    let is_whole = text[cut.len()..].starts_with(' ');
    let whole = if is_whole { cut.as_str() } else { cut.rsplit_once(' ').map_or("", |(words, _)| words) };
    let whole = whole.trim_end_matches([' ', ',', ':', ';']);
    if whole.is_empty() { String::new() } else { format!("{whole}{ellipsis}") }
}

#[cfg(test)]
mod tests {
    use super::clipped_at_word;

    #[test]
    fn a_caption_is_cut_between_words() {
        assert_eq!(clipped_at_word("two words", 9, "…"), "two words");
        assert_eq!(clipped_at_word("healthy: 220 requests", 16, "…"), "healthy: 220…");
        assert_eq!(clipped_at_word("healthy: 220", 10, "…"), "healthy…");
        assert_eq!(clipped_at_word("healthy", 4, "…"), "", "half a word says nothing");
    }
}
