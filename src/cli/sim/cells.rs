//! Numbers and columns as people like to read them.

use std::fmt::Write as _;

use crate::mesh_view::figures::thousands;

/// Columns with two blanks between them; those of `right` are set to the right.
pub(super) fn aligned(rows: &[Vec<String>], right: impl Fn(usize) -> bool) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            // Writing to a text cannot fail.
            let _ = if right(column) {
                write!(line, "{cell:>width$}  ")
            } else {
                write!(line, "{cell:<width$}  ")
            };
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// A count that may be a median between two.
pub(super) fn counted(number: f64) -> String {
    let half = if number.fract() == 0.0 { "" } else { ".5" };
    format!("{}{half}", thousands(number as u64))
}

/// With so many decimals, or a dash.
pub(super) fn or_none(number: Option<f64>, decimals: usize) -> String {
    number.map_or("-".to_owned(), |number| format!("{number:.decimals$}"))
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A key of the JSON as words: `writes_lost` is `writes lost`.
pub(super) fn spelled(key: &str) -> String {
    key.replace('_', " ")
}
