//! What was copied or saved, over a screen and in full: a command as it can be pasted into a shell, or the names of
//! files. There is nothing beside the text, so that a terminal's own selection takes nothing else along.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::text::{line_at, rule, width};
use super::theme::{Glyph, Mark, Theme};
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::state::Told;

/// Longer lines are hard to follow.
const COLUMNS_MAX: usize = 116;
/// Heading, hint and the rule under them.
const ROWS_AROUND: u16 = 3;

/// Draws it across the area.
pub fn draw(what: &Told, scroll: usize, theme: Theme, area: Area, buf: &mut Buffer) {
    let columns = usize::from(area.width.saturating_sub(2)).min(COLUMNS_MAX);
    let (heading, lines) = match what {
        Told::Command(command) => ("This run as a command", pasteable(command, columns)),
        Told::Saved { folder, names } => ("Saved", saved(folder, names, columns)),
    };
    let mut inner = area.centered(area.width, lines.len() as u16 + ROWS_AROUND);
    Clear.render(super::rect(inner), buf);
    let head = inner.cut_top(1);
    rule(buf, head, 0, theme.glyph(Glyph::HeavyRule), theme.mark(Mark::Focus));
    line_at(buf, head, 0, 2, &format!(" {heading} "), theme.mark(Mark::Strong));
    let foot = inner.cut_bottom(1);
    rule(buf, foot, 0, theme.glyph(Glyph::HeavyRule), theme.mark(Mark::Focus));
    let hint = inner.cut_bottom(1);
    let room = usize::from(inner.height);
    let scroll = scroll.min(lines.len().saturating_sub(room));
    for (row, line) in lines.iter().skip(scroll).take(room).enumerate() {
        line_at(buf, inner, row as u16, 1, line, Style::new());
    }
    line_at(buf, hint, 0, 1, &closing(scroll, room, lines.len()), theme.mark(Mark::Quiet));
}

fn closing(scroll: usize, room: usize, rows: usize) -> String {
    if rows <= room {
        return "any key closes this".to_owned();
    }
    let key = |action| keymap::shown(Context::Told, action);
    let last = (scroll + room).min(rows);
    format!(
        "{}-{last} of {rows}, {} {}; other keys close this",
        scroll + 1,
        key(Action::Down),
        key(Action::Up)
    )
}

fn saved(folder: &str, names: &[String], columns: usize) -> Vec<String> {
    let all = names.iter().cloned().chain([format!("in {folder}")]);
    all.flat_map(|line| cut(&line, columns)).collect()
}

/// A text in pieces of so many columns, wherever that breaks it.
fn cut(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for c in text.chars() {
        if width(&line) + 2 > columns.max(2) {
            lines.push(std::mem::take(&mut line));
        }
        line.push(c);
    }
    lines.push(line);
    lines
}

/// The command in lines that a shell reads as one: broken between an option with its value and the next where it can be.
#[must_use]
pub fn pasteable(command: &str, columns: usize) -> Vec<String> {
    // A line that goes on ends in a blank and a backslash.
    let room = columns.saturating_sub(2).max(8);
    let (line, comment) =
        command.split_once(" # ").map_or((command, None), |(line, rest)| (line, Some(rest)));
    let mut lines: Vec<String> = Vec::new();
    let mut last = String::new();
    for unit in units(line) {
        if !last.is_empty() && width(&last) + 1 + width(&unit) > room {
            lines.push(std::mem::take(&mut last) + " \\");
        }
        if !last.is_empty() {
            last.push(' ');
        }
        last += &unit;
        while width(&last) > room {
            let (head, tail) = broken(&last, room);
            lines.push(head + "\\");
            last = tail;
        }
    }
    lines.push(last);
    let words = comment.map(|comment| cut_words(comment, room)).unwrap_or_default();
    lines.extend(words.into_iter().map(|words| format!("# {words}")));
    lines
}

/// An option and its value, or a word.
fn units(line: &str) -> Vec<String> {
    let mut words = words(line).into_iter().peekable();
    let mut units = Vec::new();
    while let Some(mut word) = words.next() {
        if word.starts_with("--")
            && let Some(value) = words.next_if(|next| !next.starts_with("--"))
        {
            word = format!("{word} {value}");
        }
        units.push(word);
    }
    units
}

/// The parts between blanks that stand in no quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for c in line.chars() {
        match quote {
            None if c == ' ' => {
                words.push(std::mem::take(&mut word));
                continue;
            }
            None if c == '"' || c == '\'' => quote = Some(c),
            Some(open) if c == open => quote = None,
            _ => {}
        }
        word.push(c);
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// What of a line fits, up to a blank if there is one, and the rest.
fn broken(line: &str, room: usize) -> (String, String) {
    let mut fits = 0;
    for (at, c) in line.char_indices() {
        if width(&line[..at + c.len_utf8()]) > room {
            break;
        }
        fits = at + c.len_utf8();
    }
    let at = line[..fits].rfind(' ').map_or(fits.max(1), |blank| blank + 1);
    let (head, tail) = line.split_at(at);
    (head.to_owned(), tail.to_owned())
}

fn cut_words(text: &str, room: usize) -> Vec<String> {
    let lines = super::lab::log::wrapped(text, room);
    lines.iter().flat_map(|line| cut(line, room)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "eastwest sim two-regions --seed 7 --duration 1m30s266ms667us --set mesh.outlier.interval=5s \
                        --do \"20s us-east-1/payment:2 errors=30/100 for 20s every 45s\" --do \"1m us-east-1 down\"";

    /// What a shell makes of lines that end in a backslash.
    fn joined(lines: &[String]) -> String {
        lines.join("\n").replace("\\\n", "")
    }

    #[test]
    fn a_long_command_fits_and_a_shell_reads_it_as_it_was() {
        let wanted = shlex::split(LONG).unwrap();
        for columns in 12..130 {
            let lines = pasteable(LONG, columns);
            assert!(lines.iter().all(|line| width(line) <= columns), "{columns}: {lines:#?}");
            assert_eq!(shlex::split(&joined(&lines)).unwrap(), wanted, "{columns}: {lines:#?}");
        }
    }

    #[test]
    fn an_option_keeps_its_value_where_there_is_room() {
        let lines = pasteable(LONG, 80);
        assert_eq!(lines.len(), 4, "{lines:#?}");
        assert!(lines[1..].iter().all(|line| line.starts_with("--")), "{lines:#?}");
    }

    #[test]
    fn a_comment_stays_one() {
        let lines =
            pasteable(&format!("eastwest sim two.toml # two.toml has sha256 {}", "0f".repeat(32)), 60);
        assert!(lines[1..].iter().all(|line| line.starts_with("# ")), "{lines:#?}");
        assert_eq!(shlex::split(&joined(&lines)).unwrap(), ["eastwest", "sim", "two.toml"]);
    }
}
