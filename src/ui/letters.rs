//! Letters of several cells, to be read from the last row of a room.
//!
//! The font is `letters.txt`: a character, then seven rows of pixels from the top, and an eighth where something hangs
//! below the line. Each letter is as wide as it needs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::course::typeset::is_unit_of;

/// Rows of pixels of a line, what hangs below it included.
const PIXELS: usize = 8;
/// Pixels between two words.
const BLANK: usize = 3;

/// How large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// A pixel is half a cell: a line takes four rows. In ASCII it is a cell, and a line takes eight.
    One,
    /// A pixel is two cells side by side: a line takes eight rows.
    Two,
}

/// Rows of pixels; the lowest bit is the leftmost one.
#[derive(Clone, Copy, Debug, Default)]
struct Letter {
    rows: [u8; PIXELS],
    width: usize,
}

static LETTERS: LazyLock<BTreeMap<char, Letter>> =
    LazyLock::new(|| include_str!("letters.txt").lines().filter_map(letter).collect());

fn letter(line: &str) -> Option<(char, Letter)> {
    let mut words = line.split(' ');
    let name = words.next()?.chars().next()?;
    let mut letter = Letter::default();
    for (row, pixels) in letter.rows.iter_mut().zip(words) {
        letter.width = letter.width.max(pixels.len());
        let set = pixels.bytes().enumerate().filter(|(_, pixel)| *pixel == b'#');
        *row = set.fold(0, |row, (at, _)| row | 1 << at);
    }
    Some((name, letter))
}

impl Scale {
    /// Cells that a pixel is wide.
    const fn columns(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

/// The text in large letters, broken between words into lines of so many cells, a row between two lines. `None` where a
/// character has no large letter or a word is wider than a line.
#[must_use]
pub fn rows(text: &str, columns: usize, scale: Scale, ascii: bool) -> Option<Vec<String>> {
    let lines = broken(text, columns / scale.columns())?;
    let mut rows = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            rows.push(String::new());
        }
        rows.extend(drawn(&pixels(line), scale, ascii));
    }
    Some(rows)
}

/// Lines of at most so many pixels.
fn broken(text: &str, pixels: usize) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in words(text) {
        if width(&word)? > pixels {
            return None;
        }
        match lines.last_mut() {
            Some(line) if width(line)? + BLANK + 2 + width(&word)? <= pixels => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    Some(lines)
}

/// Words; a number and its unit are one.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match words.last_mut() {
            Some(number) if is_unit_of(number, word) => *number = format!("{number} {word}"),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// Pixels that a text takes, a pixel between letters; `None` where a character has no letter.
fn width(text: &str) -> Option<usize> {
    let letters = text.chars().map(|c| if c == ' ' { Some(BLANK) } else { Some(LETTERS.get(&c)?.width) });
    letters.sum::<Option<usize>>().map(|sum| sum + text.chars().count().saturating_sub(1))
}

/// The pixels of a line, row by row from the top.
fn pixels(line: &str) -> [Vec<bool>; PIXELS] {
    let mut rows: [Vec<bool>; PIXELS] = Default::default();
    for c in line.chars() {
        let letter = LETTERS.get(&c).copied().unwrap_or(Letter { rows: [0; PIXELS], width: BLANK });
        for (row, bits) in rows.iter_mut().zip(letter.rows) {
            row.extend((0..letter.width).map(|at| bits >> at & 1 == 1));
            row.push(false);
        }
    }
    rows
}

fn drawn(pixels: &[Vec<bool>; PIXELS], scale: Scale, ascii: bool) -> Vec<String> {
    let full = if ascii { "#" } else { "█" };
    let row = |cells: Vec<&str>| cells.concat().trim_end().to_owned();
    if scale == Scale::One && !ascii {
        let half = |(upper, lower): (&bool, &bool)| match (upper, lower) {
            (true, true) => full,
            (true, false) => "▀",
            (false, true) => "▄",
            (false, false) => " ",
        };
        let pairs = pixels.chunks(2).filter_map(|pair| Some((pair.first()?, pair.get(1)?)));
        return pairs.map(|(upper, lower)| row(upper.iter().zip(lower).map(half).collect())).collect();
    }
    let cell = |set: &bool| if *set { full } else { " " };
    let wide = |line: &Vec<bool>| {
        row(line.iter().flat_map(|set| std::iter::repeat_n(cell(set), scale.columns())).collect())
    };
    pixels.iter().map(wide).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_a_text_is_there_and_no_two_are_alike() {
        for c in (b'!'..=b'~').map(char::from) {
            let letter = LETTERS.get(&c).unwrap_or_else(|| panic!("{c}"));
            assert!((1..=5).contains(&letter.width), "{c}");
            // Typographic twins of a sign look like it.
            let ascii = LETTERS.iter().filter(|(other, _)| other.is_ascii());
            let alike = ascii.filter(|(_, other)| other.rows == letter.rows).count();
            assert_eq!(alike, 1, "{c} looks like another one");
        }
        assert_eq!(include_str!("letters.txt").lines().count(), LETTERS.len(), "each once");
    }

    #[test]
    fn a_line_is_drawn_in_halves_of_cells_and_in_ascii() {
        assert_eq!(rows("7 %", 40, Scale::One, false).unwrap().len(), 4);
        let ascii = rows("L7", 40, Scale::One, true).unwrap();
        assert_eq!(ascii[..2], ["#     #####", "#         #"]);
        assert_eq!(rows("L", 40, Scale::Two, true).unwrap()[0], "##");
    }

    #[test]
    fn lines_break_between_words_and_no_wider_than_there_is_room() {
        let text = "Near first, far when needed at 70 %.";
        for columns in 40..120 {
            let Some(rows) = rows(text, columns, Scale::One, false) else { continue };
            assert!(rows.iter().all(|row| row.chars().count() <= columns), "{columns}");
            assert_eq!(rows.len() % 5, 4, "lines of four rows with one between");
        }
        assert_eq!(rows("needed", 20, Scale::One, false), None, "a word is not broken");
        assert_eq!(rows("日本", 200, Scale::One, false), None, "nor left out");
    }
}
